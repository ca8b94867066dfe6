//! What can be set: a row of choices. A change runs at once.

use super::Contention;
use crate::labs::{Landing, StageContext, Turn};
use interleave_kernel::Tape;
use interleave_sql::workload::{Scene, Sweep, Workload};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
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

/// A number that can be chosen.
struct Setting {
    name: &'static str,
    what: &'static str,
    choices: &'static [u32],
    unit: &'static str,
    get: fn(&Workload) -> u32,
    set: fn(&mut Workload, u32),
}

const SETTINGS: [Setting; 5] = [
    Setting {
        name: "Clients",
        what: "Sessions that run one transaction after the other",
        choices: &[1, 2, 4, 8, 12, 16, 24, 32, 48, 64],
        unit: "",
        get: |workload| workload.clients,
        set: |workload, value| workload.clients = value,
    },
    Setting {
        name: "Hot accounts",
        what: "The accounts that everybody wants",
        choices: &[1, 2, 4, 8, 16, 32, 64],
        unit: "",
        get: |workload| workload.hot,
        set: |workload, value| workload.hot = value,
    },
    Setting {
        name: "Heat",
        what: "Of a hundred picks of an account, how many fall on a hot one",
        choices: &[0, 20, 50, 80, 100],
        unit: " %",
        get: |workload| workload.heat,
        set: |workload, value| workload.heat = value,
    },
    Setting {
        name: "Think time",
        what: "Between two transactions of a client, on average",
        choices: &[0, 10, 50, 100, 500, 2_000],
        unit: " ms",
        get: |workload| workload.think / 1_000,
        set: |workload, value| workload.think = value * 1_000,
    },
    Setting {
        name: "Work inside",
        what: "What the application does inside the transaction, on average",
        choices: &[0, 5, 20, 50, 200, 1_000],
        unit: " ms",
        get: |workload| workload.work / 1_000,
        set: |workload, value| workload.work = value * 1_000,
    },
];

/// The row of settings.
pub fn panel(context: &StageContext<Contention>) -> Html {
    html! {
        <div role="group" class="workload" aria-label="Workload">
            { transaction(context) }
            { for SETTINGS.iter().map(|setting| choice(setting, context)) }
            { seed(context) }
        </div>
    }
}

/// A change of the workload. It runs at once; the reader stays at the step where they are.
fn change(at: usize, set: impl Fn(&mut Workload) + 'static) -> Turn<Contention> {
    Rc::new(move |workload: &Workload, _: &Scene| {
        let mut workload = workload.clone();
        set(&mut workload);
        let landing: Landing<Contention> = Rc::new(move |_: &Tape<Scene>| at);
        Some((workload, landing))
    })
}

/// A choice among some; `set` is given the index of the one that was made.
fn select(
    context: &StageContext<Contention>,
    (name, what): (&'static str, &'static str),
    options: Vec<(String, bool)>,
    set: impl Fn(&mut Workload, usize) + Copy + 'static,
) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let pick = Callback::from(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Ok(index) = usize::try_from(index) {
            turn.emit(change(at, move |workload| set(workload, index)));
        }
    });
    html! {
        <label class="setting" title={what}>
            <span>{ name }</span>
            <select class="pill" onchange={pick}>
                { for options.into_iter().map(|(words, selected)| html! { <option {selected}>{ words }</option> }) }
            </select>
        </label>
    }
}

fn choice(setting: &'static Setting, context: &StageContext<Contention>) -> Html {
    let now = (setting.get)(context.scenario);
    let option = |value: u32| (format!("{value}{}", setting.unit), value == now);
    let mut options: Vec<_> = setting.choices.iter().map(|value| option(*value)).collect();
    if !setting.choices.contains(&now) {
        // A link may say anything.
        options.push(option(now));
    }
    select(context, (setting.name, setting.what), options, move |workload, index| {
        if let Some(value) = setting.choices.get(index) {
            (setting.set)(workload, *value);
        }
    })
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
    select(context, ("A transaction", "What every transaction does"), options, |workload, index| {
        if let Some((_, transfers, ordered)) = TRANSACTIONS.get(index) {
            (workload.transfers, workload.ordered) = (*transfers, *ordered);
        }
    })
}

fn seed(context: &StageContext<Contention>) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let set = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        if let Ok(seed) = value.trim().parse() {
            turn.emit(change(at, move |workload| workload.seed = seed));
        }
    });
    html! {
        <label class="setting" title="Draws all times and accounts: the same seed gives the same run">
            <span>{ "Seed" }</span>
            <input class="pill" type="number" min="0" max="4294967295" step="1" value={context.scenario.seed.to_string()} onchange={set} />
        </label>
    }
}
