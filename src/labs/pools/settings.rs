//! What can be set: rows of choices. A change runs at once.

use super::Pools;
use crate::draw::chart;
use crate::labs::StageContext;
use crate::labs::choices::{self, Setting, ms, plain, way};
use interleave_traffic::pool::{Arrivals, Distribution, Scenario, Use};
use yew::prelude::*;

/// The one setting that belongs to the whole lab: how large the pool is.
pub fn size(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
    const SIZE: Setting<Scenario> = Setting {
        name: "Pool size",
        what: "max: how many connections the pool may have",
        choices: &[1, 2, 4, 5, 6, 8, 10, 12, 16, 20, 40, 80, 100, 200],
        words: |size| format!("pool of {size}"),
        get: |scenario| scenario.max,
        set: |scenario, value| scenario.max = value,
    };
    choices::pill(&SIZE, scenario, change)
}

fn ms_or_never(value: u32) -> String {
    if value == 0 { "never".into() } else { ms(value) }
}

const LOAD: [Setting<Scenario>; 4] = [
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
        words: |value| if value == 0 { "never".into() } else { format!("{} ms", chart::number(value.into())) },
        get: |scenario| scenario.acquire_timeout / 1_000,
        set: |scenario, value| scenario.acquire_timeout = value * 1_000,
    },
];

const FAULTS: [Setting<Scenario>; 3] = [
    Setting {
        name: "Leaks",
        what: "One in so many requests never gives its connection back",
        choices: &[0, 50, 100, 200, 500, 1_000],
        words: |value| if value == 0 { "none".into() } else { format!("1 in {}", chart::number(value.into())) },
        get: |scenario| scenario.leak,
        set: |scenario, value| scenario.leak = value,
    },
    Setting {
        name: "Slow requests",
        what: "Of a hundred requests, how many run a slow query",
        choices: &[0, 1, 5, 10, 20, 50, 100, 200],
        words: |value| format!("{} %", chart::number(f64::from(value) / 10.0)),
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

const MORE: [Setting<Scenario>; 7] = [
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
        words: |value| format!("{} %", chart::number(f64::from(value) / 10.0)),
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
        words: |value| format!("{} s", chart::number(f64::from(value) / 1000.0)),
        get: |scenario| (scenario.watch / 1_000) as u32,
        set: |scenario, value| scenario.watch = u64::from(value) * 1_000,
    },
];

/// The rows of settings: what most change, and the rest behind a fold.
pub fn panel(context: &StageContext<Pools>) -> Html {
    html! {
        <div role="group" class="pool-settings" aria-label="Traffic">
            <div class="workload">
                { for LOAD.iter().map(|setting| choices::number(setting, context)) }
                { for FAULTS[..2].iter().map(|setting| choices::number(setting, context)) }
            </div>
            <details class="more-settings">
                <summary>{ "More settings" }</summary>
                <div class="workload">
                    { arrivals(context) }
                    { distribution(context) }
                    { using(context) }
                    { for FAULTS[2..].iter().chain(&MORE).map(|setting| choices::number(setting, context)) }
                    { choices::seed(context, "Draws all times: the same seed gives the same run", context.scenario.seed, |scenario, seed| scenario.seed = seed) }
                </div>
            </details>
        </div>
    }
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
