//! A question as it is read without JavaScript: what is asked, what there is to choose from, and the answer behind a disclosure.

use super::feedback;
use super::sheet::Sheet;
use crate::draw::markdown::{code, markdown, phrases};
use interleave_course::bank::Asked;
use interleave_course::judge::{rights, seed_of, shuffled};
use interleave_course::question::{Gaps, Matching, Open};
use interleave_course::{Answer, Choice, Given, Kind, Question, judge};
use yew::prelude::*;

/// The whole of it.
pub fn printed(asked: &Asked) -> Html {
    let question: &Question = &asked.question;
    let (given, on_given) = (Given::None, Callback::noop());
    let verdict = judge(question, asked.answer.as_deref(), &given);
    let sheet = Sheet {
        id: format!("printed-{}", question.id),
        question,
        answer: asked.answer.as_deref(),
        beside: asked.beside.as_deref(),
        given: &given,
        verdict: Some(&verdict),
        on_given: &on_given,
        exam: false,
        seed: 0,
    };
    html! {
        <>
            <div class="stem">{markdown(&question.stem)}</div>
            {sheet.subject()}
            {offered(&sheet)}
            <details>
                <summary>{"Answer"}</summary>
                {answer(question, asked.answer.as_deref())}
                if !verdict.because.trim().is_empty() {
                    <div class="because">{markdown(&verdict.because)}</div>
                }
                {feedback::links(&sheet)}
            </details>
        </>
    }
}

/// What there is to choose from.
fn offered(sheet: &Sheet) -> Html {
    let question = sheet.question;
    let list = |items: Vec<Html>| html! { <ol class="quiz-choices" type="A">{for items.into_iter().map(|item| html! { <li>{item}</li> })}</ol> };
    match &question.kind {
        Kind::Choice(options) | Kind::Several(options) => {
            list(options.options.iter().map(|option| phrases(&option.text)).collect())
        }
        Kind::Anomaly(anomalies) => list(anomalies.options.iter().map(|option| phrases(&option.text)).collect()),
        Kind::TrueFalse(_) => list(vec![html! { "True" }, html! { "False" }]),
        Kind::Order(order) => {
            let events = shuffled(order.events.len(), seed_of(&question.id));
            list(events.into_iter().map(|at| phrases(&order.events[at].text)).collect())
        }
        Kind::Match(matching) => {
            let rights = rights(matching);
            let shown = shuffled(rights.len(), seed_of(&question.id));
            html! {
                <>
                    <ul>{for matching.pairs.iter().map(|pair| html! { <li>{phrases(&pair.left)}</li> })}</ul>
                    {list(shown.into_iter().map(|at| phrases(rights[at])).collect())}
                </>
            }
        }
        Kind::Gap(gaps) => html! { <div>{markdown(&gaps.text)}</div> },
        Kind::Lab(_) => match sheet.beside.and_then(|beside| beside.task.as_deref()) {
            // Without JavaScript there is no frame that could say that it is reached.
            Some(frame) => html! { <p><a href={frame.replacen("embed", "labs", 1)}>{"Open the lab"}</a></p> },
            None => Html::default(),
        },
        Kind::Short(_) | Kind::Number(_) | Kind::Output(_) | Kind::Open(_) => Html::default(),
    }
}

fn answer(question: &Question, answer: Option<&Answer>) -> Html {
    let verdict = judge(question, answer, &Given::None);
    match &question.kind {
        Kind::Choice(options) | Kind::Several(options) => chosen(&options.options),
        Kind::TrueFalse(claim) => html! {
            <>
                <p><strong>{if claim.answer { "True. " } else { "False. " }}</strong>{phrases(&claim.because)}</p>
                <p>{phrases(&claim.otherwise)}</p>
            </>
        },
        Kind::Output(_) => code(&verdict.answer, ""),
        Kind::Order(order) => {
            let truth = if let Some(Answer::Order(truth)) = answer { truth.as_slice() } else { &[] };
            let events = truth.iter().filter_map(|at| order.events.get(*at));
            html! { <ol>{for events.map(|event| html! { <li>{phrases(&event.text)}</li> })}</ol> }
        }
        Kind::Match(matching) => pairs(matching),
        Kind::Gap(gaps) => filled(gaps),
        Kind::Anomaly(anomalies) => html! {
            <>
                <p><strong>{verdict.answer.clone()}</strong></p>
                <ul>{for anomalies.options.iter().map(|option| html! { <li>{phrases(&option.text)}{": "}{phrases(&option.reason)}</li> })}</ul>
            </>
        },
        Kind::Short(_) | Kind::Number(_) => html! { <p><strong>{phrases(&verdict.answer)}</strong></p> },
        Kind::Lab(_) => Html::default(),
        Kind::Open(open) => rubric(open),
    }
}

fn chosen(options: &[Choice]) -> Html {
    let (right, wrong): (Vec<&Choice>, Vec<&Choice>) = options.iter().partition(|option| option.right);
    html! {
        <>
            {for right.into_iter().map(|option| html! { <p><strong>{phrases(&option.text)}</strong>{" "}{phrases(&option.reason)}</p> })}
            <ul>{for wrong.into_iter().map(|option| html! { <li>{phrases(&option.text)}{": "}{phrases(&option.reason)}</li> })}</ul>
        </>
    }
}

fn pairs(matching: &Matching) -> Html {
    let pair = matching.pairs.iter().map(|pair| {
        html! { <li><strong>{phrases(&pair.left)}</strong>{": "}{phrases(&pair.right)}{". "}{phrases(&pair.reason)}</li> }
    });
    html! { <ul>{for pair}</ul> }
}

fn filled(gaps: &Gaps) -> Html {
    let gap = gaps.gaps.iter().map(|gap| {
        let first = gap.answers.first().cloned().unwrap_or_default();
        html! { <li><code>{first}</code>{": "}{phrases(&gap.because)}</li> }
    });
    html! { <ol>{for gap}</ol> }
}

fn rubric(open: &Open) -> Html {
    html! {
        <>
            <p>{"Good to hear:"}</p>
            <ul>{for open.good.iter().map(|point| html! { <li>{phrases(&point.text)}</li> })}</ul>
            <p>{"A good answer:"}</p>
            {markdown(&open.senior)}
        </>
    }
}
