//! What a stage shows of a run: each process with its rows and its memory, and what is on its way.

use super::Variant;
use super::broker::Broker;
use super::consumer::{Consumer, ConsumerDisk, ConsumerMemory};
use super::machine::{Message, Outbox};
use super::relay::Relay;
use super::rules::{EVENT_MISSING, ORDER_MISSING};
use super::service::{Service, ServiceDisk, ServiceMemory};
use crate::{Network, Process};
use interleave_kernel::{Machine, Mark, Note, Scene, Staged};
use serde::{Deserialize, Serialize};

/// One frame: a lane for each process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxScene {
    pub service: Service,
    /// `None` where there is no outbox.
    pub relay: Option<Relay>,
    pub broker: Broker,
    pub consumer: Consumer,
    pub network: Network<Message>,
}

/// Nobody is at anything, and there is no relay.
impl Default for OutboxScene {
    fn default() -> Self {
        Self {
            service: Process::new(ServiceDisk::new(), ServiceMemory::default()),
            relay: None,
            broker: Broker::default(),
            consumer: Process::new(ConsumerDisk::default(), ConsumerMemory::default()),
            network: Network::default(),
        }
    }
}

/// What differs from the frame before: a step changes two processes and the network at most, except that time passes for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Service(Service),
    Relay(Relay),
    Broker(Broker),
    Consumer(Consumer),
    Network(Network<Message>),
}

impl Scene for OutboxScene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Service(service) => self.service = service.clone(),
            Change::Relay(relay) => self.relay = Some(relay.clone()),
            Change::Broker(broker) => self.broker = broker.clone(),
            Change::Consumer(consumer) => self.consumer = consumer.clone(),
            Change::Network(network) => self.network = network.clone(),
        }
    }
}

impl Staged for Outbox {
    type Scene = OutboxScene;

    fn changes(&self, shown: &OutboxScene) -> Vec<Change> {
        let mut changes = Vec::new();
        if shown.service != self.service {
            changes.push(Change::Service(self.service.clone()));
        }
        if self.scenario.variant.has_relay() && shown.relay.as_ref() != Some(&self.relay) {
            changes.push(Change::Relay(self.relay.clone()));
        }
        if shown.broker != self.broker {
            changes.push(Change::Broker(self.broker.clone()));
        }
        if shown.consumer != self.consumer {
            changes.push(Change::Consumer(self.consumer.clone()));
        }
        if shown.network != self.network {
            changes.push(Change::Network(self.network.clone()));
        }
        changes
    }

    fn opening(&self) -> Note {
        let how = match self.scenario.variant {
            Variant::DatabaseFirst => "The service commits to its database, and then tells the broker.",
            Variant::BrokerFirst => "The service tells the broker, and then commits to its database.",
            Variant::PollingRelay => "The service writes each event into an outbox, where a relay looks for it.",
            Variant::LogTailingRelay => {
                "The service writes each event into an outbox; a relay reads the database's log."
            }
        };
        Note::new(match self.scenario.events {
            1 => format!("**An order is about to change,** and a consumer ought to hear of it. {how}"),
            many => format!("**Orders are about to change {many} times,** and a consumer ought to hear of each. {how}"),
        })
    }

    fn mark(&self) -> Mark {
        Mark::Step
    }

    fn closing(&mut self) -> Option<Note> {
        let settled = [EVENT_MISSING, ORDER_MISSING];
        let wrong = self.violations().into_iter().find(|violation| settled.contains(&violation.rule.as_str()));
        let (committed, applied) = (self.committed().len(), self.consumer.durable.applied.len());
        Some(wrong.map_or_else(
            || Note::new(format!("**Nothing is left to happen:** {committed} committed, {applied} applied.")),
            |violation| Note::new(format!("**Nothing is left to happen.** {}", violation.note.plain())),
        ))
    }
}
