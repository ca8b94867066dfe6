//! Decks that learners bring: files of others, asked on the device that they were dropped on.
//!
//! ```text
//! reading.rs   bytes → a deck and what is wrong with the file (feature `parse`)
//! kept.rs      the text that a deck is kept as, a line at a time
//! place.rs     which deck it is: the same file again, or another one of the same name
//! ```
//!
//! Whoever reads a file and whoever shows it are not the same: the one parses in a worker, the other takes a few hundred questions at a
//! time. What crosses is the text that the device keeps.
//!
//! A question of a deck that was brought has the id `yours/` deck `/` question. Ids of our own have no slash, so that nothing that
//! is brought can take the place of theirs.

mod kept;
mod place;
#[cfg(feature = "parse")]
mod reading;

pub use kept::{Head, Peek, Peeks, Questions, peeks, question, questions};
pub use place::place;
#[cfg(feature = "parse")]
pub use reading::read;

use crate::Problem;
use serde::{Deserialize, Serialize};

/// The most bytes of a file.
pub const BYTES: usize = 20_000_000;

/// The most questions of a deck; what follows is left out, and said.
pub const QUESTIONS: usize = 20_000;

/// The most problems of a file that are told one by one.
pub const PROBLEMS: usize = 100;

/// What all of them belong to, where ours belong to a part of the book.
pub const PART: &str = "Your decks";

/// The first part of every id.
const YOURS: &str = "yours";

/// The id of the deck of that name.
pub fn deck_id(name: &str) -> String {
    format!("{YOURS}/{name}")
}

/// The name of the deck of that id, if it was brought.
pub fn deck_name(id: &str) -> Option<&str> {
    id.strip_prefix(YOURS)?.strip_prefix('/').filter(|name| is_name(name))
}

/// The id of a deck's question, unique over everything that is asked.
pub fn question_id(deck: &str, question: &str) -> String {
    format!("{YOURS}/{deck}/{question}")
}

/// The most bytes of a deck's name, and of a question's id within its deck. Together with what stands before them they are short enough for
/// the log of answers, which takes ids of 200 bytes.
const NAME: usize = 48;
const ID: usize = 120;

fn is_name(text: &str) -> bool {
    is_id(text) && text.len() <= NAME
}

fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty() && text.len() <= ID && text.bytes().all(plain)
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// What the deck would be called after its file; see [`place`].
    pub name: String,
    /// The deck as it is kept; empty if there is nothing in it that can be asked. See [`questions`].
    pub deck: String,
    /// How many questions it has.
    pub questions: usize,
    /// What is wrong, in the order of the file: at most [`PROBLEMS`].
    pub problems: Vec<Problem>,
    /// How many more there are.
    pub more: usize,
}
