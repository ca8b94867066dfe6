//! Questions all at once: answered in any order, flagged, submitted once, judged afterwards.

use super::clock::Clock;
use super::order::shuffled;
use super::wanted::{Candidate, Wanted};
use crate::judge::Given;
use crate::memory::MINUTE;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an exam is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many questions; fewer, where there are not so many.
    pub questions: usize,
    /// How long; nothing for as long as it takes.
    pub minutes: Option<u32>,
    pub wanted: Wanted,
    /// Decides which questions, and their order.
    pub seed: u64,
}

/// A question of an exam.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    pub question: String,
    pub given: Given,
    /// To be looked at again.
    pub flagged: bool,
}

/// An exam. It is plain data: kept as a draft, it goes on where it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exam {
    /// When it was begun, in milliseconds since 1970.
    pub begun: i64,
    /// Shuffles the options, so that a reload shows them in the same order.
    pub seed: u64,
    items: Vec<Item>,
    at: usize,
    pub clock: Clock,
    submitted: Option<i64>,
}

impl Plan {
    /// The questions: those that a machine judges by themselves, from as many decks as possible.
    pub fn draw(&self, candidates: &[Candidate<'_>]) -> Vec<String> {
        let mut decks: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for candidate in candidates.iter().filter(|one| one.is_judged_alone() && self.wanted.takes(one)) {
            decks.entry(candidate.deck).or_default().push(candidate.id);
        }
        let decks = (0..).zip(decks.into_values()).map(|(at, ids)| shuffled(ids, self.seed.wrapping_add(at)));
        let mut decks = shuffled(decks.collect(), self.seed);
        let mut drawn = vec![];
        // One of each deck in turn, until there are enough or none is left.
        while drawn.len() < self.questions && decks.iter().any(|deck| !deck.is_empty()) {
            drawn.extend(decks.iter_mut().filter_map(Vec::pop).map(str::to_string));
        }
        drawn.truncate(self.questions);
        shuffled(drawn, self.seed)
    }
}

impl Exam {
    /// Begins one with these questions; its clock runs from now on.
    pub fn new(plan: &Plan, questions: Vec<String>, now: i64) -> Self {
        let item = |question| Item { question, given: Given::None, flagged: false };
        let mut clock = Clock::new(plan.minutes.map(|minutes| i64::from(minutes) * MINUTE));
        clock.start(now);
        let items = questions.into_iter().map(item).collect();
        Self { begun: now, seed: plan.seed, items, at: 0, clock, submitted: None }
    }

    /// Its questions.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The index of the question that is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The question that is looked at.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.at)
    }

    /// Looks at another one.
    pub fn go_to(&mut self, at: usize) {
        self.at = at.min(self.items.len().saturating_sub(1));
    }

    /// Answers the question that is looked at; as often as one likes, until it is submitted.
    pub fn give(&mut self, given: Given) {
        if let (None, Some(item)) = (self.submitted, self.items.get_mut(self.at)) {
            item.given = given;
        }
    }

    /// Flags it, or takes the flag away.
    pub fn flag(&mut self) {
        if let (None, Some(item)) = (self.submitted, self.items.get_mut(self.at)) {
            item.flagged = !item.flagged;
        }
    }

    /// How many are answered.
    pub fn answered(&self) -> usize {
        self.items.iter().filter(|item| item.is_answered()).count()
    }

    /// How many are flagged.
    pub fn flagged(&self) -> usize {
        self.items.iter().filter(|item| item.flagged).count()
    }

    /// Submits it, once, and says whether this was the time.
    pub fn submit(&mut self, now: i64) -> bool {
        if self.submitted.is_some() {
            return false;
        }
        self.clock.stop(now);
        self.submitted = Some(now);
        self.at = 0;
        true
    }

    /// Whether it was submitted.
    pub fn is_submitted(&self) -> bool {
        self.submitted.is_some()
    }

    /// Whether it can go on with a bank in which these questions exist.
    pub fn fits(&self, exists: impl Fn(&str) -> bool) -> bool {
        !self.items.is_empty() && self.at < self.items.len() && self.items.iter().all(|item| exists(&item.question))
    }
}

impl Item {
    /// Whether something was given.
    pub fn is_answered(&self) -> bool {
        match &self.given {
            Given::None => false,
            Given::Options(all) => !all.is_empty(),
            Given::Text(text) => !text.trim().is_empty(),
            Given::Texts(texts) => texts.iter().any(|text| !text.trim().is_empty()),
            Given::Pairs(pairs) => pairs.iter().any(Option::is_some),
            _ => true,
        }
    }
}
