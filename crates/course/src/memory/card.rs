//! What is kept of a question.

use super::model::Memory;
use super::moment::DAY;
use super::parameters::Parameters;
use serde::{Deserialize, Serialize};

/// A question is a *leech* when it was forgotten this often: it takes more time than it is worth and should be learnt in another
/// way. It is Anki's default, eight lapses.
pub const LEECH_LAPSES: u32 = 8;

/// A question is *mature* from this stability on, in days. Anki calls cards with intervals of 21 days mature.
pub const MATURE_DAYS: f64 = 21.0;

/// Where a card is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Never answered.
    New,
    /// Being learnt: it comes back after the learning step of that index.
    Learning(u32),
    /// Known: it comes back after days.
    Review,
    /// Forgotten: it comes back after the relearning step of that index.
    Relearning(u32),
}

/// What one learner's past with one question comes to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub state: State,
    /// Nothing as long as the card is new.
    pub memory: Option<Memory>,
    /// When it was answered last, in milliseconds since 1970.
    pub reviewed: Option<i64>,
    /// When it is to be asked, in milliseconds since 1970. Of a new card, when it was made.
    pub due: i64,
    /// How often it was forgotten after it had been known: "again" in the state review, as Anki counts.
    pub lapses: u32,
}

impl Card {
    /// A card that was never answered, made at a time in milliseconds since 1970.
    pub fn new(at: i64) -> Self {
        Self { state: State::New, memory: None, reviewed: None, due: at, lapses: 0 }
    }

    /// Whether it should be asked now. A new card is not *due*: how many new ones to learn is the learner's choice.
    pub fn is_due(&self, at: i64) -> bool {
        self.state != State::New && self.due <= at
    }

    /// Whether it is forgotten again and again, see [`LEECH_LAPSES`].
    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH_LAPSES
    }

    /// Whether it is known and will be for some time, see [`MATURE_DAYS`].
    pub fn is_mature(&self) -> bool {
        self.state == State::Review && self.memory.is_some_and(|memory| memory.stability >= MATURE_DAYS)
    }

    /// Whole days between the last answer and a time, rounded down as in py-fsrs: 23 hours are none. Negative if the clock went back.
    pub(super) fn elapsed_days(&self, at: i64) -> Option<i64> {
        self.reviewed.map(|reviewed| at.saturating_sub(reviewed).div_euclid(DAY))
    }

    /// The probability that it would be recalled at a time, 0 to 1. Nothing is said of a new card.
    pub fn retrievability(&self, parameters: &Parameters, at: i64) -> Option<f64> {
        Some(parameters.retrievability(self.elapsed_days(at)?, self.memory?.stability))
    }
}
