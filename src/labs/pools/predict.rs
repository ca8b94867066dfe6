//! What will it get? Who is next? Which size is enough? What can be asked, and the answers, are read from the tape.

use crate::labs::{Choice, Prediction};
use interleave_traffic::pool::{PoolTape, Scene, Slot, Who, enough};

/// The first question about something that happens after frame `at`; the last one is about sizes.
pub fn predict(tape: &PoolTape, at: usize) -> Option<Prediction> {
    // Between the close look and the results are the slices, which nobody can guess.
    let mut before = tape.scene(at);
    for frame in at + 1..tape.len() {
        let after = tape.scene(frame);
        if after.results.is_some() {
            break;
        }
        let asked = next(&before, &after).or_else(|| arrival(&before, &after));
        if let Some((question, options, answer)) = asked {
            return Some(prediction(tape, frame - 1, frame, question, options, answer));
        }
        before = after;
    }
    sizes(tape, at)
}

type Asked = (String, Vec<Choice>, usize);

fn prediction(
    tape: &PoolTape,
    asked_at: usize,
    answered_at: usize,
    question: String,
    options: Vec<Choice>,
    answer: usize,
) -> Prediction {
    let why = tape.frames()[answered_at].note.clone();
    Prediction { asked_at, answered_at, question, options, answer, why }
}

fn choice(name: impl Into<String>, place: &'static str, role: &'static str) -> Choice {
    Choice { name: name.into(), place, role }
}

/// A connection comes back while several wait.
fn next(before: &Scene, after: &Scene) -> Option<Asked> {
    let (first, last) = (before.queue.first()?.who, before.queue.last()?.who);
    if first.request == last.request
        || before.waiting as usize != before.queue.len()
        || after.waiting + 1 != before.waiting
    {
        return None;
    }
    let place = (0..after.slots.len()).find(|&place| {
        let got = matches!(after.slots[place], Slot::Running(who) if who == first);
        got && before.slots[place] != after.slots[place]
    })?;
    let holder = holder(&before.slots[place])?;
    let options = vec![
        choice("nobody: it lies idle", "pool", "role-close"),
        choice(format!("request {}", last.request), "last in the queue", "role-timers"),
        choice(format!("request {}", first.request), "first in the queue", "role-poll"),
    ];
    Some((
        format!("Request {} is about to give connection {} back. Who gets it?", holder.request, place + 1),
        options,
        2,
    ))
}

fn holder(slot: &Slot) -> Option<&Who> {
    match slot {
        Slot::Running(who) | Slot::Holding(who) => Some(who),
        _ => None,
    }
}

/// A request arrives that asks for one connection.
fn arrival(before: &Scene, after: &Scene) -> Option<Asked> {
    if after.counts.arrived != before.counts.arrived + 1 || after.about.len() != 1 {
        return None;
    }
    let answer = if after.waiting > before.waiting {
        2
    } else if after.counts.opened > before.counts.opened {
        1
    } else {
        0
    };
    let options = vec![
        choice("an idle connection", "pool", "role-poll"),
        choice("a new connection", "pool", "role-check"),
        choice("a place in the queue", "queue", "role-timers"),
    ];
    Some((format!("Request {} arrives. What does it get?", after.counts.arrived), options, answer))
}

/// After the run: which of the sizes is enough?
fn sizes(tape: &PoolTape, at: usize) -> Option<Prediction> {
    let last = tape.last();
    let best = enough(&last.levels)?.max;
    let asked_at = (0..tape.len()).find(|&frame| tape.scene(frame).results.is_some())?;
    if at > asked_at || last.levels.len() < 2 {
        return None;
    }
    let options: Vec<Choice> =
        last.levels.iter().map(|level| choice(level.max.to_string(), "connections", "role-microtask")).collect();
    let answer = last.levels.iter().position(|level| level.max == best)?;
    let question = "The same requests, with pools of these sizes. Which is the smallest that serves quick requests about as fast as any?";
    Some(prediction(tape, asked_at, tape.len() - 1, question.into(), options, answer))
}
