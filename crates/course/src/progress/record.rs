//! An answer, as it is kept.

use crate::memory::{Moment, Rating};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Names one answer among all of all devices: a device, a tab of it, and the how manieth answer it was there. Written as
/// `1f3a9c02-00b7e441-12`.
///
/// Device and tab are 32 random bits each, and a tab draws its own whenever it opens. So two tabs, or two copies of a device's data,
/// never give the same id away (but for a chance of one in 2⁶⁴).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordId {
    pub device: u32,
    pub tab: u32,
    pub sequence: u32,
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}-{:08x}-{}", self.device, self.tab, self.sequence)
    }
}

impl From<RecordId> for String {
    fn from(id: RecordId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for RecordId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().unwrap_or_default();
        let hex = |text: &str| u32::from_str_radix(text, 16).ok();
        let (device, tab, sequence) = (hex(part()), hex(part()), part().parse().ok());
        let id = device.zip(tab).zip(sequence).map(|((device, tab), sequence)| Self { device, tab, sequence });
        // There is one way to write an id: what is not written back the same was none.
        id.filter(|id| id.to_string() == text).ok_or_else(|| {
            let text: String = text.chars().take(40).collect();
            format!("“{text}” is no id of a record, such as 1f3a9c02-00b7e441-12")
        })
    }
}

/// What somebody was doing when they answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Session {
    Study,
    Review,
    Exam,
    Interview,
    Guide,
}

/// An answer to a question. Once written it is never changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Record {
    pub id: RecordId,
    /// The question's id.
    pub question: String,
    /// When it was answered, in milliseconds since 1970.
    pub at: i64,
    /// The learner's day at that time, counted from 1970-01-01: travelling does not change which days somebody learnt on.
    pub day: i32,
    pub rating: Rating,
    /// Whether a machine found it right; nothing where the learner judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right: Option<bool>,
    /// What was answered, in short (see [`super::in_short`]); may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub said: String,
    /// How long it took, in milliseconds, up to a day; nothing where it was not measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took: Option<u32>,
    pub session: Session,
}

impl Record {
    /// Whether it counts as right: as the machine said, or, where none did, if it was recalled.
    pub fn is_right(&self) -> bool {
        self.right.unwrap_or(self.rating.recalled())
    }
}

/// Gives ids away in one tab, see [`super::Progress::writer`].
#[derive(Debug)]
pub struct Writer {
    device: u32,
    tab: u32,
    next: u32,
}

impl Writer {
    pub(super) fn new(device: u32, tab: u32, next: u32) -> Self {
        Self { device, tab, next }
    }

    /// A record of an answer given now. The caller fills in what else is known: `Record { took, ..writer.record(…) }`.
    pub fn record(&mut self, now: Moment, question: &str, rating: Rating, session: Session) -> Record {
        let id = RecordId { device: self.device, tab: self.tab, sequence: self.next };
        // Four billion answers in one tab do not happen; if they did, the last ones would be one.
        self.next = self.next.saturating_add(1);
        let question = question.to_string();
        Record {
            id,
            question,
            at: now.at,
            day: now.day(),
            rating,
            right: None,
            said: String::new(),
            took: None,
            session,
        }
    }
}
