//! What the lock table promises.

mod deadlocks;
mod queues;
mod random;
mod transactions;

use super::*;

pub(super) const TABLE: LockTag = LockTag::Relation(16384);
pub(super) const OTHER: LockTag = LockTag::Relation(16390);
pub(super) const TOP: Hold = Hold::Transaction { level: 1 };

/// Takes a lock until the end of the transaction.
pub(super) fn lock(locks: &mut LockManager, session: u16, tag: LockTag, mode: LockMode) -> Acquired {
    locks.acquire(SessionId(session), tag, mode, TOP)
}

/// A transaction has a number, which it holds itself.
pub(super) fn transaction(locks: &mut LockManager, session: u16, xid: u32) {
    let granted = lock(locks, session, LockTag::Transaction(Xid(xid)), LockMode::Exclusive);
    assert_eq!(granted, Acquired::Granted);
}

/// Waits for the end of a transaction.
pub(super) fn wait_for(locks: &mut LockManager, session: u16, xid: u32) -> Acquired {
    locks.acquire(SessionId(session), LockTag::Transaction(Xid(xid)), LockMode::Share, Hold::Moment)
}

pub(super) fn woken(locks: &mut LockManager) -> Vec<u16> {
    locks.take_woken().into_iter().map(|session| session.0).collect()
}

pub(super) fn queue(locks: &LockManager, tag: LockTag) -> Vec<u16> {
    locks.queue_of(tag).iter().map(|waiting| waiting.session.0).collect()
}
