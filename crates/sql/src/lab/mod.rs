//! The locking lab without a screen: what can be set, what one frame shows, what a run is called.
//!
//! `scenario` and `scene` are plain data and need no store: a page draws tapes with them alone.

pub mod scenario;
pub mod scene;
pub mod verdict;

pub use scenario::{Isolation, Scenario, Script};
pub use scene::{Change, LockingTape, Scene};
