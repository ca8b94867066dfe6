//! Rows for a store that keeps each by itself under a key, as IndexedDB does: every answer is saved as it is given, and tabs that
//! save at once put different keys.

use super::import::{Found, Imported};
use super::record::{Record, Session};
use super::{Carried, Draft, Progress};
use serde::Serialize;

/// A row: JSON, and the key that it is kept under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stored {
    /// `records/1f3a9c02-00b7e441-12`, `carried/1f3a9c02/sagas-1`, `drafts/exam/exam-1`.
    pub key: String,
    pub json: String,
}

impl Stored {
    fn new(key: String, row: &impl Serialize) -> Self {
        Self { key, json: serde_json::to_string(row).expect("there is nothing in it that JSON cannot say") }
    }
}

impl From<&Record> for Stored {
    fn from(record: &Record) -> Self {
        Self::new(format!("records/{}", record.id), record)
    }
}

impl From<&Carried> for Stored {
    fn from(carried: &Carried) -> Self {
        Self::new(format!("carried/{:08x}/{}", carried.device, carried.question), carried)
    }
}

impl From<&Draft> for Stored {
    /// What was closed is a row, too.
    fn from(draft: &Draft) -> Self {
        let kind = match draft.kind {
            Session::Study => "study",
            Session::Review => "review",
            Session::Exam => "exam",
            Session::Interview => "interview",
            Session::Guide => "guide",
        };
        Self::new(format!("drafts/{kind}/{}", draft.name), draft)
    }
}

impl Progress {
    /// All of it as rows, for instance to save what an import has brought.
    pub fn stored(&self) -> impl Iterator<Item = Stored> {
        let records = self.log.values().map(Stored::from);
        records.chain(self.carried.values().map(Stored::from)).chain(self.drafts.values().map(Stored::from))
    }

    /// Reads rows that were written at `version`, in any order. As in [`super::import()`] those that cannot be are left out and told;
    /// here, a fault's line is the number of the row. Nothing is deleted: what is left out stays in the store.
    pub fn restore(rows: impl IntoIterator<Item = Stored>, version: u32, now: i64) -> Imported {
        let mut found = Found::new(version, now);
        for (at, row) in rows.into_iter().enumerate() {
            let part = row.key.split('/').next().unwrap_or_default();
            if let Err(why) = found.row(&Default::default(), part, &row.key, &row.json) {
                found.drop(at + 1, format!("{}: {why}", row.key.chars().take(80).collect::<String>()));
            }
        }
        found.finish()
    }
}
