//! How a run is driven, drawn and told.

use super::machine::{Action, Choreography};
use super::service::{ORDERS, PAYMENT, SERVICES, SHIPPING, STOCK, Status as Order};
use super::{Event, Scenario, stories};
use crate::ProcessId;
use crate::diagram::{Deed, Entry, Lane, Status, Tone};
use crate::faults::{Budget, Fault, Setting};
use crate::protocol::{Cue, Flight, Happening, Protocol, Stroke};
use interleave_kernel::Note;

/// The broker's lane, in the middle.
const BROKER: u8 = 2;

impl Setting for Scenario {
    const FAULTS: &'static [Fault] = &[Fault::Crash, Fault::Duplicate, Fault::Reorder];

    fn budget(&mut self) -> Option<&mut Budget> {
        Some(&mut self.faults)
    }
}

impl Protocol for Choreography {
    type Scenario = Scenario;

    fn begin(scenario: &Scenario) -> Result<Self, String> {
        Self::new(scenario)
    }

    fn story(preset: &str) -> &'static [Cue<Self>] {
        stories::story(preset)
    }

    fn opening(&self) -> Note {
        Note::new(
            "**A customer is about to order.** Four services hear of each other's events, and nobody is in charge.",
        )
    }

    fn closing(&self) -> Note {
        let end = match self.status() {
            _ if self.dead > 0 => "an event waits for a person",
            Order::Completed => "the order is completed",
            Order::Cancelled => "the order is cancelled",
            _ => "the order service does not know how the order ended",
        };
        Note::new(format!("**Nothing is left to happen:** {end}."))
    }

    fn lanes(&self) -> Vec<Lane> {
        let mut lanes: Vec<_> = SERVICES.map(|id| self.service_lane(id)).into();
        lanes.insert(BROKER.into(), self.broker_lane());
        lanes
    }

    fn lane_of(&self, process: ProcessId) -> u8 {
        process.0 + u8::from(process.0 >= BROKER)
    }

    /// The broker hands over at once, and nothing is ever on its way.
    fn flights(&self) -> Vec<Flight> {
        Vec::new()
    }

    fn happening(&self, action: &Action) -> Happening {
        let memory = |id: ProcessId| self.services[usize::from(id.0)].memory();
        let words = |id: ProcessId, what: &str, event: Option<Event>| {
            Happening::act(id, event.map_or(what.into(), |event| format!("{what} “{event}”")))
        };
        match *action {
            Action::Place => Happening::act(ORDERS, "a customer orders"),
            Action::Publish(id) => words(id, "publish", self.to_publish(id)),
            Action::Receive(id) => words(id, "receive", self.first(id)),
            Action::Handle(id) => words(id, "handle", memory(id).and_then(|it| it.received)),
            Action::Refuse(id) => words(id, "refuse", memory(id).and_then(|it| it.received)),
            Action::Acknowledge(id) => words(id, "acknowledge", self.first(id)),
            Action::Duplicate(id) => Happening::befalls(id, Deed::Duplicate),
            Action::Overtake(id) => Happening::befalls(id, Deed::Overtake),
            Action::Crash(id) => Happening::befalls(id, Deed::Crash),
            Action::Restart(id) => Happening::befalls(id, Deed::Restart),
        }
    }

    fn strokes(&self, action: &Action) -> Vec<Stroke> {
        let (id, event, lost) = match *action {
            Action::Publish(id) => (id, self.to_publish(id), false),
            Action::Receive(id) => (id, self.first(id), false),
            Action::Acknowledge(id) => (id, self.first(id), false),
            Action::Duplicate(id) => (id, self.first(id), true),
            _ => return Vec::new(),
        };
        let Some(event) = event else { return Vec::new() };
        let lane = self.lane_of(id);
        let (from, to, words) = match action {
            Action::Receive(_) => (BROKER, lane, event.to_string()),
            Action::Publish(_) => (lane, BROKER, event.to_string()),
            _ => (lane, BROKER, "acknowledged".into()),
        };
        vec![Stroke { from, to, words, lost }]
    }

    /// Some part of the order is done, and the rest is neither done nor undone.
    fn disagrees(&self) -> bool {
        let begun = self.services.iter().any(|service| service.durable.times != 0);
        begun && !self.status().is_end()
    }
}

