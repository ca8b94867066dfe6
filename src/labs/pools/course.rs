//! The run over time: areas over the whole of it, drawn as far as it has come.

use crate::draw::chart::number;
use interleave_traffic::pool::{Scenario, Scene, Slice};
use yew::prelude::*;

/// A measure of a slice: its name, its unit, the style sheet's role of it, and how it is read, given a slice's length in seconds.
type Measure = (&'static str, &'static str, &'static str, fn(&Slice, f64) -> f64);

const MEASURES: [Measure; 5] = [
    ("Pool in use", "%", "role-poll", |slice, _| 100.0 * f64::from(slice.utilisation)),
    ("Cores at work", "%", "role-check", |slice, _| 100.0 * f64::from(slice.cores)),
    ("Waiting", "", "role-timers", |slice, _| f64::from(slice.waiting)),
    ("Answered/s", "", "role-microtask", |slice, seconds| f64::from(slice.done) / seconds),
    ("Failed/s", "", "role-fault", |slice, seconds| f64::from(slice.failed) / seconds),
];

/// Slices of a whole run.
const SLICES: usize = 60;

const WIDTH: f64 = 200.0;
const HEIGHT: f64 = 64.0;

/// The panel.
pub fn course(scene: &Scene, scenario: &Scenario) -> Html {
    let scenario = scenario.bounded();
    let seconds = scenario.duration as f64 / 1e6;
    html! {
        <div role="group" class="panel pool-course" aria-label="Over time">
            <h3 class="cap"><b>{ "Over time" }</b><span>{ format!("{} s in sixtieths; the dashed line is where the close look begins", number(seconds)) }</span></h3>
            <div class="courses">
                { for MEASURES.iter().filter(|measure| shown(measure, scene, &scenario)).map(|measure| area(measure, scene, &scenario)) }
            </div>
        </div>
    }
}

/// Nothing can fail where nobody gives up.
fn shown((name, ..): &Measure, scene: &Scene, scenario: &Scenario) -> bool {
    !name.starts_with("Failed") || scenario.acquire_timeout > 0 || scene.counts.failed > 0
}

fn area((name, unit, role, measure): &Measure, scene: &Scene, scenario: &Scenario) -> Html {
    let seconds = scenario.duration as f64 / 1e6 / SLICES as f64;
    let values: Vec<f64> = scene.slices.iter().map(|slice| measure(slice, seconds)).collect();
    let most = if *unit == "%" { 100.0 } else { values.iter().copied().fold(0.0, f64::max) };
    let x = |at: usize| at as f64 / SLICES as f64 * WIDTH;
    let y = |value: f64| HEIGHT - value / most.max(1e-9) * (HEIGHT - 4.0);
    // A step a slice: what is drawn is a mean of it.
    let steps: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!("L{:.1} {:.1}L{:.1} {:.1}", x(at), y(*value), x(at + 1), y(*value)))
        .collect();
    let line = steps.concat();
    let end = x(values.len());
    let watch = scenario.watch as f64 / scenario.duration as f64 * WIDTH;
    let suffix = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let now = values.last().map_or_else(|| "–".to_owned(), |value| format!("{}{suffix}", number(*value)));
    let words = match values.as_slice() {
        [] => format!("{name}: nothing counted yet"),
        [all @ .., last] => {
            let first = all.first().unwrap_or(last);
            format!(
                "{name}: from {} to {}{suffix}, {} at most",
                number(*first),
                number(*last),
                number(values.iter().copied().fold(0.0, f64::max))
            )
        }
    };
    html! {
        <figure class={classes!("course", *role)}>
            <figcaption class="cap"><b>{ *name }</b><span>{ now }</span></figcaption>
            <svg viewBox={format!("0 0 {WIDTH} {}", HEIGHT + 2.0)} preserveAspectRatio="none" role="img" aria-label={words}>
                <line class="chart-grid" x1="0" x2={WIDTH.to_string()} y1={HEIGHT.to_string()} y2={HEIGHT.to_string()} />
                if !values.is_empty() {
                    <path class="course-area" d={format!("M0 {HEIGHT}{line}L{end:.1} {HEIGHT}Z")} />
                    <path class="course-line" d={format!("M{}", line.trim_start_matches('L'))} />
                }
                <line class="course-watch" x1={format!("{watch:.1}")} x2={format!("{watch:.1}")} y1="0" y2={HEIGHT.to_string()} />
            </svg>
        </figure>
    }
}
