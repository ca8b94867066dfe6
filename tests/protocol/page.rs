//! A stage on a page of its own, and what is heard of it.

use crate::hands::{Hands, settle};
use interleave::labs::Mode;
use interleave::labs::protocol::Stage;
use interleave_protocols::diagram::Diagram;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use yew::prelude::*;

/// What the stage said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Go(usize),
    Choose(u16),
    Walk(u8),
}

#[derive(Properties)]
struct Props {
    heard: Rc<RefCell<Vec<Heard>>>,
    diagram: RefCell<Option<Diagram>>,
    stale: bool,
}

impl PartialEq for Props {
    fn eq(&self, _: &Self) -> bool {
        false
    }
}

/// What a lab is to its stage.
struct Host {
    diagram: Diagram,
    go: Callback<usize>,
    choose: Callback<u16>,
    walk: Callback<u8>,
}

impl Component for Host {
    type Message = Diagram;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Self {
        fn hears<T: 'static>(ctx: &Context<Host>, what: fn(T) -> Heard) -> Callback<T> {
            let heard = ctx.props().heard.clone();
            Callback::from(move |it| heard.borrow_mut().push(what(it)))
        }
        Self {
            diagram: ctx.props().diagram.take().unwrap_or_default(),
            go: hears(ctx, Heard::Go),
            choose: hears(ctx, Heard::Choose),
            walk: hears(ctx, Heard::Walk),
        }
    }

    fn update(&mut self, _: &Context<Self>, diagram: Diagram) -> bool {
        self.diagram = diagram;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        Stage {
            diagram: &self.diagram,
            at: self.diagram.row() as usize,
            mode: Mode::Full,
            stale: ctx.props().stale,
            go: &self.go,
            choose: &self.choose,
            walk: &self.walk,
            panels: html! { <p class="panels">{ "panels" }</p> },
            below: html! { <p>{ "below" }</p> },
        }
        .view()
    }
}

/// A mounted stage.
pub struct Page {
    hands: Hands,
    host: AppHandle<Host>,
    heard: Rc<RefCell<Vec<Heard>>>,
}

impl Deref for Page {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        &self.hands
    }
}

impl Page {
    pub async fn of(diagram: Diagram) -> Self {
        Self::with(diagram, false).await
    }

    /// The scenario was edited since.
    pub async fn stale(diagram: Diagram) -> Self {
        Self::with(diagram, true).await
    }

    async fn with(diagram: Diagram, stale: bool) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let heard = Rc::<RefCell<Vec<Heard>>>::default();
        let props = Props { heard: heard.clone(), diagram: RefCell::new(Some(diagram)), stale };
        let host = yew::Renderer::<Host>::with_root_and_props(root.clone(), props).render();
        settle().await;
        Self { hands: Hands { root }, host, heard }
    }

    /// Another frame.
    pub async fn show(&self, diagram: Diagram) {
        self.host.send_message(diagram);
        settle().await;
    }

    /// All that was heard so far.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.borrow().clone()
    }

    /// The texts of everything that matches.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.text_content().unwrap_or_default()).collect()
    }

    /// The names of everything that matches.
    pub fn names(&self, selector: &str) -> Vec<String> {
        self.all(selector).iter().map(|element| element.get_attribute("aria-label").unwrap_or_default()).collect()
    }

    /// How many shapes match.
    pub fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }
}
