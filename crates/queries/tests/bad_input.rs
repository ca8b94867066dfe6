//! What a reader may type.

use interleave_queries::{Outcome, Runner, Scenario, Shop, compare, record, run};

fn program(text: &str) -> Scenario {
    Scenario { program: text.into(), ..Scenario::default() }
}

/// Why a run was stopped.
fn stopped(scenario: &Scenario) -> String {
    match run(scenario).outcome {
        Outcome::Stopped { message, .. } => message,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_program_that_cannot_be_compiled_says_where() {
    let tape = record(&program("const a = 1\nconst b = = 2"));
    let run = tape.last().run.clone().unwrap();
    assert!(matches!(run.outcome, Outcome::Rejected { line: 2, .. }), "{:?}", run.outcome);
    assert!(tape.frames().last().unwrap().note.plain().contains("cannot be compiled"));
}

#[test]
fn a_program_that_asks_nothing_is_told_so() {
    let tape = record(&program("console.log('hello')"));
    assert_eq!(tape.frames().last().unwrap().note.plain(), "Done. It has asked the database nothing.");
}

#[test]
fn sql_that_cannot_be_run_stops_with_postgresqls_words() {
    let scenario =
        Scenario { shop: Shop { sql: "CREATE INDEX ON nowhere (id)".into(), ..Shop::default() }, ..program("") };
    let message = stopped(&scenario);
    assert!(message.contains("relation \"nowhere\" does not exist") && message.contains("42P01"), "{message}");
}

#[test]
fn sizes_that_are_too_large_are_made_smaller() {
    let shop = Shop {
        products: u32::MAX,
        others: u32::MAX,
        skus: u32::MAX,
        images: u32::MAX,
        users: u32::MAX,
        orders: u32::MAX,
        items: u32::MAX,
        ..Shop::default()
    };
    assert!(shop.bounded().rows() <= 200_000, "{:?}", shop.bounded());
    let none = Shop { products: 0, others: 0, skus: 0, images: 0, users: 0, orders: 0, items: 0, ..Shop::default() };
    let run = run(&Scenario {
        shop: none,
        ..program("require('./shop').pool.query('SELECT count(*)::int FROM products').then((r) => console.log(r.rows))")
    });
    assert_eq!(run.printed[0].text, "[ { count: 1 } ]\n");
}

#[test]
fn a_runaway_program_is_stopped_with_a_note() {
    let endless =
        program("const { pool } = require('./shop');\n(async () => { for (;;) await pool.query('SELECT 1') })()");
    let run = Runner::limited(None, 500).run(&endless);
    let Outcome::Stopped { message, .. } = run.outcome else { panic!("{:?}", run.outcome) };
    assert!(message.contains("its database 500 times"), "{message}");
    assert_eq!(run.log.queries.len(), 501, "the one too many is in the log");
}

#[test]
fn a_runaway_query_is_stopped_with_an_error() {
    let all = "require('./shop').pool.query('SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b')\n  .catch((error) => console.log(error.code))";
    let run = run(&program(all));
    assert_eq!(run.printed.len(), 1, "{:?}", run.outcome);
    assert_eq!(run.log.queries[0].error.as_deref(), Some(run.printed[0].text.trim()));
}

#[test]
fn a_database_elsewhere_is_explained() {
    let text = "const { Client } = require('pg')\nnew Client('postgres://ada@db.example.com/shop').connect().catch((error) => console.log(error.message))";
    let run = run(&program(text));
    let printed = run.printed.iter().map(|print| print.text.as_str()).collect::<String>();
    assert!(printed.contains("db.example.com"), "{printed} {:?}", run.outcome);
}

#[test]
fn an_error_of_the_database_is_on_the_tape() {
    let tape = record(&program("require('./shop').pool.query('SELEC 1').catch((error) => console.log(error.message))"));
    let notes: Vec<String> = tape.frames().iter().map(|frame| frame.note.plain()).collect();
    assert!(notes.iter().any(|note| note.contains("fails with 42601")), "{notes:?}");
}

#[test]
fn one_run_leaves_nothing_to_the_next() {
    let mut runner = Runner::new(None);
    let make = program("require('./shop').pool.query('DELETE FROM images')");
    let count = program(
        "require('./shop').pool.query('SELECT count(*)::int FROM images').then((r) => console.log(r.rows[0].count))",
    );
    runner.run(&make);
    assert_eq!(runner.run(&count).printed[0].text, "2000\n");
    let empty = Scenario { shop: Shop { empty: true, ..Shop::default() }, ..count };
    assert!(matches!(runner.run(&empty).outcome, Outcome::Threw { .. }));
}

#[test]
fn a_program_that_makes_its_tables_is_compared_with_ways_that_have_theirs() {
    let shop = Shop { empty: true, ..Shop::default() };
    let own = Scenario { shop, ..program("require('./shop').pool.query('CREATE TABLE t (a int)')") };
    let standings = compare(&mut Runner::new(None), &own, |_| {});
    assert_eq!(standings.len(), 7);
    assert!(standings.iter().all(|standing| standing.fault.is_none()), "{standings:?}");
    assert_eq!(standings[1].totals.queries, 201);
}
