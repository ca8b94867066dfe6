//! "It comes to that at last": is there an order in which it never does, though nothing is put off forever?
//!
//! Only states in which the promise was not kept so far matter: the [region]. An order that stays in it forever either rests in a
//! state that offers nothing that must happen, or goes round and round in a *strongly connected* part. The latter counts if it is
//! *weakly fair*: each fair action is taken again and again, or again and again not offered. A part holds a fair round if and only if
//! the round through all of it is fair. (Baier, Katoen, *Principles of Model Checking*, 2008, 3.5 and 4.4)

mod components;
mod region;

use super::breadth::replay;
use super::graph::Graph;
use super::rule::{Broken, Explorable, Schedule, Verdict};
use crate::Note;
use region::{OUTSIDE, Region};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Judges "eventually", rule number `rule` of the graph. Where the graph ends before the machine does, what is found is still true, and
/// what is not found says nothing: `otherwise`.
pub(super) fn judge<M: Explorable>(
    start: &M,
    graph: &Graph,
    rule: u32,
    otherwise: Verdict<M::Action>,
) -> Verdict<M::Action> {
    if graph.len() == 0 {
        return otherwise;
    }
    let (region, rest) = Region::new(graph, rule);
    if let Some(state) = rest {
        let note = Note::new("Nothing that must happen is left, and it never came to that.");
        return broken(start, region.picks(state), Vec::new(), note);
    }
    // States are numbered by their distance from the start: the part with the lowest number is the nearest.
    let fair = components::components(&region).into_iter().filter(|part| is_fair(&region, part));
    match fair.min_by_key(|part| part[0]) {
        None => otherwise,
        Some(part) => {
            let entry = part[0];
            let note =
                Note::new("This goes on forever. Nothing that stays offered is put off, and it never comes to that.");
            broken(start, region.picks(entry), round(&region, &part, entry), note)
        }
    }
}

fn broken<M: Explorable>(start: &M, stem: Vec<u32>, round: Vec<u32>, note: Note) -> Verdict<M::Action> {
    let whole = replay(start, stem.iter().chain(&round).copied().collect());
    let (before, after) = whole.actions.split_at(stem.len());
    let cycle = Schedule { actions: after.to_vec(), picks: round };
    Verdict::Broken(Broken { schedule: Schedule { actions: before.to_vec(), picks: stem }, cycle, note })
}

/// Whether each fair action is somewhere in this part taken or not offered. The part is sorted and has a state.
fn is_fair(region: &Region, part: &[u32]) -> bool {
    let mut everywhere: BTreeSet<u32> = region.must(part[0]).collect();
    for &state in part {
        let offered: BTreeSet<u32> = region.must(state).collect();
        everywhere.retain(|action| offered.contains(action));
        if everywhere.is_empty() {
            return true;
        }
    }
    for &state in part {
        for edge in region.edges(state) {
            if part.binary_search(&edge.target).is_ok() {
                everywhere.remove(&edge.action);
            }
        }
    }
    everywhere.is_empty()
}

/// A fair round from a state of a fair part: to the nearest place where the next of the actions that still wait is served, until
/// none waits, and back. Returns the picks.
fn round(region: &Region, part: &[u32], entry: u32) -> Vec<u32> {
    let mut waiting: BTreeSet<u32> = region.must(entry).collect();
    let mut here = entry;
    let mut picks = Vec::new();
    loop {
        let back = waiting.is_empty();
        let path = shortest(region, part, here, |at, taken| match back {
            true => at == entry,
            false => {
                let offered: BTreeSet<u32> = region.must(at).collect();
                waiting.contains(&taken) || !waiting.is_subset(&offered)
            }
        });
        let Some(path) = path else { return picks }; // cannot be: the part is strongly connected, and fair
        for (pick, action, at) in path {
            picks.push(pick);
            here = at;
            waiting.remove(&action);
            let offered: BTreeSet<u32> = region.must(at).collect();
            waiting.retain(|action| offered.contains(action));
        }
        if back || (waiting.is_empty() && here == entry) {
            return picks;
        }
    }
}

/// A step of a path: the pick, its action, and the state it leads to.
type Step = (u32, u32, u32);

/// A shortest way of at least one step inside a part to where `there` holds of the state and the action taken last.
fn shortest(region: &Region, part: &[u32], from: u32, there: impl Fn(u32, u32) -> bool) -> Option<Vec<Step>> {
    let mut came: BTreeMap<u32, (u32, Step)> = BTreeMap::new();
    let mut waiting = VecDeque::from([from]);
    let way = |came: &BTreeMap<u32, (u32, Step)>, mut at: u32, last: Step| {
        let mut path = vec![last];
        while at != from {
            let (before, step) = came[&at];
            path.push(step);
            at = before;
        }
        path.reverse();
        path
    };
    while let Some(at) = waiting.pop_front() {
        for (pick, edge) in (0..).zip(region.edges(at)) {
            if edge.target == OUTSIDE || part.binary_search(&edge.target).is_err() {
                continue;
            }
            let step = (pick, edge.action, edge.target);
            if there(edge.target, edge.action) {
                return Some(way(&came, at, step));
            }
            if edge.target != from && !came.contains_key(&edge.target) {
                came.insert(edge.target, (at, step));
                waiting.push_back(edge.target);
            }
        }
    }
    None
}
