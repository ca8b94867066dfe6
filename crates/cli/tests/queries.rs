//! `interleave run n-plus-one`, and what `interleave node --log` finds.

use std::process::{Command, Output};

fn interleave(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_interleave")).args(args).output().expect("it starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_preset_is_run_judged_and_compared() {
    let output = interleave(&["run", "n-plus-one", "--preset", "catalogue-lazy"]);
    assert!(output.status.success());
    let text = stdout(&output);
    assert!(text.contains("N+1: line 9 ran the same query 100 times"), "{text}");
    let line = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {text}"));
        line.split_whitespace().skip(1).take(4).map(|word| word.parse().unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(line("catalogue-lazy "), [201, 202, 202, 800]);
    assert_eq!(line("catalogue-in "), [3, 4, 4, 800]);
    assert_eq!(line("catalogue-join "), [1, 2, 2, 1_200]);
}

#[test]
fn a_preset_that_is_not_there_is_refused_with_those_that_are() {
    let output = interleave(&["run", "n-plus-one", "--preset", "nothing"]);
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("there is no preset nothing of n-plus-one; there are catalogue-lazy, "), "{text}");
}

#[test]
fn the_log_of_a_program_ends_with_what_is_wrong() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("log-of-queries");
    std::fs::create_dir_all(&folder).unwrap();
    let (program, schema) = (folder.join("loop.js"), folder.join("schema.sql"));
    let text = "const { Pool } = require('pg')\nconst pool = new Pool()\nasync function main() {\n  const { rows } = await pool.query('SELECT id FROM pets')\n  for (const { id } of rows) {\n    await pool.query('SELECT * FROM pets WHERE id = $1', [id])\n  }\n  await pool.end()\n}\nmain()\n";
    std::fs::write(&program, text).unwrap();
    std::fs::write(&schema, "CREATE TABLE pets AS SELECT n AS id FROM generate_series(1, 12) AS n").unwrap();
    let output = interleave(&["node", program.to_str().unwrap(), "--schema", schema.to_str().unwrap(), "--log"]);
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("13 queries, 13 answered"), "{text}");
    assert!(
        text.contains("N+1: line 6 ran the same query 12 times, once for each row that line 4 asked for"),
        "{text}"
    );
}
