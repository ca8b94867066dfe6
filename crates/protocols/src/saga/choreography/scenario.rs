//! Everything a learner can set.

use super::Kind;
use crate::saga::Answer;
use crate::{Budget, Fault};
use serde::{Deserialize, Serialize};

/// How often an order may go round before it is cancelled, if that is limited.
pub const ROUNDS: u8 = 2;
/// How often an event is tried before it goes to the dead letters, if there are any.
pub const TRIES: u8 = 2;

/// One order for one item: the stock reserves it, the card is charged, the parcel is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    pub answers: Answers,
    /// What nobody can handle: whoever consumes such an event fails.
    pub poison: Option<Kind>,
    /// Whoever could not pay is put on a waiting list and gets the item reserved again when it is back: events lead in a circle.
    pub waiting_list: bool,
    /// Crashes, duplicates, events that overtake: how often. A broker that delivers at least once loses nothing.
    pub faults: Budget,
    /// Which precautions are taken.
    pub safeguards: Safeguards,
}

/// What services answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    pub stock: Answer,
    pub payment: Answer,
    pub shipping: Answer,
}

/// What services and the broker do so that nothing goes wrong. All of it, unless it is switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Safeguards {
    /// A service remembers which events it has handled, and handles none twice (*idempotent consumer*).
    pub inbox: bool,
    /// What a service is to publish is written in the same transaction as what it has done (*transactional outbox*).
    pub outbox: bool,
    /// A service acknowledges an event once it has handled it, not when it arrives.
    pub acknowledge_after: bool,
    /// What fails too often is put aside for a person, and does not stand in the way.
    pub dead_letters: bool,
    /// An order that has gone round too often is cancelled.
    pub round_limit: bool,
    /// The state of an order never goes back: what arrives late is no news.
    pub forward_only: bool,
}

impl Default for Safeguards {
    fn default() -> Self {
        Self {
            inbox: true,
            outbox: true,
            acknowledge_after: true,
            dead_letters: true,
            round_limit: true,
            forward_only: true,
        }
    }
}

impl Scenario {
    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        for fault in Fault::ALL {
            let left = self.faults.left(fault);
            match fault {
                Fault::Crash | Fault::Duplicate | Fault::Reorder if left > Budget::MOST => {
                    return Err(format!("{} takes a number from 0 to {}", fault.name(), Budget::MOST));
                }
                Fault::Crash | Fault::Duplicate | Fault::Reorder => {}
                _ if left > 0 => {
                    let name = fault.name();
                    return Err(format!("a broker has crash, duplicate and reorder around it, and no {name}"));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
