use super::*;

fn targets(ssi: &Ssi) -> Vec<Target> {
    ssi.locks().iter().map(|lock| lock.target).collect()
}

fn reader() -> Sessions {
    let mut sessions = Sessions::default();
    sessions.begin(0);
    sessions
}

#[test]
fn three_rows_of_a_page_are_the_page() {
    let mut sessions = reader();
    sessions.read(0, 1);
    sessions.read(0, 2);
    sessions.read(0, 1);
    assert_eq!(targets(&sessions.ssi), [Target::tuple(TABLE, tid(1)), Target::tuple(TABLE, tid(2))]);
    sessions.read(0, 3);
    assert_eq!(targets(&sessions.ssi), [Target::page(TABLE, 0)]);
    sessions.read(0, 4);
    assert_eq!(targets(&sessions.ssi), [Target::page(TABLE, 0)]);
    assert!(sessions.ssi.is_covered(session(0), Target::tuple(TABLE, tid(9))));
}

#[test]
fn thirty_two_pages_are_the_table() {
    let mut sessions = reader();
    for page in 0..31 {
        sessions.ssi.lock_tuple(session(0), TABLE, Tid { page, slot: 1 }, false);
    }
    assert_eq!(targets(&sessions.ssi).len(), 31);
    sessions.ssi.lock_page(session(0), TABLE, 31);
    assert_eq!(targets(&sessions.ssi), [Target::relation(TABLE)]);
}

#[test]
fn a_whole_table_makes_the_rest_superfluous() {
    let mut sessions = reader();
    sessions.read(0, 1);
    sessions.ssi.lock_page(session(0), TABLE, 7);
    sessions.ssi.lock_page(session(0), INDEX, 7);
    sessions.ssi.lock_relation(session(0), TABLE);
    sessions.read(0, 2);
    assert_eq!(targets(&sessions.ssi), [Target::relation(TABLE), Target::page(INDEX, 7)]);
}

#[test]
fn what_a_transaction_made_itself_is_not_noted() {
    let mut sessions = reader();
    sessions.ssi.lock_tuple(session(0), TABLE, tid(1), true);
    assert_eq!(targets(&sessions.ssi), []);
}

#[test]
fn writing_a_row_covers_having_read_it() {
    let mut sessions = reader();
    sessions.read(0, 1);
    sessions.read(0, 2);
    sessions.ssi.conflict_in(session(0), TABLE, Some(tid(1)), Some(0), true).unwrap();
    assert_eq!(targets(&sessions.ssi).len(), 2, "a subtransaction may be rolled back");
    sessions.write(0, 1).unwrap();
    assert_eq!(targets(&sessions.ssi), [Target::tuple(TABLE, tid(2))]);
    sessions.read(0, 3);
    assert_eq!(targets(&sessions.ssi).len(), 2, "it does not count any more");
}

#[test]
fn an_insertion_meets_those_who_read_the_page_of_the_index() {
    let mut sessions = reader();
    sessions.ssi.lock_page(session(0), INDEX, 3);
    sessions.begin(1);
    sessions.ssi.conflict_in(session(1), TABLE, None, None, false).unwrap();
    sessions.ssi.conflict_in(session(1), INDEX, None, Some(4), false).unwrap();
    assert_eq!(sessions.conflicts(), []);
    sessions.ssi.page_split(INDEX, 3, 4);
    assert_eq!(targets(&sessions.ssi), [Target::page(INDEX, 3), Target::page(INDEX, 4)]);
    sessions.ssi.conflict_in(session(1), INDEX, None, Some(4), false).unwrap();
    assert_eq!(sessions.conflicts(), [(0, 1)]);
}

#[test]
fn locks_on_what_goes_away_become_locks_on_the_table() {
    let mut sessions = reader();
    sessions.ssi.lock_page(session(0), INDEX, 3);
    sessions.begin(1);
    sessions.read(1, 1);
    sessions.read(1, 2);
    sessions.ssi.transfer_to_heap(INDEX, TABLE);
    sessions.ssi.transfer_to_heap(TABLE, TABLE);
    assert_eq!(targets(&sessions.ssi), [Target::relation(TABLE); 2]);
}

#[test]
fn locks_of_a_committed_transaction_stay_while_a_writer_runs_that_it_overlaps() {
    let mut sessions = reader();
    sessions.read(0, 1);
    sessions.begin(1);
    sessions.commit(0).unwrap();
    assert_eq!(targets(&sessions.ssi), [Target::tuple(TABLE, tid(1))]);
    assert_eq!(sessions.ssi.transactions()[0].fate, Fate::Committed);
    assert!(sessions.ssi.transactions()[0].read_only, "it did not write");
    sessions.ssi.begin(session(2), Xid(200), false, false);
    sessions.commit(1).unwrap();
    assert_eq!(targets(&sessions.ssi), []);
    assert_eq!(sessions.ssi.transactions().len(), 1, "all that is left is the one that runs");
}

#[test]
fn what_was_read_is_forgotten_when_only_readers_run() {
    let mut sessions = Sessions::default();
    sessions.ssi.begin(session(0), Xid(50), false, false);
    sessions.begin(1);
    sessions.begin_read_only(2);
    sessions.read(1, 1);
    sessions.read(2, 2);
    sessions.write(1, 3).unwrap();
    sessions.commit(1).unwrap();
    assert_eq!(targets(&sessions.ssi).len(), 2, "0 may still write what 1 has read");
    sessions.write(0, 4).unwrap();
    sessions.commit(0).unwrap();
    assert_eq!(targets(&sessions.ssi), [Target::tuple(TABLE, tid(2))]);
    assert_eq!(sessions.ssi.transactions().len(), 3, "2 may still read what 0 and 1 have written");
    sessions.commit(2).unwrap();
    assert_eq!(sessions.ssi, Ssi::default());
}
