//! The locking lab without a screen: what a recording tells, what "every order" counts, and what must always hold.

#![cfg(feature = "engine")]

use interleave_kernel::{Dice, Machine};
use interleave_sql::lab::scene::{Anomaly, Census, Ending, Fate, Outcome, Progress, Status};
use interleave_sql::lab::{self, Action, Isolation, Locking, LockingTape, Scenario, Script};
use proptest::prelude::*;
use std::ops::ControlFlow;

const ACCOUNTS: &str =
    "CREATE TABLE accounts (id int PRIMARY KEY, balance int); INSERT INTO accounts VALUES (1, 100), (2, 100);";

fn scenario(setup: &str, scripts: &[&str], schedule: &str) -> Scenario {
    let names = ["Alice", "Bob", "Carol", "Dave"];
    let sessions = names.iter().zip(scripts).map(|(name, sql)| Script { name: (*name).into(), sql: (*sql).into() });
    Scenario {
        setup: setup.into(),
        sessions: sessions.collect(),
        schedule: schedule.bytes().map(|letter| letter - b'A').collect(),
        ..Scenario::default()
    }
}

fn notes(tape: &LockingTape) -> Vec<String> {
    tape.frames().iter().map(|frame| frame.note.plain()).collect()
}

fn census(scenario: &Scenario, isolation: Isolation) -> Census {
    lab::census(scenario, isolation, u64::MAX, |_| ControlFlow::Continue(())).unwrap()
}

fn orders(census: &Census, ending: Ending) -> u64 {
    census.rows.iter().find(|row| row.ending == ending).map_or(0, |row| row.orders)
}

#[test]
fn a_wait_is_told_from_its_beginning_to_its_end() {
    let alice = "BEGIN; UPDATE accounts SET balance = balance - 10 WHERE id = 1; COMMIT";
    let bob = "UPDATE accounts SET balance = balance - 20 WHERE id = 1";
    let tape = lab::record(&scenario(ACCOUNTS, &[alice, bob], "AABA"));
    let notes = notes(&tape);
    assert_eq!(
        notes[0],
        "The table accounts is ready, with 2 rows. Alice and Bob are connected, and nobody has run a statement."
    );
    assert!(notes[1].starts_with("Alice begins a transaction. At READ COMMITTED"), "{}", notes[1]);
    assert!(notes[2].starts_with("Alice changes 1 row."), "{}", notes[2]);
    assert!(notes[3].starts_with("Bob waits. UPDATE accounts SET balance = balance - 20 WHERE id = 1 needs the row (id)=(1) of accounts, which Alice changed in transaction "), "{}", notes[3]);
    assert!(notes[4].starts_with("Alice commits."), "{}", notes[4]);
    assert!(notes[4].ends_with("Bob can go on."), "{}", notes[4]);
    assert!(
        notes[5].starts_with("Bob goes on. The row has changed meanwhile, so its newest version is checked again"),
        "{}",
        notes[5]
    );
    let waiting = tape.scene(3);
    assert!(matches!(&waiting.entries[2].progress, Progress::Waiting(waits) if waits.blockers == [0]));
    assert_eq!(waiting.edges.len(), 1);
    assert_eq!((waiting.edges[0].from, waiting.edges[0].to), (1, 0));
    let row = &waiting.tables[0].rows[0];
    assert_eq!(row.len(), 2, "two versions: {row:?}");
    assert!(row[0].seen[1].visible && !row[0].seen[0].visible);
    assert!(row[1].seen[0].visible && !row[1].seen[1].visible);
    assert_eq!(row[1].made, Fate::Running(Some(0)));
    let last = tape.last();
    assert_eq!(last.entries[2].ended, Some(5));
    let verdict = last.verdict.as_ref().unwrap();
    assert_eq!((verdict.anomaly, verdict.committed, verdict.aborted), (None, 2, 0));
    assert_eq!(verdict.serial, [(0, 0), (1, 0)]);
    assert!(last.stopped.is_none());
}

