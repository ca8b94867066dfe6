use crate::Programs;
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Who owns the cluster when we are root: PostgreSQL does not run as root.
const USER: &str = "postgres";
/// Names the socket only: there is no network.
const PORT: &str = "5432";
/// A socket's path may be 107 bytes long.
const LONGEST_PATH: usize = 107;
/// Long enough for whatever ends by itself: a schedule with a step that nothing ends proves nothing.
const STEP: u32 = 20;
/// A schedule takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// What differs from a new cluster's settings. Nothing here has to survive a crash, and nothing may happen by itself.
const SETTINGS: [&str; 8] = [
    "listen_addresses=",
    "max_prepared_transactions=10",
    "timezone=PST8PDT",
    "datestyle=Postgres,MDY",
    "autovacuum=off",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
];

/// A running server with a folder of its own. Both go when it is dropped.
pub struct Cluster {
    programs: Programs,
    folder: PathBuf,
    server: Child,
    /// Seconds after which isolationtester cancels a step that nothing ends.
    pub patience: u32,
}

impl Cluster {
    /// Makes a cluster in a new folder below `parent` and starts it.
    pub fn start(programs: &Programs, parent: &Path) -> Result<Self> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("pg{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = parent.join(name);
        ensure!(
            folder.join(format!(".s.PGSQL.{PORT}")).as_os_str().len() <= LONGEST_PATH,
            "{} is too long a path for a socket: set CARGO_TARGET_DIR to a shorter one",
            folder.display()
        );
        let owner = if id(&["-u"])? == 0 { Some((id(&["-u", USER])?, id(&["-g", USER])?)) } else { None };
        let _ = fs::remove_dir_all(&folder); // of an earlier process with our number
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        if let Some((user, group)) = owner {
            chown(&folder, Some(user), Some(group))?;
        }
        let started = serve(programs, &folder, owner);
        let server = started.inspect_err(|_| drop(fs::remove_dir_all(&folder)))?;
        let mut cluster = Self { programs: programs.clone(), folder, server, patience: STEP };
        cluster.wait_until_ready()?;
        Ok(cluster)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        for _ in 0..3000 {
            let state = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap_or_default();
            if state.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            if let Some(status) = self.server.try_wait()? {
                bail!(
                    "PostgreSQL ended ({status}):\n{}",
                    fs::read_to_string(self.folder.join("log")).unwrap_or_default()
                );
            }
            thread::sleep(Duration::from_millis(10));
        }
        bail!("PostgreSQL did not start within 30 seconds")
    }

    /// A new, empty database in the place of the one called `name`.
    pub fn create_database(&self, name: &str) -> Result<()> {
        self.run("dropdb", &["--if-exists", "--force", name])?;
        self.run("createdb", &[name])
    }

    /// A new database in the place of the one called `name`, made by the SQL of the file `schema`; its sessions speak ISO and
    /// UTC, as drivers ask for.
    pub fn create_database_of(&self, name: &str, schema: &Path) -> Result<()> {
        self.create_database(name)?;
        let session =
            format!("ALTER DATABASE {name} SET timezone = 'UTC'; ALTER DATABASE {name} SET datestyle = 'ISO, MDY'");
        let file = schema.to_str().with_context(|| format!("{} is not UTF-8", schema.display()))?;
        let quiet = ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--dbname", name];
        self.run("psql", &[&quiet[..], &["--command", &session]].concat())?;
        self.run("psql", &[&quiet[..], &["--file", file]].concat()).with_context(|| file.to_owned())
    }

