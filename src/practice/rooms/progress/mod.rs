//! `practice/progress/`: what a learner knows, what comes back, and everything as a file.

mod charts;
mod file;
mod topics;

use super::{RoomProps, review};
use crate::practice::parts::watched::use_store_changes;
use crate::practice::store::clock::{moment, now};
use crate::practice::words::{count, percent};
use yew::prelude::*;

/// The page of figures and charts.
#[component]
pub fn Progress(props: &RoomProps) -> Html {
    use_store_changes(&props.store);
    let progress = props.store.progress();
    let all: Vec<&str> =
        props.shelf.decks().iter().flat_map(|deck| deck.questions.iter().map(String::as_str)).collect();
    let standing = progress.standing(all, now());
    let streak = progress.streak(moment().day());
    let answered = progress.all_studied().next().is_some();
    html! {
        <>
            <h1>{"Progress"}</h1>
            if answered {
                <dl class="practice-figures">
                    <div><dt>{"Seen"}</dt><dd>{ format!("{} of {}", standing.seen, standing.questions) }</dd></div>
                    <div><dt>{"Known for weeks"}</dt><dd>{ percent(standing.mastery()) }</dd></div>
                    if let Some(retention) = standing.retention {
                        <div><dt>{"You would recall"}</dt><dd>{ percent(retention) }</dd></div>
                    }
                    <div><dt>{"Due now"}</dt><dd>{ standing.due }</dd></div>
                    if streak.longest > 1 {
                        <div><dt>{"Days in a row"}</dt><dd>{ streak.current }<small>{ format!(" longest {}", streak.longest) }</small></dd></div>
                    }
                </dl>
                { topics::table(&props.shelf, &props.store) }
                { review::forecast(&props.store) }
                { charts::per_day(&props.store) }
                { review::leeches(&props.shelf, &props.store) }
            } else {
                <div class="practice-empty">
                    <p>{"Nothing was answered on this device yet. What you answer is counted here, topic by topic."}</p>
                    <p><a class="button main" href="practice/">{ format!("Choose among {}", count(props.shelf.decks().len(), "deck")) }</a></p>
                </div>
            }
            <file::Files store={props.store.clone()} />
        </>
    }
}
