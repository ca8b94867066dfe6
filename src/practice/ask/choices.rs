//! Options to choose from.

use super::sheet::{Sheet, reason};
use crate::draw::markdown::phrases;
use interleave_course::question::Anomalies;
use interleave_course::{Choice, Given, Told};
use yew::prelude::*;

/// One of them.
pub fn one(sheet: &Sheet, options: &[Choice]) -> Html {
    list(sheet, options.len(), |at| {
        let choice = options.get(at)?;
        Some(Shown {
            text: &choice.text,
            chosen: *sheet.given == Given::Option(at),
            give: Given::Option(at),
            told: sheet.told(at),
            several: false,
        })
    })
}

/// Any number of them.
pub fn several(sheet: &Sheet, options: &[Choice]) -> Html {
    let options = list(sheet, options.len(), |at| {
        let choice = options.get(at)?;
        Some(Shown {
            text: &choice.text,
            chosen: matches!(sheet.given, Given::Options(chosen) if chosen.contains(&at)),
            give: toggled(sheet.given, at),
            told: sheet.told(at),
            several: true,
        })
    });
    html! { <><p class="ask-hint">{"One or more are right."}</p>{options}</> }
}

/// What is chosen when this one is chosen, too, or no longer.
pub fn toggled(given: &Given, at: usize) -> Given {
    let mut chosen = if let Given::Options(chosen) = given { chosen.clone() } else { vec![] };
    if chosen.contains(&at) {
        chosen.retain(|other| *other != at);
    } else {
        chosen.push(at);
        chosen.sort_unstable();
    }
    Given::Options(chosen)
}

/// True or false.
pub fn claim(sheet: &Sheet) -> Html {
    let option = |(at, truth): (usize, bool)| {
        let shown = Shown {
            text: if truth { "True" } else { "False" },
            chosen: *sheet.given == Given::Truth(truth),
            give: Given::Truth(truth),
            told: sheet.told(at),
            several: false,
        };
        draw(sheet, at + 1, shown)
    };
    html! { <ul class="quiz-options">{for [true, false].into_iter().enumerate().map(option)}</ul> }
}

/// What goes wrong in a schedule.
pub fn anomaly(sheet: &Sheet, anomalies: &Anomalies) -> Html {
    list(sheet, anomalies.options.len(), |at| {
        let option = anomalies.options.get(at)?;
        Some(Shown {
            text: if option.text == "none" { "nothing goes wrong" } else { &option.text },
            chosen: *sheet.given == Given::Option(at),
            give: Given::Option(at),
            told: sheet.told(at),
            several: false,
        })
    })
}

/// An option as it stands.
struct Shown<'a> {
    text: &'a str,
    chosen: bool,
    /// What is given when it is touched.
    give: Given,
    told: Option<&'a Told>,
    several: bool,
}

/// So many of them, in the order in which they are shown.
fn list<'a>(sheet: &Sheet, count: usize, option: impl Fn(usize) -> Option<Shown<'a>>) -> Html {
    let shown = sheet.options(count).into_iter().filter_map(option);
    html! { <ul class="quiz-options">{for shown.enumerate().map(|(at, shown)| draw(sheet, at + 1, shown))}</ul> }
}

/// `number` counts them as they are shown: it is the key that chooses it.
fn draw(sheet: &Sheet, number: usize, option: Shown) -> Html {
    let Shown { text, chosen, give, told, several } = option;
    let touched = sheet.on_given.reform(move |_: Event| give.clone());
    let mark = told.and_then(|told| mark(told, several));
    html! {
        <li key={number} class={classes!("quiz-option", mark.map(|(class, _)| class))}>
            <label>
                <input type={if several { "checkbox" } else { "radio" }} name={sheet.id.clone()} checked={chosen}
                    disabled={sheet.judged()} onchange={touched} />
                <span>{phrases(text)}</span>
                if let Some((_, words)) = mark {
                    <span class="verdict">{words}</span>
                } else if !sheet.judged() && number < 10 {
                    <kbd aria-hidden="true">{number}</kbd>
                }
            </label>
            {reason(told)}
        </li>
    }
}

/// What an option is told: of one choice among many, only what was chosen can be wrong.
fn mark(told: &Told, several: bool) -> Option<(&'static str, &'static str)> {
    match (told.right, told.given) {
        (true, false) if several => Some(("overlooked", "right, not chosen")),
        (true, _) => Some(("right", "right")),
        (false, true) => Some(("wrong", "not this")),
        (false, false) => None,
    }
}
