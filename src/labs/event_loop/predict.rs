//! Which callback runs next? The candidates are the ones that wait in the scene; the answer is the one the tape shows.

use super::chip::{kind_name, role};
use crate::labs::{Choice, Prediction};
use interleave_kernel::Mark;
use interleave_node::{CallbackId, Change, Kind, NodeTape, Scene};

/// The next start of a callback after frame `at` of which one could be in doubt.
pub fn predict(tape: &NodeTape, at: usize) -> Option<Prediction> {
    let mut from = at;
    loop {
        let (start, id) = next_start(tape, from)?;
        let asked_at = boundary(tape, from, start);
        let scene = tape.scene(asked_at);
        let mut ids = candidates(&scene);
        if !ids.contains(&id) {
            ids.push(id);
        }
        // In the order in which they were made: it says nothing about the order in which they run.
        ids.sort();
        ids.dedup();
        if ids.len() > 1
            && let Some(answer) = ids.iter().position(|&other| other == id)
        {
            return Some(Prediction {
                asked_at,
                answered_at: start,
                question: "What runs next?".into(),
                options: ids.iter().map(|&id| choice(&scene, id)).collect(),
                answer,
                why: tape.frames()[start].note.clone(),
            });
        }
        from = start;
    }
}

/// The first frame after `at` in which a callback begins, and which.
fn next_start(tape: &NodeTape, at: usize) -> Option<(usize, CallbackId)> {
    let later = tape.frames().iter().enumerate().skip(at + 1).filter(|(_, frame)| frame.mark >= Mark::Unit);
    later.into_iter().find_map(|(i, frame)| {
        let started = frame.changes.iter().rev().find_map(|change| match change {
            Change::Running(running) => Some(*running),
            _ => None,
        });
        Some((i, started.flatten()?))
    })
}

/// The frame to ask at: where the callback before ended, or `at` if that is later. What lies between it and `start` would give the answer away.
fn boundary(tape: &NodeTape, at: usize, start: usize) -> usize {
    let ended = (at + 1..start).rev().find(|&i| {
        let mut changes = tape.frames()[i].changes.iter().rev();
        changes.find_map(|change| match change {
            Change::Running(running) => Some(running.is_none()),
            _ => None,
        }) == Some(true)
    });
    match ended {
        Some(end) => end,
        // Nothing ran at `at` already, or one callback follows the other without a pause.
        None if tape.scene(at).running.is_none() => at,
        None => start - 1,
    }
}

/// Everyone who could be next: the front of each queue, the next timer, and what the threads are at.
fn candidates(scene: &Scene) -> Vec<CallbackId> {
    let queues = [&scene.ticks, &scene.microtasks, &scene.pending, &scene.poll, &scene.check, &scene.close];
    let fronts = queues.iter().filter_map(|queue| queue.first().copied());
    let timer = scene.timers.first().map(|timer| timer.callback);
    let threads = scene.threads.iter().flatten().map(|work| work.callback);
    fronts.chain(timer).chain(threads).collect()
}

fn choice(scene: &Scene, id: CallbackId) -> Choice {
    let callback = scene.callback(id);
    let place = match callback.kind {
        Kind::Timer | Kind::Interval if !scene.timers.iter().any(|timer| timer.callback == id) => "not waiting yet",
        kind => kind_name(kind),
    };
    Choice { name: callback.name, place, role: role(callback.kind) }
}
