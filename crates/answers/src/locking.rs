//! The locking lab: its presets, and what a run of one is called.

use crate::presets::LOCKING;
use interleave_sql::lab::scene::{Anomaly, Verdict};
use interleave_sql::lab::{self, Isolation, LockingTape, Scenario, Script};
use serde::Deserialize;

/// What the lab is called.
pub const LAB: &str = "locking";
/// What is said of a run in which sessions waited in a circle.
pub const DEADLOCK: &str = "deadlock";
/// What is said of a run in which nothing of the kind happened.
pub const NONE: &str = "none";

/// All that a verdict may name.
const ANOMALIES: [Anomaly; 11] = [
    Anomaly::DirtyWrite,
    Anomaly::DirtyRead,
    Anomaly::IntermediateRead,
    Anomaly::CircularInformationFlow,
    Anomaly::NonRepeatableRead,
    Anomaly::Phantom,
    Anomaly::LostUpdate,
    Anomaly::ReadSkew,
    Anomaly::WriteSkew,
    Anomaly::ReadOnlyAnomaly,
    Anomaly::Other,
];

/// A preset as its file says it, as far as it decides a run.
#[derive(Deserialize)]
struct File {
    isolation: Isolation,
    /// Whose statement runs next, a letter each.
    schedule: String,
    #[serde(default)]
    invariant: String,
    setup: String,
    sessions: Vec<Script>,
}

/// The run that a preset stands for.
pub fn preset(id: &str) -> Result<Scenario, String> {
    let found = LOCKING.iter().find(|(file, _)| file.strip_suffix(".toml") == Some(id));
    let (_, text) = found.ok_or_else(|| format!("the lab {LAB} has no preset “{id:.60}”"))?;
    let file: File = toml::from_str(text).map_err(|error| format!("the preset {id}: {}", error.message()))?;
    let schedule = turns(&file.schedule, file.sessions.len())?;
    let File { isolation, invariant, setup, sessions, .. } = file;
    Ok(Scenario { setup, sessions, schedule, isolation, invariant })
}

/// Runs a scenario by its schedule.
pub fn record(scenario: &Scenario) -> LockingTape {
    lab::record(scenario)
}

/// Runs a scenario by its schedule and judges it. An error says why there is no verdict.
pub fn judge(scenario: &Scenario) -> Result<Verdict, String> {
    let tape = record(scenario);
    let scene = tape.last();
    match (&scene.verdict, &scene.stopped) {
        (Some(verdict), _) => Ok(Verdict::clone(verdict)),
        (None, Some(stopped)) => Err(format!("there is no run: {} {}", stopped.title, stopped.advice)),
        (None, None) => Err("there is no verdict".into()),
    }
}

/// What a run is called: by its deadlock if it has one, else by its anomaly if it has one.
pub fn called(verdict: &Verdict) -> String {
    match verdict.anomaly {
        _ if verdict.deadlocks > 0 => DEADLOCK.into(),
        Some(anomaly) => name(anomaly),
        None => NONE.into(),
    }
}

/// An anomaly, as questions call it.
pub fn name(anomaly: Anomaly) -> String {
    lab::name(anomaly).to_lowercase()
}

/// All names that a run may be called by.
pub fn names() -> Vec<String> {
    ANOMALIES.into_iter().map(name).chain([DEADLOCK.into(), NONE.into()]).collect()
}

/// The level of that name, `repeatable read`, however it is spelt.
pub fn level(name: &str) -> Result<Isolation, String> {
    let said = name.trim().replace('-', " ");
    let found = Isolation::ALL.into_iter().find(|level| level.sql().eq_ignore_ascii_case(&said));
    found.ok_or_else(|| {
        format!("there is no isolation level “{name:.60}”: read committed, repeatable read, serializable")
    })
}

/// A schedule in letters as the sessions' indices.
pub fn turns(letters: &str, sessions: usize) -> Result<Vec<u8>, String> {
    let letters = letters.bytes().filter(|letter| !letter.is_ascii_whitespace());
    let turns: Vec<_> = letters.map(|letter| letter.to_ascii_uppercase().wrapping_sub(b'A')).collect();
    match turns.iter().all(|&turn| usize::from(turn) < sessions) {
        true => Ok(turns),
        false => Err(format!("the schedule names a session that is not there: there are {sessions}, from A on")),
    }
}

/// A schedule in letters.
pub fn letters(turns: &[u8]) -> String {
    turns.iter().map(|&turn| char::from(b'A' + turn.min(25))).collect()
}
