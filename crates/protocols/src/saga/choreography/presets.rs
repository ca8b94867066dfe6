//! Stories to begin with.

use super::rules::ENDS;
use super::{Kind, Scenario};
use crate::Budget;
use crate::preset::Preset;
use crate::saga::{Answer, CHARGED, STOCK};

/// In the order in which they are shown: what works, then what breaks.
pub const PRESETS: &[Preset<Scenario>] = &[
    Preset {
        id: "events-only",
        title: "Nobody is in charge",
        idea: "Each service hears what happened and does its part, and a crash anywhere changes nothing about how the order ends.",
        make: || with(|_| {}, Budget { crash: 1, duplicate: 1, reorder: 1, ..Budget::default() }),
        breaks: &[],
    },
    Preset {
        id: "delivered-twice",
        title: "Delivered at least once, and once more",
        idea: "A service that forgets what it has handled charges the card for the same event again.",
        make: || with(|it| it.safeguards.inbox = false, Budget { crash: 1, ..Budget::default() }),
        breaks: &[CHARGED, STOCK],
    },
    Preset {
        id: "poison-event",
        title: "A poison event",
        idea: "What cannot be handled comes back for ever and holds up all that stands behind it.",
        make: || {
            with(|it| (it.poison, it.safeguards.dead_letters) = (Some(Kind::CardCharged), false), Budget::default())
        },
        breaks: &[ENDS],
    },
    Preset {
        id: "cyclic-chain",
        title: "Events that lead in a circle",
        idea: "The card is refused, the item goes back, the waiting list reserves it again, and the card is refused.",
        make: || {
            with(
                |it| {
                    (it.waiting_list, it.safeguards.round_limit) = (true, false);
                    it.answers.payment = Answer::Refuse;
                },
                Budget::default(),
            )
        },
        breaks: &[ENDS],
    },
    Preset {
        id: "who-knows",
        title: "Who knows the state of the order?",
        idea: "“Shipped” overtakes “charged”, and the order service believes what it has heard last.",
        make: || with(|it| it.safeguards.forward_only = false, Budget { reorder: 1, ..Budget::default() }),
        breaks: &[ENDS],
    },
];

fn with(change: impl Fn(&mut Scenario), faults: Budget) -> Scenario {
    let mut scenario = Scenario { faults, ..Scenario::default() };
    change(&mut scenario);
    scenario
}
