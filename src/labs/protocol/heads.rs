//! The head of each lane: who it is, and how it stands.

use super::sign::{Sign, sign};
use interleave_protocols::diagram::{Deed, Diagram, Lane, Status, Waits};
use yew::prelude::*;

/// What the lanes are called.
pub fn names(diagram: &Diagram) -> Vec<String> {
    diagram.lanes.iter().map(|lane| lane.name.clone()).collect()
}

/// How many lanes there are, as the style sheet is told.
pub fn lanes(diagram: &Diagram) -> String {
    format!("lanes-{}", diagram.lanes.len().clamp(1, 9))
}

/// The heads, above the lanes.
pub fn heads(diagram: &Diagram) -> Html {
    html! {
        <div class="seq-heads">
            { for diagram.lanes.iter().map(|lane| html! {
                <div class={classes!("seq-head", (lane.status == Status::Down).then_some("down"))}>
                    <h3 title={lane.name.clone()}>{ &lane.name }</h3>
                    { state(lane) }
                </div>
            }) }
        </div>
    }
}

/// How a process stands, in signs and words. Nothing is said of one that is simply up.
pub fn state(lane: &Lane) -> Html {
    let mut states = Vec::new();
    match lane.status {
        Status::Up => {}
        Status::Down => states.push((Sign::Deed(Deed::Crash), "fault", "down")),
        Status::CutOff => states.push((Sign::Deed(Deed::Isolate), "fault", "cut off")),
    }
    if lane.locked {
        states.push((Sign::Lock, "lock", "locked"));
    }
    match lane.waits {
        Waits::No => {}
        Waits::Running => states.push((Sign::Deed(Deed::Timeout), "timer", "waits")),
        Waits::Due => states.push((Sign::Deed(Deed::Timeout), "timer due", "time is up")),
    }
    html! {
        <p class="seq-state">
            { for states.into_iter().map(|(shape, class, words)| html! {
                <span class={class} title={words}>{ sign(shape) }<span>{ words }</span></span>
            }) }
        </p>
    }
}
