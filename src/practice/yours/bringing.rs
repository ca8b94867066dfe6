//! A file → a deck that is kept. It is read in a worker; the page takes the questions over a few at a time.

use crate::practice::store::{Store, Yours, unpacked};
use crate::worker::{self, Engine};
use interleave_course::Problem;
use interleave_course::brought::{BYTES, Reading, place};
use std::collections::BTreeSet;
use web_sys::File;

/// What came of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Brought {
    /// Its name.
    pub file: String,
    /// How many questions there are to practise from.
    pub questions: usize,
    /// Whether they took the place of an older version of them.
    pub again: bool,
    /// Why nothing could be read, if nothing could.
    pub failure: Option<String>,
    pub problems: Vec<Problem>,
    /// How many problems there are besides these.
    pub more: usize,
}

/// Reads a file and keeps its questions as a deck: instead of the one that was made of this file before, or as a new one.
pub async fn bring(store: &Store, file: File) -> Brought {
    let name = file.name();
    // The worker would say the same, after having read it.
    if file.size() > BYTES as f64 {
        let words = format!("a file of more than {} MB is not read. Divide it into smaller ones.", BYTES / 1_000_000);
        return Brought { file: name, failure: Some(words), ..Brought::default() };
    }
    let reading: Reading = match worker::read(Engine::Questions, "read", file).await {
        Ok(reading) => reading,
        Err(failure) => {
            let failure = Some(format!("{} {}", failure.title, failure.advice));
            return Brought { file: name, failure, ..Brought::default() };
        }
    };
    let Reading { name: deck, deck: text, questions, problems, more } = reading;
    let again = questions > 0 && keep(store, &deck, text).await;
    Brought { file: name, questions, again, failure: None, problems, more }
}

/// Says whether there was one already.
async fn keep(store: &Store, name: &str, text: String) -> bool {
    let new = unpacked(name, &text).await;
    let theirs = |deck: &Yours| deck.questions().map(String::from).collect::<BTreeSet<String>>();
    let before = store.decks();
    let alike: Vec<(String, BTreeSet<String>)> = before
        .iter()
        .filter(|deck| deck.name.starts_with(name))
        .map(|deck| (deck.name.clone(), theirs(deck)))
        .collect();
    let questions = if alike.is_empty() { BTreeSet::new() } else { theirs(&new) };
    let placed = place(name, &questions, &alike);
    let again = alike.iter().any(|(name, _)| *name == placed);
    // The ids of its questions have the deck's name in them.
    let new = if placed == name { new } else { unpacked(&placed, &text).await };
    store.keep_deck(new, text);
    again
}
