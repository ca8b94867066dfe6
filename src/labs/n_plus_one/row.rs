//! One row of the waterfall: what is asked, and its bars. It is drawn again only when it is picked, or no longer is.

use super::picture::{HEIGHTS, Lane, MARKS, Strip};
use super::telling::{count, place};
use crate::draw::time::grouped;
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties)]
pub struct Props {
    pub number: usize,
    pub strip: Rc<Strip>,
    /// The query of this frame is one of them.
    pub now: bool,
    pub picked: bool,
    pub pick: Callback<usize>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.strip, &other.strip)
            && (self.number, self.now, self.picked) == (other.number, other.now, other.picked)
            && self.pick == other.pick
    }
}

/// The row of a group.
#[component]
pub fn Row(props: &Props) -> Html {
    let Props { number, strip, now, picked, pick } = props;
    let number = *number;
    let many = strip.count > 1;
    html! {
        <li class={classes!("fall", now.then_some("now"), picked.then_some("picked"))}>
            <button type="button" class="fall-name" aria-pressed={picked.to_string()} onclick={pick.reform(move |_| number)}>
                <span class="fall-text">{ &strip.text }</span>
                <span class="fall-count">
                    if many { <b>{ format!("×{}", grouped(strip.count as u64)) }</b>{ " " } }
                    { place(strip.line) }
                    if strip.at_once > 1 { <span class="sr">{ format!(", up to {} at once", strip.at_once) }</span> }
                </span>
            </button>
            <svg class="fall-bars" viewBox="0 0 1000 16" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                { for strip.marks.iter().zip(MARKS).filter(|(path, _)| !path.is_empty()).map(|(path, (class, _))| html! {
                    <path {class} d={path.clone()} />
                }) }
            </svg>
        </li>
    }
}

#[derive(Properties)]
pub struct LaneProps {
    pub number: usize,
    pub lane: Rc<Lane>,
}

impl PartialEq for LaneProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.lane, &other.lane) && self.number == other.number
    }
}

/// The lane of a connection.
#[component]
pub fn LaneRow(props: &LaneProps) -> Html {
    let LaneProps { number, lane } = props;
    html! {
        <li class="fall lane-of">
            <span class="fall-name">
                <span class="fall-text">{ format!("connection {}", number + 1) }</span>
                <span class="fall-count">{ count(lane.queries as u64, "query", "queries") }</span>
            </span>
            <svg class="fall-bars" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <path class="lane-opening" d={lane.opening.clone()} />
                <path class="lane-open" d={lane.open.clone()} />
                <path class="lane-busy" d={lane.busy.clone()} />
            </svg>
        </li>
    }
}

/// What the marks mean.
pub fn legend(present: [bool; 5]) -> Html {
    html! {
        <ul class="fall-legend" aria-label="What the bars mean">
            { for MARKS.iter().zip(HEIGHTS).zip(present).filter(|(_, present)| *present).map(|(((class, words), (top, bottom)), _)| html! {
                <li>
                    <svg viewBox="0 0 18 16" width="18" height="16" aria-hidden="true" focusable="false">
                        <path class={*class} d={format!("M1 {top}H17V{bottom}H1z")} />
                    </svg>
                    { *words }
                </li>
            }) }
        </ul>
    }
}
