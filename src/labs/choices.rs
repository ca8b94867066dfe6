//! Rows of what can be set, for every lab that has such rows. A change runs at once.

use super::{Lab, Landing, StageContext, Turn};
use crate::draw::chart;
use std::fmt::Display;
use std::rc::Rc;
use std::str::FromStr;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A number that can be chosen.
pub struct Setting<S> {
    pub name: &'static str,
    /// What it is, in a few more words.
    pub what: &'static str,
    pub choices: &'static [u32],
    /// How a value is said.
    pub words: fn(u32) -> String,
    pub get: fn(&S) -> u32,
    pub set: fn(&mut S, u32),
}

/// A number in words.
pub fn plain(value: u32) -> String {
    chart::number(value.into())
}

/// Microseconds as milliseconds.
pub fn ms(value: u32) -> String {
    format!("{} ms", chart::number(f64::from(value) / 1000.0))
}

/// The choices and the value that is set, in order: a link may say anything.
fn offered(choices: &[u32], now: u32) -> Vec<u32> {
    let mut offered = choices.to_vec();
    if !offered.contains(&now) {
        offered.push(now);
        offered.sort_unstable();
    }
    offered
}

/// A setting of the header, where its words name it.
pub fn pill<S: Clone + 'static>(setting: &'static Setting<S>, scenario: &S, change: &Callback<S>) -> Html {
    let now = (setting.get)(scenario);
    let choices = offered(setting.choices, now);
    let pick = {
        let (scenario, choices) = (scenario.clone(), choices.clone());
        change.reform(move |event: Event| {
            let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
            let mut scenario = scenario.clone();
            if let Some(value) = usize::try_from(index).ok().and_then(|index| choices.get(index)) {
                (setting.set)(&mut scenario, *value);
            }
            scenario
        })
    };
    html! {
        <select class="pill" aria-label={setting.name} title={setting.what} onchange={pick}>
            { for choices.iter().map(|value| html! { <option selected={*value == now}>{ (setting.words)(*value) }</option> }) }
        </select>
    }
}

/// A change of the scenario. It runs at once; where the reader stands then is [`Lab::landing`].
pub fn change<L: Lab>(at: usize, set: impl Fn(&mut L::Scenario) + 'static) -> Turn<L> {
    Rc::new(move |scenario: &L::Scenario, scene: &L::Scene| {
        let mut scenario = scenario.clone();
        set(&mut scenario);
        let landing: Landing<L> = L::landing(scene, at);
        Some((scenario, landing))
    })
}

/// A choice among some; `set` is given the index of the one that was made.
pub fn select<L: Lab>(
    context: &StageContext<L>,
    (name, what): (&'static str, &'static str),
    options: Vec<(String, bool)>,
    set: impl Fn(&mut L::Scenario, usize) + Clone + 'static,
) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let pick = Callback::from(move |event: Event| {
        let index = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Ok(index) = usize::try_from(index) {
            let set = set.clone();
            turn.emit(change::<L>(at, move |scenario| set(scenario, index)));
        }
    });
    html! {
        <label class="setting" title={what}>
            <span>{ name }</span>
            <select class="pill" onchange={pick}>
                { for options.into_iter().map(|(words, selected)| html! { <option {selected}>{ words }</option> }) }
            </select>
        </label>
    }
}

/// A number.
pub fn number<L: Lab>(setting: &'static Setting<L::Scenario>, context: &StageContext<L>) -> Html {
    let now = (setting.get)(context.scenario);
    let choices = offered(setting.choices, now);
    let options = choices.iter().map(|value| ((setting.words)(*value), *value == now)).collect();
    select(context, (setting.name, setting.what), options, move |scenario, index| {
        if let Some(value) = choices.get(index) {
            (setting.set)(scenario, *value);
        }
    })
}

/// One of a few ways, each with its words.
pub fn way<L: Lab, T: Copy + PartialEq + 'static>(
    context: &StageContext<L>,
    names: (&'static str, &'static str),
    ways: &'static [(T, &'static str)],
    now: T,
    set: fn(&mut L::Scenario, T),
) -> Html {
    let options = ways.iter().map(|(way, words)| ((*words).to_owned(), *way == now)).collect();
    select(context, names, options, move |scenario, index| {
        if let Some((way, _)) = ways.get(index) {
            set(scenario, *way);
        }
    })
}

/// The seed.
pub fn seed<L: Lab, N: FromStr + Display + Copy + 'static>(
    context: &StageContext<L>,
    what: &'static str,
    now: N,
    set: fn(&mut L::Scenario, N),
) -> Html {
    let (turn, at) = (context.turn.clone(), context.at);
    let pick = Callback::from(move |event: Event| {
        let value = event.target_unchecked_into::<HtmlInputElement>().value();
        if let Ok(seed) = value.trim().parse::<N>() {
            turn.emit(change::<L>(at, move |scenario| set(scenario, seed)));
        }
    });
    html! {
        <label class="setting" title={what}>
            <span>{ "Seed" }</span>
            <input class="pill" type="number" min="0" max="4294967295" step="1" value={now.to_string()} onchange={pick} />
        </label>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_nobody_offers_has_its_place_among_the_choices() {
        assert_eq!(offered(&[1, 5, 10], 7), [1, 5, 7, 10]);
        assert_eq!(offered(&[1, 5, 10], 5), [1, 5, 10]);
        assert_eq!(offered(&[1, 5], 900), [1, 5, 900]);
    }
}
