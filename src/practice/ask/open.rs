//! An answer in one's own words, and then the rubric: judged by nobody but oneself.

use super::sheet::{Sheet, reason};
use crate::draw::markdown::{markdown, phrases};
use interleave_course::Given;
use interleave_course::question::Open;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// First a place to write, then what would have been good to hear.
pub fn open(sheet: &Sheet, open: &Open) -> Html {
    let compared = matches!(sheet.given, Given::Rubric { .. }) || sheet.judged();
    html! {
        <>
            <Own id={sheet.id.clone()} start={sheet.text()} keep={sheet.exam.then(|| sheet.on_given.reform(Given::Text))} />
            if compared {
                {rubric(sheet, open)}
            } else if !sheet.exam {
                <div class="quiz-bar">
                    <button type="button" class="button main" onclick={sheet.on_given.reform(|_: MouseEvent| none_ticked())}>
                        {"Compare with the rubric"}
                    </button>
                    <span class="ask-keys">{"Write it down, or say it aloud."}</span>
                </div>
            }
            if sheet.judged() {
                {model("What a good answer of somebody junior sounds like", &open.junior)}
                {model("And of somebody senior", &open.senior)}
            }
        </>
    }
}

fn none_ticked() -> Given {
    Given::Rubric { good: vec![], red_flags: vec![] }
}

#[derive(Properties, PartialEq)]
struct OwnProps {
    id: String,
    start: String,
    /// Who wants to know every change.
    keep: Option<Callback<String>>,
}

/// One's own answer. It is nobody's business: it is kept as long as the question is on the page.
#[component]
fn Own(props: &OwnProps) -> Html {
    let text = use_state(|| props.start.clone());
    let id = format!("{}-own", props.id);
    let typed = {
        let (text, keep) = (text.clone(), props.keep.clone());
        Callback::from(move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            if let Some(keep) = &keep {
                keep.emit(area.value());
            }
            text.set(area.value());
        })
    };
    html! {
        <div class="ask-field own">
            <label for={id.clone()}>{"Your answer"}</label>
            <textarea {id} rows="6" value={(*text).clone()} oninput={typed} />
        </div>
    }
}

fn rubric(sheet: &Sheet, open: &Open) -> Html {
    let (good, flags) = match sheet.given {
        Given::Rubric { good, red_flags } => (good.clone(), red_flags.clone()),
        _ => (vec![], vec![]),
    };
    let points = open.good.iter().enumerate().map(|(at, point)| {
        let give = Given::Rubric { good: toggled(&good, at), red_flags: flags.clone() };
        let follow = sheet.judged() && !good.contains(&at) && !point.follow_up.trim().is_empty();
        html! {
            <li class={classes!("quiz-option", (sheet.judged() && good.contains(&at)).then_some("right"))}>
                {tick(sheet, &point.text, good.contains(&at), give)}
                if follow {
                    <div class="reason"><p><strong>{"They would ask: "}</strong>{phrases(&point.follow_up)}</p></div>
                }
            </li>
        }
    });
    let warnings = open.red_flags.iter().enumerate().map(|(at, flag)| {
        let give = Given::Rubric { good: good.clone(), red_flags: toggled(&flags, at) };
        let told = sheet.told(open.good.len() + at);
        html! {
            <li class={classes!("quiz-option", (sheet.judged() && flags.contains(&at)).then_some("wrong"))}>
                {tick(sheet, &flag.text, flags.contains(&at), give)}
                {reason(told)}
            </li>
        }
    });
    html! {
        <>
            <p class="ask-hint">{"Tick what your answer had. Honestly: nobody else sees it."}</p>
            <ul class="quiz-options">{for points}</ul>
            if !open.red_flags.is_empty() {
                <p class="ask-hint">{"And what it had that speaks against it."}</p>
                <ul class="quiz-options">{for warnings}</ul>
            }
        </>
    }
}

fn toggled(ticked: &[usize], at: usize) -> Vec<usize> {
    let mut ticked = ticked.to_vec();
    match ticked.iter().position(|other| *other == at) {
        Some(place) => drop(ticked.remove(place)),
        None => ticked.push(at),
    }
    ticked.sort_unstable();
    ticked
}

fn tick(sheet: &Sheet, text: &str, checked: bool, give: Given) -> Html {
    let touched = sheet.on_given.reform(move |_: Event| give.clone());
    html! {
        <label>
            <input type="checkbox" {checked} disabled={sheet.judged()} onchange={touched} />
            <span>{phrases(text)}</span>
        </label>
    }
}

fn model(title: &'static str, text: &str) -> Html {
    html! { <details class="ask-model"><summary>{title}</summary>{markdown(text)}</details> }
}
