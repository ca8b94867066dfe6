//! `interleave locking` as a person uses it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn locking(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("locking").args(args).output().unwrap()
}

fn preset(name: &str) -> String {
    format!("{}/../../content/programs/locking/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_run_is_printed_with_its_verdict() {
    let output = locking(&[&preset("non-repeatable-read")]);
    assert_eq!(output.status.code(), Some(1), "an anomaly is no success");
    let text = stdout(&output);
    assert!(text.contains("\nNon-repeatable read. "), "{text}");
    assert!(text.contains("\nPrevented by REPEATABLE READ.\n"), "{text}");
    let output = locking(&[&preset("non-repeatable-read"), "--isolation", "repeatable-read"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("\nSerialisable."));
}

#[test]
fn a_trace_says_what_happened_and_why() {
    let text = stdout(&locking(&[&preset("deadlock"), "--trace"]));
    assert!(text.contains("Alice waits for Bob and Bob waits for Alice"), "{text}");
    assert!(text.contains("deadlock detected"), "{text}");
}

#[test]
fn a_tape_is_printed_as_json() {
    let output = locking(&[&preset("deadlock"), "--json"]);
    let tape: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(tape.as_array().map(Vec::len), Some(13));
}

#[test]
fn every_order_is_counted_at_every_level() {
    let output = locking(&[&preset("lost-update"), "--every-order"]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "READ COMMITTED: 50 orders");
    assert!(lines.contains(&"          40  lost update                AAABBABB"), "{text}");
    assert!(lines.contains(&"SERIALIZABLE: 50 orders"), "{text}");
}

#[test]
fn another_schedule_is_another_run() {
    let output = locking(&[&preset("lost-update"), "--schedule", "AAAABBBB"]);
    assert_eq!(output.status.code(), Some(0), "one after the other loses nothing");
    let output = locking(&[&preset("lost-update"), "--schedule", "ABC"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("the letters go from A to B"));
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = folder.join("broken-setup.json");
    fs::write(&file, r#"{"setup": "SELECT 1;\nCREATE TABEL t;", "sessions": [{"name": "Alice", "sql": "SELECT 1"}]}"#)
        .unwrap();
    let output = locking(&[file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("The setup fails: syntax error at or near \"TABEL\""), "{text}");
    let output = locking(&[folder.join("no-such-file.toml").to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
}
