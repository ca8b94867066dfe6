//! The same traffic with pools of other sizes: times on a scale of powers of ten, and the same figures as a table.

use crate::draw::chart::{Marker, marker, number};
use interleave_traffic::pool::{Level, Scenario, Scene};
use yew::prelude::*;

/// A line: its name, the style sheet's role of it, its marker, and a time in microseconds.
type Line = (&'static str, &'static str, Marker, fn(&Level) -> Option<f64>);

const LINES: [Line; 3] = [
    ("a quick request takes, 95 %", "role-microtask", Marker::Square, |level| {
        let quick = &level.figures.took_of[0];
        (quick.count > 0).then(|| quick.within_95.into())
    }),
    ("wait for a connection, mean", "role-timers", Marker::Circle, |level| Some(level.figures.waits.mean)),
    ("the same, by M/M/c", "role-close", Marker::Diamond, |level| level.predicted),
];

const WIDTH: f64 = 440.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 74.0;
const BOTTOM: f64 = 158.0;
const TOP: f64 = 10.0;

/// The panel.
pub fn sizes(scene: &Scene, scenario: &Scenario) -> Html {
    html! {
        <div role="group" class="panel pool-sizes" aria-label="Pool sizes">
            <h3 class="cap"><b>{ "Pool sizes" }</b><span>{ "the same requests, and more or fewer connections" }</span></h3>
            if scene.levels.is_empty() {
                <p class="empty">{ "after the run: the same requests again with smaller and larger pools" }</p>
            } else {
                <div class="sizes">
                    { chart(&scene.levels, scenario.bounded().max) }
                    { table(&scene.levels) }
                </div>
            }
        </div>
    }
}

fn chart(levels: &[Level], max: u32) -> Html {
    let times = || levels.iter().flat_map(|level| LINES.iter().filter_map(move |line| (line.3)(level)));
    // From a tenth of a millisecond on: less is nothing.
    let power = |micros: f64| (micros / 100.0).max(1.0).log10();
    let top = times().map(power).fold(1.0, f64::max).ceil();
    let y = |micros: f64| BOTTOM - power(micros) / top * (BOTTOM - TOP);
    let gaps = levels.len().saturating_sub(1).max(1) as f64;
    let x = |at: usize| LEFT + 14.0 + at as f64 / gaps * (WIDTH - LEFT - 34.0);
    let shown = LINES.iter().filter(|line| levels.iter().any(|level| (line.3)(level).is_some()));
    let words: Vec<String> = shown
        .clone()
        .filter_map(|(name, _, _, value)| {
            let mut values = levels.iter().filter_map(value);
            let first = values.next()?;
            let last = values.next_back().unwrap_or(first);
            Some(format!("{name}: {} to {} ms", number(first / 1000.0), number(last / 1000.0)))
        })
        .collect();
    let ends = levels
        .first()
        .zip(levels.last())
        .map_or_else(String::new, |(first, last)| format!("{} to {} connections", first.max, last.max));
    html! {
        <figure class="size-chart">
            <svg viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={format!("Times against the size of the pool, {ends}. {}.", words.join("; "))}>
                { for (0..=top as u32).map(|tick| {
                    let time = 100.0 * 10_f64.powi(tick as i32);
                    html! {
                        <>
                            <line class="chart-grid" x1={LEFT.to_string()} x2={WIDTH.to_string()} y1={format!("{:.1}", y(time))} y2={format!("{:.1}", y(time))} />
                            <text class="chart-tick" x={(LEFT - 6.0).to_string()} y={format!("{:.1}", y(time) + 3.5)} text-anchor="end">
                                { if tick == 0 { "≤ 0.1 ms".to_owned() } else { format!("{} ms", number(time / 1000.0)) } }
                            </text>
                        </>
                    }
                }) }
                { for levels.iter().enumerate().map(|(at, level)| html! {
                    <>
                        if level.max == max { <line class="course-watch" x1={format!("{:.1}", x(at))} x2={format!("{:.1}", x(at))} y1={TOP.to_string()} y2={BOTTOM.to_string()} /> }
                        <text class={if level.max == max { "chart-tick here" } else { "chart-tick" }} x={format!("{:.1}", x(at))} y={(BOTTOM + 15.0).to_string()} text-anchor="middle">{ level.max }</text>
                    </>
                }) }
                <text class="chart-tick" x={((LEFT + WIDTH) / 2.0).to_string()} y={(BOTTOM + 29.0).to_string()} text-anchor="middle">{ "connections" }</text>
                { for shown.clone().map(|(_, role, mark, value)| {
                    let points: Vec<(f64, f64)> = levels.iter().enumerate().filter_map(|(at, level)| Some((x(at), y(value(level)?)))).collect();
                    let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
                    html! {
                        <g class={classes!("chart-series", *role)}>
                            <path class="chart-line" d={format!("M{}", path.join("L"))} />
                            { for path.iter().map(|at| html! { <path class="chart-point" d={mark.path()} transform={format!("translate({at})")} /> }) }
                        </g>
                    }
                }) }
            </svg>
            <figcaption>
                <ul class="size-legend">
                    { for shown.map(|(name, role, mark, _)| html! { <li class={*role}>{ marker(*mark) }{ *name }</li> }) }
                </ul>
            </figcaption>
        </figure>
    }
}

fn table(levels: &[Level]) -> Html {
    let ms = |micros: f64| format!("{} ms", number(micros / 1000.0));
    let row = |level: &Level| {
        let figures = &level.figures;
        let [quick, _] = &figures.took_of;
        html! {
            <tr>
                <th scope="row">{ level.max }</th>
                <td>{ format!("{} %", number(100.0 * figures.utilisation)) }</td>
                <td>{ ms(figures.waits.mean) }</td>
                <td>{ level.predicted.map_or_else(|| "–".into(), ms) }</td>
                <td>{ if quick.count == 0 { "–".into() } else { ms(quick.within_95.into()) } }</td>
                <td>{ number(figures.done_per_second()) }</td>
                <td>{ if figures.failed == 0 { "–".into() } else { number(figures.failed.into()) } }</td>
            </tr>
        }
    };
    html! {
        <div class="table-room" tabindex="0" role="region" aria-label="Figures of pools of other sizes">
            <table class="levels">
                <thead><tr>
                    { for ["Pool", "In use", "Wait", "M/M/c", "Takes, 95 %", "Answered/s", "Failed"].map(|name| html! { <th scope="col">{ name }</th> }) }
                </tr></thead>
                <tbody>{ for levels.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
