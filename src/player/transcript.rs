//! Every picture's words: the notes of the tape as a list one can click. Only the rows in sight are in the page.

use super::window::{self, ROW};
use crate::draw::note::note;
use gloo::render::{AnimationFrame, request_animation_frame};
use interleave_kernel::{Mark, Scene, Tape};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

#[derive(Properties)]
pub struct Props<S: Scene + 'static> {
    pub tape: Rc<Tape<S>>,
    pub at: usize,
    /// Rows after this one stay secret.
    pub until: Option<usize>,
    pub go: Callback<usize>,
}

impl<S: Scene> PartialEq for Props<S> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.tape, &other.tape) && self.at == other.at && self.until == other.until && self.go == other.go
    }
}

/// Height in pixels of the list that rows are drawn for at least: a list of few rows is no measure of the one that follows.
const HEIGHT: usize = 480;

/// How far a list is scrolled down and how high it is, in pixels.
#[derive(Clone, Copy)]
struct Sight {
    top: usize,
    height: usize,
}

pub struct Transcript<S: Scene + 'static> {
    /// What scrolls.
    list: NodeRef,
    /// What is long.
    rows: NodeRef,
    /// What of it was in sight last.
    seen: Sight,
    /// What the rows were drawn for.
    drawn: Sight,
    shown: Option<usize>,
    /// What is to be done with the next paint.
    frame: Option<AnimationFrame>,
    tape: std::marker::PhantomData<S>,
}

pub enum Msg {
    Scrolled,
    /// To that row's frame.
    To(usize),
}

impl<S: Scene> Component for Transcript<S> {
    type Message = Msg;
    type Properties = Props<S>;

    fn create(_: &Context<Self>) -> Self {
        Self {
            list: NodeRef::default(),
            rows: NodeRef::default(),
            seen: Sight { top: 0, height: HEIGHT },
            drawn: Sight { top: 0, height: HEIGHT },
            shown: None,
            frame: None,
            tape: std::marker::PhantomData,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::To(at) => {
                ctx.props().go.emit(at);
                false
            }
            Msg::Scrolled => {
                let Some(list) = self.list.cast::<HtmlElement>() else { return false };
                self.seen = Sight::of(&list);
                let enough = window::covers(&self.rows(ctx), self.len(ctx), self.seen.top, self.seen.height);
                if !enough {
                    self.drawn = self.seen;
                }
                !enough
            }
        }
    }

    /// The rows around the new frame are drawn at once, not first those around the old one.
    fn changed(&mut self, ctx: &Context<Self>, _: &Props<S>) -> bool {
        if let Some(top) = window::reveal(ctx.props().at, self.seen.top, self.seen.height.max(ROW)) {
            self.seen.top = top;
        }
        self.drawn = self.seen;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let len = self.len(ctx);
        let rows = self.rows(ctx);
        let secret = len < props.tape.len();
        html! {
            // The list listens for its rows: each would bring its own listeners.
            <div class="transcript" ref={&self.list} onscroll={ctx.link().callback(|_| Msg::Scrolled)}
                onclick={ctx.link().batch_callback(|event: MouseEvent| Some(Msg::To(row_of(&event)?)))}
                onkeydown={ctx.link().batch_callback(move |event: KeyboardEvent| {
                    let at = row_of(&event)?;
                    let to = match event.key().as_str() {
                        "ArrowDown" => (at + 1).min(len.saturating_sub(1)),
                        "ArrowUp" => at.saturating_sub(1),
                        _ => return None,
                    };
                    event.prevent_default();
                    Some(Msg::To(to))
                })}>
                <ol class="transcript-rows" aria-label="Transcript" ref={&self.rows}>
                    { for rows.map(|at| self.row(ctx, at)) }
                    if secret {
                        <li class="transcript-secret">{ "The rest is hidden while you predict." }</li>
                    }
                </ol>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let (Some(list), Some(long)) = (self.list.cast::<HtmlElement>(), self.rows.cast::<HtmlElement>()) else {
            return;
        };
        let rows = self.rows(ctx);
        // Room for the rows that are not there. Set on the node: a strict content policy forbids style attributes.
        let style = long.style();
        let _ = style.set_property("padding-top", &format!("{}px", rows.start * ROW));
        let _ = style.set_property("padding-bottom", &format!("{}px", (self.len(ctx) - rows.end) * ROW));
        let at = ctx.props().at;
        if first_render || self.shown != Some(at) {
            self.shown = Some(at);
            follow_focus(&list);
            // With the next paint: to ask now how high the list is would have the page laid out twice.
            self.frame = Some(request_animation_frame(move |_| bring_into_sight(&list, at)));
        }
    }
}

impl<S: Scene> Transcript<S> {
    /// Rows that may be shown.
    fn len(&self, ctx: &Context<Self>) -> usize {
        let all = ctx.props().tape.len();
        ctx.props().until.map_or(all, |until| all.min(until + 1))
    }

    fn rows(&self, ctx: &Context<Self>) -> std::ops::Range<usize> {
        window::rows(self.len(ctx), self.drawn.top, self.drawn.height.max(HEIGHT))
    }

    fn row(&self, ctx: &Context<Self>, at: usize) -> Html {
        let props = ctx.props();
        let Some(frame) = props.tape.frames().get(at) else { return Html::default() };
        let here = at == props.at;
        let level = match frame.mark {
            Mark::Section => "section",
            Mark::Unit => "unit",
            Mark::Step => "step",
        };
        html! {
            <li key={window::place(at, self.drawn.height.max(HEIGHT))} class={classes!("transcript-row", level)} aria-posinset={(at + 1).to_string()} aria-setsize={props.tape.len().to_string()}>
                // One stop for Tab; the arrows move within.
                <button type="button" tabindex={if here { "0" } else { "-1" }} aria-current={here.then_some("step")} data-row={at.to_string()}>
                    <span class="transcript-number" aria-hidden="true">{ at + 1 }</span>
                    <span class="transcript-words">{ note(&frame.note) }</span>
                </button>
            </li>
        }
    }
}

impl Sight {
    fn of(list: &HtmlElement) -> Self {
        let pixels = |number: i32| usize::try_from(number).unwrap_or_default();
        Self { top: pixels(list.scroll_top()), height: pixels(list.client_height()) }
    }
}

fn bring_into_sight(list: &HtmlElement, at: usize) {
    let Sight { top, height } = Sight::of(list);
    // Without height it is folded away. The scroll event says whether other rows came into sight than those that were drawn.
    if height > 0
        && let Some(top) = window::reveal(at, top, height)
    {
        list.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
    }
}

/// The row an event happened in.
fn row_of(event: &web_sys::Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-row]").ok()??.get_attribute("data-row")?.parse().ok()
}

/// The focus that was on one row moves to the current one.
fn follow_focus(list: &HtmlElement) {
    let focused = list.owner_document().and_then(|document| document.active_element());
    if focused.is_some_and(|element| list.contains(Some(&element)) && element.tag_name() == "BUTTON")
        && let Ok(Some(row)) = list.query_selector("[aria-current]")
        && let Some(row) = row.dyn_ref::<HtmlElement>()
    {
        let _ = row.focus();
    }
}
