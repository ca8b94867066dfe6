//! Some rows of the diagram, drawn once: nothing in them changes while the run goes on below.

use super::geometry::{Scale, Sheet, across, down};
use super::life::{Span, spans};
use super::mark::mark;
use super::row::{Around, row};
use super::window::Chunk;
use interleave_protocols::diagram::Status;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub chunk: Rc<Chunk>,
    pub scale: Scale,
    pub names: Vec<String>,
    /// The frame that is shown, if its row is among these.
    pub now: Option<usize>,
    #[prop_or_default]
    pub go: Option<Callback<usize>>,
}

/// The rows, and behind them lanes, arrows and marks.
#[component]
pub fn Rows(props: &Props) -> Html {
    let Chunk { first, rows, lives, strokes, .. } = &*props.chunk;
    let bands = (0..).zip(rows).flat_map(|(at, row)| row.broken.iter().map(move |_| at)).collect();
    let sheet = Sheet::new(props.names.len(), props.scale, bands);
    let moments = || rows.iter().map(|row| &row.moment);
    let height = sheet.top(rows.len() as u32);
    let lanes = (0..).zip(lives).flat_map(|(lane, life)| {
        let spans = spans(lane, *life, moments());
        spans.into_iter().map(move |span| (lane, span))
    });
    html! {
        <div class="seq-chunk">
            <svg class="seq-ink" aria-hidden="true" focusable="false">
                { for lanes.map(|(lane, span)| lane_line(&sheet, lane, span, height)) }
                { for strokes.iter().map(|stroke| stroke.draw()) }
                { for (0..).zip(rows).map(|(number, row)| mark(row, number, &sheet)) }
            </svg>
            <ol class="seq-rows" start={(first + 1).to_string()}>
                { for (*first as usize..).zip(rows).map(|(frame, it)| {
                    row(it, &Around { frame, now: props.now == Some(frame), names: &props.names, go: props.go.as_ref() })
                }) }
            </ol>
        </div>
    }
}

fn lane_line(sheet: &Sheet, lane: u8, span: Span, height: f64) -> Html {
    let x = across(sheet.lane(lane));
    let y1 = down(span.from.map_or(0.0, |row| sheet.middle(row)));
    let y2 = down(span.to.map_or(height, |row| sheet.middle(row)));
    let line =
        |class: &'static str| html! { <line {class} x1={x.clone()} y1={y1.clone()} x2={x.clone()} y2={y2.clone()} /> };
    match span.status {
        Status::Up => line("seq-lane"),
        Status::Down => line("seq-lane down"),
        // A wall on either side.
        Status::CutOff => html! { <>{ line("seq-wall") }{ line("seq-within") }{ line("seq-lane cut-off") }</> },
    }
}
