use crate::question::{Kind, Question};
use serde::{Deserialize, Serialize};

/// What a learner has given as an answer, before or after it is judged.
///
/// Indices are those of the question as it is written, whatever order it was shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Given {
    /// Nothing yet.
    #[default]
    None,
    /// Choice, anomaly.
    Option(usize),
    /// Several.
    Options(Vec<usize>),
    /// True or false.
    Truth(bool),
    /// Short, number, output.
    Text(String),
    /// Gaps, in the order of their numbers.
    Texts(Vec<String>),
    /// Events: the first one happens first.
    Order(Vec<usize>),
    /// For each left side the [right one](super::rights) that was put to it.
    Pairs(Vec<Option<usize>>),
    /// Whether the goal was reached in the lab.
    Reached(bool),
    /// Which points of the rubric the learner's own answer had.
    Rubric { good: Vec<usize>, red_flags: Vec<usize> },
}

impl Given {
    /// Whether it is an answer that can be judged: something was chosen, typed or brought into order. A rubric of which nothing is
    /// ticked is an answer, too.
    pub fn answers(&self, question: &Question) -> bool {
        match (&question.kind, self) {
            (Kind::Choice(options), Self::Option(at)) => *at < options.options.len(),
            (Kind::Anomaly(anomalies), Self::Option(at)) => *at < anomalies.options.len(),
            (Kind::Several(options), Self::Options(chosen)) => {
                !chosen.is_empty() && chosen.iter().all(|at| *at < options.options.len())
            }
            (Kind::TrueFalse(_), Self::Truth(_)) => true,
            (Kind::Short(_) | Kind::Number(_) | Kind::Output(_), Self::Text(text)) => !text.trim().is_empty(),
            (Kind::Gap(gaps), Self::Texts(texts)) => {
                texts.len() == gaps.gaps.len() && texts.iter().all(|text| !text.trim().is_empty())
            }
            (Kind::Order(order), Self::Order(events)) => {
                let mut sorted = events.clone();
                sorted.sort_unstable();
                sorted.into_iter().eq(0..order.events.len())
            }
            (Kind::Match(matching), Self::Pairs(pairs)) => {
                let rights = matching.pairs.len() + matching.decoys.len();
                pairs.len() == matching.pairs.len() && pairs.iter().all(|at| at.is_some_and(|at| at < rights))
            }
            (Kind::Lab(_), Self::Reached(reached)) => *reached,
            (Kind::Open(_), Self::Rubric { .. }) => true,
            _ => false,
        }
    }
}
