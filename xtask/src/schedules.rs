//! `cargo xtask record schedules [FILTER]`: runs the schedules of `crates/sql/schedules` through the isolationtester of
//! a private PostgreSQL and keeps what it printed.

use crate::{setup, workspace};
use anyhow::{Context, Result, bail, ensure};
use interleave_postgres::{Cluster, Programs};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs that must agree before one is kept: a race shows itself sooner or later.
const RUNS: usize = 3;
/// Servers that record at the same time. Each schedule has a server to itself: some wait for every transaction there is.
const SERVERS: usize = 2;

/// Records every schedule whose name contains one of `filters`; all of them when there is none.
pub fn record(filters: &[String]) -> Result<()> {
    let programs = setup::postgres()?;
    let wanted = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".spec") && (filters.is_empty() || filters.iter().any(|filter| name.contains(filter)))
    };
    let folder = workspace::root().join("crates/sql/schedules");
    let entries = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
    let mut specs = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    specs.retain(wanted);
    specs.sort();
    ensure!(!specs.is_empty(), "no schedule's name contains {}", filters.join(" or "));

    let (next, refused) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let servers: Vec<_> =
            (0..SERVERS).map(|_| scope.spawn(|| record_some(&programs, &specs, &next, &refused))).collect();
        servers.into_iter().try_for_each(|server| server.join().expect("no recorder panics"))
    })?;
    let mut refused = refused.into_inner()?;
    if !refused.is_empty() {
        refused.sort();
        bail!("{} of {} schedules were not recorded:\n{}", refused.len(), specs.len(), refused.join("\n"));
    }
    println!("{} schedules recorded from PostgreSQL {}", specs.len(), interleave_postgres::MAJOR);
    Ok(())
}

fn record_some(programs: &Programs, specs: &[PathBuf], next: &AtomicUsize, refused: &Mutex<Vec<String>>) -> Result<()> {
    let cluster = Cluster::start(programs, &workspace::target())?;
    while let Some(spec) = specs.get(next.fetch_add(1, Ordering::Relaxed)) {
        if let Err(error) = record_one(&cluster, spec) {
            let name = spec.file_stem().unwrap_or_default().to_string_lossy();
            refused.lock().expect("no recorder panics").push(format!("{name}: {error:#}"));
        }
    }
    Ok(())
}

fn record_one(cluster: &Cluster, spec: &Path) -> Result<()> {
    let text = fs::read_to_string(spec)?;
    let run = || {
        cluster.create_database("schedule")?;
        cluster.isolationtester("schedule", &text)
    };
    let first = run()?;
    ensure!(!first.contains("isolationtester: canceling"), "a session is asked to go on while it waits\n{first}");
    for _ in 1..RUNS {
        let again = run()?;
        ensure!(again == first, "unstable: two runs differ\n{}", first_difference(&first, &again));
    }
    fs::write(spec.with_extension("out"), first)?;
    Ok(())
}

/// The first lines that differ, with the permutation they are in.
fn first_difference(one: &str, other: &str) -> String {
    let mut permutation = "";
    for (left, right) in one.lines().zip(other.lines()) {
        if left != right {
            return format!("{permutation}\n- {left}\n+ {right}");
        }
        if left.starts_with("starting permutation:") {
            permutation = left;
        }
    }
    format!("{permutation}\none of them ends earlier")
}
