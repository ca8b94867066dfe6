//! `interleave run pool`, as one uses it.

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).args(["run", "pool"]).args(arguments).output().expect("it starts")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_run_is_told_and_measured_beside_its_prediction() {
    let output = run(&[]);
    assert!(output.status.success());
    let text = text(&output);
    assert!(
        text.contains(
            "Request 1 arrives. None is idle, and the pool may have 6: connection 1 is opened for request 1."
        )
    );
    let row = text.lines().find(|line| line.starts_with("wait, mean, ms")).expect("the mean is printed");
    assert_eq!(row.split_whitespace().skip(3).collect::<Vec<_>>(), ["6.499", "5.695"]);
    assert!(text.contains("Little's law: 100.500/s × 6.499 ms = 0.653, counted 0.653"));
}

#[test]
fn a_seed_draws_another_run_and_a_preset_says_why_nothing_is_predicted() {
    let (one, other) = (text(&run(&["--preset", "leak"])), text(&run(&["--preset", "leak", "--seed", "2"])));
    assert_ne!(one, other);
    assert!(one.contains("- connections leak: there are fewer of them all the time"));
}

#[test]
fn what_makes_no_sense_is_refused_in_a_sentence() {
    for (arguments, says) in [
        (vec!["--preset", "meteor"], "there is no preset meteor of pool; there are just-right, "),
        (vec!["--seed", "4294967296"], "a seed of pool is at most 4294967295"),
        (vec!["/nowhere.json"], "cannot read /nowhere.json"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{}", String::from_utf8_lossy(&output.stderr));
    }
}
