//! The service: changes orders in its database, and sees to it that the broker hears of them.

use super::machine::{BROKER, Message, Outbox, SERVICE, order};
use super::{Event, Scenario, Variant};
use crate::database::Transaction;
use crate::{Database, Process, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The service; its database is its durable half. The relay reads that, too.
pub type Service = Process<ServiceDisk, ServiceMemory>;

/// What the service keeps through a crash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ServiceDisk {
    pub database: Database<Row, Value>,
    /// What was committed, in the order of the commits: the database's log, as far as anybody here reads it.
    pub log: SmallVec<[Record; 8]>,
}

/// A row of the service's database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Row {
    /// Of the table of orders: which one, from 0.
    Order(u8),
    /// Of the outbox.
    Outbox(Event),
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Value {
    /// Of an order: the event that changed it last.
    ChangedBy(Event),
    /// Of a row in the outbox: whether it is marked as published.
    Published(bool),
}

/// A record of the database's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Record {
    /// The order was changed, with this event to be told of it.
    Order(Event),
    /// The event was put into the outbox.
    Outbox(Event),
}

/// What the service loses in a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ServiceMemory {
    /// What it works on, in the order of the events.
    pub requests: SmallVec<[Request; 2]>,
    /// It waits for acknowledgements.
    pub timer: Timer,
}

/// A request that the service works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Request {
    pub event: Event,
    pub stage: Stage,
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// The order is to be committed next.
    Commit,
    /// The event is to be published next, or written to the outbox in a transaction of its own.
    Announce,
    /// The event was published, and the broker has not acknowledged it.
    Published,
}

/// The transaction of a request: each has one of its own.
fn transaction(event: Event) -> Transaction {
    Transaction(event.0)
}

impl ServiceDisk {
    pub(super) fn new() -> Self {
        Self { database: Database::new([]), log: SmallVec::new() }
    }

    fn write(&mut self, event: Event, row: Row, value: Value) {
        let written = self.database.write(transaction(event), row, value);
        assert_eq!(written, Ok(()), "requests for one order wait for each other");
    }
}

impl ServiceMemory {
    fn find(&mut self, event: Event) -> &mut Request {
        self.requests.iter_mut().find(|it| it.event == event).expect("only a request that came is worked on")
    }

    fn forget(&mut self, event: Event) {
        self.requests.retain(|it| it.event != event);
    }

    fn stop_waiting(&mut self) {
        if self.requests.iter().all(|it| it.stage != Stage::Published) {
            self.timer.stop();
        }
    }
}

impl Outbox {
    /// The request that may come next, if the service can work on it.
    pub(super) fn next_request(&self) -> Option<Event> {
        let memory = self.service.memory()?;
        let event = Event(self.requested + 1);
        let patient = self.scenario.safeguards.one_in_flight;
        let key = |event| self.scenario.key(event);
        let busy = |it: &&Request| patient || it.stage != Stage::Published;
        let busy: SmallVec<[_; 2]> = memory.requests.iter().filter(busy).collect();
        let room = if self.scenario.concurrent { 2 } else { 1 };
        let free = busy.len() < room && busy.iter().all(|it| key(it.event) != key(event));
        (event.0 <= self.scenario.events && free).then_some(event)
    }

    /// Both halves of the service, which is up.
    fn at_service(&mut self) -> (&mut ServiceDisk, &mut ServiceMemory) {
        self.service.halves().expect("only a service that is up takes steps")
    }

    /// A request comes.
    pub(super) fn begin<T: Tell>(&mut self, event: Event) -> T {
        self.requested = event.0;
        let (variant, key) = (self.scenario.variant, self.scenario.key(event));
        let both = variant.has_relay() && self.scenario.safeguards.outbox_in_transaction;
        let (disk, memory) = self.at_service();
        let stage = if variant == Variant::BrokerFirst { Stage::Announce } else { Stage::Commit };
        let at = memory.requests.partition_point(|it| it.event < event);
        memory.requests.insert(at, Request { event, stage });
        if stage == Stage::Commit {
            disk.write(event, Row::Order(key), Value::ChangedBy(event));
        }
        if both {
            disk.write(event, Row::Outbox(event), Value::Published(false));
        }
        let order = order(key);
        T::tell(|| match (variant, both) {
            (Variant::BrokerFirst, _) => {
                format!(
                    "**A request to change {order} comes.** The service will publish {event} first, and then commit."
                )
            }
            (_, true) => format!(
                "**A request to change {order} comes.** The service changes the row and puts {event} into the outbox, in one transaction."
            ),
            (_, false) => {
                format!("**A request to change {order} comes.** The service changes the row and has not committed.")
            }
        })
    }

