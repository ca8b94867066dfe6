//! `cargo xtask conformance [--programs N] [--seed S]`: random programs in real Node 20 and in the simulation.
//!
//! The fuzzer is an integration test of `crates/node`, so that it is in every test run as well. Here it is built with
//! the `tool` profile, which runs it several times faster.

use crate::child;
use anyhow::{Context, Result, bail};

/// Compares as many programs as asked for; 2,000 when nothing is said.
pub fn run(args: &[String]) -> Result<()> {
    let (mut programs, mut seed) = (2_000, 1);
    let mut args = args.iter();
    while let Some(name) = args.next() {
        let value: u64 = args.next().with_context(|| format!("{name} needs a number"))?.parse()?;
        match name.as_str() {
            "--programs" => programs = value,
            "--seed" => seed = value,
            other => bail!("there is no {other}: --programs N, --seed S"),
        }
    }
    let mut cargo = child::cargo();
    cargo.args(["test", "--profile", "tool", "--package", "interleave-node", "--test", "conformance"]);
    cargo.args(["--", "--nocapture", "random"]).env("RUST_BACKTRACE", "0");
    cargo.env("CONFORMANCE_PROGRAMS", programs.to_string()).env("CONFORMANCE_SEED", seed.to_string());
    child::run(&mut cargo)
}
