//! Every program of `crates/node/programs` prints, byte for byte, what its golden says real Node 20 printed.
//!
//! `PROGRAMS=timers/ cargo test -p interleave-node --test programs` runs those alone whose path contains the text.

mod simulated;

use interleave_node::golden::Golden;
use simulated::{Program, difference, on_two_threads, run};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A program and what real Node did with it.
struct Case {
    /// `timers/refresh`
    name: String,
    program: Program,
    golden: Golden,
    /// What the simulation does with it, every step recorded.
    observed: Result<Golden, String>,
}

#[test]
fn every_program_does_what_it_does_in_real_node() {
    let differences: Vec<_> = cases()
        .iter()
        .filter_map(|case| Some(format!("{}\n{}", case.name, difference(&case.golden, &case.observed)?)))
        .collect();
    let names: Vec<_> = differences.iter().filter_map(|text| text.lines().next()).collect();
    assert!(
        differences.is_empty(),
        "- real Node 20, + here\n\n{}\n{} of {} programs differ: {}",
        differences.join("\n"),
        differences.len(),
        cases().len(),
        names.join(" ")
    );
}

#[test]
fn observing_changes_nothing() {
    let unobserved = on_two_threads(cases(), |case| run(&case.program, false));
    let differences: Vec<_> = cases()
        .iter()
        .zip(&unobserved)
        .filter(|(case, unobserved)| but_for_the_place(&case.observed) != but_for_the_place(unobserved))
        .map(|(case, unobserved)| {
            let how = case.observed.as_ref().ok().and_then(|observed| difference(observed, unobserved));
            format!("{}\n{}", case.name, how.unwrap_or_else(|| format!("{:?}\n{unobserved:?}", case.observed)))
        })
        .collect();
    assert!(differences.is_empty(), "- observed, + not observed\n\n{}", differences.join("\n"));
}

/// A run without the place of its uncaught error. Of an error that the engine itself throws only an instrumented program
/// knows the line; `every_program_does_what_it_does_in_real_node` compares it.
fn but_for_the_place(run: &Result<Golden, String>) -> Result<Golden, String> {
    let mut run = run.clone()?;
    if run.stderr.starts_with("<folder>/") {
        // file:line, the line itself, the caret
        run.stderr = run.stderr.splitn(4, '\n').nth(3).unwrap_or_default().to_owned();
    }
    Ok(run)
}

#[test]
fn there_are_enough_programs() {
    let root = root();
    let programs = topics(&root).iter().flat_map(|topic| entries(topic)).count();
    assert!(programs >= 150, "{programs}");
}

fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(|| {
        let root = root();
        let filter = std::env::var("PROGRAMS").unwrap_or_default();
        let programs: Vec<_> = topics(&root)
            .iter()
            .flat_map(|topic| entries(topic))
            .filter(|entry| entry.to_string_lossy().contains(&filter))
            .map(|entry| read_program(&entry))
            .collect();
        let observed = on_two_threads(&programs, |(_, program)| run(program, true));
        let cases = programs.into_iter().zip(observed).map(|((entry, program), observed)| {
            let golden = entry.with_extension("golden");
            let golden = fs::read_to_string(&golden).unwrap_or_else(|error| panic!("{}: {error}", golden.display()));
            let golden = Golden::parse(&golden).unwrap_or_else(|error| panic!("{}: {error}", entry.display()));
            let name = entry.strip_prefix(&root).unwrap_or(&entry).with_extension("").to_string_lossy().into_owned();
            Case { name, program, golden, observed }
        });
        cases.collect()
    })
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("programs")
}

fn list(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("a readable entry").path()).collect();
    paths.sort();
    paths
}

/// The folders of programs that need no other process: those of `database/` are run by the command line's tests.
fn topics(root: &Path) -> Vec<PathBuf> {
    let mut topics = list(root);
    topics.retain(|topic| !topic.ends_with("database"));
    topics
}

/// The programs of a topic: files, and folders for programs of several files.
fn entries(topic: &Path) -> Vec<PathBuf> {
    let mut entries = list(topic);
    entries.retain(|path| path.is_dir() || path.extension().is_some_and(|is| is == "js" || is == "mjs"));
    entries
}

fn read_program(entry: &Path) -> (PathBuf, Program) {
    let read = |path: &Path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut program = Program { main: name(entry), source: String::new(), files: BTreeMap::new() };
    if entry.is_file() {
        program.source = read(entry);
        return (entry.to_owned(), program);
    }
    let mut folders = vec![entry.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in list(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else if path.parent() == Some(entry) && path.file_stem().is_some_and(|stem| stem == "main") {
                (program.main, program.source) = (name(&path), read(&path));
            } else {
                let relative = path.strip_prefix(entry).expect("inside the folder").to_string_lossy().into_owned();
                program.files.insert(relative, read(&path));
            }
        }
    }
    (entry.to_owned(), program)
}
