//! The relay: carries events from the outbox to the broker.

use super::machine::{BROKER, Message, Outbox, RELAY};
use super::service::{Record, Row, Value};
use super::{Event, Events, Variant};
use crate::database::Transaction;
use crate::{Process, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The relay, a process of its own beside the service's database.
pub type Relay = Process<RelayDisk, RelayMemory>;

/// What the relay keeps through a crash, besides its marks in the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RelayDisk {
    /// How many events of the log it has published, if it reads the log; or the highest number that it has published, if it polls for numbers.
    pub position: u8,
}

/// What the relay loses in a crash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RelayMemory {
    /// Marked, and to be published: of a relay that marks first.
    pub claimed: Events,
    /// Published, and not acknowledged.
    pub in_flight: Events,
    /// Acknowledged, and to be marked.
    pub acknowledged: Events,
    /// It waits for acknowledgements.
    pub timer: Timer,
}

impl RelayMemory {
    /// It is at nothing.
    pub fn is_idle(&self) -> bool {
        self.claimed.with(self.in_flight).with(self.acknowledged).is_empty()
    }
}

/// The relay's transactions in the service's database. Those of requests have the numbers of their events.
const MARK: Transaction = Transaction(0);

impl Outbox {
    /// What is in the outbox and not published, as far as the relay can tell, in the order in which it would publish.
    pub(super) fn unpublished(&self) -> SmallVec<[Event; 4]> {
        let disk = &self.service.durable;
        let position = self.relay.durable.position;
        if self.scenario.variant == Variant::LogTailingRelay {
            let events = disk.log.iter().filter_map(|record| match record {
                Record::Outbox(event) => Some(*event),
                Record::Order(_) => None,
            });
            return events.skip(position.into()).collect();
        }
        let unmarked = self.scenario.safeguards.poll_unmarked;
        let rows = disk.database.rows().iter().filter_map(|row| match *row {
            (Row::Outbox(event), Value::Published(marked)) => Some((event, marked)),
            _ => None,
        });
        rows.filter(|&(event, marked)| if unmarked { !marked } else { event.0 > position })
            .map(|(event, _)| event)
            .collect()
    }

    /// What the relay may publish next.
    pub(super) fn to_publish(&self) -> Option<Event> {
        let memory = self.relay.memory()?;
        if !self.scenario.safeguards.mark_after_publish {
            return memory.claimed.first();
        }
        let known = memory.in_flight.with(memory.acknowledged);
        if self.scenario.safeguards.one_in_flight && !known.is_empty() {
            return None;
        }
        self.unpublished().into_iter().find(|&event| !known.contains(event))
    }

    /// What the relay may mark next.
    pub(super) fn to_mark(&self) -> Option<Event> {
        let memory = self.relay.memory()?;
        if !self.scenario.safeguards.mark_after_publish {
            let waits = self.scenario.safeguards.one_in_flight && !memory.is_idle();
            return if waits { None } else { self.unpublished().first().copied() };
        }
        match self.scenario.variant {
            // A position says that all before it are published.
            Variant::LogTailingRelay => {
                self.unpublished().first().copied().filter(|&event| memory.acknowledged.contains(event))
            }
            _ => memory.acknowledged.first(),
        }
    }

    fn relay_memory(&mut self) -> &mut RelayMemory {
        self.relay.memory_mut().expect("only a relay that is up takes steps")
    }

    pub(super) fn publish<T: Tell>(&mut self, event: Event) -> T {
        let repeats = self.scenario.safeguards.repeat_publish;
        let memory = self.relay_memory();
        memory.claimed.remove(event);
        memory.in_flight.insert(event);
        if repeats {
            memory.timer.start();
        }
        self.send(RELAY, BROKER, Message::Publish(event));
        let polls = self.scenario.variant == Variant::PollingRelay;
        T::tell(|| match polls {
            true => format!("**The relay publishes {event},** which it has found in the outbox."),
            false => format!("**The relay publishes {event},** which it has read in the database's log."),
        })
    }

    pub(super) fn mark_published<T: Tell>(&mut self, event: Event) -> T {
        let (variant, safeguards) = (self.scenario.variant, self.scenario.safeguards.clone());
        if variant == Variant::LogTailingRelay {
            self.relay.durable.position += 1;
        } else if safeguards.poll_unmarked {
            let database = &mut self.service.durable.database;
            let written = database.write(MARK, Row::Outbox(event), Value::Published(true));
            assert_eq!(written, Ok(()), "who has put it there has committed");
            database.commit(MARK);
        } else {
            self.relay.durable.position = self.relay.durable.position.max(event.0);
        }
        let memory = self.relay_memory();
        memory.acknowledged.remove(event);
        if !safeguards.mark_after_publish {
            memory.claimed.insert(event);
        }
        let early = if safeguards.mark_after_publish { "" } else { " Nobody was told of it so far." };
        T::tell(|| match (variant, safeguards.poll_unmarked) {
            (Variant::LogTailingRelay, _) => {
                format!("**The relay saves its position** in the log, behind {event}.{early}")
            }
            (_, true) => format!("**The relay marks {event} as published** in the outbox.{early}"),
            (_, false) => format!("**The relay saves {} as the last number** that it has published.{early}", event.0),
        })
    }

    pub(super) fn relay_times_out<T: Tell>(&mut self) -> T {
        let marks_first = !self.scenario.safeguards.mark_after_publish;
        let memory = self.relay_memory();
        memory.timer.stop();
        let again = std::mem::take(&mut memory.in_flight);
        if marks_first {
            memory.claimed = memory.claimed.with(again);
        }
        T::tell(|| "**The relay has waited too long for the broker** and will publish again.".into())
    }

    pub(super) fn relay_hears<T: Tell>(&mut self, event: Event) -> T {
        let marks_first = !self.scenario.safeguards.mark_after_publish;
        let memory = self.relay_memory();
        if !memory.in_flight.contains(event) {
            return T::tell(|| format!("**The relay has no use for the acknowledgement of {event}** any more."));
        }
        memory.in_flight.remove(event);
        if !marks_first {
            memory.acknowledged.insert(event);
        }
        if memory.in_flight.is_empty() {
            memory.timer.stop();
        }
        T::tell(|| format!("**The relay hears that the broker has {event}.**"))
    }

    pub(super) fn relay_crashes<T: Tell>(&mut self) -> T {
        let unmarked = self.relay.memory().is_some_and(|it| !it.in_flight.with(it.acknowledged).is_empty());
        let unsent = self.relay.memory().and_then(|it| it.claimed.first());
        self.relay.crash();
        T::tell(|| match (unsent, unmarked) {
            (Some(event), _) => format!("**The relay crashes.** It has marked {event} and not published it."),
            (None, true) => "**The relay crashes.** What it has published it may publish again.".into(),
            (None, false) => "**The relay crashes.** It was at nothing.".into(),
        })
    }

    pub(super) fn relay_restarts<T: Tell>(&mut self) -> T {
        self.relay.restart(|_| RelayMemory::default());
        let next = self.to_publish().or(self.to_mark());
        T::tell(|| match next {
            Some(event) => format!("**The relay is back** and finds {event} unpublished."),
            None => "**The relay is back** and finds nothing to publish.".into(),
        })
    }
}
