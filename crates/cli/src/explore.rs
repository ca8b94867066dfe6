//! `interleave explore LAB`

mod print;

use crate::protocol::{self, Task};
use anyhow::{Result, bail};
use interleave_kernel::explore::{Explorable, Limits, explore};
use interleave_protocols::Protocol;
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
    #[command(flatten)]
    protocol: protocol::Choice,
    /// Which model of it: `protocol`, with logs, timeouts and crashes, or `gray-lamport`, the specification of *Consensus on Transaction
    /// Commit*, which takes nothing but a number of participants.
    #[arg(long, default_value = "protocol")]
    model: String,
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
    let choice = &arguments.protocol;
    match (choice.lab.as_str(), arguments.model.as_str()) {
        ("two-phase-commit", "gray-lamport") => {
            if choice.scenario.is_some() || choice.faults.is_some() || choice.preset.is_some() {
                bail!("the specification knows neither scenarios nor faults: leave out --model gray-lamport, or those");
            }
            judge(&gray_lamport(choice.participants.unwrap_or(3))?, arguments)
        }
        (_, "protocol") => choice.start(arguments),
        ("two-phase-commit", model) => {
            bail!("there is no model {model:.60} of two-phase commit; there are protocol and gray-lamport")
        }
        (lab, model) => bail!("there is no model {model:.60} of {lab:.60}; there is protocol"),
    }
}

impl Task for &Arguments {
    fn with<M: Protocol>(self, start: M) -> Result<ExitCode> {
        judge(&start, self)
    }
}

fn gray_lamport(participants: u64) -> Result<TwoPhase> {
    match u8::try_from(participants).ok().and_then(TwoPhase::new) {
        Some(start) => Ok(start),
        None => bail!("the specification takes 1 to {MOST} participants, not {participants}"),
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
