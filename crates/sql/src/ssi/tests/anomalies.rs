use super::*;

#[test]
fn write_skew_fails_for_the_one_that_commits_second() {
    let mut sessions = Sessions::default();
    for number in [0, 1] {
        assert_eq!(sessions.begin(number), Begun::Tracked);
        sessions.read(number, 1);
        sessions.read(number, 2);
    }
    assert_eq!(sessions.write(0, 1), Ok(()));
    assert_eq!(sessions.write(1, 2), Ok(()));
    assert_eq!(sessions.conflicts(), [(1, 0), (0, 1)]);
    assert_eq!(sessions.commit(0), Ok(()));
    assert!(sessions.ssi.is_doomed(session(1)));
    assert_eq!(
        reason(sessions.commit(1)),
        "Reason code: Canceled on identification as a pivot, during commit attempt."
    );
    assert_eq!(sessions.ssi, Ssi::default(), "nothing is remembered when nobody runs");
}

#[test]
fn write_skew_fails_at_the_write_if_the_other_one_has_committed() {
    let mut sessions = Sessions::default();
    for number in [0, 1] {
        sessions.begin(number);
        sessions.read(number, 1);
        sessions.read(number, 2);
    }
    sessions.write(0, 1).unwrap();
    sessions.commit(0).unwrap();
    assert_eq!(reason(sessions.write(1, 2)), "Reason code: Canceled on identification as a pivot, during write.");
}

#[test]
fn a_doomed_transaction_fails_at_its_next_read_or_write() {
    let mut sessions = Sessions::default();
    for number in [0, 1] {
        sessions.begin(number);
        sessions.read(number, 1);
        sessions.read(number, 2);
    }
    sessions.write(0, 1).unwrap();
    sessions.write(1, 2).unwrap();
    sessions.commit(0).unwrap();
    assert_eq!(
        reason(sessions.read_behind(1, 1, 0)),
        "Reason code: Canceled on identification as a pivot, during conflict out checking."
    );
    assert_eq!(
        reason(sessions.write(1, 3)),
        "Reason code: Canceled on identification as a pivot, during conflict in checking."
    );
}

#[test]
fn a_reader_that_finds_a_committed_pivot_fails_itself() {
    let mut sessions = Sessions::default();
    for number in [0, 1, 2] {
        sessions.begin(number);
    }
    // 1 does not see the write of 2, which commits first.
    sessions.read(1, 2);
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    sessions.write(1, 1).unwrap();
    sessions.commit(1).unwrap();
    // 0 reads what 1 wrote, without seeing it.
    assert_eq!(
        reason(sessions.read_behind(0, 1, 1)),
        "Reason code: Canceled on conflict out to pivot 101, during read."
    );
}

#[test]
fn a_pivot_that_runs_is_doomed_by_its_reader() {
    let mut sessions = Sessions::default();
    for number in [0, 1, 2] {
        sessions.begin(number);
    }
    sessions.read(1, 2);
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    sessions.write(1, 1).unwrap();
    assert_eq!(sessions.read_behind(0, 1, 1), Ok(()), "1 has not committed: it can still be made to fail");
    assert!(sessions.ssi.is_doomed(session(1)));
    assert_eq!(sessions.commit(0), Ok(()));
}

#[test]
fn a_reader_that_becomes_the_pivot_before_a_committed_writer_fails() {
    let mut sessions = Sessions::default();
    for number in [0, 1, 2] {
        sessions.begin(number);
    }
    // 0 does not see 1.
    sessions.read(0, 1);
    sessions.write(1, 1).unwrap();
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    // 1 does not see 2, which has committed.
    assert_eq!(
        reason(sessions.read_behind(1, 2, 2)),
        "Reason code: Canceled on conflict out to pivot 102, during read."
    );
}

#[test]
fn a_rolled_back_transaction_harms_nobody() {
    let mut sessions = Sessions::default();
    for number in [0, 1] {
        sessions.begin(number);
        sessions.read(number, 1);
        sessions.read(number, 2);
    }
    sessions.write(0, 1).unwrap();
    sessions.write(1, 2).unwrap();
    sessions.ssi.abort(session(0));
    assert_eq!(sessions.conflicts(), []);
    assert_eq!(sessions.commit(1), Ok(()));
}

/// 1 reads both accounts and writes one; 2 writes the other and commits; a reader that begins after that sees 2 and not 1.
fn batch_and_report(read_only: bool) -> (Begun, Result<(), SqlError>) {
    let mut sessions = Sessions::default();
    sessions.begin(1);
    sessions.read(1, 1);
    sessions.read(1, 2);
    sessions.begin(2);
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    let begun = if read_only { sessions.begin_read_only(3) } else { sessions.begin(3) };
    sessions.read(3, 1);
    sessions.read(3, 2);
    sessions.commit(3).unwrap();
    (begun, sessions.write(1, 1))
}

#[test]
fn the_read_only_anomaly_fails_for_the_batch() {
    let during_write = "Reason code: Canceled on identification as a pivot, during write.";
    let (begun, result) = batch_and_report(true);
    assert_eq!((begun, reason(result)), (Begun::Tracked, during_write.to_owned()));
    let (begun, result) = batch_and_report(false);
    assert_eq!((begun, reason(result)), (Begun::Tracked, during_write.to_owned()));
}

#[test]
fn without_the_report_the_batch_commits() {
    let mut sessions = Sessions::default();
    sessions.begin(1);
    sessions.read(1, 1);
    sessions.read(1, 2);
    sessions.begin(2);
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    assert_eq!(sessions.write(1, 1), Ok(()));
    assert_eq!(sessions.commit(1), Ok(()));
}

#[test]
fn a_report_that_began_before_the_commit_comes_first() {
    let mut sessions = Sessions::default();
    sessions.begin(1);
    sessions.read(1, 1);
    sessions.read(1, 2);
    sessions.begin(2);
    sessions.begin_read_only(3);
    sessions.write(2, 2).unwrap();
    sessions.commit(2).unwrap();
    sessions.read(3, 1);
    assert_eq!(sessions.read_behind(3, 2, 2), Ok(()));
    assert_eq!(sessions.write(1, 1), Ok(()), "3, then 1, then 2");
    assert_eq!(sessions.commit(3), Ok(()));
    assert_eq!(sessions.commit(1), Ok(()));
}

#[test]
fn truncating_a_table_meets_everybody_who_has_read_any_of_it() {
    let mut sessions = Sessions::default();
    sessions.begin(0);
    sessions.read(0, 3);
    sessions.begin(1);
    sessions.ssi.lock_page(session(1), INDEX, 4);
    sessions.begin(2);
    assert_eq!(sessions.ssi.table_conflict_in(session(2), TABLE), Ok(()));
    assert_eq!(sessions.conflicts(), [(0, 2)], "indexes do not count");
}
