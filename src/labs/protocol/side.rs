//! What each process has on disk, and what it has in memory and would lose.

use super::heads::state;
use super::sign::{sign, tone};
use interleave_protocols::diagram::{Diagram, Entry, Lane, Status};
use yew::prelude::*;

/// Every process. A line on disk has the square that a write has in the diagram, a line in memory the ring.
pub fn processes(diagram: &Diagram) -> Html {
    let here = diagram.moments.last().and_then(|moment| moment.lane);
    html! {
        <div role="group" class="seq-processes" aria-label="What each process knows">
            <p class="seq-legend">
                <span><i class="seq-on-disk"></i>{ "on disk" }</span><span><i class="seq-in-memory"></i>{ "in memory, lost in a crash" }</span>
            </p>
            { for (0..).zip(&diagram.lanes).map(|(at, lane)| process(lane, here == Some(at))) }
        </div>
    }
}

fn process(lane: &Lane, here: bool) -> Html {
    let down = lane.status == Status::Down;
    let memory = if down { "lost: " } else { "in memory: " };
    let nothing = lane.log.is_empty() && lane.rows.is_empty() && lane.memory.is_empty();
    html! {
        <div class={classes!("seq-process", here.then_some("here"), down.then_some("down"))}>
            <div class="cap"><h3>{ &lane.name }</h3>{ state(lane) }if nothing { <span>{ "nothing yet" }</span> }</div>
            if !nothing {
                <ul class="seq-entries">
                    { for lane.log.iter().chain(&lane.rows).map(|entry| line(entry, "disk", "seq-on-disk", "on disk: ")) }
                    { for lane.memory.iter().map(|entry| line(entry, "memory", "seq-in-memory", memory)) }
                </ul>
            }
        </div>
    }
}

fn line(entry: &Entry, class: &'static str, mark: &'static str, place: &'static str) -> Html {
    let tone = tone(entry.tone);
    html! {
        <li class={classes!(class, tone.map(|(_, class, _)| class))}>
            <i class={mark}></i><span class="sr">{ place }</span>
            if let Some((shape, _, words)) = tone { { sign(shape) }<span class="sr">{ words }</span> }
            <code>{ &entry.text }</code>
        </li>
    }
}
