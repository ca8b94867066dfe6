//! The keyboard: 1 to 9 choose, Enter checks. Only where no text is typed.

use super::{AskProps, choices::toggled};
use crate::practice::parts::keys::{are_on, takes_enter, takes_text};
use interleave_course::judge::shuffled;
use interleave_course::{Given, Kind};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// A key went down in the question.
pub fn pressed(event: &KeyboardEvent, props: &AskProps) {
    if event.default_prevented() || event.alt_key() || event.is_composing() {
        return;
    }
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let command = event.ctrl_key() || event.meta_key();
    let (typing, busy) = target.as_ref().map_or((false, false), |target| (takes_text(target), takes_enter(target)));
    if event.key() == "Enter" {
        // In a field of one line Enter sends the form by itself; in one of many it takes Ctrl.
        let checks = if typing { command } else { !busy && !command };
        if checks && props.given.answers(&props.asked.question) && !props.judged && !props.exam {
            event.prevent_default();
            props.on_check.emit(());
        }
        return;
    }
    if typing || command || props.judged || !are_on() {
        return;
    }
    let number = event.key().parse::<usize>().ok().filter(|number| (1..=9).contains(number));
    if let Some(given) = number.and_then(|number| chosen(props, number - 1)) {
        event.prevent_default();
        props.on_given.emit(given);
    }
}

/// What the key of the option that stands there gives.
fn chosen(props: &AskProps, place: usize) -> Option<Given> {
    let option = |count: usize| shuffled(count, props.seed).get(place).copied();
    match &props.asked.question.kind {
        Kind::Choice(options) => option(options.options.len()).map(Given::Option),
        Kind::Anomaly(anomalies) => option(anomalies.options.len()).map(Given::Option),
        Kind::Several(options) => option(options.options.len()).map(|at| toggled(&props.given, at)),
        Kind::TrueFalse(_) => [true, false].get(place).copied().map(Given::Truth),
        _ => None,
    }
}

/// Which keys there are, for those who have some.
pub fn hint(kind: &Kind) -> Html {
    let words = match kind {
        Kind::Choice(_) | Kind::Anomaly(_) | Kind::TrueFalse(_) | Kind::Several(_) => {
            html! { <><kbd>{"1"}</kbd>{"–"}<kbd>{"9"}</kbd>{" choose, "}<kbd>{"Enter"}</kbd>{" checks"}</> }
        }
        Kind::Output(_) => html! { <><kbd>{"Ctrl"}</kbd>{" "}<kbd>{"Enter"}</kbd>{" checks"}</> },
        Kind::Order(_) => html! { <><kbd>{"Alt"}</kbd>{" "}<kbd>{"↑"}</kbd>{" "}<kbd>{"↓"}</kbd>{" move a line"}</> },
        _ => return Html::default(),
    };
    html! { <span class="ask-keys">{words}</span> }
}
