//! Decks from the learner's own files: dropped anywhere on the page or chosen with a button, read in a worker, kept on this device.
//!
//! ```text
//! mod.rs       what is under way, and what changes it     dropping.rs  files that are dragged over the page
//! bringing.rs  a file → a deck that is kept               list.rs      the decks, and removing one
//! outcome.rs   what came of it: the sentence, the problems
//! ```

mod bringing;
mod dropping;
mod list;
mod outcome;

use super::shelf::Shelf;
use super::store::{Store, Watch};
use crate::worker::{self, Engine};
use bringing::{Brought, bring};
use gloo::events::EventListener;
use std::collections::VecDeque;
use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct YoursProps {
    pub shelf: Shelf,
    pub store: Store,
    /// A deck is to be studied without leaving the page, which would lose it. Its id.
    pub on_study: Callback<String>,
}

/// What happens.
pub enum Msg {
    /// Files were dropped or chosen.
    Files(Vec<File>),
    /// Files are dragged over the page, or no longer.
    Over(bool),
    /// Files may be about to come.
    Soon,
    /// One is read.
    Brought(Brought),
    /// Whether a deck of that name is to be removed; nothing: no longer asked.
    Asking(Option<String>),
    Remove(String),
    StoreChanged,
}

/// The learner's own decks, and how there come to be more of them.
pub struct Yours {
    /// Files that wait, the first of them being read.
    waiting: VecDeque<File>,
    /// How many there were since nothing was under way.
    of: usize,
    brought: Vec<Brought>,
    over: bool,
    /// The deck that is about to be removed, by its name.
    asking: Option<String>,
    /// What the focus goes to after the next drawing.
    focus: Option<NodeRef>,
    question: NodeRef,
    heading: NodeRef,
    _watch: Watch,
    _listeners: Vec<EventListener>,
}

impl Component for Yours {
    type Message = Msg;
    type Properties = YoursProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (over, files) = (ctx.link().callback(Msg::Over), ctx.link().callback(Msg::Files));
        Self {
            waiting: VecDeque::new(),
            of: 0,
            brought: vec![],
            over: false,
            asking: None,
            focus: None,
            question: NodeRef::default(),
            heading: NodeRef::default(),
            _watch: ctx.props().store.watch(ctx.link().callback(|()| Msg::StoreChanged)),
            _listeners: dropping::listen(over, files),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Files(files) if files.is_empty() => return false,
            Msg::Files(files) => {
                let idle = self.waiting.is_empty();
                if idle {
                    (self.of, self.brought) = (0, vec![]);
                }
                self.of += files.len();
                self.waiting.extend(files);
                self.asking = None;
                if idle {
                    self.read(ctx);
                }
            }
            Msg::Over(over) => {
                if over {
                    worker::warm(Engine::Questions);
                }
                return std::mem::replace(&mut self.over, over) != over;
            }
            // Whoever has files in the hand, or is about to choose some, needs the reader in a moment.
            Msg::Soon => {
                worker::warm(Engine::Questions);
                return false;
            }
            Msg::Brought(brought) => {
                self.brought.push(brought);
                self.waiting.pop_front();
                self.read(ctx);
            }
            Msg::Asking(asking) => {
                let place = if asking.is_some() { &self.question } else { &self.heading };
                self.focus = Some(place.clone());
                self.asking = asking;
            }
            Msg::Remove(name) => {
                self.asking = None;
                self.focus = Some(self.heading.clone());
                // What was said of its file is said of nothing any more.
                self.brought.clear();
                ctx.props().store.remove_deck(&name);
            }
            Msg::StoreChanged => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let chosen = ctx.link().callback(|event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return Msg::Files(vec![]) };
            let files = dropping::files(input.files());
            // The same file can be chosen again.
            input.set_value("");
            Msg::Files(files)
        });
        let none = ctx.props().store.decks().is_empty();
        html! {
            <section class="yours" aria-labelledby="yours">
                <h2 id="yours" ref={self.heading.clone()} tabindex="-1">{"Your decks"}</h2>
                { list::decks(ctx, &self.asking, &self.question) }
                <div class={classes!("yours-drop", none.then_some("empty"))}>
                    <label class="button files-choose" onpointerenter={ctx.link().callback(|_| Msg::Soon)} onfocusin={ctx.link().callback(|_| Msg::Soon)}>{"Choose files…"}<input type="file" multiple=true onchange={chosen} aria-describedby="yours-formats" /></label>
                    <p id="yours-formats">{"Or drop them anywhere on this page: questions in TOML (ours, or mdbook-quiz), GIFT, or Markdown. They are read here and stay on this device."}</p>
                </div>
                { outcome::view(&self.brought, self.under_way()) }
                if self.over {
                    <div class="yours-over" aria-hidden="true"><p>{"Drop to practise"}</p></div>
                }
            </section>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(element) = self.focus.take().and_then(|node| node.cast::<HtmlElement>()) {
            let _ = element.focus();
        }
    }
}

impl Yours {
    /// The number of the file that is being read, and of how many.
    fn under_way(&self) -> Option<(usize, usize)> {
        (!self.waiting.is_empty()).then(|| (self.of + 1 - self.waiting.len(), self.of))
    }

    /// Reads the next file that waits.
    fn read(&self, ctx: &Context<Self>) {
        let Some(file) = self.waiting.front().cloned() else { return };
        let store = ctx.props().store.clone();
        ctx.link().send_future(async move { Msg::Brought(bring(&store, file).await) });
    }
}