#[test]
fn a_deadlock_is_a_circle_until_somebody_looks() {
    let one =
        "BEGIN; UPDATE accounts SET balance = 1 WHERE id = 1; UPDATE accounts SET balance = 1 WHERE id = 2; COMMIT";
    let two =
        "BEGIN; UPDATE accounts SET balance = 2 WHERE id = 2; UPDATE accounts SET balance = 2 WHERE id = 1; COMMIT";
    let tape = lab::record(&scenario(ACCOUNTS, &[one, two], "ABABAB"));
    let circle = (0..tape.len()).find(|&at| !tape.scene(at).cycle.is_empty()).expect("there is a circle");
    assert_eq!(tape.scene(circle).cycle.len(), 2);
    assert!(tape.scene(circle).ready.is_empty(), "nobody can run");
    assert!(notes(&tape)[circle + 1].starts_with("Alice has waited for 1 s: deadlock_timeout."), "{:?}", notes(&tape));
    // Who waited first looks first: after 5 statements of a millisecond each.
    assert_eq!(tape.scene(circle + 1).clock, 1_005_000);
    let verdict = tape.last().verdict.as_ref().unwrap();
    assert_eq!((verdict.deadlocks, verdict.committed, verdict.aborted, verdict.anomaly), (1, 1, 1, None));
}

#[test]
fn an_anomaly_has_its_name_its_reasons_and_its_cure() {
    let client = |price: u32| {
        format!(
            "BEGIN; SELECT balance FROM accounts WHERE id = 1; UPDATE accounts SET balance = {price} WHERE id = 1; COMMIT"
        )
    };
    let mut lost = scenario(ACCOUNTS, &[&client(90), &client(80)], "ABABAB");
    lost.invariant = "SELECT balance = 70 FROM accounts WHERE id = 1".into();
    let tape = lab::record(&lost);
    let verdict = tape.last().verdict.as_ref().unwrap();
    assert_eq!(verdict.anomaly, Some(Anomaly::LostUpdate));
    assert_eq!(verdict.evidence, [(1, 1), (0, 2), (1, 2)]);
    assert_eq!(verdict.because.len(), 2, "{:?}", verdict.because);
    assert_eq!(verdict.invariant, Some(Ok(false)));
    // The numbers are part of the scripts, so that no level makes the rule hold: nothing cures that.
    assert_eq!(verdict.cure, None);
    lost.invariant.clear();
    let tape = lab::record(&lost);
    let cure = tape.last().verdict.as_ref().unwrap().cure.clone();
    assert_eq!(cure.as_deref(), Some("REPEATABLE READ, and a retry of the transaction that fails"));
}

#[test]
fn who_never_ends_a_transaction_is_told_what_it_still_holds() {
    let alice = "BEGIN; UPDATE accounts SET balance = 0 WHERE id = 1";
    let tape = lab::record(&scenario(ACCOUNTS, &[alice, "UPDATE accounts SET balance = 1 WHERE id = 1;"], "AAB"));
    let stopped = tape.last().stopped.clone().expect("Bob waits for ever");
    assert_eq!(stopped.session, Some(1));
    assert!(
        stopped.title.starts_with("Bob still waits for the row (id)=(1) of accounts, which Alice changed"),
        "{}",
        stopped.title
    );
    assert!(stopped.advice.contains("Alice ends without COMMIT or ROLLBACK"), "{}", stopped.advice);
    assert!(stopped.advice.contains("RowExclusiveLock on accounts"), "{}", stopped.advice);
}

#[test]
fn errors_stay_on_their_statement() {
    let tape =
        lab::record(&scenario(ACCOUNTS, &["BEGIN; SELECT nonsense FROM accounts; SELECT 1; COMMIT; SELECT 2"], ""));
    let outcomes: Vec<_> = tape
        .last()
        .entries
        .iter()
        .map(|entry| match &entry.progress {
            Progress::Done(Outcome::Error(failure)) => failure.code.clone(),
            Progress::Done(Outcome::Command(tag)) => tag.clone(),
            Progress::Done(Outcome::Rows(rows)) => format!("{} rows", rows.total),
            Progress::Waiting(_) => "waits".into(),
        })
        .collect();
    assert_eq!(outcomes, ["BEGIN", "42703", "25P02", "ROLLBACK", "1 rows"]);
    assert_eq!(tape.scene(2).sessions[0].status, Status::Failed);
    assert!(
        matches!(&tape.last().entries[1].progress, Progress::Done(Outcome::Error(failure)) if failure.position == Some(8))
    );
}