impl Choreography {
    fn first(&self, id: ProcessId) -> Option<Event> {
        self.queues[usize::from(id.0)].first().map(|delivery| delivery.event)
    }

    fn to_publish(&self, id: ProcessId) -> Option<Event> {
        let service = &self.services[usize::from(id.0)];
        service.durable.outbox.first().or(service.memory().and_then(|memory| memory.unsent.first())).copied()
    }

    fn service_lane(&self, id: ProcessId) -> Lane {
        let service = &self.services[usize::from(id.0)];
        let disk = &service.durable;
        let mut rows = Vec::new();
        match id {
            ORDERS => rows.extend(order(disk.status)),
            STOCK => rows.push(Entry::plain(format!("on the shelf: {}", disk.available))),
            _ => {}
        }
        let done = match (id, disk.times) {
            (ORDERS, _) | (_, 0) => None,
            (_, times) if times < 0 => Some(Entry::toned("undone, and never done", Tone::Bad)),
            (STOCK, times) => Some(Entry::toned(count("reserved", times), Tone::Good)),
            (PAYMENT, times) => Some(Entry::toned(count("charged", times), Tone::Good)),
            (_, times) => Some(Entry::toned(count("shipped", times), Tone::Good)),
        };
        rows.extend(done);
        rows.extend(disk.outbox.iter().map(|event| Entry::plain(format!("outbox: {event}"))));
        let memory = service.memory();
        let mut thoughts = Vec::new();
        if let Some(memory) = memory {
            thoughts.extend(memory.received.map(|event| Entry::plain(format!("has received “{event}”"))));
            thoughts.extend(memory.handled.then(|| Entry::plain("to acknowledge")));
            thoughts.extend(memory.unsent.iter().map(|event| Entry::plain(format!("to publish “{event}”"))));
        }
        let name = match id {
            ORDERS => "Orders",
            STOCK => "Stock",
            PAYMENT => "Payment",
            SHIPPING => "Shipping",
            _ => "Service",
        };
        Lane {
            name: name.into(),
            status: Status::of(memory.is_some(), false),
            log: disk.inbox.iter().map(|event| Entry::plain(format!("inbox: {event}"))).collect(),
            rows,
            memory: thoughts,
            ..Lane::default()
        }
    }

    fn broker_lane(&self) -> Lane {
        let waiting = SERVICES.into_iter().flat_map(|id| {
            let to = self.service_name(id);
            self.queues[usize::from(id.0)].iter().map(move |it| Entry::plain(format!("for {to}: {}", it.event)))
        });
        let mut rows: Vec<_> = waiting.collect();
        if self.dead > 0 {
            rows.push(Entry::toned(count("dead letter", self.dead as i8), Tone::Locked));
        }
        Lane { name: "Broker".into(), rows, ..Lane::default() }
    }

    fn service_name(&self, id: ProcessId) -> &'static str {
        match id {
            ORDERS => "orders",
            STOCK => "stock",
            PAYMENT => "payment",
            _ => "shipping",
        }
    }
}

fn count(what: &str, times: i8) -> String {
    if times == 1 { what.into() } else { format!("{what} × {times}") }
}

fn order(status: Order) -> Option<Entry> {
    Some(match status {
        Order::None => return None,
        Order::Placed => Entry::plain("order: placed"),
        Order::Reserved => Entry::plain("order: reserved"),
        Order::Charged => Entry::plain("order: charged"),
        Order::Completed => Entry::toned("order: completed", Tone::Good),
        Order::Cancelled => Entry::toned("order: cancelled", Tone::Bad),
    })
}
