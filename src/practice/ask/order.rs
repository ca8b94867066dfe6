//! What happens first? A list that is brought into order with buttons, keys or by dragging.

use super::sheet::Sheet;
use crate::draw::markdown::phrases;
use gloo::timers::callback::Timeout;
use interleave_course::question::{Order, Tape};
use interleave_course::{Answer, Given};
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::prelude::*;

/// The events as they stand; judged, each is told whether it stands at its place, and the right order stands below.
pub fn order(sheet: &Sheet, order: &Order) -> Html {
    let count = order.events.len();
    let given = match sheet.given {
        Given::Order(events) if sheet.given.answers(sheet.question) => events.clone(),
        _ => sheet.hidden(count),
    };
    let code = matches!(order.of, Tape::Program(_));
    let texts: Rc<[AttrValue]> = order.events.iter().map(|event| AttrValue::from(event.text.clone())).collect();
    let truth = match sheet.answer {
        Some(Answer::Order(truth)) if sheet.judged() => Some(Rc::from(truth.as_slice())),
        _ => None,
    };
    html! {
        <Events id={sheet.id.clone()} {texts} {code} order={Rc::from(given.as_slice())} truth={truth} judged={sheet.judged()}
            touched={*sheet.given != Given::None} on_order={sheet.on_given.reform(Given::Order)} />
    }
}

#[derive(Properties, PartialEq)]
struct EventsProps {
    id: String,
    texts: Rc<[AttrValue]>,
    /// Whether the events are lines that a program prints.
    code: bool,
    order: Rc<[usize]>,
    /// The right order, once it is judged.
    truth: Option<Rc<[usize]>>,
    judged: bool,
    /// Whether the learner has given an order already: as it stands at first it is one, too.
    touched: bool,
    on_order: Callback<Vec<usize>>,
}

