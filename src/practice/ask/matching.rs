//! What belongs together?

use super::sheet::{Sheet, reason};
use crate::draw::markdown::phrases;
use interleave_course::Given;
use interleave_course::judge::rights;
use interleave_course::question::Matching;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A row for each on the left, with a list of all on the right.
pub fn matching(sheet: &Sheet, matching: &Matching) -> Html {
    let rights = rights(matching);
    // The lists are the same for all rows, and their order says nothing.
    let shown: Vec<(usize, String)> =
        sheet.hidden(rights.len()).into_iter().map(|at| (at, words(rights[at]))).collect();
    let mut chosen = if let Given::Pairs(chosen) = sheet.given { chosen.clone() } else { vec![] };
    chosen.resize(matching.pairs.len(), None);
    let row = |at: usize| {
        let id = format!("{}-left-{at}", sheet.id);
        let told = sheet.told(at);
        let mark = told.map(|told| if told.right { "right" } else { "wrong" });
        html! {
            <li class={classes!("ask-pair", mark)}>
                <label for={id.clone()}>{phrases(&matching.pairs[at].left)}</label>
                {select(sheet, id, &shown, &chosen, at)}
                if let (Some(told), Some(verdict)) = (told, mark) {
                    <span class="verdict">{if verdict == "right" { "right" } else { "not this" }}</span>
                    if !told.right {
                        <p class="belongs">{"It belongs to: "}{phrases(&matching.pairs[at].right)}</p>
                    }
                    {reason(Some(told))}
                }
            </li>
        }
    };
    let decoys = (matching.pairs.len()..rights.len()).filter_map(|at| sheet.told(at)).filter(|told| told.given);
    html! {
        <>
            <ul class="ask-pairs">{for (0..matching.pairs.len()).map(row)}</ul>
            {for decoys.map(|told| html! {
                <div class="ask-decoy"><p><strong>{phrases(&told.text)}</strong>{" belongs to none of them."}</p>{reason(Some(told))}</div>
            })}
        </>
    }
}

fn select(sheet: &Sheet, id: String, shown: &[(usize, String)], chosen: &[Option<usize>], at: usize) -> Html {
    let change = {
        let chosen = chosen.to_vec();
        sheet.on_given.reform(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let mut chosen = chosen.clone();
            chosen[at] = select.value().parse().ok();
            if chosen.iter().all(Option::is_none) { Given::None } else { Given::Pairs(chosen) }
        })
    };
    let option = |(right, words): &(usize, String)| {
        // Said of one that another row has: a pair may be looked at again, but nothing is forbidden.
        let taken = chosen.iter().enumerate().any(|(row, other)| row != at && *other == Some(*right));
        html! {
            <option value={right.to_string()} selected={chosen[at] == Some(*right)}>
                {words.clone()}{if taken { " (chosen above or below)" } else { "" }}
            </option>
        }
    };
    html! {
        <select {id} onchange={change} disabled={sheet.judged()}>
            <option value="" selected={chosen[at].is_none()}>{"Choose…"}</option>
            {for shown.iter().map(option)}
        </select>
    }
}

/// An option of a list holds words alone: the marks of Markdown go.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(['`'], "").replace("**", "")
}
