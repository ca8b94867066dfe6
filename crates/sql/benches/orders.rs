//! How long "every order" takes on this machine: three sessions of four statements, 34,650 orders, at all three levels, in milliseconds.

use interleave_sql::lab::{Isolation, Scenario, Script, census};
use std::ops::ControlFlow;
use std::time::Instant;

fn main() {
    // `cargo test` runs benchmarks, too: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let session = |id: u32| Script {
        name: format!("worker {id}"),
        sql: format!(
            "BEGIN; SELECT balance FROM accounts WHERE id = {id}; \
             UPDATE accounts SET balance = balance + 1 WHERE id = {id}; COMMIT"
        ),
    };
    let scenario = Scenario {
        setup: "CREATE TABLE accounts (id int PRIMARY KEY, balance int); \
                INSERT INTO accounts VALUES (1, 100), (2, 100), (3, 100)"
            .into(),
        sessions: (1..=3).map(session).collect(),
        ..Scenario::default()
    };
    let start = Instant::now();
    for isolation in Isolation::ALL {
        let census = census(&scenario, isolation, u64::MAX, |_| ControlFlow::Continue(()));
        assert_eq!(census.map(|census| census.orders), Ok(34_650), "no order is forgotten");
    }
    println!("{:.0}", start.elapsed().as_secs_f64() * 1e3);
}
