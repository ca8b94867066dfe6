use super::*;
use Acquired::{Deadlock, Granted, Queued};
use LockMode::*;

/// Manual, table 13.2: rows and columns from `AccessShare` to `AccessExclusive`.
#[test]
fn modes_exclude_each_other_as_the_manual_says() {
    let table = ["-------X", "------XX", "----XXXX", "---XXXXX", "--XX-XXX", "--XXXXXX", "-XXXXXXX", "XXXXXXXX"];
    for (mode, row) in LockMode::ALL.into_iter().zip(table) {
        let conflicts: String =
            LockMode::ALL.into_iter().map(|other| if mode.conflicts().contains(other) { 'X' } else { '-' }).collect();
        assert_eq!(conflicts, row, "{}", mode.name());
    }
}

#[test]
fn a_session_never_excludes_itself() {
    let mut locks = LockManager::default();
    assert_eq!(lock(&mut locks, 0, TABLE, AccessExclusive), Granted);
    assert_eq!(lock(&mut locks, 0, TABLE, AccessShare), Granted);
    assert_eq!(locks.held_by(SessionId(0)), [(TABLE, AccessShare), (TABLE, AccessExclusive)]);
}

#[test]
fn readers_wait_behind_a_writer_that_waits() {
    let mut locks = LockManager::default();
    assert_eq!(lock(&mut locks, 0, TABLE, AccessShare), Granted);
    assert_eq!(lock(&mut locks, 1, TABLE, AccessExclusive), Queued);
    assert_eq!(lock(&mut locks, 2, TABLE, AccessShare), Queued);
    assert!(!locks.try_acquire(SessionId(3), TABLE, AccessShare, TOP), "NOWAIT does not pass those who wait");
    assert_eq!(locks.blockers(SessionId(1)), [Owner::Session(SessionId(0))]);
    assert_eq!(locks.blockers(SessionId(2)), [Owner::Session(SessionId(1))]);

    locks.release_transaction(SessionId(0));
    assert_eq!(woken(&mut locks), [1]);
    assert_eq!(queue(&locks, TABLE), [2]);
    locks.release_transaction(SessionId(1));
    assert_eq!(woken(&mut locks), [2]);
}

#[test]
fn the_call_made_again_after_the_grant_does_not_count_twice() {
    let mut locks = LockManager::default();
    lock(&mut locks, 0, TABLE, Exclusive);
    assert_eq!(lock(&mut locks, 1, TABLE, Exclusive), Queued);
    assert_eq!(lock(&mut locks, 1, TABLE, Exclusive), Queued, "asked again while it waits");
    assert_eq!(queue(&locks, TABLE), [1]);
    locks.release_transaction(SessionId(0));
    assert_eq!(lock(&mut locks, 1, TABLE, Exclusive), Granted);
    assert_eq!(woken(&mut locks), [] as [u16; 0], "it came back by itself");
    assert!(locks.release(SessionId(1), TABLE, Exclusive, TOP));
    assert_eq!(locks, LockManager::default());
}

#[test]
fn those_who_share_are_woken_together_and_in_line() {
    let mut locks = LockManager::default();
    lock(&mut locks, 0, TABLE, Exclusive);
    assert_eq!(lock(&mut locks, 3, TABLE, Share), Queued);
    assert_eq!(lock(&mut locks, 1, TABLE, RowExclusive), Queued);
    assert_eq!(lock(&mut locks, 2, TABLE, Share), Queued);
    assert_eq!(lock(&mut locks, 4, TABLE, AccessShare), Granted, "it excludes nothing that is held or asked for");
    locks.release_transaction(SessionId(0));
    assert_eq!(woken(&mut locks), [3], "session 2 could share, but session 1 was first");
    assert_eq!(queue(&locks, TABLE), [1, 2]);
    locks.release_transaction(SessionId(3));
    assert_eq!(woken(&mut locks), [1]);
    locks.release_transaction(SessionId(1));
    assert_eq!(woken(&mut locks), [2]);
}

#[test]
fn waiting_for_a_transaction_leaves_nothing_behind() {
    let mut locks = LockManager::default();
    transaction(&mut locks, 0, 731);
    assert_eq!(wait_for(&mut locks, 1, 731), Queued);
    assert_eq!(wait_for(&mut locks, 2, 731), Queued);
    locks.release_transaction(SessionId(0));
    assert_eq!(woken(&mut locks), [1, 2]);
    assert_eq!(wait_for(&mut locks, 2, 731), Granted);
    assert_eq!(wait_for(&mut locks, 1, 731), Granted);
    assert_eq!(locks, LockManager::default());
    assert_eq!(wait_for(&mut locks, 1, 731), Granted, "it is over");
    assert_eq!(locks, LockManager::default());
}

