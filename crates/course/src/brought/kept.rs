//! The text that a deck is kept as: JSON, a line at a time. The first line is the head, each other one a list of some questions.
//!
//! Whoever reads it can pause between two lines, and a line that is damaged costs no other one.

use super::is_id;
use crate::Level;
use crate::question::Question;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::ops::Range;

/// The version that is written. A newer one is not read: its questions may mean something else.
const VERSION: u32 = 1;

/// Questions of a line: as many as a page reads without anybody noticing.
#[cfg(feature = "parse")]
const A_LINE: usize = 100;

/// What stands above the questions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of all that follows.
    #[serde(rename = "interleave-deck")]
    version: u32,
    /// What the file calls itself.
    pub title: String,
    /// The name of the file.
    pub file: String,
    /// The name of its format: `gift`.
    pub format: String,
    /// How many questions there are.
    pub questions: usize,
}

impl Head {
    /// Reads the head of a deck; nothing if it has none that this version knows.
    pub fn of(deck: &str) -> Option<Self> {
        let head: Self = serde_json::from_str(deck.lines().next()?).ok()?;
        (head.version == VERSION).then_some(head)
    }
}

/// Writes a deck.
#[cfg(feature = "parse")]
pub(super) fn write(title: &str, file: &str, format: &str, questions: &[Question]) -> Result<String, String> {
    let short = |text: &str| text.chars().take(120).collect::<String>();
    let (title, file, format) = (short(title), short(file), format.to_string());
    let head = Head { version: VERSION, title, file, format, questions: questions.len() };
    let mut text = serde_json::to_string(&head).map_err(|error| error.to_string())?;
    for some in questions.chunks(A_LINE) {
        text.push('\n');
        text += &serde_json::to_string(some).map_err(|error| error.to_string())?;
    }
    Ok(text)
}

/// Some questions of a deck.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Questions {
    /// With ids that are unique within their deck.
    pub questions: Vec<Question>,
    /// Whether there were others that cannot be read.
    pub damaged: bool,
}

/// The questions of a deck, line by line. It reads a line when it is asked for the next ones.
pub fn questions(deck: &str) -> impl Iterator<Item = Questions> {
    deck.lines().skip(1).map(line)
}

fn line(line: &str) -> Questions {
    let questions = serde_json::from_str(line).map(|questions| Questions { questions, damaged: false });
    let mut read = questions.unwrap_or_else(|_| one_by_one(line));
    let before = read.questions.len();
    read.questions.retain_mut(|question| is_id(&question.id) && tame(question));
    read.damaged |= read.questions.len() < before;
    read
}

/// What one has to know of a question to choose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peek {
    /// As it is within the deck.
    pub id: String,
    pub level: Level,
    /// Its kind's name.
    pub kind: String,
    /// Where it stands in the deck's text; see [`question`].
    pub at: Range<usize>,
}

/// Some questions of a deck, unread.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peeks {
    pub questions: Vec<Peek>,
    /// Whether there were others of which not even that much can be read.
    pub damaged: bool,
}

/// The questions of a deck, line by line, each as far as choosing goes: to read all of a deck takes ten times as long.
pub fn peeks(deck: &str) -> impl Iterator<Item = Peeks> {
    deck.lines().skip(1).map(move |line| {
        let Ok(rows) = serde_json::from_str::<Vec<&RawValue>>(line) else {
            return Peeks { questions: vec![], damaged: true };
        };
        let count = rows.len();
        let questions: Vec<Peek> = rows.into_iter().filter_map(|row| peek(deck, row.get())).collect();
        Peeks { damaged: questions.len() < count, questions }
    })
}

/// The fields of a question that are read first.
#[derive(Deserialize)]
struct First {
    id: String,
    level: Level,
    kind: String,
}

/// `row` is a part of the deck's text.
fn peek(deck: &str, row: &str) -> Option<Peek> {
    let First { id, level, kind } = serde_json::from_str(row).ok()?;
    let start = row.as_ptr() as usize - deck.as_ptr() as usize;
    (is_id(&id) && ASKED.contains(&&*kind)).then(|| Peek { id, level, kind, at: start..start + row.len() })
}

/// Kinds that can be asked without anything being run.
const ASKED: [&str; 8] = ["choice", "several", "true-false", "short", "number", "match", "gap", "open"];

/// Reads the question that stands there; nothing if it cannot be asked.
pub fn question(deck: &str, at: Range<usize>) -> Option<Question> {
    let mut question: Question = serde_json::from_str(deck.get(at)?).ok()?;
    (is_id(&question.id) && tame(&mut question)).then_some(question)
}

/// Of a line that cannot be read as a whole, what can.
fn one_by_one(line: &str) -> Questions {
    let rows: Vec<&RawValue> = serde_json::from_str(line).unwrap_or_default();
    let questions = rows.into_iter().filter_map(|row| serde_json::from_str(row.get()).ok()).collect();
    Questions { questions, damaged: true }
}

/// Takes away what somebody else's question may not have, and says whether it can be asked at all: one whose answer is found by running
/// something has none here.
pub(super) fn tame(question: &mut Question) -> bool {
    question.kept.clear();
    if !is_section(&question.section) {
        question.section.clear();
    }
    !question.kind.is_executed()
}

/// Whether it leads to our guide, and nowhere else: it becomes a link.
pub(super) fn is_section(section: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-/#".contains(&byte);
    section.strip_prefix("guide/").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(plain))
}
