//! The rows of the diagram, and what is on its way across them.

use super::chunk::Rows;
use super::geometry::Scale;
use super::scroll::reveal;
use super::slots::Slots;
use super::stroke::Stroke;
use super::window::{CHUNK, RUSHING, Window};
use gloo::render::request_animation_frame;
use gloo::timers::callback::Timeout;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// How long a frame has to stay before the rows far above it are drawn as well, in milliseconds.
const SETTLED: u32 = 200;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub window: Rc<Window>,
    pub scale: Scale,
    pub names: Vec<String>,
    /// The frame that is shown.
    pub at: usize,
    /// Shows a frame. Without it nothing leads anywhere.
    #[prop_or_default]
    pub go: Option<Callback<usize>>,
}

/// Rows up to the current one. Whoever rushes from one end of a long run to the other sees only the last ones until they rest.
#[component]
pub fn Sequence(props: &Props) -> Html {
    let node = use_node_ref();
    // The frame before this one, and how often the next was far away.
    let seen = use_mut_ref(|| (props.at, 0_u32));
    let jumps = {
        let mut seen = seen.borrow_mut();
        let far = seen.0.abs_diff(props.at) > CHUNK as usize;
        *seen = (props.at, seen.1 + u32::from(far));
        seen.1
    };
    let filled = use_state(|| 0_u32);
    {
        let filled = filled.clone();
        use_effect_with((props.at, jumps), move |_| {
            let timer = (*filled != jumps).then(|| Timeout::new(SETTLED, move || filled.set(jumps)));
            move || drop(timer)
        });
    }
    {
        let node = node.clone();
        use_effect_with(*filled, move |&filled| {
            let frame = (filled > 0).then(|| {
                request_animation_frame(move |_| {
                    if let Some(scroll) =
                        node.cast::<HtmlElement>().and_then(|node| node.closest(".seq-scroll").ok()?)
                    {
                        reveal(&scroll);
                    }
                })
            });
            move || drop(frame)
        });
    }
    let all = &props.window.chunks;
    let above = if *filled == jumps { all.len() } else { RUSHING + 1 };
    let chunks = &all[all.len().saturating_sub(above)..];
    let slots = use_mut_ref(Slots::default).borrow_mut().assign(chunks.iter().map(|chunk| chunk.first));
    let (earlier, top) = chunks.first().map_or((0, 0.0), |first| (first.first as usize, first.top));
    let flying = props.window.flying.iter().map(|stroke| Stroke { line: stroke.line.below(top), ..*stroke }.draw());
    html! {
        <div class="seq-window" ref={node} onkeydown={Callback::from(|event: KeyboardEvent| walk(&event))}>
            if earlier > 0 { { before(earlier, props.go.as_ref()) } }
            <div class="seq-sheet">
                { for chunks.iter().zip(slots).map(|(chunk, slot)| {
                    let first = chunk.first as usize;
                    let now = (first..first + chunk.rows.len()).contains(&props.at).then_some(props.at);
                    html! {
                        <Rows key={slot} chunk={chunk.clone()} {now} scale={props.scale} names={props.names.clone()} go={props.go.clone()} />
                    }
                }) }
                <svg class="seq-ink" aria-hidden="true" focusable="false">{ for flying }</svg>
            </div>
        </div>
    }
}

/// The arrows up and down lead from row to row.
fn walk(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowUp" => -1,
        "ArrowDown" => 1,
        _ => return,
    };
    let Some(row) = event.target_dyn_into::<HtmlElement>().filter(|target| target.class_list().contains("seq-step"))
    else {
        return;
    };
    let rows = row.closest(".seq-window").ok().flatten().and_then(|rows| rows.query_selector_all(".seq-step").ok());
    let Some(rows) = rows else { return };
    let at = |at: u32| rows.get(at).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    let here = (0..rows.length()).find(|&index| at(index).as_ref() == Some(&row));
    if let Some(next) = here.and_then(|here| here.checked_add_signed(by)).and_then(at) {
        event.prevent_default();
        let _ = next.focus();
    }
}

/// What is not drawn, and the way back to it.
fn before(count: usize, go: Option<&Callback<usize>>) -> Html {
    let words = format!("{count} earlier steps");
    match go {
        Some(go) => html! {
            <button type="button" class="lab-button seq-earlier" title={format!("Go to step {count}")} onclick={go.reform(move |_| count - 1)}>
                <span aria-hidden="true">{ "↑ " }</span>{ words }
            </button>
        },
        None => html! { <p class="seq-earlier">{ words }</p> },
    }
}
