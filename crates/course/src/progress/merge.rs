//! Two devices become one.

use super::carried::Carried;
use super::draft::Draft;
use super::record::Record;
use super::{Day, Progress};
use std::collections::BTreeSet;

/// What a merge brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Records that were not there before.
    pub new: usize,
    /// Records that were there and said something else. It takes a damaged file: the greater one is kept, here and everywhere.
    pub differing: usize,
}

impl Progress {
    /// Takes over all that another one has: the union by record id. The order does not matter, nor how often it is done; nothing is
    /// lost on either side.
    pub fn merge(&mut self, other: Self) -> Merged {
        let (new, differing) = self.extend(other.log.into_values());
        self.carry(other.carried.into_values());
        other.drafts.into_values().for_each(|draft| self.keep_draft(draft));
        Merged { new, differing }
    }

    /// Takes many records at once, which have been checked: how many are new, and how many differ from one of the same id. Each
    /// question is folded once, so the order in which they come costs nothing.
    pub(super) fn extend(&mut self, records: impl IntoIterator<Item = Record>) -> (usize, usize) {
        let (mut new, mut replaced, mut differing) = (0, false, 0);
        let mut questions = BTreeSet::new();
        for record in records {
            match self.log.get(&record.id) {
                Some(old) if *old == record => continue,
                Some(old) => {
                    differing += 1;
                    if *old > record {
                        continue;
                    }
                    questions.insert(old.question.clone());
                    replaced = true;
                }
                None => {
                    new += 1;
                    self.count(&record);
                }
            }
            self.timelines.entry(record.question.clone()).or_default().enter(&record);
            questions.insert(record.question.clone());
            self.log.insert(record.id, record);
        }
        self.refold(questions);
        if replaced {
            self.days.clear();
            for record in self.log.values() {
                Day::count(&mut self.days, record);
            }
        }
        (new, differing)
    }

    /// Takes totals over. Of a device and a question the latest ones stay.
    pub(super) fn carry(&mut self, carried: impl IntoIterator<Item = Carried>) {
        let mut questions = BTreeSet::new();
        for carried in carried {
            let key = (carried.question.clone(), carried.device);
            if self.carried.get(&key).is_none_or(|old| old.rank() < carried.rank()) {
                questions.insert(carried.question.clone());
                self.carried.insert(key, carried);
            }
        }
        self.refold(questions);
    }

    pub(super) fn keep_draft(&mut self, draft: Draft) {
        let key = (draft.kind, draft.name.clone());
        if self.drafts.get(&key).is_none_or(|old| old.rank() < draft.rank()) {
            self.drafts.insert(key, draft);
        }
    }

    pub(super) fn count(&mut self, record: &Record) {
        Day::count(&mut self.days, record);
    }
}
