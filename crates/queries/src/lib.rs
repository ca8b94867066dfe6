//! What a program asks of its database: run, grouped, judged, and compared with other ways to ask it.
//!
//! ```
//! use interleave_queries::{Preset, record};
//!
//! let lazy = Preset::find("catalogue-lazy").unwrap().scenario();
//! let tape = record(&lazy);
//! let run = tape.last().run.as_deref().unwrap();
//! assert_eq!(run.totals.queries, 201, "one for the products, and two for each of a hundred");
//! assert_eq!(run.findings[0].line, Some(9));
//! ```
//!
//! ```text
//! scenario.rs   what can be set;  shop.rs  the tables and how much is in them;  presets.rs  programs to begin with
//! run.rs        a program is run on the simulated Node against the store, and what it asked is kept
//! groups.rs     queries that are the same text from the same line;  totals.rs  what all of it comes to
//! detector.rs   N+1, a pool that is too small, an index that is missing, too much data: where, why, and what to do
//! scene.rs, events.rs, record.rs, notes.rs  the tape
//! compare.rs    other ways to write the same endpoint;  sweep.rs  more rows, longer ways
//! ```

mod compare;
mod detector;
mod events;
mod groups;
#[cfg_attr(not(feature = "engine"), expect(dead_code, reason = "only what makes tapes says all of it"))]
mod notes;
mod presets;
#[cfg(feature = "engine")]
mod record;
#[cfg(feature = "engine")]
mod run;
mod scenario;
mod scene;
mod shop;
mod sweep;
mod totals;

#[cfg(feature = "engine")]
pub use compare::compare;
pub use compare::{Bar, Row, Standing, VARIANTS};
pub use detector::{Finding, Kind, detect, short};
pub use events::{Event, events};
pub use groups::{Group, groups};
pub use interleave_node::{Asker, Checkout, Connection, DatabaseLog, Nanos, Outcome, Print, Query, Stream};
pub use notes::waits;
pub use presets::{PRESETS, Preset};
#[cfg(feature = "engine")]
pub use record::record;
#[cfg(feature = "engine")]
pub use run::{Runner, run};
pub use scenario::Scenario;
pub use scene::{Change, QueryTape, Run, Scene};
pub use shop::Shop;
#[cfg(feature = "engine")]
pub use sweep::sweep;
pub use sweep::{Axis, Point, Sweep};
pub use totals::{Totals, chain};
