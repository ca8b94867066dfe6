//! What can be set: rows of choices. A change runs at once.

use super::Pools;
use crate::draw::chart::number;
use crate::labs::{Landing, StageContext, Turn};
use interleave_kernel::Tape;
use interleave_traffic::pool::{Arrivals, Distribution, Scenario, Scene, Use};
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The one setting that belongs to the whole lab: how large the pool is.
pub fn size(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
    const SIZES: [u32; 14] = [1, 2, 4, 5, 6, 8, 10, 12, 16, 20, 40, 80, 100, 200];
    let mut sizes: Vec<u32> = SIZES.into();
    if !sizes.contains(&scenario.max) {
        sizes.push(scenario.max);
        sizes.sort_unstable();
    }
    let pick = {
        let (scenario, sizes) = (scenario.clone(), sizes.clone());
        change.reform(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let size = usize::try_from(index).ok().and_then(|index| sizes.get(index));
            Scenario { max: size.copied().unwrap_or(scenario.max), ..scenario.clone() }
        })
    };
    html! {
        <select class="pill" aria-label="Pool size" title="max: how many connections the pool may have" onchange={pick}>
            { for sizes.iter().map(|size| html! { <option selected={*size == scenario.max}>{ format!("pool of {size}") }</option> }) }
        </select>
    }
}

/// How a value is said.
type Words = fn(u32) -> String;

/// A number that can be chosen.
struct Setting {
    name: &'static str,
    what: &'static str,
    choices: &'static [u32],
    words: Words,
    get: fn(&Scenario) -> u32,
    set: fn(&mut Scenario, u32),
}

fn plain(value: u32) -> String {
    number(value.into())
}

/// Microseconds as milliseconds.
fn ms(value: u32) -> String {
    format!("{} ms", number(f64::from(value) / 1000.0))
}

fn ms_or_never(value: u32) -> String {
    if value == 0 { "never".into() } else { ms(value) }
}

const LOAD: [Setting; 4] = [
    Setting {
        name: "Requests a second",
        what: "How many arrive, on average",
        choices: &[10, 20, 40, 60, 80, 90, 98, 100, 110, 120, 150, 190, 200, 400, 1_000],
        words: plain,
        get: |scenario| scenario.rate,
        set: |scenario, value| scenario.rate = value,
    },
    Setting {
        name: "A query takes",
        what: "On a core of its own, on average",
        choices: &[1_000, 2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 200_000],
        words: ms,
        get: |scenario| scenario.service,
        set: |scenario, value| scenario.service = value,
    },
    Setting {
        name: "Queries a request",
        what: "How many queries a request runs",
        choices: &[1, 2, 3, 5, 11, 21, 51, 101],
        words: plain,
        get: |scenario| scenario.queries,
        set: |scenario, value| scenario.queries = value,
    },
    Setting {
        name: "Gives up after",
        what: "connectionTimeoutMillis: how long a request waits for a connection before it fails",
        choices: &[0, 100, 500, 1_000, 2_000, 3_000, 5_000, 10_000],
        words: |value| if value == 0 { "never".into() } else { format!("{} ms", number(value.into())) },
        get: |scenario| scenario.acquire_timeout / 1_000,
        set: |scenario, value| scenario.acquire_timeout = value * 1_000,
    },
];

const FAULTS: [Setting; 3] = [
    Setting {
        name: "Leaks",
        what: "One in so many requests never gives its connection back",
        choices: &[0, 50, 100, 200, 500, 1_000],
        words: |value| if value == 0 { "none".into() } else { format!("1 in {}", number(value.into())) },
        get: |scenario| scenario.leak,
        set: |scenario, value| scenario.leak = value,
    },
    Setting {
        name: "Slow requests",
        what: "Of a hundred requests, how many run a slow query",
        choices: &[0, 1, 5, 10, 20, 50, 100, 200],
        words: |value| format!("{} %", number(f64::from(value) / 10.0)),
        get: |scenario| scenario.slow,
        set: |scenario, value| scenario.slow = value,
    },
    Setting {
        name: "A slow one takes",
        what: "On a core of its own, on average",
        choices: &[100_000, 500_000, 1_000_000, 2_000_000, 4_000_000],
        words: ms,
        get: |scenario| scenario.slow_service,
        set: |scenario, value| scenario.slow_service = value,
    },
];

const MORE: [Setting; 7] = [
    Setting {
        name: "Cores",
        what: "Of the database server",
        choices: &[1, 2, 4, 8, 16, 32, 64],
        words: plain,
        get: |scenario| scenario.cores,
        set: |scenario, value| scenario.cores = value,
    },
    Setting {
        name: "Cost of each beyond",
        what: "What the server loses for each active connection beyond its cores",
        choices: &[0, 5, 10, 20, 50, 100],
        words: |value| format!("{} %", number(f64::from(value) / 10.0)),
        get: |scenario| scenario.overhead,
        set: |scenario, value| scenario.overhead = value,
    },
    Setting {
        name: "Held besides",
        what: "How long a connection is held for a query besides: the round trip, or what the program does before it gives it back",
        choices: &[0, 1_000, 5_000, 20_000, 50_000, 200_000, 1_000_000],
        words: ms,
        get: |scenario| scenario.held,
        set: |scenario, value| scenario.held = value,
    },
    Setting {
        name: "Opening costs",
        what: "What it costs the server to open a connection",
        choices: &[0, 5_000, 20_000, 50_000, 100_000],
        words: ms,
        get: |scenario| scenario.opening,
        set: |scenario, value| scenario.opening = value,
    },
    Setting {
        name: "Closes idle after",
        what: "idleTimeoutMillis: how long an unused connection stays open",
        choices: &[0, 1_000_000, 5_000_000, 10_000_000, 30_000_000],
        words: ms_or_never,
        get: |scenario| scenario.idle_timeout,
        set: |scenario, value| scenario.idle_timeout = value,
    },
    Setting {
        name: "Watched for",
        what: "How long the run is",
        choices: &[10, 30, 60, 120, 300, 900],
        words: |value| format!("{value} s"),
        get: |scenario| (scenario.duration / 1_000_000) as u32,
        set: |scenario, value| scenario.duration = u64::from(value) * 1_000_000,
    },
    Setting {
        name: "Close look from",
        what: "From when on everything that happens is a step, for a while",
        choices: &[0, 500, 1_000, 2_500, 5_000, 10_000, 20_000, 30_000, 45_000, 60_000, 90_000],
        words: |value| format!("{} s", number(f64::from(value) / 1000.0)),
        get: |scenario| (scenario.watch / 1_000) as u32,
        set: |scenario, value| scenario.watch = u64::from(value) * 1_000,
    },
];

