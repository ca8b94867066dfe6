//! The verdict, and where to read on.

use super::sheet::Sheet;
use crate::draw::markdown::{code, markdown, phrases};
use interleave_course::{Given, Kind, Question, Verdict};
use yew::prelude::*;

/// What is announced.
pub fn verdict(question: &Question, verdict: &Verdict, given: &Given) -> Html {
    let words = match (verdict.right, &question.kind) {
        (_, Kind::Open(open)) => {
            let (heard, flags) = match given {
                Given::Rubric { good, red_flags } => (good.len(), red_flags.len()),
                _ => (0, 0),
            };
            let flags = match flags {
                0 => String::new(),
                1 => ", and one red flag".into(),
                more => format!(", and {more} red flags"),
            };
            format!("{heard} of {} points{flags}.", open.good.len())
        }
        (true, _) => "Right.".into(),
        (false, Kind::Several(_)) => "Not quite.".into(),
        (false, Kind::Gap(_) | Kind::Match(_)) => {
            let hits = verdict.told.iter().filter(|told| told.right && told.given).count();
            let of = match &question.kind {
                Kind::Gap(gaps) => gaps.gaps.len(),
                Kind::Match(matching) => matching.pairs.len(),
                _ => 0,
            };
            format!("{hits} of {of} right.")
        }
        (false, Kind::Choice(_) | Kind::TrueFalse(_) | Kind::Anomaly(_)) => "Not this one.".into(),
        (false, Kind::Lab(_)) => "Not reached yet.".into(),
        (false, Kind::Order(_)) => "Not in this order.".into(),
        (false, Kind::Output(_)) => "It prints something else.".into(),
        (false, _) => "Not this.".into(),
    };
    // Who listens is told the reason of what they chose at once; who looks finds it beside the option.
    let slip = verdict.told.iter().find(|told| told.given && !told.right && !told.reason.is_empty());
    let slip = slip.filter(|_| matches!(question.kind, Kind::Choice(_) | Kind::TrueFalse(_) | Kind::Anomaly(_)));
    html! {
        <p class={classes!("ask-verdict", if verdict.right { "right" } else { "wrong" })}>
            <strong>{words}</strong>
            if let Some(slip) = slip {
                <span class="visually-hidden">{" "}{phrases(&slip.reason)}</span>
            }
        </p>
    }
}

/// The answer, why, and where the guide, the source and the lab say it, too.
pub fn reading(sheet: &Sheet, verdict: &Verdict) -> Html {
    let question = sheet.question;
    html! {
        <>
            {slip(question, verdict)}
            {answer(question, verdict)}
            if !verdict.because.trim().is_empty() {
                <div class="because">{markdown(&verdict.because)}</div>
            }
            {links(sheet)}
        </>
    }
}

/// What is said about what was typed.
fn slip(question: &Question, verdict: &Verdict) -> Html {
    let typed = matches!(question.kind, Kind::Short(_) | Kind::Number(_) | Kind::Output(_));
    let told = verdict.told.first().filter(|told| typed && !told.right && !told.reason.is_empty());
    match told {
        Some(told) => html! { <div class="slip">{markdown(&told.reason)}</div> },
        None => Html::default(),
    }
}

/// The right answer, where nothing else shows it.
fn answer(question: &Question, verdict: &Verdict) -> Html {
    match &question.kind {
        Kind::Short(_) | Kind::Number(_) if !verdict.right => {
            html! { <p class="ask-answer">{"It is "}<strong>{verdict.answer.clone()}</strong>{"."}</p> }
        }
        Kind::Lab(_) | Kind::Open(_) => Html::default(),
        Kind::Output(_) if verdict.answer.is_empty() && verdict.right => Html::default(),
        Kind::Output(_) if verdict.right => code(&verdict.answer, ""),
        _ => Html::default(),
    }
}

/// The guide's section, the lab, the source.
pub fn links(sheet: &Sheet) -> Html {
    let question = sheet.question;
    let mut links: Vec<Html> = vec![];
    if question.section.starts_with("guide/") {
        links.push(html! { <a href={question.section.clone()}>{"Read about it in the guide"}</a> });
    }
    if let Some(address) = sheet.beside.and_then(|beside| beside.replay.clone()) {
        links.push(html! { <a href={address}>{"Replay it in the lab"}</a> });
    }
    if question.source.starts_with("https://") {
        links.push(html! { <a href={question.source.clone()} rel="noopener">{"Source: "}{host(&question.source)}</a> });
    } else if !question.source.trim().is_empty() {
        links.push(html! { <span>{"Source: "}{question.source.clone()}</span> });
    }
    if links.is_empty() {
        return Html::default();
    }
    html! { <ul class="ask-links">{for links.into_iter().map(|link| html! { <li>{link}</li> })}</ul> }
}

/// `nodejs.org` of an address.
fn host(address: &str) -> String {
    let rest = address.trim_start_matches("https://");
    rest.split(['/', '?', '#']).next().unwrap_or(rest).trim_start_matches("www.").to_owned()
}
