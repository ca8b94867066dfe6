//! Drivers that try every order.
//!
//! [`orders`] counts complete schedules, [`explore`] visits every state that some schedule reaches:
//!
//! ```
//! use interleave_kernel::explore::{Explorable, Limits, Rule, Verdict, explore};
//! use interleave_kernel::{Machine, Note, Violation};
//! use std::ops::ControlFlow;
//!
//! /// Two people read a counter, then write back one more.
//! #[derive(Clone, Hash)]
//! struct Counter { value: u8, read: [Option<u8>; 2], done: [bool; 2] }
//!
//! impl Machine for Counter {
//!     type Action = usize;
//!     fn actions(&self) -> Vec<usize> {
//!         (0..2).filter(|&who| !self.done[who]).collect()
//!     }
//!     fn step(&mut self, &who: &usize) -> Note {
//!         match self.read[who] {
//!             None => self.read[who] = Some(self.value),
//!             Some(read) => (self.value, self.done[who]) = (read + 1, true),
//!         }
//!         Note::default()
//!     }
//!     fn violations(&self) -> Vec<Violation> {
//!         let lost = self.done == [true; 2] && self.value < 2;
//!         lost.then(|| Violation { rule: "no update is lost".into(), note: Note::new("Two wrote, one counts.") }).into_iter().collect()
//!     }
//! }
//!
//! impl Explorable for Counter {
//!     fn rules(&self) -> Vec<Rule<Self>> {
//!         vec![Rule::always("no update is lost"), Rule::sometimes("both count", |counter| counter.value == 2)]
//!     }
//! }
//!
//! let counter = Counter { value: 0, read: [None; 2], done: [false; 2] };
//! let found = explore(&counter, &Limits::default(), |_| ControlFlow::Continue(()));
//! let Verdict::Broken(broken) = &found.verdicts[0].verdict else { panic!("it is lost") };
//! assert_eq!(broken.schedule.actions, [0, 1, 0, 1]);
//! assert!(matches!(found.verdicts[1].verdict, Verdict::Reached(_)));
//! ```

mod breadth;
mod eventually;
mod fingerprint;
mod graph;
mod orders;
mod rule;
mod visited;

pub use breadth::{Explored, Limits, Progress, Stopped, explore};
pub use orders::{Class, Orders, Search, orders};
pub use rule::{Broken, Explorable, Holds, Judged, Rule, Schedule, Verdict};
