//! A question with one right answer, and a reason for every answer one might give.

use serde::{Deserialize, Serialize};

/// A multiple-choice question.
///
/// Its texts are plain text in which backticks mark code and `**` marks emphasis; never HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique over all pages and decks.
    pub id: String,
    /// What is asked; ends with a question mark.
    pub stem: String,
    pub level: Level,
    /// Whether it asks for a reason rather than a fact.
    #[serde(default)]
    pub why: bool,
    /// The answers to choose from, exactly one of which is right.
    pub options: Vec<Choice>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    pub text: String,
    #[serde(default)]
    pub right: bool,
    /// Why it is right, or what is wrong with it.
    pub reason: String,
}

/// Whom an interviewer would ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Junior,
    Mid,
    Senior,
}

impl Question {
    /// What keeps it from being a good question, as sentences; empty when nothing does.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |wrong: bool, sentence: String| {
            if wrong {
                faults.push(sentence);
            }
        };
        let right = self.options.iter().filter(|option| option.right).count();
        let named = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        fault(
            self.id.is_empty() || !self.id.chars().all(named),
            format!("the question's id “{}” must be lower-case letters, digits and hyphens", self.id),
        );
        fault(!self.stem.trim_end().ends_with('?'), "the stem must end with a question mark".into());
        fault(
            !(2..=6).contains(&self.options.len()),
            format!("a question has two to six options, this one has {}", self.options.len()),
        );
        fault(right != 1, format!("exactly one option is right, here it is {right}"));
        for (i, option) in self.options.iter().enumerate() {
            fault(option.text.trim().is_empty(), format!("option {} has no text", i + 1));
            fault(option.reason.trim().is_empty(), format!("option {} does not say why", i + 1));
        }
        faults
    }

    /// The right answer's index; the first when a faulty question has none.
    pub fn answer(&self) -> usize {
        self.options.iter().position(|option| option.right).unwrap_or(0)
    }
}
