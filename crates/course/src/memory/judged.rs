//! The rating of an answer that a machine has judged. This is the one place where it is decided.
//!
//! FSRS wants to know how well something was recalled, and is told by the learner. Whoever chooses among options, types a word or
//! puts events in order is told whether it is right; the rest is derived from how the answer came about:
//!
//! | what happened | rating |
//! |---|---|
//! | wrong | again |
//! | right, but with a hint, at a second try, or slowly | hard |
//! | right, quickly, and said to be sure | easy |
//! | right | good |
//!
//! Slow is more than [`SLOW`] times, quick at most [`QUICK`] times the [`usual_time`] of the question. Those figures are ours; no
//! paper is behind them. An answer whose time is not known is neither.

use super::rating::Rating;
use crate::question::{Kind, Question, Tape};

/// From how many usual times on an answer is slow.
pub const SLOW: f64 = 3.0;
/// Up to how many usual times it is quick.
pub const QUICK: f64 = 0.5;

/// An answer and how it came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    pub right: bool,
    /// How many answers were given, this one included; at least 1.
    pub tries: u32,
    /// How many hints were shown before it.
    pub hints: u32,
    /// Whether the learner said beforehand to be sure of it.
    pub sure: bool,
    /// How long it took, in milliseconds; nothing where it was not measured.
    pub took: Option<u32>,
    /// How long it usually takes, in milliseconds, see [`usual_time`].
    pub usual: u32,
}

impl Judged {
    /// What it says of the memory.
    pub fn rating(self) -> Rating {
        let times = self.took.map(|took| f64::from(took) / f64::from(self.usual.max(1)));
        let slow = times.is_some_and(|times| times > SLOW);
        let quick = times.is_some_and(|times| times <= QUICK);
        if !self.right {
            Rating::Again
        } else if slow || self.hints > 0 || self.tries > 1 {
            Rating::Hard
        } else if quick && self.sure {
            Rating::Easy
        } else {
            Rating::Good
        }
    }
}

/// How long a question usually takes, in milliseconds: to read it at four words a second, code at two, and to answer it in the
/// way that its kind asks for. Five seconds to ten minutes. Open questions take as long as talking does, and are not measured by it.
pub fn usual_time(question: &Question) -> u32 {
    let words = |text: &str| text.split_whitespace().count() as u32;
    let all = |texts: &mut dyn Iterator<Item = &str>| texts.map(words).sum::<u32>();
    // Words of prose, words of code, and seconds to answer.
    let (prose, code, answer) = match &question.kind {
        Kind::Choice(options) => (all(&mut options.options.iter().map(|option| &*option.text)), 0, 5),
        Kind::Several(options) => {
            let count = options.options.len() as u32;
            (all(&mut options.options.iter().map(|option| &*option.text)), 0, 5 + 2 * count)
        }
        Kind::TrueFalse(_) => (0, 0, 5),
        Kind::Short(_) => (0, 0, 15),
        Kind::Number(_) => (0, 0, 20),
        Kind::Output(predict) => (0, words(&predict.program.program), 30),
        Kind::Order(order) => {
            let code = match &order.of {
                Tape::Program(program) => words(&program.program),
                Tape::Lab { .. } => 0,
            };
            (all(&mut order.events.iter().map(|event| &*event.text)), code, 5 * order.events.len() as u32)
        }
        Kind::Match(matching) => {
            let pairs = matching.pairs.iter().flat_map(|pair| [&*pair.left, &*pair.right]);
            (all(&mut pairs.into_iter()), 0, 6 * matching.pairs.len() as u32)
        }
        Kind::Gap(gaps) => (words(&gaps.text), 0, 8 * gaps.gaps.len() as u32),
        Kind::Anomaly(anomalies) => (all(&mut anomalies.options.iter().map(|option| &*option.text)), 0, 45),
        Kind::Lab(_) => (0, 0, 120),
        Kind::Open(_) => (0, 0, 180),
    };
    let prose = prose.saturating_add(words(&question.stem));
    let seconds = (prose / 4).saturating_add(code / 2).saturating_add(answer);
    seconds.clamp(5, 600) * 1000
}
