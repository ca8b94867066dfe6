//! Node.js's event loop around a JavaScript engine, recorded on a tape.
//!
//! Emulates Node 20. Without the `engine` feature only the data is here: the [`Scenario`] that goes in
//! and the [`Scene`]s that come out.

#[cfg(feature = "engine")]
pub mod bindings;
#[cfg(feature = "golden")]
pub mod golden;
mod scenario;
mod scene;

pub use scenario::{ModuleKind, Scenario};
pub use scene::*;
