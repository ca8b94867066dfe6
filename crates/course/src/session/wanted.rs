//! Which questions somebody wants.

use crate::{Level, Question};

/// A question as far as choosing among questions goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate<'a> {
    pub id: &'a str,
    /// The deck it is in.
    pub deck: &'a str,
    pub level: Level,
    /// Its kind's name.
    pub kind: &'a str,
}

impl<'a> Candidate<'a> {
    /// A question of a deck.
    pub fn new(deck: &'a str, question: &'a Question) -> Self {
        Self { id: &question.id, deck, level: question.level, kind: question.kind.name() }
    }

    /// Whether a machine judges it from what was given alone: not by the learner, nor in a lab.
    pub fn is_judged_alone(&self) -> bool {
        !matches!(self.kind, "open" | "lab")
    }
}

/// What is asked for. Whatever is left open does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Ids of decks.
    pub decks: Vec<String>,
    pub level: Option<Level>,
    /// Names of kinds.
    pub kinds: Vec<String>,
}

impl Wanted {
    /// Whether a question is wanted.
    pub fn takes(&self, candidate: &Candidate<'_>) -> bool {
        let among = |names: &[String], name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
        among(&self.decks, candidate.deck)
            && self.level.is_none_or(|level| level == candidate.level)
            && among(&self.kinds, candidate.kind)
    }
}
