//! What can be set: a row of choices. A change runs at once.

use super::Contention;
use crate::labs::StageContext;
use crate::labs::choices::{self, Setting};
use interleave_sql::workload::{Sweep, Workload};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// What is varied after the run: the one setting that belongs to the whole lab.
pub fn sweep(workload: &Workload, change: &Callback<Workload>) -> Html {
    let pick = {
        let workload = workload.clone();
        change.reform(move |event: Event| {
            let clients = event.target_unchecked_into::<HtmlSelectElement>().selected_index() == 1;
            Workload { sweep: if clients { Sweep::Clients } else { Sweep::HotRows }, ..workload.clone() }
        })
    };
    html! {
        <select class="pill" aria-label="Compare" title="What is varied when the run is over" onchange={pick}>
            <option selected={workload.sweep == Sweep::HotRows}>{ "compare hot accounts" }</option>
            <option selected={workload.sweep == Sweep::Clients}>{ "compare clients" }</option>
        </select>
    }
}

const SETTINGS: [Setting<Workload>; 5] = [
    Setting {
        name: "Clients",
        what: "Sessions that run one transaction after the other",
        choices: &[1, 2, 4, 8, 12, 16, 24, 32, 48, 64],
        words: |value| value.to_string(),
        get: |workload| workload.clients,
        set: |workload, value| workload.clients = value,
    },
    Setting {
        name: "Hot accounts",
        what: "The accounts that everybody wants",
        choices: &[1, 2, 4, 8, 16, 32, 64],
        words: |value| value.to_string(),
        get: |workload| workload.hot,
        set: |workload, value| workload.hot = value,
    },
    Setting {
        name: "Heat",
        what: "Of a hundred picks of an account, how many fall on a hot one",
        choices: &[0, 20, 50, 80, 100],
        words: |value| format!("{value} %"),
        get: |workload| workload.heat,
        set: |workload, value| workload.heat = value,
    },
    Setting {
        name: "Think time",
        what: "Between two transactions of a client, on average",
        choices: &[0, 10, 50, 100, 500, 2_000],
        words: |value| format!("{value} ms"),
        get: |workload| workload.think / 1_000,
        set: |workload, value| workload.think = value * 1_000,
    },
    Setting {
        name: "Work inside",
        what: "What the application does inside the transaction, on average",
        choices: &[0, 5, 20, 50, 200, 1_000],
        words: |value| format!("{value} ms"),
        get: |workload| workload.work / 1_000,
        set: |workload, value| workload.work = value * 1_000,
    },
];

/// The row of settings.
pub fn panel(context: &StageContext<Contention>) -> Html {
    html! {
        <div role="group" class="workload" aria-label="Workload">
            { transaction(context) }
            { for SETTINGS.iter().map(|setting| choices::number(setting, context)) }
            { choices::seed(context, "Draws all times and accounts: the same seed gives the same run", context.scenario.seed, |workload, seed| workload.seed = seed) }
        </div>
    }
}

const TRANSACTIONS: [(&str, bool, bool); 3] = [
    ("changes one account", false, false),
    ("transfers between two", true, false),
    ("transfers, lower number first", true, true),
];

fn transaction(context: &StageContext<Contention>) -> Html {
    let workload = context.scenario;
    let ordered = workload.transfers && workload.ordered;
    let option = |(words, transfers, in_order): (&str, bool, bool)| {
        (words.to_owned(), workload.transfers == transfers && ordered == in_order)
    };
    let options = TRANSACTIONS.into_iter().map(option).collect();
    choices::select(context, ("A transaction", "What every transaction does"), options, |workload, index| {
        if let Some((_, transfers, ordered)) = TRANSACTIONS.get(index) {
            (workload.transfers, workload.ordered) = (*transfers, *ordered);
        }
    })
}
