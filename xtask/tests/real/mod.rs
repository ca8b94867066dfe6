//! Real Node with a real PostgreSQL beside it, for programs that stand in texts.

use interleave_postgres::{Cluster, Programs};
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is made anew for every program that asks a database.
const DATABASE: &str = "program";

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("there is a workspace")
}

/// A place to run programs in, one after the other.
pub struct Real {
    scratch: PathBuf,
    packages: OsString,
    cluster: Cluster,
}

/// A program and what it needs.
pub struct Program<'a> {
    pub source: &'a str,
    /// Whether it is an ES module.
    pub module: bool,
    /// What makes the database that it asks, which may be empty: then it makes its tables itself.
    pub schema: &'a str,
    pub needs_a_database: bool,
}

/// What a program came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Ran {
    pub stdout: String,
    /// `None`: something killed it.
    pub exit: Option<i32>,
    pub stderr: String,
}

impl Real {
    /// Starts a private server. `name` is that of a folder for its programs.
    pub fn start(name: &str) -> Self {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let packages = packages(&scratch);
        let postgres = Programs::find().unwrap_or_else(|why| panic!("{why}"));
        let cluster =
            Cluster::start(&postgres, Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("a private server starts");
        Self { scratch, packages, cluster }
    }

    /// Runs a program; one that asks a database has a new one.
    pub fn run(&self, program: &Program) -> Ran {
        if program.needs_a_database {
            let schema = self.scratch.join("schema.sql");
            fs::write(&schema, program.schema).expect("a place to write to");
            self.cluster.create_database_of(DATABASE, &schema).expect("a new database");
        }
        let file = self.scratch.join(if program.module { "program.mjs" } else { "program.js" });
        fs::write(&file, program.source).expect("a place to write to");
        let output = Command::new("node")
            .arg(&file)
            .envs(self.cluster.environment(DATABASE))
            .env("NODE_PATH", &self.packages)
            .env("TZ", "UTC")
            .output()
            .expect("Node.js is installed");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran { stdout: text(&output.stdout), exit: output.status.code(), stderr: text(&output.stderr) }
    }
}

/// Folders in which Node finds our packages and those of npm.
fn packages(scratch: &Path) -> OsString {
    let (root, scope) = (root(), scratch.join("packages/@interleave"));
    fs::create_dir_all(&scope).expect("a place to write to");
    let link = scope.join("orm");
    if !link.exists() {
        symlink(root.join("crates/node/packages/orm"), &link).expect("a link");
    }
    std::env::join_paths([scratch.join("packages"), root.join("node_modules")]).expect("paths without colons")
}
