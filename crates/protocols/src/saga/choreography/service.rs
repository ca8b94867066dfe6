//! A service: hears of an event, does its part in a local transaction, publishes what came of it.

use super::machine::Choreography;
use super::{ROUNDS, TRIES};
use crate::saga::Answer;
use crate::{Process, ProcessId};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::fmt;

/// A service.
pub type Service = Process<Disk, Memory>;

pub(super) const ORDERS: ProcessId = ProcessId(0);
pub(super) const STOCK: ProcessId = ProcessId(1);
pub(super) const PAYMENT: ProcessId = ProcessId(2);
pub(super) const SHIPPING: ProcessId = ProcessId(3);
pub(super) const SERVICES: [ProcessId; 4] = [ORDERS, STOCK, PAYMENT, SHIPPING];

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    OrderPlaced,
    StockReserved,
    StockRefused,
    CardCharged,
    CardRefused,
    Shipped,
    ShipmentRefused,
    CardRefunded,
    StockReleased,
}

impl Kind {
    /// Who is told, in order.
    pub fn consumers(self) -> &'static [ProcessId] {
        match self {
            Kind::OrderPlaced => &[STOCK],
            Kind::StockReserved => &[ORDERS, PAYMENT],
            Kind::StockRefused | Kind::StockReleased | Kind::Shipped => &[ORDERS],
            Kind::CardCharged => &[ORDERS, SHIPPING],
            Kind::CardRefused | Kind::CardRefunded => &[STOCK],
            Kind::ShipmentRefused => &[PAYMENT],
        }
    }

    /// What the order service takes from it.
    fn status(self) -> Option<Status> {
        match self {
            Kind::StockReserved => Some(Status::Reserved),
            Kind::CardCharged => Some(Status::Charged),
            Kind::Shipped => Some(Status::Completed),
            Kind::StockRefused | Kind::StockReleased => Some(Status::Cancelled),
            _ => None,
        }
    }
}

/// Something has happened to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Event {
    pub kind: Kind,
    /// How often the order had gone round, modulo 4: with the kind, what tells it from others.
    pub round: u8,
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::OrderPlaced => "order placed",
            Kind::StockReserved => "stock reserved",
            Kind::StockRefused => "nothing in stock",
            Kind::CardCharged => "card charged",
            Kind::CardRefused => "card refused",
            Kind::Shipped => "shipped",
            Kind::ShipmentRefused => "cannot be shipped",
            Kind::CardRefunded => "card refunded",
            Kind::StockReleased => "stock released",
        })
    }
}

/// The state of the order, as far as the order service has heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// There is no order yet.
    #[default]
    None,
    Placed,
    Reserved,
    Charged,
    Completed,
    Cancelled,
}

impl Status {
    /// Whether the order is over.
    pub fn is_end(self) -> bool {
        matches!(self, Status::Completed | Status::Cancelled)
    }
}

/// What a service keeps through a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Disk {
    /// The order service's alone.
    pub status: Status,
    /// Items on the shelf; the stock's alone.
    pub available: i8,
    /// How often it did its part, less how often that was undone.
    pub times: i8,
    /// Events of the last round that it has handled, in order.
    pub inbox: SmallVec<[Event; 4]>,
    /// Events that it has yet to publish, oldest first.
    pub outbox: SmallVec<[Event; 2]>,
}

/// What a service loses in a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Memory {
    /// What it has received and not handled.
    pub received: Option<Event>,
    /// It has handled what stands first in its queue, and not acknowledged it.
    pub handled: bool,
    /// Without an outbox: events that it has yet to publish.
    pub unsent: SmallVec<[Event; 2]>,
}

impl Choreography {
    fn at(&mut self, id: ProcessId) -> (&mut Disk, &mut Memory) {
        self.services[usize::from(id.0)].halves().expect("only a service that is up takes steps")
    }

    /// Whether an event is handled for the first time, or nobody would know that it is not.
    fn is_new(&self, id: ProcessId, event: Event) -> bool {
        !self.scenario.safeguards.inbox || !self.services[usize::from(id.0)].durable.inbox.contains(&event)
    }

    /// What a service may do with what it has received: accept it, refuse it.
    pub(super) fn may(&self, id: ProcessId) -> (bool, bool) {
        let Some(event) = self.services[usize::from(id.0)].memory().and_then(|it| it.received) else {
            return (false, false);
        };
        let answer = match event.kind {
            _ if !self.is_new(id, event) || self.scenario.poison == Some(event.kind) || id == ORDERS => Answer::Accept,
            Kind::OrderPlaced => self.scenario.answers.stock,
            Kind::StockReserved => self.scenario.answers.payment,
            Kind::CardCharged => self.scenario.answers.shipping,
            _ => Answer::Accept,
        };
        (answer != Answer::Refuse, answer != Answer::Accept)
    }

