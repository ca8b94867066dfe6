//! Participants that keep their rows in PostgreSQL: what they execute, what their databases are asked, and what is shown of the answers.

mod searched;

use interleave_kernel::{Answer, Request, Tape};
use interleave_protocols::diagram::{Deed, Diagram, Entry, Status, Tone};
use interleave_protocols::play::{Play, Subject, Way, record};
use interleave_protocols::two_phase_commit::storage::{scripts, with_answers};
use interleave_protocols::two_phase_commit::{PRESETS, Scenario, Storage, Vote};
use searched::{lane, seeded};

const BEGIN: &str = "BEGIN";
const PAY: &str = "UPDATE account SET balance = balance - 10";
const RECEIVE: &str = "UPDATE account SET balance = balance + 10";
const PREPARE: &str = "PREPARE TRANSACTION 'transfer'";
const COMMIT: &str = "COMMIT PREPARED 'transfer'";
const LOOK: [&str; 2] = ["SELECT balance FROM account", "SELECT gid FROM pg_prepared_xacts"];

/// Any of two-phase commit, with its rows in PostgreSQL.
fn on_postgres(scenario: Scenario) -> Subject {
    Subject::TwoPhaseCommit(Scenario { storage: Storage::Postgres, ..scenario })
}

/// What the preset tells.
fn story() -> Tape<Diagram> {
    let preset = PRESETS.iter().find(|it| it.id == "prepare-transaction").unwrap();
    let subject = Subject::TwoPhaseCommit(preset.scenario());
    assert!(subject.asks_postgres());
    record(&Play { subject, histories: vec![Way::Story(preset.id.into())], here: 0 })
}

fn log(tape: &Tape<Diagram>, at: usize, name: &str) -> Vec<String> {
    lane(tape, at, name).log.into_iter().map(|entry| entry.text).collect()
}

/// A script in a line each: who, and what. `!` is a connection that is gone.
fn shown(script: &[Request]) -> Vec<String> {
    let shown = |request: &Request| match request {
        Request::Statement { session, sql } => format!("{session} {sql}"),
        Request::Disconnect { session } => format!("{session} !"),
    };
    script.iter().map(shown).collect()
}

/// The frame in which something befalls the second participant.
fn row(tape: &Tape<Diagram>, deed: Deed) -> usize {
    tape.last().moments.iter().position(|it| it.deed == deed && it.lane == Some(2)).unwrap()
}

#[test]
fn a_participant_that_dies_in_doubt_finds_its_transaction_prepared() {
    let tape = story();
    let (crash, restart) = (row(&tape, Deed::Crash), row(&tape, Deed::Restart));
    let second = |at| log(&tape, at, "Participant 2");
    assert_eq!(second(0), [BEGIN, RECEIVE]);
    assert_eq!(log(&tape, 0, "Participant 1"), [BEGIN, PAY]);
    for at in [crash - 1, crash, restart] {
        assert_eq!(second(at), [BEGIN, RECEIVE, PREPARE]);
    }
    assert_eq!(lane(&tape, crash, "Participant 2").status, Status::Down);
    let last = lane(&tape, tape.len() - 1, "Participant 2");
    assert_eq!(last.log.last(), Some(&Entry::toned(COMMIT, Tone::Good)));
    assert_eq!(log(&tape, tape.len() - 1, "Participant 1"), [BEGIN, PAY, PREPARE, COMMIT]);
    assert_eq!(log(&tape, tape.len() - 1, "Coordinator"), ["commit", "end"], "it keeps its own log");
}

#[test]
fn a_database_is_looked_at_after_whatever_happens_to_it() {
    let expected = [
        "2 CREATE TABLE account (balance integer NOT NULL)",
        "2 INSERT INTO account VALUES (100)",
        "0 BEGIN",
        "0 UPDATE account SET balance = balance + 10",
        "2 SELECT balance FROM account",
        "2 SELECT gid FROM pg_prepared_xacts",
        "0 PREPARE TRANSACTION 'transfer'",
        "2 SELECT balance FROM account",
        "2 SELECT gid FROM pg_prepared_xacts",
        "0 !",
        "2 SELECT balance FROM account",
        "2 SELECT gid FROM pg_prepared_xacts",
        "0 COMMIT PREPARED 'transfer'",
        "2 SELECT balance FROM account",
        "2 SELECT gid FROM pg_prepared_xacts",
    ];
    let scripts = scripts(&story());
    assert_eq!(scripts.len(), 2, "the coordinator has no database");
    assert_eq!(shown(&scripts[1]), expected);
    let happened = |script: &[Request]| shown(script).iter().filter(|it| !LOOK.contains(&&it[2..])).count();
    assert_eq!([happened(&scripts[0]), happened(&scripts[1])], [6, 7]);
}

