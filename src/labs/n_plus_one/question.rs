//! What takes the engine a while and is asked by a button: how far it has come, and the answer, which may have become old.

use super::NPlusOne;
use crate::labs::{Failure, Turn};
use crate::worker::{Asking, Engine, Number};
use interleave_queries::Scenario;
use serde::de::DeserializeOwned;
use yew::prelude::*;

/// Something that can be asked of a scenario.
pub trait Question: 'static {
    /// The engine's task.
    const TASK: &'static str;
    /// On the button: at first, when there is an answer, while it is worked on.
    const ASK: &'static str;
    const AGAIN: &'static str;
    const STOP: &'static str;
    /// Beside it: what one may wonder, and what is to be known of the answer.
    const WHY: &'static str;
    const ANSWERED: &'static str;

    type Progress: DeserializeOwned + 'static;
    type Answer: DeserializeOwned + 'static;

    /// How far it has come, in words.
    fn so_far(scenario: &Scenario, progress: Option<&Self::Progress>) -> String;

    /// Draws the answer to what was asked of `scenario`.
    fn draw(answer: &Self::Answer, scenario: &Scenario, turn: &Callback<Turn<NPlusOne>>) -> Html;
}

#[derive(PartialEq, Properties)]
pub struct Props {
    pub scenario: Scenario,
    pub turn: Callback<Turn<NPlusOne>>,
}

/// The panel of a question.
pub struct Panel<Q: Question> {
    asking: Asking,
    progress: Option<Q::Progress>,
    failure: Option<Failure>,
    /// What was asked, and the answer.
    found: Option<(Scenario, Q::Answer)>,
}

pub enum Msg<Q: Question> {
    Ask,
    Stop,
    SoFar(Number, Q::Progress),
    Found(Number, Box<(Scenario, Result<Q::Answer, Failure>)>),
}

impl<Q: Question> Component for Panel<Q> {
    type Message = Msg<Q>;
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { asking: Asking::default(), progress: None, failure: None, found: None }
    }

    fn changed(&mut self, ctx: &Context<Self>, before: &Props) -> bool {
        // The run that the reader waits for needs the engine.
        if ctx.props().scenario != before.scenario {
            self.asking.stop();
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, message: Msg<Q>) -> bool {
        match message {
            Msg::Ask => self.ask(ctx),
            Msg::Stop => self.asking.stop(),
            Msg::SoFar(number, progress) if self.asking.is_newest(number) => self.progress = Some(progress),
            Msg::Found(number, answer) if self.asking.is_answered(number) => match *answer {
                (scenario, Ok(answer)) => self.found = Some((scenario, answer)),
                (_, Err(failure)) => self.failure = Some(failure),
            },
            Msg::SoFar(..) | Msg::Found(..) => return false,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let (link, Props { scenario, turn }) = (ctx.link(), ctx.props());
        let old = self.found.as_ref().is_some_and(|(asked, _)| asked != scenario);
        html! {
            <div class="compare">
                <div class="explore-bar">
                    if self.asking.is_busy() {
                        <button type="button" class="lab-button" onclick={link.callback(|_| Msg::Stop)}>{ Q::STOP }</button>
                    } else {
                        <button type="button" class="lab-button main" onclick={link.callback(|_| Msg::Ask)}>
                            { if self.found.is_some() { Q::AGAIN } else { Q::ASK } }
                        </button>
                    }
                    <p role="status">{ self.state(scenario, old) }</p>
                </div>
                if let Some((asked, answer)) = &self.found {
                    <div class={classes!("compared", old.then_some("old"))}>{ Q::draw(answer, asked, turn) }</div>
                }
            </div>
        }
    }
}

impl<Q: Question> Panel<Q> {
    fn ask(&mut self, ctx: &Context<Self>) {
        let scenario = ctx.props().scenario.clone();
        (self.progress, self.failure) = (None, None);
        let (progress, answer, asked) = (ctx.link().clone(), ctx.link().clone(), scenario.clone());
        self.asking.ask(
            Engine::Queries,
            Q::TASK,
            &scenario,
            move |number, so_far| progress.send_message(Msg::SoFar(number, so_far)),
            move |number, found| answer.send_message(Msg::Found(number, Box::new((asked, found)))),
        );
    }

    /// Where it stands, in words.
    fn state(&self, scenario: &Scenario, old: bool) -> String {
        match &self.failure {
            Some(failure) => format!("{} {}", failure.title, failure.advice),
            None if self.asking.is_busy() => Q::so_far(scenario, self.progress.as_ref()),
            None if old => "Something was changed since: these figures belong to what was set before.".into(),
            None if self.found.is_some() => Q::ANSWERED.into(),
            None => Q::WHY.into(),
        }
    }
}
