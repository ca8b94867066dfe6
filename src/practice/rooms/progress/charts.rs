//! What was answered on which day.

use super::review::day_name;
use crate::practice::parts::bars::columns;
use crate::practice::store::Store;
use crate::practice::store::clock::moment;
use yew::prelude::*;

/// How far it looks back, in days.
const DAYS: usize = 14;

/// Answers on each of the last days, today last.
pub fn per_day(store: &Store) -> Html {
    let first = moment().day() - DAYS as i32 + 1;
    let names = (0..DAYS as i32).map(|ahead| match ahead == DAYS as i32 - 1 {
        true => "today".to_string(),
        false => day_name(first + ahead),
    });
    let counts = store.progress().per_day(first, DAYS).into_iter().map(|day| day.answers);
    let counts: Vec<(String, u32)> = names.zip(counts).collect();
    columns("Answers a day, last 14 days", &counts, "role-check")
}
