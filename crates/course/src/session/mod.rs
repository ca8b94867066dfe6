//! What a sitting is, without a screen: which questions come in which order, a clock, an exam.
//!
//! ```text
//! wanted.rs  which questions somebody wants      queue.rs  one after the other, those that were missed once more
//! order.rs   who comes first                     exam.rs   all at once, submitted once
//! clock.rs   time that can be stopped and added to
//! ```
//!
//! Nothing here knows what time it is, or draws by chance: both are told.

mod clock;
mod exam;
mod order;
mod queue;
mod wanted;

pub use clock::Clock;
pub use exam::{Exam, Item, Plan};
pub use order::{review_order, shuffled, study_order};
pub use queue::{Outcome, Queue, Summary};
pub use wanted::{Candidate, Wanted};
