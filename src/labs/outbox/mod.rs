//! The outbox: a service changes its database and tells a broker, both or neither.

use super::Name;
use super::protocol::announced;

/// The lab.
pub const NAME: Name = Name {
    id: "outbox",
    title: "Dual writes and the outbox",
    summary: "Two writes without a transaction in common: crash between them, put an outbox there, and count how often each event is applied.",
    presets: || announced(NAME.id),
};
