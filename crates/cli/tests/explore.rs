//! `interleave explore` as a person uses it.

use std::process::{Command, Output};

fn explore(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("explore").args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_published_figures_stand_on_lines_of_their_own() {
    let output = explore(&["two-phase-commit", "--model", "gray-lamport", "--participants", "3"]);
    assert_eq!(output.status.code(), Some(0));
    let expected = "\
states: 288
transitions: 1146
depth: 11
deadlock: none
holds: no participant commits while another aborts
holds: all can commit (10 steps)
holds: all can abort (3 steps)
";
    assert_eq!(stdout(&output), expected);
}

#[test]
fn a_search_that_is_cut_short_says_where() {
    let model = ["two-phase-commit", "--model", "gray-lamport", "--participants", "5"];
    let output = explore(&[&model[..], &["--states", "1000"]].concat());
    let text = stdout(&output);
    assert!(text.contains("\nstopped at 1000 states: as many as it may look at (--states)\n"), "{text}");
    assert!(text.contains("\nundecided: no participant commits while another aborts\n"), "{text}");
    let text = stdout(&explore(&[&model[..], &["--depth", "4"]].concat()));
    assert!(text.contains("\ndepth: 4\nstopped at "), "{text}");
    let text = stdout(&explore(&[&model[..], &["--memory", "0"]].concat()));
    assert!(text.contains("\nstopped at 1 states: more would take more memory than it may (--memory)\n"), "{text}");
}

#[test]
fn symmetry_is_asked_for() {
    let output = explore(&["two-phase-commit", "--model", "gray-lamport", "--participants", "5", "--symmetry"]);
    assert!(stdout(&output).starts_with("states: 314\n"));
}

#[test]
fn what_cannot_be_explored_is_explained() {
    let says = |args: &[&str], what: &str| {
        let output = explore(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(what), "{text}");
    };
    says(&["three-phase-commit"], "there is no lab three-phase-commit to explore; there is two-phase-commit");
    says(&["two-phase-commit", "--model", "tla"], "there is no model tla of two-phase commit");
    for participants in ["0", "9", "99", "18446744073709551615"] {
        let model = ["two-phase-commit", "--model", "gray-lamport", "--participants", participants];
        says(&model, &format!("this model takes 1 to 8 participants, not {participants}"));
    }
    says(&["two-phase-commit", "--model", "gray-lamport", "--participants", "-1"], "unexpected argument");
    says(&["two-phase-commit", "--model", "gray-lamport", "--participants", "two"], "invalid digit");
}
