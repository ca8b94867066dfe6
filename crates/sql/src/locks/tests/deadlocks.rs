use super::*;
use Acquired::{Granted, Queued};
use LockMode::*;

#[test]
fn a_ring_of_sessions_is_a_hard_deadlock_for_whoever_asks() {
    let mut locks = LockManager::default();
    for session in 0..4 {
        transaction(&mut locks, session, 731 + u32::from(session));
    }
    for session in 0..4 {
        assert_eq!(locks.check_deadlock(SessionId(session)), DeadlockCheck::None);
        assert_eq!(wait_for(&mut locks, session, 731 + u32::from((session + 1) % 4)), Queued);
    }
    let DeadlockCheck::Hard(edges) = locks.check_deadlock(SessionId(2)) else { panic!("no deadlock") };
    assert_eq!(
        deadlock_detail(&edges, 5, |session| 100 + u32::from(session.0)),
        "Process 102 waits for ShareLock on transaction 734; blocked by process 103.\n\
         Process 103 waits for ShareLock on transaction 731; blocked by process 100.\n\
         Process 100 waits for ShareLock on transaction 732; blocked by process 101.\n\
         Process 101 waits for ShareLock on transaction 733; blocked by process 102."
    );
    assert_eq!(queue(&locks, LockTag::Transaction(Xid(734))), [2], "still queued");

    locks.release_transaction(SessionId(2));
    assert_eq!(woken(&mut locks), [1]);
    assert_eq!(locks.check_deadlock(SessionId(0)), DeadlockCheck::None);
}

#[test]
fn a_session_outside_the_ring_does_not_break_it() {
    let mut locks = LockManager::default();
    for session in 0..2 {
        transaction(&mut locks, session, 731 + u32::from(session));
    }
    wait_for(&mut locks, 0, 732);
    wait_for(&mut locks, 1, 731);
    wait_for(&mut locks, 2, 731);
    assert_eq!(locks.check_deadlock(SessionId(2)), DeadlockCheck::None);
    assert!(matches!(locks.check_deadlock(SessionId(0)), DeadlockCheck::Hard(edges) if edges.len() == 2));
}

/// 0 and 1 read one table each; 2 and 3 wait to have one each for themselves; then 0 and 1 want to read the other table and
/// come to stand behind 2 and 3, which wait for them.
fn four_that_need_not_fail() -> LockManager {
    let mut locks = LockManager::default();
    assert_eq!(lock(&mut locks, 0, TABLE, AccessShare), Granted);
    assert_eq!(lock(&mut locks, 1, OTHER, AccessShare), Granted);
    assert_eq!(lock(&mut locks, 2, TABLE, AccessExclusive), Queued);
    assert_eq!(lock(&mut locks, 3, OTHER, AccessExclusive), Queued);
    assert_eq!(lock(&mut locks, 0, OTHER, AccessShare), Queued);
    assert_eq!(lock(&mut locks, 1, TABLE, AccessShare), Queued);
    locks
}

#[test]
fn a_soft_deadlock_is_resolved_by_another_order() {
    let mut locks = four_that_need_not_fail();
    assert_eq!(queue(&locks, TABLE), [2, 1]);
    assert_eq!(locks.check_deadlock(SessionId(0)), DeadlockCheck::Rearranged);
    // The walk from 0 meets 3, 1, 2 and itself; the edge found deepest, of 1 behind 2, is reversed first.
    assert_eq!(woken(&mut locks), [1]);
    assert_eq!(queue(&locks, TABLE), [2]);
    assert_eq!(queue(&locks, OTHER), [3, 0]);
    locks.release_transaction(SessionId(1));
    assert_eq!(woken(&mut locks), [3]);
}

#[test]
fn who_is_not_in_a_cycle_leaves_the_queues_alone() {
    let mut locks = four_that_need_not_fail();
    lock(&mut locks, 4, OTHER, RowExclusive);
    let before = locks.clone();
    assert_eq!(locks.check_deadlock(SessionId(4)), DeadlockCheck::None);
    assert_eq!(locks, before);
}

#[test]
fn a_cycle_of_hard_edges_is_not_helped_by_another_order() {
    let mut locks = LockManager::default();
    transaction(&mut locks, 0, 731);
    lock(&mut locks, 1, TABLE, Share);
    lock(&mut locks, 2, TABLE, ShareUpdateExclusive);
    assert_eq!(queue(&locks, TABLE), [2]);
    assert_eq!(lock(&mut locks, 0, TABLE, RowExclusive), Queued);
    assert_eq!(locks.blockers(SessionId(0)), [Owner::Session(SessionId(1))]);
    wait_for(&mut locks, 1, 731);
    let DeadlockCheck::Hard(edges) = locks.check_deadlock(SessionId(1)) else { panic!("no deadlock") };
    assert_eq!(
        deadlock_detail(&edges, 5, |session| u32::from(session.0)),
        "Process 1 waits for ShareLock on transaction 731; blocked by process 0.\n\
         Process 0 waits for RowExclusiveLock on relation 16384 of database 5; blocked by process 1."
    );
}

#[test]
fn locks_in_words() {
    let describe = |tag| describe(tag, 5);
    assert_eq!(
        describe(LockTag::Tuple(16384, Tid { page: 0, slot: 3 })),
        "tuple (0,3) of relation 16384 of database 5"
    );
    assert_eq!(describe(LockTag::Advisory { key: (1 << 32) | 2, two: true }), "advisory lock [5,1,2,2]");
    assert_eq!(describe(LockTag::Advisory { key: -1, two: false }), "advisory lock [5,4294967295,4294967295,1]");
    assert_eq!(describe(LockTag::SpeculativeToken(Xid(731), 1)), "speculative token 1 of transaction 731");
}
