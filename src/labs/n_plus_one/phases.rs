//! What the time of one query went into.

use super::telling::{bytes, count, share};
use crate::draw::time::milliseconds;
use interleave_queries::{Nanos, Query};
use yew::prelude::*;

/// The times of a query that was answered: waiting for a connection, on the way, at work, waiting for a lock.
pub fn times(query: &Query) -> Option<[Nanos; 4]> {
    let answered = query.answered?;
    let sent = query.sent.unwrap_or(answered);
    let served = query.ended.zip(query.began).map_or(0, |(ended, began)| ended.saturating_sub(began));
    let locked = query.waited.min(served);
    let travels = answered.saturating_sub(sent).saturating_sub(served);
    Some([sent.saturating_sub(query.asked), travels, served - locked, locked])
}

const NAMES: [(&str, &str); 4] = [
    ("at-pool", "waiting for a connection"),
    ("at-way", "on the way"),
    ("at-work", "at work"),
    ("at-lock", "waiting for a lock"),
];

/// Less is no time that one can read.
const LEAST: Nanos = 1_000;

/// One query.
pub fn phases(query: &Query, clock: Nanos) -> Html {
    let Some(times) = times(query).filter(|_| query.answered <= Some(clock)) else {
        let words = if query.sent.is_some_and(|sent| sent <= clock) { "on its way" } else { "waits for a connection" };
        let words = if query.answered.is_none() { "never answered" } else { words };
        return html! { <p class="empty">{ words }</p> };
    };
    let all: Nanos = times.iter().sum();
    let mut x = 0.0;
    html! {
        <div class="phases-of">
            <svg class="phase-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                { for times.iter().zip(NAMES).filter(|(time, _)| **time > 0).map(|(time, (class, _))| {
                    let from = x;
                    x += share(*time, all);
                    let (top, bottom) = if class == "at-way" { (5, 7) } else { (1, 11) };
                    html! { <path {class} d={format!("M{from:.2} {top}H{x:.2}V{bottom}H{from:.2}z")} /> }
                }) }
            </svg>
            <dl class="phase-times">
                { for times.iter().zip(NAMES).filter(|(time, (class, _))| **time >= LEAST || *class == "at-work").map(|(time, (_, words))| html! {
                    <div><dt>{ words }</dt><dd>{ milliseconds(*time / 1_000 * 1_000) }</dd></div>
                }) }
                <div><dt>{ "answer" }</dt><dd>
                    if let Some(error) = &query.error {
                        <span class="bad">{ format!("error {error}") }</span>
                    } else {
                        { format!("{}, {}", count(query.rows, "row", "rows"), bytes(query.bytes)) }
                    }
                </dd></div>
            </dl>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_a_query_add_up() {
        let query = Query {
            asked: 10,
            sent: Some(110),
            began: Some(600),
            ended: Some(900),
            waited: 200,
            answered: Some(1_400),
            ..Query::default()
        };
        assert_eq!(times(&query), Some([100, 990, 100, 200]));
        assert_eq!(times(&Query::default()), None);
    }
}
