//! `practice/review/`: all that is due, and what will be.

use super::RoomProps;
use crate::draw::markdown::asks;
use crate::practice::parts::bars::columns;
use crate::practice::parts::watched::use_store_changes;
use crate::practice::shelf::Shelf;
use crate::practice::sitting::Sitting;
use crate::practice::store::Store;
use crate::practice::store::clock::{moment, now};
use crate::practice::words::{count, percent, until};
use interleave_course::memory::mean_retrievability;
use interleave_course::progress::Session;
use interleave_course::session::review_order;
use yew::prelude::*;

/// How far the forecast looks, in days.
pub const DAYS: usize = 14;

/// What is due, asked when the learner says so.
#[component]
pub fn Review(props: &RoomProps) -> Html {
    use_store_changes(&props.store);
    let begun = use_state(|| None::<Vec<String>>);
    let due = review_order(&props.store.progress(), |id| props.shelf.has(id), now());
    if let Some(questions) = &*begun {
        return html! {
            <>
                <h1>{"Review"}</h1>
                <Sitting shelf={props.shelf.clone()} store={props.store.clone()} title="Review" questions={questions.clone()} session={Session::Review} />
            </>
        };
    }
    let begin = {
        let (begun, due) = (begun.clone(), due.clone());
        Callback::from(move |_: MouseEvent| begun.set(Some(due.clone())))
    };
    let progress = props.store.progress();
    let retention = mean_retrievability(progress.cards(), &progress.scheduler().parameters, now());
    let seen = progress.all_studied().count();
    html! {
        <>
            <h1>{"Review"}</h1>
            if due.is_empty() {
                { nothing(&props.store, seen) }
            } else {
                <p class="lead">{ format!("{} {} due. The longest overdue comes first.", count(due.len(), "question"), if due.len() == 1 { "is" } else { "are" }) }</p>
                <p><button type="button" class="button main" onclick={begin}>{"Begin"}</button></p>
            }
            if seen > 0 {
                <dl class="practice-figures">
                    <div><dt>{"Due now"}</dt><dd>{ due.len() }</dd></div>
                    <div><dt>{"Seen"}</dt><dd>{ seen }</dd></div>
                    if let Some(retention) = retention {
                        <div><dt>{"You would recall"}</dt><dd>{ percent(retention) }</dd></div>
                    }
                    <div><dt>{"Leeches"}</dt><dd>{ progress.leeches().len() }</dd></div>
                </dl>
                { forecast(&props.store) }
                { leeches(&props.shelf, &props.store) }
            }
        </>
    }
}

/// Nothing is due: why, and when something will be.
fn nothing(store: &Store, seen: usize) -> Html {
    let next = store.progress().cards().map(|card| card.due).filter(|due| *due > now()).min();
    html! {
        <div class="practice-empty">
            if seen == 0 {
                <p>{"Nothing to review yet. What you study comes back here when you are about to forget it."}</p>
                <p><a class="button main" href="practice/">{"Choose a deck"}</a></p>
            } else {
                <p><strong>{"Nothing is due."}</strong>
                    if let Some(next) = next {
                        { format!(" The next question comes back {}.", until(next - now())) }
                    }
                </p>
                <p><a class="button" href="practice/">{"Study something new"}</a></p>
            }
        </div>
    }
}

/// How much comes back on each of the next days.
pub fn forecast(store: &Store) -> Html {
    let now = moment();
    let names = (0..DAYS as i32).map(|ahead| match ahead {
        0 => "today".to_string(),
        _ => day_name(now.day() + ahead),
    });
    let counts: Vec<(String, u32)> = names.zip(store.progress().forecast(now, DAYS)).collect();
    columns("Reviews ahead, next 14 days", &counts, "role-poll")
}

/// A day by its weekday and its number: `Mo 23`.
pub fn day_name(day: i32) -> String {
    // 1970-01-01 was a Thursday.
    const NAMES: [&str; 7] = ["Th", "Fr", "Sa", "Su", "Mo", "Tu", "We"];
    let name = NAMES[day.rem_euclid(7) as usize];
    let date = js_sys::Date::new(&(f64::from(day) * 86_400_000.0).into());
    format!("{name} {}", date.get_utc_date())
}

/// What is forgotten again and again.
pub fn leeches(shelf: &Shelf, store: &Store) -> Html {
    let progress = store.progress();
    let leeches: Vec<_> =
        progress.leeches().into_iter().filter_map(|id| Some((shelf.held(id)?, progress.studied(id)?))).collect();
    if leeches.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-labelledby="leeches">
            <h2 id="leeches">{"Leeches"}</h2>
            <p class="lead">{"Forgotten eight times or more. Asking again does not help with these: read, run the lab, or explain it to somebody."}</p>
            <ul class="missed">
                { for leeches.into_iter().map(|(held, studied)| html! {
                    <li>
                        { asks(&held.asked.question.stem) }
                        <span class="leech">{ format!(" leech · forgotten {} times", studied.card.lapses) }</span>
                        if !held.asked.question.section.is_empty() {
                            {" "}<a href={held.asked.question.section.clone()}>{"Read about it"}</a>
                        }
                    </li>
                }) }
            </ul>
        </section>
    }
}
