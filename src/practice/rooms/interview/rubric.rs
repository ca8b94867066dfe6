//! Ticking what was said, and comparing.

use super::talk::line;
use super::{Msg, Room, Talk};
use crate::practice::parts::paragraphs;
use interleave_course::Level;
use interleave_course::interview::{Compared, FollowUp, Stage};
use web_sys::HtmlInputElement;
use yew::prelude::*;

fn ticked(event: &Event) -> bool {
    event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked())
}

/// The rubric of a stage.
pub(super) fn ticking(ctx: &Context<Room>, talk: &Talk, stage: &Stage) -> Html {
    let Some(heard) = talk.conversation.heard.last() else { return Html::default() };
    let point = |point: &interleave_course::interview::Point| {
        let id = point.id.clone();
        let change = ctx.link().callback(move |event: Event| Msg::Tick(id.clone(), ticked(&event)));
        html! {
            <label class="tick"><input type="checkbox" checked={heard.good.contains(&point.id)} onchange={change} /><span>{ line(&point.text) }</span></label>
        }
    };
    let flag = |(at, flag): (usize, &interleave_course::interview::RedFlag)| {
        let raised = heard.red_flags.contains(&at);
        let change = ctx.link().callback(move |event: Event| Msg::Flag(at, ticked(&event)));
        html! {
            <>
                <label class="tick flag"><input type="checkbox" checked={raised} onchange={change} /><span>{ line(&flag.text) }</span></label>
                if raised {
                    <p class="tick-reason">{ line(&flag.reason) }</p>
                }
            </>
        }
    };
    html! {
        <div class="rubric">
            { talk.said() }
            <fieldset>
                <legend>{"What did you say? Tick honestly: nobody else will read it."}</legend>
                { for stage.good.iter().map(point) }
            </fieldset>
            <fieldset>
                <legend>{"And did you say any of this?"}</legend>
                { for stage.red_flags.iter().enumerate().map(flag) }
            </fieldset>
            { models(talk.conversation.level, stage) }
            <p><button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::GoOn)}>{"Go on"}</button></p>
        </div>
    }
}

/// What good answers sound like, that of the learner's level first.
fn models(level: Level, stage: &Stage) -> Html {
    let junior = ("What a good answer of somebody junior sounds like", &stage.junior);
    let senior = ("What a good answer of somebody senior sounds like", &stage.senior);
    let order = if level >= Level::Senior { [senior, junior] } else { [junior, senior] };
    html! {
        { for order.into_iter().map(|(title, words)| html! {
            <details class="model"><summary>{ title }</summary>{ paragraphs(words) }</details>
        }) }
    }
}

/// What is good to hear to a follow-up, beside what was said.
pub(super) fn comparing(ctx: &Context<Room>, talk: &Talk, follow: &FollowUp) -> Html {
    let button = |compared: Compared, words: &'static str| {
        html! { <button type="button" class="button" onclick={ctx.link().callback(move |_| Msg::Compare(compared))}>{ words }</button> }
    };
    html! {
        <div class="rubric">
            <blockquote class="asks">{ paragraphs(&follow.asks) }</blockquote>
            { talk.said() }
            <section class="good-to-hear" aria-label="Good to hear">{ paragraphs(&follow.answer) }</section>
            <fieldset class="comparing">
                <legend>{"How much of it was in your answer?"}</legend>
                { button(Compared::All, "All that matters") }
                { button(Compared::Part, "A part") }
                { button(Compared::Nothing, "Nothing") }
            </fieldset>
        </div>
    }
}
