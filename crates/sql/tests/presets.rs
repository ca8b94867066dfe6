//! Every preset of the locking lab comes to what its file says, at every level, and shows what the guide says it shows.
//!
//! Waits, errors and rules were recorded from PostgreSQL 15: the words of a file stand in the order anomaly, `waits`, SQLSTATEs in the
//! order in which they came up (25P02 left out), `broken`.

#![cfg(feature = "engine")]

use interleave_sql::lab::scene::{Anomaly, Census, Ending, Outcome, Progress};
use interleave_sql::lab::{Isolation, LockingTape, Scenario, Script, census, record};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

#[derive(Deserialize)]
struct Preset {
    isolation: Isolation,
    schedule: String,
    #[serde(default)]
    invariant: String,
    setup: String,
    sessions: Vec<Script>,
    /// By the level's name in SQL.
    expect: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Index {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    presets: Vec<String>,
}

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/programs/locking").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn preset(id: &str) -> Preset {
    toml::from_str(&text(&format!("{id}.toml"))).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn scenario(preset: &Preset, isolation: Isolation) -> Scenario {
    Scenario {
        setup: preset.setup.clone(),
        sessions: preset.sessions.clone(),
        schedule: preset.schedule.bytes().map(|letter| letter - b'A').collect(),
        isolation,
        invariant: preset.invariant.clone(),
    }
}

fn run(preset: &Preset, isolation: Isolation) -> LockingTape {
    record(&scenario(preset, isolation))
}

fn name(anomaly: Anomaly) -> &'static str {
    match anomaly {
        Anomaly::DirtyWrite => "dirty write",
        Anomaly::DirtyRead => "dirty read",
        Anomaly::IntermediateRead => "intermediate read",
        Anomaly::CircularInformationFlow => "circular information flow",
        Anomaly::NonRepeatableRead => "non-repeatable read",
        Anomaly::Phantom => "phantom",
        Anomaly::LostUpdate => "lost update",
        Anomaly::ReadSkew => "read skew",
        Anomaly::WriteSkew => "write skew",
        Anomaly::ReadOnlyAnomaly => "read-only anomaly",
        Anomaly::Other => "other",
    }
}

/// What a run came to, in the words of a preset's file.
fn words(tape: &LockingTape) -> Vec<String> {
    let scene = tape.last();
    if let Some(stopped) = &scene.stopped {
        return vec![format!("stopped: {} {}", stopped.title, stopped.advice)];
    }
    let Some(verdict) = &scene.verdict else { return vec!["no verdict".into()] };
    let mut words: Vec<String> = verdict.anomaly.map(|anomaly| name(anomaly).to_string()).into_iter().collect();
    let for_a_lock = |waited: &interleave_sql::lab::scene::WaitsFor| !waited.blockers.is_empty();
    if scene.entries.iter().any(|entry| entry.waited.as_ref().is_some_and(for_a_lock)) {
        words.push("waits".into());
    }
    let mut errors: Vec<(Option<u32>, String)> = scene
        .entries
        .iter()
        .filter_map(|entry| match &entry.progress {
            Progress::Done(Outcome::Error(failure)) => Some((entry.ended, failure.code.clone())),
            _ => None,
        })
        .filter(|(_, code)| code != "25P02")
        .collect();
    errors.sort();
    words.extend(errors.into_iter().map(|(_, code)| code));
    if verdict.invariant.as_ref().is_some_and(|held| held != &Ok(true)) {
        words.push("broken".into());
    }
    words
}

