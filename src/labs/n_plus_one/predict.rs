//! How often will that line ask? How many round trips have to wait for each other? Questions and answers are read from the tape.

use super::telling::asks;
use crate::draw::time::grouped;
use crate::labs::{Choice, Prediction};
use interleave_queries::{Event, Finding, Kind, QueryTape, Run, events};

/// The first question about something that happens after frame `at`; the last one is about the whole run.
pub fn predict(tape: &QueryTape, at: usize) -> Option<Prediction> {
    let last = tape.last();
    let run = last.run.as_deref()?;
    let events = events(run);
    let frame_of = |wanted: Event| events.iter().position(|(_, event)| *event == wanted).map(|at| at + 1);
    let repeated = run.findings.iter().enumerate().filter(|(_, finding)| finding.kind == Kind::NPlusOne);
    let questions = repeated.filter_map(|(number, finding)| {
        let first = run.groups.get(finding.group as usize)?.queries.first()?;
        let asked_at = frame_of(Event::Answered(*first as usize))?;
        Some((asked_at, frame_of(Event::Found(number))?, finding))
    });
    let next = questions.filter(|(asked_at, ..)| *asked_at >= at).min_by_key(|question| question.0);
    match next {
        Some((asked_at, answered_at, finding)) => how_often(tape, run, finding, asked_at, answered_at),
        None => in_a_row(tape, run, at),
    }
}

/// Different numbers in order, and which of them is the answer.
fn options(numbers: &[u32], answer: u32) -> Option<(Vec<u32>, usize)> {
    let mut numbers: Vec<u32> = numbers.iter().copied().filter(|number| *number > 0).collect();
    numbers.push(answer);
    numbers.sort_unstable();
    numbers.dedup();
    let place = numbers.iter().position(|number| *number == answer)?;
    (numbers.len() > 1).then_some((numbers, place))
}

fn how_often(
    tape: &QueryTape,
    run: &Run,
    finding: &Finding,
    asked_at: usize,
    answered_at: usize,
) -> Option<Prediction> {
    let group = run.groups.get(finding.group as usize)?;
    let times = group.queries.len() as u32;
    let (numbers, answer) = options(&[1, run.log.connections.len() as u32, times, times * 2], times)?;
    let question = format!(
        "Line {} has asked for the first time: {}. How often will it have asked in the end?",
        group.line.map_or_else(|| "?".into(), |line| line.to_string()),
        asks(run, group)
    );
    let choice = |number: u32| Choice {
        name: if number == 1 { "once".into() } else { format!("{} times", grouped(number.into())) },
        place: "in the end",
        role: "role-poll",
    };
    Some(Prediction {
        asked_at,
        answered_at,
        question,
        options: numbers.into_iter().map(choice).collect(),
        answer,
        why: tape.frames()[answered_at].note.clone(),
    })
}

/// Before the last frame: how many round trips each waited for the one before?
fn in_a_row(tape: &QueryTape, run: &Run, at: usize) -> Option<Prediction> {
    let answered_at = tape.len().checked_sub(1)?;
    let asked_at = answered_at.checked_sub(1)?;
    let totals = &run.totals;
    if at > asked_at || totals.queries == 0 {
        return None;
    }
    let all = totals.round_trips;
    let (numbers, answer) = options(&[1, all.div_ceil(4), all], totals.in_a_row)?;
    let choice = |number: u32| Choice { name: grouped(number.into()), place: "one after the other", role: "role-poll" };
    Some(Prediction {
        asked_at,
        answered_at,
        question: format!(
            "{} round trips have been made. How many of them had to wait, each for the one before?",
            grouped(all.into())
        ),
        options: numbers.into_iter().map(choice).collect(),
        answer,
        why: tape.frames()[answered_at].note.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_different_and_in_order() {
        assert_eq!(options(&[1, 4, 100, 200], 100), Some((vec![1, 4, 100, 200], 2)));
        assert_eq!(options(&[1, 1, 4], 4), Some((vec![1, 4], 1)));
        assert_eq!(options(&[0, 3], 3), None, "nobody is asked what there is no choice in");
    }
}
