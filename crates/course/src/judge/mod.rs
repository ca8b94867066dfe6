//! Is it right, and why? A question, what a learner has given, and what came of it. Pure, and it never panics.
//!
//! ```text
//! given.rs     what a learner has given
//! verdict.rs   what came of it
//! choices.rs   choice, several, true or false, anomaly
//! typed.rs     short, number, gap;  reading.rs  a number as people write it
//! output.rs    what a program prints, line by line;  difference.rs  which lines differ
//! arranged.rs  order, match;  shuffle.rs  an order that gives nothing away
//! open.rs      a rubric; the goal of a lab
//! ```

mod arranged;
mod choices;
mod difference;
mod given;
mod open;
mod output;
mod reading;
mod shuffle;
mod typed;
mod verdict;

pub use arranged::rights;
pub use difference::{Line, difference};
pub use given::Given;
pub use reading::number;
pub use shuffle::{seed_of, shuffled};
pub use verdict::{Told, Verdict};

use crate::question::{Answer, Kind, Question};

/// Judges what was given. `answer` is what was found by running the question, if it is one of those; without it nothing is right.
///
/// What does not fit the question (a number for a choice, an option that is not there) counts as nothing given.
pub fn judge(question: &Question, answer: Option<&Answer>, given: &Given) -> Verdict {
    match &question.kind {
        Kind::Choice(options) => choices::one(&options.options, given),
        Kind::Several(options) => choices::several(&options.options, given),
        Kind::TrueFalse(claim) => choices::claim(claim, given),
        Kind::Short(short) => typed::short(short, given),
        Kind::Number(number) => typed::number(number, given),
        Kind::Output(predict) => output::output(predict, answer, given),
        Kind::Order(order) => arranged::order(order, answer, given),
        Kind::Match(matching) => arranged::matching(matching, given),
        Kind::Gap(gaps) => typed::gaps(gaps, given),
        Kind::Anomaly(anomalies) => choices::anomaly(anomalies, answer, given),
        Kind::Lab(goal) => open::goal(goal, answer, given),
        Kind::Open(open) => open::open(open, given),
    }
}
