//! The verdict, and what to study next.

use super::talk::line;
use super::{Msg, Room, Talk};
use crate::practice::parts::bars::bar;
use crate::practice::words::percent;
use interleave_course::interview::{Band, Point, RedFlag, Stage};
use yew::prelude::*;

/// What the bands mean to somebody who prepares.
fn advice(band: Band) -> &'static str {
    match band {
        Band::StrongYes => "An interviewer would argue for you. Take a scenario at the next level.",
        Band::Yes => "An interviewer would be content. What is missing below is what separates you from a strong yes.",
        Band::NotYet => "Much was there. Study what is missing below, and talk it through once more in a week.",
        Band::No => "This one is for later. Begin with the first links below: each is a section of the guide or a lab.",
    }
}

pub(super) fn view(ctx: &Context<Room>, talk: &Talk, told: &str) -> Html {
    let verdict = talk.conversation.verdict(&talk.interview);
    html! {
        <section class="outcome" aria-labelledby="outcome">
            <p class="talk-where">{ format!("{} · {}", talk.interview.title, talk.conversation.level.name()) }</p>
            <h1 id="outcome">{"Verdict: "}<span class={classes!("band", band_class(verdict.band))}>{ verdict.band.name() }</span></h1>
            <p class="lead">
                { format!("You said {} of what is good to hear. ", percent(verdict.share)) }
                { for verdict.bounds.iter().map(|bound| html! { { format!("It could not be better, because {bound}. ") } }) }
                { advice(verdict.band) }
            </p>
            if !verdict.stages.is_empty() {
                <h2>{"Question by question"}</h2>
                <ul class="outcome-stages">{ for verdict.stages.iter().map(|(stage, share)| row(stage, *share)) }</ul>
            }
            if !verdict.red_flags.is_empty() {
                <h2>{"Red flags"}</h2>
                <ul class="outcome-flags">{ for verdict.red_flags.iter().map(|flag| red_flag(flag)) }</ul>
            }
            if !verdict.missing.is_empty() {
                <h2>{"What to study next"}</h2>
                <ul class="outcome-study">{ for verdict.missing.iter().map(|point| study(point)) }</ul>
            }
            <p class="files-ways">
                <button type="button" class="button main" onclick={ctx.link().callback(|_| Msg::Export)}>{"Export as Markdown"}</button>
                <button type="button" class="button" onclick={ctx.link().callback(|_| Msg::Another)}>{"Another interview"}</button>
            </p>
            <p role="status">{ told.to_string() }</p>
        </section>
    }
}

fn band_class(band: Band) -> &'static str {
    match band {
        Band::StrongYes | Band::Yes => "role-ok",
        Band::NotYet => "role-timers",
        Band::No => "role-fault",
    }
}

fn row(stage: &Stage, share: f64) -> Html {
    html! { <li><span>{ &stage.title }</span>{ bar(share, "role-ok") }<span class="outcome-share">{ percent(share) }</span></li> }
}

fn red_flag(flag: &RedFlag) -> Html {
    html! { <li><strong>{ line(&flag.text) }</strong>{" "}{ line(&flag.reason) }</li> }
}

fn study(point: &Point) -> Html {
    html! {
        <li>
            { line(&point.text) }
            if !point.study.is_empty() {
                {" "}<a href={point.study.clone()}>{ if point.study.starts_with("labs/") { "Try it in the lab" } else { "Read about it" } }</a>
            }
        </li>
    }
}
