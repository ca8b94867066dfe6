//! The stories of the lab.

use super::rules::*;
use super::{Safeguards, Scenario, Variant};
use crate::Budget;
use crate::preset::Preset;

/// Every preset, in the order of a gallery. The first is what a lab opens with.
pub const PRESETS: &[Preset<Scenario>] = &[
    Preset {
        id: "order-without-event",
        title: "Committed, and nobody hears of it",
        idea: "The service dies after it has committed the order and before it has published the event, and nothing that survives knows that one is missing.",
        make: || Scenario { events: 1, faults: CRASH, ..dual(Variant::DatabaseFirst) },
        breaks: &[EVENT_MISSING, DELIVERED, APPLIED],
    },
    Preset {
        id: "event-without-order",
        title: "Published, and it never happened",
        idea: "The service publishes first and dies before it commits, so the consumer acts on an order that does not exist.",
        make: || Scenario { events: 1, faults: CRASH, ..dual(Variant::BrokerFirst) },
        breaks: &[EVENT_WITHOUT_ORDER, ORDER_MISSING],
    },
    Preset {
        id: "database-refuses",
        title: "The database says no",
        idea: "Nothing crashes and nothing is lost: the event is out, the commit is refused, and what was published cannot be taken back.",
        make: || Scenario { events: 1, refused: vec![1], ..dual(Variant::BrokerFirst) },
        breaks: &[EVENT_WITHOUT_ORDER, ORDER_MISSING],
    },
    Preset {
        id: "polling-relay",
        title: "The outbox, polled",
        idea: "Order and event are committed in one transaction and a relay publishes what has no mark: crash, lose or double anything once, and every event is applied once.",
        make: || Scenario { faults: ANY, ..Scenario::default() },
        breaks: &[],
    },
    Preset {
        id: "log-tailing-relay",
        title: "The outbox, read from the log",
        idea: "The relay follows the database's log and saves how far it has come, which needs no marks and keeps the order of the commits.",
        make: || Scenario { variant: Variant::LogTailingRelay, faults: ANY, ..Scenario::default() },
        breaks: &[],
    },
    Preset {
        id: "publish-then-crash",
        title: "Published, and not marked",
        idea: "The relay dies between publishing an event and marking it, publishes it again, and a consumer without an inbox applies it twice.",
        make: || Scenario { events: 1, faults: CRASH, ..without(|it| it.inbox = false) },
        breaks: &[ONCE],
    },
    Preset {
        id: "idempotent-consumer",
        title: "The same crash, and an inbox",
        idea: "The event comes twice as before, and the consumer finds its number in the inbox and does nothing.",
        make: || Scenario { events: 1, faults: CRASH, ..Scenario::default() },
        breaks: &[],
    },
    Preset {
        id: "mark-then-crash",
        title: "Marked, and not published",
        idea: "A relay that marks first never publishes twice: when it dies in between, it never publishes at all.",
        make: || Scenario { events: 1, faults: CRASH, ..without(|it| it.mark_after_publish = false) },
        breaks: &[EVENT_MISSING, DELIVERED, APPLIED],
    },
    Preset {
        id: "overtaken",
        title: "The second event arrives first",
        idea: "The relay publishes two changes of one order without waiting; the first is lost and repeated, and the older change is applied last.",
        make: || Scenario { faults: LOSS, ..without(|it| it.one_in_flight = false) },
        breaks: &[IN_ORDER],
    },
    Preset {
        id: "competing-workers",
        title: "Two workers, one order",
        idea: "Without a partition for each order the broker hands its events to whoever is free, and the later one may be done first.",
        make: || without(|it| it.partition_by_key = false),
        breaks: &[IN_ORDER],
    },
    Preset {
        id: "gap-in-the-numbers",
        title: "The number that came too late",
        idea: "Event 2 commits before event 1, and a relay that asks for numbers above the last one never sees the first.",
        make: || Scenario { keys: 2, concurrent: true, ..without(|it| it.poll_unmarked = false) },
        breaks: &[EVENT_MISSING, DELIVERED, APPLIED],
    },
    Preset {
        id: "inbox-apart",
        title: "Noted, and not applied",
        idea: "The inbox is written in a transaction of its own; the consumer dies before it applies the event, and the inbox says that it did.",
        make: || Scenario { events: 1, faults: CRASH, ..without(|it| it.inbox_in_transaction = false) },
        breaks: &[APPLIED],
    },
];

const NONE: Budget = Budget { crash: 0, loss: 0, duplicate: 0, reorder: 0, delay: 0, hold: 0, partition: 0 };
const CRASH: Budget = Budget { crash: 1, ..NONE };
const LOSS: Budget = Budget { loss: 1, ..NONE };
const ANY: Budget = Budget { crash: 1, loss: 1, duplicate: 1, ..NONE };

fn dual(variant: Variant) -> Scenario {
    Scenario { variant, ..Scenario::default() }
}

/// An outbox without one of the safeguards.
fn without(off: fn(&mut Safeguards)) -> Scenario {
    let mut scenario = Scenario::default();
    off(&mut scenario.safeguards);
    scenario
}
