//! The lock table: who holds what, who waits for whom, in which order. (PostgreSQL's `lock.c`, `proc.c`, `deadlock.c`)

use crate::query::plan::Oid;
use crate::store::{SessionId, Tid, Xid};

/// Who holds or waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    Session(SessionId),
    /// A prepared transaction: it holds and never waits.
    Prepared(Xid),
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
    /// An insertion that may yet be taken back (`INSERT … ON CONFLICT`).
    SpeculativeToken(Xid, u32),
    /// `pg_advisory_lock(key)`; `two` for the form with two integers.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

/// A cycle, as the deadlock report lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
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
