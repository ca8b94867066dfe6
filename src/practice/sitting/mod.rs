//! One question after another: what study and review have in common.
//!
//! ```text
//! mod.rs   the state, and what changes it     asked.rs  the question, and what stands below it
//! over.rs  what came of it                    said.rs   an answer in a few words, as it is kept
//! ```

mod asked;
mod over;
mod said;

pub use said::said;

use super::parts::keys;
use super::shelf::Shelf;
use super::store::clock::{chance, now};
use super::store::{Answered, Store, Watch};
use gloo::events::{EventListener, EventListenerOptions};
use interleave_course::Kind;
use interleave_course::judge::{Given, Verdict, judge};
use interleave_course::memory::{Judged, Rating, usual_time};
use interleave_course::progress::Session;
use interleave_course::session::{Clock, Queue};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// A sitting with some questions.
#[derive(Clone, PartialEq, Properties)]
pub struct SittingProps {
    pub shelf: Shelf,
    pub store: Store,
    /// What it is called: the deck's title.
    pub title: AttrValue,
    /// Ids, in the order in which they are asked. Read when the sitting begins.
    pub questions: Vec<String>,
    pub session: Session,
}

/// What happens.
pub enum Msg {
    Given(Given),
    Check,
    Sure(bool),
    Rate(Rating),
    Next,
    Skip,
    Keys,
    Key(KeyboardEvent),
    Visible(bool),
    /// Once more, with what was missed.
    Again(Vec<String>),
    StoreChanged,
}

/// How far the current question is.
enum Phase {
    Asking,
    /// Judged by a machine or shown with its rubric; rated, or waiting for the learner's rating.
    Judged {
        verdict: Verdict,
        took: Option<u32>,
        rated: Option<Rating>,
    },
}

/// A sitting.
pub struct Sitting {
    queue: Queue,
    phase: Phase,
    given: Given,
    sure: bool,
    /// How long the current question has been looked at.
    clock: Clock,
    /// Shuffles the options: another number for each question that is asked.
    seed: u64,
    keys: bool,
    card: NodeRef,
    /// Where the focus goes after the next drawing.
    focus: Option<NodeRef>,
    over: NodeRef,
    _watch: Watch,
    _listeners: Vec<EventListener>,
}

impl Component for Sitting {
    type Message = Msg;
    type Properties = SittingProps;

