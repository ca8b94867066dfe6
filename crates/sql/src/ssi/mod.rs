//! Serializable Snapshot Isolation: SIREAD locks, read/write conflicts, dangerous structures, safe snapshots.
//! (PostgreSQL's `predicate.c` and `README-SSI`; Ports & Grittner, *Serializable Snapshot Isolation in PostgreSQL*, 2012)
//!
//! A reader that does not see a write is before the writer in every serial order: an *rw-conflict* from the reader to the
//! writer. A run that is not serialisable has a transaction with such a conflict in and one out, the *pivot*, and what is at
//! the end of the one out committed first. One of those three is made to fail before all is lost.
//!
//! Everything goes by session: one that runs no serialisable transaction, or one that is known to be safe, is passed over.
//! Temporary tables and the catalog take no part in this; whoever calls leaves them out.
//!
//! PostgreSQL writes summaries of old transactions when its shared memory is full (after more than a thousand); here there is
//! room for all.

mod begin;
mod conflict;
mod finish;
mod read;
mod relocate;
mod target;
#[cfg(test)]
mod tests;
mod transaction;
mod view;

pub use begin::{Begun, SafeSnapshot};
pub use target::Target;
pub use view::{Fate, TransactionView};

use crate::store::SessionId;
use read::Local;
use transaction::{SeqNo, Transaction};

/// A serialisable transaction. They are numbered as they begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SerializableId(pub u32);

/// A transaction has read something: a SIREAD lock. It may outlive the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SiRead {
    pub target: Target,
    pub transaction: SerializableId,
}

/// The reader did not see what the writer wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RwConflict {
    pub reader: SerializableId,
    pub writer: SerializableId,
}

/// What is known of serialisable transactions that run, and of finished ones that still matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Ssi {
    /// In the order in which they began, which is that of their numbers.
    transactions: Vec<Transaction>,
    /// The number of the next one.
    next: SerializableId,
    /// Counts what happens on the way to commits. (`LastSxactCommitSeqNo`)
    last_commit: SeqNo,
    /// What committed up to here matters to no writer any more, so that what it read may be forgotten; and up to where that was
    /// done. (`CanPartialClearThrough`, `HavePartialClearedThrough`)
    clearable: SeqNo,
    cleared: SeqNo,
    /// Committed transactions that may still matter, in the order of their commits.
    finished: Vec<SerializableId>,
    /// By target, and for one target in the order in which they were taken.
    locks: Vec<SiRead>,
    /// What each running transaction believes it holds, by transaction and target. (`LocalPredicateLockHash`)
    local: Vec<Local>,
    /// In the order in which they were found.
    conflicts: Vec<RwConflict>,
    /// Read-only transactions, each with the concurrent writers that might make its snapshot unsafe. (`possibleUnsafeConflicts`)
    possible: Vec<RwConflict>,
    /// Sessions whose wait for a safe snapshot is over, until somebody takes note.
    decided: Vec<SessionId>,
}
