//! What has to happen so that a preset tells its story.

use super::machine::{Action, Body, ORCHESTRATOR, Saga};
use super::orchestrator::Record;
use crate::ProcessId;
use crate::network::{Link, Step};
use crate::protocol::Cue;

const STOCK: ProcessId = ProcessId(1);
const PAYMENT: ProcessId = ProcessId(2);
/// What the payment service is asked.
const REQUEST: Link = Link { from: ORCHESTRATOR, to: PAYMENT };
/// What it answers.
const REPLY: Link = Link { from: PAYMENT, to: ORCHESTRATOR };

/// See [`Protocol::story`](crate::Protocol::story).
pub fn story(preset: &str) -> &'static [Cue<Saga>] {
    match preset {
        "crash-anywhere" => &[
            Cue { when: charge_is_answered, take: reply_is_lost },
            Cue { when: charge_is_logged, take: orchestrator_crashes },
        ],
        "request-or-reply" | "reply-lost-after-charge" => &[Cue { when: charge_is_answered, take: reply_is_lost }],
        "dies-before-log" => &[Cue { when: asks_before_it_logs, take: orchestrator_crashes }],
        "no-log" => &[Cue { when: is_charged, take: orchestrator_crashes }],
        "charged-twice" => {
            &[Cue { when: charge_is_asked, take: |it| *it == Action::Network(Step::Duplicate(REQUEST, 0)) }]
        }
        "refund-overtakes-charge" => &[
            Cue { when: charge_is_asked, take: loses_patience },
            Cue { when: |_| true, take: loses_patience },
            Cue { when: refund_is_asked, take: |it| *it == Action::Network(Step::Overtake(REQUEST, 2)) },
        ],
        _ => &[],
    }
}

fn says(it: &Saga, link: Link, body: Body) -> bool {
    it.network.packets().iter().any(|packet| packet.link == link && packet.message.body == body)
}

fn charge_is_asked(it: &Saga) -> bool {
    says(it, REQUEST, Body::Do)
}

fn refund_is_asked(it: &Saga) -> bool {
    says(it, REQUEST, Body::Undo)
}

fn charge_is_answered(it: &Saga) -> bool {
    says(it, REPLY, Body::Done)
}

fn charge_is_logged(it: &Saga) -> bool {
    it.orchestrator.durable[0].contains(&Record::Done(1))
}

fn asks_before_it_logs(it: &Saga) -> bool {
    says(it, Link { from: ORCHESTRATOR, to: STOCK }, Body::Do) && it.orchestrator.durable[0].is_empty()
}

fn is_charged(it: &Saga) -> bool {
    it.services[usize::from(PAYMENT.0) - 1].durable.entries[0].times > 0
}

fn reply_is_lost(action: &Action) -> bool {
    *action == Action::Network(Step::Lose(REPLY, 0))
}

fn orchestrator_crashes(action: &Action) -> bool {
    *action == Action::Crash(ORCHESTRATOR)
}

fn loses_patience(action: &Action) -> bool {
    *action == Action::EarlyTimeout(0)
}
