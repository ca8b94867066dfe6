//! Every program of `crates/node/programs/database` prints, on the store, what its golden says it printed in real Node with
//! the real packages on real PostgreSQL.
//!
//! `PROGRAMS=pool/ cargo test -p interleave-cli --test database` runs those alone whose path contains the text.

use interleave_node::golden::Golden;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Programs that run at the same time.
const THREADS: usize = 2;

#[test]
fn every_program_does_what_it_does_on_real_postgresql() {
    let programs = programs();
    let (next, differences) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (expected, actual) = (golden(program), run(program));
                    if expected != actual {
                        let difference = format!("{}\n- {expected}\n+ {actual}", program.display());
                        differences.lock().expect("no worker panics").push(difference);
                    }
                }
            });
        }
    });
    let mut differences = differences.into_inner().expect("no worker panics");
    differences.sort();
    assert!(
        differences.is_empty(),
        "- real, + here\n\n{}\n{} of {} programs differ",
        differences.join("\n"),
        differences.len(),
        programs.len()
    );
}

#[test]
fn there_are_enough_programs_and_each_has_a_golden_and_a_schema() {
    let programs = programs();
    assert!(programs.len() >= 120 || std::env::var_os("PROGRAMS").is_some(), "{}", programs.len());
    for program in &programs {
        golden(program);
        assert!(program.with_file_name("schema.sql").is_file(), "{}", program.display());
    }
}

fn run(program: &Path) -> Golden {
    let folder = program.parent().expect("a program has a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_interleave"))
        .args(["node", "--schema", "schema.sql", "--database", "program"])
        .arg(program.file_name().expect("a program has a name"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the command line runs");
    let golden = Golden {
        exit: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    };
    golden.normalised(&folder.to_string_lossy())
}

fn golden(program: &Path) -> Golden {
    let path = program.with_extension("golden");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Golden::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn programs() -> Vec<PathBuf> {
    let filter = std::env::var("PROGRAMS").unwrap_or_default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../node/programs/database");
    let root = root.canonicalize().expect("there is a folder of programs");
    let mut programs: Vec<_> = list(&root).iter().flat_map(|topic| list(topic)).collect();
    programs.retain(|path| path.extension().is_some_and(|is| is == "js"));
    programs.retain(|path| path.to_string_lossy().contains(&filter));
    programs
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.sort();
    paths
}