    fn create(ctx: &Context<Self>) -> Self {
        let SittingProps { store, questions, .. } = ctx.props();
        let watch = store.watch(ctx.link().callback(|()| Msg::StoreChanged));
        let mut clock = Clock::new(None);
        clock.start(now());
        Self {
            queue: readable(ctx, Queue::new(questions.clone())),
            phase: Phase::Asking,
            given: Given::None,
            sure: false,
            clock,
            seed: u64::from(chance()),
            keys: false,
            card: NodeRef::default(),
            focus: None,
            over: NodeRef::default(),
            _watch: watch,
            _listeners: listeners(ctx),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Given(given) => self.given = given,
            Msg::Check => return self.check(ctx),
            Msg::Sure(sure) => self.sure = sure,
            Msg::Rate(rating) => return self.rate(ctx, rating),
            Msg::Next => return self.next(ctx),
            Msg::Skip => {
                self.queue.skip();
                self.ask(ctx);
            }
            Msg::Keys => self.keys = !self.keys,
            Msg::Key(event) => return self.key(ctx, &event),
            Msg::Visible(true) => self.clock.start(now()),
            Msg::Visible(false) => self.clock.stop(now()),
            Msg::Again(questions) => {
                self.queue = Queue::new(questions);
                self.ask(ctx);
            }
            Msg::StoreChanged => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let held = self.queue.current().and_then(|id| ctx.props().shelf.held(id));
        html! {
            <section class="sitting" aria-label={ctx.props().title.clone()}>
                { match held {
                    Some(held) => self.asked(ctx, held),
                    None => self.over(ctx),
                } }
            </section>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let Some(element) = self.focus.take().and_then(|node| node.cast::<HtmlElement>()) {
            let _ = element.focus();
        }
    }
}

impl Sitting {
    /// Judges what was given, and saves what a machine can say of it.
    fn check(&mut self, ctx: &Context<Self>) -> bool {
        let SittingProps { shelf, .. } = ctx.props();
        let Some(held) = self.queue.current().and_then(|id| shelf.held(id)) else { return false };
        let open = matches!(held.asked.question.kind, Kind::Open(_));
        if !matches!(self.phase, Phase::Asking) || (self.given == Given::None && !open) {
            return false;
        }
        let verdict = judge(&held.asked.question, held.asked.answer.as_deref(), &self.given);
        self.clock.stop(now());
        let took = u32::try_from(self.clock.spent(now())).ok().filter(|took| *took < 24 * 3_600_000);
        let usual = usual_time(&held.asked.question);
        let judged = Judged { right: verdict.right, tries: 1, hints: 0, sure: self.sure, took, usual };
        self.phase = Phase::Judged { verdict, took, rated: None };
        // The question itself moves the focus to the verdict; Enter goes on from there.
        if !open {
            self.rate(ctx, judged.rating());
        }
        true
    }

    /// Takes the rating of the current answer, once, and saves it.
    fn rate(&mut self, ctx: &Context<Self>, rating: Rating) -> bool {
        let SittingProps { shelf, store, session, .. } = ctx.props();
        let Some(held) = self.queue.current().and_then(|id| shelf.held(id)) else { return false };
        let Phase::Judged { verdict, took, rated } = &mut self.phase else { return false };
        if rated.is_some() {
            return false;
        }
        *rated = Some(rating);
        let open = matches!(held.asked.question.kind, Kind::Open(_));
        store.answer(vec![Answered {
            question: held.asked.question.id.clone(),
            rating,
            right: (!open).then_some(verdict.right),
            said: said(&held.asked.question, &self.given),
            took: *took,
            session: *session,
        }]);
        if open {
            self.next(ctx);
        }
        true
    }

    fn next(&mut self, ctx: &Context<Self>) -> bool {
        let Phase::Judged { rated: Some(rating), took, .. } = self.phase else { return false };
        self.queue.answered(rating, took);
        self.ask(ctx);
        true
    }

    /// Begins with the question that is current now.
    fn ask(&mut self, ctx: &Context<Self>) {
        self.queue = readable(ctx, std::mem::take(&mut self.queue));
        self.phase = Phase::Asking;
        self.given = Given::None;
        self.sure = false;
        self.seed = self.seed.wrapping_add(1);
        self.clock = Clock::new(None);
        self.clock.start(now());
        let over = self.queue.current().is_none();
        self.focus = Some(if over { self.over.clone() } else { self.card.clone() });
    }

    fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if keys::is_taken(event) {
            return false;
        }
        let digit = event.key().parse::<usize>().ok().filter(|digit| (1..=9).contains(digit));
        match (&self.phase, &*event.key(), digit) {
            (_, "?", _) => self.keys = !self.keys,
            (_, "Escape", _) if self.keys => self.keys = false,
            (Phase::Asking, _, Some(digit)) => {
                keys::choose(&self.card, digit as u32);
                return false;
            }
            (Phase::Judged { rated: None, .. }, _, Some(digit @ 1..=4)) => {
                return self.rate(ctx, Rating::ALL[digit - 1]);
            }
            // Its default would press whatever has the focus by then.
            (Phase::Asking, "Enter", _) => {
                event.prevent_default();
                return self.check(ctx);
            }
            (Phase::Judged { .. }, "Enter", _) => {
                event.prevent_default();
                return self.next(ctx);
            }
            _ => return false,
        }
        true
    }
}

/// Leaves out what comes next and cannot be read: a file on this device may be damaged in its middle.
fn readable(ctx: &Context<Sitting>, mut queue: Queue) -> Queue {
    while queue.current().is_some_and(|id| ctx.props().shelf.held(id).is_none()) {
        queue.skip();
    }
    queue
}

/// Keys that were pressed anywhere on the page, and whether anybody sees it.
fn listeners(ctx: &Context<Sitting>) -> Vec<EventListener> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return vec![] };
    let (key, seen) = (ctx.link().callback(Msg::Key), ctx.link().callback(Msg::Visible));
    let pressed = move |event: &Event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            key.emit(event.clone());
        }
    };
    let page = document.clone();
    vec![
        EventListener::new_with_options(&document, "keydown", EventListenerOptions::enable_prevent_default(), pressed),
        EventListener::new(&document, "visibilitychange", move |_| seen.emit(!page.hidden())),
    ]
}
