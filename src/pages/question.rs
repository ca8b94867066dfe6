//! A question as it is read without JavaScript: the answers behind a disclosure.

use super::islands::question::ISLAND;
use crate::draw::note::note;
use interleave_course::Question;
use interleave_kernel::Note;
use yew::prelude::*;

/// The placeholder of a question's island.
pub fn block(question: &Question) -> Html {
    let text = |text: &str| note(&Note::new(text));
    let answer = &question.options[question.answer()];
    html! {
        <div class="quiz" id={format!("q-{}", question.id)} data-island={ISLAND}
            data-props={serde_json::to_string(question).unwrap_or_default()}>
            <p class="stem">{text(&question.stem)}</p>
            <ol class="quiz-choices" type="A">
                {for question.options.iter().map(|option| html! { <li>{text(&option.text)}</li> })}
            </ol>
            <details>
                <summary>{"Answer"}</summary>
                <p><strong>{text(&answer.text)}</strong>{" "}{text(&answer.reason)}</p>
                <ul>
                    {for question.options.iter().filter(|option| !option.right).map(|option| html! {
                        <li>{text(&option.text)}{": "}{text(&option.reason)}</li>
                    })}
                </ul>
            </details>
        </div>
    }
}
