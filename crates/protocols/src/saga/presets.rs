//! Stories to begin with.

use super::rules::{CHARGED, DIRTY, ENDS, PAID, STOCK};
use super::{Answer, Compensation, Kind, Safeguards, Scenario};
use crate::Budget;
use crate::preset::Preset;

/// Places of the default steps.
const CARD: usize = 1;
const SHIP: usize = 2;
const CONFIRM: usize = 3;

/// In the order in which they are shown: what works, then what breaks.
pub const PRESETS: &[Preset<Scenario>] = &[
    Preset {
        id: "crash-anywhere",
        title: "Crash anything, lose anything",
        idea: "With every precaution taken, one crash and one lost message change nothing about how the order ends.",
        make: || with(Budget { crash: 1, loss: 1, ..Budget::default() }),
        breaks: &[],
    },
    Preset {
        id: "card-refused",
        title: "The card is refused",
        idea: "What was reserved goes back to the shelf, by a transaction of its own and not by a rollback.",
        make: || refusing(CARD, with(Budget::default())),
        breaks: &[],
    },
    Preset {
        id: "request-or-reply",
        title: "Was the request lost, or the reply?",
        idea: "From outside both look the same, and only a question to the service tells them apart.",
        make: || with(Budget { loss: 1, ..Budget::default() }),
        breaks: &[],
    },
    Preset {
        id: "six-hours",
        title: "A compensation fails for six hours",
        idea: "The refund fails and fails again, and the orchestrator goes on trying until it works.",
        make: || {
            let mut scenario = refusing(SHIP, with(Budget::default()));
            scenario.steps[CARD].compensation = Compensation::Fails(2);
            Scenario { attempts: 3, ..scenario }
        },
        breaks: &[],
    },
    Preset {
        id: "manual-intervention",
        title: "The refund never works",
        idea: "A compensation that fails for good is nothing a program can repair: a person is called, and the saga says so.",
        make: || {
            let mut scenario = refusing(SHIP, with(Budget::default()));
            scenario.steps[CARD].compensation = Compensation::Never;
            scenario
        },
        breaks: &[],
    },
    Preset {
        id: "last-item",
        title: "Two customers, one item",
        idea: "While the first order is not over, the second one is asked to wait and is not told that nothing is left.",
        make: || contended(Safeguards::default()),
        breaks: &[],
    },
    Preset {
        id: "reply-lost-after-charge",
        title: "The reply is lost after the charge",
        idea: "Who takes silence for failure undoes the order and leaves the customer charged.",
        make: || without(|it| it.ask_after_timeout = false, Budget { loss: 1, ..Budget::default() }),
        breaks: &[CHARGED, STOCK],
    },
    Preset {
        id: "dies-before-log",
        title: "The orchestrator dies between step and log",
        idea: "It reserves the item, wants to write that down next, and never does.",
        make: || without(|it| it.log_before_acting = false, Budget { crash: 1, ..Budget::default() }),
        breaks: &[CHARGED, STOCK, ENDS],
    },
    Preset {
        id: "no-log",
        title: "An orchestrator that keeps all in its head",
        idea: "A crash takes everything it knew, and the charge has nobody left who would undo it.",
        make: || without(|it| it.saga_log = false, Budget { crash: 1, ..Budget::default() }),
        breaks: &[CHARGED, STOCK, ENDS],
    },
    Preset {
        id: "charged-twice",
        title: "Charged twice",
        idea: "A request that arrives twice is done twice unless the service knows its key.",
        make: || without(|it| it.idempotency_keys = false, Budget { duplicate: 1, ..Budget::default() }),
        breaks: &[CHARGED],
    },
    Preset {
        id: "refund-overtakes-charge",
        title: "The refund overtakes the charge",
        idea: "There was nothing to undo yet, and then the charge arrives after all.",
        make: || without(|it| it.tombstones = false, Budget { delay: 2, reorder: 1, ..Budget::default() }),
        breaks: &[CHARGED, STOCK],
    },
    Preset {
        id: "turned-away",
        title: "Turned away for an item that comes back",
        idea: "Without a semantic lock the second customer is told that nothing is left, and then the first one's card is refused.",
        make: || contended(Safeguards { semantic_lock: false, ..Safeguards::default() }),
        breaks: &[DIRTY],
    },
    Preset {
        id: "shelf-and-parcel",
        title: "On the shelf and in a parcel",
        idea: "Compensated in the wrong order, the item can be sold again before its parcel is called back.",
        make: || {
            let mut scenario = without(|it| it.reverse_order = false, Budget::default());
            scenario.steps[SHIP].kind = Kind::Compensatable;
            scenario.steps[CONFIRM].kind = Kind::Pivot;
            refusing(CONFIRM, scenario)
        },
        breaks: &[STOCK],
    },
    Preset {
        id: "fire-and-forget",
        title: "Told, and taken for done",
        idea: "Who does not wait for the answer ships what nobody has paid for.",
        make: || refusing(CARD, without(|it| it.await_replies = false, Budget::default())),
        breaks: &[PAID, STOCK],
    },
];

fn with(faults: Budget) -> Scenario {
    Scenario { faults, ..Scenario::default() }
}

fn without(off: impl Fn(&mut Safeguards), faults: Budget) -> Scenario {
    let mut scenario = with(faults);
    off(&mut scenario.safeguards);
    scenario
}

fn refusing(step: usize, mut scenario: Scenario) -> Scenario {
    scenario.steps[step].answers = vec![Answer::Refuse];
    scenario
}

/// Two orders for one item; the first one's card is refused.
fn contended(safeguards: Safeguards) -> Scenario {
    let mut scenario = refusing(CARD, Scenario { sagas: 2, safeguards, ..Scenario::default() });
    scenario.steps.truncate(SHIP + 1);
    scenario
}