    /// The variables that tell a client which understands libpq's where the database called `name` is.
    pub fn environment(&self, name: &str) -> [(&'static str, String); 4] {
        [
            ("PGHOST", self.folder.display().to_string()),
            ("PGPORT", PORT.to_owned()),
            ("PGUSER", USER.to_owned()),
            ("PGDATABASE", name.to_owned()),
        ]
    }

    /// What `isolationtester` writes for a schedule file, stdout and stderr in one, as PostgreSQL keeps its expected output.
    pub fn isolationtester(&self, database: &str, spec: &str) -> Result<String> {
        let (mut output, writer) = std::io::pipe()?;
        let mut command = Command::new(self.programs.isolationtester());
        command.arg(format!("dbname={database} host='{}' port={PORT} user={USER}", self.folder.display()));
        command.env_clear().env("PGISOLATIONTIMEOUT", self.patience.to_string());
        command.stdin(Stdio::piped()).stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn().context("isolationtester does not start")?;
        drop(command); // it holds the writing ends of the pipe
        let mut input = child.stdin.take().context("it has a stdin")?;
        let spec = spec.to_owned();
        let feeder = thread::spawn(move || input.write_all(spec.as_bytes()));
        let reader = thread::spawn(move || {
            let mut bytes = Vec::new();
            output.read_to_end(&mut bytes).map(|_| bytes)
        });
        let deadline = Instant::now() + PATIENCE;
        while !reader.is_finished() {
            if Instant::now() > deadline {
                child.kill()?;
                child.wait()?;
                bail!("isolationtester did not end within {} seconds", PATIENCE.as_secs());
            }
            thread::sleep(Duration::from_millis(1));
        }
        child.wait()?;
        let _ = feeder.join(); // a file that is refused is not read to its end
        let bytes = reader.join().map_err(|_| anyhow::anyhow!("the reader failed"))??;
        String::from_utf8(bytes).context("isolationtester wrote something that is not UTF-8")
    }

    /// What psql prints for a script: each line that it reads, then its rows without alignment, a null as `\N`. Plans are those of a server
    /// with one process a query.
    pub fn psql(&self, database: &str, script: &str) -> Result<String> {
        let mut command = Command::new(self.programs.program("psql"));
        command.env_clear().env("PGTZ", "UTC").env("PGDATESTYLE", "ISO, MDY");
        command.env("PGOPTIONS", "-c max_parallel_workers_per_gather=0 -c jit=off");
        command.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--echo-all", "--pset=null=\\N"]);
        command.args(["--username", USER, "--port", PORT, "--dbname", database, "--host"]).arg(&self.folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut child = command.spawn().context("psql does not start")?;
        let mut input = child.stdin.take().context("it has a stdin")?;
        let script = script.to_owned();
        let feeder = thread::spawn(move || input.write_all(script.as_bytes()));
        let output = child.wait_with_output()?;
        let _ = feeder.join(); // psql reads its input to the end
        ensure!(output.status.success(), "psql failed");
        String::from_utf8(output.stdout).context("psql wrote something that is not UTF-8")
    }

    fn run(&self, program: &str, args: &[&str]) -> Result<()> {
        let mut command = Command::new(self.programs.program(program));
        command.env_clear().args(["--username", USER, "--port", PORT, "--host"]).arg(&self.folder).args(args);
        let output = command.stdin(Stdio::null()).output().with_context(|| format!("{program} does not start"))?;
        ensure!(output.status.success(), "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // SIGQUIT ends a server at once, and its processes with it. We started it, so its number is its own.
        let mut kill = Command::new("kill");
        kill.args(["-QUIT", &self.server.id().to_string()]);
        if kill.status().is_ok_and(|status| status.success()) {
            let _ = self.server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Makes the cluster and starts its server.
fn serve(programs: &Programs, folder: &Path, owner: Option<(u32, u32)>) -> Result<Child> {
    let data = folder.join("data");
    let mut initdb = as_owner(Command::new(programs.program("initdb")), owner, folder);
    initdb
        .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", "--username", USER, "--pgdata"])
        .arg(&data);
    let made = initdb.output().context("initdb does not start")?;
    ensure!(made.status.success(), "initdb failed: {}", String::from_utf8_lossy(&made.stderr));

    let log = fs::File::create(folder.join("log"))?;
    let mut postgres = as_owner(Command::new(programs.program("postgres")), owner, folder);
    postgres.arg("-D").arg(&data).args(["-p", PORT, "-k"]).arg(folder);
    postgres.args(SETTINGS.iter().flat_map(|setting| ["-c", setting]));
    postgres.stdout(log.try_clone()?).stderr(log).spawn().context("PostgreSQL does not start")
}

fn as_owner(mut command: Command, owner: Option<(u32, u32)>, folder: &Path) -> Command {
    if let Some((user, group)) = owner {
        command.uid(user).gid(group);
    }
    // It stays in our process group: an interrupt at the terminal ends us, and the server as well.
    command.env_clear().env("PATH", "/usr/bin:/bin").env("TZ", "UTC").current_dir(folder).stdin(Stdio::null());
    command
}

fn id(args: &[&str]) -> Result<u32> {
    let output = Command::new("id").args(args).output().context("`id` does not start")?;
    ensure!(output.status.success(), "`id {}` failed: is there a user {USER}?", args.join(" "));
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
}
