use serde::{Deserialize, Serialize};

/// What one model asks of another one that is a database.
///
/// A protocol's processes may keep their rows in the store. Neither depends on the other: a worker that plays protocols does not carry the
/// store's half a megabyte, and whoever knows both carries text between them. What crosses belongs to neither end and must be the same at
/// both, so it is here.
///
/// A *script* is a list of requests to one database that is empty at first; there is one [`Answer`] to each, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Request {
    /// A session sends a statement. It connects when it sends its first one, and again after it was disconnected.
    Statement { session: u8, sql: String },
    /// The connection of a session is gone: its client has crashed.
    Disconnect { session: u8 },
}

/// What a database answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// The statement returns no rows. Its command tag: `PREPARE TRANSACTION`.
    Done(String),
    /// Rows, their values as text. `None` is NULL.
    Rows(Vec<Vec<Option<String>>>),
    /// The statement failed: the SQLSTATE and the message, word for word.
    Failed { code: String, message: String },
    /// The session waits, and could not do what it was asked yet.
    Waits,
    /// The connection is gone, as it was asked.
    Gone,
}
