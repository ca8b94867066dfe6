//! `interleave run pool [SCENARIO.json] [--preset ID] [--seed N]`

use crate::chosen::{self, chosen};
use anyhow::Result;
use interleave_traffic::pool::{Level, PRESETS, PoolTape, Prediction, Results, Scenario, record};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

/// The lab's name.
pub const LAB: &str = "pool";

/// Runs a service with a pool of connections and prints what happened, what it came to and what was predicted.
///
/// Exits with 1 when the run was cut short.
pub fn run(scenario: Option<&Path>, preset: Option<&str>, seed: Option<u64>) -> Result<ExitCode> {
    let presets: Vec<_> = PRESETS.iter().map(|preset| (preset.id, || preset.scenario())).collect();
    let mut scenario: Scenario = chosen(LAB, scenario, preset, &presets)?;
    if let Some(seed) = seed {
        scenario.seed = chosen::seed(LAB, seed)?;
    }
    let tape = record(&scenario);
    let mut out = BufWriter::new(io::stdout().lock());
    transcript(&mut out, &tape)?;
    if let Some(results) = &tape.last().results {
        figures(&mut out, results)?;
    }
    sizes(&mut out, &tape.last().levels)?;
    out.flush()?;
    Ok(if tape.last().stopped.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A frame a line, with the time at which it was.
fn transcript(out: &mut impl Write, tape: &PoolTape) -> io::Result<()> {
    for (at, frame) in tape.frames().iter().enumerate() {
        writeln!(out, "{at:>4}{:>14.3} ms  {}", tape.scene(at).clock as f64 / 1000.0, frame.note.plain())?;
    }
    Ok(())
}

/// Measured beside predicted.
fn figures(out: &mut impl Write, results: &Results) -> io::Result<()> {
    let figures = &results.figures;
    let waited = f64::from(results.waits.longer + results.waits.bins.iter().sum::<u32>());
    let waits = &figures.waits;
    let measured = [
        ("pool in use, %", 100.0 * figures.utilisation),
        ("have to wait, %", 100.0 * waited / f64::from(waits.count.max(1))),
        ("wait, mean, ms", waits.mean / 1000.0),
        ("wait, median, ms", f64::from(waits.median) / 1000.0),
        ("wait, 95 %, ms", f64::from(waits.within_95) / 1000.0),
        ("wait, 99 %, ms", f64::from(waits.within_99) / 1000.0),
        ("waiting, mean", figures.waiting),
    ];
    let predicted = match &results.prediction {
        Prediction::Holds { utilisation, waiting, mean, median, within_95, within_99, queue } => Some([
            100.0 * utilisation,
            100.0 * waiting,
            mean / 1000.0,
            median / 1000.0,
            within_95 / 1000.0,
            within_99 / 1000.0,
            *queue,
        ]),
        Prediction::Fails(_) => None,
    };
    writeln!(out, "\n{:<20}{:>14}{:>14}", "", "measured", "M/M/c")?;
    for (at, (name, value)) in measured.into_iter().enumerate() {
        match &predicted {
            Some(predicted) => writeln!(out, "{name:<20}{value:>14.3}{:>14.3}", predicted[at])?,
            None => writeln!(out, "{name:<20}{value:>14.3}{:>14}", "–")?,
        }
    }
    let (lambda, wait) = (figures.asked_per_second(), figures.wait / 1000.0);
    let product = lambda * wait / 1000.0;
    writeln!(out, "Little's law: {lambda:.3}/s × {wait:.3} ms = {product:.3}, counted {:.3}", figures.waiting)?;
    if let Prediction::Fails(reasons) = &results.prediction {
        writeln!(out, "M/M/c predicts nothing here:")?;
        reasons.iter().try_for_each(|reason| writeln!(out, "  - {reason}"))?;
    }
    Ok(())
}

fn sizes(out: &mut impl Write, levels: &[Level]) -> io::Result<()> {
    writeln!(
        out,
        "\n{:>6}{:>10}{:>14}{:>14}{:>18}{:>12}{:>10}",
        "pool", "in use %", "wait ms", "M/M/c ms", "takes 95 % ms", "answered/s", "failed"
    )?;
    for Level { max, figures, predicted } in levels {
        let predicted = predicted.map_or_else(|| "–".to_owned(), |wait| format!("{:.3}", wait / 1000.0));
        writeln!(
            out,
            "{max:>6}{:>10.1}{:>14.3}{predicted:>14}{:>18.1}{:>12.1}{:>10}",
            100.0 * figures.utilisation,
            figures.waits.mean / 1000.0,
            f64::from(figures.took_of[0].within_95) / 1000.0,
            figures.done_per_second(),
            figures.failed,
        )?;
    }
    Ok(())
}
