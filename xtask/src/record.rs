//! `cargo xtask record [FILTER]`: runs the programs of `crates/node/programs` in real Node and keeps what they did.
//! Schedules of real PostgreSQL are recorded by [`crate::schedules`].

use crate::schedules;
use anyhow::{Context, Result, bail, ensure};
use interleave_node::golden::Golden;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The Node whose behaviour is recorded.
const MAJOR: &str = "v20.";
/// Runs that must agree before one is kept: a race shows itself sooner or later.
const RUNS: usize = 3;
/// Programs recorded at the same time.
const THREADS: usize = 2;

/// Records everything; or the programs whose path contains one of `filters`; or, after the word `schedules`, the schedules
/// whose name does.
pub fn run(filters: &[String]) -> Result<()> {
    match filters.split_first() {
        Some((what, filters)) if what == "schedules" => return schedules::record(filters),
        Some(_) => {}
        None => schedules::record(filters)?,
    }
    record_programs(filters)
}

fn record_programs(filters: &[String]) -> Result<()> {
    let node = Command::new("node").arg("--version").output().context("Node.js is not installed: install Node 20")?;
    let version = String::from_utf8_lossy(&node.stdout);
    ensure!(version.starts_with(MAJOR), "goldens are recorded from Node 20; `node --version` says {}", version.trim());

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/node/programs").canonicalize()?;
    let mut programs = Vec::new();
    for topic in folder(&root)? {
        programs.extend(folder(&topic)?.iter().filter_map(|entry| main_file(entry).map(|main| (entry.clone(), main))));
    }
    programs.retain(|(entry, _)| {
        let name = entry.strip_prefix(&root).unwrap_or(entry).to_string_lossy();
        filters.is_empty() || filters.iter().any(|filter| name.contains(filter))
    });
    ensure!(!programs.is_empty(), "no program's path contains {}", filters.join(" or "));

    let (next, refused) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some((entry, main)) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = record(entry, main) {
                        refused.lock().expect("no recorder panics").push(format!("{}: {error:#}", entry.display()));
                    }
                }
            });
        }
    });
    let refused = refused.into_inner()?;
    if !refused.is_empty() {
        bail!("{} of {} programs were not recorded:\n{}", refused.len(), programs.len(), refused.join("\n"));
    }
    println!("{} programs recorded from Node {}", programs.len(), version.trim());
    Ok(())
}

fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(path).with_context(|| path.display().to_string())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.retain(|path| path.is_dir() || path.extension().is_some_and(|is| is == "js" || is == "mjs"));
    paths.sort();
    Ok(paths)
}

/// The file Node is started with: the entry itself, or `main` in a program of several files.
fn main_file(entry: &Path) -> Option<PathBuf> {
    if entry.is_file() {
        return Some(entry.to_owned());
    }
    ["main.js", "main.mjs"].map(|name| entry.join(name)).into_iter().find(|main| main.is_file())
}

fn record(entry: &Path, main: &Path) -> Result<()> {
    let first = run_once(main)?;
    for _ in 1..RUNS {
        let again = run_once(main)?;
        ensure!(again == first, "two runs differ\n{first}\n{again}");
    }
    fs::write(entry.with_extension("golden"), first.to_string())?;
    Ok(())
}

fn run_once(main: &Path) -> Result<Golden> {
    let (folder, file) = (main.parent().context("a program has a folder")?, main.file_name().context("and a name")?);
    let output = Command::new("node")
        .arg(file)
        .current_dir(folder)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("TZ", "UTC")
        .stdin(Stdio::null())
        .output()?;
    let golden = Golden {
        exit: output.status.code().context("Node was killed")?,
        stdout: String::from_utf8(output.stdout).context("stdout is UTF-8")?,
        stderr: String::from_utf8(output.stderr).context("stderr is UTF-8")?,
    };
    Ok(golden.normalised(&folder.to_string_lossy()))
}