#[test]
fn what_cannot_run_says_why() {
    let stopped = |scenario: &Scenario| {
        let tape = lab::record(scenario);
        assert_eq!(tape.len(), 1);
        let stopped = tape.last().stopped.clone().expect("no run");
        (stopped.title.clone(), stopped.line)
    };
    let setup = "CREATE TABLE t (i int);\n\nINSERT INTO u VALUES (1);";
    assert_eq!(
        stopped(&scenario(setup, &["SELECT 1"], "")),
        ("The setup fails: relation \"u\" does not exist".into(), Some(3))
    );
    assert_eq!(stopped(&scenario("", &[], "")), ("There are 0 sessions.".into(), None));
    let paste = format!("SELECT '{}'", "x".repeat(1_000_000));
    assert_eq!(stopped(&scenario("", &[&paste], "")), ("There are 1000 kB of SQL.".into(), None));
    let many = "SELECT 1;".repeat(401);
    assert_eq!(stopped(&scenario("", &[&many], "")), ("There are 401 statements.".into(), None));
}

#[test]
fn results_and_tables_are_cut_and_say_so() {
    let setup = "CREATE TABLE t AS SELECT i FROM generate_series(1, 500) AS s(i)";
    let tape = lab::record(&scenario(setup, &["SELECT i FROM t; SELECT repeat('x', 5000)"], ""));
    let Progress::Done(Outcome::Rows(rows)) = &tape.last().entries[0].progress else { panic!("no rows") };
    assert_eq!((rows.rows.len(), rows.total), (20, 500));
    assert_eq!((tape.last().tables[0].rows.len(), tape.last().tables[0].total), (40, 500));
    let Progress::Done(Outcome::Rows(rows)) = &tape.last().entries[1].progress else { panic!("no rows") };
    assert_eq!(rows.rows[0][0].as_ref().map(|cell| cell.chars().count()), Some(201));
}

#[test]
fn a_statement_that_never_ends_is_stopped() {
    let setup = "CREATE TABLE t AS SELECT i FROM generate_series(1, 3000) AS s(i)";
    let endless =
        "SELECT count(*) FROM t a, t b, t c, t d; SELECT i FROM generate_series(1, 100000000) AS s(i); SELECT 1";
    let tape = lab::record(&scenario(setup, &[endless], ""));
    let codes = tape.last().entries.iter().map(|entry| match &entry.progress {
        Progress::Done(Outcome::Error(failure)) => failure.code.clone(),
        other => format!("{other:?}"),
    });
    assert_eq!(codes.take(2).collect::<Vec<_>>(), ["54000", "54000"]);
    assert_eq!(tape.last().entries.len(), 3, "the session goes on");
}

#[test]
fn a_run_too_large_for_a_verdict_says_so() {
    let setup = "CREATE TABLE t AS SELECT i FROM generate_series(1, 60000) AS s(i)";
    let tape = lab::record(&scenario(setup, &["SELECT count(*) FROM t; SELECT count(*) FROM t"], ""));
    assert!(tape.last().verdict.is_none());
    assert_eq!(tape.last().stopped.as_ref().map(|stopped| stopped.title.as_str()), Some("There is no verdict."));
}

#[test]
fn three_sessions_of_four_statements_have_34_650_orders() {
    let own = |id: u32| {
        format!(
            "BEGIN; SELECT balance FROM accounts WHERE id = {id}; UPDATE accounts SET balance = balance + 1 WHERE id = {id}; COMMIT"
        )
    };
    let setup = format!("{ACCOUNTS} INSERT INTO accounts VALUES (3, 100);");
    let scenario = scenario(&setup, &[&own(1), &own(2), &own(3)], "");
    for isolation in Isolation::ALL {
        let census = census(&scenario, isolation);
        assert_eq!((census.orders, census.cut), (34_650, None));
        if isolation != Isolation::Serializable {
            assert_eq!(orders(&census, Ending::Committed), 34_650, "{isolation:?}");
        }
    }
}

#[test]
fn the_orders_of_a_lost_update_are_counted() {
    let client = |balance: u32| {
        format!(
            "BEGIN; SELECT balance FROM accounts WHERE id = 1; UPDATE accounts SET balance = {balance} WHERE id = 1; COMMIT"
        )
    };
    let scenario = scenario(ACCOUNTS, &[&client(90), &client(80)], "");
    let committed = census(&scenario, Isolation::ReadCommitted);
    let lost = orders(&committed, Ending::Anomaly(Anomaly::LostUpdate));
    assert!(lost > 0 && lost < committed.orders);
    assert_eq!(orders(&committed, Ending::Committed), committed.orders, "nobody fails at READ COMMITTED");
    let repeatable = census(&scenario, Isolation::RepeatableRead);
    assert_eq!(orders(&repeatable, Ending::Anomaly(Anomaly::LostUpdate)), 0);
    assert_eq!(orders(&repeatable, Ending::Aborted), lost, "what was lost fails now");
    // Every example, replayed by the recorder, ends as it says.
    for row in &committed.rows {
        let tape = lab::record(&Scenario { schedule: row.example.clone(), ..scenario.clone() });
        if let Ending::Anomaly(anomaly) = row.ending {
            assert_eq!(tape.last().verdict.as_ref().unwrap().anomaly, Some(anomaly));
        }
    }
}

