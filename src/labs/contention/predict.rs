//! Which strategy comes out first? Asked before the run is over, and again before the hardest level.

use super::figures::{again, rate};
use super::way;
use crate::labs::{Choice, Prediction};
use interleave_sql::workload::{Figures, Scene, Strategy, WorkloadTape};

/// What can be asked about figures: the question, and what the right strategy has most of.
type Ask = (&'static str, fn(&Figures, u64) -> f64);

const OF_THE_RUN: [Ask; 3] = [
    ("Which strategy will have committed most when the time is over?", rate),
    ("Which strategy will have to try again most often, for every commit?", |figures, _| again(figures)),
    ("Whose transactions will wait longest for locks, on average?", |figures, _| f64::from(figures.wait)),
];

/// The next question that has one answer.
pub fn predict(tape: &WorkloadTape, at: usize) -> Option<Prediction> {
    let over = last_slice(tape)?;
    if at < over {
        let scene = tape.scene(over);
        let figures: Vec<_> = scene.standings.iter().map(|standing| (standing.strategy, &standing.figures)).collect();
        // One question a reader, another one for the next reader further on: all of them can be met.
        let asks = (0..OF_THE_RUN.len()).map(|i| OF_THE_RUN[(at + i) % OF_THE_RUN.len()]);
        return asks.into_iter().find_map(|(question, measure)| {
            ask(tape, (at, over), question.into(), &figures, |figures| measure(figures, scene.clock))
        });
    }
    let last = (at + 1..tape.len())
        .rev()
        .find(|&frame| tape.scene(frame).levels.len() > tape.scene(frame - 1).levels.len())?;
    let scene = tape.scene(last);
    let level = scene.levels.last()?;
    let figures: Vec<_> = level.figures.iter().map(|(strategy, figures)| (*strategy, figures)).collect();
    let question = format!("Which strategy commits most at the hardest level, {}?", level.level);
    ask(tape, (at, last), question, &figures, |figures| rate(figures, level.clock.into()))
}

/// The frame with which the time is over.
fn last_slice(tape: &WorkloadTape) -> Option<usize> {
    let levels = |scene: &Scene| scene.levels.len();
    let first_level = (0..tape.len()).find(|&frame| levels(&tape.scene(frame)) > 0)?;
    first_level.checked_sub(1)
}

/// `None` when two strategies share the answer, or nobody has any of it.
fn ask(
    tape: &WorkloadTape,
    (asked_at, answered_at): (usize, usize),
    question: String,
    figures: &[(Strategy, &Figures)],
    measure: impl Fn(&Figures) -> f64,
) -> Option<Prediction> {
    let values: Vec<f64> = figures.iter().map(|(_, figures)| measure(figures)).collect();
    let most = values.iter().copied().fold(0.0, f64::max);
    let answer = values.iter().position(|value| *value == most)?;
    if most == 0.0 || values.iter().filter(|value| **value == most).count() > 1 {
        return None;
    }
    Some(Prediction {
        asked_at,
        answered_at,
        question,
        options: figures.iter().map(|(strategy, _)| choice(*strategy)).collect(),
        answer,
        why: tape.frames().get(answered_at)?.note.clone(),
    })
}

fn choice(strategy: Strategy) -> Choice {
    Choice { name: strategy.title().into(), place: way::sql(strategy), role: way::role(strategy) }
}
