//! `interleave isolation FILE.spec`

use anyhow::{Context, Result};
use interleave_sql::isolation::{Spec, Stream, run as run_spec};
use interleave_sql::store::Store;
use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::thread;

/// Seconds after which a step is cancelled, when the environment does not say otherwise.
const PATIENCE: u64 = 300;
/// Deeply nested statements need room.
const STACK: usize = 256 << 20;

/// Runs a schedule file of PostgreSQL's isolation tests and prints what `isolationtester` prints.
///
/// Time is simulated: a step that waits a minute costs none. The exit code is 1 where isolationtester's is: when the file
/// cannot be read as a schedule, when a set-up fails, and when a step never ends.
#[derive(clap::Args, Clone)]
pub struct Arguments {
    /// The schedule file; `-` is standard input.
    file: PathBuf,
    /// Seconds after which a step is cancelled [default: PGISOLATIONTIMEOUT, or 300].
    #[arg(long, value_name = "SECONDS")]
    timeout: Option<u64>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let arguments = arguments.clone();
    let work = thread::Builder::new().stack_size(STACK).spawn(move || run_here(&arguments))?;
    work.join().unwrap_or_else(|_| anyhow::bail!("the simulation failed; this is a fault of Interleave"))
}

fn run_here(arguments: &Arguments) -> Result<ExitCode> {
    let mut bytes = Vec::new();
    if arguments.file.as_os_str() == "-" {
        io::stdin().read_to_end(&mut bytes).context("cannot read standard input")?;
    } else {
        bytes = fs::read(&arguments.file).with_context(|| format!("cannot read {}", arguments.file.display()))?;
    }
    let spec = match Spec::parse(&String::from_utf8_lossy(&bytes)) {
        Ok(spec) => spec,
        Err(error) => {
            eprintln!("{error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut written = Ok(());
    // Two streams into one file keep their order only if each piece is written when it is made.
    let mut print = |stream, text: &str| {
        if written.is_ok() {
            written = match stream {
                Stream::Stdout => io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()),
                Stream::Stderr => io::stderr().write_all(text.as_bytes()),
            };
        }
    };
    let patience = arguments.timeout.or_else(from_environment).unwrap_or(PATIENCE);
    let ended = run_spec(&spec, &mut Store::for_schedules(), patience.saturating_mul(1_000_000), &mut print);
    written.context("cannot write")?;
    Ok(match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(last) => {
            eprint!("{last}");
            ExitCode::FAILURE
        }
    })
}

fn from_environment() -> Option<u64> {
    std::env::var("PGISOLATIONTIMEOUT").ok()?.parse().ok()
}
