use interleave_node::{ModuleKind, Scenario};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// How Node loads the program, and who wins the race of the main script.
pub fn controls(scenario: &Scenario, change: &Callback<Scenario>) -> Html {
    let module = {
        let scenario = scenario.clone();
        change.reform(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let module = if index == 1 { ModuleKind::Module } else { ModuleKind::CommonJs };
            Scenario { module, ..scenario.clone() }
        })
    };
    let slow = {
        let scenario = scenario.clone();
        change.reform(move |event: Event| {
            let slow_timers = event.target_unchecked_into::<HtmlInputElement>().checked();
            Scenario { slow_timers, ..scenario.clone() }
        })
    };
    html! {
        <>
            <select class="pill" aria-label="Module kind" onchange={module}>
                <option selected={scenario.module == ModuleKind::CommonJs}>{ "CommonJS" }</option>
                <option selected={scenario.module == ModuleKind::Module}>{ "ES module" }</option>
            </select>
            <label class="switch" title="The loop starts before a timer of 1 ms is due: setImmediate wins the race of the main script.">
                <input type="checkbox" role="switch" checked={scenario.slow_timers} onchange={slow} />
                <span>{ "Slow timers" }</span>
            </label>
        </>
    }
}
