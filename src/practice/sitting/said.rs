//! An answer in a few words, as it is kept in the log.

use interleave_course::judge::Given;
use interleave_course::{Kind, Question};

/// What was given, for somebody who reads the file: the text of an option rather than its number.
pub fn said(question: &Question, given: &Given) -> String {
    let option = |at: &usize| match &question.kind {
        Kind::Anomaly(anomalies) => anomalies.options.get(*at).map(|option| option.text.clone()),
        _ => question.options().get(*at).map(|option| option.text.clone()),
    };
    let numbers = |all: &[usize]| all.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(", ");
    match given {
        Given::None => String::new(),
        Given::Option(at) => option(at).unwrap_or_default(),
        Given::Options(all) => all.iter().filter_map(option).collect::<Vec<_>>().join("; "),
        Given::Truth(truth) => truth.to_string(),
        Given::Text(text) => text.clone(),
        Given::Texts(texts) => texts.join("; "),
        Given::Order(order) => numbers(order),
        Given::Pairs(pairs) => {
            let pair = |to: &Option<usize>| to.map_or_else(|| "-".to_string(), |to| (to + 1).to_string());
            pairs.iter().map(pair).collect::<Vec<_>>().join(", ")
        }
        Given::Reached(reached) => if *reached { "reached" } else { "not reached" }.to_string(),
        Given::Rubric { good, red_flags } => format!("heard {}; red flags {}", numbers(good), numbers(red_flags)),
    }
}