#[test]
fn a_census_can_be_cut_short() {
    let scenario =
        scenario(ACCOUNTS, &["SELECT 1; SELECT 2; SELECT 3; SELECT 4", "SELECT 1; SELECT 2; SELECT 3; SELECT 4"], "");
    let census = lab::census(&scenario, Isolation::ReadCommitted, 3, |_| ControlFlow::Continue(())).unwrap();
    assert!(census.cut.is_some() && census.orders < 70, "{census:?}");
}

/// The tables of random scripts.
const TABLES: &str = "CREATE TABLE accounts (id int PRIMARY KEY, balance int); INSERT INTO accounts VALUES (1, 100), (2, 100), (3, 100); \
    CREATE TABLE orders (id int PRIMARY KEY, account int REFERENCES accounts); INSERT INTO orders VALUES (1, 1);";

/// A statement of a random script over the rows 1 to 3.
fn statement(dice: &mut Dice) -> String {
    let id = dice.index(3) + 1;
    let other = dice.index(3) + 1;
    match dice.index(16) {
        0 => format!("SELECT balance FROM accounts WHERE id = {id}"),
        1 => "SELECT count(*) FROM accounts WHERE balance > 100".to_owned(),
        2 | 3 => format!("UPDATE accounts SET balance = balance + 1 WHERE id = {id}"),
        4 => format!("UPDATE accounts SET balance = {} WHERE id = {id}", 90 + dice.index(30)),
        5 => format!("UPDATE accounts SET balance = (SELECT balance FROM accounts WHERE id = {other}) WHERE id = {id}"),
        6 => format!("UPDATE accounts SET balance = balance - 1 WHERE balance > {}", 95 + dice.index(10)),
        7 => format!("INSERT INTO accounts VALUES ({}, {})", 4 + dice.index(2), 95 + dice.index(10)),
        8 => format!(
            "INSERT INTO accounts VALUES ({}, 1) ON CONFLICT (id) DO UPDATE SET balance = accounts.balance + 1",
            3 + dice.index(3)
        ),
        9 => format!("INSERT INTO accounts VALUES ({}, 1) ON CONFLICT DO NOTHING", 3 + dice.index(3)),
        10 => format!("DELETE FROM accounts WHERE balance > {}", 100 + dice.index(10)),
        11 => format!("SELECT balance FROM accounts WHERE id = {id} FOR UPDATE"),
        12 => format!(
            "SELECT id FROM accounts WHERE balance > 99 ORDER BY id LIMIT 1 FOR {}",
            ["UPDATE SKIP LOCKED", "SHARE", "UPDATE NOWAIT"][id - 1]
        ),
        13 => format!("INSERT INTO orders VALUES ({}, {id})", 2 + dice.index(2)),
        14 => "SELECT sum(balance) FROM accounts JOIN orders ON account = accounts.id".to_owned(),
        _ => format!("UPDATE orders SET account = {id} WHERE id = {other}"),
    }
}

fn script(dice: &mut Dice) -> String {
    let statements: Vec<_> = (0..=dice.index(3)).map(|_| statement(dice)).collect();
    format!("BEGIN; {}; COMMIT", statements.join("; "))
}

fn random(seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let scripts: Vec<_> = (0..2 + dice.index(2)).map(|_| script(&mut dice)).collect();
    let scripts: Vec<_> = scripts.iter().map(String::as_str).collect();
    let mut scenario = scenario(TABLES, &scripts, "");
    scenario.schedule = (0..16).map(|_| dice.index(scripts.len()) as u8).collect();
    scenario
}

