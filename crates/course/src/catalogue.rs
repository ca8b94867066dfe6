//! The bank as a page holds it: what there is, and the questions, each read when it is first asked for.
//!
//! The file is an array of JSON with an element a line: the decks with what one chooses questions by, the interviews, then every question,
//! deck after deck. Whoever wants one question reads one line.

use crate::Level;
use crate::bank::{Asked, Bank};
use crate::interview::Interview;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::ops::Range;

/// A deck, and what its questions are chosen by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The name of its file without `.toml`.
    pub id: String,
    pub title: String,
    /// The part of the book that it belongs to.
    pub part: String,
    pub about: String,
    pub questions: Vec<Entry>,
}

/// A question without what it asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: String,
    pub level: Level,
    /// Its kind's name.
    pub kind: String,
}

/// The file, with its questions unread.
#[derive(Debug)]
pub struct Catalogue {
    text: String,
    decks: Vec<Listing>,
    /// Where the interviews stand.
    interviews: Range<usize>,
    read: OnceCell<Vec<Interview>>,
    /// Where each question stands.
    questions: Vec<Range<usize>>,
}

impl Bank {
    /// The file of the bank.
    ///
    /// # Panics
    /// Never: all of it are texts and numbers.
    pub fn written(&self) -> String {
        let line = |json: serde_json::Result<String>| json.expect("texts and numbers");
        let listing = |deck: &crate::bank::BankDeck| Listing {
            id: deck.id.clone(),
            title: deck.title.clone(),
            part: deck.part.clone(),
            about: deck.about.clone(),
            questions: deck.questions.iter().map(Entry::of).collect(),
        };
        let decks: Vec<Listing> = self.decks.iter().map(listing).collect();
        let mut lines = vec![line(serde_json::to_string(&decks)), line(serde_json::to_string(&self.interviews))];
        lines.extend(self.questions().map(|asked| line(serde_json::to_string(asked))));
        format!("[\n{}\n]\n", lines.join(",\n"))
    }
}

impl Entry {
    /// What a question is chosen by.
    pub fn of(asked: &Asked) -> Self {
        let question = &asked.question;
        Self { id: question.id.clone(), level: question.level, kind: question.kind.name().to_owned() }
    }
}

impl Catalogue {
    /// Takes over the file.
    ///
    /// # Errors
    /// When its decks cannot be read, or it has not as many questions as they say.
    pub fn read(text: String) -> Result<Self, String> {
        let start = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        let mut lines = text.lines().skip(1).map(|line| {
            let element = line.strip_suffix(',').unwrap_or(line);
            start(line)..start(line) + element.len()
        });
        let decks = lines.next().ok_or("there are no decks")?;
        let interviews = lines.next().ok_or("there are no interviews")?;
        let decks: Vec<Listing> = serde_json::from_str(&text[decks]).map_err(|error| error.to_string())?;
        let count = decks.iter().map(|deck| deck.questions.len()).sum();
        let questions: Vec<Range<usize>> = lines.take(count).collect();
        if questions.len() < count {
            return Err(format!("there are {} questions of {count}", questions.len()));
        }
        Ok(Self { decks, interviews, read: OnceCell::new(), questions, text })
    }

    /// The decks, in the order of the bank.
    pub fn decks(&self) -> &[Listing] {
        &self.decks
    }

    /// The question of that number among all, deck after deck, from 0. `None` if there is none, or it cannot be read.
    pub fn asked(&self, number: usize) -> Option<Asked> {
        serde_json::from_str(&self.text[self.questions.get(number)?.clone()]).ok()
    }

    /// Every interview; none if they cannot be read.
    pub fn interviews(&self) -> &[Interview] {
        self.read.get_or_init(|| serde_json::from_str(&self.text[self.interviews.clone()]).unwrap_or_default())
    }
}
