//! `interleave explore LAB`

mod print;

use anyhow::{Result, bail};
use interleave_kernel::explore::{Explorable, Limits, explore};
use interleave_protocols::two_phase_commit::gray_lamport::{MOST, TwoPhase};
use std::io::{self, BufWriter, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;

/// Exit code when a rule is violated, or nobody can go on.
const VIOLATED: u8 = 1;

/// Tries every order in which a protocol can happen, and prints how many states it has, each rule's verdict, and a shortest schedule
/// that violates it.
///
/// Exits with 1 when a rule is violated or the protocol deadlocks.
#[derive(clap::Args)]
pub struct Arguments {
    /// Which protocol: `two-phase-commit`.
    lab: String,
    /// Which model of it: `gray-lamport` is the specification of *Consensus on Transaction Commit*.
    #[arg(long)]
    model: Option<String>,
    /// How many take part.
    #[arg(long, value_name = "N")]
    participants: Option<u64>,
    /// Takes states for the same that differ only in who is who.
    #[arg(long)]
    symmetry: bool,
    /// The most distinct states to look at.
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    states: u32,
    /// The most levels to go down; the start is the first.
    #[arg(long, value_name = "N", default_value_t = u32::MAX)]
    depth: u32,
    /// The most memory to take, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = 1024)]
    memory: usize,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    if arguments.lab != "two-phase-commit" {
        bail!("there is no lab {:.60} to explore; there is two-phase-commit", arguments.lab);
    }
    match arguments.model.as_deref() {
        Some("gray-lamport") => judge(&gray_lamport(arguments)?, arguments),
        Some(model) => bail!("there is no model {model:.60} of two-phase commit; there is gray-lamport"),
        None => bail!("which model? There is --model gray-lamport"),
    }
}

fn gray_lamport(arguments: &Arguments) -> Result<TwoPhase> {
    let wished = arguments.participants.unwrap_or(3);
    match u8::try_from(wished).ok().and_then(TwoPhase::new) {
        Some(start) => Ok(start),
        None => bail!("this model takes 1 to {MOST} participants, not {wished}"),
    }
}

/// Tries every order and prints what was found.
fn judge<M: Explorable>(start: &M, arguments: &Arguments) -> Result<ExitCode> {
    let limits = Limits {
        states: arguments.states,
        depth: arguments.depth,
        bytes: arguments.memory.saturating_mul(1 << 20),
        symmetry: arguments.symmetry,
    };
    let found = explore(start, &limits, |_| ControlFlow::Continue(()));
    let mut out = BufWriter::new(io::stdout().lock());
    print::explored(&mut out, start, &found)?;
    out.flush()?;
    Ok(if found.is_fine() { ExitCode::SUCCESS } else { ExitCode::from(VIOLATED) })
}
