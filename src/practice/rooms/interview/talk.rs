//! What is asked, and the answer.

use super::{Msg, Room, Talk, rubric};
use crate::practice::parts::timer::Timer;
use crate::practice::parts::{paragraphs, text};
use interleave_course::interview::Turn;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

impl Talk {
    pub(super) fn view(&self, ctx: &Context<Room>) -> Html {
        let (at, of) = self.conversation.position();
        let stage = self.conversation.stage(&self.interview);
        let title = match (self.conversation.turn, stage) {
            (Turn::Situation, _) | (_, None) => self.interview.title.clone(),
            (_, Some(stage)) => stage.title.clone(),
        };
        html! {
            <>
                <header class="talk-head">
                    <p class="talk-where">
                        { format!("{} · {}", self.interview.title, self.conversation.level.name()) }
                        if self.conversation.turn != Turn::Situation { { format!(" · question {at} of {of}") } }
                    </p>
                    <h1>{ title }</h1>
                </header>
                if self.paused {
                    { paused(ctx) }
                } else {
                    { self.turn(ctx) }
                    <p class="talk-end">
                        if !matches!(self.conversation.turn, Turn::Asked | Turn::FollowUp) {
                            <button type="button" class="button quiet" onclick={ctx.link().callback(|_| Msg::Pause)}>{"Pause"}</button>
                        }
                        <button type="button" class="button quiet" onclick={ctx.link().callback(|_| Msg::End)}>{"End it here"}</button>
                    </p>
                }
            </>
        }
    }

    fn turn(&self, ctx: &Context<Room>) -> Html {
        let Talk { interview, conversation, .. } = self;
        match (conversation.turn, conversation.stage(interview), conversation.follow_up(interview)) {
            (Turn::Asked, Some(stage), _) => html! {
                <>
                    { self.situation() }
                    <blockquote class="asks">{ paragraphs(&stage.asks) }</blockquote>
                    { self.answer(ctx) }
                </>
            },
            (Turn::Ticking, Some(stage), _) => rubric::ticking(ctx, self, stage),
            (Turn::FollowUp, _, Some(follow)) => html! {
                <>
                    <p class="talk-said">{"The interviewer asks further."}</p>
                    <blockquote class="asks">{ paragraphs(&follow.asks) }</blockquote>
                    { self.answer(ctx) }
                </>
            },
            (Turn::Comparing, _, Some(follow)) => rubric::comparing(ctx, self, follow),
            _ => html! {
                <>
                    <div class="situation">{ paragraphs(&interview.situation) }</div>
                    <p>{"Take your time to read. The clock starts with the first question."}</p>
                    <p><button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::GoOn)}>{"I am ready"}</button></p>
                </>
            },
        }
    }

    /// The situation, for whoever wants to read it again.
    fn situation(&self) -> Html {
        html! {
            <details class="situation-again">
                <summary>{"The situation"}</summary>
                { paragraphs(&self.interview.situation) }
            </details>
        }
    }

    /// A place to answer, and the clock.
    fn answer(&self, ctx: &Context<Room>) -> Html {
        let say = ctx.link().batch_callback(|event: InputEvent| {
            event.target_dyn_into::<HtmlTextAreaElement>().map(|area| Msg::Say(area.value()))
        });
        let aloud = ctx.link().batch_callback(|event: Event| {
            event.target_dyn_into::<HtmlInputElement>().map(|input| Msg::Aloud(input.checked()))
        });
        html! {
            <div class="answer">
                <Timer clock={self.conversation.clock} on_extend={ctx.link().callback(Msg::Extend)} on_pause={ctx.link().callback(|()| Msg::Pause)} />
                <label class="answer-aloud"><input type="checkbox" checked={self.aloud} onchange={aloud} />{"I answer aloud"}</label>
                if !self.aloud {
                    <label class="answer-text">{"Your answer"}
                        <textarea rows="8" oninput={say} value={self.conversation.said().to_string()} />
                    </label>
                }
                <p><button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::GoOn)}>{"I have answered"}</button></p>
            </div>
        }
    }

    /// What was answered, to be compared with.
    pub(super) fn said(&self) -> Html {
        match self.conversation.said().trim() {
            "" => html! { <p class="talk-said">{"You answered aloud."}</p> },
            said => html! {
                <details class="talk-answer" open=true>
                    <summary>{"What you wrote"}</summary>
                    { for said.split('\n').filter(|line| !line.trim().is_empty()).map(|line| html! { <p>{ line.to_string() }</p> }) }
                </details>
            },
        }
    }
}

/// Nothing to read while the clock stands.
fn paused(ctx: &Context<Room>) -> Html {
    html! {
        <div class="practice-empty">
            <p>{"Paused. It is kept on this device: you may close the page."}</p>
            <p><button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Unpause)}>{"Go on"}</button></p>
        </div>
    }
}

/// A line of the rubric.
pub(super) fn line(markup: &str) -> Html {
    text(markup)
}
