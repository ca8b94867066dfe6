//! What the tests of every protocol ask: what a search finds, what a schedule tells, what a picture shows.

// Not every test asks everything.
#![allow(dead_code)]

use interleave_kernel::Tape;
use interleave_kernel::explore::{Broken, Explored, Limits, Verdict, explore};
use interleave_protocols::diagram::{Diagram, Lane};
use interleave_protocols::play::{Play, Subject, Way, record};
use interleave_protocols::{Camera, Protocol};
use std::fmt::Debug;
use std::ops::ControlFlow;

/// Everything that can happen within the faults of a scenario.
pub fn every_order<M: Protocol>(scenario: &M::Scenario) -> Explored<M::Action> {
    // A million states that keep who follows whom do not fit into what a worker of a browser has.
    let limits = Limits { bytes: 1 << 30, ..Limits::default() };
    explore(&M::begin(scenario).unwrap(), &limits, |_| ControlFlow::Continue(()))
}

/// Rules that are violated, each with the length of its shortest schedule; 0 for what no order reaches.
pub fn violated<A>(found: &Explored<A>) -> Vec<(&str, usize)> {
    assert_eq!(found.stopped, None);
    let length = |verdict: &Verdict<A>| match verdict {
        Verdict::Broken(broken) => Some(broken.schedule.actions.len()),
        Verdict::Unreached => Some(0),
        _ => None,
    };
    found.verdicts.iter().filter_map(|it| Some((it.rule.as_str(), length(&it.verdict)?))).collect()
}

/// How a rule is broken.
pub fn broken<A: Clone + Debug>(found: &Explored<A>, rule: &str) -> Broken<A> {
    match &found.verdicts.iter().find(|it| it.rule == rule).unwrap().verdict {
        Verdict::Broken(broken) => broken.clone(),
        verdict => panic!("{rule}: {verdict:?}"),
    }
}

/// What the steps of a schedule say.
pub fn told<M: Protocol>(scenario: &M::Scenario, actions: &[M::Action]) -> Vec<String> {
    let mut machine = M::begin(scenario).unwrap();
    actions.iter().map(|action| machine.step(action).plain()).collect()
}

/// The tape of a schedule.
pub fn filmed<M: Protocol>(scenario: &M::Scenario, picks: &[u32]) -> Tape<Diagram> {
    let mut camera = Camera::new(M::begin(scenario).unwrap(), Vec::new());
    picks.iter().for_each(|&pick| assert!(camera.take(pick as u16)));
    camera.finish()
}

/// The tape of a run that a seed picks.
pub fn seeded(subject: Subject, seed: u64) -> Tape<Diagram> {
    record(&Play { subject, histories: vec![Way::Seed(seed)], here: 0 })
}

/// The last word of a tape.
pub fn last_word(tape: &Tape<Diagram>) -> String {
    tape.frames().last().unwrap().note.plain()
}

/// The lane of that name in a frame.
pub fn lane(tape: &Tape<Diagram>, at: usize, name: &str) -> Lane {
    tape.scene(at).lanes.into_iter().find(|lane| lane.name == name).unwrap()
}

/// What a lane has on disk, and in its log.
pub fn on_disk(lane: &Lane) -> Vec<&str> {
    lane.log.iter().chain(&lane.rows).map(|entry| entry.text.as_str()).collect()
}
