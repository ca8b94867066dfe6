//! A file of questions as we write them: TOML, `[[question]]` after `[[question]]`.

use crate::formats::{self, Format};
use crate::{Problem, Question};
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use toml::{Table, Value};

/// Questions about one topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deck {
    /// The topic: `Sagas`.
    pub title: String,
    /// The part of the book that it belongs to: `Data across services`.
    pub part: String,
    /// A sentence about what one can practise here.
    pub about: String,
    /// Whether somebody else wrote them. Then what our own bank demands, reasons above all, is missed but not demanded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub imported: bool,
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
}

/// Where a question stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its number in the file, from 1; those that cannot be asked are counted, too.
    pub number: u32,
    /// The line on which it begins, from 1.
    pub line: u32,
}

impl Place {
    /// Something that is wrong with the question that stands here.
    pub fn problem(self, file: &str, message: impl Display) -> Problem {
        Problem::error(file, self.line, message.to_string()).of_question(self.number)
    }
}

/// Reads a file. What cannot be asked is left out, and said where it is: the rest is good. There is no deck if the file
/// does not say what it is about.
pub fn read(file: &str, text: &str) -> (Option<Deck>, Vec<Problem>) {
    let (deck, _, problems) = read_with_places(file, text);
    (deck, problems)
}

/// The same, with the place of each question of the deck: for whoever finds more that is wrong with them.
pub fn read_with_places(file: &str, text: &str) -> (Option<Deck>, Vec<Place>, Vec<Problem>) {
    let import = formats::read(Format::Interleave, file, text);
    let headless = import.problems.iter().any(|problem| problem.is_error() && problem.question.is_none());
    let problems = import.problems.clone();
    if headless {
        return (None, vec![], problems);
    }
    let places = import.places.clone();
    (Some(import.deck()), places, problems)
}

/// A question of one table. An author who misspells a field is told so.
pub fn question(table: Table) -> Result<Question, String> {
    let written = Value::Table(table);
    let question: Question =
        written.clone().try_into().map_err(|error: toml::de::Error| error.message().to_string())?;
    let known = Value::try_from(&question).map_err(|error| error.to_string())?;
    match unknown(&written, &known) {
        Some(field) => Err(format!("a question of the kind “{}” has no field “{field}”", question.kind.name())),
        None => Ok(question),
    }
}

/// The first field that was written and not understood.
pub(crate) fn unknown(written: &Value, known: &Value) -> Option<String> {
    match (written, known) {
        (Value::Table(written), Value::Table(known)) => {
            written.iter().find_map(|(name, value)| match known.get(name) {
                None => Some(name.clone()),
                Some(known) => unknown(value, known).map(|field| format!("{name}.{field}")),
            })
        }
        (Value::Array(written), Value::Array(known)) => {
            written.iter().zip(known).find_map(|(written, known)| unknown(written, known))
        }
        _ => None,
    }
}
