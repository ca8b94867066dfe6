//! A question: what is asked, how it is answered, and a reason for every answer one might give.

mod answer;
mod faults;
mod kind;

pub use answer::{Answer, Way};
pub use faults::{folded, same};
pub use kind::{
    Anomalies, Blank, Choice, Claim, Decoy, Event, Gaps, Goal, Kind, Matching, Number, NumberSlip, Open, Options,
    Order, Pair, Point, Predict, Program, Short, Slip, Tape, Warning,
};

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A question.
///
/// Its texts are Markdown, of which a page shows paragraphs, lists, emphasis, code and links; never HTML.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Unique over the whole bank, and never changed: what a learner has answered is kept under it.
    pub id: String,
    pub level: Level,
    /// Whether it asks for a reason rather than a fact.
    #[serde(default)]
    pub why: bool,
    /// Where the guide teaches it: `guide/sagas/#what-breaks`. Empty where the guide has no page about it.
    #[serde(default)]
    pub section: String,
    /// Where one can read that it is so: an address, or a work and a place in it.
    #[serde(default)]
    pub source: String,
    /// What is asked; ends with a question mark, or asks for something to be done.
    pub stem: String,
    #[serde(flatten)]
    pub kind: Kind,
    /// What a foreign file says of it and we have no word for, by format: `gift.title`. It is written again into a file
    /// of that format, see `formats`, and means nothing elsewhere.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub kept: BTreeMap<String, String>,
}

/// Whom an interviewer would ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Junior,
    Mid,
    Senior,
    Staff,
}

impl Level {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Junior, Self::Mid, Self::Senior, Self::Staff];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Mid => "mid",
            Self::Senior => "senior",
            Self::Staff => "staff",
        }
    }
}

impl Question {
    /// The options of a question that has some, one or more of which are right.
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::Choice(options) | Kind::Several(options) => &options.options,
            _ => &[],
        }
    }
}