    /// A customer orders.
    pub(super) fn place<T: Tell>(&mut self) -> T {
        let event = Event { kind: Kind::OrderPlaced, round: 0 };
        self.at(ORDERS).0.status = Status::Placed;
        self.write_event(ORDERS, event);
        T::tell(|| "**A customer orders.** The order service writes the order to its database.".into())
    }

    fn write_event(&mut self, id: ProcessId, event: Event) {
        let durable = self.scenario.safeguards.outbox;
        let (disk, memory) = self.at(id);
        if durable { disk.outbox.push(event) } else { memory.unsent.push(event) }
    }

    /// It does its part, in a local transaction.
    pub(super) fn handle<T: Tell>(&mut self, id: ProcessId, accepts: bool) -> T {
        let event = self.at(id).1.received.take().expect("only who has received something handles it");
        let who = name(id);
        if self.scenario.poison == Some(event.kind) {
            return self.fail(id, event);
        }
        let (new, remembers) = (self.is_new(id, event), self.scenario.safeguards.inbox);
        let waits = self.scenario.safeguards.acknowledge_after;
        let (disk, memory) = self.at(id);
        memory.handled = waits;
        if !new {
            return T::tell(|| format!("**{who} knows “{event}” already** and does nothing."));
        }
        if remembers {
            disk.inbox.retain(|old| old.round == event.round);
            disk.inbox.push(event);
            disk.inbox.sort_unstable();
        }
        if id == ORDERS {
            return self.note_status(event);
        }
        let (kind, round) = self.do_part(id, event, accepts);
        if round != event.round {
            // Rounds are counted modulo 4, so that there are finitely many states: what a number meant last time is forgotten.
            let halves = self.services.iter_mut().map(|service| &mut service.durable.inbox);
            halves.for_each(|inbox| inbox.retain(|old| old.round != round));
        }
        self.write_event(id, Event { kind, round });
        T::tell(|| format!("**{who} hears “{event}”** and commits; it will publish “{}”.", Event { kind, round }))
    }

    /// Tᵢ, or Cᵢ. Returns what has happened by that.
    fn do_part(&mut self, id: ProcessId, event: Event, accepts: bool) -> (Kind, u8) {
        let round = event.round;
        let limited = self.scenario.safeguards.round_limit;
        let again = self.scenario.waiting_list && !(limited && round >= ROUNDS);
        let (disk, _) = self.at(id);
        match (id, event.kind) {
            (STOCK, Kind::OrderPlaced) if accepts && disk.available > 0 => {
                disk.available -= 1;
                disk.times += 1;
                (Kind::StockReserved, round)
            }
            (STOCK, Kind::OrderPlaced) => (Kind::StockRefused, round),
            (STOCK, _) if again => (Kind::StockReserved, (round + 1) % 4),
            (STOCK, _) => {
                disk.available += 1;
                disk.times -= 1;
                (Kind::StockReleased, round)
            }
            (PAYMENT, Kind::ShipmentRefused) => {
                disk.times -= 1;
                (Kind::CardRefunded, round)
            }
            (_, _) if accepts => {
                disk.times += 1;
                (if id == PAYMENT { Kind::CardCharged } else { Kind::Shipped }, round)
            }
            (PAYMENT, _) => (Kind::CardRefused, round),
            (_, _) => (Kind::ShipmentRefused, round),
        }
    }

    /// The order service hears how the order is.
    fn note_status<T: Tell>(&mut self, event: Event) -> T {
        let forward = self.scenario.safeguards.forward_only;
        let (disk, _) = self.at(ORDERS);
        let Some(status) = event.kind.status() else {
            return T::tell(|| format!("**The order service has no use for “{event}”.**"));
        };
        if forward && (status < disk.status || disk.status.is_end()) {
            return T::tell(|| {
                format!("**The order service hears “{event}”,** which is no news: the order is further.")
            });
        }
        disk.status = status;
        T::tell(|| format!("**The order service hears “{event}”** and writes that to the order."))
    }

    /// It cannot handle an event.
    fn fail<T: Tell>(&mut self, id: ProcessId, event: Event) -> T {
        let (aside, waits) = (self.scenario.safeguards.dead_letters, self.scenario.safeguards.acknowledge_after);
        let who = name(id);
        let queue = &mut self.queues[usize::from(id.0)];
        if !waits {
            return T::tell(|| format!("**{who} fails on “{event}”,** which it has acknowledged already."));
        }
        if aside && queue[0].tries + 1 >= TRIES {
            queue.remove(0);
            self.dead = self.dead.saturating_add(1);
            return T::tell(|| {
                format!("**{who} fails on “{event}” again.** It is put to the dead letters, for a person to see.")
            });
        }
        if aside {
            queue[0].tries += 1;
        }
        T::tell(|| format!("**{who} fails on “{event}”.** It stays where it is and will come back."))
    }
}

/// As notes call a service.
pub(super) fn name(id: ProcessId) -> &'static str {
    match id {
        ORDERS => "The order service",
        STOCK => "The stock service",
        PAYMENT => "The payment service",
        _ => "The shipping service",
    }
}
