//! The bank: every question with the answer that was found for it. A page reads it as a [`Catalogue`](crate::catalogue::Catalogue).

use crate::interview::Interview;
use crate::question::{Answer, Question};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Every question and every interview there is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bank {
    pub decks: Vec<BankDeck>,
    #[serde(default)]
    pub interviews: Vec<Interview>,
}

/// Questions about one topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BankDeck {
    /// The name of its file without `.toml`.
    pub id: String,
    pub title: String,
    /// The part of the book that it belongs to.
    pub part: String,
    pub about: String,
    pub questions: Vec<Asked>,
}

/// A question and what was found by running it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// Not flattened: whoever reads it would keep each of its fields aside first.
    pub question: Rc<Question>,
    /// `None` of a question that is not executed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Rc<Answer>>,
    /// `None` where no lab has to do with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<Rc<Beside>>,
    /// The deck's id.
    #[serde(default)]
    pub deck: String,
}

/// What stands beside a question, as the labs know it when the site is built. Addresses are relative to the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The lab that shows what is asked about: a program, a schedule, a way to a goal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replay: Option<String>,
    /// The lab in which something is to be done, for a frame.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Planned>,
}

/// A schedule as it is planned, before anybody has had to wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The level of isolation, as SQL has it.
    pub isolation: String,
    /// SQL that makes the tables.
    pub setup: String,
    /// The sessions' names.
    pub sessions: Vec<String>,
    /// Whose statement is next, and its text.
    pub statements: Vec<(usize, String)>,
}

impl Bank {
    /// All questions, deck after deck.
    pub fn questions(&self) -> impl Iterator<Item = &Asked> {
        self.decks.iter().flat_map(|deck| &deck.questions)
    }

    /// The question of that id.
    pub fn question(&self, id: &str) -> Option<&Asked> {
        self.questions().find(|asked| asked.question.id == id)
    }
}
