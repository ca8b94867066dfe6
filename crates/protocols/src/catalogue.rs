//! What the labs of protocols offer: presets to begin with, protocols to choose from, and sides to compare.
//!
//! It is plain data, made here once: a page reads it as JSON and hands on what it reads.

use crate::outbox::Variant as Publishing;
use crate::play::Subject;
use crate::two_phase_commit::gray_lamport;
use crate::{Fault, Preset, outbox, saga, two_phase_commit};
use serde::Serialize;

/// What one lab offers.
#[derive(Clone, Debug, Serialize)]
pub struct Offer {
    /// The lab's name in addresses.
    pub lab: &'static str,
    /// Those of one group follow each other.
    pub presets: Vec<Told>,
    /// The protocols that the lab is about.
    pub variants: Vec<Named>,
    /// What suits it for a comparison: the first two are those that one begins with.
    pub sides: Vec<Named>,
}

/// A preset.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    pub group: &'static str,
    pub id: &'static str,
    pub title: &'static str,
    pub idea: &'static str,
    pub subject: Subject,
}

/// A protocol that can be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct Named {
    pub title: &'static str,
    pub subject: Subject,
}

/// Everything there is.
#[derive(Clone, Debug, Serialize)]
pub struct Catalogue {
    pub labs: Vec<Offer>,
    /// What may go wrong in which kind of subject, by its name in JSON.
    pub faults: Vec<(&'static str, &'static [Fault])>,
}

/// What there is.
pub fn catalogue() -> Catalogue {
    let labs = vec![two_phase_commit(), saga(), outbox()];
    let kinds = [
        ("two-phase-commit", commit(two_phase_commit::Scenario::default())),
        ("gray-lamport", specification()),
        ("saga", orchestrated()),
        ("choreographed-saga", choreographed()),
        ("outbox", publishing(Publishing::PollingRelay)),
    ];
    let faults = kinds.map(|(name, subject)| (name, subject.faults())).into();
    Catalogue { labs, faults }
}

fn commit(scenario: two_phase_commit::Scenario) -> Subject {
    Subject::TwoPhaseCommit(scenario)
}

fn specification() -> Subject {
    Subject::GrayLamport(gray_lamport::Scenario { participants: 3 })
}

fn orchestrated() -> Subject {
    Subject::Saga(saga::Scenario::default())
}

fn choreographed() -> Subject {
    Subject::ChoreographedSaga(saga::choreography::Scenario::default())
}

fn publishing(variant: Publishing) -> Subject {
    Subject::Outbox(outbox::Scenario { variant, ..outbox::Scenario::default() })
}

/// Presets under the headings that `group` gives them.
fn told<S>(presets: &[Preset<S>], subject: fn(S) -> Subject, group: impl Fn(&Preset<S>) -> &'static str) -> Vec<Told> {
    let told = |preset: &Preset<S>| Told {
        group: group(preset),
        id: preset.id,
        title: preset.title,
        idea: preset.idea,
        subject: subject(preset.scenario()),
    };
    let mut all: Vec<_> = presets.iter().map(told).collect();
    let mut groups: Vec<&str> = Vec::new();
    for it in &all {
        if !groups.contains(&it.group) {
            groups.push(it.group);
        }
    }
    all.sort_by_key(|it| groups.iter().position(|group| *group == it.group));
    all
}

fn named(title: &'static str, subject: Subject) -> Named {
    Named { title, subject }
}

fn two_phase_commit() -> Offer {
    let group = |preset: &Preset<_>| if preset.breaks.is_empty() { "It holds" } else { "It breaks, or blocks" };
    let mut presets = told(two_phase_commit::PRESETS, Subject::TwoPhaseCommit, group);
    presets.push(Told {
        group: "The specification",
        id: "specification",
        title: "As Gray and Lamport wrote it down",
        idea: "Only what may happen, and nothing about how: three participants have 288 states, and no two of them ever disagree.",
        subject: specification(),
    });
    let four = two_phase_commit::Scenario { participants: 4, ..two_phase_commit::Scenario::default() };
    Offer {
        lab: "two-phase-commit",
        presets,
        variants: vec![
            named("with logs and timeouts", commit(two_phase_commit::Scenario::default())),
            named("coordinator without a log", commit(two_phase_commit::Scenario::naive())),
            named("the specification", specification()),
        ],
        sides: vec![
            named("Two-phase commit, 4 participants", commit(four)),
            named("Saga of 4 steps, orchestrated", orchestrated()),
            named("Coordinator with a log", commit(two_phase_commit::Scenario::default())),
            named("Coordinator without a log", commit(two_phase_commit::Scenario::naive())),
        ],
    }
}

fn saga() -> Offer {
    let group = |preset: &Preset<_>| {
        if preset.breaks.is_empty() { "Orchestrated" } else { "Orchestrated, without a precaution" }
    };
    let mut presets = told(saga::PRESETS, Subject::Saga, group);
    presets.extend(told(saga::choreography::PRESETS, Subject::ChoreographedSaga, |_| "Choreographed"));
    let four = two_phase_commit::Scenario { participants: 4, ..two_phase_commit::Scenario::default() };
    Offer {
        lab: "saga",
        presets,
        variants: vec![named("orchestrated", orchestrated()), named("choreographed", choreographed())],
        sides: vec![
            named("Saga of 4 steps, orchestrated", orchestrated()),
            named("Two-phase commit, 4 participants", commit(four)),
            named("Saga, choreographed", choreographed()),
        ],
    }
}

fn outbox() -> Offer {
    let group = |preset: &Preset<outbox::Scenario>| match (preset.make)().variant.has_relay() {
        false => "Dual write",
        true if preset.breaks.is_empty() => "Outbox and inbox",
        true => "Outbox, without a precaution",
    };
    Offer {
        lab: "outbox",
        presets: told(outbox::PRESETS, Subject::Outbox, group),
        variants: vec![
            named("outbox, polled", publishing(Publishing::PollingRelay)),
            named("outbox, read from the log", publishing(Publishing::LogTailingRelay)),
            named("dual write, database first", publishing(Publishing::DatabaseFirst)),
            named("dual write, broker first", publishing(Publishing::BrokerFirst)),
        ],
        sides: vec![
            named("Outbox, polling relay", publishing(Publishing::PollingRelay)),
            named("Dual write, database first", publishing(Publishing::DatabaseFirst)),
            named("Dual write, broker first", publishing(Publishing::BrokerFirst)),
            named("Outbox, log tailing", publishing(Publishing::LogTailingRelay)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lab_has_presets_under_headings_and_sides_that_differ() {
        for offer in catalogue().labs {
            assert!(offer.presets.len() >= 8, "{}", offer.lab);
            let mut groups: Vec<_> = offer.presets.iter().map(|it| it.group).collect();
            groups.dedup();
            let count = groups.len();
            groups.sort_unstable();
            groups.dedup();
            assert_eq!(groups.len(), count, "{}: presets of one heading follow each other", offer.lab);
            assert_ne!(offer.sides[0].subject, offer.sides[1].subject);
            let all = offer.presets.iter().map(|it| &it.subject);
            let all = all.chain(offer.variants.iter().chain(&offer.sides).map(|it| &it.subject));
            all.for_each(|subject| assert_eq!(subject.check(), Ok(())));
        }
    }
}
