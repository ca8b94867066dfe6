//! A question as it is read without JavaScript: the answers behind a disclosure.

use crate::practice::ask::in_place::ISLAND;
use interleave_course::bank::Asked;
use yew::prelude::*;

/// The placeholder of a question's island.
pub fn block(asked: &Asked) -> Html {
    html! {
        <div class="quiz" id={format!("q-{}", asked.question.id)} data-island={ISLAND} data-app="practice"
            data-props={serde_json::to_string(asked).unwrap_or_default()}>
            {crate::practice::ask::printed::printed(asked)}
        </div>
    }
}
