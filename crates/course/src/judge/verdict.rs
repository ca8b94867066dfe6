use serde::{Deserialize, Serialize};

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    pub right: bool,
    /// How much of it is right, from 0 to 1.
    pub share: f64,
    /// Each option, gap, pair, event or point of the rubric, in the order of the question; of what was typed, that itself if there is
    /// something to say about it.
    pub told: Vec<Told>,
    /// What would have been right, in words.
    pub answer: String,
    /// Why the right answer is right, of questions that say it once for all; empty where each of `told` has a reason of its own.
    pub because: String,
}

/// A part of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub text: String,
    /// Of an option whether it is right; of a gap, a pair or an event whether what was given is.
    pub right: bool,
    /// Whether the learner chose, typed or ticked it.
    pub given: bool,
    pub reason: String,
}

impl Verdict {
    /// A verdict about something that is right or wrong as a whole.
    pub(super) fn whole(right: bool, told: Vec<Told>, answer: &str, because: &str) -> Self {
        Self { right, share: f64::from(u8::from(right)), told, answer: answer.into(), because: because.into() }
    }

    /// A verdict about something of which `hits` of `of` are right.
    pub(super) fn parts(hits: usize, of: usize, told: Vec<Told>, answer: String, because: &str) -> Self {
        let share = if of == 0 { 0.0 } else { hits as f64 / of as f64 };
        Self { right: of > 0 && hits == of, share, told, answer, because: because.into() }
    }
}
