//! Our own format: [`deck`](crate::deck).

use super::LeftOut;
use super::gathering::Gathering;
use super::tables::tables;
use crate::{Deck, deck};
use serde::Deserialize;
use toml::Value;

/// What stands before the questions.
#[derive(Deserialize)]
struct Head {
    title: String,
    part: String,
    about: String,
    #[serde(default)]
    imported: bool,
}

/// Reads a file. Whether it is one of our own bank, of which more is demanded, says its head.
pub(crate) fn read(text: &str, gathering: &mut Gathering) {
    let found = tables(text, "question");
    for (line, message) in found.problems {
        gathering.error(line, None, message);
    }
    match Value::Table(found.head).try_into::<Head>() {
        Ok(Head { title, part, about, imported }) => {
            let import = &mut gathering.import;
            (import.title, import.part, import.about, import.imported) = (title, part, about, imported);
        }
        // It may have been said already why a file has no title: its first lines are no TOML.
        Err(_) if gathering.import.errors() > 0 => {}
        Err(error) => gathering.error(1, None, error.message()),
    }
    for (at, (line, table)) in found.tables.into_iter().enumerate() {
        let number = at as u32 + 1;
        match table {
            Err((line, message)) => gathering.error(line, Some(number), message),
            Ok(table) => match deck::question(table) {
                Err(message) => gathering.error(line, Some(number), message),
                Ok(question) => gathering.question(line, number, question),
            },
        }
    }
}

/// Everything can be said in our own words.
pub(super) fn write(deck: &Deck, left_out: &mut LeftOut) -> String {
    match toml::to_string_pretty(deck) {
        Ok(text) => text,
        Err(error) => {
            left_out.problems.push(crate::Problem::error(&left_out.name, 1, error.to_string()));
            String::new()
        }
    }
}
