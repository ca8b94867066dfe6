use super::*;
use crate::locks::Owner;

fn begin_deferrable(sessions: &mut Sessions, number: u16) -> Begun {
    sessions.ssi.begin(session(number), Xid(100), true, true)
}

#[test]
fn alone_a_read_only_transaction_is_safe() {
    let mut sessions = Sessions::default();
    assert_eq!(sessions.begin_read_only(0), Begun::Safe);
    assert_eq!(begin_deferrable(&mut sessions, 1), Begun::Safe);
    assert!(!sessions.ssi.is_tracked(session(0)));
    assert_eq!(sessions.ssi, Ssi::default());
}

#[test]
fn a_read_only_transaction_becomes_safe_when_the_last_writer_has_gone() {
    let mut sessions = Sessions::default();
    sessions.begin(0);
    sessions.begin(1);
    assert_eq!(sessions.begin_read_only(2), Begun::Tracked);
    sessions.read(2, 1);
    sessions.ssi.abort(session(0));
    sessions.read(2, 2);
    assert_eq!(sessions.ssi.locks().len(), 2);
    sessions.write(1, 5).unwrap();
    sessions.commit(1).unwrap();
    assert!(sessions.ssi.transactions().iter().any(|one| one.safe));
    sessions.read(2, 3);
    assert!(!sessions.ssi.is_tracked(session(2)), "it is let go at its next read");
    assert_eq!(sessions.ssi.locks(), []);
    assert_eq!(sessions.commit(2), Ok(()));
}

#[test]
fn a_deferrable_transaction_waits_until_its_snapshot_is_safe() {
    let mut sessions = Sessions::default();
    sessions.begin(0);
    assert_eq!(begin_deferrable(&mut sessions, 1), Begun::Wait);
    assert_eq!(sessions.ssi.safe_snapshot(session(1)), SafeSnapshot::Wait);
    assert_eq!(sessions.ssi.safe_snapshot_blockers(session(1)), [Owner::Session(session(0))]);
    sessions.write(0, 1).unwrap();
    sessions.commit(0).unwrap();
    assert_eq!(sessions.ssi.take_decided(), [session(1)]);
    assert_eq!(sessions.ssi.safe_snapshot(session(1)), SafeSnapshot::Safe);
    assert!(!sessions.ssi.is_tracked(session(1)));
    assert_eq!(sessions.ssi, Ssi::default());
}

#[test]
fn a_snapshot_between_a_writer_and_a_pivot_is_taken_again() {
    let mut sessions = Sessions::default();
    sessions.begin(0);
    sessions.read(0, 2);
    sessions.begin(2);
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    assert_eq!(begin_deferrable(&mut sessions, 1), Begun::Wait, "it sees 2, and 0 is to come before 2");
    sessions.begin(3);
    sessions.write(0, 1).unwrap();
    sessions.commit(0).unwrap();
    assert_eq!(sessions.ssi.take_decided(), [session(1)]);
    assert_eq!(sessions.ssi.safe_snapshot(session(1)), SafeSnapshot::Retry);
    assert_eq!(begin_deferrable(&mut sessions, 1), Begun::Wait, "3 runs");
    sessions.ssi.abort(session(3));
    assert_eq!(sessions.ssi.safe_snapshot(session(1)), SafeSnapshot::Safe);
}

#[test]
fn a_wait_for_a_snapshot_can_be_given_up() {
    let mut sessions = Sessions::default();
    sessions.begin(0);
    begin_deferrable(&mut sessions, 1);
    sessions.ssi.abort(session(1));
    sessions.commit(0).unwrap();
    assert_eq!(sessions.ssi.take_decided(), []);
    assert_eq!(sessions.ssi, Ssi::default());
}
