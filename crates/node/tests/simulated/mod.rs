//! Runs a program on the simulation and says how that differs from what real Node did.

use interleave_node::golden::Golden;
use interleave_node::{ModuleKind, Options, Outcome, Scenario, Stream, record};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The program's folder inside the simulation.
const FOLDER: &str = "/home/node";
/// A JavaScript stack lives on the thread's own.
const STACK: usize = 512 << 20;

/// The files of one program.
#[derive(Clone, Debug)]
pub struct Program {
    /// The name Node is started with; `.mjs` makes it an ES module.
    pub main: String,
    pub source: String,
    /// Its neighbours, by path relative to its folder.
    pub files: BTreeMap<String, String>,
}

/// Runs `program` and gives what it did, normalised like a golden; the error says why there is nothing to compare.
///
/// With `observe` every step is recorded; without, the program's text runs as it is, no step inserted.
pub fn run(program: &Program, observe: bool) -> Result<Golden, String> {
    let module = if program.main.ends_with(".mjs") { ModuleKind::Module } else { ModuleKind::CommonJs };
    let scenario =
        Scenario { program: program.source.clone(), module, files: program.files.clone(), ..Scenario::default() };
    let options =
        Options { observe, steps: observe, main: Some(format!("{FOLDER}/{}", program.main)), ..Options::default() };
    let tape = catch_unwind(AssertUnwindSafe(|| record(&scenario, &options))).map_err(|panic| {
        format!("the simulation panicked: {}", panic.downcast_ref::<String>().map_or("", |why| why))
    })?;
    let scene = tape.last();
    let exit = match scene.outcome.as_deref() {
        Some(Outcome::Exited { code } | Outcome::Threw { code, .. }) => *code,
        other => return Err(format!("the program did not exit: {other:?}")),
    };
    let mut golden = Golden { exit, ..Golden::default() };
    for print in &scene.console {
        match print.stream {
            Stream::Stdout => golden.stdout.push_str(&print.text),
            Stream::Stderr => golden.stderr.push_str(&print.text),
        }
    }
    Ok(golden.normalised(FOLDER))
}

/// Applies `work` to every item on two threads with room for deep recursion; the results keep the items' order.
pub fn on_two_threads<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, results) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let worker = || {
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(index) else { break };
                let result = work(item);
                results.lock().expect("no worker panics").push((index, result));
            }
        };
        for _ in 0..2 {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).expect("a thread starts");
        }
    });
    let mut results = results.into_inner().expect("no worker panics");
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// How `actual` differs from `expected`, line by line; `None` when it does not.
pub fn difference(expected: &Golden, actual: &Result<Golden, String>) -> Option<String> {
    match actual {
        Ok(actual) if actual == expected => None,
        Ok(actual) => Some(line_difference(&expected.to_string(), &actual.to_string())),
        Err(why) => Some(format!("  {why}\n")),
    }
}

/// A longest-common-subsequence difference: `-` only in real Node, `+` only here.
fn line_difference(expected: &str, actual: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (expected.lines().collect(), actual.lines().collect());
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] =
                if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut text) = (0, 0, String::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            _ = writeln!(text, "    {}", old[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || i < old.len() && common[i + 1][j] >= common[i][j + 1] {
            _ = writeln!(text, "  - {}", old[i]);
            i += 1;
        } else {
            _ = writeln!(text, "  + {}", new[j]);
            j += 1;
        }
    }
    text
}
