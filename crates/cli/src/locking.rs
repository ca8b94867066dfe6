//! `interleave locking FILE.toml`

use anyhow::{Context, Result, bail};
use interleave_kernel::Mark;
use interleave_sql::lab::scene::{Census, Ending, Entry, Outcome, Progress, Verdict};
use interleave_sql::lab::{self, Isolation, LockingTape, Scenario, Script};
use serde::Deserialize;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

/// Exit code of a run that has an anomaly or breaks its rule, or cannot be made.
const WRONG: u8 = 1;

/// Interleaves the sessions of a scenario by its schedule and prints what each statement came to, and the verdict.
///
/// Exits with 1 when the run has an anomaly, breaks its rule, or was cut short.
#[derive(clap::Args)]
pub struct Arguments {
    /// The scenario, as the lab's presets are written (TOML), or as JSON.
    file: PathBuf,
    /// Prints what happened and why, a line a frame.
    #[arg(long)]
    trace: bool,
    /// Prints the tape as JSON.
    #[arg(long, conflicts_with_all = ["trace", "every_order"])]
    json: bool,
    /// Counts how every order of the statements ends, at each level.
    #[arg(long, conflicts_with = "trace")]
    every_order: bool,
    /// The level of transactions that name none, instead of the scenario's: `read-committed`, `repeatable-read`, `serializable`.
    #[arg(long, value_name = "LEVEL")]
    isolation: Option<String>,
    /// Whose statement runs next, a letter each, instead of the scenario's: `ABBA`.
    #[arg(long, value_name = "TURNS")]
    schedule: Option<String>,
    /// The most steps of a search for every order, at each level.
    #[arg(long, default_value_t = 20_000_000)]
    budget: u64,
}

/// A scenario as a file says it. What only the site reads is passed over.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    setup: String,
    sessions: Vec<Script>,
    /// A letter a statement, or numbers from 0.
    #[serde(default)]
    schedule: Schedule,
    #[serde(default)]
    isolation: Isolation,
    #[serde(default)]
    invariant: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Schedule {
    Letters(String),
    Numbers(Vec<u8>),
}

impl Default for Schedule {
    fn default() -> Self {
        Schedule::Numbers(Vec::new())
    }
}

impl Schedule {
    fn turns(&self, sessions: usize) -> Result<Vec<u8>> {
        let turns: Vec<u8> = match self {
            Schedule::Numbers(turns) => turns.clone(),
            Schedule::Letters(letters) => letters
                .bytes()
                .filter(|it| !it.is_ascii_whitespace())
                .map(|it| it.to_ascii_uppercase().wrapping_sub(b'A'))
                .collect(),
        };
        match turns.iter().find(|&&turn| usize::from(turn) >= sessions) {
            Some(_) => bail!(
                "the schedule names a session that is not there: the letters go from A to {}",
                letter(sessions.saturating_sub(1))
            ),
            None => Ok(turns),
        }
    }
}

pub fn run(arguments: &Arguments) -> Result<ExitCode> {
    let scenario = read(arguments)?;
    if arguments.every_order {
        return every_order(&scenario, arguments);
    }
    let tape = lab::record(&scenario);
    if arguments.json {
        serde_json::to_writer(io::stdout().lock(), &tape)?;
        println!();
    } else if arguments.trace {
        print_transcript(&tape)?;
    } else {
        print_lanes(&tape)?;
    }
    if let Some(stopped) = &tape.last().stopped {
        eprintln!("interleave: {} {}", stopped.title, stopped.advice);
    }
    let fine = tape.last().stopped.is_none() && tape.last().verdict.as_deref().is_some_and(fine);
    Ok(if fine { ExitCode::SUCCESS } else { ExitCode::from(WRONG) })
}

fn read(arguments: &Arguments) -> Result<Scenario> {
    let path = &arguments.file;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let json = path.extension().is_some_and(|extension| extension == "json");
    let file: File = if json { serde_json::from_str(&text)? } else { toml::from_str(&text)? };
    let schedule = match &arguments.schedule {
        Some(letters) => Schedule::Letters(letters.clone()),
        None => file.schedule,
    };
    let isolation = match arguments.isolation.as_deref() {
        None => file.isolation,
        Some(name) => level(name)?,
    };
    let schedule = schedule.turns(file.sessions.len())?;
    Ok(Scenario { setup: file.setup, sessions: file.sessions, schedule, isolation, invariant: file.invariant })
}

