//! Optimistic or pessimistic: the same clients, the same accounts, five ways to change a row, in virtual time.
//!
//! Every client is a session of the store and runs real statements. Only the time between them is drawn, from the seed: a client's
//! n-th transaction has the same rows, the same think time and the same work whatever the strategy is. So what differs between
//! two strategies is what the store made of them.
//!
//! `scenario` and `scene` are plain data and need no store.

#[cfg(feature = "engine")]
mod agenda;
#[cfg(feature = "engine")]
mod chance;
#[cfg(feature = "engine")]
mod client;
#[cfg(feature = "engine")]
mod notes;
#[cfg(feature = "engine")]
mod pace;
#[cfg(feature = "engine")]
mod program;
#[cfg(feature = "engine")]
mod record;
#[cfg(feature = "engine")]
mod run;
#[cfg(feature = "engine")]
mod tally;

mod scenario;
mod scene;

#[cfg(feature = "engine")]
pub use pace::pace;
#[cfg(feature = "engine")]
pub use record::record;
pub use scenario::{Draw, Strategy, Sweep, Workload};
pub use scene::{Change, Doing, Figures, Level, Scene, Standing, WorkloadTape};
