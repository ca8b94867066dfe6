//! What has to happen so that a preset tells its story.

use super::Event;
use super::machine::{Action, BROKER, CONSUMER, Message, Outbox, RELAY, SERVICE};
use super::service::{Row, Value};
use crate::network::{Link, Step};
use crate::protocol::Cue;

const FIRST: Event = Event(1);
const SECOND: Event = Event(2);
const TO_BROKER: Link = Link { from: RELAY, to: BROKER };
const TO_RELAY: Link = Link { from: BROKER, to: RELAY };
const TO_CONSUMER: Link = Link { from: BROKER, to: CONSUMER };

/// See [`Protocol::story`](crate::Protocol::story).
pub fn story(preset: &str) -> &'static [Cue<Outbox>] {
    match preset {
        "order-without-event" => &[Cue { when: is_committed, take: |it| *it == Action::Crash(SERVICE) }],
        "event-without-order" => &[Cue { when: is_published, take: |it| *it == Action::Crash(SERVICE) }],
        "polling-relay" | "log-tailing-relay" | "publish-then-crash" | "idempotent-consumer" => {
            &[Cue { when: is_published, take: |it| *it == Action::Crash(RELAY) }]
        }
        "mark-then-crash" => &[Cue { when: is_marked, take: |it| *it == Action::Crash(RELAY) }],
        "overtaken" => &[Cue { when: publishes_first, take: |it| *it == Action::Network(Step::Lose(TO_BROKER, 0)) }],
        "competing-workers" => &[
            Cue { when: is_published, take: |it| *it == Action::Network(Step::Deliver(TO_RELAY)) },
            Cue { when: now, take: |it| *it == Action::Mark(FIRST) },
            Cue { when: now, take: |it| *it == Action::Publish(SECOND) },
            Cue { when: now, take: |it| *it == Action::Network(Step::Deliver(TO_BROKER)) },
            Cue { when: now, take: |it| *it == Action::Deliver(SECOND) },
            Cue { when: now, take: |it| *it == Action::Network(Step::Deliver(TO_CONSUMER)) },
        ],
        "gap-in-the-numbers" => &[
            Cue { when: two_requested, take: |it| *it == Action::Commit(SECOND) },
            Cue { when: now, take: |it| *it == Action::Publish(SECOND) },
            Cue { when: now, take: |it| *it == Action::Network(Step::Deliver(TO_BROKER)) },
            Cue { when: now, take: |it| *it == Action::Network(Step::Deliver(TO_RELAY)) },
            Cue { when: now, take: |it| *it == Action::Mark(SECOND) },
        ],
        "inbox-apart" => &[Cue { when: noted_and_not_applied, take: |it| *it == Action::Crash(CONSUMER) }],
        _ => &[],
    }
}

/// At once.
fn now(_: &Outbox) -> bool {
    true
}

fn is_committed(it: &Outbox) -> bool {
    it.committed().contains(FIRST)
}

fn is_published(it: &Outbox) -> bool {
    it.broker.published.contains(FIRST)
}

fn is_marked(it: &Outbox) -> bool {
    it.service.durable.database.read(&Row::Outbox(FIRST)) == Some(&Value::Published(true))
}

fn publishes_first(it: &Outbox) -> bool {
    it.network.carries(TO_BROKER, &Message::Publish(FIRST))
}

fn two_requested(it: &Outbox) -> bool {
    it.requested == 2
}

fn noted_and_not_applied(it: &Outbox) -> bool {
    it.consumer.durable.inbox.contains(FIRST) && !it.applied().contains(FIRST)
}
