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
fn garbage_stops_nobody() {
    let text = "let all = 0;\nfor (let i = 0; i < 600; i++) {\n  const bytes = Buffer.alloc(1 << 20, 1);\n  all += bytes.length;\n}\nconsole.log(all >> 20);\n";
    let folder = folder("garbage", &[("a.js", text)]);
    let output = node(&[&path(&folder, "a.js")]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("600\n", Some(0)));
}

#[test]
fn a_missing_file_is_said_in_a_sentence() {
    let output = node(&["no/such.js"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("interleave: cannot open no/such.js"));
}

/// Runs a program against a schema; both are texts.
fn with_database(name: &str, program: &str, schema: &str, more: &[&str]) -> Output {
    let folder = folder(name, &[("main.js", program), ("schema.sql", schema)]);
    let (program, schema) = (path(&folder, "main.js"), path(&folder, "schema.sql"));
    node(&[&["--schema", &schema], more, &[&program]].concat())
}

const PETS: &str =
    "CREATE TABLE pets (id serial PRIMARY KEY, name text UNIQUE); INSERT INTO pets (name) VALUES ('cat'), ('dog');";

#[test]
fn pg_talks_to_the_store() {
    let program = "const { Pool } = require('pg'); const pool = new Pool();
        pool.query('SELECT * FROM pets WHERE id = $1', [2]).then(({ rows }) => { console.log(rows); return pool.end(); });";
    let output = with_database("database-pg", program, PETS, &[]);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "[ { id: 2, name: 'dog' } ]\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_round_trip_takes_as_long_as_it_is_told() {
    let program = "const { Client } = require('pg'); const client = new Client();
        client.connect().then(async () => {
            const from = performance.now();
            for (let i = 0; i < 10; i++) await client.query('SELECT 1');
            console.log(Math.floor((performance.now() - from) / 10));
            await client.end();
        });";
    for (rtt, millis) in [("1000", "1\n"), ("20000", "20\n")] {
        let output = with_database(&format!("database-round-trip-{rtt}"), program, PETS, &["--rtt", rtt]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), millis);
    }
}

#[test]
fn a_forgotten_release_leaves_the_next_one_waiting_for_ever() {
    let program = "const { Pool } = require('pg'); const pool = new Pool({ max: 1 });
        pool.connect().then(() => pool.query('SELECT 1')).then(() => console.log('never'));";
    let output = with_database("database-forgotten", program, PETS, &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(124), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("waits here for ever"));
}

#[test]
fn there_is_one_database_and_nothing_beyond_it() {
    let program = "const { Client } = require('pg');
        new Client('postgres://db.example.com/app').connect().catch((e) => console.log(e.code, e.message));
        new Client({ port: 5433 }).connect().catch((e) => console.log(e.code, e.message));";
    let output = with_database("database-elsewhere", program, PETS, &[]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines.contains(&"ECONNREFUSED connect ECONNREFUSED 127.0.0.1:5433"), "{said}");
    assert!(
        lines.contains(
            &"ENOTFOUND getaddrinfo ENOTFOUND db.example.com. This simulated network has one database, at localhost:5432, and nothing beyond it."
        ),
        "{said}"
    );
}

#[test]
fn a_schema_that_is_wrong_is_said_in_a_sentence() {
    let output = with_database("database-wrong-schema", "console.log(1)", "CREATE TABLE", &[]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(124), 0));
    assert!(
        String::from_utf8_lossy(&output.stderr)
            .starts_with("interleave: The schema cannot be set up: PostgreSQL says on line 1")
    );
}

#[test]
fn the_log_names_the_line_that_asked_and_what_it_waited_for() {
    let program = "const { Pool } = require('pg');
const pool = new Pool({ max: 1 });
async function pet(id) {
  return pool.query('SELECT name FROM pets WHERE id = $1', [id]);
}
Promise.all([pet(1), pet(2)])
  .then(() => pool.query('SELECT nope'))
  .catch(() => pool.end());
";
    let output = with_database("database-log", program, PETS, &["--log"]);
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    // asked, waits for, execution, answer, connection, rows, bytes, line, query
    let rows: Vec<Vec<&str>> = log.lines().skip(1).map(|line| line.split_whitespace().collect()).collect();
    let [first, second, third, total] = &rows[..] else { panic!("{log}") };
    // The second waits for the first: for its connection and for its answer. It begins where that has ended.
    assert_eq!((first[2], second[2], first[4], second[4]), ("0.064", "0.064", "1", "1"), "{log}");
    let time = |row: &[&str], column: usize| row[column].parse::<f64>().expect("a time");
    assert!(time(first, 1) > 7.0 && time(second, 1) > time(first, 1) + 1.0, "{log}");
    assert_eq!((&first[5..8], second[7]), (&["1", "74", "4"][..], "4"), "{log}");
    assert_eq!((third[7], third.last()), ("7", Some(&"42703")), "{log}");
    assert!(total.starts_with(&["3", "queries,", "3", "answered,", "2", "rows,"]), "{log}");
}
