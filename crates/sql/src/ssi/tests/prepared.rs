use super::*;

/// 0 and 1 read both rows and write one each; 0 is prepared.
fn skew_with_one_prepared() -> Sessions {
    let mut sessions = Sessions::default();
    for number in [0, 1] {
        sessions.begin(number);
        sessions.read(number, 1);
        sessions.read(number, 2);
    }
    sessions.write(0, 1).unwrap();
    sessions.ssi.pre_commit(session(0)).unwrap();
    sessions.ssi.prepare(session(0));
    sessions
}

#[test]
fn a_prepared_transaction_makes_others_fail_as_if_it_had_committed() {
    let mut sessions = skew_with_one_prepared();
    assert_eq!(reason(sessions.write(1, 2)), "Reason code: Canceled on identification as a pivot, during write.");
    sessions.ssi.abort(session(1));
    sessions.ssi.commit_prepared(Xid(100), Xid(200));
    assert_eq!(sessions.ssi, Ssi::default());
}

#[test]
fn the_session_of_a_prepared_transaction_may_begin_another_one() {
    let mut sessions = skew_with_one_prepared();
    assert!(!sessions.ssi.is_tracked(session(0)));
    assert_eq!(sessions.begin(0), Begun::Tracked);
    let fates: Vec<_> = sessions.ssi.transactions().iter().map(|one| (one.session.0, one.fate)).collect();
    assert_eq!(fates, [(0, Fate::Prepared), (1, Fate::Active), (0, Fate::Active)]);
}

#[test]
fn rolling_back_a_prepared_transaction_frees_the_others() {
    let mut sessions = skew_with_one_prepared();
    sessions.ssi.abort_prepared(Xid(100));
    assert_eq!(sessions.write(1, 2), Ok(()));
    assert_eq!(sessions.commit(1), Ok(()));
}

#[test]
fn who_meets_a_prepared_pivot_fails_at_the_commit() {
    let mut sessions = Sessions::default();
    for number in [0, 1, 2] {
        sessions.begin(number);
    }
    // 0 does not see 1, which does not see 2; 1 is prepared before 2 commits.
    sessions.read(0, 1);
    sessions.write(1, 1).unwrap();
    sessions.read(1, 2);
    sessions.ssi.pre_commit(session(1)).unwrap();
    sessions.ssi.prepare(session(1));
    sessions.write(2, 2).unwrap();
    assert_eq!(sessions.conflicts(), [(0, 1), (1, 2)]);
    assert_eq!(
        reason(sessions.commit(2)),
        "Reason code: Canceled on commit attempt with conflict in from prepared pivot."
    );
}

#[test]
fn transactions_of_other_levels_are_not_known_here() {
    let mut sessions = skew_with_one_prepared();
    let before = sessions.ssi.clone();
    sessions.ssi.commit_prepared(Xid(777), Xid(800));
    sessions.ssi.abort_prepared(Xid(101));
    sessions.ssi.commit(session(7), Xid(800));
    assert_eq!(sessions.ssi, before);
}
