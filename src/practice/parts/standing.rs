//! How a deck stands, in a line of a list.

use super::bars::bar;
use crate::practice::words::{count, percent};
use interleave_course::progress::Standing;
use yew::prelude::*;

/// Its figures, and what is known of it as a bar.
pub fn figures(standing: &Standing) -> Html {
    html! {
        <>
            <p class="deck-figures">
                <span>{ count(standing.questions, "question") }</span>
                <span>{ format!("{} seen", standing.seen) }</span>
                <span>{ format!("{} known", percent(standing.mastery())) }</span>
                if standing.due > 0 {
                    <span class="deck-due">{ format!("{} due", standing.due) }</span>
                }
            </p>
            { bar(standing.mastery(), "role-ok") }
        </>
    }
}
