//! Two-phase commit: all participants of a transaction commit, or none does.

use super::Name;
use super::protocol::announced;

/// The lab.
pub const NAME: Name = Name {
    id: "two-phase-commit",
    title: "Two-phase commit",
    summary: "Crash the coordinator or a participant at any step, lose any message, and see who is left in doubt with its rows locked.",
    presets: || announced(NAME.id),
};
