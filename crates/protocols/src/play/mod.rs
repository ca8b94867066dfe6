//! What a learner plays with: a protocol, and the histories that were made of it.
//!
//! A *history* is one way things go. It begins with a story, a seed, a schedule that a search has found, or a fork of another history, and
//! from there on goes on *calmly*: processes do their work, messages arrive in the order in which they were sent, and nothing else goes wrong.

mod compare;
mod drive;
mod record;
mod search;
mod subject;

pub use compare::compare;
pub use drive::MOST_STEPS;
pub use record::record;
pub use search::search;
pub use subject::Task;

use crate::diagram::{Diagram, Figures};
use crate::two_phase_commit::gray_lamport;
use crate::{Budget, outbox, saga, two_phase_commit};
use interleave_kernel::explore::{Progress, Stopped};
use serde::{Deserialize, Serialize};

/// The most histories of a scenario.
pub const MOST_HISTORIES: usize = 40;

/// Everything a learner can set, and all that was made happen by hand. A page that only hands it on may keep the subject as it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Play<S = Subject> {
    pub subject: S,
    /// Never empty in what this crate makes; an empty list is one calm history.
    #[serde(default)]
    pub histories: Vec<Way>,
    /// The one on the tape, from 0.
    #[serde(default)]
    pub here: u8,
}

/// A protocol, and what is set in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    TwoPhaseCommit(two_phase_commit::Scenario),
    /// Gray and Lamport's specification.
    GrayLamport(gray_lamport::Scenario),
    Saga(saga::Scenario),
    ChoreographedSaga(saga::choreography::Scenario),
    Outbox(outbox::Scenario),
}

/// How a history begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// Nothing goes wrong.
    Calm,
    /// What the preset of that name tells.
    Story(String),
    /// A seed picks each step, within the budget of faults.
    Seed(u64),
    /// A schedule, as picks among what is offered.
    Picks(Vec<u16>),
    /// Another history up to a step, and then something else.
    Fork { of: u8, at: u16, pick: u16 },
}

/// What a search is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search<S = Subject> {
    pub subject: S,
    /// The most states to look at.
    pub states: u32,
    /// Takes states for one that differ only in who is who.
    pub symmetry: bool,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub progress: Progress,
    /// Why it is not through.
    pub stopped: Option<Stopped>,
    /// A shortest way to where nobody can go on, though somebody has to.
    pub deadlock: Option<Vec<u16>>,
    pub rules: Vec<Judgement>,
}

/// What a search says of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    pub rule: String,
    pub verdict: Verdict,
}

/// In a word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Holds,
    /// It can happen, and this is a shortest way, as picks of a [`Play`].
    Possible(Vec<u16>),
    /// It is broken, and this is a shortest way. The last `cycle` steps of it go on for ever, if there are any.
    Broken {
        way: Vec<u16>,
        cycle: u16,
        note: String,
    },
    /// It ought to be possible, and is not.
    Impossible,
    /// The search was stopped before it could tell.
    Undecided,
}

/// Two protocols under the same faults.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison<S = Subject> {
    pub sides: [S; 2],
    /// What may go wrong in either, instead of what they say.
    pub faults: Budget,
    /// Picks each step of the runs that are shown; those that follow it pick the others.
    pub seed: u64,
    /// How many runs are averaged, that of the seed included. 1 to 1,000.
    pub runs: u16,
}

/// What one side of a comparison came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Side {
    /// The last frame of the run of the seed.
    pub diagram: Diagram,
    /// How it ended, in a sentence.
    pub end: String,
    /// Sums over all runs.
    pub total: Figures,
    /// Runs in which a rule was broken.
    pub broken: u16,
    /// Runs that did not come to an end.
    pub endless: u16,
    pub runs: u16,
}
