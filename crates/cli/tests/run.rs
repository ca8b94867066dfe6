//! `interleave run` as a person uses it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("run").args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_run_is_told_step_by_step() {
    let output = run(&["two-phase-commit"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 22, "{text}");
    assert!(text.starts_with("   0  A transaction is about to commit."), "{text}");
    assert!(text.contains("\n   1  The coordinator asks participant "), "{text}");
    assert!(text.contains("  The coordinator decides to commit and forces it to its log."), "{text}");
    assert!(
        text.contains(
            "\n  20  The coordinator forgets the transaction. All have acknowledged, nobody will ask.\n      Nothing is"
        ),
        "{text}"
    );
}

#[test]
fn a_seed_is_a_run() {
    let faulty = |seed: &str| stdout(&run(&["two-phase-commit", "--faults", "crash=1,loss=1", "--seed", seed]));
    assert_eq!(faulty("7"), faulty("7"));
    assert_ne!(faulty("7"), faulty("8"));
}

#[test]
fn a_run_that_goes_wrong_says_where() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hasty.json");
    fs::write(&path, r#"{"votes": ["yes", "no"], "safeguards": {"wait_for_all_votes": false}}"#).unwrap();
    let path = path.to_str().unwrap();
    let wrong = (1..=20).map(|seed: u32| run(&["two-phase-commit", path, "--seed", &seed.to_string()]));
    let wrong: Vec<_> = wrong.filter(|output| output.status.code() == Some(1)).collect();
    assert!(!wrong.is_empty());
    assert!(stdout(&wrong[0]).contains("\n      violated: "), "{}", stdout(&wrong[0]));
}

#[test]
fn what_cannot_be_run_is_explained() {
    for (args, what) in [
        (
            &["tango"][..],
            "there is no lab tango to run or explore; there are two-phase-commit, saga, choreographed-saga, outbox",
        ),
        (&["two-phase-commit", "--participants", "99"], "the protocol takes 1 to 4 participants, not 99"),
        (&["two-phase-commit", "--seed", "-1"], "unexpected argument"),
        (&["two-phase-commit", "/"], "cannot read /"),
    ] {
        let output = run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(what), "{text}");
    }
}

#[test]
fn a_schedule_that_was_found_can_be_played() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("forgetful.json");
    fs::write(&path, r#"{"safeguards": {"coordinator_log": false}, "faults": {"crash": 1}}"#).unwrap();
    let path = path.to_str().unwrap();
    let found =
        Command::new(env!("CARGO_BIN_EXE_interleave")).args(["explore", "two-phase-commit", path]).output().unwrap();
    let text = stdout(&found);
    let picks = text.lines().find_map(|line| line.trim().strip_prefix("picks: ")).unwrap();
    let output = run(&["two-phase-commit", path, "--picks", picks]);
    assert_eq!(output.status.code(), Some(1));
    let told = stdout(&output);
    assert!(
        told.contains("      violated: no participant commits while another aborts. Here participant 1 has"),
        "{told}"
    );
    let wrong = run(&["two-phase-commit", path, "--picks", "0,7"]);
    assert_eq!(wrong.status.code(), Some(2));
    let text = String::from_utf8_lossy(&wrong.stderr).into_owned();
    assert!(text.contains("7 cannot be picked there: only 0 to "), "{text}");
}

/// The transcript is the protocol's: it needs no store.
#[test]
fn rows_in_postgresql_change_nothing_about_a_run() {
    let output = run(&["two-phase-commit", "--preset", "prepare-transaction"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout(&output), stdout(&run(&["two-phase-commit", "--preset", "participant-dies-in-doubt"])));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unlocked.json");
    fs::write(&path, r#"{"storage": "postgres", "safeguards": {"keep_locks": false}}"#).unwrap();
    let output = run(&["two-phase-commit", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("PostgreSQL keeps the locks of a transaction that has prepared"), "{text}");
}

#[test]
fn a_saga_is_told_step_by_step() {
    let output = run(&["saga", "--preset", "card-refused"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(
        text.starts_with("   0  A customer is about to order. An order takes “reserve stock”, “charge card”,"),
        "{text}"
    );
    assert!(text.contains("  The payment service refuses saga 1 and changes nothing."), "{text}");
    assert!(text.contains("  The stock service undoes “reserve stock” for saga 1 and commits."), "{text}");
    assert!(text.ends_with("      Nothing is left to happen: saga 1 is compensated.\n"), "{text}");
}

#[test]
fn an_outbox_is_run_the_same_way() {
    let output = run(&["outbox"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 24, "{text}");
    assert!(text.ends_with("      Nothing is left to happen: 2 committed, 2 applied.\n"), "{text}");
}
