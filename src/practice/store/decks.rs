//! Decks that the learner has brought: a row each, under `decks/` and the deck's name.
//!
//! A deck may have ten thousand questions, and the page must hear who clicks meanwhile: a deck is read a few questions at a time, and whoever
//! waits for it waits in turns.

use super::idb::{Change, Database};
use super::{Store, clock, rows};
use gloo::timers::future::TimeoutFuture;
use interleave_course::bank::Asked;
use interleave_course::brought::{self, Head, PART, Peek, deck_id, question_id};
use interleave_course::catalogue::{Entry, Listing};
use std::ops::Range;
use std::rc::Rc;

/// For how long a deck is read before others get their turn, in milliseconds: below what one feels. Each turn costs a frame, in which the page
/// draws what it still waits for.
const A_TURN: i64 = 32;

/// A deck of the learner's own.
#[derive(Clone, Debug)]
pub struct Yours {
    /// The name of its row, which is that of the deck: `rust-basics`.
    pub name: String,
    /// As a deck of the bank. Of a row that cannot be read it has no questions.
    pub deck: Rc<Listing>,
    text: Rc<str>,
    /// Where in the text each question stands.
    places: Rc<[Range<usize>]>,
    /// The name of the file that it came from.
    pub file: String,
    /// The name of its format.
    pub format: String,
    /// Whether a part of the row, or all of it, cannot be read.
    pub damaged: bool,
}

impl Yours {
    /// The ids of its questions within the deck.
    pub fn questions(&self) -> impl Iterator<Item = &str> {
        let before = question_id(&self.name, "").len();
        self.deck.questions.iter().filter_map(move |entry| entry.id.get(before..))
    }

    /// Reads the question of that number, from 0. `None` if there is none, or it cannot be asked.
    pub fn asked(&self, number: usize) -> Option<Asked> {
        let mut question = brought::question(&self.text, self.places.get(number)?.clone())?;
        question.id = question_id(&self.name, &question.id);
        Some(Asked { question: Rc::new(question), answer: None, beside: None, deck: self.deck.id.clone() })
    }
}

/// Takes the text of a deck apart. Its questions are read when somebody takes them.
pub async fn unpacked(name: &str, text: &str) -> Yours {
    let head = Head::of(text).filter(|_| brought::deck_name(&deck_id(name)).is_some());
    let Some(head) = head else { return unreadable(name) };
    let id = deck_id(name);
    let (mut questions, mut places, mut damaged) = (vec![], vec![], false);
    let mut turn = clock::now();
    for some in brought::peeks(text) {
        damaged |= some.damaged;
        for Peek { id, level, kind, at } in some.questions {
            questions.push(Entry { id: question_id(name, &id), level, kind });
            places.push(at);
        }
        if clock::now() - turn >= A_TURN {
            TimeoutFuture::new(0).await;
            turn = clock::now();
        }
    }
    damaged |= questions.len() < head.questions;
    let about = format!("From {}.", head.file);
    let deck = Rc::new(Listing { id, title: head.title, part: PART.into(), about, questions });
    let (text, places) = (text.into(), places.into());
    Yours { name: name.into(), deck, text, places, file: head.file, format: head.format, damaged }
}

fn unreadable(name: &str) -> Yours {
    let (id, part) = (deck_id(name), PART.into());
    let deck = Rc::new(Listing { id, title: name.into(), part, about: String::new(), questions: vec![] });
    let (text, places) = ("".into(), [].into());
    Yours { name: name.into(), deck, text, places, file: String::new(), format: String::new(), damaged: true }
}

impl Store {
    /// The learner's own decks, in the order of their names. The same list until something has changed.
    pub fn decks(&self) -> Rc<Vec<Yours>> {
        self.0.decks.borrow().clone()
    }

    /// Keeps a deck instead of the one of its name, if there is one. `text` is what it was unpacked of.
    pub fn keep_deck(&self, deck: Yours, text: String) {
        let key = key(&deck.name);
        self.replace_decks(|name| name == deck.name, vec![deck.clone()]);
        self.write(vec![Change::Put { store: rows::DECKS, key, text }]);
        self.ask_to_stay();
    }

    /// Removes a deck. What was answered of it stays in the log.
    pub fn remove_deck(&self, name: &str) {
        self.replace_decks(|other| other == name, vec![]);
        self.write(vec![Change::Remove { store: rows::DECKS, key: key(name) }]);
    }

    /// Reads the decks under some keys, or all. If the rows cannot be had at all, nothing changes.
    pub(super) async fn read_decks(&self, database: &Database, keys: Option<&[String]>) {
        let keys: Option<Vec<String>> =
            keys.map(|keys| keys.iter().filter(|key| name(key).is_some()).cloned().collect());
        if keys.as_ref().is_some_and(Vec::is_empty) {
            return;
        }
        let rows = match &keys {
            Some(keys) => database.some(rows::DECKS, keys).await,
            None => database.all(rows::DECKS).await,
        };
        let Ok(rows) = rows else { return };
        let mut decks = vec![];
        for (key, text) in rows {
            // A row under a key that is none of ours is left as it is.
            if let Some(name) = name(&key) {
                decks.push(unpacked(name, &text).await);
            }
        }
        let read = |deck: &str| keys.as_ref().is_none_or(|keys| keys.contains(&key(deck)));
        self.replace_decks(read, decks);
    }

    fn replace_decks(&self, replaced: impl Fn(&str) -> bool, new: Vec<Yours>) {
        let mut decks: Vec<Yours> = self.decks().iter().filter(|deck| !replaced(&deck.name)).cloned().collect();
        decks.extend(new);
        decks.sort_by(|one, other| one.name.cmp(&other.name));
        *self.0.decks.borrow_mut() = Rc::new(decks);
    }
}

fn key(name: &str) -> String {
    format!("{}/{name}", rows::DECKS)
}

fn name(key: &str) -> Option<&str> {
    key.strip_prefix(rows::DECKS)?.strip_prefix('/')
}
