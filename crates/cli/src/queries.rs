//! `interleave run n-plus-one [SCENARIO.json] [--preset ID] [--seed N] [--compare]`

use crate::chosen::{self, chosen};
use anyhow::{Result, bail};
use interleave_queries::{Finding, Kind, Outcome, PRESETS, Runner, Scenario, Totals, compare};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// The lab's name.
pub const LAB: &str = "n-plus-one";

/// Runs a program against the shop and prints what it asked, what that comes to, what was found, and what other ways to write it come to.
///
/// Exits with 1 when the program did not end well.
pub fn run(scenario: Option<&Path>, preset: Option<&str>, seed: Option<u64>) -> Result<ExitCode> {
    let presets: Vec<_> = PRESETS.iter().map(|preset| (preset.id, || preset.scenario())).collect();
    let mut scenario: Scenario = chosen(LAB, scenario, preset, &presets)?;
    if let Some(seed) = seed {
        scenario.seed = chosen::seed(LAB, seed)?;
    }
    let mut runner = Runner::new(Some(|| crate::MEMORY.current_usage()));
    let tape = runner.record(&scenario);
    let mut out = BufWriter::new(io::stdout().lock());
    for (at, frame) in tape.frames().iter().enumerate() {
        writeln!(out, "{at:>5}{:>12.3} ms  {}", tape.scene(at).clock as f64 / 1e6, frame.note.plain())?;
    }
    let Some(run) = tape.last().run.clone() else { bail!("there is no run on the tape") };
    findings(&mut out, &run.findings)?;
    writeln!(
        out,
        "\n{:<22}{:>9}{:>8}{:>9}{:>8}{:>11}{:>11}",
        "", "queries", "trips", "in a row", "rows", "bytes", "ms"
    )?;
    for standing in compare(&mut runner, &scenario, |_| {}) {
        line(&mut out, standing.preset.as_deref().unwrap_or("this program"), &standing.totals)?;
    }
    out.flush()?;
    Ok(if run.outcome == (Outcome::Exited { code: 0 }) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What is wrong, and what to do about it.
pub fn findings(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    for Finding { kind, what, fix, .. } in findings {
        let name = match kind {
            Kind::NPlusOne => "N+1",
            Kind::MissingIndex => "missing index",
            Kind::SmallPool => "waiting for the pool",
            Kind::Multiplied => "multiplied rows",
            Kind::TooMuch => "too much data",
        };
        writeln!(out, "\n{name}: {}\n  {}", what.plain(), fix.plain())?;
    }
    Ok(())
}

fn line(out: &mut impl Write, name: &str, totals: &Totals) -> io::Result<()> {
    let Totals { queries, round_trips, in_a_row, rows, bytes, time, .. } = totals;
    let ms = *time as f64 / 1e6;
    writeln!(out, "{name:<22}{queries:>9}{round_trips:>8}{in_a_row:>9}{rows:>8}{bytes:>11}{ms:>11.3}")
}
