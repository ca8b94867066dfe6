//! The bank and the learner's own decks, found by id. Copies are the same shelf.

use super::store::Yours;
use interleave_course::bank::Asked;
use interleave_course::brought::PART;
use interleave_course::catalogue::{Catalogue, Entry, Listing};
use interleave_course::session::Candidate;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A question with what the build has found out about it.
#[derive(Clone, Debug)]
pub struct Held {
    pub asked: Asked,
    /// The index of its deck.
    deck: usize,
}

/// The place of a question. It is read when somebody takes it.
struct Slot {
    entry: Entry,
    /// The index of its deck.
    deck: usize,
    /// The number of its question: in the bank, or in the deck that was brought.
    number: usize,
    /// The index of the learner's own deck that has it.
    yours: Option<usize>,
    held: OnceCell<Option<Held>>,
}

/// A deck, without its questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deck {
    pub id: String,
    pub title: String,
    pub part: String,
    pub about: String,
    /// Ids, in the order of the file.
    pub questions: Vec<String>,
}

/// All questions and decks.
#[derive(Clone)]
pub struct Shelf(Rc<Indexed>);

struct Indexed {
    bank: Rc<Catalogue>,
    yours: Vec<Yours>,
    decks: Vec<Deck>,
    /// By the question's id.
    slots: BTreeMap<String, Slot>,
}

impl PartialEq for Shelf {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Deck {
    /// Whether the learner has brought it.
    pub fn is_yours(&self) -> bool {
        self.part == PART
    }
}

impl Shelf {
    /// Puts a bank in order, and after it what the learner has brought.
    pub fn with(bank: Rc<Catalogue>, yours: &[Yours]) -> Self {
        let (mut decks, mut slots) = (vec![], BTreeMap::new());
        let mut put = |listing: &Listing, first: usize, yours: Option<usize>| {
            for (number, entry) in (first..).zip(&listing.questions) {
                let slot = Slot { entry: entry.clone(), deck: decks.len(), number, yours, held: OnceCell::new() };
                slots.insert(entry.id.clone(), slot);
            }
            let questions = listing.questions.iter().map(|entry| entry.id.clone()).collect();
            let (id, title, part) = (listing.id.clone(), listing.title.clone(), listing.part.clone());
            decks.push(Deck { id, title, part, about: listing.about.clone(), questions });
        };
        let mut first = 0;
        for listing in bank.decks() {
            put(listing, first, None);
            first += listing.questions.len();
        }
        for (at, brought) in yours.iter().enumerate().filter(|(_, yours)| !yours.deck.questions.is_empty()) {
            put(&brought.deck, 0, Some(at));
        }
        Self(Rc::new(Indexed { bank, yours: yours.to_vec(), decks, slots }))
    }

    /// The bank itself.
    pub fn bank(&self) -> &Catalogue {
        &self.0.bank
    }

    /// Every deck: those of the bank in its order, then the learner's own.
    pub fn decks(&self) -> &[Deck] {
        &self.0.decks
    }

    /// The deck of that id.
    pub fn deck(&self, id: &str) -> Option<&Deck> {
        self.0.decks.iter().find(|deck| deck.id == id)
    }

    /// The parts of the book with their decks, in the order in which they come first.
    pub fn parts(&self) -> Vec<(&str, Vec<&Deck>)> {
        let mut parts: Vec<(&str, Vec<&Deck>)> = vec![];
        for deck in self.decks() {
            match parts.iter_mut().find(|(part, _)| *part == deck.part) {
                Some((_, decks)) => decks.push(deck),
                None => parts.push((&deck.part, vec![deck])),
            }
        }
        parts
    }

    /// Whether there is a question of that id.
    pub fn has(&self, id: &str) -> bool {
        self.0.slots.contains_key(id)
    }

    /// The question of that id, if there is one that can be read.
    pub fn held(&self, id: &str) -> Option<&Held> {
        let slot = self.0.slots.get(id)?;
        let read = || {
            let asked = match slot.yours {
                Some(yours) => self.0.yours.get(yours)?.asked(slot.number)?,
                None => self.0.bank.asked(slot.number)?,
            };
            Some(Held { asked, deck: slot.deck })
        };
        slot.held.get_or_init(read).as_ref()
    }

    /// The deck that a question is in.
    pub fn deck_of(&self, held: &Held) -> &Deck {
        &self.0.decks[held.deck]
    }

    /// Every question as far as choosing goes, deck by deck.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate<'_>> {
        self.decks().iter().flat_map(|deck| self.candidates_of(deck))
    }

    /// The same of one deck.
    pub fn candidates_of<'a>(&'a self, deck: &'a Deck) -> impl Iterator<Item = Candidate<'a>> {
        let slots = deck.questions.iter().filter_map(|id| self.0.slots.get(id));
        slots.map(|Slot { entry, .. }| Candidate {
            id: &entry.id,
            deck: &deck.id,
            level: entry.level,
            kind: &entry.kind,
        })
    }
}
