//! What must hold, and how a search and a driver see the machine.

use super::Vote;
use super::coordinator::Phase;
use super::machine::{Action, TwoPhaseCommit, name};
use super::participant::{Row, Stage, TRANSFER, WITHDRAWN};
use crate::ProcessId;
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};

/// All reach the same decision. (Bernstein, Hadzilacos, Goodman, section 7.3, AC1)
pub const ATOMIC: &str = "no participant commits while another aborts";
/// Commit needs that all have voted yes. (AC3)
pub const PREPARED: &str = "nothing commits before all have prepared";
/// What the transfer is for.
pub const MONEY: &str = "no money is lost or made";
/// Whoever may yet commit lets nobody change its rows.
pub const LOCKED: &str = "a participant in doubt holds its locks";
/// If failures are repaired, all reach a decision. (AC5)
pub const LEARNS: &str = "every participant learns the outcome";
/// Though the coordinator never returns: unless all are in doubt, those who know tell those who do not.
pub const LEARNABLE: &str = "every participant learns what another one knows";
/// The coordinator need not remember forever.
pub const COORDINATOR_ENDS: &str = "the coordinator can forget";

impl TwoPhaseCommit {
    /// How far each participant is.
    pub fn stages(&self) -> impl Iterator<Item = Stage> + '_ {
        self.participants.iter().map(|participant| participant.durable.stage())
    }

    fn every(&self, stage: Stage) -> bool {
        self.stages().all(|it| it == stage)
    }

    fn some(&self, stage: Stage) -> Option<ProcessId> {
        self.stages().position(|it| it == stage).map(|at| ProcessId(at as u8 + 1))
    }

    /// Whether every participant has ended the transaction.
    pub fn is_settled(&self) -> bool {
        self.stages().all(|stage| matches!(stage, Stage::Committed | Stage::Aborted))
    }

    /// The coordinator is down and stays so.
    fn is_orphaned(&self) -> bool {
        !self.coordinator.is_up() && !self.scenario.coordinator_returns
    }

    fn has_forgotten(&self) -> bool {
        self.coordinator.memory().is_some_and(|memory| memory.phase == Phase::Forgotten)
    }

    /// How much too much there is on the accounts.
    fn surplus(&self) -> i32 {
        let balances = self.participants.iter().filter_map(|it| it.durable.database.read(&Row)).sum::<i32>();
        let withdrawn = if self.withdrawn { WITHDRAWN } else { 0 };
        balances + withdrawn - 100 * self.participants.len() as i32
    }
}

impl Machine for TwoPhaseCommit {
    type Action = Action;

    fn actions(&self) -> Vec<Action> {
        self.offered()
    }

    fn step(&mut self, &action: &Action) -> Note {
        self.happen(action)
    }

    fn advance(&mut self, &action: &Action) {
        self.happen(action)
    }

    fn violations(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut broken =
            |rule: &str, note: String| violations.push(Violation { rule: rule.into(), note: Note::new(note) });
        if let Some(committed) = self.some(Stage::Committed) {
            if let Some(aborted) = self.some(Stage::Aborted) {
                broken(ATOMIC, format!("Here {} has committed and {} has aborted.", name(committed), name(aborted)));
            }
            if let Some(working) = self.some(Stage::Working) {
                broken(
                    PREPARED,
                    format!("Here {} has committed and {} has not even prepared.", name(committed), name(working)),
                );
            }
        }
        if self.is_settled() && self.surplus() != 0 {
            let (much, what) = (self.surplus().abs(), if self.surplus() > 0 { "too much" } else { "missing" });
            broken(MONEY, format!("All is settled, and {much} are {what}."));
        }
        let unlocked = self
            .participants
            .iter()
            .position(|it| it.durable.stage() == Stage::InDoubt && it.durable.database.owner(&Row) != Some(TRANSFER));
        if let Some(at) = unlocked {
            broken(
                LOCKED,
                format!("Here {} is in doubt, and others may change its row.", name(ProcessId(at as u8 + 1))),
            );
        }
        violations
    }
}

impl Explorable for TwoPhaseCommit {
    fn rules(&self) -> Vec<Rule<Self>> {
        let votes: Vec<_> = (0..self.participants.len()).map(|at| self.scenario.vote(at)).collect();
        let mut rules = vec![Rule::always(ATOMIC), Rule::always(PREPARED), Rule::always(MONEY), Rule::always(LOCKED)];
        if !votes.contains(&Vote::No) {
            rules.push(Rule::sometimes("all can commit", |it: &Self| it.every(Stage::Committed)));
        }
        if votes.iter().any(|&vote| vote != Vote::Yes) {
            rules.push(Rule::sometimes("all can abort", |it: &Self| it.every(Stage::Aborted)));
        }
        rules.push(Rule::eventually(LEARNS, Self::is_settled));
        if self.scenario.coordinator_returns {
            rules.push(Rule::eventually(COORDINATOR_ENDS, Self::has_forgotten));
        } else {
            rules.push(Rule::eventually(LEARNABLE, |it: &Self| {
                it.is_settled() || it.is_orphaned() && it.every(Stage::InDoubt)
            }));
        }
        rules
    }

    fn may_end(&self) -> bool {
        let served = self.withdrawn || !self.scenario.local_client;
        self.is_settled() && served && (self.has_forgotten() || self.is_orphaned())
    }

    fn fair(&self, action: &Action) -> bool {
        action.fault().is_none()
    }
}