#[test]
fn who_holds_what_a_waiter_needs_goes_in_front_of_him() {
    let mut locks = LockManager::default();
    lock(&mut locks, 0, TABLE, RowExclusive);
    lock(&mut locks, 1, TABLE, RowExclusive);
    assert_eq!(lock(&mut locks, 2, TABLE, Share), Queued, "waits for 0 and 1");
    assert_eq!(lock(&mut locks, 0, TABLE, RowShare), Granted, "excludes nobody");
    assert_eq!(
        lock(&mut locks, 0, TABLE, ShareUpdateExclusive),
        Granted,
        "he waits for 0 anyway, and nobody else minds"
    );
    assert_eq!(lock(&mut locks, 0, TABLE, Exclusive), Queued, "in front of 2, which it would wait for otherwise");
    assert_eq!(queue(&locks, TABLE), [0, 2]);
    assert_eq!(locks.blockers(SessionId(0)), [Owner::Session(SessionId(1))]);
}

#[test]
fn two_that_hold_and_want_more_are_a_deadlock_at_once() {
    let mut locks = LockManager::default();
    lock(&mut locks, 0, TABLE, Share);
    lock(&mut locks, 1, TABLE, Share);
    assert_eq!(lock(&mut locks, 0, TABLE, RowExclusive), Queued);
    let edge = |waiter, blocker| DeadlockEdge {
        waiter: SessionId(waiter),
        tag: TABLE,
        mode: RowExclusive,
        blocker: Owner::Session(SessionId(blocker)),
    };
    assert_eq!(lock(&mut locks, 1, TABLE, RowExclusive), Deadlock([edge(1, 0), edge(0, 1)]));
    assert_eq!(queue(&locks, TABLE), [0]);
    locks.release_transaction(SessionId(1));
    assert_eq!(woken(&mut locks), [0]);
}

#[test]
fn who_gives_up_lets_those_behind_him_pass() {
    let mut locks = LockManager::default();
    lock(&mut locks, 0, TABLE, AccessShare);
    lock(&mut locks, 1, TABLE, AccessExclusive);
    lock(&mut locks, 2, TABLE, AccessShare);
    assert!(locks.cancel_wait(SessionId(1)));
    assert_eq!(woken(&mut locks), [2]);
    assert!(!locks.cancel_wait(SessionId(1)));
}

#[test]
fn a_cancel_after_the_grant_keeps_the_lock_until_the_abort() {
    let mut locks = LockManager::default();
    transaction(&mut locks, 0, 731);
    lock(&mut locks, 0, TABLE, Exclusive);
    lock(&mut locks, 1, TABLE, Exclusive);
    wait_for(&mut locks, 2, 731);
    locks.release_transaction(SessionId(0));
    assert!(!locks.cancel_wait(SessionId(1)) && !locks.cancel_wait(SessionId(2)));
    assert_eq!(woken(&mut locks), [] as [u16; 0]);
    assert_eq!(locks.held_by(SessionId(1)), [(TABLE, Exclusive)]);
    assert_eq!(locks.held_by(SessionId(2)), []);
    locks.release_transaction(SessionId(1));
    assert_eq!(locks, LockManager::default());
}

#[test]
fn the_rows_of_pg_locks() {
    let mut locks = LockManager::default();
    lock(&mut locks, 1, TABLE, RowExclusive);
    lock(&mut locks, 0, TABLE, AccessShare);
    lock(&mut locks, 2, TABLE, Share);
    lock(&mut locks, 1, TABLE, AccessExclusive);
    let rows: Vec<_> =
        locks.rows().into_iter().map(|row| (row.owner, row.mode.name(), row.granted, row.place)).collect();
    let session = |session| Owner::Session(SessionId(session));
    assert_eq!(
        rows,
        [
            (session(0), "AccessShareLock", true, None),
            (session(1), "RowExclusiveLock", true, None),
            (session(1), "AccessExclusiveLock", false, Some(0)),
            (session(2), "ShareLock", false, Some(1)),
        ]
    );
}

#[test]
fn weak_locks_are_the_same_state_in_whatever_order_they_were_taken() {
    let (mut one, mut other) = (LockManager::default(), LockManager::default());
    for session in [0, 1, 2] {
        lock(&mut one, session, TABLE, RowExclusive);
        lock(&mut other, 2 - session, TABLE, RowExclusive);
    }
    assert_eq!(one, other);
}
