//! What a run has come to: a question may have asked for it.

use super::presets::{PRESETS, Preset};
use super::verdict;
use crate::labs::Reached;
use interleave_sql::lab::{LockingTape, Scenario};

/// What a run has come to, as questions call it; and which presets it is a run of, in whatever order.
pub fn reached(scenario: &Scenario, tape: &LockingTape) -> Reached {
    let Some(found) = &tape.last().verdict else { return Reached::default() };
    let same = |preset: &&Preset| {
        let its_own = preset.scenario();
        let schedule = scenario.schedule.clone();
        Scenario { schedule, ..its_own } == *scenario
    };
    let presets = PRESETS.iter().filter(same).map(|preset| preset.info().id.to_owned()).collect();
    let broken = matches!(found.invariant, Some(Ok(false) | Err(_)));
    let mut goals = vec![];
    if found.deadlocks > 0 {
        goals.push("deadlock".to_owned());
    }
    goals.extend(found.anomaly.map(|anomaly| verdict::anomaly(anomaly).to_lowercase()));
    if broken {
        goals.push("broken".to_owned());
    }
    if goals.is_empty() {
        goals.push("none".to_owned());
    }
    Reached { presets, goals, faults: vec![] }
}
