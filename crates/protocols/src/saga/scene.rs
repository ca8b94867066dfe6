//! What a stage shows of a run: each process with its log, its memory and its rows, and what is on its way.

use super::machine::{Message, Saga, SagaName};
use super::orchestrator::{End, Orchestrator, OrchestratorMemory};
use super::service::Service;
use crate::{Network, Process};
use interleave_kernel::{Mark, Note, Scene, Staged};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SagaScene {
    pub orchestrator: Orchestrator,
    /// In the order of the steps.
    pub services: Vec<Service>,
    pub network: Network<Message>,
    /// Sagas that a customer has ordered, a bit each.
    pub ordered: u8,
}

/// An orchestrator without services.
impl Default for SagaScene {
    fn default() -> Self {
        Self {
            orchestrator: Process::new(SmallVec::new(), OrchestratorMemory::new(0)),
            services: Vec::new(),
            network: Network::default(),
            ordered: 0,
        }
    }
}

/// What differs from the frame before: a step changes one process and the network at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Orchestrator(Orchestrator),
    /// Which one, from 0. One past the last one is new.
    Service(u8, Service),
    Network(Network<Message>),
    /// A saga is ordered.
    Ordered(u8),
}

impl Scene for SagaScene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Orchestrator(orchestrator) => self.orchestrator = orchestrator.clone(),
            Change::Service(at, service) => match self.services.get_mut(usize::from(*at)) {
                Some(place) => *place = service.clone(),
                None => self.services.push(service.clone()),
            },
            Change::Network(network) => self.network = network.clone(),
            Change::Ordered(saga) => self.ordered |= 1_u8.checked_shl(u32::from(*saga)).unwrap_or(0),
        }
    }
}

impl Staged for Saga {
    type Scene = SagaScene;

    fn changes(&self, shown: &SagaScene) -> Vec<Change> {
        let mut changes = Vec::new();
        if shown.orchestrator != self.orchestrator {
            changes.push(Change::Orchestrator(self.orchestrator.clone()));
        }
        for (at, service) in (0..).zip(&self.services) {
            if shown.services.get(usize::from(at)) != Some(service) {
                changes.push(Change::Service(at, service.clone()));
            }
        }
        if shown.network != self.network {
            changes.push(Change::Network(self.network.clone()));
        }
        let new = |saga: &u8| self.is_ordered(*saga) && shown.ordered & 1 << saga == 0;
        changes.extend(self.sagas().filter(new).map(Change::Ordered));
        changes
    }

    fn opening(&self) -> Note {
        let steps: Vec<_> = self.scenario.steps.iter().map(|step| format!("“{}”", step.name())).collect();
        let customers = match self.scenario.sagas {
            1 => "A customer is".into(),
            many => format!("{many} customers are"),
        };
        Note::new(format!(
            "**{customers} about to order.** An order takes {}, each at a service of its own.",
            steps.join(", ")
        ))
    }

    fn mark(&self) -> Mark {
        Mark::Step
    }

    fn closing(&mut self) -> Option<Note> {
        let end = |saga: u8| match self.end(saga) {
            Some(End::Completed) => "is completed",
            Some(End::Compensated) => "is compensated",
            Some(End::Manual) => "is in a person's hands",
            None if self.is_ordered(saga) && self.is_settled() => "never began",
            None => "has not ended",
        };
        let ends: Vec<_> = self.sagas().map(|saga| format!("{} {}", SagaName(saga), end(saga))).collect();
        Some(Note::new(format!("**Nothing is left to happen:** {}.", ends.join(", "))))
    }
}
