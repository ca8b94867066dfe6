//! A question that is answered in place.

use crate::draw::note::note;
use interleave_course::{Choice, Question};
use interleave_kernel::Note;
use serde::Deserialize;
use yew::prelude::*;

/// The value of `data-island`.
pub const ISLAND: &str = "question";

/// What a question's placeholder carries: the question itself.
#[derive(Clone, PartialEq, Properties, Deserialize)]
#[serde(transparent)]
pub struct AskProps {
    pub question: Question,
}

/// A question with its answers as radio buttons. Nothing is judged before the reader says so: arrow keys move between answers.
#[component]
pub fn Ask(props: &AskProps) -> Html {
    let question = &props.question;
    let chosen = use_state(|| None::<usize>);
    let checked = use_state(|| false);
    let submit = {
        let (chosen, checked) = (chosen.clone(), checked.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            checked.set(chosen.is_some());
        })
    };
    let again = {
        let (chosen, checked) = (chosen.clone(), checked.clone());
        Callback::from(move |_: MouseEvent| {
            chosen.set(None);
            checked.set(false);
        })
    };
    let option = |(at, choice): (usize, &Choice)| {
        let select = {
            let chosen = chosen.clone();
            Callback::from(move |_: Event| chosen.set(Some(at)))
        };
        answer(question, choice, *chosen == Some(at), *checked, select)
    };
    html! {
        <form onsubmit={submit}>
            <fieldset>
                <legend class="stem">{text(&question.stem)}</legend>
                <ul class="quiz-options">{for question.options.iter().enumerate().map(option)}</ul>
            </fieldset>
            <div class="quiz-bar">
                if *checked {
                    <button type="button" class="button" onclick={again}>{"Answer again"}</button>
                } else {
                    <button type="submit" class="button main" disabled={chosen.is_none()}>{"Check"}</button>
                }
                <span role="status">{if *checked { verdict(question, *chosen) } else { Html::default() }}</span>
            </div>
        </form>
    }
}

fn answer(question: &Question, choice: &Choice, chosen: bool, checked: bool, select: Callback<Event>) -> Html {
    let verdict = match (checked, choice.right, chosen) {
        (true, true, _) => Some(("right", "right")),
        (true, false, true) => Some(("wrong", "not this")),
        _ => None,
    };
    html! {
        <li class={classes!("quiz-option", verdict.map(|(class, _)| class))}>
            <label>
                <input type="radio" name={question.id.clone()} checked={chosen} disabled={checked} onchange={select} />
                <span>{text(&choice.text)}</span>
                if let Some((_, words)) = verdict {
                    <span class="verdict">{words}</span>
                }
            </label>
            if checked {
                <p class="reason">{text(&choice.reason)}</p>
            }
        </li>
    }
}

/// What is announced: the judgement, and the reason it rests on.
fn verdict(question: &Question, chosen: Option<usize>) -> Html {
    let Some(choice) = chosen.and_then(|at| question.options.get(at)) else { return Html::default() };
    if choice.right {
        html! { <strong>{"Right."}</strong> }
    } else {
        html! { <><strong>{"Not this one."}</strong><span class="visually-hidden">{" "}{text(&choice.reason)}</span></> }
    }
}

fn text(markup: &str) -> Html {
    note(&Note::new(markup))
}
