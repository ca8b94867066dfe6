//! Queries that are the same text from the same line of the program.

use interleave_node::DatabaseLog;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Queries that are the same, but for their parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Index into [`DatabaseLog::texts`].
    pub text: u32,
    /// The line of the program that asked, from 1.
    pub line: Option<u32>,
    pub function: Option<String>,
    /// Indices into [`DatabaseLog::queries`], in order.
    pub queries: Vec<u32>,
    /// How many of them were on their way at the same time, at most.
    pub at_once: u32,
    pub rows: u64,
    pub bytes: u64,
}

/// What was asked, group by group, in the order in which the first of each was asked.
pub fn groups(log: &DatabaseLog) -> Vec<Group> {
    let mut numbers = BTreeMap::new();
    let mut groups: Vec<Group> = Vec::new();
    for (number, query) in log.queries.iter().enumerate() {
        let key = (query.text, query.asker.line);
        let at = *numbers.entry(key).or_insert(groups.len());
        if at == groups.len() {
            let function = query.asker.function.clone();
            groups.push(Group { text: query.text, line: query.asker.line, function, ..Group::default() });
        }
        let group = &mut groups[at];
        group.queries.push(number as u32);
        group.rows += query.rows;
        group.bytes += query.bytes;
    }
    for group in &mut groups {
        group.at_once = at_once(log, &group.queries);
    }
    groups
}

/// How many were asked and not answered at the same time, at most.
fn at_once(log: &DatabaseLog, queries: &[u32]) -> u32 {
    let mut events = Vec::with_capacity(queries.len() * 2);
    for query in queries.iter().filter_map(|at| log.queries.get(*at as usize)) {
        events.push((query.asked, true));
        events.push((query.answered.unwrap_or(u64::MAX), false));
    }
    // At one time, whoever is answered goes before whoever asks.
    events.sort_unstable();
    let (mut now, mut most) = (0_u32, 0);
    for (_, begins) in events {
        now = if begins { now + 1 } else { now.saturating_sub(1) };
        most = most.max(now);
    }
    most
}
