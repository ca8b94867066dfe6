//! What has to happen so that a preset tells its story.

use super::coordinator::Phase;
use super::machine::{Action, COORDINATOR, Message, TwoPhaseCommit};
use super::participant::Stage;
use crate::ProcessId;
use crate::network::{Link, Step};
use crate::protocol::Cue;

/// See [`Protocol::story`](crate::Protocol::story).
pub fn story(preset: &str) -> &'static [Cue<TwoPhaseCommit>] {
    match preset {
        "dies-after-prepare" | "coordinator-never-returns" => &[Cue { when: all_in_doubt, take: coordinator_crashes }],
        "cooperative" => {
            &[Cue { when: first_committed, take: commit_is_lost }, Cue { when: |_| true, take: coordinator_crashes }]
        }
        "commit-is-lost" | "forgets-too-soon" => &[Cue { when: tells_second, take: commit_is_lost }],
        "participant-dies-in-doubt" | "prepare-transaction" => {
            &[Cue { when: all_in_doubt, take: |it| *it == Action::Crash(ProcessId(2)) }]
        }
        "naive" => &[Cue { when: told_one, take: coordinator_crashes }],
        "impatient" => &[Cue { when: first_committed, take: |it| *it == Action::EarlyTimeout(ProcessId(2)) }],
        "vote-before-log" => &[Cue { when: second_has_voted, take: |it| *it == Action::Crash(ProcessId(2)) }],
        _ => &[],
    }
}

fn coordinator_crashes(action: &Action) -> bool {
    *action == Action::Crash(COORDINATOR)
}

fn all_in_doubt(it: &TwoPhaseCommit) -> bool {
    it.stages().all(|stage| stage == Stage::InDoubt)
        && it.participants.iter().all(|it| it.memory().is_some_and(|it| it.voted))
}

fn first_committed(it: &TwoPhaseCommit) -> bool {
    it.stages().next() == Some(Stage::Committed)
}

/// To participant 2.
const SECOND: Link = Link { from: COORDINATOR, to: ProcessId(2) };

fn tells_second(it: &TwoPhaseCommit) -> bool {
    it.network.carries(SECOND, &Message::Commit)
}

fn commit_is_lost(action: &Action) -> bool {
    *action == Action::Network(Step::Lose(SECOND, 0))
}

/// The coordinator has told participant 1, and nobody else.
fn told_one(it: &TwoPhaseCommit) -> bool {
    let memory = it.coordinator.memory();
    memory.is_some_and(|memory| matches!(memory.phase, Phase::Committing { told, .. } if told.len() == 1))
}

fn second_has_voted(it: &TwoPhaseCommit) -> bool {
    it.participants.get(1).and_then(|it| it.memory()).is_some_and(|memory| memory.voted)
}
