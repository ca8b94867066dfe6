//! What a run comes to.

use interleave_node::{DatabaseLog, Nanos};
use serde::{Deserialize, Serialize};

/// What everything that was asked comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub queries: u32,
    /// Queries that ended in an error or were never answered.
    pub failed: u32,
    /// Ways to the server and back: one for each query that left, and one for each connection that was opened.
    pub round_trips: u32,
    /// The most of them of which each left when the one before had arrived: what one has to wait for, whatever the database does.
    pub in_a_row: u32,
    pub rows: u64,
    /// Of all answers.
    pub bytes: u64,
    pub connections: u32,
    /// From the first question to the last answer.
    pub time: Nanos,
    /// Spent on queries, all added: waiting for a connection, on the way, at work in the server, waiting there for somebody's lock.
    pub waiting: Nanos,
    pub travelling: Nanos,
    pub working: Nanos,
    pub locked: Nanos,
}

impl Totals {
    /// Of everything in a log.
    pub fn of(log: &DatabaseLog) -> Self {
        let mut totals = Self {
            queries: log.queries.len() as u32,
            connections: log.connections.len() as u32,
            in_a_row: chain(log).len() as u32,
            ..Self::default()
        };
        let began = log.queries.iter().map(|query| query.asked).min().unwrap_or(0);
        let opened = log.connections.iter().filter(|connection| connection.ready.is_some()).count();
        totals.round_trips = opened as u32;
        for query in &log.queries {
            totals.rows += query.rows;
            totals.bytes += query.bytes;
            totals.failed += u32::from(query.error.is_some() || query.answered.is_none());
            totals.round_trips += u32::from(query.sent.is_some());
            let ended = query.answered.or(query.ended).unwrap_or(query.asked);
            totals.time = totals.time.max(ended - began);
            let sent = query.sent.unwrap_or(ended);
            totals.waiting += sent.saturating_sub(query.asked);
            if let (Some(began), Some(ended)) = (query.began, query.ended) {
                let served = ended.saturating_sub(began);
                totals.locked += query.waited.min(served);
                totals.working += served.saturating_sub(query.waited);
                if let Some(answered) = query.answered {
                    totals.travelling += answered.saturating_sub(sent).saturating_sub(served);
                }
            }
        }
        totals
    }
}

/// The longest chain of round trips of which none overlaps another, whoever ends first being taken first: when each of them ends.
pub fn chain(log: &DatabaseLog) -> Vec<Nanos> {
    let queries = log.queries.iter().filter_map(|query| Some((query.answered?, query.sent?)));
    let connections = log.connections.iter().filter_map(|connection| Some((connection.ready?, connection.opened)));
    let mut trips: Vec<(Nanos, Nanos)> = queries.chain(connections).collect();
    trips.sort_unstable();
    let (mut ends, mut free) = (Vec::new(), 0);
    for (end, begins) in trips {
        if begins >= free {
            ends.push(end);
            free = end;
        }
    }
    ends
}
