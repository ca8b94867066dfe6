//! The states in which a promise was not kept so far, and what leads from one to another.

use super::super::breadth::{Limits, REPORT};
use super::super::fingerprint::fingerprint;
use super::super::rule::{Explorable, Holds};
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;

/// Where an action keeps the promise: outside of the region.
pub const OUTSIDE: u32 = u32::MAX;

/// Bytes that a known state takes in the tree, which may be half empty.
const ENTRY: usize = 28;

/// What one action of one state does.
#[derive(Clone, Copy)]
pub struct Edge {
    /// The state it leads to, or [`OUTSIDE`].
    pub target: u32,
    /// Which action it is, by number: equal actions of different states have the same.
    pub action: u32,
}

/// A graph whose states are numbered by their distance from the start. All that is offered in a state is an edge, in order.
#[derive(Default)]
pub struct Region {
    parents: Vec<u32>,
    picks: Vec<u16>,
    /// By state: where its edges begin; the next state's beginning is their end.
    begins: Vec<usize>,
    edges: Vec<Edge>,
    /// By action: whether it must not be put off forever.
    fair: Vec<bool>,
}

/// What became of an exploration.
pub enum Found {
    Whole(Region),
    /// This state may be rested in forever: nothing that it offers must happen.
    Rest(Region, u32),
    /// By its limits, or by who watched.
    Stopped,
}

impl Region {
    /// Finds the states that are reached from the start before `holds`, nearest first.
    pub fn explore<M: Explorable>(
        start: &M,
        holds: Holds<M>,
        limits: &Limits,
        progress: &mut impl FnMut(u64) -> ControlFlow<()>,
    ) -> Found {
        let mut region = Self::default();
        // By fingerprint.
        let mut known: BTreeMap<u64, u32> = BTreeMap::new();
        let mut actions: BTreeMap<u64, u32> = BTreeMap::new();
        let mut waiting = VecDeque::new();
        if !holds(start) {
            known.insert(fingerprint(start), 0);
            region.parents.push(0);
            region.picks.push(0);
            waiting.push_back(start.clone());
        }
        let (mut depth, mut level_end) = (1, 1);
        while let Some(state) = waiting.pop_front() {
            let at = region.begins.len();
            if at == level_end {
                (depth, level_end) = (depth + 1, region.parents.len());
            }
            if (at as u64).is_multiple_of(REPORT) && progress(region.parents.len() as u64).is_break() {
                return Found::Stopped;
            }
            region.begins.push(region.edges.len());
            let mut must = false;
            for (pick, action) in state.actions().into_iter().enumerate() {
                let Ok(pick) = u16::try_from(pick) else { return Found::Stopped };
                let fair = state.fair(&action);
                must |= fair;
                let mut next = state.clone();
                next.advance(&action);
                let new_action = actions.len() as u32;
                let action = *actions.entry(fingerprint(&action)).or_insert(new_action);
                if action == new_action {
                    region.fair.push(fair);
                }
                let target = if holds(&next) {
                    OUTSIDE
                } else {
                    let new = known.len() as u32;
                    let target = *known.entry(fingerprint(&next)).or_insert(new);
                    if target == new {
                        region.parents.push(at as u32);
                        region.picks.push(pick);
                        waiting.push_back(next);
                    }
                    target
                };
                region.edges.push(Edge { target, action });
            }
            if !must {
                return Found::Rest(region, at as u32);
            }
            let bytes = known.len() * ENTRY + region.bytes() + waiting.len() * state.bytes();
            if known.len() > limits.states as usize || depth > limits.depth || bytes > limits.bytes {
                return Found::Stopped;
            }
        }
        Found::Whole(region)
    }

    /// How many states there are.
    pub fn len(&self) -> u32 {
        self.begins.len() as u32
    }

    /// What a state offers, by pick.
    pub fn edges(&self, state: u32) -> &[Edge] {
        let state = state as usize;
        let end = self.begins.get(state + 1).copied().unwrap_or(self.edges.len());
        &self.edges[self.begins[state]..end]
    }

    /// Of that, what must not be put off forever: numbers of actions.
    pub fn must(&self, state: u32) -> impl Iterator<Item = u32> + '_ {
        self.edges(state).iter().map(|edge| edge.action).filter(|&action| self.fair[action as usize])
    }

    /// A shortest way from the start.
    pub fn picks(&self, mut state: u32) -> Vec<u32> {
        let mut picks = Vec::new();
        while state != 0 {
            picks.push(u32::from(self.picks[state as usize]));
            state = self.parents[state as usize];
        }
        picks.reverse();
        picks
    }

    fn bytes(&self) -> usize {
        self.parents.capacity() * 4
            + self.picks.capacity() * 2
            + self.begins.capacity() * size_of::<usize>()
            + self.edges.capacity() * size_of::<Edge>()
    }
}
