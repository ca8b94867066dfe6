//! The kernel: what every lab shares, whatever it shows.
//!
//! ```
//! use interleave_kernel::{Mark, Note, Scene, Tape};
//!
//! /// A counter is the smallest scene there is.
//! #[derive(Clone, Default, PartialEq, Debug)]
//! struct Counter(u32);
//! impl Scene for Counter {
//!     type Change = u32;
//!     fn apply(&mut self, by: &u32) {
//!         self.0 += by;
//!     }
//! }
//!
//! let mut tape = Tape::<Counter>::default();
//! tape.record(Mark::Step, Note::new("One arrives."), vec![1]);
//! tape.record(Mark::Step, Note::new("Two more arrive together."), vec![1, 1]);
//! assert_eq!(tape.scene(1), Counter(3));
//! assert_eq!(tape.scene(0), Counter(1)); // and back
//! ```

mod dialogue;
mod drive;
pub mod explore;
mod machine;
mod note;
mod random;
mod remote;
mod tape;
mod tell;

pub use dialogue::{Answer, Request};
pub use drive::{Run, driven, recorded, replayed};
pub use machine::{Machine, Staged, Violation};
pub use note::{Note, Span};
pub use random::Dice;
pub use remote::{Exchange, Nanos, Packet, Remote, Segment, Served};
pub use tape::{Cursor, Frame, Mark, Scene, Tape};
pub use tell::Tell;
