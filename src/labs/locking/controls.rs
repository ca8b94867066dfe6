use interleave_sql::lab::{Isolation, Scenario};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The level of the transactions that name none.
pub fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
    let pick = {
        let scenario = scenario.clone();
        change.reform(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let isolation = usize::try_from(index).ok().and_then(|index| Isolation::ALL.get(index)).copied();
            Scenario { isolation: isolation.unwrap_or_default(), ..scenario.clone() }
        })
    };
    html! {
        <select class="pill" aria-label="Isolation level" title="The isolation level of transactions that name none" onchange={pick}>
            { for Isolation::ALL.into_iter().map(|level| html! {
                <option selected={level == scenario.isolation}>{ level_name(level) }</option>
            }) }
        </select>
    }
}

/// A level as one says it.
pub fn level_name(level: Isolation) -> &'static str {
    match level {
        Isolation::ReadCommitted => "read committed",
        Isolation::RepeatableRead => "repeatable read",
        Isolation::Serializable => "serializable",
    }
}
