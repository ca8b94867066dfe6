//! What a learner has done, kept on their device.
//!
//! A log of answers is the truth. It only grows; an entry has an id that nobody else gives away ([`RecordId`]), so two logs are
//! merged by putting them together, in any order and any number of times, and two tabs that write at once lose nothing. Cards and
//! counts are folded from the log (`studied.rs`), each question by itself, and follow every answer.
//!
//! ```text
//! record.rs   an answer, its id, and who gives ids away     studied.rs     what a question's answers come to
//! carried.rs  totals from before there was a log            statistics.rs  topics, days, streaks, what is due
//! draft.rs    an exam or interview that is not finished     merge.rs       two devices become one
//! export.rs   the file                                      import/        reads it, or what is left of it
//! limits.rs   what may be in it                             stored.rs    rows for IndexedDB
//! ```

mod carried;
mod draft;
mod export;
mod import;
mod limits;
mod merge;
mod record;
mod statistics;
mod stored;
mod studied;

pub use carried::Carried;
pub use draft::Draft;
pub use export::{FORMAT, VERSION};
pub use import::{Fault, Imported, import};
pub use limits::in_short;
pub use merge::Merged;
pub use record::{Record, RecordId, Session, Writer};
pub use statistics::{Day, Standing, Streak};
pub use stored::Stored;
pub use studied::Studied;

use crate::memory::Scheduler;
use std::collections::{BTreeMap, BTreeSet};
use studied::Timeline;

/// All that is kept: answers, what was carried over from older files, drafts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    log: BTreeMap<RecordId, Record>,
    /// By question and device.
    carried: BTreeMap<(String, u32), Carried>,
    /// By kind and name.
    drafts: BTreeMap<(Session, String), Draft>,
    /// Folded from what is above, by question.
    timelines: BTreeMap<String, Timeline>,
    /// Counted from the log, by the learner's day.
    days: BTreeMap<i32, Day>,
    scheduler: Scheduler,
}

impl Progress {
    /// Adds an answer and says whether it is new. It costs no more than the question's card, unless it is older than the
    /// question's last answer. An impossible record (see `limits.rs`) is refused with a sentence.
    pub fn add(&mut self, record: Record) -> Result<bool, String> {
        limits::record(&record, limits::LATEST)?;
        if self.log.contains_key(&record.id) {
            return Ok(self.extend([record]).0 > 0);
        }
        self.count(&record);
        if let Some(timeline) = self.timelines.get_mut(&record.question)
            && timeline.append(&self.scheduler, &record)
        {
            self.log.insert(record.id, record);
            return Ok(true);
        }
        self.timelines.entry(record.question.clone()).or_default().enter(&record);
        let questions = BTreeSet::from([record.question.clone()]);
        self.log.insert(record.id, record);
        self.refold(questions);
        Ok(true)
    }

    /// Every answer, in the order of their ids.
    pub fn records(&self) -> impl Iterator<Item = &Record> {
        self.log.values()
    }

    /// The answer of that id.
    pub fn record(&self, id: RecordId) -> Option<&Record> {
        self.log.get(&id)
    }

    /// What a question's answers come to; nothing if it was never answered.
    pub fn studied(&self, question: &str) -> Option<&Studied> {
        self.timelines.get(question).map(|timeline| &timeline.studied)
    }

    /// Every question that was ever answered and what its answers come to, by id. Some may no longer exist.
    pub fn all_studied(&self) -> impl Iterator<Item = (&str, &Studied)> {
        self.timelines.iter().map(|(question, timeline)| (question.as_str(), &timeline.studied))
    }

    /// A question's answers, oldest first.
    pub fn history(&self, question: &str) -> impl Iterator<Item = &Record> {
        let ids = self.timelines.get(question).into_iter().flat_map(|timeline| timeline.ids());
        ids.filter_map(|id| self.log.get(&id))
    }

    /// Totals that were carried over from older files.
    pub fn carried(&self) -> impl Iterator<Item = &Carried> {
        self.carried.values()
    }

    /// Gives ids away for a tab of a device, none of which is in the log. Both numbers are drawn by chance: the device's once, the
    /// tab's whenever a page opens.
    pub fn writer(&self, device: u32, tab: u32) -> Writer {
        let all = RecordId { device, tab, sequence: 0 }..=RecordId { device, tab, sequence: u32::MAX };
        let last = self.log.range(all).next_back();
        Writer::new(device, tab, last.map_or(0, |(id, _)| id.sequence.saturating_add(1)))
    }

    /// Keeps something that is not finished. The one that was saved last stays, whoever comes second.
    pub fn save_draft(&mut self, draft: Draft) -> Result<(), String> {
        limits::draft(&draft, limits::LATEST)?;
        self.keep_draft(draft);
        Ok(())
    }

    /// A draft that was saved and not closed.
    pub fn draft(&self, kind: Session, name: &str) -> Option<&Draft> {
        self.drafts.get(&(kind, name.to_string())).filter(|draft| draft.is_open())
    }

    /// All drafts that were not closed, by kind and name.
    pub fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.drafts.values().filter(|draft| draft.is_open())
    }

    /// Who decides when a question comes back.
    pub fn scheduler(&self) -> &Scheduler {
        &self.scheduler
    }
}
