//! What is wrong with a page or with a file of questions, and where.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Something an author has to put right, or should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file. Of a page its name below `content/`: `guide/microtasks.md`.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// Which question of the file, from 1, if it is about one.
    pub question: Option<u32>,
    pub severity: Severity,
    /// What is wrong and what would be right.
    pub message: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// What it is about can be used, but somebody should look at it.
    Warning,
    /// What it is about is left out.
    Error,
}

impl Problem {
    /// Something that has to be put right.
    pub fn error(file: impl Into<String>, line: u32, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, question: None, severity: Severity::Error, message: message.into() }
    }

    /// Something that one should know.
    pub fn warning(file: impl Into<String>, line: u32, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(file, line, message) }
    }

    /// The same, about a question of the file, counted from 1.
    #[must_use]
    pub fn of_question(self, number: u32) -> Self {
        Self { question: Some(number), ..self }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} line {}", self.file, self.line)?;
        if let Some(question) = self.question {
            write!(f, ", question {question}")?;
        }
        write!(f, ": {}{}", if self.is_error() { "" } else { "warning: " }, self.message)
    }
}

impl std::error::Error for Problem {}
