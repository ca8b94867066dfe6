//! All strategies against contention: small charts, and the same figures as a table.

use super::figures::{again, count, mean_and_95, ms, rate};
use super::way;
use crate::draw::chart::{Chart, Series, number};
use interleave_sql::workload::{Figures, Level, Scene, Strategy, Sweep, Workload};
use yew::prelude::*;

/// A measure: its name, its unit, and how it is read from the figures of a level.
type Measure = (&'static str, &'static str, fn(&Figures, u64) -> f64);

const MEASURES: [Measure; 6] = [
    ("Commits a second", "", rate),
    ("Attempts made again", "of 100 commits", |figures, _| again(figures)),
    ("Lost updates", "", |figures, _| f64::from(figures.lost)),
    ("Wait for locks", "ms, mean", |figures, _| ms(figures.wait)),
    ("Transaction time", "ms, 95 %", |figures, _| ms(figures.took_95)),
    ("Deadlocks", "", |figures, _| f64::from(figures.deadlocks)),
];

/// The panel.
pub fn curves(scene: &Scene, workload: &Workload) -> Html {
    let along = along(workload);
    let levels = workload.bounded().levels();
    html! {
        <div role="group" class="panel curves" aria-label="Against contention">
            <h3 class="cap"><b>{ "Against contention" }</b><span>{ format!("the same workload with more and fewer {along}") }</span></h3>
            if scene.levels.is_empty() {
                <p class="empty">{ format!("after the run: with {} {along}", list(&levels)) }</p>
            } else {
                <div class="charts">{ for MEASURES.iter().map(|measure| chart(measure, scene, &levels, along)) }</div>
                <details class="as-table">
                    <summary>{ "The same as a table" }</summary>
                    <div class="table-room" tabindex="0" role="region" aria-label="Figures against contention">
                        { table(&scene.levels, along) }
                    </div>
                </details>
            }
        </div>
    }
}

fn along(workload: &Workload) -> &'static str {
    match workload.sweep {
        Sweep::HotRows => "hot accounts",
        Sweep::Clients => "clients",
    }
}

fn list(levels: &[u32]) -> String {
    let names: Vec<String> = levels.iter().map(u32::to_string).collect();
    match names.as_slice() {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        _ => names.concat(),
    }
}

/// Every level has its place from the start, so that nothing moves when one more is known.
fn chart((title, unit, measure): &Measure, scene: &Scene, levels: &[u32], along: &str) -> Html {
    let series = |strategy: Strategy| {
        let value = |level: &u32| {
            let level = scene.levels.iter().find(|other| other.level == *level)?;
            Some(measure(of(level, strategy)?, level.clock.into()))
        };
        Series {
            label: way::short(strategy).into(),
            role: way::role(strategy),
            marker: way::marker(strategy),
            values: levels.iter().map(value).collect(),
        }
    };
    let chart = Chart {
        title: (*title).into(),
        unit,
        along: along.into(),
        places: levels.iter().map(u32::to_string).collect(),
        series: Strategy::ALL.into_iter().map(series).collect(),
    };
    if chart.series.iter().all(|series| series.values.iter().flatten().all(|value| *value == 0.0)) {
        return html! {
            <div class="chart">
                <p class="cap"><b>{ *title }</b></p>
                <p class="empty">{ if scene.levels.len() < levels.len() { "none so far" } else { "none at any level" } }</p>
            </div>
        };
    }
    chart.draw()
}

fn of(level: &Level, strategy: Strategy) -> Option<&Figures> {
    level.figures.iter().find(|(other, _)| *other == strategy).map(|(_, figures)| figures)
}

fn table(levels: &[Level], along: &str) -> Html {
    let row = |level: &Level, (strategy, figures): &(Strategy, Figures)| {
        html! {
            <tr>
                <td>{ level.level }</td>
                <th scope="row">{ strategy.title() }</th>
                <td>{ number(rate(figures, level.clock.into())) }</td>
                <td>{ count(figures.retries) }</td>
                <td>{ mean_and_95(figures.wait, figures.wait_95) }</td>
                <td>{ mean_and_95(figures.took, figures.took_95) }</td>
                <td>{ count(figures.deadlocks) }</td>
                <td>{ count(figures.lost) }</td>
            </tr>
        }
    };
    html! {
        <table class="levels">
            <thead>
                <tr>
                    { for [along, "Strategy", "Commits/s", "Again", "Waits", "Takes", "Deadlocks", "Lost"].map(|name| html! {
                        <th scope="col">{ name }</th>
                    }) }
                </tr>
            </thead>
            { for levels.iter().map(|level| html! {
                <tbody>{ for level.figures.iter().map(|figures| row(level, figures)) }</tbody>
            }) }
        </table>
    }
}
