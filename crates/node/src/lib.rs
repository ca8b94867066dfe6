//! Node.js's event loop around a JavaScript engine, recorded on a tape.
//!
//! Emulates Node 20. Without the `engine` feature only the data is here: the [`Scenario`] that goes in
//! and the [`Scene`]s that come out.

#[cfg(feature = "engine")]
mod bindings;
#[cfg(feature = "engine")]
mod boa;
#[cfg(feature = "engine")]
mod budget;
mod database;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
mod event_loop;
#[cfg(feature = "golden")]
pub mod golden;
#[cfg(feature = "engine")]
mod instrument;
#[cfg(feature = "engine")]
mod record;
#[cfg(feature = "engine")]
mod recorder;
mod scenario;
mod scene;

#[cfg(feature = "engine")]
pub use boa::Mount;
#[cfg(feature = "engine")]
pub use budget::Budget;
pub use database::{Asker, Checkout, Connection, DatabaseLog, PoolCounts, Query};
#[cfg(feature = "engine")]
pub use record::{Connect, Options, Simulator, record};
pub use scenario::{Database, ModuleKind, Scenario};
pub use scene::*;

/// The Node that is emulated: what `process.version` says.
pub const NODE_VERSION: &str = "20.20.2";
