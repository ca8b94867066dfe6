//! Totals from before there was a log.

use super::record::Record;
use crate::memory::Card;
use serde::{Deserialize, Serialize};

/// What a device knew of a question when it had totals only (version 1 of the file). Of a device and a question the latest one
/// counts, for it holds what the earlier ones did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    pub device: u32,
    pub question: String,
    /// When it was answered last, in milliseconds since 1970.
    pub at: i64,
    /// How many answers there were, and how many of them were right.
    pub answers: u32,
    pub right: u32,
    /// The card at that time, if it was scheduled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
}

impl Carried {
    /// A total order, so that of two that differ the same one is kept whoever comes first.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        (self.at, self.answers, serde_json::to_string(self).expect("it has nothing that JSON cannot say"))
    }

    /// Whether it happened before an answer, or at the same time.
    pub(super) fn precedes(&self, record: &Record) -> bool {
        self.at <= record.at
    }
}
