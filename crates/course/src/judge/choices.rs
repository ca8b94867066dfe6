//! Options, of which some are right.

use super::{Given, Told, Verdict};
use crate::question::{Anomalies, Answer, Choice, Claim};

fn tell(options: &[Choice], chosen: &[usize]) -> Vec<Told> {
    let told = |(at, option): (usize, &Choice)| Told {
        text: option.text.clone(),
        right: option.right,
        given: chosen.contains(&at),
        reason: option.reason.clone(),
    };
    options.iter().enumerate().map(told).collect()
}

fn right_ones(options: &[Choice]) -> String {
    let right: Vec<&str> = options.iter().filter(|option| option.right).map(|option| option.text.trim()).collect();
    right.join("; ")
}

pub fn one(options: &[Choice], given: &Given) -> Verdict {
    let chosen = if let Given::Option(at) = given { *at } else { usize::MAX };
    let right = options.get(chosen).is_some_and(|option| option.right);
    Verdict::whole(right, tell(options, &[chosen]), &right_ones(options), "")
}

/// All that are right, and no other. The share is what was found less what was chosen wrongly.
pub fn several(options: &[Choice], given: &Given) -> Verdict {
    let chosen = if let Given::Options(chosen) = given { chosen.as_slice() } else { &[] };
    let count = |right: bool| {
        options.iter().enumerate().filter(|(at, option)| option.right == right && chosen.contains(at)).count()
    };
    let of = options.iter().filter(|option| option.right).count();
    let (hits, slips) = (count(true), count(false));
    let mut verdict = Verdict::parts(hits.saturating_sub(slips), of, tell(options, chosen), right_ones(options), "");
    verdict.right = of > 0 && hits == of && slips == 0;
    verdict
}

pub fn claim(claim: &Claim, given: &Given) -> Verdict {
    let told = [true, false].map(|truth| Told {
        text: truth_name(truth).into(),
        right: truth == claim.answer,
        given: *given == Given::Truth(truth),
        reason: if truth == claim.answer { claim.because.clone() } else { claim.otherwise.clone() },
    });
    Verdict::whole(*given == Given::Truth(claim.answer), told.into(), truth_name(claim.answer), "")
}

fn truth_name(truth: bool) -> &'static str {
    if truth { "True" } else { "False" }
}

pub fn anomaly(anomalies: &Anomalies, answer: Option<&Answer>, given: &Given) -> Verdict {
    let right = if let Some(Answer::Option(at)) = answer { Some(*at) } else { None };
    let chosen = if let Given::Option(at) = given { Some(*at) } else { None };
    let told = anomalies.options.iter().enumerate().map(|(at, option)| Told {
        text: option.text.clone(),
        right: right == Some(at),
        given: chosen == Some(at),
        reason: option.reason.clone(),
    });
    let name = right.and_then(|at| anomalies.options.get(at)).map_or("", |option| option.text.trim());
    let hit = !name.is_empty() && right == chosen;
    Verdict::whole(hit, told.collect(), name, &anomalies.because)
}
