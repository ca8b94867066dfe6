//! The reader's program beside six ways to write the product catalogue.

use super::NPlusOne;
use super::question::Question;
use super::spans::{Scale, bars, path};
use super::telling::bytes;
use crate::draw::time::{grouped, milliseconds};
use crate::labs::{Landing, Turn};
use interleave_queries::{Nanos, Preset, QueryTape, Scenario, Scene, Standing, VARIANTS};
use std::rc::Rc;
use yew::prelude::*;

/// The question what the other ways cost.
pub struct Compare;

impl Question for Compare {
    const TASK: &'static str = "compare";
    const ASK: &'static str = "Compare";
    const AGAIN: &'static str = "Compare again";
    const STOP: &'static str = "Stop comparing";
    const WHY: &'static str = "What does the product catalogue cost, written in six ways?";
    const ANSWERED: &'static str = "The same tables, the same distance, the same pool.";

    type Progress = u32;
    type Answer = Vec<Standing>;

    fn so_far(scenario: &Scenario, done: Option<&u32>) -> String {
        let known = VARIANTS.iter().filter_map(|id| Preset::find(id));
        let own = known.filter(|preset| preset.program() == scenario.program).count();
        format!("{} of {} …", done.unwrap_or(&0), VARIANTS.len() + 1 - own)
    }

    fn draw(standings: &Vec<Standing>, _: &Scenario, turn: &Callback<Turn<NPlusOne>>) -> Html {
        table(standings, turn)
    }
}

fn title(standing: &Standing) -> &'static str {
    standing.preset.as_deref().and_then(Preset::find).map_or("Your program", |preset| preset.title)
}

fn table(standings: &[Standing], turn: &Callback<Turn<NPlusOne>>) -> Html {
    let best = standings.iter().filter(|it| it.fault.is_none()).map(|it| it.totals.time).min();
    let longest = standings.iter().map(|it| it.totals.time).max().unwrap_or(1);
    let row = |(number, standing): (usize, &Standing)| {
        let totals = &standing.totals;
        let (own, is_best) = (number == 0, standing.fault.is_none() && Some(totals.time) == best);
        html! {
            <tr class={classes!(own.then_some("own"), is_best.then_some("best"))}>
                <th scope="row">
                    { title(standing) }
                    if own { <small>{ " on the stage" }</small> }
                    if is_best { <small class="good">{ " fastest" }</small> }
                    if let Some(fault) = &standing.fault { <small class="bad">{ format!(" {fault}") }</small> }
                </th>
                <td class="sketch-room">{ sketch(standing, longest) }</td>
                <td>{ milliseconds(totals.time / 10_000 * 10_000) }</td>
                <td>{ grouped(totals.queries.into()) }</td>
                <td>{ grouped(totals.in_a_row.into()) }</td>
                <td>{ grouped(totals.rows) }</td>
                <td>{ bytes(totals.bytes) }</td>
                <td>
                    if own {
                        { "–" }
                    } else {
                        <button type="button" class="lab-button" onclick={open(standing, turn)}>{ "Open" }<span class="sr">{ format!(" {}", title(standing)) }</span></button>
                    }
                </td>
            </tr>
        }
    };
    html! {
        <div class="table-room" tabindex="0" role="group" aria-label="Ways to write the catalogue">
            <table class="levels standings-of">
                <thead><tr>
                    { for ["Way", "Queries over time", "Time", "Queries", "One after the other", "Rows", "Bytes", "Program"].map(|name| html! { <th scope="col">{ name }</th> }) }
                </tr></thead>
                <tbody>{ for standings.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Height of a row of the sketch.
const ROW: usize = 5;

/// The waterfall of a way in small, all on one scale.
fn sketch(standing: &Standing, longest: Nanos) -> Html {
    let scale = Scale { end: longest.max(1) };
    let since = |at: Nanos| at.saturating_sub(standing.began);
    let height = ROW * standing.rows.len().clamp(1, 8);
    html! {
        <svg class="sketch" viewBox={format!("0 0 1000 {height}")} height={height.to_string()} preserveAspectRatio="none" aria-hidden="true" focusable="false">
            { for standing.rows.iter().take(8).enumerate().map(|(at, row)| {
                let spans = row.bars.iter().map(|bar| (since(bar.from), since(bar.until))).collect();
                let top = (ROW * at) as f64;
                html! { <path class="at-work" d={path(&bars(scale, spans), top, top + ROW as f64 - 1.5)} /> }
            }) }
        </svg>
    }
}

/// Opens the program of a way; what is in the database, and how far away it is, stays.
fn open(standing: &Standing, turn: &Callback<Turn<NPlusOne>>) -> Callback<MouseEvent> {
    let preset = standing.preset.clone();
    turn.reform(move |_| {
        let preset = preset.clone();
        let turn: Turn<NPlusOne> = Rc::new(move |scenario: &Scenario, _: &Scene| {
            let program = Preset::find(preset.as_deref()?)?.program().to_owned();
            let landing: Landing<NPlusOne> = Rc::new(|tape: &QueryTape| tape.len().saturating_sub(1));
            Some((Scenario { program, ..scenario.clone() }, landing))
        });
        turn
    })
}
