//! How many statements a second the store runs on this machine. `cargo xtask bench` prints it among the other figures.

use std::time::Instant;

const STATEMENTS: u32 = 100_000;

fn main() {
    // `cargo test` runs benchmarks, too: there is nothing to test here.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let start = Instant::now();
    let answered = interleave_sql::workload::pace(STATEMENTS);
    assert_eq!(answered, STATEMENTS, "every statement is answered");
    println!("{:.0}", f64::from(STATEMENTS) / start.elapsed().as_secs_f64());
}
