//! A private PostgreSQL 15: found, started on a socket of its own, asked through its own `isolationtester`, and ended.

mod cluster;

pub use cluster::Cluster;

use std::path::{Path, PathBuf};

/// The PostgreSQL whose behaviour is recorded.
pub const MAJOR: u32 = 15;
/// The Debian packages that hold it.
pub const PACKAGES: [&str; 2] = ["postgresql-15", "postgresql-client-15"];
/// Names the folder of another PostgreSQL 15: the one with `bin/` and `lib/` in it.
const VARIABLE: &str = "POSTGRES_15";
/// Where Debian and Ubuntu put it.
const FOLDER: &str = "/usr/lib/postgresql/15";

/// The programs of an installed PostgreSQL 15.
#[derive(Clone, Debug)]
pub struct Programs {
    folder: PathBuf,
}

impl Programs {
    /// The PostgreSQL of this machine, or why there is none to use.
    pub fn find() -> Result<Self, String> {
        let folder = std::env::var_os(VARIABLE).map_or_else(|| Path::new(FOLDER).to_owned(), PathBuf::from);
        let programs = Self { folder };
        let needed = [programs.program("postgres"), programs.program("initdb"), programs.isolationtester()];
        match needed.iter().find(|program| !program.is_file()) {
            None => Ok(programs),
            Some(missing) => Err(format!(
                "there is no {} (Debian and Ubuntu: `apt-get install {}`, or name the folder of a PostgreSQL {MAJOR} in {VARIABLE})",
                missing.display(),
                PACKAGES.join(" ")
            )),
        }
    }

    fn program(&self, name: &str) -> PathBuf {
        self.folder.join("bin").join(name)
    }

    fn isolationtester(&self) -> PathBuf {
        self.folder.join("lib/pgxs/src/test/isolation/isolationtester")
    }
}
