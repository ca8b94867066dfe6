//! The lock table: who holds what, who waits for whom, in which order. (PostgreSQL's `lock.c`, `proc.c`, `deadlock.c`)
//!
//! Nothing here waits: a request that cannot be granted joins a queue, whoever releases a lock hands it to those in line, and
//! [`LockManager::take_woken`] names them. The waiting, the alarms and the errors are the store's.

mod acquire;
mod deadlock;
mod mode;
mod release;
mod reorder;
mod report;
mod table;
#[cfg(test)]
mod tests;
mod view;

pub use mode::Modes;
pub use report::{deadlock_detail, deadlock_error, describe};
pub use view::LockRow;

use crate::query::plan::Oid;
use crate::store::{SessionId, Tid, Xid};
use table::{Held, Member};

/// Every lock that is held or asked for.
///
/// Flat sorted vectors: a clone is a few copies of memory, and equal states are equal values however they came about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LockManager {
    /// Everybody who holds or asks, by tag, and for one tag in the order in which they came. (`PROCLOCK`)
    members: Vec<Member>,
    /// All queues, by tag; of one tag, the next in line first.
    queue: Vec<Waiting>,
    /// How often and for how long everything is held, sorted. (`LOCALLOCK`)
    held: Vec<Held>,
    /// What sleepers were given and have not yet come back for, by session.
    handed: Vec<Waiting>,
    /// Sessions whose wait ended with a grant, in that order, until somebody takes note.
    woken: Vec<SessionId>,
}

/// Who holds or waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Session(SessionId),
    /// A prepared transaction: it holds and never waits.
    Prepared(Xid),
}

impl From<SessionId> for Owner {
    fn from(session: SessionId) -> Self {
        Owner::Session(session)
    }
}

/// What is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LockTag {
    Relation(Oid),
    /// Held exclusively by a transaction from the moment it has a number until it ends: to wait for a transaction is to ask
    /// for a share of this.
    Transaction(Xid),
    /// The place in the queue for a row; not the row lock itself, which is in the row.
    Tuple(Oid, Tid),
    /// An insertion that may yet be taken back (`INSERT … ON CONFLICT`), by its transaction and its token.
    SpeculativeToken(Xid, u32),
    /// `pg_advisory_lock(key)`; `two` for the form with two integers.
    /// The two are one key here, the first in the upper half.
    Advisory {
        key: i64,
        two: bool,
    },
}

/// The strength of a table-level lock, weakest first, which is also what is used on everything else. (Manual, table 13.2)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LockMode {
    AccessShare = 1,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}

/// How long a lock is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hold {
    /// Until the (sub)transaction ends or [`LockManager::release`]. `level` is the nesting of the subtransaction, from 1.
    Transaction { level: u32 },
    /// Until it is released: session-level advisory locks.
    Session,
    /// Only waited for: the grant that ends the wait is given back at once. (`XactLockTableWait`)
    Moment,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquired {
    Granted,
    /// The owner is in the queue. After it was woken the *same* call returns `Granted` without taking the lock twice.
    Queued,
    /// Two sessions hold what the other one asks for, which is plain without waiting for the alarm: the request fails at
    /// once and nothing is queued. (`RememberSimpleDeadLock`)
    Deadlock([DeadlockEdge; 2]),
}

/// A request in a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Waiting {
    pub session: SessionId,
    pub tag: LockTag,
    pub mode: LockMode,
    pub hold: Hold,
}

/// A cycle, as the deadlock report lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeadlockEdge {
    pub waiter: SessionId,
    pub tag: LockTag,
    pub mode: LockMode,
    pub blocker: Owner,
}

/// What a deadlock check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeadlockCheck {
    None,
    /// Queues were rearranged so that nobody need fail.
    Rearranged,
    /// The session that asked must fail. It is still queued.
    Hard(Vec<DeadlockEdge>),
}
