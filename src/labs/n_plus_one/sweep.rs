//! The same program with more products, and with a longer way to the database.

use super::NPlusOne;
use super::question::Question;
use crate::draw::chart::{Chart, Marker, Series};
use crate::draw::time::{grouped, milliseconds};
use crate::labs::Turn;
use crate::labs::choices::{ms, plain};
use interleave_queries::{Axis, Point, Scenario, Sweep as Found};
use yew::prelude::*;

/// The question how it grows.
pub struct Sweep;

impl Question for Sweep {
    const TASK: &'static str = "sweep";
    const ASK: &'static str = "Sweep";
    const AGAIN: &'static str = "Sweep again";
    const STOP: &'static str = "Stop the sweep";
    const WHY: &'static str = "Does it stay as quick with more products, and with the database further away?";
    const ANSWERED: &'static str =
        "Beside it the yardstick: the product catalogue, one query for each relation, by IN.";

    /// How many runs of how many are over.
    type Progress = (u32, u32);
    type Answer = Found;

    fn so_far(_: &Scenario, progress: Option<&(u32, u32)>) -> String {
        progress.map_or("Running …".into(), |(done, all)| format!("{done} of {all} runs …"))
    }

    fn draw(found: &Found, scenario: &Scenario, _: &Callback<Turn<NPlusOne>>) -> Html {
        pictures(found, scenario)
    }
}

/// How a place of an axis is said.
fn place(axis: Axis, value: u32) -> String {
    match axis {
        Axis::Products => plain(value),
        Axis::RoundTrip => ms(value),
    }
}

type Measure = fn(&Point) -> [f64; 2];

fn chart(found: &Found, axis: Axis, title: &str, unit: &'static str, measure: Measure) -> Html {
    let points: Vec<&Point> = found.points.iter().filter(|point| point.axis == axis).collect();
    let series = |label: &str, role, marker, which: usize| Series {
        label: label.into(),
        role,
        marker,
        values: points.iter().map(|point| Some(measure(point)[which])).collect(),
    };
    let (along, places) = match axis {
        Axis::Products => ("products", points.iter().map(|point| plain(point.value)).collect()),
        Axis::RoundTrip => (
            "round trip, ms",
            points.iter().map(|point| crate::draw::chart::number(f64::from(point.value) / 1000.0)).collect(),
        ),
    };
    let series = vec![
        series("this program", "role-timers", Marker::Circle, 0),
        series("by IN", "role-check", Marker::Square, 1),
    ];
    Chart { title: title.into(), unit, along: along.into(), places, series }.draw()
}

fn pictures(found: &Found, scenario: &Scenario) -> Html {
    let time: Measure = |point| [point.time as f64 / 1e6, point.eager_time as f64 / 1e6];
    let queries: Measure = |point| [point.queries.into(), point.eager_queries.into()];
    let scenario = scenario.bounded();
    html! {
        <>
            <div class="charts">
                { chart(found, Axis::Products, "Time, with more products", "ms", time) }
                { chart(found, Axis::RoundTrip, "Time, further away", "ms", time) }
                { chart(found, Axis::Products, "Queries, with more products", "", queries) }
            </div>
            <p class="hint">{ format!("Over products the round trip is {}; over round trips there are {} products.", ms(scenario.round_trip), plain(scenario.shop.products)) }</p>
            <details class="as-table">
                <summary>{ "The same as a table" }</summary>
                <div class="table-room" tabindex="0" role="group" aria-label="Figures of the sweep">
                    <table class="levels">
                        <thead><tr>
                            { for ["What", "Value", "Queries", "Time", "Queries by IN", "Time by IN"].map(|name| html! { <th scope="col">{ name }</th> }) }
                        </tr></thead>
                        <tbody>{ for found.points.iter().map(|point| html! {
                            <tr>
                                <th scope="row">{ if point.axis == Axis::Products { "products" } else { "round trip" } }</th>
                                <td>{ place(point.axis, point.value) }</td>
                                <td>{ grouped(point.queries.into()) }</td>
                                <td>{ milliseconds(point.time / 10_000 * 10_000) }</td>
                                <td>{ grouped(point.eager_queries.into()) }</td>
                                <td>{ milliseconds(point.eager_time / 10_000 * 10_000) }</td>
                            </tr>
                        }) }</tbody>
                    </table>
                </div>
            </details>
        </>
    }
}