#[component]
fn Events(props: &EventsProps) -> Html {
    let list = use_node_ref();
    let said = use_state(String::new);
    let dragged = use_state(|| None::<usize>);
    let focus = use_mut_ref(|| None::<Timeout>);
    let count = props.order.len();

    let shift = {
        let (order, texts, on_order) = (props.order.clone(), props.texts.clone(), props.on_order.clone());
        let (said, list, focus) = (said.clone(), list.clone(), focus.clone());
        Callback::from(move |(from, to, then): (usize, usize, Then)| {
            if from >= order.len() || to >= order.len() || from == to {
                return;
            }
            let mut events = order.to_vec();
            let event = events.remove(from);
            events.insert(to, event);
            said.set(format!("{}: place {} of {}", texts.get(event).map_or("", |text| text), to + 1, order.len()));
            on_order.emit(events);
            // The row has moved away under the focus: it follows.
            let list = list.clone();
            *focus.borrow_mut() = Some(Timeout::new(0, move || follow(&list, to, then)));
        })
    };
    let keep = {
        let (order, on_order) = (props.order.clone(), props.on_order.clone());
        Callback::from(move |_: MouseEvent| on_order.emit(order.to_vec()))
    };
    let row = |(at, event): (usize, &usize)| {
        let text = props.texts.get(*event).cloned().unwrap_or_default();
        let mark = props.truth.as_ref().map(|truth| if truth.get(at) == Some(event) { "right" } else { "wrong" });
        let up = shift.reform(move |_: MouseEvent| (at, at.wrapping_sub(1), Then::Up));
        let down = shift.reform(move |_: MouseEvent| (at, at + 1, Then::Down));
        let key = {
            let shift = shift.clone();
            Callback::from(move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "ArrowUp" if event.alt_key() => at.wrapping_sub(1),
                    "ArrowDown" if event.alt_key() => at + 1,
                    _ => return,
                };
                event.prevent_default();
                shift.emit((at, to, Then::Row));
            })
        };
        let start = {
            let dragged = dragged.clone();
            Callback::from(move |event: DragEvent| {
                dragged.set(Some(at));
                if let Some(data) = event.data_transfer() {
                    data.set_effect_allowed("move");
                    // Some browsers drag nothing that carries nothing.
                    let _ = data.set_data("text/plain", "");
                }
            })
        };
        let over = {
            let (dragged, shift) = (dragged.clone(), shift.clone());
            Callback::from(move |event: DragEvent| {
                if let Some(from) = *dragged {
                    event.prevent_default();
                    if from != at {
                        dragged.set(Some(at));
                        shift.emit((from, at, Then::Nothing));
                    }
                }
            })
        };
        let end = {
            let dragged = dragged.clone();
            Callback::from(move |event: DragEvent| {
                event.prevent_default();
                dragged.set(None);
            })
        };
        let name = text.clone();
        html! {
            <li key={*event} class={classes!("ask-event", mark, (*dragged == Some(at)).then_some("dragged"))} onkeydown={key}
                draggable={(!props.judged).then_some("true")} ondragstart={start} ondragover={over} ondragend={end.clone()} ondrop={end}
                tabindex={(!props.judged).then_some("0")} aria-label={format!("{}. {name}", at + 1)}>
                <span class="place" aria-hidden="true">{at + 1}</span>
                <span class="what">{if props.code { html! { <code>{text}</code> } } else { phrases(&text) }}</span>
                if let Some(mark) = mark {
                    <span class="verdict">{if mark == "right" { "right" } else { "not here" }}</span>
                } else {
                    <span class="moves">
                        <button type="button" class="button" disabled={at == 0} onclick={up} aria-label={format!("Move up: {name}")}>{arrow("M4 10l4-4 4 4")}</button>
                        <button type="button" class="button" disabled={at + 1 == count} onclick={down} aria-label={format!("Move down: {name}")}>{arrow("M4 6l4 4 4-4")}</button>
                    </span>
                }
            </li>
        }
    };
    html! {
        <>
            <p class="ask-hint" id={format!("{}-order", props.id)}>{"First comes first."}</p>
            <ol class="ask-events" ref={list.clone()} aria-describedby={format!("{}-order", props.id)}>{for props.order.iter().enumerate().map(row)}</ol>
            <p class="visually-hidden" aria-live="polite">{&*said}</p>
            if !props.touched && !props.judged {
                <p class="ask-keep"><button type="button" class="button" onclick={keep}>{"It is in order as it stands"}</button></p>
            }
            if let Some(truth) = &props.truth {
                if **truth != *props.order {
                    <p class="ask-hint">{"It happens in this order:"}</p>
                    <ol class="ask-truth">{for truth.iter().map(|event| {
                        let text = props.texts.get(*event).cloned().unwrap_or_default();
                        html! { <li>{if props.code { html! { <code>{text}</code> } } else { phrases(&text) }}</li> }
                    })}</ol>
                }
            }
        </>
    }
}

/// What has the focus after a row has moved.
#[derive(Clone, Copy)]
enum Then {
    Row,
    Up,
    Down,
    Nothing,
}

/// Gives the focus back to the row, or to the button of it that was pressed; at an end of the list, to the other one.
fn follow(list: &NodeRef, to: usize, then: Then) {
    let row = format!("li:nth-child({})", to + 1);
    let wanted = match then {
        Then::Row => vec![row],
        Then::Up => vec![format!("{row} button:first-child:enabled"), format!("{row} button:enabled")],
        Then::Down => vec![format!("{row} button:last-child:enabled"), format!("{row} button:enabled")],
        Then::Nothing => return,
    };
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let found = wanted.iter().find_map(|selector| list.query_selector(selector).ok().flatten());
    if let Some(element) = found.and_then(|element| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(element).ok()) {
        let _ = element.focus();
    }
}

fn arrow(path: &'static str) -> Html {
    html! {
        <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d={path} fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" />
        </svg>
    }
}
