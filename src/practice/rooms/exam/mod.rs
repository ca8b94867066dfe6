//! `practice/exam/`: some questions at once, a clock, one submission, and a review afterwards.
//!
//! ```text
//! mod.rs    which exam, and what changes it    paper.rs   a question, and the answer sheet
//! setup.rs  choosing one                       marked.rs  what came of it
//! ```

mod marked;
mod paper;
mod setup;

use super::RoomProps;
use crate::practice::parts::keys;
use crate::practice::shelf::Shelf;
use crate::practice::sitting::said;
use crate::practice::store::clock::{chance, now};
use crate::practice::store::{Answered, Watch};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use interleave_course::judge::{Given, judge};
use interleave_course::memory::{MINUTE, Rating};
use interleave_course::progress::{Draft, Session};
use interleave_course::session::{Candidate, Exam};
use setup::Setup;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

/// How long after the last change an exam is kept, in milliseconds.
const REST: u32 = 300;

/// What happens.
pub enum Msg {
    Choose(setup::Choice),
    Begin,
    Resume,
    GiveUp,
    Given(Given),
    GoTo(usize),
    Flag,
    Extend(i64),
    Pause,
    Unpause,
    /// The clock has reached its limit.
    Over,
    /// Asks whether to submit, or no longer.
    Asking(bool),
    Submit,
    Another,
    Keep,
    Key(KeyboardEvent),
    StoreChanged,
}

/// The room.
pub struct Room {
    setup: Setup,
    exam: Option<Exam>,
    paused: bool,
    /// Whether the learner is asked if they want to submit.
    asking: bool,
    /// Said in a status region.
    told: String,
    place: NodeRef,
    focus: bool,
    rest: Option<Timeout>,
    _watch: Watch,
    _listeners: Vec<EventListener>,
}

impl Component for Room {
    type Message = Msg;
    type Properties = RoomProps;

    fn create(ctx: &Context<Self>) -> Self {
        let (keep, key) = (ctx.link().callback(|()| Msg::Keep), ctx.link().callback(Msg::Key));
        let mut listeners = vec![];
        if let Some(window) = web_sys::window() {
            listeners.push(EventListener::new(&window, "pagehide", move |_| keep.emit(())));
            listeners.push(EventListener::new(&window, "keydown", move |event| {
                if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                    key.emit(event.clone());
                }
            }));
        }
        Self {
            setup: Setup::default(),
            exam: None,
            paused: false,
            asking: false,
            told: String::new(),
            place: NodeRef::default(),
            focus: false,
            rest: None,
            _watch: ctx.props().store.watch(ctx.link().callback(|()| Msg::StoreChanged)),
            _listeners: listeners,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let store = &ctx.props().store;
        match msg {
            Msg::Choose(choice) => self.setup.choose(choice),
            Msg::Begin => self.begin(ctx),
            Msg::Resume => self.resume(ctx),
            Msg::GiveUp => store.close(Session::Exam),
            Msg::Another => {
                store.close(Session::Exam);
                self.exam = None;
                self.focus = true;
            }
            Msg::Asking(asking) => self.asking = asking,
            Msg::Keep => {
                self.keep(ctx);
                return false;
            }
            Msg::Over => self.told = "The time is up. Take more, or submit.".into(),
            Msg::StoreChanged => return self.exam.is_none(),
            Msg::Key(event) => return self.key(ctx, &event),
            Msg::Submit => self.submit(ctx),
            msg => return self.change(ctx, msg),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        html! {
            <div class="exam" ref={self.place.clone()} tabindex="-1">
                { match &self.exam {
                    None => self.setup.view(ctx, kept(ctx)),
                    Some(exam) if exam.is_submitted() => marked::view(ctx, exam),
                    Some(exam) => self.paper(ctx, exam),
                } }
                <p role="status" class="exam-told">{ &self.told }</p>
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.focus)
            && let Some(place) = self.place.cast::<HtmlElement>()
        {
            let _ = place.focus();
        }
    }
}

/// The exam that was begun on this device, if the bank still has its questions. `Err`: it has not.
fn kept(ctx: &Context<Room>) -> Option<Result<Exam, ()>> {
    let RoomProps { store, shelf, .. } = ctx.props();
    let draft = store.begun(Session::Exam)?;
    let exam = draft.state::<Exam>().ok().filter(|exam| exam.fits(|id| shelf.has(id)));
    Some(exam.ok_or(()))
}

impl Room {
    fn begin(&mut self, ctx: &Context<Self>) {
        let plan = self.setup.plan(u64::from(chance()));
        let candidates: Vec<Candidate<'_>> = ctx.props().shelf.candidates().collect();
        let questions = plan.draw(&candidates);
        if questions.is_empty() {
            return;
        }
        ctx.props().store.close(Session::Exam);
        self.exam = Some(Exam::new(&plan, questions, now()));
        self.told = String::new();
        self.focus = true;
        self.keep(ctx);
    }

