//! What the log says about topics and days.

use super::record::Record;
use super::{Progress, Studied};
use crate::memory::{Card, Moment, forecast};
use std::collections::BTreeMap;

/// A learner's day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// How many questions were answered, and how many of them right.
    pub answers: u32,
    pub right: u32,
}

impl Day {
    pub(super) fn count(days: &mut BTreeMap<i32, Self>, record: &Record) {
        let day = days.entry(record.day).or_default();
        day.answers += 1;
        day.right += u32::from(record.is_right());
    }
}

/// Days in a row on which something was answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Streak {
    /// Up to today, or up to yesterday as long as today can still be one of them: nobody is told in the morning that it is over.
    pub current: u32,
    /// The longest there ever was. It is never lost.
    pub longest: u32,
}

/// How some questions stand.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Standing {
    /// How many there are, and how many of them were ever answered.
    pub questions: usize,
    pub seen: usize,
    /// How many should be asked now.
    pub due: usize,
    /// How many are mature (see [`crate::memory::MATURE_DAYS`]).
    pub mature: usize,
    /// How many are forgotten again and again (see [`crate::memory::LEECH_LAPSES`]).
    pub leeches: usize,
    /// Answers to them, and right ones.
    pub answers: u32,
    pub right: u32,
    /// The share of the seen ones that would be recalled now, 0 to 1: the mean retrievability. Nothing if none was seen.
    pub retention: Option<f64>,
}

impl Standing {
    /// The share of the questions that are known for some time to come, 0 to 1: those that are mature.
    pub fn mastery(&self) -> f64 {
        if self.questions == 0 { 0.0 } else { self.mature as f64 / self.questions as f64 }
    }

    /// The share of the answers that were right, 0 to 1. Nothing if there are none.
    pub fn share_right(&self) -> Option<f64> {
        (self.answers > 0).then(|| f64::from(self.right) / f64::from(self.answers))
    }

    /// Adds a question. Retrievabilities are summed up until [`Standing::finish`].
    fn question(&mut self, studied: Option<&Studied>, recall: Option<f64>, at: i64) {
        self.questions += 1;
        let Some(studied) = studied else { return };
        self.seen += 1;
        self.due += usize::from(studied.card.is_due(at));
        self.mature += usize::from(studied.card.is_mature());
        self.leeches += usize::from(studied.card.is_leech());
        self.answers = self.answers.saturating_add(studied.answers);
        self.right = self.right.saturating_add(studied.right);
        if let Some(recall) = recall {
            self.retention = Some(self.retention.unwrap_or(0.0) + recall);
        }
    }

    fn finish(mut self, measured: usize) -> Self {
        self.retention = self.retention.map(|sum| sum / measured as f64);
        self
    }
}

impl Progress {
    /// The cards of all questions that were ever answered.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.all_studied().map(|(_, studied)| &studied.card)
    }

    /// The questions that are due at a time in milliseconds since 1970, the longest overdue first.
    pub fn due(&self, at: i64) -> Vec<&str> {
        let mut due: Vec<_> = self.all_studied().filter(|(_, studied)| studied.card.is_due(at)).collect();
        due.sort_unstable_by_key(|(question, studied)| (studied.card.due, *question));
        due.into_iter().map(|(question, _)| question).collect()
    }

    /// How many questions will be due on each of the learner's next days, today with all that is overdue first.
    pub fn forecast(&self, now: Moment, days: usize) -> Vec<u32> {
        forecast(self.cards(), now, days)
    }

    /// The questions that are forgotten again and again, the worst first.
    pub fn leeches(&self) -> Vec<&str> {
        let mut leeches: Vec<_> = self.all_studied().filter(|(_, studied)| studied.card.is_leech()).collect();
        leeches.sort_unstable_by_key(|(question, studied)| (std::cmp::Reverse(studied.card.lapses), *question));
        leeches.into_iter().map(|(question, _)| question).collect()
    }

    /// How some questions stand at a time in milliseconds since 1970.
    pub fn standing<'a>(&self, questions: impl IntoIterator<Item = &'a str>, at: i64) -> Standing {
        let (mut standing, mut measured) = (Standing::default(), 0);
        for question in questions {
            let studied = self.studied(question);
            let recall = studied.and_then(|studied| studied.card.retrievability(&self.scheduler.parameters, at));
            measured += usize::from(recall.is_some());
            standing.question(studied, recall, at);
        }
        standing.finish(measured)
    }

    /// How each topic stands, of a map from questions to topics. Answers to questions that are not in it are left out.
    pub fn by_topic<'a>(&self, topics: &'a BTreeMap<String, String>, at: i64) -> BTreeMap<&'a str, Standing> {
        let mut questions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (question, topic) in topics {
            questions.entry(topic).or_default().push(question);
        }
        questions.into_iter().map(|(topic, questions)| (topic, self.standing(questions, at))).collect()
    }

    /// What was answered on each of so many days, from a first one on. Totals that were carried over have no days.
    pub fn per_day(&self, first: i32, days: usize) -> Vec<Day> {
        let day = |ahead: usize| i32::try_from(ahead).ok().and_then(|ahead| first.checked_add(ahead));
        (0..days).map(|ahead| day(ahead).and_then(|day| self.days.get(&day)).copied().unwrap_or_default()).collect()
    }

    /// Days in a row, as of a day of the learner's. What was answered on later days (a clock that was wrong) does not break them.
    pub fn streak(&self, today: i32) -> Streak {
        let (mut streak, mut run, mut last) = (Streak::default(), 0, None);
        for &day in self.days.keys().filter(|day| **day <= today) {
            run = if last.is_some_and(|last: i32| last.checked_add(1) == Some(day)) { run + 1 } else { 1 };
            streak.longest = streak.longest.max(run);
            last = Some(day);
        }
        if last.is_some_and(|last| last >= today.saturating_sub(1)) {
            streak.current = run;
        }
        streak
    }
}
