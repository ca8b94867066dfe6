//! What a frame shows of the store: the rows with who sees them, the locks, who waits for whom, and what everything is called.

mod locks;
mod names;
mod sessions;
mod tables;
mod waits;

pub use locks::locks;
pub use names::{row_label, table};
pub use sessions::session;
pub use tables::tables;
pub use waits::{cycle, duration, edges, waits_for};
