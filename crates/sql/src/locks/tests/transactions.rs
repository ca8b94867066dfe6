use super::*;
use Acquired::{Granted, Queued};
use LockMode::*;

const KEY: LockTag = LockTag::Advisory { key: 7, two: false };

#[test]
fn a_rolled_back_savepoint_gives_its_locks_back() {
    let mut locks = LockManager::default();
    let me = SessionId(0);
    lock(&mut locks, 0, TABLE, RowExclusive);
    locks.acquire(me, TABLE, RowExclusive, Hold::Transaction { level: 2 });
    locks.acquire(me, TABLE, Share, Hold::Transaction { level: 2 });
    locks.acquire(me, OTHER, Exclusive, Hold::Transaction { level: 3 });
    assert_eq!(lock(&mut locks, 1, OTHER, RowShare), Queued);
    locks.release_level(me, 2);
    assert_eq!(woken(&mut locks), [1]);
    assert_eq!(locks.held_by(me), [(TABLE, RowExclusive)]);
}

#[test]
fn a_released_savepoint_leaves_its_locks_to_the_transaction() {
    let mut locks = LockManager::default();
    let me = SessionId(0);
    locks.acquire(me, TABLE, Share, Hold::Transaction { level: 2 });
    lock(&mut locks, 0, TABLE, Share);
    locks.acquire(me, OTHER, Share, Hold::Transaction { level: 3 });
    locks.merge_level(me, 2);
    locks.release_level(me, 2);
    assert_eq!(locks.held_by(me), [(TABLE, Share), (OTHER, Share)]);
    assert!(locks.release(me, TABLE, Share, TOP) && locks.release(me, TABLE, Share, TOP), "held twice");
    assert!(!locks.release(me, TABLE, Share, TOP));
}

#[test]
fn session_locks_outlive_the_transaction() {
    let mut locks = LockManager::default();
    let me = SessionId(0);
    locks.acquire(me, KEY, Exclusive, Hold::Session);
    locks.acquire(me, KEY, Exclusive, Hold::Session);
    locks.acquire(me, KEY, Exclusive, TOP);
    locks.release_transaction(me);
    assert!(locks.release(me, KEY, Exclusive, Hold::Session));
    assert!(!locks.try_acquire(SessionId(1), KEY, Share, Hold::Session), "unlocked once, locked twice");
    assert!(locks.release(me, KEY, Exclusive, Hold::Session));
    assert!(!locks.release(me, KEY, Exclusive, Hold::Session));
    assert!(locks.try_acquire(SessionId(1), KEY, Share, Hold::Session));
    locks.release_session(SessionId(1));
    assert_eq!(locks, LockManager::default());
}

#[test]
fn a_lock_that_is_still_held_for_the_session_is_not_handed_on() {
    let mut locks = LockManager::default();
    locks.acquire(SessionId(0), KEY, Exclusive, TOP);
    locks.acquire(SessionId(0), KEY, Exclusive, Hold::Session);
    assert_eq!(locks.acquire(SessionId(1), KEY, Exclusive, TOP), Queued);
    locks.release_transaction(SessionId(0));
    assert_eq!(woken(&mut locks), [] as [u16; 0]);
    locks.release_session(SessionId(0));
    assert_eq!(woken(&mut locks), [1]);
}

#[test]
fn a_prepared_transaction_holds_on_without_its_session() {
    let mut locks = LockManager::default();
    transaction(&mut locks, 0, 731);
    lock(&mut locks, 0, TABLE, RowExclusive);
    locks.acquire(SessionId(0), KEY, Exclusive, Hold::Session);
    assert_eq!(locks.prepare(SessionId(0), Xid(731)), Ok(()));
    assert_eq!(locks.held_by(SessionId(0)), [(KEY, Exclusive)]);
    assert_eq!(lock(&mut locks, 0, TABLE, Share), Queued, "the session itself waits for it now");
    assert_eq!(wait_for(&mut locks, 1, 731), Queued);
    assert_eq!(locks.blockers(SessionId(1)), [Owner::Prepared(Xid(731))]);
    locks.release_transaction(Owner::Prepared(Xid(731)));
    assert_eq!(woken(&mut locks), [0, 1]);
    assert_eq!(lock(&mut locks, 0, TABLE, Share), Granted);
}

#[test]
fn nothing_is_prepared_that_is_held_for_both() {
    let mut locks = LockManager::default();
    locks.acquire(SessionId(0), KEY, Exclusive, Hold::Session);
    locks.acquire(SessionId(0), KEY, Share, TOP);
    let before = locks.clone();
    let error = locks.prepare(SessionId(0), Xid(3)).unwrap_err();
    assert_eq!(error.code, "0A000");
    assert_eq!(locks, before);
}