    fn resume(&mut self, ctx: &Context<Self>) {
        if let Some(Ok(mut exam)) = kept(ctx) {
            if !exam.is_submitted() {
                exam.clock.start(now());
            }
            self.exam = Some(exam);
            self.focus = true;
        }
    }

    /// What happens in an exam.
    fn change(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let Some(exam) = &mut self.exam else { return false };
        match msg {
            Msg::Given(given) => exam.give(given),
            Msg::GoTo(at) => {
                exam.go_to(at);
                self.asking = false;
                self.focus = true;
            }
            Msg::Flag => exam.flag(),
            Msg::Extend(minutes) => {
                exam.clock.extend(now(), minutes * MINUTE);
                self.told = String::new();
            }
            Msg::Pause => {
                exam.clock.stop(now());
                self.paused = true;
                self.focus = true;
            }
            Msg::Unpause => {
                exam.clock.start(now());
                self.paused = false;
                self.focus = true;
            }
            _ => {}
        }
        let keep = ctx.link().callback(|()| Msg::Keep);
        self.rest = Some(Timeout::new(REST, move || keep.emit(())));
        true
    }

    /// Saves it as it is, with its clock stopped.
    fn keep(&mut self, ctx: &Context<Self>) {
        self.rest = None;
        let Some(exam) = &self.exam else { return };
        let mut kept = exam.clone();
        kept.clock = kept.clock.stopped(now());
        if let Ok(draft) = Draft::new(Session::Exam, &format!("exam-{}-{}", kept.begun, kept.seed), now(), &kept) {
            ctx.props().store.save_draft(draft);
        }
    }

    /// Judges everything, once, and saves each answer that was given.
    fn submit(&mut self, ctx: &Context<Self>) {
        let RoomProps { store, shelf, .. } = ctx.props();
        let Some(exam) = &mut self.exam else { return };
        if exam.submit(now()) {
            store.answer(answers(shelf, exam));
            let right = marked::verdicts(shelf, exam).filter(|(_, _, verdict)| verdict.right).count();
            self.told = format!("Submitted: {right} of {} right.", exam.items().len());
        }
        self.asking = false;
        self.focus = true;
        self.keep(ctx);
    }

    fn key(&self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let Some(exam) = self.exam.as_ref().filter(|exam| !exam.is_submitted() && !self.paused) else { return false };
        if keys::is_taken(event) {
            return false;
        }
        let (at, last) = (exam.at(), exam.items().len() - 1);
        match &*event.key() {
            "n" if at < last => ctx.link().send_message(Msg::GoTo(at + 1)),
            "p" if at > 0 => ctx.link().send_message(Msg::GoTo(at - 1)),
            "f" => ctx.link().send_message(Msg::Flag),
            digit => {
                if let Ok(digit @ 1..=9) = digit.parse::<u32>() {
                    keys::choose(&self.place, digit);
                }
            }
        }
        false
    }
}

/// What was given, as it is kept in the log. What was left open says nothing of the memory: it may have been the time.
fn answers(shelf: &Shelf, exam: &Exam) -> Vec<Answered> {
    let answered = exam.items().iter().filter(|item| item.is_answered());
    let answer = |item: &interleave_course::session::Item| {
        let held = shelf.held(&item.question)?;
        let verdict = judge(&held.asked.question, held.asked.answer.as_deref(), &item.given);
        Some(Answered {
            question: item.question.clone(),
            rating: if verdict.right { Rating::Good } else { Rating::Again },
            right: Some(verdict.right),
            said: said(&held.asked.question, &item.given),
            took: None,
            session: Session::Exam,
        })
    };
    answered.filter_map(answer).collect()
}
