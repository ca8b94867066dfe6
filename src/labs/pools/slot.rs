//! A request as a chip, and the place of a connection.

use interleave_traffic::pool::{Slot, Who};
use yew::prelude::*;

/// A request, wherever it is: the same chip moves from the queue to a connection and out.
pub fn chip(who: &Who, about: &[u32], several: bool) -> Html {
    let class = classes!("request", who.slow.then_some("slow"), about.contains(&who.request).then_some("about"));
    html! {
        <span {class} data-move={format!("r{}", who.request)}>
            { who.request }
            if several { <small>{ format!("·{}", who.query) }</small> }
            if who.slow { <span class="sr">{ " (slow)" }</span> }
        </span>
    }
}

/// What a connection is at, in a word and as a class.
fn state(slot: &Slot) -> (&'static str, &'static str) {
    match slot {
        Slot::Closed => ("closed", "is-closed"),
        Slot::Opening(_) => ("opening", "is-opening"),
        Slot::Idle => ("idle", "is-idle"),
        Slot::Running(_) => ("query runs", "is-running"),
        Slot::Holding(_) => ("held", "is-holding"),
        Slot::Keeping(_) => ("kept", "is-keeping"),
        Slot::Leaked(_) => ("leaked", "is-leaked"),
    }
}

/// The place of a connection, from 0.
pub fn slot(place: usize, slot: &Slot, about: &[u32], several: bool) -> Html {
    let (word, class) = state(slot);
    let who = match slot {
        Slot::Closed | Slot::Idle | Slot::Opening(None) => None,
        Slot::Opening(Some(who)) | Slot::Running(who) | Slot::Holding(who) | Slot::Keeping(who) | Slot::Leaked(who) => {
            Some(who)
        }
    };
    let here = who.is_some_and(|who| about.contains(&who.request));
    html! {
        <li class={classes!("connection", class, here.then_some("about"))}>
            <span class="connection-number"><span class="sr">{ "Connection " }</span>{ place + 1 }</span>
            <span class="connection-who">if let Some(who) = who { { chip(who, about, several) } }</span>
            <span class="connection-state">{ word }</span>
        </li>
    }
}
