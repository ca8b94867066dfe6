//! `cargo xtask conformance [--programs N] [--seed S]`: random programs in real Node 20 and in the simulation.
//! `cargo xtask conformance schedules [--count N] [--seed S]`: random schedules in real PostgreSQL 15 and in the store.
//! `cargo xtask conformance queries [--count N] [--seed S]`: random queries over a shop, likewise.
//!
//! The fuzzers are integration tests of `crates/node` and `crates/sql`, so that they are in every test run as well. Here
//! they are built with the `tool` profile, which runs them several times faster.

use crate::{child, setup};
use anyhow::{Context, Result, bail};

/// A fuzzer, and how it is told what to do.
struct Fuzzer {
    package: &'static str,
    test: &'static str,
    /// The option that says how many, and how many when nothing is said.
    count: (&'static str, u64),
    /// Variables that carry the two numbers.
    variables: [&'static str; 2],
}

const PROGRAMS: Fuzzer = Fuzzer {
    package: "interleave-node",
    test: "conformance",
    count: ("--programs", 2_000),
    variables: ["CONFORMANCE_PROGRAMS", "CONFORMANCE_SEED"],
};

const SCHEDULES: Fuzzer = Fuzzer {
    package: "interleave-sql",
    test: "conformance",
    count: ("--count", 3_000),
    variables: ["CONFORMANCE_SCHEDULES", "CONFORMANCE_SEED"],
};

const QUERIES: Fuzzer = Fuzzer {
    package: "interleave-sql",
    test: "shop",
    count: ("--count", 2_000),
    variables: ["CONFORMANCE_QUERIES", "CONFORMANCE_SEED"],
};

/// Compares as many programs or schedules as asked for.
pub fn run(args: &[String]) -> Result<()> {
    match args.split_first() {
        Some((what, args)) if what == "schedules" => {
            setup::postgres()?;
            SCHEDULES.run(args)
        }
        Some((what, args)) if what == "queries" => {
            setup::postgres()?;
            QUERIES.run(args)
        }
        _ => PROGRAMS.run(args),
    }
}

impl Fuzzer {
    fn run(&self, args: &[String]) -> Result<()> {
        let (option, mut count) = self.count;
        let (mut seed, mut args) = (1, args.iter());
        while let Some(name) = args.next() {
            let value: u64 = args.next().with_context(|| format!("{name} needs a number"))?.parse()?;
            match name.as_str() {
                "--seed" => seed = value,
                name if name == option => count = value,
                other => bail!("there is no {other}: {option} N, --seed S"),
            }
        }
        let mut cargo = child::cargo();
        cargo.args(["test", "--profile", "tool", "--package", self.package, "--test", self.test]);
        cargo.args(["--", "--nocapture", "random"]).env("RUST_BACKTRACE", "0");
        cargo.env(self.variables[0], count.to_string()).env(self.variables[1], seed.to_string());
        child::run(&mut cargo)
    }
}
