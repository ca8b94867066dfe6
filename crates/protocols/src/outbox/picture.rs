//! How a run is driven, drawn and told.

use super::consumer::Handling;
use super::machine::{Action, BROKER, CONSUMER, Outbox, RELAY, SERVICE, order};
use super::rules::{EVENT_MISSING, ORDER_MISSING};
use super::service::{Row, Stage, Value};
use super::{Events, Scenario, Variant, stories};
use crate::diagram::{Deed, Entry, Lane, Status, Tone, Waits};
use crate::faults::{Budget, Setting};
use crate::protocol::{Cue, Flight, Happening, Protocol};
use crate::{ProcessId, Timer};
use interleave_kernel::{Machine, Note};

impl Setting for Scenario {
    fn budget(&mut self) -> Option<&mut Budget> {
        Some(&mut self.faults)
    }
}

impl Protocol for Outbox {
    type Scenario = Scenario;

    fn begin(scenario: &Scenario) -> Result<Self, String> {
        Self::new(scenario)
    }

    fn story(preset: &str) -> &'static [Cue<Self>] {
        stories::story(preset)
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

    fn closing(&self) -> Note {
        let settled = [EVENT_MISSING, ORDER_MISSING];
        let wrong = self.violations().into_iter().find(|violation| settled.contains(&violation.rule.as_str()));
        let (committed, applied) = (self.committed().len(), self.consumer.durable.applied.len());
        wrong.map_or_else(
            || Note::new(format!("**Nothing is left to happen:** {committed} committed, {applied} applied.")),
            |violation| Note::new(format!("**Nothing is left to happen.** {}", violation.note.plain())),
        )
    }

    fn lanes(&self) -> Vec<Lane> {
        let relay = self.scenario.variant.has_relay().then(|| self.relay_lane());
        [self.service_lane()].into_iter().chain(relay).chain([self.broker_lane(), self.consumer_lane()]).collect()
    }

    /// The relay stands between the service and the broker.
    fn lane_of(&self, process: ProcessId) -> u8 {
        let relay = u8::from(self.scenario.variant.has_relay());
        match process {
            BROKER => 1 + relay,
            CONSUMER => 2 + relay,
            RELAY => 1,
            _ => 0,
        }
    }

    fn flights(&self) -> Vec<Flight> {
        self.network.flights()
    }

    fn happening(&self, action: &Action) -> Happening {
        match *action {
            Action::Request(event) => Happening::act(SERVICE, format!("request for {event}")),
            Action::Commit(event) => Happening::act(SERVICE, format!("commit {}", order(self.scenario.key(event)))),
            Action::Announce(event) if self.scenario.variant.has_relay() => {
                Happening::act(SERVICE, format!("{event} → outbox"))
            }
            Action::Announce(event) | Action::Publish(event) => {
                let who = if matches!(action, Action::Publish(_)) { RELAY } else { SERVICE };
                Happening::act(who, format!("publish {event}"))
            }
            Action::Mark(event) => Happening::act(RELAY, format!("mark {event}")),
            Action::Deliver(event) => Happening::act(BROKER, format!("send {event}")),
            Action::Note => Happening::act(CONSUMER, "note in inbox"),
            Action::Apply => Happening::act(CONSUMER, "apply"),
            Action::Acknowledge => Happening::act(CONSUMER, "acknowledge"),
            Action::Network(step) => Happening::network(step),
            Action::Clock => Happening::clock(),
            Action::Timeout(who) => Happening::befalls(who, Deed::Timeout),
            Action::EarlyTimeout(who) => Happening::befalls(who, Deed::EarlyTimeout),
            Action::Crash(who) => Happening::befalls(who, Deed::Crash),
            Action::Restart(who) => Happening::befalls(who, Deed::Restart),
        }
    }

    /// An order is changed of which the consumer does not know, or it knows of one that is not.
    fn disagrees(&self) -> bool {
        self.committed() != self.applied()
    }
}

