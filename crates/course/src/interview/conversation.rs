//! An interview as it goes: what was asked, what was said, what was ticked, and what comes next.
//!
//! ```text
//! situation → stage: asked → ticked → follow-up: asked → compared → … → next stage → … → over
//! ```
//!
//! After a stage, the learner ticks what they said. A follow-up comes when its point was ticked ("heard": it pushes deeper) or was
//! not ("missing": it gives another chance), in the order of the file; at most [`Length::follow_ups`] of a stage.
//!
//! # The verdict
//!
//! | what | gives | of |
//! |---|---|---|
//! | a good point of weight *w* that was ticked | *w* | *w* |
//! | one that was missing, its follow-up answered · in part | *w*/2 · *w*/4 | – |
//! | a follow-up that pushes deeper, answered · in part | 1 · 1/2 | 1 |
//! | a red flag of weight *w* | −*w* | – |
//!
//! The share of what could be had, with what the level forgives added (junior 0.2, mid 0.1, senior 0, staff −0.05), gives the
//! band: *strong yes* from 0.8, *yes* from 0.6, *not yet* from 0.4, *no* below. Three things bound it, whatever the sum says:
//! a red flag of weight 2 leaves *yes* at best; red flags of weight 4 together leave *not yet* at best; and for a *strong yes* no
//! stage may have less than a quarter of its own.
//!
//! The weights are in the files; the figures above are ours and are here to be read and argued with. The rule is in `verdict.rs`.

use super::{FollowUp, Interview, Stage, When};
use crate::Level;
use crate::memory::MINUTE;
use crate::session::Clock;
use serde::{Deserialize, Serialize};

/// How long an interview is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Length {
    /// The first three stages, one follow-up each.
    Short,
    /// All stages, two follow-ups each.
    Whole,
}

impl Length {
    /// How many stages there are at most.
    pub const fn stages(self) -> usize {
        match self {
            Self::Short => 3,
            Self::Whole => usize::MAX,
        }
    }

    /// How many follow-ups a stage has at most.
    pub const fn follow_ups(self) -> usize {
        match self {
            Self::Short => 1,
            Self::Whole => 2,
        }
    }
}

/// How much of what is good to hear was in the answer to a follow-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compared {
    All,
    Part,
    Nothing,
}

/// What a learner has said and ticked in a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The stage's id.
    pub stage: String,
    /// What was typed; empty when it was said aloud.
    pub said: String,
    /// Ids of the points that were ticked.
    pub good: Vec<String>,
    /// Indices of the red flags that were ticked.
    pub red_flags: Vec<usize>,
    pub follow_ups: Vec<Followed>,
    /// Milliseconds, follow-ups included.
    pub took: i64,
}

/// A follow-up that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Followed {
    /// Its index in the stage.
    pub index: usize,
    pub said: String,
    /// Nothing until it was compared.
    pub compared: Option<Compared>,
}

/// Where a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    /// The candidate reads the situation.
    Situation,
    /// The interviewer has asked, the candidate answers.
    Asked,
    /// The candidate ticks what they said.
    Ticking,
    /// The interviewer asks further.
    FollowUp,
    /// The candidate compares their answer with what is good to hear.
    Comparing,
    Over,
}

/// A conversation. It is plain data: kept as a draft, it goes on where it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// The interview's id.
    pub interview: String,
    pub role: String,
    pub level: Level,
    pub length: Length,
    /// When it was begun, in milliseconds since 1970.
    pub begun: i64,
    /// The stages that are asked: indices into the interview's.
    stages: Vec<usize>,
    pub heard: Vec<Heard>,
    pub turn: Turn,
    /// Counts the answer that is being given.
    pub clock: Clock,
}

impl Conversation {
    /// Begins one: the stages that somebody of that level is asked, as many as it is long.
    pub fn new(interview: &Interview, id: &str, role: &str, level: Level, length: Length, now: i64) -> Self {
        let asked = |(at, stage): (usize, &Stage)| (stage.from <= level).then_some(at);
        let stages = interview.stages.iter().enumerate().filter_map(asked).take(length.stages()).collect();
        let (interview, role) = (id.to_string(), role.to_string());
        let (heard, turn, clock) = (vec![], Turn::Situation, Clock::new(None));
        Self { interview, role, level, length, begun: now, stages, heard, turn, clock }
    }

    /// Whether it can go on with that interview, which may have changed since it was kept.
    pub fn fits(&self, interview: &Interview) -> bool {
        let stage = |at: usize| self.stages.get(at).and_then(|stage| interview.stages.get(*stage));
        let fits = |(at, heard): (usize, &Heard)| {
            stage(at).is_some_and(|stage| {
                stage.id == heard.stage
                    && heard.red_flags.iter().all(|flag| *flag < stage.red_flags.len())
                    && heard.follow_ups.iter().all(|followed| followed.index < stage.follow.len())
            })
        };
        let begun = !self.heard.is_empty() || matches!(self.turn, Turn::Situation | Turn::Over);
        let follows = self.heard.last().is_some_and(|heard| !heard.follow_ups.is_empty());
        begun
            && (follows || !matches!(self.turn, Turn::FollowUp | Turn::Comparing))
            && self.stages.iter().all(|at| *at < interview.stages.len())
            && self.heard.iter().enumerate().all(fits)
    }

    /// How many stages there will be, and the number of the one that is on, from 1.
    pub fn position(&self) -> (usize, usize) {
        (self.heard.len().max(1), self.stages.len())
    }

