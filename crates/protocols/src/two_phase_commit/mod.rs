//! Two-phase commit: all participants of a transaction commit, or none does.
//!
//! [`gray_lamport`] is the specification: what may happen at all. [`TwoPhaseCommit`] is a protocol that does it with logs, timeouts, crashes and
//! recovery, and *presumed abort*: a coordinator writes nothing to its log before it commits, and whoever asks about a transaction that it
//! does not know is told that it was aborted. (Mohan, Lindsay, Obermarck, *Transaction Management in the R\* Distributed Database
//! Management System*, ACM TODS 11.4, 1986, section 3.1; Bernstein, Hadzilacos, Goodman, *Concurrency Control and Recovery in Database
//! Systems*, 1987, section 7.4)
//!
//! Each precaution of the protocol is a [switch](Safeguards). With one of them off, a search finds the order in which it was needed: without
//! [`coordinator_log`](Safeguards::coordinator_log), this is the coordinator of many articles, which decides in memory.

mod coordinator;
pub mod gray_lamport;
mod machine;
mod participant;
mod picture;
mod presets;
mod rules;
mod scenario;
pub mod storage;
mod stories;

pub use coordinator::{Coordinator, CoordinatorMemory, Phase};
pub use machine::{Action, Message, Outcome, TwoPhaseCommit};
pub use participant::{Participant, ParticipantDisk, ParticipantMemory, Row, Stage};
pub use presets::PRESETS;
pub use rules::{ATOMIC, COORDINATOR_ENDS, LEARNABLE, LEARNS, LOCKED, MONEY, PREPARED};
pub use scenario::{MOST, Safeguards, Scenario, Storage, Vote};
