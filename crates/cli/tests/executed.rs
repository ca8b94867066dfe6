//! `interleave quiz check --run` as a writer of questions uses it.

use interleave_answers::notes;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn interleave(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

/// Questions 1 to 5: a good one, one that cannot be read, one that does not end, one without an answer to be found, a goal that is reached.
const DECK: &str = r#"title = "T"
part = "P"
about = "A."

[[question]]
id = "good"
level = "mid"
stem = "What does it print?"
kind = "output"
program = "console.log(1)"
because = "It says so."

[[question]]
id = "unread"
level = "mid"
stem = "What?"
kind = "oracle"

[[question]]
id = "endless"
level = "mid"
stem = "What does it print?"
kind = "output"
program = "setInterval(() => {}, 1000)"
because = "It says so."

[[question]]
id = "claim"
level = "mid"
stem = "Is it true?"
kind = "true-false"
answer = true
because = "It is."
otherwise = "It is."

[[question]]
id = "reached"
level = "mid"
stem = "Can you make these two deadlock?"
kind = "lab"
lab = "locking"
preset = "deadlock"
goal = "deadlock"
because = "They do."
"#;

#[test]
fn what_is_found_by_running_is_told_with_its_place() {
    let path = file("executed.toml", DECK);
    let file = path.to_str().unwrap();
    let output = interleave(&["quiz", "check", "--run", file]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 7, "{text}");
    assert!(lines[0].starts_with(&format!("{file} line 13, question 2: unknown variant `oracle`")), "{text}");
    assert!(
        lines[1].starts_with(&format!("{file} line 19, question 3: the program does not end by itself: ")),
        "{text}"
    );
    assert_eq!(
        lines[2],
        format!(
            "{file} line 36, question 5: the preset deadlock shows “deadlock” as it stands: there is nothing to do"
        )
    );
    assert_eq!(lines[3..], ["executed: 3", "questions: 4", "errors: 3", "warnings: 0"]);
}

#[test]
fn nothing_is_run_unless_it_is_asked_for() {
    let path = file("unasked.toml", DECK);
    let text = stdout(&interleave(&["quiz", "check", path.to_str().unwrap()]));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[1..], ["questions: 4", "errors: 1", "warnings: 0"], "{text}");
}

#[test]
fn a_program_that_takes_all_memory_is_stopped() {
    let hoard = "const all = []; for (let i = 0; ; i++) all.push(new Array(1e5).fill(i));";
    let deck = DECK.replace("console.log(1)", hoard);
    let path = file("hoard.toml", &deck);
    let text = stdout(&interleave(&["quiz", "check", "--run", path.to_str().unwrap()]));
    assert!(text.contains(" line 5, question 1: the program does not end by itself: "), "{text}");
}

/// What questions find their events in is what their writers look at.
#[test]
fn a_lab_tells_what_the_command_line_prints() {
    for (lab, preset) in [
        ("two-phase-commit", "cooperative"),
        ("saga", "charged-twice"),
        ("saga", "no-log"),
        ("choreographed-saga", "delivered-twice"),
        ("outbox", "competing-workers"),
    ] {
        let printed = stdout(&interleave(&["run", lab, "--preset", preset]));
        let lines = printed.lines().filter(|line| !line.starts_with("      violated: ")).map(|line| &line[6..]);
        let told: Vec<_> = notes(lab, preset).unwrap().iter().map(|note| note.plain()).collect();
        assert_eq!(lines.collect::<Vec<_>>(), told.join("\n").lines().collect::<Vec<_>>(), "{lab} {preset}");
    }
}
