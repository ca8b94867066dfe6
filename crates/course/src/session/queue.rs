//! Questions one after the other, those that were missed once more.

use crate::memory::Rating;
use std::collections::{BTreeMap, VecDeque};

/// How many others come before a question that was missed is asked again, if there are so many.
const APART: usize = 4;

/// A sitting of study or review.
///
/// A question is done when it was recalled. One that was not comes back a few questions later, so the sitting ends with
/// everything recalled once; what is counted as right is the first answer alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    waiting: VecDeque<String>,
    total: usize,
    outcomes: BTreeMap<String, Outcome>,
    /// Answers, the repeated ones too.
    answers: usize,
    took: u64,
}

/// What came of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The rating of its first answer.
    pub first: Rating,
    pub answers: u32,
}

/// What came of a sitting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Questions that were answered, and how many at the first try.
    pub questions: usize,
    pub right: usize,
    /// Answers, the repeated ones too.
    pub answers: usize,
    /// First answers by rating: again, hard, good, easy.
    pub ratings: [usize; 4],
    /// Milliseconds, as far as they were measured.
    pub took: u64,
    /// Those that were missed at the first try.
    pub missed: Vec<String>,
}

impl Queue {
    /// A sitting with these questions, in this order.
    pub fn new(questions: Vec<String>) -> Self {
        let total = questions.len();
        Self { waiting: questions.into(), total, outcomes: BTreeMap::new(), answers: 0, took: 0 }
    }

    /// What is asked now; nothing when it is over.
    pub fn current(&self) -> Option<&str> {
        self.waiting.front().map(String::as_str)
    }

    /// Which one is asked, from 1, and how many there are: "7 of 31". Repetitions do not count up.
    pub fn position(&self) -> (usize, usize) {
        let done = self.total - self.distinct_waiting();
        ((done + 1).min(self.total), self.total)
    }

    /// Whether the current question was missed before.
    pub fn is_repetition(&self) -> bool {
        self.current().is_some_and(|question| self.outcomes.contains_key(question))
    }

    /// How many questions are recalled.
    pub fn done(&self) -> usize {
        self.total - self.distinct_waiting()
    }

    fn distinct_waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes the rating of the current question's answer and goes on.
    pub fn answered(&mut self, rating: Rating, took: Option<u32>) {
        let Some(question) = self.waiting.pop_front() else { return };
        self.answers += 1;
        self.took = self.took.saturating_add(u64::from(took.unwrap_or(0)));
        let outcome = self.outcomes.entry(question.clone()).or_insert(Outcome { first: rating, answers: 0 });
        outcome.answers += 1;
        if !rating.recalled() {
            let at = APART.min(self.waiting.len());
            self.waiting.insert(at, question);
        }
    }

    /// Leaves the current question out of this sitting.
    pub fn skip(&mut self) {
        if let Some(question) = self.waiting.pop_front()
            && !self.outcomes.contains_key(&question)
        {
            self.total -= 1;
        }
    }

    /// What has come of it so far.
    pub fn summary(&self) -> Summary {
        let mut summary =
            Summary { questions: self.outcomes.len(), answers: self.answers, took: self.took, ..Summary::default() };
        for (question, outcome) in &self.outcomes {
            summary.ratings[outcome.first as usize] += 1;
            if outcome.first.recalled() {
                summary.right += 1;
            } else {
                summary.missed.push(question.clone());
            }
        }
        summary
    }
}
