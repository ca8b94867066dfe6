//! The broker: keeps events until the consumer has acknowledged them.

use super::machine::{BROKER, CONSUMER, Message, Outbox};
use super::{Event, Events};
use crate::{ProcessId, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The broker. It never crashes, so none of it is volatile.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Broker {
    /// What is not acknowledged: by key, those of one key in the order in which they came. A partition a key.
    pub queue: SmallVec<[Entry; 6]>,
    /// All that ever came.
    pub published: Events,
    /// It waits for acknowledgements.
    pub timer: Timer,
}

/// An event in the broker's queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    pub event: Event,
    /// It was delivered, and not acknowledged.
    pub delivered: bool,
}

/// The most copies of one event in the queue. Whoever repeats itself forever would fill it, and a fourth tells a consumer nothing that the third
/// does not.
const COPIES: usize = 3;

impl Outbox {
    /// What the broker may deliver next. Without partitions any of it, as several workers take what they like.
    pub(super) fn deliverable(&self) -> SmallVec<[Event; 6]> {
        let key = |entry: &Entry| self.scenario.key(entry.event);
        let mut events: SmallVec<[Event; 6]> = if self.scenario.safeguards.partition_by_key {
            let partitions = self.broker.queue.chunk_by(|one, next| key(one) == key(next));
            partitions.filter(|entries| !entries[0].delivered).map(|entries| entries[0].event).collect()
        } else {
            self.broker.queue.iter().filter(|entry| !entry.delivered).map(|entry| entry.event).collect()
        };
        events.sort_unstable();
        events.dedup();
        events
    }

    pub(super) fn deliver<T: Tell>(&mut self, event: Event) -> T {
        let entry = self.broker.queue.iter_mut().find(|entry| entry.event == event && !entry.delivered);
        entry.expect("only what waits is delivered").delivered = true;
        if self.scenario.safeguards.redeliver {
            self.broker.timer.start();
        }
        self.send(BROKER, CONSUMER, Message::Deliver(event));
        T::tell(|| format!("**The broker sends {event} to the consumer.**"))
    }

    pub(super) fn broker_times_out<T: Tell>(&mut self) -> T {
        self.broker.timer.stop();
        self.broker.queue.iter_mut().for_each(|entry| entry.delivered = false);
        T::tell(|| "**The broker has waited too long for the consumer** and will deliver again.".into())
    }

    pub(super) fn broker_receives<T: Tell>(&mut self, from: ProcessId, message: Message) -> T {
        match message {
            Message::Publish(event) => {
                let scenario = &self.scenario;
                let queue = &mut self.broker.queue;
                let copies = queue.iter().filter(|entry| entry.event == event).count();
                if copies < COPIES {
                    let at = queue.partition_point(|entry| scenario.key(entry.event) <= scenario.key(event));
                    queue.insert(at, Entry { event, delivered: false });
                }
                let again = self.broker.published.contains(event);
                self.broker.published.insert(event);
                self.send(BROKER, from, Message::Published(event));
                T::tell(|| match again {
                    true => {
                        format!("**The broker takes {event} a second time,** as one it has never seen, and says so.")
                    }
                    false => format!("**The broker takes {event}** and says so."),
                })
            }
            Message::Handled(event) => {
                let queue = &mut self.broker.queue;
                match queue.iter().position(|entry| entry.event == event && entry.delivered) {
                    Some(at) => drop(queue.remove(at)),
                    None => return T::tell(|| format!("**The broker knows already that {event} is handled.**")),
                }
                if queue.iter().all(|entry| !entry.delivered) {
                    self.broker.timer.stop();
                }
                T::tell(|| format!("**The broker hears that {event} is handled** and lets go of it."))
            }
            Message::Published(_) | Message::Deliver(_) => {
                T::tell(|| format!("**The broker has no use for “{message}”.**"))
            }
        }
    }
}
