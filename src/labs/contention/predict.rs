//! Which strategy comes out first? Asked before the run is over, and again before the hardest level.

use super::figures::{again, rate};
use super::way;
use crate::labs::{Choice, Prediction};
use interleave_sql::workload::{Figures, Strategy, WorkloadTape};

/// What can be asked about figures: the question, what is measured, and whether most or least of it is right.
type Ask = (&'static str, fn(&Figures, u64) -> f64, bool);

const ASKS: [Ask; 5] = [
    ("Which strategy will have committed most {when}?", rate, true),
    ("Whose transactions will have waited longest for locks {when}?", |figures, _| f64::from(figures.wait), true),
    (
        "Which strategy will have had to try again most often, for every commit, {when}?",
        |figures, _| again(figures),
        true,
    ),
    ("Which strategy will have committed least {when}?", rate, false),
    (
        "Which strategy's slow transactions (5 of 100) will have taken longest {when}?",
        |f, _| f64::from(f.took_95),
        true,
    ),
];

/// The next question that has one clear answer: about the end of the run, then about the last level of contention.
pub fn predict(tape: &WorkloadTape, at: usize) -> Option<Prediction> {
    let levels = |frame: usize| tape.scene(frame).levels.len();
    let over = (0..tape.len()).find(|&frame| levels(frame) > 0)?.checked_sub(1)?;
    if at < over {
        let scene = tape.scene(over);
        let figures: Vec<_> = scene.standings.iter().map(|standing| (standing.strategy, &standing.figures)).collect();
        return ask(tape, (at, over), "when the time is over", &figures, scene.clock);
    }
    let last = (at + 1..tape.len()).rev().find(|&frame| levels(frame) > levels(frame - 1))?;
    let scene = tape.scene(last);
    let level = scene.levels.last()?;
    let figures: Vec<_> = level.figures.iter().map(|(strategy, figures)| (*strategy, figures)).collect();
    ask(tape, (at, last), &format!("at the last level, {}", level.level), &figures, level.clock.into())
}

/// The first question that one strategy answers clearly: figures within a few percent would be a guess.
fn ask(
    tape: &WorkloadTape,
    (asked_at, answered_at): (usize, usize),
    when: &str,
    figures: &[(Strategy, &Figures)],
    clock: u64,
) -> Option<Prediction> {
    // Another one at another step, so that all of them can be met.
    let asks = (0..ASKS.len()).map(|i| ASKS[(at_step(asked_at) + i) % ASKS.len()]);
    let (question, answer) = asks.into_iter().find_map(|(question, measure, most)| {
        let values: Vec<f64> = figures.iter().map(|(_, figures)| measure(figures, clock)).collect();
        Some((question, clear(&values, most)?))
    })?;
    Some(Prediction {
        asked_at,
        answered_at,
        question: question.replace("{when}", when),
        options: figures.iter().map(|(strategy, _)| choice(*strategy)).collect(),
        answer,
        why: tape.frames().get(answered_at)?.note.clone(),
    })
}

/// Neighbouring steps ask the same.
fn at_step(at: usize) -> usize {
    at / 4
}

/// Which value is the most, or the least, by more than a few percent.
fn clear(values: &[f64], most: bool) -> Option<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    if most {
        order.reverse();
    }
    let [first, second, ..] = order[..] else { return None };
    let (least, greatest) = (values[first].min(values[second]), values[first].max(values[second]));
    (greatest > 0.0 && least < greatest * 0.96).then_some(first)
}

fn choice(strategy: Strategy) -> Choice {
    Choice { name: strategy.title().into(), place: way::sql(strategy), role: way::role(strategy) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_answer_is_asked_for() {
        assert_eq!(clear(&[400.0, 402.0, 100.0], true), None);
        assert_eq!(clear(&[400.0, 402.0, 100.0], false), Some(2));
        assert_eq!(clear(&[0.0, 0.0], true), None);
        assert_eq!(clear(&[0.0, 3.0], true), Some(1));
    }
}
