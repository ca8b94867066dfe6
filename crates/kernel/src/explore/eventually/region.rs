//! The states in which a promise was not kept so far, and what leads from one to another.

use super::super::graph::{Edge, Graph};
use std::collections::VecDeque;

/// Where an action keeps the promise, or nobody has looked: outside of the region.
pub const OUTSIDE: u32 = u32::MAX;

/// A graph whose states are numbered by their distance from the start. All that is offered in a state is an edge, in order.
pub struct Region<'a> {
    graph: &'a Graph,
    /// By state: which one of the graph it is.
    states: Vec<u32>,
    parents: Vec<u32>,
    picks: Vec<u16>,
    /// By state: where its edges begin; the next state's beginning is their end.
    begins: Vec<usize>,
    edges: Vec<Edge>,
}

impl<'a> Region<'a> {
    /// The states that are reached from the start before rule number `rule` holds, nearest first; and the first of them that offers nothing
    /// that must happen, if there is one: it may be rested in forever.
    pub fn new(graph: &'a Graph, rule: u32) -> (Self, Option<u32>) {
        let (states, parents, picks) = (Vec::new(), Vec::new(), Vec::new());
        let mut region = Self { graph, states, parents, picks, begins: Vec::new(), edges: Vec::new() };
        // By state of the graph: its number here.
        let mut numbers = vec![OUTSIDE; graph.len()];
        let mut waiting = VecDeque::new();
        let mut meet = |region: &mut Self, waiting: &mut VecDeque<u32>, state: u32, parent: u32, pick: u16| {
            if state as usize >= graph.len() || graph.holds(state, rule) {
                return OUTSIDE;
            }
            if numbers[state as usize] == OUTSIDE {
                numbers[state as usize] = region.states.len() as u32;
                region.states.push(state);
                region.parents.push(parent);
                region.picks.push(pick);
                waiting.push_back(state);
            }
            numbers[state as usize]
        };
        meet(&mut region, &mut waiting, 0, 0, 0);
        while let Some(state) = waiting.pop_front() {
            let at = region.begins.len() as u32;
            region.begins.push(region.edges.len());
            for (pick, edge) in (0..).zip(graph.edges(state)) {
                let target = meet(&mut region, &mut waiting, edge.target, at, pick);
                region.edges.push(Edge { target, action: edge.action });
            }
            if !graph.edges(state).iter().any(|edge| graph.is_fair(edge.action)) {
                return (region, Some(at));
            }
        }
        (region, None)
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
        self.edges(state).iter().map(|edge| edge.action).filter(|&action| self.graph.is_fair(action))
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
}
