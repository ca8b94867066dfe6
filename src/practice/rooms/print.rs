//! `practice/print/?deck=sagas&answers=yes`: a deck as a sheet of paper.

use super::RoomProps;
use crate::draw::markdown::{markdown, phrases};
use crate::practice::parts::text;
use crate::practice::shelf::Held;
use interleave_course::judge::{Given, judge};
use interleave_course::{Kind, Question};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The most questions of a sheet: a hundred pages. Decks that somebody has brought may have more.
const MOST: usize = 500;

/// A sheet, and what is chosen about it; the latter is not printed.
#[component]
pub fn Print(props: &RoomProps) -> Html {
    let deck = use_state(|| props.parameter("deck"));
    let answers = use_state(|| !props.parameter("answers").is_empty());
    let on_deck = {
        let deck = deck.clone();
        Callback::from(move |event: Event| {
            deck.set(event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value()).unwrap_or_default());
        })
    };
    let on_answers = {
        let answers = answers.clone();
        Callback::from(move |event: Event| {
            answers.set(event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()));
        })
    };
    let print = Callback::from(|_: MouseEvent| {
        let _ = web_sys::window().map(|window| window.print());
    });
    let chosen = props.shelf.deck(&deck).or(props.shelf.decks().first());
    let Some(chosen) = chosen else { return Html::default() };
    let held: Vec<&Held> = chosen.questions.iter().filter_map(|id| props.shelf.held(id)).take(MOST).collect();
    let left_out = chosen.questions.len() - held.len();
    html! {
        <>
            <form class="filters print-choice" onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
                <label>{"Deck "}
                    <select onchange={on_deck}>
                        { for props.shelf.decks().iter().map(|one| html! { <option value={one.id.clone()} selected={one.id == chosen.id}>{ &one.title }</option> }) }
                    </select>
                </label>
                <label><input type="checkbox" checked={*answers} onchange={on_answers} />{" with answers"}</label>
                <button type="button" class="button main" onclick={print}>{"Print"}</button>
            </form>
            <article class="paper">
                <h1>{ &chosen.title }</h1>
                <p class="lead">{ text(&chosen.about) }</p>
                <ol class="paper-questions">{ for held.iter().map(|held| question(held, *answers)) }</ol>
                if left_out > 0 {
                    <p class="paper-more">{ format!("These are the first {MOST} questions; {left_out} more are not on this sheet.") }</p>
                }
            </article>
        </>
    }
}

fn question(held: &Held, answers: bool) -> Html {
    html! {
        <li>
            { markdown(&held.asked.question.stem) }
            { body(&held.asked.question) }
            if answers {
                { answer(held) }
            } else {
                <div class="paper-room" aria-hidden="true"></div>
            }
        </li>
    }
}

/// What stands below the stem.
fn body(question: &Question) -> Html {
    let list = |texts: Vec<&str>| html! { <ol class="paper-options" type="A">{ for texts.into_iter().map(|one| html! { <li>{ phrases(one) }</li> }) }</ol> };
    let code = |program: &str| html! { <pre tabindex="0" aria-label="Program"><code>{ program.trim_end().to_string() }</code></pre> };
    match &question.kind {
        Kind::Choice(options) | Kind::Several(options) => {
            list(options.options.iter().map(|option| &*option.text).collect())
        }
        Kind::TrueFalse(_) => list(vec!["True", "False"]),
        Kind::Anomaly(anomalies) => list(anomalies.options.iter().map(|option| &*option.text).collect()),
        Kind::Output(predict) => code(&predict.program.program),
        Kind::Order(order) => html! {
            <>
                if let interleave_course::question::Tape::Program(program) = &order.of { { code(&program.program) } }
                { list(order.events.iter().map(|event| &*event.text).collect()) }
            </>
        },
        Kind::Match(matching) => {
            let rights =
                matching.pairs.iter().map(|pair| &*pair.right).chain(matching.decoys.iter().map(|decoy| &*decoy.text));
            let mut rights: Vec<&str> = rights.collect();
            // In an order that does not give the answer away.
            rights.sort_unstable();
            html! { <>{ list(matching.pairs.iter().map(|pair| &*pair.left).collect()) }<ul class="paper-options">{ for rights.into_iter().map(|one| html! { <li>{ phrases(one) }</li> }) }</ul></> }
        }
        Kind::Gap(gaps) => html! { <p>{ phrases(&blanks(&gaps.text)) }</p> },
        _ => Html::default(),
    }
}

/// A text with its gaps as lines to write on.
fn blanks(markup: &str) -> String {
    (1..=20).fold(markup.to_string(), |text, number| {
        text.replace(&format!("{{{number}}}"), &format!("({number}) ________"))
    })
}

/// The answer and its reason.
fn answer(held: &Held) -> Html {
    if let Kind::Open(open) = &held.asked.question.kind {
        return html! { <ul class="paper-answer">{ for open.good.iter().map(|point| html! { <li>{ phrases(&point.text) }</li> }) }</ul> };
    }
    let verdict = judge(&held.asked.question, held.asked.answer.as_deref(), &Given::None);
    let reasons = verdict.told.iter().filter(|told| told.right && !told.reason.is_empty());
    html! {
        <div class="paper-answer">
            <p><strong>{"Answer: "}</strong>{ phrases(&verdict.answer) }</p>
            { for reasons.map(|told| html! { { markdown(&told.reason) } }) }
        </div>
    }
}