#[test]
fn every_preset_comes_to_what_its_file_says() {
    let index: Index = toml::from_str(&text("index.toml")).unwrap();
    let mut wrong = String::new();
    for id in index.groups.iter().flat_map(|group| &group.presets) {
        let preset = preset(id);
        for level in Isolation::ALL {
            let found = words(&run(&preset, level));
            let said =
                preset.expect.get(level.sql()).unwrap_or_else(|| panic!("{id} expects nothing at {}", level.sql()));
            if &found != said {
                wrong += &format!("\n{id} at {}: it says {said:?}, the run says {found:?}", level.sql());
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// What the session's n-th statement answers: the values of its first column, or the command.
fn answer(tape: &LockingTape, session: u8, statement: u32) -> String {
    let entry = tape.last().entries.iter().find(|entry| (entry.session, entry.statement) == (session, statement));
    match entry.map(|entry| &entry.progress) {
        Some(Progress::Done(Outcome::Rows(rows))) => {
            let first = |row: &Vec<Option<String>>| row.first().cloned().flatten().unwrap_or_default();
            rows.rows.iter().map(first).collect::<Vec<_>>().join(" ")
        }
        Some(Progress::Done(Outcome::Command(tag))) => tag.clone(),
        Some(Progress::Done(Outcome::Error(failure))) => failure.code.clone(),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_guide_states_what_the_statements_answer() {
    // Preset, its own level (None) or another, session, statement, answer.
    use Isolation::RepeatableRead;
    let claims: &[(&str, Option<Isolation>, u8, u32, &str)] = &[
        ("transfer", None, 1, 0, "200"),
        ("transfer", None, 1, 1, "200"),
        ("transfer", None, 1, 2, "200"),
        ("transfer-half-done", None, 1, 1, "330"),
        ("transfer-failed", None, 0, 3, "25P02"),
        ("transfer-failed", None, 0, 4, "ROLLBACK"),
        ("transfer-failed", None, 0, 5, "200"),
        ("forgotten-await", None, 1, 0, "170"),
        ("long-transaction", None, 2, 0, "10"),
        ("read-skew", None, 0, 1, "100"),
        ("read-skew", None, 0, 2, "140"),
        ("read-skew", Some(RepeatableRead), 0, 2, "100"),
        ("dirty-read", None, 1, 1, "100"),
        ("intermediate-read", None, 1, 1, "100"),
        ("circular-information-flow", None, 0, 2, "open"),
        ("circular-information-flow", None, 1, 2, "open"),
        ("non-repeatable-read", None, 0, 1, "100"),
        ("non-repeatable-read", None, 0, 2, "120"),
        ("non-repeatable-read", Some(RepeatableRead), 0, 2, "100"),
        ("phantom", None, 0, 1, "2"),
        ("phantom", None, 0, 2, "3"),
        ("phantom", Some(RepeatableRead), 0, 2, "2"),
        ("lost-update", None, 0, 1, "10"),
        ("lost-update", None, 1, 1, "10"),
        ("lost-update-for-update", None, 1, 1, "9"),
        ("lost-update-version", None, 1, 1, "UPDATE 0"),
        ("guarded-update", None, 1, 1, "UPDATE 0"),
        ("write-skew-locked", None, 1, 1, "Bob"),
        ("write-skew-locked", None, 1, 2, "UPDATE 0"),
        ("read-only-anomaly", None, 0, 1, "1"),
        ("read-only-anomaly", None, 2, 1, "2"),
        ("read-only-anomaly", None, 2, 2, "50"),
        ("deferrable-report", None, 2, 2, "70"),
        ("job-queue", None, 0, 1, "1"),
        ("job-queue", None, 1, 1, "2"),
        ("job-queue-waits", None, 1, 1, "2"),
        ("advisory-lock", None, 0, 0, "t"),
        ("advisory-lock", None, 1, 0, "f"),
        ("upsert", None, 1, 1, "2"),
    ];
    for &(id, level, session, statement, said) in claims {
        let preset = preset(id);
        let tape = run(&preset, level.unwrap_or(preset.isolation));
        assert_eq!(answer(&tape, session, statement), said, "{id}, session {session}, statement {statement}");
    }
}

/// How many orders there are, and how many end so.
fn count(census: &Census, ending: Ending) -> (u64, u64) {
    let row = census.rows.iter().find(|row| row.ending == ending);
    (census.orders, row.map_or(0, |row| row.orders))
}

#[test]
fn the_guide_states_how_many_orders_go_wrong() {
    use Isolation::{ReadCommitted, RepeatableRead, Serializable};
    let claims: &[(&str, Isolation, Ending, (u64, u64))] = &[
        ("lost-update", ReadCommitted, Ending::InvariantBroken, (50, 40)),
        ("lost-update-for-update", ReadCommitted, Ending::InvariantBroken, (24, 0)),
        ("write-skew", ReadCommitted, Ending::InvariantBroken, (20, 12)),
        ("write-skew", RepeatableRead, Ending::InvariantBroken, (20, 12)),
        ("write-skew", Serializable, Ending::InvariantBroken, (20, 0)),
        ("read-only-anomaly", RepeatableRead, Ending::Anomaly(Anomaly::ReadOnlyAnomaly), (4_200, 108)),
        ("read-only-anomaly", Serializable, Ending::Anomaly(Anomaly::ReadOnlyAnomaly), (4_200, 0)),
        ("read-only-anomaly", Serializable, Ending::Aborted, (4_200, 798)),
    ];
    for &(id, level, ending, said) in claims {
        let preset = preset(id);
        let all = census(&scenario(&preset, level), level, 1_000_000, |_| ControlFlow::Continue(()));
        let all = all.unwrap_or_else(|error| panic!("{id}: {error:?}"));
        assert_eq!(all.cut, None);
        assert_eq!(count(&all, ending), said, "{id} at {}: {ending:?}", level.sql());
    }
}

/// What a cure cures does not come back in another order of the same statements.
#[test]
fn a_cure_holds_in_every_order() {
    let cures = [
        "deadlock-ordered",
        "dirty-write",
        "double-booking-constraint",
        "guarded-update",
        "idempotency-key",
        "job-queue",
        "lost-update-atomic",
        "lost-update-for-update",
        "lost-update-serializable",
        "lost-update-version",
        "transfer",
        "transfer-failed",
        "upsert",
        "write-skew-locked",
    ];
    for id in cures {
        let preset = preset(id);
        for level in Isolation::ALL {
            let all = census(&scenario(&preset, level), level, 1_000_000, |_| ControlFlow::Continue(()));
            let all = all.unwrap_or_else(|error| panic!("{id}: {error:?}"));
            let harm =
                |ending: Ending| matches!(ending, Ending::Deadlocked | Ending::InvariantBroken | Ending::Anomaly(_));
            let harmed: Vec<_> = all.rows.iter().filter(|row| harm(row.ending)).collect();
            assert!(all.cut.is_none() && harmed.is_empty(), "{id} at {}: {harmed:?}", level.sql());
        }
    }
}