/// The rows of settings: what most change, and the rest behind a fold.
pub fn panel(context: &StageContext<Pools>) -> Html {
    html! {
        <div role="group" class="pool-settings" aria-label="Traffic">
            <div class="workload">
                { for LOAD.iter().map(|setting| number_choice(setting, context)) }
                { for FAULTS[..2].iter().map(|setting| number_choice(setting, context)) }
            </div>
            <details class="more-settings">
                <summary>{ "More settings" }</summary>
                <div class="workload">
                    { arrivals(context) }
                    { distribution(context) }
                    { using(context) }
                    { for FAULTS[2..].iter().chain(&MORE).map(|setting| number_choice(setting, context)) }
                    { seed(context) }
                </div>
            </details>
        </div>
    }
}

/// A change of the scenario. It runs at once; the reader stays at the step where they are.
fn change(at: usize, set: impl Fn(&mut Scenario) + 'static) -> Turn<Pools> {
    Rc::new(move |scenario: &Scenario, _: &Scene| {
        let mut scenario = scenario.clone();
        set(&mut scenario);
        let landing: Landing<Pools> = Rc::new(move |_: &Tape<Scene>| at);
        Some((scenario, landing))
    })
}

/// A choice among some; `set` is given the index of the one that was made.
fn select(
    context: &StageContext<Pools>,
    (name, what): (&'static str, &'static str),
    options: Vec<(String, bool)>,
    set: impl Fn(&mut Scenario, usize) + Clone + 'static,
) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let pick = Callback::from(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Ok(index) = usize::try_from(index) {
            let set = set.clone();
            turn.emit(change(at, move |scenario| set(scenario, index)));
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

fn number_choice(setting: &'static Setting, context: &StageContext<Pools>) -> Html {
    let now = (setting.get)(context.scenario);
    let mut choices = setting.choices.to_vec();
    if !choices.contains(&now) {
        // A link may say anything.
        choices.push(now);
        choices.sort_unstable();
    }
    let options = choices.iter().map(|value| ((setting.words)(*value), *value == now)).collect();
    select(context, (setting.name, setting.what), options, move |scenario, index| {
        if let Some(value) = choices.get(index) {
            (setting.set)(scenario, *value);
        }
    })
}

/// One of a few ways, each with its words.
fn way<T: Copy + PartialEq + 'static>(
    context: &StageContext<Pools>,
    names: (&'static str, &'static str),
    ways: &'static [(T, &'static str)],
    now: T,
    set: fn(&mut Scenario, T),
) -> Html {
    let options = ways.iter().map(|(way, words)| ((*words).to_owned(), *way == now)).collect();
    select(context, names, options, move |scenario, index| {
        if let Some((way, _)) = ways.get(index) {
            set(scenario, *way);
        }
    })
}

fn arrivals(context: &StageContext<Pools>) -> Html {
    const WAYS: &[(Arrivals, &str)] = &[
        (Arrivals::Poisson, "independently (Poisson)"),
        (Arrivals::Uniform, "at equal distances"),
        (Arrivals::Bursts, "in bursts"),
    ];
    way(context, ("They arrive", "When requests arrive"), WAYS, context.scenario.arrivals, |scenario, way| {
        scenario.arrivals = way
    })
}

fn distribution(context: &StageContext<Pools>) -> Html {
    const WAYS: &[(Distribution, &str)] = &[
        (Distribution::Exponential, "exponential"),
        (Distribution::Fixed, "all the same"),
        (Distribution::LogNormal, "log-normal: a long tail"),
    ];
    way(
        context,
        ("Times are", "How the times of queries are spread"),
        WAYS,
        context.scenario.distribution,
        |scenario, way| scenario.distribution = way,
    )
}

fn using(context: &StageContext<Pools>) -> Html {
    const WAYS: &[(Use, &str)] = &[
        (Use::Again, "asks for each query"),
        (Use::Hold, "keeps one connection"),
        (Use::Nested, "keeps one, asks for more"),
        (Use::Together, "all at once"),
    ];
    way(
        context,
        ("A request", "How a request with several queries uses the pool"),
        WAYS,
        context.scenario.using,
        |scenario, way| scenario.using = way,
    )
}

fn seed(context: &StageContext<Pools>) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let set = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        if let Ok(seed) = value.trim().parse() {
            turn.emit(change(at, move |scenario| scenario.seed = seed));
        }
    });
    html! {
        <label class="setting" title="Draws all times: the same seed gives the same run">
            <span>{ "Seed" }</span>
            <input class="pill" type="number" min="0" max="4294967295" step="1" value={context.scenario.seed.to_string()} onchange={set} />
        </label>
    }
}
