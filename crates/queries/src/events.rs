//! What happens on the way to the database and back: a frame each.

use crate::notes;
use crate::scene::Run;
use interleave_node::Nanos;

/// Queries beyond which only answers are frames: a tape has some ten thousand of them at most.
const MANY: usize = 5_000;

/// What happens, at one time in this order. The numbers are indices into what the run has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    Ready(usize),
    Answered(usize),
    Printed(usize),
    Asked(usize),
    Found(usize),
    Opens(usize),
    Left(usize),
}

/// Everything that happens, in order: number `n` of them is frame `n + 1` of the run's tape.
pub fn events(run: &Run) -> Vec<(Nanos, Event)> {
    let mut events = Vec::new();
    let all = run.log.queries.len() <= MANY;
    for (number, connection) in run.log.connections.iter().enumerate() {
        events.push((connection.opened, Event::Opens(number)));
        events.extend(connection.ready.map(|at| (at, Event::Ready(number))));
    }
    for (number, query) in run.log.queries.iter().enumerate() {
        if all {
            events.push((query.asked, Event::Asked(number)));
            events.extend(query.sent.filter(|sent| notes::waits(query, *sent)).map(|at| (at, Event::Left(number))));
        }
        events.extend(query.answered.map(|at| (at, Event::Answered(number))));
    }
    events.extend(run.printed.iter().enumerate().map(|(number, print)| (print.at, Event::Printed(number))));
    events.extend(run.findings.iter().enumerate().map(|(number, finding)| (finding.at, Event::Found(number))));
    events.sort_unstable();
    events
}