impl Outbox {
    fn lane(&self, name: &str, process: ProcessId, timer: Option<Timer>) -> Lane {
        Lane {
            name: name.into(),
            status: Status::of(self.is_up(process), self.network.is_isolated(process)),
            waits: Waits::of(timer.unwrap_or_default()),
            ..Lane::default()
        }
    }

    fn service_lane(&self) -> Lane {
        let row = |row: &(Row, Value)| match *row {
            (Row::Order(key), Value::ChangedBy(event)) => {
                Entry::toned(format!("{}: changed ({event})", order(key)), Tone::Good)
            }
            (Row::Order(key), Value::Published(_)) => Entry::plain(order(key)),
            (Row::Outbox(event), Value::Published(true)) => Entry::plain(format!("outbox: {event}, published")),
            (Row::Outbox(event), _) => Entry::toned(format!("outbox: {event}"), Tone::Locked),
        };
        let memory = self.service.memory();
        let request = |request: &super::Request| {
            let stage = match request.stage {
                Stage::Commit => "to commit",
                Stage::Announce if self.scenario.variant.has_relay() => "to write to the outbox",
                Stage::Announce => "to publish",
                Stage::Published => "published, not acknowledged",
            };
            Entry::plain(format!("{}: {stage}", request.event))
        };
        let requests = memory.into_iter().flat_map(|memory| &memory.requests);
        Lane {
            rows: self.service.durable.database.rows().iter().map(row).collect(),
            memory: requests.map(request).collect(),
            ..self.lane("Service", SERVICE, memory.map(|memory| memory.timer))
        }
    }

    fn relay_lane(&self) -> Lane {
        let position = self.relay.durable.position;
        let keeps = position > 0 || self.scenario.variant == Variant::LogTailingRelay;
        let memory = self.relay.memory();
        let thoughts = memory.into_iter().flat_map(|memory| {
            [("marked", memory.claimed), ("published", memory.in_flight), ("acknowledged", memory.acknowledged)]
        });
        Lane {
            rows: keeps.then(|| Entry::plain(format!("position: {position}"))).into_iter().collect(),
            memory: thoughts.filter_map(|(what, events)| listed(what, events)).collect(),
            ..self.lane("Relay", RELAY, memory.map(|memory| memory.timer))
        }
    }

    fn broker_lane(&self) -> Lane {
        let entry = |entry: &super::Entry| match entry.delivered {
            true => Entry::plain(format!("{}, sent", entry.event)),
            false => Entry::toned(entry.event.to_string(), Tone::Locked),
        };
        Lane {
            rows: self.broker.queue.iter().map(entry).collect(),
            ..self.lane("Broker", BROKER, Some(self.broker.timer))
        }
    }

    fn consumer_lane(&self) -> Lane {
        let disk = &self.consumer.durable;
        let applied = disk.applied.iter().map(|event| Entry::toned(format!("{event} applied"), Tone::Good));
        let delivery = |delivery: &super::Delivery| {
            let stage = match delivery.stage {
                Handling::Received => "received",
                Handling::Noted => "noted",
                Handling::Applied => "to acknowledge",
            };
            Entry::plain(format!("{}: {stage}", delivery.event))
        };
        let memory = self.consumer.memory();
        Lane {
            log: listed("inbox:", disk.inbox).into_iter().collect(),
            rows: applied.collect(),
            memory: memory.into_iter().flat_map(|memory| &memory.deliveries).map(delivery).collect(),
            ..self.lane("Consumer", CONSUMER, None)
        }
    }
}

fn listed(what: &str, events: Events) -> Option<Entry> {
    let numbers: Vec<_> = (1..8).filter(|&at| events.contains(super::Event(at))).map(|at: u8| at.to_string()).collect();
    (!numbers.is_empty()).then(|| Entry::plain(format!("{what} event {}", numbers.join(", "))))
}
