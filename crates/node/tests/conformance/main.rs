//! A differential fuzzer: random programs run in real Node 20 and here, and print the same.
//!
//! The test run compares 200 programs of a fixed seed. `cargo xtask conformance [--programs N] [--seed S]` compares more:
//! it sets `CONFORMANCE_PROGRAMS` and `CONFORMANCE_SEED`. A difference is shrunk to the smallest program that shows it.

mod emit;
mod generate;
mod oracle;
mod program;
mod shrink;
#[path = "../simulated/mod.rs"]
mod simulated;

use emit::{Files, emit};
use generate::{Lot, generate};
use interleave_node::golden::Golden;
use program::Node;
use simulated::{Program, difference, on_two_threads};

/// Shrunk differences that are printed; more would say the same again.
const SHOWN: usize = 5;
/// Runs of real Node that must agree before a difference counts.
const RUNS: usize = 5;

#[test]
fn random_programs_do_what_they_do_in_real_node() {
    if let Some(why) = oracle::missing() {
        println!("not compared: {why}");
        return;
    }
    let number = |name: &str, default| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default);
    let (programs, seed) = (number("CONFORMANCE_PROGRAMS", 200), number("CONFORMANCE_SEED", 1));
    let mut lot = Lot::new(seed);
    let seeds: Vec<_> = (0..programs).map(|_| lot.next()).collect();
    let verdicts = on_two_threads(&seeds, |&seed| compare(&emit(&generate(seed)), observed(seed)));

    let unstable = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Unstable)).count();
    let different: Vec<_> =
        seeds.iter().zip(&verdicts).filter(|(_, verdict)| matches!(verdict, Verdict::Different(_))).collect();
    println!("{programs} programs of seed {seed}: {} differ, {unstable} unstable in real Node", different.len());
    let report = on_two_threads(&different[..different.len().min(SHOWN)], |(seed, _)| smallest(**seed));
    assert!(different.is_empty(), "- real Node 20, + here\n\n{}", report.join("\n"));
    assert!(unstable * 20 <= seeds.len(), "more than one program in twenty is a race in real Node");
}

enum Verdict {
    Same,
    /// Real Node does not agree with itself.
    Unstable,
    Different(String),
}

/// Every second program is recorded step by step: that changes nothing.
fn observed(seed: u64) -> bool {
    seed.is_multiple_of(2)
}

fn compare(files: &Files, observe: bool) -> Verdict {
    let here = simulate(files, observe);
    let Some(first) = difference(&oracle::run(files), &here) else { return Verdict::Same };
    for _ in 1..RUNS {
        if difference(&oracle::run(files), &here).as_ref() != Some(&first) {
            return Verdict::Unstable;
        }
    }
    Verdict::Different(first)
}

fn simulate(files: &Files, observe: bool) -> Result<Golden, String> {
    let program = Program { main: files.main.into(), source: files.source.clone(), files: files.others.clone() };
    simulated::run(&program, observe)
}

/// The smallest program that shows the difference of `seed`, with both outputs.
fn smallest(seed: u64) -> String {
    let differs = |tree: &Node| matches!(compare(&emit(tree), observed(seed)), Verdict::Different(_));
    let files = emit(&shrink::shrink(generate(seed), differs));
    let Verdict::Different(difference) = compare(&files, observed(seed)) else {
        return format!("{seed}: gone after shrinking");
    };
    let others: String = files
        .others
        .iter()
        .filter(|(name, _)| *name != emit::DATA)
        .map(|(name, text)| format!("// {name}\n{text}"))
        .collect();
    format!("// seed {seed}: {}\n{}{others}\n{difference}", files.main, files.source)
}

#[test]
fn a_seed_gives_one_program() {
    for seed in 0..50 {
        let [one, two] = [emit(&generate(seed)), emit(&generate(seed))];
        assert_eq!((one.source, one.others), (two.source, two.others));
    }
}
