//! `cargo xtask record database [FILTER]`: runs the programs of `crates/node/programs/database` in real Node with the real
//! packages, against a private PostgreSQL, and keeps what they did.
//!
//! Each folder there has a `schema.sql`. Every run of a program has a new database that was made by it, and finds it as
//! any program with `pg` does, through `PGHOST` and its like: `new Pool()` is all that a program says.

use crate::record::{folder, keep, node_version, run_once};
use crate::{setup, workspace};
use anyhow::{Context, Result, bail, ensure};
use interleave_postgres::{Cluster, Programs};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The folder of programs that need a database.
pub const TOPIC: &str = "database";
/// What is made anew for every run.
const DATABASE: &str = "program";
/// Servers that record at the same time, one program after the other each.
const SERVERS: usize = 2;

/// Records every program whose path contains one of `filters`; all of them when there is none.
pub fn record(filters: &[String]) -> Result<()> {
    let postgres = setup::postgres()?;
    let version = node_version()?;
    let root = workspace::root().join("crates/node/programs").join(TOPIC);
    let mut programs = Vec::new();
    for topic in folder(&root)? {
        programs.extend(folder(&topic)?);
    }
    programs.retain(|path| {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy();
        filters.is_empty() || filters.iter().any(|filter| name.contains(filter))
    });
    ensure!(!programs.is_empty(), "no program's path contains {}", filters.join(" or "));

    let packages = packages()?;
    let (next, refused) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        let record = || record_some(&postgres, &packages, &programs, &next, &refused);
        let servers: Vec<_> = (0..SERVERS).map(|_| scope.spawn(record)).collect();
        servers.into_iter().try_for_each(|server| server.join().expect("no recorder panics"))
    })?;
    let mut refused = refused.into_inner()?;
    if !refused.is_empty() {
        refused.sort();
        bail!("{} of {} programs were not recorded:\n{}", refused.len(), programs.len(), refused.join("\n"));
    }
    println!("{} programs recorded from Node {version} and PostgreSQL {}", programs.len(), interleave_postgres::MAJOR);
    Ok(())
}

fn record_some(
    postgres: &Programs,
    packages: &Path,
    programs: &[PathBuf],
    next: &AtomicUsize,
    refused: &Mutex<Vec<String>>,
) -> Result<()> {
    let cluster = Cluster::start(postgres, &workspace::target())?;
    let mut variables = cluster.environment(DATABASE).to_vec();
    variables.push(("NODE_PATH", packages.display().to_string()));
    while let Some(program) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
        let schema = program.with_file_name("schema.sql");
        let run = || {
            cluster.create_database_of(DATABASE, &schema)?;
            run_once(program, &variables)
        };
        if let Err(error) = keep(program, run) {
            refused.lock().expect("no recorder panics").push(format!("{}: {error:#}", program.display()));
        }
    }
    Ok(())
}

/// A folder in which Node finds the packages of this repository by their names. Those of npm it finds by itself.
fn packages() -> Result<PathBuf> {
    let folder = workspace::target().join("packages");
    let link = folder.join("@interleave/orm");
    fs::create_dir_all(folder.join("@interleave"))?;
    if !link.exists() {
        let package = workspace::root().join("crates/node/packages/orm");
        symlink(&package, &link).with_context(|| format!("cannot link {}", link.display()))?;
    }
    Ok(folder)
}
