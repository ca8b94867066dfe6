//! What many cards come to.

use super::card::{Card, State};
use super::moment::Moment;
use super::parameters::Parameters;

/// How many are due at a time in milliseconds since 1970. New cards are not.
pub fn due_count<'a>(cards: impl IntoIterator<Item = &'a Card>, at: i64) -> usize {
    cards.into_iter().filter(|card| card.is_due(at)).count()
}

/// How many will be due on each of the next days of the learner's, if nothing is answered until then. The first is today, with
/// all that is overdue. Each card is counted once, on the day it becomes due; new cards are not counted.
pub fn forecast<'a>(cards: impl IntoIterator<Item = &'a Card>, now: Moment, days: usize) -> Vec<u32> {
    let mut counts = vec![0; days];
    for card in cards.into_iter().filter(|card| card.state != State::New) {
        let ahead = i64::from(now.day_at(card.due)) - i64::from(now.day());
        if let Some(count) = usize::try_from(ahead.max(0)).ok().and_then(|ahead| counts.get_mut(ahead)) {
            *count += 1;
        }
    }
    counts
}

/// The share of the cards that would be recalled at a time, 0 to 1: the mean of what each is expected to. Nothing if all are new.
pub fn mean_retrievability<'a>(
    cards: impl IntoIterator<Item = &'a Card>,
    parameters: &Parameters,
    at: i64,
) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for recall in cards.into_iter().filter_map(|card| card.retrievability(parameters, at)) {
        sum += recall;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}
