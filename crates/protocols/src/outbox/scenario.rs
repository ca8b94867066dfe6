//! Everything a learner can set.

use super::Event;
use crate::Budget;
use serde::{Deserialize, Serialize};

/// The most events: with three of two orders at the same time, a search within a crash, a loss and a duplicate already meets a million states.
pub const MOST: u8 = 4;

/// Orders that change, and a broker that ought to hear of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    pub variant: Variant,
    /// How many requests come, each of which changes one order and makes one event. One to [`MOST`].
    pub events: u8,
    /// How many orders they change, in turn: with two, events 1 and 3 are of order A. An order is the key of its events. One to the number of
    /// events.
    pub keys: u8,
    /// Requests that the database refuses at commit, by the number of their event, from 1.
    pub refused: Vec<u8>,
    /// The service works on requests for different orders at the same time, two at most.
    pub concurrent: bool,
    /// What may go wrong, and how often. The broker does not crash: it stands for a cluster of them.
    pub faults: Budget,
    /// Which precautions are taken.
    pub safeguards: Safeguards,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            variant: Variant::PollingRelay,
            events: 2,
            keys: 1,
            refused: Vec::new(),
            concurrent: false,
            faults: Budget::default(),
            safeguards: Safeguards::default(),
        }
    }
}

/// How an event gets from the service to the broker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// Dual write: the service commits to its database, then publishes to the broker.
    DatabaseFirst,
    /// Dual write: the service publishes to the broker, then commits to its database.
    BrokerFirst,
    /// Transactional outbox: a relay asks the outbox table for what is not published.
    #[default]
    PollingRelay,
    /// Transactional outbox: a relay reads the database's log, in the order of the commits (*change data capture*).
    LogTailingRelay,
}

impl Variant {
    /// Whether events go through an outbox table, so that there is a relay.
    pub fn has_relay(self) -> bool {
        matches!(self, Variant::PollingRelay | Variant::LogTailingRelay)
    }
}

/// What is done so that nothing goes wrong. All of it, unless it is switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Safeguards {
    /// The row of the outbox is written in the transaction that changes the order.
    pub outbox_in_transaction: bool,
    /// The relay marks an event as published (or saves its position in the log) only once the broker has acknowledged it.
    pub mark_after_publish: bool,
    /// Whoever publishes does so again when no acknowledgement comes.
    pub repeat_publish: bool,
    /// Whoever publishes waits for the acknowledgement before it publishes the next event.
    pub one_in_flight: bool,
    /// The polling relay asks for rows without a mark, and not for those with numbers higher than the last one it has published.
    pub poll_unmarked: bool,
    /// The broker delivers again what is not acknowledged.
    pub redeliver: bool,
    /// The broker keeps the events of one order in one partition and delivers them one after the other.
    pub partition_by_key: bool,
    /// The consumer keeps an inbox: the numbers of events that it has applied.
    pub inbox: bool,
    /// The row of the inbox is written in the transaction that applies the event.
    pub inbox_in_transaction: bool,
    /// The consumer acknowledges an event only once it is applied.
    pub acknowledge_after_apply: bool,
}

impl Default for Safeguards {
    fn default() -> Self {
        Self {
            outbox_in_transaction: true,
            mark_after_publish: true,
            repeat_publish: true,
            one_in_flight: true,
            poll_unmarked: true,
            redeliver: true,
            partition_by_key: true,
            inbox: true,
            inbox_in_transaction: true,
            acknowledge_after_apply: true,
        }
    }
}

impl Scenario {
    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=MOST).contains(&self.events) {
            return Err(format!("the outbox takes 1 to {MOST} events, not {}", self.events));
        }
        if !(1..=self.events).contains(&self.keys) {
            let (events, keys) = (self.events, self.keys);
            return Err(format!("{events} events have 1 to {events} keys, not {keys}"));
        }
        if let Some(refused) = self.refused.iter().find(|refused| !(1..=self.events).contains(refused)) {
            return Err(format!("event {refused} cannot be refused: there are events 1 to {}", self.events));
        }
        match crate::Fault::ALL.into_iter().find(|&fault| self.faults.left(fault) > Budget::MOST) {
            Some(fault) => Err(format!("{} takes a number from 0 to {}", fault.name(), Budget::MOST)),
            None => Ok(()),
        }
    }

    /// Which order an event changes, from 0: its key.
    pub fn key(&self, event: Event) -> u8 {
        (event.0 - 1) % self.keys
    }

    /// Whether the database refuses the request that makes this event.
    pub fn refuses(&self, event: Event) -> bool {
        self.refused.contains(&event.0)
    }
}
