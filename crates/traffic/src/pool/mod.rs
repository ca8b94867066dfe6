//! A service, its pool of connections and its database, in virtual time.
//!
//! ```
//! use interleave_traffic::pool::{Scenario, run};
//!
//! // 100 requests a second, a query of 40 ms each, 5 connections: 80 % of the pool are in use.
//! let scenario = Scenario { rate: 100, service: 40_000, max: 5, ..Scenario::default() };
//! let figures = run(&scenario).figures;
//! assert!((0.75..0.85).contains(&figures.utilisation), "{}", figures.utilisation);
//! ```
//!
//! ```text
//! scenario.rs   what can be set;  presets.rs  stories to begin with
//! errand.rs     what a request will ask for: drawn from the seed and its number alone
//! connections.rs  the rules of pg-pool: who gets a connection, in which order, and when it gives up
//! server.rs     cores that active connections share
//! run.rs        the simulation;  tally.rs  what is counted of it
//! queueing.rs   Erlang C and M/M/c;  prediction.rs  what they say of a scenario, and when they have nothing to say
//! scene.rs, record.rs, notes.rs  the tape
//! ```

mod connections;
mod errand;
mod notes;
mod prediction;
mod presets;
mod queueing;
mod record;
mod run;
mod scenario;
mod scene;
mod server;
mod tally;

pub use crate::agenda::Micros;
pub use connections::Place;
pub use notes::enough;
pub use prediction::{Prediction, prediction};
pub use presets::{PRESETS, Preset};
pub use queueing::MMc;
pub use record::record;
pub use run::{News, Outcome, Run, run};
pub use scenario::{Arrivals, Distribution, Scenario, Use};
pub use scene::{Change, Counts, Level, PoolTape, Results, Scene, Slice, Slot, Waiter, Who};
pub use tally::{Class, Figures, Histogram};
