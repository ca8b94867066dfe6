//! Databases that are asked in text: each script has its own, and what a connection loses is what PostgreSQL loses with it.

#![cfg(feature = "engine")]

use interleave_kernel::{Answer, Request};
use interleave_sql::dialogue::answers;

const ACCOUNT: &str = "CREATE TABLE account (balance int); INSERT INTO account VALUES (100)";
const BALANCE: &str = "SELECT balance FROM account";
const GIDS: &str = "SELECT gid FROM pg_prepared_xacts";

fn say(session: u8, sql: &str) -> Request {
    Request::Statement { session, sql: sql.into() }
}

const CRASH: Request = Request::Disconnect { session: 0 };

/// The answers to one script, on a database with one account.
fn ask(requests: &[Request]) -> Vec<Answer> {
    let script = [&[say(9, ACCOUNT)], requests].concat();
    let mut answers = answers(&[script]).remove(0);
    assert_eq!(answers.remove(0), done("INSERT 0 1"));
    answers
}

fn done(tag: &str) -> Answer {
    Answer::Done(tag.into())
}

fn rows(cells: &[&str]) -> Answer {
    Answer::Rows(cells.iter().map(|&cell| vec![Some(cell.into())]).collect())
}

fn failed(code: &str, message: &str) -> Answer {
    Answer::Failed { code: code.into(), message: message.into() }
}

#[test]
fn statements_are_answered_with_tags_rows_and_errors() {
    let script = [
        say(0, "UPDATE account SET balance = balance - 10"),
        say(0, BALANCE),
        say(0, "SELECT NULL::int, 'a' FROM account"),
        say(0, "SELECT credit FROM account"),
        say(0, "COMMIT PREPARED 'transfer'"),
        say(0, "-- nothing at all"),
    ];
    let expected = [
        done("UPDATE 1"),
        rows(&["90"]),
        Answer::Rows(vec![vec![None, Some("a".into())]]),
        failed("42703", "column \"credit\" does not exist"),
        failed("42704", "prepared transaction with identifier \"transfer\" does not exist"),
        done(""),
    ];
    assert_eq!(ask(&script), expected);
}

#[test]
fn what_was_not_prepared_is_gone_with_its_connection() {
    let script = [
        say(0, "BEGIN"),
        say(0, "UPDATE account SET balance = balance - 10"),
        say(0, BALANCE),
        CRASH,
        say(1, "UPDATE account SET balance = balance - 5"),
        say(0, BALANCE),
        say(0, "COMMIT"),
    ];
    let answers = ask(&script);
    assert_eq!(answers[2], rows(&["90"]));
    assert_eq!(answers[3..], [Answer::Gone, done("UPDATE 1"), rows(&["95"]), done("COMMIT")]);
}

#[test]
fn what_was_prepared_outlives_its_connection_and_keeps_its_locks() {
    let script = [
        say(0, "BEGIN"),
        say(0, "UPDATE account SET balance = balance - 10"),
        say(0, "PREPARE TRANSACTION 'transfer'"),
        CRASH,
        say(1, GIDS),
        say(1, BALANCE),
        say(1, "SELECT balance FROM account FOR UPDATE NOWAIT"),
        say(0, "COMMIT PREPARED 'transfer'"),
        say(1, GIDS),
        say(1, BALANCE),
    ];
    let expected = [
        done("PREPARE TRANSACTION"),
        Answer::Gone,
        rows(&["transfer"]),
        rows(&["100"]),
        failed("55P03", "could not obtain lock on row in relation \"account\""),
        done("COMMIT PREPARED"),
        rows(&[]),
        rows(&["90"]),
    ];
    assert_eq!(ask(&script)[2..], expected);
}

#[test]
fn whoever_waits_says_so_and_goes_on_when_the_other_connection_is_gone() {
    let script = [
        say(0, "BEGIN"),
        say(0, "UPDATE account SET balance = balance - 10"),
        say(1, "UPDATE account SET balance = balance - 5"),
        say(1, BALANCE),
        CRASH,
        say(1, BALANCE),
    ];
    assert_eq!(ask(&script)[2..], [Answer::Waits, Answer::Waits, Answer::Gone, rows(&["95"])]);
}

#[test]
fn a_connection_that_is_gone_waits_for_nothing_and_holds_nothing() {
    let script = [
        say(1, "BEGIN"),
        say(1, "UPDATE account SET balance = balance - 5"),
        say(0, "SET default_transaction_isolation = 'serializable'"),
        say(0, "CREATE TEMPORARY TABLE mine (id int)"),
        say(0, "SELECT pg_advisory_lock(7)"),
        say(0, "UPDATE account SET balance = 0"),
        CRASH,
        say(1, "COMMIT"),
        say(2, BALANCE),
        say(2, "SELECT pg_try_advisory_lock(7)"),
        say(0, "SHOW default_transaction_isolation"),
        say(0, "SELECT * FROM mine"),
    ];
    let expected = [
        Answer::Waits,
        Answer::Gone,
        done("COMMIT"),
        rows(&["95"]),
        rows(&["t"]),
        rows(&["read committed"]),
        failed("42P01", "relation \"mine\" does not exist"),
    ];
    assert_eq!(ask(&script)[5..], expected);
}

#[test]
fn every_script_has_a_database_of_its_own() {
    let prepare = |change: &str| {
        let update = format!("UPDATE account SET balance = balance {change}");
        vec![
            say(0, ACCOUNT),
            say(0, "BEGIN"),
            say(0, &update),
            say(0, "PREPARE TRANSACTION 'transfer'"),
            say(0, "COMMIT PREPARED 'transfer'"),
            say(0, BALANCE),
        ]
    };
    let answers = answers(&[prepare("- 10"), prepare("+ 10")]);
    assert_eq!([&answers[0][5], &answers[1][5]], [&rows(&["90"]), &rows(&["110"])]);
}

#[test]
fn what_is_too_much_is_refused_and_what_is_long_is_cut() {
    let long = format!("SELECT '{}'", "x".repeat(20_000));
    let script = [say(0, &long), say(0, "SELECT repeat('é', 1000) FROM generate_series(1, 1000)")];
    let answers = ask(&script);
    assert_eq!(answers[0], failed("54000", "a statement of more than 10000 bytes is not supported here"));
    let Answer::Rows(rows) = &answers[1] else { panic!("{:?}", answers[1]) };
    assert_eq!((rows.len(), rows[0][0].as_ref().unwrap().chars().count()), (20, 201));

    let many = vec![CRASH; 30_000];
    let answers = interleave_sql::dialogue::answers(&[many.clone(), many]);
    let refused = failed("54000", "more than 50000 requests are not supported here");
    let gone = answers.concat().iter().filter(|answer| **answer == Answer::Gone).count();
    assert_eq!((gone, answers[1].last()), (50_000, Some(&refused)));
}

/// As they cross between a page and its workers.
#[test]
fn scripts_are_json_and_answers_are_bytes() {
    let text = r#"[[{"statement":{"session":0,"sql":"BEGIN"}},{"disconnect":{"session":0}}]]"#;
    let scripts: Vec<Vec<Request>> = serde_json::from_str(text).unwrap();
    assert_eq!(scripts, [[say(0, "BEGIN"), CRASH]]);
    assert_eq!(serde_json::to_string(&scripts).unwrap(), text);
    let answers = vec![vec![done("BEGIN"), Answer::Gone, rows(&["1"]), failed("42704", "none"), Answer::Waits]];
    let bytes = postcard::to_allocvec(&answers).unwrap();
    assert_eq!(postcard::from_bytes::<Vec<Vec<Answer>>>(&bytes).unwrap(), answers);
}
