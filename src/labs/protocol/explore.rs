//! Every order of a protocol: what may go wrong is chosen, the engine tries all, and each rule gets its verdict.

use super::budget;
use super::subject::{Play, Subject};
use super::verdicts::{Opened, numbers, verdicts};
use crate::draw::time::grouped;
use crate::labs::Failure;
use crate::worker::{Asking, Engine, Number};
use interleave_kernel::explore::Progress;
use interleave_protocols::Budget;
use interleave_protocols::play::{Found, Search};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The most states that a page looks at.
const STATES: u32 = 3_000_000;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub play: Play,
    /// Opens a schedule in the player: its picks, and the frame at which to stand.
    pub open: Callback<Opened>,
    /// The subject was changed: its budget of faults.
    pub change: Callback<Subject>,
}

/// The panel.
#[derive(Default)]
pub struct Explore {
    asking: Asking,
    /// How far the search has come that is under way, or was.
    so_far: Option<Progress>,
    found: Option<Result<Found, Failure>>,
    /// Takes states for one that differ only in who is who.
    symmetry: bool,
}

pub enum Msg {
    Search,
    Stop,
    Symmetry(bool),
    SoFar(Number, Progress),
    Found(Number, Result<Found, Failure>),
}

impl Component for Explore {
    type Message = Msg;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        // The history on the tape makes no difference: every one there is is tried.
        if ctx.props().play.subject != before.play.subject {
            self.forget();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg) -> bool {
        match message {
            Msg::Search => self.search(ctx),
            Msg::Stop => self.asking.stop(),
            Msg::Symmetry(symmetry) => {
                self.forget();
                self.symmetry = symmetry;
            }
            Msg::SoFar(number, progress) if self.asking.is_newest(number) => self.so_far = Some(progress),
            Msg::Found(number, found) if self.asking.is_answered(number) => self.found = Some(found),
            Msg::SoFar(..) | Msg::Found(..) => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let subject = &ctx.props().play.subject;
        html! {
            <div class="explore">
                { settings(subject, self.symmetry, ctx) }
                <div class="explore-bar">
                    if self.asking.is_busy() {
                        <button type="button" class="lab-button" onclick={ctx.link().callback(|_| Msg::Stop)}>{ "Stop" }</button>
                    } else {
                        <button type="button" class="lab-button main" onclick={ctx.link().callback(|_| Msg::Search)}>{ "Check every order" }</button>
                    }
                    <p role="status">{ self.state() }</p>
                </div>
                if let Some(Ok(found)) = &self.found { { verdicts(found, &ctx.props().open) } }
            </div>
        }
    }
}

impl Explore {
    fn search(&mut self, ctx: &Context<Self>) {
        self.forget();
        let search = Search { subject: ctx.props().play.subject.clone(), states: STATES, symmetry: self.symmetry };
        let (progress, answer) = (ctx.link().clone(), ctx.link().clone());
        self.asking.ask(
            Engine::Explorer,
            "search",
            &search,
            move |number, so_far| progress.send_message(Msg::SoFar(number, so_far)),
            move |number, found| answer.send_message(Msg::Found(number, found)),
        );
    }

    /// What was found belongs to what was asked.
    fn forget(&mut self) {
        self.asking.stop();
        (self.so_far, self.found) = (None, None);
    }

    /// Where the search stands, in words.
    fn state(&self) -> String {
        match (&self.found, &self.so_far) {
            (Some(Ok(found)), _) => numbers(found),
            (Some(Err(failure)), _) => format!("{} {}", failure.title, failure.advice),
            (None, Some(so_far)) if self.asking.is_busy() => format!(
                "{} states so far, {} of them to be looked at, depth {} …",
                grouped(so_far.states),
                grouped(so_far.waiting),
                so_far.depth
            ),
            (None, None) if self.asking.is_busy() => "Trying …".into(),
            (None, Some(so_far)) => format!("Stopped after {} states. Nothing is judged.", grouped(so_far.states)),
            (None, None) => "Is there an order that breaks a rule?".into(),
        }
    }
}

/// What can be set before a search: the faults or, in a model that has none, whether participants are told apart.
fn settings(subject: &Subject, symmetry: bool, ctx: &Context<Explore>) -> Html {
    if subject.kind() == "gray-lamport" {
        let toggle = |event: Event| Msg::Symmetry(event.target_unchecked_into::<HtmlInputElement>().checked());
        return html! {
            <label class="switch">
                <input type="checkbox" role="switch" checked={symmetry} onchange={ctx.link().callback(toggle)} />
                <span>{ "Participants are alike: who is who makes no difference" }</span>
            </label>
        };
    }
    let change = {
        let subject = subject.clone();
        ctx.props().change.reform(move |faults: Budget| subject.within(faults))
    };
    budget::steppers(subject.faults(), subject.budget(), &change)
}