/// What was not prepared ends otherwise.
#[test]
fn without_a_promise_the_connection_or_a_rollback_ends_it() {
    let refuses = on_postgres(Scenario { votes: vec![Vote::No], ..Scenario::default() });
    let tape = record(&Play { subject: refuses, histories: vec![Way::Calm], here: 0 });
    let last = tape.len() - 1;
    assert_eq!(log(&tape, last, "Participant 1"), [BEGIN, PAY, "ROLLBACK"]);
    assert_eq!(log(&tape, last, "Participant 2"), [BEGIN, RECEIVE, PREPARE, "ROLLBACK PREPARED 'transfer'"]);

    // A yes without a record behind it: the session itself is all there is.
    let mut hasty = Scenario::default();
    hasty.safeguards.log_before_vote = false;
    let tape = record(&Play { subject: on_postgres(hasty.clone()), histories: vec![Way::Calm], here: 0 });
    assert_eq!(log(&tape, tape.len() - 1, "Participant 2"), [BEGIN, RECEIVE, "COMMIT"]);
    let told =
        record(&Play { subject: on_postgres(hasty), histories: vec![Way::Story("vote-before-log".into())], here: 0 });
    let gone = "-- the connection is gone: rolled back";
    assert_eq!(log(&told, told.len() - 1, "Participant 2"), [BEGIN, RECEIVE, gone]);
    let scripts = scripts(&told);
    assert!(shown(&scripts[1]).contains(&"0 !".into()));
    assert!(!shown(&scripts[1]).iter().any(|it| it.contains("--")), "nobody sends what is no statement");
}

#[test]
fn a_client_has_a_session_of_its_own_and_comes_when_the_row_is_free() {
    let subject = on_postgres(Scenario { local_client: true, ..Scenario::default() });
    let tape = record(&Play { subject, histories: vec![Way::Calm], here: 0 });
    let withdrawn = "UPDATE account SET balance = balance - 5 -- another session";
    assert_eq!(log(&tape, tape.len() - 1, "Participant 1"), [BEGIN, PAY, PREPARE, COMMIT, withdrawn]);
    assert!(shown(&scripts(&tape)[0]).contains(&format!("1 {withdrawn}")));
}

/// Each line that a lane shows is executed once, in that order, and each crash is a connection that is gone.
#[test]
fn every_statement_is_asked_once() {
    for seed in 0..100 {
        let faults = "crash=2,loss=1".parse().unwrap();
        let tape =
            seeded(on_postgres(Scenario { participants: 3, local_client: true, faults, ..Scenario::default() }), seed);
        let last = tape.last();
        for (at, script) in (1..).zip(scripts(&tape)) {
            let shown = shown(&script);
            let lines = last.lanes[at].log.iter().map(|entry| &entry.text).filter(|line| !line.starts_with("--"));
            let executed = shown.iter().filter(|it| !it.starts_with('2') && !it.ends_with('!')).map(|it| &it[2..]);
            assert!(executed.eq(lines), "{seed}: {shown:?}");
            let crashes = last.moments.iter().filter(|it| it.deed == Deed::Crash && it.lane == Some(at as u8));
            assert_eq!(shown.iter().filter(|it| it.ends_with('!')).count(), crashes.count(), "{seed}: {shown:?}");
        }
    }
}

#[test]
fn answers_stand_where_the_models_rows_were() {
    let tape = story();
    let cell = |text: &str| Answer::Rows(vec![vec![Some(text.into())]]);
    // A store that has its own mind: balances from a counter, and one statement that fails.
    let mut balance = 0;
    let mut answer = |request: &Request| match request {
        Request::Disconnect { .. } => Answer::Gone,
        Request::Statement { sql, .. } if sql == LOOK[0] => {
            balance += 1;
            cell(&balance.to_string())
        }
        Request::Statement { sql, .. } if sql == LOOK[1] && balance < 4 => cell("transfer"),
        Request::Statement { sql, .. } if sql == LOOK[1] => Answer::Rows(Vec::new()),
        Request::Statement { sql, .. } if sql == COMMIT => {
            Answer::Failed { code: "42704".into(), message: "no “transfer” here".into() }
        }
        Request::Statement { .. } => Answer::Done(String::new()),
    };
    let second: Vec<_> = scripts(&tape)[1].iter().map(&mut answer).collect();
    let (crash, restart) = (row(&tape, Deed::Crash), row(&tape, Deed::Restart));
    let answered = with_answers(tape.clone(), vec![Vec::new(), second]);
    let rows = |at| lane(&answered, at, "Participant 2").rows;
    let in_doubt = Entry::toned("pg_prepared_xacts: transfer", Tone::Locked);
    assert_eq!(rows(0), [Entry::plain("balance 1"), in_doubt.clone()]);
    assert_eq!(rows(crash - 1), [Entry::plain("balance 2"), in_doubt.clone()]);
    for at in [crash, restart] {
        assert_eq!(rows(at), [Entry::plain("balance 3"), in_doubt.clone()]);
    }
    let failed = Entry::toned("ERROR 42704: no “transfer” here", Tone::Bad);
    assert_eq!(rows(tape.len() - 1), [Entry::plain("balance 4"), failed]);
    // All else is as it was, and so is the lane that nobody has answered for.
    for at in 0..tape.len() {
        assert_eq!(lane(&answered, at, "Participant 1"), lane(&tape, at, "Participant 1"));
        assert_eq!(log(&answered, at, "Participant 2"), log(&tape, at, "Participant 2"));
        assert_eq!(answered.frames()[at].note, tape.frames()[at].note);
    }
}

#[test]
fn a_tape_that_could_not_be_run_asks_nothing() {
    let tape = seeded(on_postgres(Scenario { participants: 0, ..Scenario::default() }), 1);
    assert_eq!(scripts(&tape), Vec::<Vec<Request>>::new());
    assert_eq!(with_answers(tape.clone(), vec![vec![Answer::Waits]]).frames(), tape.frames());
}