fn level(name: &str) -> Result<Isolation> {
    let found = Isolation::ALL.into_iter().find(|level| level.sql().replace(' ', "-").eq_ignore_ascii_case(name));
    found.with_context(|| format!("there is no level {name}: read-committed, repeatable-read, serializable"))
}

fn fine(verdict: &Verdict) -> bool {
    verdict.anomaly.is_none() && !matches!(verdict.invariant, Some(Ok(false) | Err(_)))
}

fn letter(session: usize) -> char {
    (b'A' + session.min(25) as u8) as char
}

fn print_transcript(tape: &LockingTape) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (at, frame) in tape.frames().iter().enumerate() {
        let indent = match frame.mark {
            Mark::Section => "",
            Mark::Unit => "  ",
            Mark::Step => "    ",
        };
        writeln!(out, "{at:>4}  {indent}{}", frame.note.plain().replace('\n', " "))?;
    }
    out.flush()?;
    Ok(())
}

/// Statements in the order in which they began, what each came to, and the verdict.
fn print_lanes(tape: &LockingTape) -> Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let scene = tape.last();
    for entry in &scene.entries {
        let lane = &scene.lanes[usize::from(entry.session)];
        let statement = lane.statements.get(entry.statement as usize).map_or("", |it| it.text.as_str());
        let words = statement.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(out, "{} {}: {words}", letter(usize::from(entry.session)), lane.name)?;
        if let Some(waited) = &entry.waited {
            writeln!(out, "    waits for {}", waited.what)?;
        }
        print_outcome(&mut out, entry)?;
    }
    if let Some(verdict) = &scene.verdict {
        writeln!(out)?;
        if let Some(frame) = tape.frames().last() {
            writeln!(out, "{}", frame.note.plain())?;
        }
        for why in &verdict.because {
            writeln!(out, "  - {why}")?;
        }
        if let Some(cure) = &verdict.cure {
            writeln!(out, "Prevented by {cure}.")?;
        }
    }
    out.flush()?;
    Ok(())
}

fn print_outcome(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    for notice in &entry.notices {
        writeln!(out, "    {notice}")?;
    }
    match &entry.progress {
        Progress::Waiting(_) => writeln!(out, "    and it still waits"),
        Progress::Done(Outcome::Command(tag)) => writeln!(out, "    {tag}"),
        Progress::Done(Outcome::Error(failure)) => {
            writeln!(out, "    ERROR {}: {}", failure.code, failure.message)?;
            let more = failure.detail.iter().chain(&failure.hint);
            more.flat_map(|text| text.lines()).try_for_each(|line| writeln!(out, "      {line}"))
        }
        Progress::Done(Outcome::Rows(rows)) => {
            for row in &rows.rows {
                let cells: Vec<_> = row.iter().map(|cell| cell.as_deref().unwrap_or("null")).collect();
                writeln!(out, "    {}", cells.join(" | "))?;
            }
            match rows.total {
                1 => writeln!(out, "    (1 row)"),
                total => writeln!(out, "    ({total} rows)"),
            }
        }
    }
}

fn every_order(scenario: &Scenario, arguments: &Arguments) -> Result<ExitCode> {
    let levels = match arguments.isolation {
        Some(_) => vec![scenario.isolation],
        None => Isolation::ALL.to_vec(),
    };
    for isolation in levels {
        match lab::census(scenario, isolation, arguments.budget, |_| ControlFlow::Continue(())) {
            Ok(census) => print_census(&census)?,
            Err(_) => {
                // The recording of it says what is wrong.
                let tape = lab::record(scenario);
                if let Some(stopped) = &tape.last().stopped {
                    eprintln!("interleave: {} {}", stopped.title, stopped.advice);
                }
                return Ok(ExitCode::from(WRONG));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_census(census: &Census) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let more = if census.cut.is_some() { " or more" } else { "" };
    writeln!(out, "{}: {}{more} orders", census.isolation.sql(), census.orders)?;
    for row in &census.rows {
        let example: String = row.example.iter().map(|&turn| letter(usize::from(turn))).collect();
        writeln!(out, "  {:>10}  {:<26} {example}", row.orders, ending(row.ending))?;
    }
    Ok(())
}

fn ending(ending: Ending) -> String {
    match ending {
        Ending::Committed => "all commit".into(),
        Ending::Waited => "somebody waits".into(),
        Ending::Aborted => "somebody fails".into(),
        Ending::Deadlocked => "deadlock".into(),
        Ending::InvariantBroken => "the rule is broken".into(),
        Ending::Anomaly(anomaly) => lab::name(anomaly).to_lowercase(),
    }
}
