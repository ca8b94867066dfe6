//! Who comes first.

use crate::memory::Parameters;
use crate::progress::Progress;

/// The order in which questions are studied: what is due, the longest overdue first; then what was never asked, as the deck has it;
/// then what is known, the least likely to be recalled first.
pub fn study_order<'a>(
    questions: impl IntoIterator<Item = &'a str>,
    progress: &Progress,
    parameters: &Parameters,
    at: i64,
) -> Vec<String> {
    let (mut due, mut new, mut known) = (vec![], vec![], vec![]);
    for question in questions {
        match progress.studied(question).map(|studied| studied.card) {
            Some(card) if card.is_due(at) => due.push((card.due, question)),
            Some(card) => known.push((card.retrievability(parameters, at).unwrap_or(0.0), question)),
            None => new.push(question),
        }
    }
    due.sort_by_key(|(due, _)| *due);
    known.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    let due = due.into_iter().map(|(_, question)| question);
    let known = known.into_iter().map(|(_, question)| question);
    due.chain(new).chain(known).map(str::to_string).collect()
}

/// What is to be reviewed: all that is due and still exists, the longest overdue first.
pub fn review_order(progress: &Progress, exists: impl Fn(&str) -> bool, at: i64) -> Vec<String> {
    progress.due(at).into_iter().filter(|question| exists(question)).map(str::to_string).collect()
}

/// The same things in an order that a number decides: the same number, the same order. 0 leaves them as they are.
pub fn shuffled<T>(things: Vec<T>, seed: u64) -> Vec<T> {
    let order = crate::judge::shuffled(things.len(), seed);
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| things[at].take()).collect()
}
