//! What has to happen so that a preset tells its story.

use super::machine::{Action, Choreography};
use super::service::{Kind, ORDERS, PAYMENT, SHIPPING};
use crate::protocol::Cue;

/// See [`Protocol::story`](crate::Protocol::story).
pub fn story(preset: &str) -> &'static [Cue<Choreography>] {
    match preset {
        "events-only" | "delivered-twice" => {
            &[Cue { when: charged_and_not_acknowledged, take: |it| *it == Action::Crash(PAYMENT) }]
        }
        // The order service is slow: it hears of the charge only when the parcel is on its way.
        "who-knows" => &[
            Cue { when: orders_will_hear_of_the_charge, take: |it| *it == Action::Receive(SHIPPING) },
            Cue { when: now, take: |it| *it == Action::Handle(SHIPPING) },
            Cue { when: now, take: |it| *it == Action::Publish(SHIPPING) },
            Cue { when: now, take: |it| *it == Action::Overtake(ORDERS) },
        ],
        _ => &[],
    }
}

fn charged_and_not_acknowledged(it: &Choreography) -> bool {
    let service = &it.services[usize::from(PAYMENT.0)];
    service.durable.times == 1 && service.memory().is_some_and(|memory| memory.handled)
}

fn orders_will_hear_of_the_charge(it: &Choreography) -> bool {
    it.queues[usize::from(ORDERS.0)].first().is_some_and(|next| next.event.kind == Kind::CardCharged)
}

/// At once.
fn now(_: &Choreography) -> bool {
    true
}
