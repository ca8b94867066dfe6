//! What no machine can read, and what one has done elsewhere.

use super::{Given, Told, Verdict};
use crate::question::{Answer, Goal, Open, Way};

/// The goal of a lab: the lab itself says whether it is reached.
pub fn goal(goal: &Goal, answer: Option<&Answer>, given: &Given) -> Verdict {
    let way = match answer {
        Some(Answer::Reach(Way::Schedule(letters))) => format!("{}: {letters}", goal.goal),
        _ => goal.goal.clone(),
    };
    Verdict::whole(*given == Given::Reached(true), vec![], &way, &goal.because)
}

/// The points of the rubric, then the red flags. A red flag takes back a point; right is half of the points and no red flag.
pub fn open(open: &Open, given: &Given) -> Verdict {
    let (good, flags) = match given {
        Given::Rubric { good, red_flags } => (good.as_slice(), red_flags.as_slice()),
        _ => (&[][..], &[][..]),
    };
    let points = open.good.iter().enumerate().map(|(at, point)| {
        let given = good.contains(&at);
        Told { text: point.text.clone(), right: given, given, reason: point.follow_up.clone() }
    });
    let warnings = open.red_flags.iter().enumerate().map(|(at, flag)| {
        let given = flags.contains(&at);
        Told { text: flag.text.clone(), right: !given, given, reason: flag.reason.clone() }
    });
    let told: Vec<Told> = points.chain(warnings).collect();
    let (points, warnings) = told.split_at(open.good.len());
    let heard = points.iter().filter(|told| told.given).count();
    let raised = warnings.iter().filter(|told| told.given).count();
    let answer = points.iter().map(|told| told.text.trim()).collect::<Vec<_>>().join("; ");
    let mut verdict = Verdict::parts(heard.saturating_sub(raised), open.good.len(), told, answer, "");
    verdict.right = raised == 0 && heard > 0 && heard * 2 >= open.good.len();
    verdict
}
