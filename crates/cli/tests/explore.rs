//! `interleave explore` as a person uses it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn explore(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("explore").args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Writes a scenario; returns its path.
fn scenario(name: &str, text: &str) -> String {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
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
    says(
        &["three-phase-commit"],
        "there is no lab three-phase-commit to run or explore; there are two-phase-commit, saga, choreographed-saga, outbox",
    );
    says(
        &["two-phase-commit", "--model", "tla"],
        "there is no model tla of two-phase commit; there are protocol and gray",
    );
    says(&["two-phase-commit", "--model", "gray-lamport", "--faults", "crash"], "neither scenarios nor faults");
    says(&["two-phase-commit", "--faults", "meteor=1"], "there is no fault meteor; there are crash, loss,");
    says(&["two-phase-commit", "--faults", "crash=200"], "crash takes a number from 0 to 9, not 200");
    for participants in ["0", "5", "99", "256", "18446744073709551615"] {
        let wrong = format!("the protocol takes 1 to 4 participants, not {participants}");
        says(&["two-phase-commit", "--participants", participants], &wrong);
    }
    says(&["two-phase-commit", "no-such-file.json"], "cannot read no-such-file.json");
    let malformed = scenario("malformed", "{\"participants\": 2,");
    says(&["two-phase-commit", &malformed], "malformed.json: EOF while parsing");
    let unknown = scenario("unknown", r#"{"safeguards": {"seat_belt": true}}"#);
    says(&["two-phase-commit", &unknown], "unknown.json: unknown field `seat_belt`, expected one of `coordinator_log`");
    let votes = scenario("votes", r#"{"votes": ["yes", "no", "yes"]}"#);
    says(&["two-phase-commit", &votes], "there are 3 votes and only 2 participants");
    for participants in ["0", "9", "99", "18446744073709551615"] {
        let model = ["two-phase-commit", "--model", "gray-lamport", "--participants", participants];
        says(&model, &format!("the specification takes 1 to 8 participants, not {participants}"));
    }
    says(&["two-phase-commit", "--model", "gray-lamport", "--participants", "-1"], "unexpected argument");
    says(&["two-phase-commit", "--model", "gray-lamport", "--participants", "two"], "invalid digit");
}

#[test]
fn the_protocol_holds_within_its_faults() {
    let output = explore(&["two-phase-commit", "--faults", "crash=1,loss=1"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(text.starts_with("states: 7043\ntransitions: 23375\ndepth: 34\ndeadlock: none\n"), "{text}");
    assert!(text.contains("\nholds: no participant commits while another aborts\n"), "{text}");
    assert!(text.contains("\nholds: every participant learns the outcome\n"), "{text}");
}

#[test]
fn a_violated_rule_comes_with_its_shortest_schedule_and_exit_code_1() {
    let naive = scenario("naive", r#"{"safeguards": {"coordinator_log": false}, "faults": {"crash": 1}}"#);
    let output = explore(&["two-phase-commit", &naive]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(
        text.contains(
            "\nviolated: no participant commits while another aborts (22 steps)\n    1  The coordinator asks"
        ),
        "{text}"
    );
    assert!(text.contains("  The coordinator crashes. What it has in memory is gone; its log stays.\n"), "{text}");
    assert!(text.contains("\n      Here participant 1 has committed and participant 2 has aborted.\n"), "{text}");
    let output = explore(&["two-phase-commit", &naive, "--faults", "loss=1"]);
    assert_eq!(output.status.code(), Some(0), "faults of the command line go instead of the scenario's");
}

#[test]
fn what_never_ends_is_shown_going_round() {
    let orphan = scenario("orphan", r#"{"coordinator_returns": false, "cooperative": true}"#);
    let output = explore(&["two-phase-commit", &orphan, "--faults", "crash=1"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("\nviolated: every participant learns the outcome ("), "{text}");
    assert!(text.contains("\n      And then over and over:\n"), "{text}");
    assert!(text.contains("\nholds: every participant learns what another one knows\n"), "{text}");
}

#[test]
fn a_saga_holds_within_its_faults() {
    let output = explore(&["saga", "--faults", "crash=1,loss=1"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(text.starts_with("states: 1884\ntransitions: 4069\ndepth: 46\ndeadlock: none\n"), "{text}");
    assert!(text.contains("\nholds: no charge without an order\n"), "{text}");
    assert_eq!(text, stdout(&explore(&["saga", "--preset", "crash-anywhere"])));
}

#[test]
fn without_a_safeguard_a_saga_is_violated() {
    let hasty = scenario("hasty-saga", r#"{"safeguards": {"ask_after_timeout": false}, "faults": {"loss": 1}}"#);
    let output = explore(&["saga", &hasty]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("\nviolated: no charge without an order (23 steps)\n    1  A customer orders"), "{text}");
    assert!(text.contains("      Here saga 1 is over and undone, and the card stays charged.\n"), "{text}");
    assert_eq!(text, stdout(&explore(&["saga", "--preset", "reply-lost-after-charge"])));
}

#[test]
fn what_a_saga_cannot_be_is_explained() {
    let steps = scenario("steps", r#"{"steps": [{"kind": "retriable"}, {}]}"#);
    for (args, what) in [
        (&["saga", "--preset", "x"][..], "there is no preset x of saga; there are crash-anywhere, card-refused"),
        (&["saga", "--participants", "2"], "saga has no participants to count"),
        (&["saga", "--model", "gray-lamport"], "there is no model gray-lamport of saga; there is protocol"),
        (&["two-phase-commit", "--preset", "x"], "there is no preset x of two-phase-commit; there are all-vote-yes"),
        (&["saga", &steps], "step 2: after a pivot or a retriable step, nothing can be undone"),
    ] {
        let output = explore(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(what), "{text}");
    }
}

#[test]
fn the_outbox_holds_within_its_faults_and_a_dual_write_does_not() {
    let output = explore(&["outbox", "--faults", "crash=1,loss=1"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(text.starts_with("states: 3337\ntransitions: 9004\ndepth: 36\ndeadlock: none\n"), "{text}");
    assert!(text.contains("\nholds: every committed event is delivered at least once\n"), "{text}");
    let dual = scenario("dual", r#"{"variant": "database-first", "events": 1}"#);
    let output = explore(&["outbox", &dual, "--faults", "crash=1"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.contains("\nviolated: no order without its event when settled (4 steps)\n    1  A request"), "{text}");
    assert!(
        text.contains("\n      All is settled: order A is changed, and nobody will ever hear of event 1.\n"),
        "{text}"
    );
}

#[test]
fn what_the_outbox_does_not_know_is_explained() {
    let crowded = scenario("crowded", r#"{"events": 9}"#);
    for (args, what) in [
        (&["outbox", &crowded][..], "the outbox takes 1 to 4 events, not 9"),
        (&["outbox", "--participants", "2"], "outbox has no participants to count"),
        (&["outbox", "--model", "gray-lamport"], "there is no model gray-lamport of outbox; there is protocol"),
    ] {
        let output = explore(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains(what), "{text}");
    }
}

#[test]
fn a_choreographed_saga_goes_round_unless_that_is_limited() {
    let output = explore(&["choreographed-saga", "--faults", "crash=1,duplicate=1,reorder=1"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).starts_with("states: 16623\ntransitions: 70901\ndepth: 30\ndeadlock: none\n"));
    let output = explore(&["choreographed-saga", "--preset", "cyclic-chain"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(
        text.contains("\nviolated: every order ends completed, cancelled or in a person's hands (21 steps)\n"),
        "{text}"
    );
    assert!(text.contains("      And then over and over:\n"), "{text}");
    let output = explore(&["choreographed-saga", "--faults", "loss=1"]);
    assert_eq!(output.status.code(), Some(2));
}