    /// The order is changed for good, unless the database refuses.
    pub(super) fn commit<T: Tell>(&mut self, event: Event) -> T {
        let Scenario { variant, safeguards, .. } = &*self.scenario;
        let (variant, both) = (*variant, variant.has_relay() && safeguards.outbox_in_transaction);
        let (key, refused) = (self.scenario.key(event), self.scenario.refuses(event));
        let order = order(key);
        let (disk, memory) = self.at_service();
        if refused {
            disk.database.abort(transaction(event));
            memory.forget(event);
            return T::tell(|| match variant {
                Variant::BrokerFirst => {
                    format!("**The database refuses to change {order}.** The broker was told of {event} already.")
                }
                _ => format!("**The database refuses to change {order}.** There is no {event}, and nobody was told."),
            });
        }
        if variant == Variant::BrokerFirst {
            disk.write(event, Row::Order(key), Value::ChangedBy(event));
        }
        disk.database.commit(transaction(event));
        disk.log.push(Record::Order(event));
        if both {
            disk.log.push(Record::Outbox(event));
        }
        if both || variant == Variant::BrokerFirst {
            memory.forget(event);
        } else {
            memory.find(event).stage = Stage::Announce;
        }
        T::tell(|| match (variant, both) {
            (Variant::BrokerFirst, _) => {
                format!("**The service commits its change of {order}.** The broker knew it first.")
            }
            (_, true) => format!(
                "**The service commits.** {} is changed and {event} is in the outbox: both, or neither.",
                capital(&order)
            ),
            (_, false) => {
                format!("**The service commits its change of {order}.** Of {event} it knows in memory alone.")
            }
        })
    }

    /// The second write: to the broker, or to the outbox in a transaction of its own.
    pub(super) fn announce<T: Tell>(&mut self, event: Event) -> T {
        let (relay, repeats) = (self.scenario.variant.has_relay(), self.scenario.safeguards.repeat_publish);
        let (disk, memory) = self.at_service();
        if relay {
            disk.write(event, Row::Outbox(event), Value::Published(false));
            disk.database.commit(transaction(event));
            disk.log.push(Record::Outbox(event));
            memory.forget(event);
            return T::tell(|| format!("**The service puts {event} into the outbox,** in a transaction of its own."));
        }
        memory.find(event).stage = Stage::Published;
        if repeats {
            memory.timer.start();
        }
        self.send(SERVICE, BROKER, Message::Publish(event));
        T::tell(|| format!("**The service publishes {event}.**"))
    }

    /// It waits no more, and will publish again.
    pub(super) fn service_times_out<T: Tell>(&mut self) -> T {
        let (_, memory) = self.at_service();
        memory.timer.stop();
        let waiting = memory.requests.iter_mut().filter(|it| it.stage == Stage::Published);
        waiting.for_each(|it| it.stage = Stage::Announce);
        T::tell(|| "**The service has waited too long for the broker** and will publish again.".into())
    }

    pub(super) fn service_hears<T: Tell>(&mut self, event: Event) -> T {
        let broker_first = self.scenario.variant == Variant::BrokerFirst;
        let (_, memory) = self.at_service();
        let Some(request) = memory.requests.iter_mut().find(|it| it.event == event && it.stage == Stage::Published)
        else {
            return T::tell(|| format!("**The service has no use for the acknowledgement of {event}** any more."));
        };
        request.stage = Stage::Commit;
        if !broker_first {
            memory.forget(event);
        }
        memory.stop_waiting();
        T::tell(|| format!("**The service hears that the broker has {event}.**"))
    }

    /// Its connection to the database breaks with it: what is not committed is undone.
    pub(super) fn service_crashes<T: Tell>(&mut self) -> T {
        let forgets = self.service.memory().is_some_and(|memory| !memory.requests.is_empty());
        self.service.crash();
        self.service.durable.database.crash();
        T::tell(|| match forgets {
            true => "**The service crashes.** What is committed stays; the request that it was at is forgotten.".into(),
            false => "**The service crashes.** It was at no request.".into(),
        })
    }

    pub(super) fn service_restarts<T: Tell>(&mut self) -> T {
        self.service.restart(|_| ServiceMemory::default());
        T::tell(|| "**The service is back.** Its database says nothing of requests that it was at.".into())
    }
}

pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
