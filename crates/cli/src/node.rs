//! `interleave node FILE.js`

use crate::mount::Directory;
use crate::{queries, query_log};
use anyhow::{Context, Result};
use interleave_kernel::{Mark, Remote};
use interleave_node::{Database, ModuleKind, Mount, NodeTape, Options, Outcome, Scenario, Stream, record};
use interleave_queries::{Totals, detect, groups};
use interleave_sql::wire::{Server, Settings};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::thread;

/// Exit code of a program that a budget stopped, as `timeout` has it.
const STOPPED: u8 = 124;
/// The engine's parser is recursive: deeply nested programs need room.
const STACK: usize = 256 << 20;

/// Runs a program, writes what it writes, and exits with its exit code (124 when it was stopped).
#[derive(clap::Args, Clone)]
pub struct Arguments {
    /// The program. `.mjs`, or `.js` in a package of type `module`, is an ES module.
    file: PathBuf,
    /// Prints what happened and why, instead of the program's output.
    #[arg(long)]
    trace: bool,
    /// Prints the tape as JSON, instead of the program's output.
    #[arg(long, conflicts_with = "trace")]
    json: bool,
    /// A directory that the program may read [default: the program's own].
    #[arg(long, value_name = "DIR")]
    mount: Option<PathBuf>,
    /// In the main script, `setImmediate` wins against `setTimeout(…, 0)`.
    #[arg(long)]
    slow_timers: bool,
    /// Loads the program as an ES module, whatever it is called.
    #[arg(long)]
    module: bool,
    /// Sets up a PostgreSQL that the program can connect to, with the SQL of a file. `DATABASE_URL` and PGHOST say where it is.
    #[arg(long, value_name = "FILE.sql")]
    schema: Option<PathBuf>,
    /// Prints what was asked of the database, with times in milliseconds and lines of the program, and what is wrong with it, after its
    /// output, on stderr.
    #[arg(long, requires = "schema")]
    log: bool,
    /// Microseconds to the database and back.
    #[arg(long, value_name = "MICROSECONDS", default_value_t = 1_000, requires = "schema")]
    rtt: u64,
    /// The only database there is [default: whatever the program calls it].
    #[arg(long, value_name = "NAME", requires = "schema")]
    database: Option<String>,
    /// Connections that the database takes at a time.
    #[arg(long, value_name = "NUMBER", default_value_t = 100, requires = "schema")]
    max_connections: u32,
    /// Seeds `Math.random` and random bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What the program finds in `process.argv` after its own name.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let arguments = arguments.clone();
    let work = thread::Builder::new().stack_size(STACK).spawn(move || run_here(&arguments))?;
    work.join().unwrap_or_else(|_| anyhow::bail!("the simulation failed; this is a fault of Interleave"))
}

fn run_here(arguments: &Arguments) -> Result<ExitCode> {
    let file =
        fs::canonicalize(&arguments.file).with_context(|| format!("cannot open {}", arguments.file.display()))?;
    let program = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let folder = match &arguments.mount {
        Some(folder) => fs::canonicalize(folder).with_context(|| format!("cannot mount {}", folder.display()))?,
        None => file.parent().unwrap_or(Path::new("/")).to_owned(),
    };
    let is_module = arguments.module || is_module(&file);
    let database = arguments.schema.as_deref().map(|file| {
        let schema = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        let (round_trip, max_connections) = (arguments.rtt, arguments.max_connections);
        let name = arguments.database.clone();
        anyhow::Ok(Database { schema, name, round_trip, max_connections, ..Database::default() })
    });
    let scenario = Scenario {
        database: database.transpose()?,
        program: String::from_utf8_lossy(&program).into_owned(),
        module: if is_module { ModuleKind::Module } else { ModuleKind::CommonJs },
        slow_timers: arguments.slow_timers,
        seed: arguments.seed,
        ..Scenario::default()
    };
    let options = Options {
        observe: arguments.trace || arguments.json,
        main: Some(file.to_string_lossy().into_owned()),
        args: arguments.args.clone(),
        mount: Some(Rc::new(Directory::new(folder)) as Rc<dyn Mount>),
        connect: Some(Rc::new(connect)),
        memory_gauge: Some(|| crate::MEMORY.current_usage()),
        ..Options::default()
    };
    let tape = record(&scenario, &options);
    if arguments.json {
        serde_json::to_writer(io::stdout().lock(), &tape)?;
        println!();
    } else if arguments.trace {
        print_transcript(&tape)?;
    } else {
        print_output(&tape)?;
    }
    if let Some(log) = tape.last().database.as_deref().filter(|_| arguments.log) {
        query_log::write(log, io::stderr().lock())?;
        let findings = detect(log, &groups(log), &[], &Totals::of(log));
        queries::findings(&mut io::stderr().lock(), &findings)?;
    }
    Ok(ending(&tape))
}

/// The store as the server that a program connects to.
fn connect(database: &Database) -> Result<Box<dyn Remote>, String> {
    let settings = Settings {
        connection_cost: database.connection_cost * 1_000,
        max_connections: database.max_connections as usize,
        database: database.name.clone(),
        ..Settings::default()
    };
    Ok(Box::new(Server::start(&database.schema, settings)?))
}

/// `.mjs`, or the nearest `package.json` says so.
fn is_module(file: &Path) -> bool {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("mjs") => true,
        Some("cjs") => false,
        _ => {
            file.ancestors().skip(1).map(|folder| folder.join("package.json")).find(|path| path.is_file()).is_some_and(
                |path| {
                    let described =
                        fs::read(path).ok().and_then(|text| serde_json::from_slice::<serde_json::Value>(&text).ok());
                    described.is_some_and(|described| described["type"] == "module")
                },
            )
        }
    }
}

fn print_output(tape: &NodeTape) -> Result<()> {
    let (mut stdout, mut stderr) = (io::stdout().lock(), io::stderr().lock());
    for print in &tape.last().console {
        match print.stream {
            Stream::Stdout => stdout.write_all(print.text.as_bytes())?,
            Stream::Stderr => {
                stdout.flush()?;
                stderr.write_all(print.text.as_bytes())?;
            }
        }
    }
    stdout.flush()?;
    Ok(())
}

fn print_transcript(tape: &NodeTape) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (at, frame) in tape.frames().iter().enumerate() {
        let indent = match frame.mark {
            Mark::Section => "",
            Mark::Unit => "  ",
            Mark::Step => "    ",
        };
        let clock = tape.scene(at).clock as f64 / 1e6;
        writeln!(out, "{at:>5} {clock:>9.3} ms  {indent}{}", frame.note.plain().replace('\n', " "))?;
    }
    out.flush()?;
    Ok(())
}

fn ending(tape: &NodeTape) -> ExitCode {
    match tape.last().outcome.as_deref() {
        Some(Outcome::Stopped { message, .. }) => {
            eprintln!("interleave: {message}");
            ExitCode::from(STOPPED)
        }
        Some(ended) => ExitCode::from((ended.code().unwrap_or(1) & 255) as u8),
        None => ExitCode::FAILURE,
    }
}
