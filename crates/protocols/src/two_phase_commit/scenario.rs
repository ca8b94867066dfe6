//! Everything a learner can set.

use crate::Budget;
use serde::{Deserialize, Serialize};

/// The most participants: with four, a search within a crash and a loss already meets millions of states.
pub const MOST: u8 = 4;

/// A run of two-phase commit.
///
/// Participant 1 pays ten to each of the others; each keeps its own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// One to [`MOST`].
    pub participants: u8,
    /// How they vote, in order. Those that are not named vote yes.
    pub votes: Vec<Vote>,
    /// What may go wrong, and how often.
    pub faults: Budget,
    /// Which precautions are taken.
    pub safeguards: Safeguards,
    /// A participant in doubt also asks the other participants (*cooperative termination*).
    pub cooperative: bool,
    /// Whether a coordinator that has crashed starts again. Participants always do.
    pub coordinator_returns: bool,
    /// A client at participant 1 withdraws five from its account as soon as the row is not locked.
    pub local_client: bool,
    /// Where participants keep their rows. The protocol is the same, and so is every order of it.
    #[serde(skip_serializing_if = "Storage::is_model")]
    pub storage: Storage,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            participants: 2,
            votes: Vec::new(),
            faults: Budget::default(),
            safeguards: Safeguards::default(),
            cooperative: false,
            coordinator_returns: true,
            local_client: false,
            storage: Storage::Model,
        }
    }
}

/// Where participants keep their rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Storage {
    /// In the model's own [`Database`](crate::Database).
    #[default]
    Model,
    /// In PostgreSQL, which each of them asks in SQL. See [`storage`](super::storage).
    Postgres,
}

impl Storage {
    fn is_model(&self) -> bool {
        *self == Storage::Model
    }
}

/// What a participant answers when it is asked whether it can commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vote {
    #[default]
    Yes,
    No,
    /// One or the other: a search tries both.
    Either,
}

/// What the protocol does so that nothing goes wrong. All of it, unless it is switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Safeguards {
    /// The coordinator commits by writing so to its log, before it tells anybody.
    pub coordinator_log: bool,
    /// The coordinator commits only when all have voted yes.
    pub wait_for_all_votes: bool,
    /// The coordinator remembers a commit until all have acknowledged it.
    pub remember_until_acknowledged: bool,
    /// The coordinator tells a commit again to those that have not acknowledged it.
    pub repeat_decision: bool,
    /// A participant writes its changes and "prepared" to its log before it votes yes.
    pub log_before_vote: bool,
    /// A participant acknowledges a commit only once it is in its log.
    pub log_before_acknowledge: bool,
    /// A participant in doubt asks the coordinator.
    pub inquire: bool,
    /// A participant in doubt waits, and does not end the transaction of its own accord.
    pub wait_in_doubt: bool,
    /// A participant in doubt keeps its locks.
    pub keep_locks: bool,
}

impl Default for Safeguards {
    fn default() -> Self {
        Self {
            coordinator_log: true,
            wait_for_all_votes: true,
            remember_until_acknowledged: true,
            repeat_decision: true,
            log_before_vote: true,
            log_before_acknowledge: true,
            inquire: true,
            wait_in_doubt: true,
            keep_locks: true,
        }
    }
}

impl Scenario {
    /// The coordinator of many articles: it decides in memory and keeps no log.
    pub fn naive() -> Self {
        Self { safeguards: Safeguards { coordinator_log: false, ..Safeguards::default() }, ..Self::default() }
    }

    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=MOST).contains(&self.participants) {
            return Err(format!("the protocol takes 1 to {MOST} participants, not {}", self.participants));
        }
        if self.votes.len() > usize::from(self.participants) {
            let (votes, participants) = (self.votes.len(), self.participants);
            return Err(format!("there are {votes} votes and only {participants} participants"));
        }
        if self.storage == Storage::Postgres && !self.safeguards.keep_locks {
            return Err("PostgreSQL keeps the locks of a transaction that has prepared, and a participant cannot let go of them".into());
        }
        match crate::Fault::ALL.into_iter().find(|&fault| self.faults.left(fault) > Budget::MOST) {
            Some(fault) => Err(format!("{} takes a number from 0 to {}", fault.name(), Budget::MOST)),
            None => Ok(()),
        }
    }

    /// How a participant votes, by number from 0.
    pub fn vote(&self, participant: usize) -> Vote {
        self.votes.get(participant).copied().unwrap_or_default()
    }

    /// What the transfer does to the account of a participant, by number from 0.
    pub fn change(&self, participant: usize) -> i32 {
        if participant == 0 { -10 * (i32::from(self.participants) - 1) } else { 10 }
    }
}
