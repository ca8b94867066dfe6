//! The consumer: applies events, each once if it can tell.

use super::machine::{BROKER, CONSUMER, Message, Outbox};
use super::{Event, Events};
use crate::Process;
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The consumer.
pub type Consumer = Process<ConsumerDisk, ConsumerMemory>;

/// What the consumer keeps through a crash: its database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConsumerDisk {
    /// The inbox: events that it takes for applied.
    pub inbox: Events,
    /// What it has applied: by key, those of one key in the order in which they were applied; each twice at most, which is once too often.
    pub applied: SmallVec<[Event; 6]>,
}

/// What the consumer loses in a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConsumerMemory {
    /// What has arrived, in order. It is at the first.
    pub deliveries: SmallVec<[Delivery; 4]>,
}

/// An event that has arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Delivery {
    pub event: Event,
    pub stage: Handling,
}

/// How far the consumer is with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Handling {
    Received,
    /// It is in the inbox, by a transaction of its own, and not applied.
    Noted,
    /// To be acknowledged.
    Applied,
}

/// What the consumer does next.
pub(super) enum Next {
    Note,
    Apply,
    Acknowledge,
}

impl Outbox {
    pub(super) fn next_of_consumer(&self) -> Option<Next> {
        let delivery = self.consumer.memory()?.deliveries.first()?;
        let safeguards = &self.scenario.safeguards;
        let notes = safeguards.inbox && !safeguards.inbox_in_transaction;
        Some(match delivery.stage {
            Handling::Received if notes && !self.consumer.durable.inbox.contains(delivery.event) => Next::Note,
            Handling::Received | Handling::Noted => Next::Apply,
            Handling::Applied => Next::Acknowledge,
        })
    }

    /// What it is at, its disk and its memory.
    fn at_consumer(&mut self) -> (Delivery, &mut ConsumerDisk, &mut ConsumerMemory) {
        let (disk, memory) = self.consumer.halves().expect("only a consumer that is up takes steps");
        let delivery = *memory.deliveries.first().expect("only what has arrived is handled");
        (delivery, disk, memory)
    }

    pub(super) fn note_in_inbox<T: Tell>(&mut self) -> T {
        let (Delivery { event, .. }, disk, memory) = self.at_consumer();
        disk.inbox.insert(event);
        memory.deliveries[0].stage = Handling::Noted;
        T::tell(|| {
            format!(
                "**The consumer writes {event} into its inbox,** in a transaction of its own, and has yet to apply it."
            )
        })
    }

    pub(super) fn apply<T: Tell>(&mut self) -> T {
        let scenario = self.scenario.clone();
        let (inbox, acknowledges) = (scenario.safeguards.inbox, scenario.safeguards.acknowledge_after_apply);
        let (Delivery { event, stage }, disk, memory) = self.at_consumer();
        if acknowledges {
            memory.deliveries[0].stage = Handling::Applied;
        } else {
            memory.deliveries.remove(0);
        }
        if inbox && stage == Handling::Received && disk.inbox.contains(event) {
            return T::tell(|| {
                format!("**The consumer finds {event} in its inbox** and does nothing: it was applied before.")
            });
        }
        if inbox {
            disk.inbox.insert(event);
        }
        let before = disk.applied.iter().filter(|&&it| it == event).count();
        if before < 2 {
            let at = disk.applied.partition_point(|&it| scenario.key(it) <= scenario.key(event));
            disk.applied.insert(at, event);
        }
        T::tell(|| match (before, inbox && stage == Handling::Received) {
            (0, true) => format!("**The consumer applies {event}** and writes it into its inbox, in one transaction."),
            (0, false) => format!("**The consumer applies {event}.**"),
            _ => format!("**The consumer applies {event} again.** Nothing tells it that it has done so."),
        })
    }

    pub(super) fn acknowledge<T: Tell>(&mut self) -> T {
        let (Delivery { event, .. }, _, memory) = self.at_consumer();
        memory.deliveries.remove(0);
        self.send(CONSUMER, BROKER, Message::Handled(event));
        T::tell(|| format!("**The consumer acknowledges {event}.**"))
    }

    pub(super) fn consumer_receives<T: Tell>(&mut self, message: Message) -> T {
        let acknowledges_first = !self.scenario.safeguards.acknowledge_after_apply;
        let Message::Deliver(event) = message else {
            return T::tell(|| format!("**The consumer has no use for “{message}”.**"));
        };
        self.delivered.insert(event);
        let memory = self.consumer.memory_mut().expect("nothing arrives where nobody is");
        memory.deliveries.push(Delivery { event, stage: Handling::Received });
        if acknowledges_first {
            self.send(CONSUMER, BROKER, Message::Handled(event));
        }
        T::tell(|| match acknowledges_first {
            true => format!(
                "**{} reaches the consumer,** which acknowledges it before it has applied it.",
                super::service::capital(&event.to_string())
            ),
            false => format!("**{} reaches the consumer.**", super::service::capital(&event.to_string())),
        })
    }

    pub(super) fn consumer_crashes<T: Tell>(&mut self) -> T {
        let at = self.consumer.memory().and_then(|memory| memory.deliveries.first().copied());
        self.consumer.crash();
        T::tell(|| match at {
            Some(Delivery { event, stage: Handling::Applied }) => {
                format!("**The consumer crashes.** It has applied {event}, and nobody knows but its database.")
            }
            Some(Delivery { event, stage: Handling::Noted }) => {
                format!("**The consumer crashes.** Its inbox has {event}, which it has not applied.")
            }
            Some(Delivery { event, stage: Handling::Received }) => {
                format!("**The consumer crashes.** It has not applied {event}.")
            }
            None => "**The consumer crashes.** It was at nothing.".into(),
        })
    }

    pub(super) fn consumer_restarts<T: Tell>(&mut self) -> T {
        self.consumer.restart(|_| ConsumerMemory::default());
        T::tell(|| "**The consumer is back** and waits for what the broker delivers.".into())
    }
}
