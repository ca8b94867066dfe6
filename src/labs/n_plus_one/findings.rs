//! What is wrong, and what to do about it: shown when it could be told.

use super::reading::Read;
use super::room::Moment;
use super::telling::place;
use crate::draw::note::note;
use interleave_queries::{Finding, Kind, Outcome};
use yew::prelude::*;

/// The panel. `show` is given a group and a frame.
pub fn findings(read: &Read, moment: &Moment, show: &Callback<(usize, usize)>) -> Html {
    let found = &read.found[..read.found.len().min(moment.found as usize)];
    let well = read.run.outcome == Outcome::Exited { code: 0 };
    html! {
        <div role="group" class="panel findings" aria-label="Findings">
            if found.is_empty() {
                { nothing(moment.over, well, read.run.totals.queries > 0) }
            } else {
                <ul>
                    { for found.iter().filter_map(|at| Some(card(read, *at, read.run.findings.get(*at)?, show))) }
                </ul>
            }
        </div>
    }
}

fn nothing(over: bool, well: bool, asked: bool) -> Html {
    if !over {
        return html! { <p class="empty">{ "nothing found so far" }</p> };
    }
    if !well || !asked {
        return html! { <p class="empty">{ "there is too little to judge" }</p> };
    }
    html! {
        <p class="flawless">
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="M3 8.5 6.5 12 13 4.5" /></svg>
            <span><strong>{ "Nothing to find fault with." }</strong>{ " No text is repeated, nobody waits in line, and no rows are read in vain." }</span>
        </p>
    }
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::NPlusOne => "n-plus-one",
        Kind::MissingIndex => "missing-index",
        Kind::SmallPool => "small-pool",
        Kind::Multiplied => "multiplied",
        Kind::TooMuch => "too-much",
    }
}

fn card(read: &Read, number: usize, finding: &Finding, show: &Callback<(usize, usize)>) -> Html {
    let group = finding.group as usize;
    let first = read.run.groups.get(group).and_then(|group| group.queries.first());
    let frame = first.and_then(|query| read.asked.get(*query as usize)).copied().unwrap_or(read.finds[number]);
    html! {
        <li class={classes!("finding", name(finding.kind))} key={number}>
            <p class="finding-what">{ note(&finding.what) }</p>
            <p class="finding-fix">{ note(&finding.fix) }</p>
            <button type="button" class="lab-button quiet" onclick={show.reform(move |_| (group, frame))}>
                { format!("Show {}", finding.line.map_or_else(|| "its query".into(), |line| place(Some(line)))) }
            </button>
        </li>
    }
}
