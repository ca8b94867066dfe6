//! The waterfall: a time axis, a row for each group of queries, a lane for each connection.
//!
//! Bars are drawn once for a run. A frame moves one rectangle: it covers what has not happened yet.

use super::reading::Read;
use super::row::{LaneRow, Row, legend};
use super::spans::Scale;
use crate::draw::time::milliseconds;
use interleave_queries::Nanos;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub read: Read,
    pub clock: Nanos,
    pub over: bool,
    /// The group of the query that this frame is about.
    pub about: Option<usize>,
    pub picked: Option<usize>,
    pub pick: Callback<usize>,
}

/// The panel.
#[component]
pub fn Waterfall(props: &Props) -> Html {
    let Props { read, clock, over, about, picked, pick } = props;
    // Always the same one, so that rows stay as they are: it calls the newest.
    let newest = use_mut_ref(|| pick.clone());
    *newest.borrow_mut() = pick.clone();
    let pick = use_callback((), move |group: usize, ()| {
        let pick = newest.borrow().clone();
        pick.emit(group);
    });
    let picture = &read.picture;
    if picture.rows.is_empty() {
        return html! { <p class="empty">{ "the program asks the database nothing" }</p> };
    }
    let lanes = html! { <Lanes read={read.clone()} /> };
    html! {
        <div role="group" class="panel waterfall" aria-label="Waterfall">
            <div class="cap"><h3><b>{ "Waterfall" }</b></h3>{ legend(picture.present) }</div>
            <Axis scale={picture.scale.end} />
            <div class="falls" tabindex="0" role="group" aria-label="Queries over time">
                <div class="falls-room">
                    <Grid scale={picture.scale.end} />
                    <ol class="falls-rows" aria-label="Groups of queries">
                        { for picture.rows.iter().enumerate().map(|(number, strip)| html! {
                            <Row key={number} {number} strip={Rc::clone(strip)} now={*about == Some(number)} picked={*picked == Some(number)} pick={pick.clone()} />
                        }) }
                    </ol>
                    { lanes }
                    { curtain(picture.scale, *clock, *over) }
                </div>
            </div>
        </div>
    }
}

/// Covers what is later than now.
fn curtain(scale: Scale, clock: Nanos, over: bool) -> Html {
    let x = if over { super::spans::WIDTH } else { scale.x(clock) };
    html! {
        <svg class="falls-curtain" viewBox="0 0 1000 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="curtain" x={format!("{x:.2}")} y="0" width={format!("{:.2}", super::spans::WIDTH - x)} height="1" />
            if !over { <line class="now-line" x1={format!("{x:.2}")} x2={format!("{x:.2}")} y1="0" y2="1" /> }
        </svg>
    }
}

#[derive(PartialEq, Properties)]
struct ScaleProps {
    scale: Nanos,
}

fn percent(scale: Scale, tick: Nanos) -> String {
    format!("{:.2}%", scale.x(tick) / 10.0)
}

/// The times above the rows.
#[component]
fn Axis(props: &ScaleProps) -> Html {
    let scale = Scale { end: props.scale };
    html! {
        <svg class="falls-axis" width="100%" height="18" aria-hidden="true" focusable="false">
            { for scale.ticks(5).into_iter().map(|tick| {
                let x = scale.x(tick);
                let anchor = if x < 30.0 { "start" } else if x > 960.0 { "end" } else { "middle" };
                html! { <text class="chart-tick" x={percent(scale, tick)} y="13" text-anchor={anchor}>{ milliseconds(tick) }</text> }
            }) }
        </svg>
    }
}

/// The lines behind the rows.
#[component]
fn Grid(props: &ScaleProps) -> Html {
    let scale = Scale { end: props.scale };
    html! {
        <svg class="falls-grid" width="100%" height="100%" aria-hidden="true" focusable="false">
            { for scale.ticks(5).into_iter().map(|tick| html! {
                <line class="chart-grid" x1={percent(scale, tick)} x2={percent(scale, tick)} y1="0" y2="100%" />
            }) }
        </svg>
    }
}

#[derive(PartialEq, Properties)]
struct LanesProps {
    read: Read,
}

/// The connections.
#[component]
fn Lanes(props: &LanesProps) -> Html {
    let lanes = &props.read.picture.lanes;
    if lanes.is_empty() {
        return Html::default();
    }
    html! {
        <ol class="falls-lanes" aria-label="Connections">
            { for lanes.iter().enumerate().map(|(number, lane)| html! { <LaneRow key={number} {number} lane={Rc::clone(lane)} /> }) }
        </ol>
    }
}
