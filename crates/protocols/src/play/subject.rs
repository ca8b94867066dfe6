//! Which protocol it is, and how anything is done with it whichever it is.

use super::Subject;
use crate::faults::Setting;
use crate::outbox::Outbox;
use crate::protocol::Protocol;
use crate::saga::Saga;
use crate::saga::choreography::Choreography;
use crate::two_phase_commit::gray_lamport::TwoPhase;
use crate::two_phase_commit::{Storage, TwoPhaseCommit};
use crate::{Budget, Fault};

/// Something that is done with a protocol.
pub trait Task {
    type Output;

    fn with<M: Protocol>(self, scenario: &M::Scenario) -> Self::Output;
}

impl Subject {
    /// Does a task with it.
    pub fn with<T: Task>(&self, task: T) -> T::Output {
        match self {
            Subject::TwoPhaseCommit(scenario) => task.with::<TwoPhaseCommit>(scenario),
            Subject::GrayLamport(scenario) => task.with::<TwoPhase>(scenario),
            Subject::Saga(scenario) => task.with::<Saga>(scenario),
            Subject::ChoreographedSaga(scenario) => task.with::<Choreography>(scenario),
            Subject::Outbox(scenario) => task.with::<Outbox>(scenario),
        }
    }

    /// What may go wrong, and how often. `None` where nothing can.
    pub fn budget_mut(&mut self) -> Option<&mut Budget> {
        match self {
            Subject::TwoPhaseCommit(scenario) => scenario.budget(),
            Subject::GrayLamport(scenario) => scenario.budget(),
            Subject::Saga(scenario) => scenario.budget(),
            Subject::ChoreographedSaga(scenario) => scenario.budget(),
            Subject::Outbox(scenario) => scenario.budget(),
        }
    }

    /// What may go wrong, and how often. Nothing, where nothing can.
    pub fn budget(&self) -> Budget {
        self.clone().budget_mut().copied().unwrap_or_default()
    }

    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Subject::TwoPhaseCommit(scenario) => scenario.check(),
            Subject::GrayLamport(scenario) => scenario.check(),
            Subject::Saga(scenario) => scenario.check(),
            Subject::ChoreographedSaga(scenario) => scenario.check(),
            Subject::Outbox(scenario) => scenario.check(),
        }
    }

    /// Whether rows are kept in PostgreSQL: a recording of it is complete when the store has
    /// [answered](crate::two_phase_commit::storage).
    pub fn asks_postgres(&self) -> bool {
        matches!(self, Subject::TwoPhaseCommit(scenario) if scenario.storage == Storage::Postgres)
    }

    /// What may go wrong at all.
    pub fn faults(&self) -> &'static [Fault] {
        fn of<S: Setting>(_: &S) -> &'static [Fault] {
            S::FAULTS
        }
        match self {
            Subject::TwoPhaseCommit(scenario) => of(scenario),
            Subject::GrayLamport(scenario) => of(scenario),
            Subject::Saga(scenario) => of(scenario),
            Subject::ChoreographedSaga(scenario) => of(scenario),
            Subject::Outbox(scenario) => of(scenario),
        }
    }
}
