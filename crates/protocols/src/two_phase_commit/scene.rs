//! What a stage shows of a run: each process with its log, its memory and its rows, and what is on its way.

use super::coordinator::{Coordinator, CoordinatorMemory};
use super::machine::{Message, TwoPhaseCommit};
use super::participant::Participant;
use crate::{Network, Process};
use interleave_kernel::{Mark, Note, Scene, Staged};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoPhaseScene {
    pub coordinator: Coordinator,
    /// From participant 1 on.
    pub participants: Vec<Participant>,
    pub network: Network<Message>,
    /// The client has withdrawn.
    pub withdrawn: bool,
}

/// A coordinator that has asked nobody, and nobody to ask.
impl Default for TwoPhaseScene {
    fn default() -> Self {
        Self {
            coordinator: Process::new(SmallVec::new(), CoordinatorMemory::new()),
            participants: Vec::new(),
            network: Network::default(),
            withdrawn: false,
        }
    }
}

/// What differs from the frame before: a step changes one process and the network at most, except that time passes for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Coordinator(Coordinator),
    /// Which one, from 0. One past the last one is new.
    Participant(u8, Participant),
    Network(Network<Message>),
    Withdrawn,
}

impl Scene for TwoPhaseScene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Coordinator(coordinator) => self.coordinator = coordinator.clone(),
            Change::Participant(at, participant) => match self.participants.get_mut(usize::from(*at)) {
                Some(place) => *place = participant.clone(),
                None => self.participants.push(participant.clone()),
            },
            Change::Network(network) => self.network = network.clone(),
            Change::Withdrawn => self.withdrawn = true,
        }
    }
}

impl Staged for TwoPhaseCommit {
    type Scene = TwoPhaseScene;

    fn changes(&self, shown: &TwoPhaseScene) -> Vec<Change> {
        let mut changes = Vec::new();
        if shown.coordinator != self.coordinator {
            changes.push(Change::Coordinator(self.coordinator.clone()));
        }
        for (at, participant) in (0..).zip(&self.participants) {
            if shown.participants.get(usize::from(at)) != Some(participant) {
                changes.push(Change::Participant(at, participant.clone()));
            }
        }
        if shown.network != self.network {
            changes.push(Change::Network(self.network.clone()));
        }
        changes.extend((self.withdrawn && !shown.withdrawn).then_some(Change::Withdrawn));
        changes
    }

    fn opening(&self) -> Note {
        Note::new(match self.participants.len() {
            1 => "**A transaction is about to commit.** Its one participant has changed and locked its row.".into(),
            many => format!(
                "**A transaction is about to commit.** Participant 1 pays 10 to each of the others; all {many} have changed and locked \
                 their rows."
            ),
        })
    }

    fn mark(&self) -> Mark {
        Mark::Step
    }

    fn closing(&mut self) -> Option<Note> {
        let ends: Vec<_> =
            (1..).zip(self.stages()).map(|(number, stage)| format!("participant {number} {}", stage.words())).collect();
        Some(Note::new(format!("**Nothing is left to happen:** {}.", ends.join(", "))))
    }
}
