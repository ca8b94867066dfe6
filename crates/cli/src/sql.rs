//! `interleave sql`: a small psql with several sessions.

mod commands;
mod describe;
mod input;
mod shell;

use anyhow::{Context, Result};
use shell::{Next, Shell};
use std::io::{self, BufRead, IsTerminal, Write};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

/// Deeply nested statements need room.
const STACK: usize = 256 << 20;
/// A line that is longer is not read: nobody types it.
const LONGEST_LINE: usize = 4 << 20;

/// A database in memory and a prompt, like psql's, for as many sessions as you like: `\session b` is the next one, `\?`
/// lists the rest. Statements come from the terminal or from standard input.
#[derive(clap::Args, Clone)]
pub struct Arguments {
    /// Prints prompts and what is read, even when nobody types: for a record that can be followed.
    #[arg(long)]
    echo: bool,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let echo = arguments.echo;
    let work = thread::Builder::new().stack_size(STACK).spawn(move || converse(echo))?;
    work.join().unwrap_or_else(|_| anyhow::bail!("the simulation failed; this is a fault of Interleave"))
}

fn converse(echo: bool) -> Result<ExitCode> {
    let typed = io::stdin().is_terminal();
    let (mut shell, mut input, mut out) = (Shell::default(), io::stdin().lock(), io::stdout().lock());
    if typed {
        writeln!(out, "Every session is in this terminal. \\? lists the commands, \\q quits.")?;
    }
    let mut last = Instant::now();
    loop {
        if typed || echo {
            write!(out, "{}", shell.prompt())?;
            out.flush()?;
        }
        let mut line = Vec::new();
        let read = io::Read::take(&mut input, LONGEST_LINE as u64).read_until(b'\n', &mut line)?;
        if read == 0 {
            write!(out, "{}", shell.end())?;
            return Ok(ExitCode::SUCCESS);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches(['\n', '\r']);
        if echo && !typed {
            writeln!(out, "{line}")?;
        }
        if typed {
            // Alarms go off while somebody thinks. Without a person, time passes when somebody has to wait for it.
            let thought = last.elapsed().as_micros().try_into().unwrap_or(u64::MAX);
            write!(out, "{}", shell.pass(thought))?;
        }
        let (answer, next) = shell.line(line);
        write!(out, "{answer}").context("cannot write")?;
        out.flush()?;
        last = Instant::now();
        if next == Next::Quit {
            return Ok(ExitCode::SUCCESS);
        }
    }
}
