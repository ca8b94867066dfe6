//! Interviews: staged conversations that push back.

pub mod conversation;
mod minutes;
#[cfg(feature = "parse")]
mod read;
mod verdict;

pub use conversation::{Compared, Conversation, Length, Turn};
#[cfg(feature = "parse")]
pub use read::read;
pub use verdict::{Band, Verdict};

use crate::Level;
use serde::{Deserialize, Serialize};

/// A situation, and what is asked about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interview {
    /// The name of its file without `.toml`.
    #[serde(default)]
    pub id: String,
    pub title: String,
    /// The situation in one sentence.
    pub about: String,
    /// Of `backend`, `data`, `platform`, `lead`.
    pub roles: Vec<String>,
    /// Whom it suits.
    pub levels: Vec<Level>,
    /// What the candidate is told at the beginning; Markdown.
    pub situation: String,
    #[serde(rename = "stage")]
    pub stages: Vec<Stage>,
}

/// A question of the interviewer, and all that may follow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Unique within the interview.
    pub id: String,
    pub title: String,
    /// Time to answer.
    pub minutes: u32,
    /// Asked of this level and above.
    #[serde(default = "junior")]
    pub from: Level,
    /// The interviewer's words.
    pub asks: String,
    /// What a good answer of somebody junior sounds like.
    pub junior: String,
    /// And of somebody senior.
    pub senior: String,
    pub good: Vec<Point>,
    pub red_flags: Vec<RedFlag>,
    #[serde(default)]
    pub follow: Vec<FollowUp>,
}

fn junior() -> Level {
    Level::Junior
}

/// Something that is good to hear.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Unique within the stage.
    pub id: String,
    pub text: String,
    /// 1 or 2.
    pub weight: u32,
    /// Where one can learn it: a page of the guide with its anchor, or a lab. Empty where there is none.
    #[serde(default)]
    pub study: String,
}

/// Something that is not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RedFlag {
    pub text: String,
    pub reason: String,
    /// 1 or 2.
    pub weight: u32,
}

/// What is asked further, depending on a point.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FollowUp {
    /// The id of a point of the stage.
    pub point: String,
    pub when: When,
    pub minutes: u32,
    pub asks: String,
    /// What is good to hear to this.
    pub answer: String,
}

/// When it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum When {
    /// The point did not come.
    Missing,
    /// It came: it is gone into more deeply.
    Heard,
}
