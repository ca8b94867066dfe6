//! What a question's answers come to.

use super::Progress;
use super::carried::Carried;
use super::record::{Record, RecordId};
use crate::memory::{Card, Scheduler};
use std::collections::{BTreeMap, BTreeSet};

/// One learner's past with one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Studied {
    pub card: Card,
    /// How often it was answered, and how often right.
    pub answers: u32,
    pub right: u32,
    /// When it was answered last, in milliseconds since 1970.
    pub last: i64,
    /// How long its answers took together, in milliseconds, as far as it was measured.
    pub took: u64,
}

impl Default for Studied {
    fn default() -> Self {
        Self { card: Card::new(0), answers: 0, right: 0, last: 0, took: 0 }
    }
}

impl Studied {
    fn answer(&mut self, scheduler: &Scheduler, record: &Record) {
        self.card = scheduler.review(&self.card, record.rating, record.at);
        self.answers = self.answers.saturating_add(1);
        self.right = self.right.saturating_add(u32::from(record.is_right()));
        self.took = self.took.saturating_add(u64::from(record.took.unwrap_or(0)));
        self.last = record.at;
    }

    /// Totals add up. A card does not: the later one of two is believed, and lapses are counted.
    fn carry(&mut self, carried: &Carried) {
        if let Some(card) = carried.card {
            self.card = Card { lapses: card.lapses.saturating_add(self.card.lapses), ..card };
        }
        self.answers = self.answers.saturating_add(carried.answers);
        self.right = self.right.saturating_add(carried.right);
        self.last = carried.at;
    }
}

/// A question's answers in the order of their times, and what they come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Timeline {
    order: Vec<(i64, RecordId)>,
    pub(super) studied: Studied,
}

impl Timeline {
    /// The ids of its answers, oldest first.
    pub(super) fn ids(&self) -> impl Iterator<Item = RecordId> {
        self.order.iter().map(|(_, id)| *id)
    }

    /// Takes an answer that is later than all that was there; others are left to [`Progress::refold`].
    pub(super) fn append(&mut self, scheduler: &Scheduler, record: &Record) -> bool {
        let key = (record.at, record.id);
        let latest = self.order.last().is_none_or(|last| *last < key) && self.studied.last < record.at;
        if latest {
            self.order.push(key);
            self.studied.answer(scheduler, record);
        }
        latest
    }

    /// Enters an answer without counting it.
    pub(super) fn enter(&mut self, record: &Record) {
        self.order.push((record.at, record.id));
    }

    fn fold(
        &mut self,
        log: &BTreeMap<RecordId, Record>,
        mut carried: Vec<&Carried>,
        question: &str,
        scheduler: &Scheduler,
    ) {
        self.order.sort_unstable();
        self.order.dedup();
        // Answers that were replaced by others of the same id.
        self.order.retain(|(at, id)| log.get(id).is_some_and(|record| record.at == *at && record.question == question));
        carried.sort_unstable_by_key(|carried| (carried.at, carried.device));
        let mut carried = carried.into_iter().peekable();
        let mut studied = Studied::default();
        for record in self.order.iter().filter_map(|(_, id)| log.get(id)) {
            while let Some(totals) = carried.next_if(|carried| carried.precedes(record)) {
                studied.carry(totals);
            }
            studied.answer(scheduler, record);
        }
        carried.for_each(|totals| studied.carry(totals));
        self.studied = studied;
    }
}

impl Progress {
    /// Folds some questions anew.
    pub(super) fn refold(&mut self, questions: BTreeSet<String>) {
        for question in questions {
            let of_all_devices = (question.clone(), 0)..=(question.clone(), u32::MAX);
            let carried: Vec<_> = self.carried.range(of_all_devices).map(|(_, carried)| carried).collect();
            let timeline = self.timelines.entry(question.clone()).or_default();
            timeline.fold(&self.log, carried, &question, &self.scheduler);
            if timeline.studied == Studied::default() {
                self.timelines.remove(&question);
            }
        }
    }
}