/// Two or three sessions, small enough to run every order by itself.
fn small(seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let mut scenario = random(dice.roll());
    let few = scenario.sessions.len() > 2;
    for session in &mut scenario.sessions {
        let most = if few { 1 } else { 2 };
        let mut statements: Vec<_> = (0..=dice.index(most)).map(|_| statement(&mut dice)).collect();
        if dice.index(8) == 0 && !few {
            statements.splice(1..1, ["SAVEPOINT s".to_owned(), statement(&mut dice), "ROLLBACK TO s".to_owned()]);
        }
        let around =
            [("", ""), ("BEGIN; ", "; COMMIT"), ("BEGIN; ", "; COMMIT"), ("BEGIN; ", "; ROLLBACK"), ("BEGIN; ", "")];
        let (begin, end) = around[dice.index(5)];
        session.sql = format!("{begin}{}{end}", statements.join("; "));
    }
    if dice.index(3) == 0 {
        scenario.invariant = "SELECT sum(balance) >= 300 FROM accounts".into();
    }
    scenario
}

/// How many random runs each property is tried on: `PROPTEST_CASES`, or a few.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

/// Not a test of anything but the clock: `cargo test --profile tool --test locking -- --ignored --nocapture`.
#[test]
#[ignore = "prints figures"]
fn how_long_every_order_takes() {
    let same = "BEGIN; SELECT balance FROM accounts WHERE id = 1; UPDATE accounts SET balance = balance + 1 WHERE id = 1; COMMIT";
    let own = |id: u32| {
        format!(
            "BEGIN; SELECT balance FROM accounts WHERE id = {id}; UPDATE accounts SET balance = balance + 1 WHERE id = {id}; COMMIT"
        )
    };
    let setup = format!("{ACCOUNTS} INSERT INTO accounts VALUES (3, 100);");
    for (name, scripts) in [
        ("one row", [same.to_owned(), same.to_owned(), same.to_owned()]),
        ("rows of their own", [own(1), own(2), own(3)]),
    ] {
        let scripts: Vec<_> = scripts.iter().map(String::as_str).collect();
        let scenario = scenario(&setup, &scripts, "");
        for isolation in Isolation::ALL {
            let begun = std::time::Instant::now();
            let merged = census(&scenario, isolation);
            let (merged_time, begun) = (begun.elapsed(), std::time::Instant::now());
            let apart = lab::census_one_by_one(&scenario, isolation, u64::MAX).unwrap();
            println!(
                "{name}, {}: {} orders, merged {merged_time:?}, one by one {:?}",
                isolation.sql(),
                merged.orders,
                begun.elapsed()
            );
            assert_eq!(merged, apart);
        }
    }
}

