//! Every picture's words: the notes of the tape as a list one can click. Only the rows in sight are in the page.

use super::window::{self, ROW};
use crate::draw::note::note;
use interleave_kernel::{Mark, Scene, Tape};
use std::rc::Rc;
use web_sys::HtmlElement;
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

/// Height in pixels assumed at least: a list of few rows is no measure of the one that follows.
const HEIGHT: usize = 480;

pub struct Transcript<S: Scene + 'static> {
    list: NodeRef,
    top: usize,
    height: usize,
    shown: Option<usize>,
    tape: std::marker::PhantomData<S>,
}

pub enum Msg {
    Scrolled,
    /// Moves by a row, from the keyboard.
    To(usize),
}

impl<S: Scene> Component for Transcript<S> {
    type Message = Msg;
    type Properties = Props<S>;

    fn create(_: &Context<Self>) -> Self {
        Self { list: NodeRef::default(), top: 0, height: HEIGHT, shown: None, tape: std::marker::PhantomData }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::To(at) => {
                ctx.props().go.emit(at);
                false
            }
            Msg::Scrolled => {
                let before = self.rows(ctx);
                if let Some(list) = self.list.cast::<HtmlElement>() {
                    self.top = usize::try_from(list.scroll_top()).unwrap_or_default();
                    self.height = usize::try_from(list.client_height()).unwrap_or(HEIGHT).max(HEIGHT);
                }
                // A row more or less is within the margin.
                self.rows(ctx).start.abs_diff(before.start) > 4
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let len = self.len(ctx);
        let rows = self.rows(ctx);
        let secret = len < props.tape.len();
        html! {
            <ol class="transcript" ref={&self.list} onscroll={ctx.link().callback(|_| Msg::Scrolled)} aria-label="Transcript">
                { for rows.map(|at| self.row(ctx, at)) }
                if secret {
                    <li class="transcript-secret">{ "The rest is hidden while you predict." }</li>
                }
            </ol>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let Some(list) = self.list.cast::<HtmlElement>() else { return };
        let rows = self.rows(ctx);
        // Room for the rows that are not there. Set on the node: a strict content policy forbids style attributes.
        let style = list.style();
        let _ = style.set_property("padding-top", &format!("{}px", rows.start * ROW));
        let _ = style.set_property("padding-bottom", &format!("{}px", (self.len(ctx) - rows.end) * ROW));
        let at = ctx.props().at;
        if first_render || self.shown != Some(at) {
            self.shown = Some(at);
            let height = usize::try_from(list.client_height()).unwrap_or(HEIGHT);
            let top = usize::try_from(list.scroll_top()).unwrap_or_default();
            if height > 0
                && let Some(top) = window::reveal(at, top, height)
            {
                list.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
                ctx.link().send_message(Msg::Scrolled);
            }
            follow_focus(&list);
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
        window::rows(self.len(ctx), self.top, self.height)
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
        let (last, link) = (self.len(ctx).saturating_sub(1), ctx.link().clone());
        let onkeydown = move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowDown" => (at + 1).min(last),
                "ArrowUp" => at.saturating_sub(1),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            link.send_message(Msg::To(to));
        };
        html! {
            <li key={at} class={classes!("transcript-row", level)} aria-posinset={(at + 1).to_string()} aria-setsize={props.tape.len().to_string()}>
                // One stop for Tab; the arrows move within.
                <button type="button" tabindex={if here { "0" } else { "-1" }} aria-current={here.then_some("step")}
                    onclick={props.go.reform(move |_| at)} {onkeydown}>
                    <span class="transcript-number" aria-hidden="true">{ at + 1 }</span>
                    <span class="transcript-words">{ note(&frame.note) }</span>
                </button>
            </li>
        }
    }
}

/// The focus that was on one row moves to the current one.
fn follow_focus(list: &HtmlElement) {
    let focused = list.owner_document().and_then(|document| document.active_element());
    if focused.is_some_and(|element| list.contains(Some(&element)) && element.tag_name() == "BUTTON")
        && let Ok(Some(row)) = list.query_selector("[aria-current]")
        && let Some(row) = wasm_bindgen::JsCast::dyn_ref::<HtmlElement>(&row)
    {
        let _ = row.focus();
    }
}
