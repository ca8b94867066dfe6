//! One answer: a card and a rating make the next card (py-fsrs 6, `Scheduler.review_card`).

use super::card::{Card, State};
use super::moment::{DAY, MINUTE};
use super::parameters::Parameters;
use super::rating::Rating;

/// Decides when a card is asked again. Intervals are not "fuzzed" by chance: the same log gives the same cards on every device.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduler {
    pub parameters: Parameters,
    /// The probability of recall at which a card comes back; more than 0 and less than 1 (Anki allows 0.7 to 0.99).
    pub retention: f64,
    /// How long to wait while something is learnt, in milliseconds, step by step.
    pub learning: Vec<i64>,
    /// The same for what was forgotten.
    pub relearning: Vec<i64>,
    /// The longest interval, in days.
    pub longest: i64,
}

impl Default for Scheduler {
    /// Recall of 0.9; one minute and ten minutes to learn, ten to learn again; at most a hundred years.
    fn default() -> Self {
        Self {
            parameters: Parameters::DEFAULT,
            retention: 0.9,
            learning: vec![MINUTE, 10 * MINUTE],
            relearning: vec![10 * MINUTE],
            longest: 36_500,
        }
    }
}

impl Scheduler {
    /// The card after an answer at a time, in milliseconds since 1970.
    pub fn review(&self, card: &Card, rating: Rating, at: i64) -> Card {
        let days = card.elapsed_days(at).unwrap_or(0);
        let memory = match card.memory {
            None => self.parameters.initial(rating),
            Some(memory) => self.parameters.next(memory, days, rating),
        };
        let step = match card.state {
            State::New => self.after_step(&self.learning, 0, rating),
            State::Learning(step) => self.after_step(&self.learning, step, rating),
            State::Relearning(step) => self.after_step(&self.relearning, step, rating),
            State::Review if rating == Rating::Again => self.relearning.first().map(|wait| (0, *wait)),
            State::Review => None,
        };
        let lapse = card.state == State::Review && rating == Rating::Again;
        let relearns = lapse || matches!(card.state, State::Relearning(_));
        let (state, wait) = match step {
            None => (State::Review, self.days(memory.stability) * DAY),
            Some((step, wait)) if relearns => (State::Relearning(step), wait),
            Some((step, wait)) => (State::Learning(step), wait),
        };
        Card {
            state,
            memory: Some(memory),
            reviewed: Some(at),
            due: at.saturating_add(wait),
            lapses: card.lapses.saturating_add(u32::from(lapse)),
        }
    }

    /// The next of the steps in minutes and how long it takes, or nothing when there are no more: then it is days.
    fn after_step(&self, steps: &[i64], step: u32, rating: Rating) -> Option<(u32, i64)> {
        let first = *steps.first()?;
        let here = steps.get(step as usize).copied();
        match rating {
            Rating::Again => Some((0, first)),
            Rating::Easy => None,
            Rating::Good => steps.get(step as usize + 1).map(|wait| (step + 1, *wait)),
            // The first step is halfway to the second one; where there is none, half as long again.
            Rating::Hard if step == 0 => Some((0, steps.get(1).map_or(first * 3 / 2, |second| (first + second) / 2))),
            Rating::Hard => here.map(|wait| (step, wait)),
        }
    }

    /// Days until a memory of that stability is to be asked for again: whole ones, at least one.
    pub fn days(&self, stability: f64) -> i64 {
        // Python rounds halves to even; casting saturates, and a NaN would be 0.
        let days = self.parameters.interval(self.retention, stability).round_ties_even() as i64;
        days.max(1).min(self.longest)
    }
}
