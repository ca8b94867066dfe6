//! What PostgreSQL says when a statement cannot go on.

use std::fmt;

/// An error as PostgreSQL reports it. (Manual, 55.8 "Error and Notice Message Fields"; appendix A for the codes.)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlError {
    /// Five characters: `40001`.
    pub code: &'static str,
    /// The primary message, word for word PostgreSQL's.
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
    /// Where in the statement, in characters from 1.
    pub position: Option<u32>,
    /// What else there is to say, for programs that want to know.
    pub about: Option<Box<About>>,
}

/// What an error is about. (Fields W, t, c and n of the protocol)
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// What was being done: `unnamed portal parameter $1 = '...'`.
    pub context: Option<String>,
    pub table: Option<String>,
    pub column: Option<String>,
    pub constraint: Option<String>,
}

impl SqlError {
    /// An error with a message and nothing else.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), detail: None, hint: None, position: None, about: None }
    }

    /// The same with a detail.
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same with a hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with what was being done.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.about.get_or_insert_default().context = Some(context.into());
        self
    }

    /// The same with the table it is about.
    pub fn table(mut self, table: &str) -> Self {
        self.about.get_or_insert_default().table = Some(table.into());
        self
    }

    /// The same with the column it is about.
    pub fn column(mut self, column: &str) -> Self {
        self.about.get_or_insert_default().column = Some(column.into());
        self
    }

    /// The same with the constraint it is about.
    pub fn constraint(mut self, constraint: &str) -> Self {
        self.about.get_or_insert_default().constraint = Some(constraint.into());
        self
    }

    /// The same with a place, unless it already has one. Characters from 1; 0 is no place.
    pub fn at(mut self, position: u32) -> Self {
        if position > 0 {
            self.position.get_or_insert(position);
        }
        self
    }

    /// Something PostgreSQL can do and this store cannot. `what` names the construct: `window functions`.
    pub fn unsupported(what: impl fmt::Display) -> Self {
        Self::new("0A000", format!("{what} not supported here"))
    }
}

impl fmt::Display for SqlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SqlError {}

/// Why a piece of a statement did not come to its end.
///
/// Whoever returns [`Stop::Wait`] has already queued its request in the lock table (or set its alarm), and has kept
/// everything it needs to be called again: the *same call* made after the session was woken goes on where it stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    Error(Box<SqlError>),
    /// The session waits. What for is in the lock table, or in the session's alarm.
    Wait,
}

impl From<SqlError> for Stop {
    fn from(error: SqlError) -> Self {
        Stop::Error(Box::new(error))
    }
}

/// A result of something that may have to wait.
pub type Run<T> = Result<T, Stop>;
