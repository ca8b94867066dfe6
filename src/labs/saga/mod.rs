//! Sagas: an order that takes several local transactions, each at a service of its own.

use super::Name;
use super::protocol::announced;

/// The lab.
pub const NAME: Name = Name {
    id: "saga",
    title: "Sagas",
    summary: "An order across four services: lose a reply, kill the orchestrator between step and log, and see what is undone and what is not.",
    presets: || announced(NAME.id),
};
