//! Stories to begin with.

use super::rules::{ATOMIC, LEARNABLE, LEARNS, LOCKED, MONEY, PREPARED};
use super::{Safeguards, Scenario, Storage, Vote};
use crate::Budget;
use crate::preset::Preset;

/// In the order in which they are shown: what works, then what breaks.
pub const PRESETS: &[Preset<Scenario>] = &[
    Preset {
        id: "all-vote-yes",
        title: "All vote yes",
        idea: "Two rounds: everybody promises, and only then does anybody commit.",
        make: || with(Budget::default()),
        breaks: &[],
    },
    Preset {
        id: "one-votes-no",
        title: "One votes no",
        idea: "One no is enough: whoever has promised already undoes its work.",
        make: || Scenario { votes: vec![Vote::Yes, Vote::No], ..with(Budget::default()) },
        breaks: &[],
    },
    Preset {
        id: "dies-after-prepare",
        title: "The coordinator dies after prepare",
        idea: "All are in doubt and hold their locks, and nobody may decide until the coordinator is back.",
        make: || with(CRASH),
        breaks: &[],
    },
    Preset {
        id: "coordinator-never-returns",
        title: "The coordinator never returns",
        idea: "Participants in doubt ask for ever, and their rows stay locked: the protocol blocks.",
        make: || Scenario { coordinator_returns: false, ..with(CRASH) },
        breaks: &[LEARNS, LEARNABLE],
    },
    Preset {
        id: "cooperative",
        title: "Ask each other",
        idea: "The coordinator is gone for good; one participant has heard how it ended and tells the one in doubt.",
        make: || Scenario { cooperative: true, coordinator_returns: false, ..with(Budget { loss: 1, ..CRASH }) },
        breaks: &[LEARNS],
    },
    Preset {
        id: "commit-is-lost",
        title: "The commit is lost",
        idea: "One participant never hears the decision; it waits, asks, and is told.",
        make: || with(LOSS),
        breaks: &[],
    },
    Preset {
        id: "participant-dies-in-doubt",
        title: "A participant dies in doubt",
        idea: "It comes back, finds in its log that it has promised, and asks how it ended.",
        make: || with(CRASH),
        breaks: &[],
    },
    Preset {
        id: "prepare-transaction",
        title: "On PostgreSQL: PREPARE TRANSACTION",
        idea: "A participant that has prepared dies, its connection with it, and the database keeps the transaction and its locks until it is back.",
        make: || Scenario { storage: Storage::Postgres, ..with(CRASH) },
        breaks: &[],
    },
    Preset {
        id: "naive",
        title: "A coordinator without a log",
        idea: "The coordinator of many articles: it decides in memory, dies after it has told one, and tells the other one to abort.",
        make: || Scenario { faults: CRASH, ..Scenario::naive() },
        breaks: &[ATOMIC, MONEY],
    },
    Preset {
        id: "impatient",
        title: "A participant that decides alone",
        idea: "It has voted yes and waits too long, so it aborts, and the others commit.",
        make: || without(|it| it.wait_in_doubt = false, Budget { delay: 1, ..Budget::default() }),
        breaks: &[ATOMIC, MONEY],
    },
    Preset {
        id: "vote-before-log",
        title: "Yes, and nothing on disk",
        idea: "A participant promises before it has written that down, and a crash makes it forget the promise and its changes.",
        make: || without(|it| it.log_before_vote = false, CRASH),
        breaks: &[ATOMIC, PREPARED, MONEY],
    },
    Preset {
        id: "locks-let-go",
        title: "In doubt, without locks",
        idea: "A participant lets go of its row when it has prepared; somebody else changes it, and the commit overwrites that.",
        make: || Scenario { local_client: true, ..without(|it| it.keep_locks = false, Budget::default()) },
        breaks: &[MONEY, LOCKED],
    },
    Preset {
        id: "forgets-too-soon",
        title: "The coordinator forgets too soon",
        idea: "It has told all to commit and forgets; whoever missed it asks, and is told that what is not known was aborted.",
        make: || without(|it| it.remember_until_acknowledged = false, LOSS),
        breaks: &[ATOMIC, MONEY],
    },
];

const NONE: Budget = Budget { crash: 0, loss: 0, duplicate: 0, reorder: 0, delay: 0, hold: 0, partition: 0 };
const CRASH: Budget = Budget { crash: 1, ..NONE };
const LOSS: Budget = Budget { loss: 1, ..NONE };

fn with(faults: Budget) -> Scenario {
    Scenario { faults, ..Scenario::default() }
}

fn without(off: fn(&mut Safeguards), faults: Budget) -> Scenario {
    let mut scenario = with(faults);
    off(&mut scenario.safeguards);
    scenario
}
