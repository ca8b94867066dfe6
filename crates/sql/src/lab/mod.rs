//! The locking lab without a screen: what can be set, what one frame shows, what a run is called.
//!
//! `scenario` and `scene` are plain data and need no store: a page draws tapes with them alone.

#[cfg(feature = "engine")]
pub(crate) mod budget;
#[cfg(feature = "engine")]
mod census;
#[cfg(feature = "engine")]
mod chronicle;
#[cfg(feature = "engine")]
mod cure;
#[cfg(feature = "engine")]
mod ending;
#[cfg(feature = "engine")]
mod journal;
#[cfg(feature = "engine")]
mod machine;
#[cfg(feature = "engine")]
mod record;
pub mod scenario;
pub mod scene;
#[cfg(feature = "engine")]
mod schedule;
mod script;
#[cfg(feature = "engine")]
mod telling;
#[cfg(feature = "engine")]
mod trace;
pub mod verdict;
#[cfg(feature = "engine")]
mod view;

#[cfg(feature = "engine")]
pub use census::{census, census_one_by_one};
#[cfg(feature = "engine")]
pub use machine::{Action, Locking, NoRun};
#[cfg(feature = "engine")]
pub use record::{name, record};

pub use scenario::{Isolation, Scenario, Script};
pub use scene::{Change, LockingTape, Scene};
pub use script::statements;