/// What changes a row does not change that it is there.
#[test]
fn a_row_that_is_only_found_may_be_changed() {
    let sessions = [
        "BEGIN; SELECT sum(balance) FROM accounts JOIN orders ON account = accounts.id; UPDATE accounts SET balance = 0 WHERE id = 3; COMMIT",
        "BEGIN; INSERT INTO accounts VALUES (3, 1) ON CONFLICT DO NOTHING; INSERT INTO orders VALUES (2, 1); COMMIT",
    ];
    let setup = "CREATE TABLE accounts (id int PRIMARY KEY, balance int); INSERT INTO accounts VALUES (1, 100), (3, 100); \
                 CREATE TABLE orders (id int PRIMARY KEY, account int); INSERT INTO orders VALUES (1, 1);";
    let verdict = |first: &str| {
        let scripts = [first, sessions[1]];
        let mut scenario = scenario(setup, &scripts, "");
        scenario.schedule = vec![1, 1, 0, 0, 1, 0, 0, 1];
        scenario.isolation = Isolation::Serializable;
        lab::record(&scenario).last().verdict.clone().unwrap().anomaly
    };
    assert_eq!(verdict(sessions[0]), None);
    assert_eq!(
        verdict(&sessions[0].replace("UPDATE accounts SET balance = 0", "DELETE FROM accounts")),
        Some(Anomaly::WriteSkew)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    /// (Ports & Grittner, 2012: what SERIALIZABLE promises.)
    #[test]
    fn what_commits_at_serializable_is_equivalent_to_a_serial_order(seed: u64) {
        let scenario = Scenario { isolation: Isolation::Serializable, ..random(seed) };
        // PostgreSQL does not notice a DELETE of a row that ON CONFLICT DO NOTHING has found: schedules/ssi-on-conflict-do-nothing.
        let has = |words: &str| scenario.sessions.iter().any(|session| session.sql.contains(words));
        prop_assume!(!(has("DO NOTHING") && has("DELETE")));
        let tape = lab::record(&scenario);
        let verdict = tape.last().verdict.clone().unwrap();
        prop_assert_eq!(verdict.anomaly, None, "{:?}", verdict.because);
    }

    /// (Berenson and others, 1995: what snapshot isolation rules out.)
    #[test]
    fn a_snapshot_rules_out_all_but_skew(seed: u64) {
        let tape = lab::record(&Scenario { isolation: Isolation::RepeatableRead, ..random(seed) });
        let anomaly = tape.last().verdict.clone().unwrap().anomaly;
        prop_assert!(matches!(anomaly, None | Some(Anomaly::WriteSkew | Anomaly::ReadOnlyAnomaly)), "{anomaly:?}");
    }

    /// No level shows what has not been committed.
    #[test]
    fn nothing_dirty_at_any_level(seed: u64) {
        let tape = lab::record(&random(seed));
        let anomaly = tape.last().verdict.clone().unwrap().anomaly;
        let dirty = [Anomaly::DirtyWrite, Anomaly::DirtyRead, Anomaly::IntermediateRead, Anomaly::CircularInformationFlow];
        prop_assert!(anomaly.is_none_or(|anomaly| !dirty.contains(&anomaly)), "{anomaly:?}");
    }

    /// What `census` finds out once holds for every order that comes to the same.
    #[test]
    fn merging_what_comes_to_the_same_changes_no_figure(seed: u64) {
        let scenario = small(seed);
        for isolation in Isolation::ALL {
            let apart = lab::census_one_by_one(&scenario, isolation, u64::MAX).unwrap();
            prop_assert_eq!(&census(&scenario, isolation), &apart, "{:#?}", scenario);
        }
    }

    /// Transactions that each turn three neighbours of a ring around leave one ring, in whatever order they run.
    #[test]
    fn a_ring_stays_one_ring(seed: u64) {
        let rows: Vec<_> = (0..6).map(|at| format!("({at}, {})", (at + 1) % 6)).collect();
        let setup = format!("CREATE TABLE ring (id int PRIMARY KEY, next int); INSERT INTO ring VALUES {};", rows.join(", "));
        // a -> b -> c -> d becomes a -> c -> b -> d.
        let turn = |a: usize| {
            format!(
                "BEGIN; SELECT next FROM ring WHERE id = {a}; \
                 UPDATE ring SET next = CASE ring.id WHEN s.a THEN s.c WHEN s.b THEN s.d ELSE s.b END \
                 FROM (SELECT a.id AS a, b.id AS b, c.id AS c, c.next AS d FROM ring a JOIN ring b ON b.id = a.next \
                 JOIN ring c ON c.id = b.next WHERE a.id = {a}) AS s WHERE ring.id IN (s.a, s.b, s.c); COMMIT"
            )
        };
        let mut dice = Dice::new(seed);
        let scripts: Vec<_> = (0..3).map(|_| turn(dice.index(6))).collect();
        let scripts: Vec<_> = scripts.iter().map(String::as_str).collect();
        let mut scenario = scenario(&setup, &scripts, "");
        scenario.isolation = Isolation::Serializable;
        scenario.schedule = (0..15).map(|_| dice.index(3) as u8).collect();
        // From 0 on, 0 is met again after six steps and not before.
        scenario.invariant = "SELECT a.next <> 0 AND b.next <> 0 AND c.next <> 0 AND d.next <> 0 AND e.next <> 0 AND f.next = 0 \
            FROM ring a JOIN ring b ON b.id = a.next JOIN ring c ON c.id = b.next JOIN ring d ON d.id = c.next \
            JOIN ring e ON e.id = d.next JOIN ring f ON f.id = e.next WHERE a.id = 0".into();
        let tape = lab::record(&scenario);
        let verdict = tape.last().verdict.clone().unwrap();
        prop_assert_eq!(verdict.anomaly, None, "{:?}", verdict.because);
        prop_assert_eq!(&verdict.invariant, &Some(Ok(true)));
    }

    /// Counting and recording are one machine: a random run of it ends as one of the census's ways.
    #[test]
    fn a_machine_driven_at_random_comes_to_an_end(seed: u64) {
        let mut machine = Locking::new(&random(seed), Isolation::ReadCommitted).unwrap();
        let mut dice = Dice::new(seed);
        let mut steps = 0;
        loop {
            let actions = machine.actions();
            if actions.is_empty() {
                break;
            }
            let action: Action = actions[dice.index(actions.len())];
            machine.step(&action);
            steps += 1;
            prop_assert!(steps < 200);
        }
        prop_assert!(machine.violations().is_empty());
    }
}
