//! What it comes to so far.

use super::reading::Read;
use super::room::Moment;
use super::tally::Sum;
use super::telling::bytes;
use crate::draw::time::{grouped, milliseconds};
use yew::prelude::*;

/// A figure: its name, what it counts, and how it is read.
type Figure = (&'static str, &'static str, fn(&Sum) -> String);

/// The figures: as far as the clock has come, and what they will be.
pub fn totals(read: &Read, moment: &Moment) -> Html {
    let all = Sum::all(&read.run.totals);
    let now = if moment.over { all } else { read.tally.at(moment.clock) };
    let number = |value: u32| grouped(value.into());
    let figures: [Figure; 6] = [
        ("Queries", "asked by the program", |sum| grouped(sum.queries.into())),
        ("One after the other", "round trips that waited for the one before", |sum| grouped(sum.in_a_row.into())),
        ("Round trips", "queries, and connections that were opened", |sum| grouped(sum.round_trips.into())),
        ("Rows", "that came back", |sum| grouped(sum.rows)),
        ("Bytes", "of all answers", |sum| bytes(sum.bytes)),
        ("Time", "from the first question to the last answer", |sum| milliseconds(sum.time / 10_000 * 10_000)),
    ];
    let failed = read.run.totals.failed;
    html! {
        <dl class="queries-totals" aria-label="So far">
            { for figures.into_iter().map(|(name, what, of)| html! {
                <div title={what}>
                    <dt>{ name }</dt>
                    <dd>{ of(&now) }if !moment.over { <small>{ format!(" of {}", of(&all)) }</small> }</dd>
                </div>
            }) }
            if moment.over && failed > 0 {
                <div class="bad"><dt>{ "Failed" }</dt><dd>{ number(failed) }</dd></div>
            }
        </dl>
    }
}
