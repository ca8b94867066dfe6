//! `interleave contention` as a person uses it.

use std::process::{Command, Output};

fn contention(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("contention").args(args).output().unwrap()
}

/// A workload that is over quickly.
const SMALL: [&str; 6] = ["--clients", "4", "--duration", "500", "--rows", "8"];

#[test]
fn the_same_arguments_give_the_same_figures() {
    let (first, second) = (contention(&SMALL), contention(&SMALL));
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let text = String::from_utf8(first.stdout).unwrap();
    assert_eq!(text.as_bytes(), second.stdout);
    assert!(text.starts_with("0.50 s of virtual time\n"), "{text}");
    for strategy in ["No protection", "Atomic update", "FOR UPDATE", "Version column", "SERIALIZABLE"] {
        // Once for the run, and once for each level: 8, 4, 2 and 1 hot accounts.
        assert_eq!(text.matches(strategy).count(), 5, "{text}");
    }
    let other_seed = contention(&[&SMALL[..], &["--seed", "2"]].concat());
    assert_ne!(text.as_bytes(), other_seed.stdout);
}

#[test]
fn the_tape_can_be_had_as_json() {
    let output = contention(&[&SMALL[..], &["--json"]].concat());
    let tape: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    // The start, forty slices, four levels and the verdict.
    assert_eq!(tape.as_array().map(Vec::len), Some(46));
}

#[test]
fn numbers_beyond_reason_are_brought_within_bounds() {
    let output =
        contention(&["--clients", "0", "--rows", "4294967295", "--think=-5", "--work", "1e300", "--duration", "NaN"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
