//! Locks and isolation: several sessions of a database, one statement at a time.

mod presets;

pub use presets::{PRESETS, Preset};
