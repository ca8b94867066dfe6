//! mdbook-quiz: TOML with `[[questions]]` of the types `MultipleChoice`, `ShortAnswer` and `Tracing`.
//!
//! What is read is what `mdbook-quiz-schema` 0.4 describes, and the older dialect, in which a `MultipleChoice` had all its
//! `prompt.choices` in one list and in `answer.answer` the index of the right one. Programs to be traced are Rust, which does
//! not run here: such a question is about what the file says that the program does.
//!
//! A question that says more than our model does (`sortAnswers`, `promptExplanation`, an unknown field) is kept as it is, and
//! written again as long as it still means the same. What we say and they have no word for stands in a table `interleave` of
//! the question, which mdbook-quiz ignores.

mod reading;
mod writing;

pub(super) use writing::write;

use super::extra::Extra;
use super::gathering::Gathering;
use super::tables::tables;
use crate::Question;
use std::collections::BTreeMap;
use toml::{Table, Value};

/// What is kept, and under which names: the question's table, and the text that it shares with others.
const TABLE: &str = "mdbook-quiz";
const SHARED: &str = "mdbook-quiz.multipart";

/// The texts that several questions share, by their names.
type Multipart = BTreeMap<String, String>;

/// Reads a file.
pub(super) fn read(text: &str, gathering: &mut Gathering) {
    let mut found = tables(text, "questions");
    for (line, message) in found.problems {
        gathering.error(line, None, message);
    }
    let multipart = match found.head.remove("multipart") {
        None => Multipart::new(),
        Some(table) => table.try_into().unwrap_or_else(|error: toml::de::Error| {
            gathering.error(1, None, format!("multipart: {}", error.message()));
            Multipart::new()
        }),
    };
    if let Some(title) = found.head.remove("title").as_ref().and_then(Value::as_str) {
        gathering.import.title = title.into();
    }
    for name in found.head.keys() {
        gathering.warning(1, None, format!("mdbook-quiz knows no “{name}”; it is left out"));
    }
    let mut used: Vec<String> = vec![];
    for (at, (line, table)) in found.tables.into_iter().enumerate() {
        let number = at as u32 + 1;
        let table = match table {
            Ok(table) => table,
            Err((line, message)) => {
                gathering.error(line, Some(number), message);
                continue;
            }
        };
        let mut warnings = vec![];
        match question(&table, &multipart, !gathering.practised, &mut warnings) {
            Err(message) => gathering.error(line, Some(number), message),
            Ok(question) => {
                used.extend(table.get("multipart").and_then(Value::as_str).map(String::from));
                warnings.into_iter().for_each(|warning| gathering.warning(line, Some(number), warning));
                gathering.question(line, number, question);
            }
        }
    }
    used.sort();
    for name in multipart.keys().filter(|name| used.binary_search(name).is_err()) {
        gathering.warning(1, None, format!("no question belongs to the multipart text “{name}”; it is left out"));
    }
}

/// A question; to `keep` it is to keep what one needs to write it again.
fn question(table: &Table, multipart: &Multipart, keep: bool, warnings: &mut Vec<String>) -> Result<Question, String> {
    let mut question = reading::question(table, multipart, warnings)?;
    if !keep {
        return Ok(question);
    }
    let again = writing::table(&question).and_then(|written| {
        let mut again = reading::question(&written, &Multipart::new(), &mut vec![]).ok()?;
        again.id.clone_from(&question.id);
        Some((written, again))
    });
    let says_all = again.is_some_and(|(written, again)| again == question && same(&written, table));
    if !says_all {
        let text = toml::to_string(table).map_err(|error| error.to_string())?;
        question.kept.insert(TABLE.into(), text);
        if let Some(shared) = table.get("multipart").and_then(Value::as_str).and_then(|name| multipart.get(name)) {
            question.kept.insert(SHARED.into(), shared.clone());
        }
    }
    Ok(question)
}

/// Whether one table says what the other does, but for blanks around texts.
fn same(one: &Table, other: &Table) -> bool {
    let keys = one.keys().chain(other.keys());
    keys.into_iter().all(|key| match (one.get(key), other.get(key)) {
        (Some(Value::Table(one)), Some(Value::Table(other))) => same(one, other),
        (Some(one), Some(other)) => same_value(one, other),
        _ => false,
    })
}

fn same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::String(one), Value::String(other)) => one.trim() == other.trim(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_value(one, other))
        }
        _ => one == other,
    }
}

/// Our own table in theirs.
const OURS: &str = "interleave";

/// What it says.
fn extra(table: &Table) -> Result<Extra, String> {
    match table.get(OURS) {
        None => Ok(Extra::default()),
        Some(ours) => ours.clone().try_into().map_err(|error: toml::de::Error| format!("{OURS}: {}", error.message())),
    }
}