    /// The stages that were asked, each with what was heard.
    pub fn stages<'a>(&'a self, interview: &'a Interview) -> impl Iterator<Item = (&'a Stage, &'a Heard)> {
        self.stages.iter().filter_map(|at| interview.stages.get(*at)).zip(&self.heard)
    }

    /// The stage that is on.
    pub fn stage<'a>(&self, interview: &'a Interview) -> Option<&'a Stage> {
        interview.stages.get(*self.stages.get(self.heard.len().checked_sub(1)?)?)
    }

    /// The follow-up that is on.
    pub fn follow_up<'a>(&self, interview: &'a Interview) -> Option<&'a FollowUp> {
        self.stage(interview)?.follow.get(self.heard.last()?.follow_ups.last()?.index)
    }

    /// What was typed in answer to what is asked now.
    pub fn said(&self) -> &str {
        let Some(heard) = self.heard.last() else { return "" };
        match (self.turn, heard.follow_ups.last()) {
            (Turn::FollowUp | Turn::Comparing, Some(followed)) => &followed.said,
            _ => &heard.said,
        }
    }

    /// Keeps what is typed.
    pub fn say(&mut self, text: &str) {
        let Some(heard) = self.heard.last_mut() else { return };
        match (self.turn, heard.follow_ups.last_mut()) {
            (Turn::FollowUp, Some(followed)) => followed.said = text.to_string(),
            (Turn::Asked, _) => heard.said = text.to_string(),
            _ => {}
        }
    }

    /// Ticks a point, or takes the tick back.
    pub fn tick(&mut self, point: &str, ticked: bool) {
        if let (Turn::Ticking, Some(heard)) = (self.turn, self.heard.last_mut()) {
            heard.good.retain(|other| other != point);
            if ticked {
                heard.good.push(point.to_string());
            }
        }
    }

    /// Ticks a red flag, or takes the tick back.
    pub fn flag(&mut self, flag: usize, ticked: bool) {
        if let (Turn::Ticking, Some(heard)) = (self.turn, self.heard.last_mut()) {
            heard.red_flags.retain(|other| *other != flag);
            if ticked {
                heard.red_flags.push(flag);
            }
        }
    }

    /// Says how much of what is good to hear was in the answer to the follow-up, and goes on.
    pub fn compare(&mut self, interview: &Interview, compared: Compared, now: i64) {
        if self.turn == Turn::Comparing
            && let Some(followed) = self.heard.last_mut().and_then(|heard| heard.follow_ups.last_mut())
        {
            followed.compared = Some(compared);
            self.ask_further(interview, now);
        }
    }

    /// Goes on: from the situation to the first question, from an answer to the rubric, from the rubric to what it leads to.
    /// A comparison goes on by itself.
    pub fn go_on(&mut self, interview: &Interview, now: i64) {
        match self.turn {
            Turn::Situation => self.next_stage(interview, now),
            Turn::Asked => self.answered(Turn::Ticking, now),
            Turn::FollowUp => self.answered(Turn::Comparing, now),
            Turn::Ticking => self.ask_further(interview, now),
            Turn::Comparing | Turn::Over => {}
        }
    }

    /// Ends it here; the verdict is about what was asked.
    pub fn end(&mut self, now: i64) {
        if matches!(self.turn, Turn::Asked) {
            // A question that was not answered is none that was missed.
            self.heard.pop();
        }
        self.clock.stop(now);
        self.turn = Turn::Over;
    }

    fn answered(&mut self, next: Turn, now: i64) {
        self.clock.stop(now);
        if let Some(heard) = self.heard.last_mut() {
            heard.took = heard.took.saturating_add(self.clock.spent(now));
        }
        self.turn = next;
    }

    /// The next follow-up of the stage that is called for and was not asked, or the next stage.
    fn ask_further(&mut self, interview: &Interview, now: i64) {
        let (Some(stage), Some(heard)) = (self.stage(interview), self.heard.last_mut()) else { return };
        // Only what comes after the last one: ticks do not change any more.
        let from = heard.follow_ups.last().map_or(0, |last| last.index + 1);
        let called = |follow: &FollowUp| heard.good.contains(&follow.point) == (follow.when == When::Heard);
        let next = (from..stage.follow.len()).find(|at| called(&stage.follow[*at]));
        match next.filter(|_| heard.follow_ups.len() < self.length.follow_ups()) {
            Some(index) => {
                heard.follow_ups.push(Followed { index, said: String::new(), compared: None });
                self.turn = Turn::FollowUp;
                self.count(stage.follow[index].minutes, now);
            }
            None => self.next_stage(interview, now),
        }
    }

    fn next_stage(&mut self, interview: &Interview, now: i64) {
        let next = self.stages.get(self.heard.len()).and_then(|at| interview.stages.get(*at));
        let Some(stage) = next else {
            self.turn = Turn::Over;
            return;
        };
        self.heard.push(Heard {
            stage: stage.id.clone(),
            said: String::new(),
            good: vec![],
            red_flags: vec![],
            follow_ups: vec![],
            took: 0,
        });
        self.turn = Turn::Asked;
        self.count(stage.minutes, now);
    }

    /// Starts the clock for an answer.
    fn count(&mut self, minutes: u32, now: i64) {
        self.clock = Clock::new(Some(i64::from(minutes) * MINUTE));
        self.clock.start(now);
    }
}
