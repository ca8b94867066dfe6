//! `interleave node` as a person uses it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn node(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).arg("node").args(args).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn path(folder: &Path, file: &str) -> String {
    folder.join(file).to_str().unwrap().to_owned()
}

#[test]
fn output_and_exit_code_are_the_programs() {
    let program = "console.log('out', process.argv.slice(2)); console.error('err'); process.exitCode = 3;";
    let folder = folder("plain", &[("a.js", program)]);
    let output = node(&[&path(&folder, "a.js"), "one", "--two"]);
    assert_eq!(stdout(&output), "out [ 'one', '--two' ]\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "err\n");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn the_programs_folder_is_mounted() {
    let main = "console.log(require('./b').b, require('fs').readFileSync(__dirname + '/c.txt', 'utf8'));";
    let folder = folder("neighbours", &[("a.js", main), ("b.js", "exports.b = 1;"), ("c.txt", "two")]);
    assert_eq!(stdout(&node(&[&path(&folder, "a.js")])), "1 two\n");
}

#[test]
fn another_folder_can_be_mounted() {
    let files = [("app/a.js", "console.log(require('../lib/b').b)"), ("lib/b.js", "exports.b = 'outside'")];
    let folder = folder("mount", &files);
    let file = path(&folder, "app/a.js");
    assert_ne!(node(&[&file]).status.code(), Some(0));
    assert_eq!(stdout(&node(&["--mount", folder.to_str().unwrap(), &file])), "outside\n");
}

#[test]
fn the_race_in_the_main_script_is_a_switch() {
    let program = "setTimeout(() => console.log('timeout'), 0); setImmediate(() => console.log('immediate'));";
    let folder = folder("race", &[("a.js", program)]);
    let file = path(&folder, "a.js");
    assert_eq!(stdout(&node(&[&file])), "timeout\nimmediate\n");
    assert_eq!(stdout(&node(&["--slow-timers", &file])), "immediate\ntimeout\n");
}

#[test]
fn trace_tells_and_json_holds_the_tape() {
    let folder = folder("trace", &[("a.mjs", "console.log('hello'); await null;")]);
    let file = path(&folder, "a.mjs");
    let trace = stdout(&node(&["--trace", &file]));
    assert!(trace.contains("Line 1: console.log('hello'); await null;"), "{trace}");
    assert!(trace.contains("inside a microtask"), "{trace}");
    let tape: interleave_node::NodeTape = serde_json::from_str(&stdout(&node(&["--json", &file]))).unwrap();
    assert_eq!(tape.last().console[0].text, "hello\n");
}

#[test]
fn an_endless_loop_is_stopped() {
    let folder = folder("endless", &[("a.js", "console.log('before');\nwhile (true) {}\n")]);
    let output = node(&[&path(&folder, "a.js")]);
    assert_eq!(stdout(&output), "before\n");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("endless loop") && message.contains("line 2"), "{message}");
    assert_eq!(output.status.code(), Some(124));
}

#[test]
fn a_memory_bomb_is_stopped() {
    let folder = folder("bomb", &[("a.js", "const all = [];\nfor (;;) all.push(new Array(1000).fill('x'));\n")]);
    let output = node(&[&path(&folder, "a.js")]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("MB of memory"), "{message}");
    assert_eq!(output.status.code(), Some(124));
}

#[test]
fn a_missing_file_is_said_in_a_sentence() {
    let output = node(&["no/such.js"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("interleave: cannot open no/such.js"));
}
