//! Whatever sessions ask for, nobody holds what excludes others, and everybody gets on in the end.

use super::*;
use proptest::prelude::*;

const SESSIONS: u16 = 5;

fn check(locks: &LockManager) {
    let rows = locks.rows();
    let held: Vec<_> = rows.iter().filter(|row| row.granted).collect();
    for one in &held {
        let excluded = |other: &&&LockRow| {
            other.tag == one.tag && other.owner != one.owner && one.mode.conflicts().contains(other.mode)
        };
        assert_eq!(held.iter().find(excluded), None, "beside {one:?}");
    }
    for session in (0..SESSIONS).map(SessionId) {
        if locks.waiting(session).is_some() {
            assert_ne!(locks.blockers(session), [], "{session:?} waits for nobody");
        }
    }
}

/// Everybody ends; who waits looks for a deadlock first, and fails if there is one.
fn drain(locks: &mut LockManager) {
    for _ in 0..=SESSIONS {
        for session in (0..SESSIONS).map(SessionId) {
            if locks.waiting(session).is_some() {
                if !matches!(locks.check_deadlock(session), DeadlockCheck::Hard(_)) {
                    continue;
                }
                assert!(locks.cancel_wait(session));
            }
            locks.release_transaction(session);
            check(locks);
        }
    }
    locks.take_woken();
    assert_eq!(*locks, LockManager::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everybody_gets_on(actions in prop::collection::vec((0..SESSIONS, 0..10_usize, 0..2_u32), 1..60)) {
        let mut locks = LockManager::default();
        for (session, action, tag) in actions {
            let session = SessionId(session);
            if locks.waiting(session).is_some() {
                match action {
                    0 => drop(locks.cancel_wait(session)),
                    1..=3 => drop(locks.check_deadlock(session)),
                    _ => {}
                }
            } else if let Some(mode) = LockMode::ALL.get(action) {
                let hold = if tag == 0 && *mode == LockMode::Share { Hold::Moment } else { TOP };
                if matches!(locks.acquire(session, LockTag::Relation(tag), *mode, hold), Acquired::Deadlock(_)) {
                    locks.release_transaction(session);
                }
            } else {
                locks.release_transaction(session);
            }
            check(&locks);
        }
        drain(&mut locks);
    }
}
