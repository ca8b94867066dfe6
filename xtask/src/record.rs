//! `cargo xtask record [FILTER]`: runs the programs of `crates/node/programs` in real Node and keeps what they did.
//! Those that use a database are recorded by [`crate::database`], schedules of real PostgreSQL by [`crate::schedules`], the real pg-pool by a
//! script beside the test that it is for.

use crate::{child, database, schedules, setup};
use anyhow::{Context, Result, bail, ensure};
use interleave_node::golden::Golden;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The Node whose behaviour is recorded.
const MAJOR: &str = "v20.";
/// The package that our memory model is held to.
const PY_FSRS: &str = "fsrs==6.3.2";
/// Runs that must agree before one is kept: a race shows itself sooner or later.
const RUNS: usize = 3;
/// Programs recorded at the same time.
const THREADS: usize = 2;

/// Records everything; or the programs whose path contains one of `filters`; or, after the word `schedules` or `database`,
/// the schedules, or the programs with a database, whose name does; or, after the word `shop`, the queries and plans of
/// `crates/sql/tests/shop`; or, after the word `pools`, what pg-pool does; or, after the word `memory`, what py-fsrs does.
pub fn run(filters: &[String]) -> Result<()> {
    match filters.split_first() {
        Some((what, filters)) if what == "schedules" => return schedules::record(filters),
        Some((what, filters)) if what == "database" => return database::record(filters),
        Some((what, _)) if what == "shop" => return record_shop(),
        Some((what, _)) if what == "pools" => return record_pools(),
        Some((what, _)) if what == "memory" => return record_memory(),
        Some(_) => {}
        None => {
            schedules::record(filters)?;
            database::record(filters)?;
            record_shop()?;
            record_pools()?;
            record_memory()?;
        }
    }
    record_programs(filters)
}

/// What the real pg-pool does with random series of requests.
fn record_pools() -> Result<()> {
    child::run(child::command("node").arg("crates/traffic/tests/pg-pool/record.mjs"))
}

/// What the real py-fsrs makes of random histories of answers. It is installed below `target/`, from PyPI.
fn record_memory() -> Result<()> {
    let environment = child::tools().join("py-fsrs");
    let python = environment.join("bin/python");
    if !python.is_file() {
        child::run(child::command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    child::run(child::command(&python).args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        PY_FSRS,
    ]))?;
    child::run(child::command(&python).arg("crates/course/tests/memory/record.py"))
}

/// The test that compares with the record is what records it.
fn record_shop() -> Result<()> {
    setup::postgres()?;
    let mut cargo = child::cargo();
    cargo.args(["test", "--package", "interleave-sql", "--test", "shop", "--", "--nocapture", "recorded"]);
    child::run(cargo.env("RECORD_SHOP", "1"))
}

/// The Node of this machine, if its behaviour is the one to record.
pub fn node_version() -> Result<String> {
    let node = Command::new("node").arg("--version").output().context("Node.js is not installed: install Node 20")?;
    let version = String::from_utf8_lossy(&node.stdout).trim().to_owned();
    ensure!(version.starts_with(MAJOR), "goldens are recorded from Node 20; `node --version` says {version}");
    Ok(version)
}

fn record_programs(filters: &[String]) -> Result<()> {
    let version = node_version()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/node/programs").canonicalize()?;
    let mut programs = Vec::new();
    for topic in folder(&root)?.iter().filter(|topic| !topic.ends_with(database::TOPIC)) {
        programs.extend(folder(topic)?.iter().filter_map(|entry| main_file(entry).map(|main| (entry.clone(), main))));
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
    println!("{} programs recorded from Node {version}", programs.len());
    Ok(())
}

/// The programs and folders in a folder, by name.
pub fn folder(path: &Path) -> Result<Vec<PathBuf>> {
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
    keep(entry, || run_once(main, &[]))
}

/// Writes the golden of `entry`, if as many runs agree as must.
pub fn keep(entry: &Path, run: impl Fn() -> Result<Golden>) -> Result<()> {
    let first = run()?;
    for _ in 1..RUNS {
        let again = run()?;
        ensure!(again == first, "two runs differ\n{first}\n{again}");
    }
    fs::write(entry.with_extension("golden"), first.to_string())?;
    Ok(())
}

/// What the program does in real Node, with `variables` in its environment besides the path and the time zone.
pub fn run_once(main: &Path, variables: &[(&str, String)]) -> Result<Golden> {
    let (folder, file) = (main.parent().context("a program has a folder")?, main.file_name().context("and a name")?);
    let output = Command::new("node")
        .arg(file)
        .current_dir(folder)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .env("TZ", "UTC")
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .output()?;
    let golden = Golden {
        exit: output.status.code().context("Node was killed")?,
        stdout: String::from_utf8(output.stdout).context("stdout is UTF-8")?,
        stderr: String::from_utf8(output.stderr).context("stderr is UTF-8")?,
    };
    Ok(golden.normalised(&folder.to_string_lossy()))
}
