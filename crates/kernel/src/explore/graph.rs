//! What leads from which state to which: kept only for rules of the kind "eventually".

use super::fingerprint::fingerprint;
use super::visited::Index;
use std::collections::BTreeMap;
use std::hash::Hash;

/// What one action of one state does.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// The state it leads to.
    pub target: Index,
    /// Which action it is, by number: equal actions of different states have the same.
    pub action: u32,
}

/// States that were looked at, in the order of their indices, each with all that it offers. Per edge it takes 8 bytes.
#[derive(Default)]
pub struct Graph {
    /// By state: where its edges begin; the next state's beginning is their end.
    begins: Vec<usize>,
    edges: Vec<Edge>,
    /// By state: the rules that hold in it, a bit each.
    holds: Vec<u32>,
    /// By fingerprint: the number of an action.
    actions: BTreeMap<u64, u32>,
    /// By action: whether it must not be put off forever.
    fair: Vec<bool>,
}

impl Graph {
    /// The most rules that it can tell apart.
    pub const RULES: usize = 32;

    /// Takes the next state in: the rules that hold there. Its edges follow.
    pub fn state(&mut self, holds: u32) {
        self.begins.push(self.edges.len());
        self.holds.push(holds);
    }

    /// Takes in what one action of the latest state does.
    pub fn edge(&mut self, action: &impl Hash, fair: bool, target: Index) {
        let new = self.fair.len() as u32;
        let action = *self.actions.entry(fingerprint(action)).or_insert(new);
        if action == new {
            self.fair.push(fair);
        }
        self.edges.push(Edge { target, action });
    }

    /// Forgets the latest state, which was not looked at to the end.
    pub fn drop_latest(&mut self) {
        self.holds.pop();
        self.edges.truncate(self.begins.pop().unwrap_or_default());
    }

    /// How many states were looked at.
    pub fn len(&self) -> usize {
        self.begins.len()
    }

    /// What a state offers, by pick.
    pub fn edges(&self, state: Index) -> &[Edge] {
        let state = state as usize;
        let end = self.begins.get(state + 1).copied().unwrap_or(self.edges.len());
        &self.edges[self.begins[state]..end]
    }

    /// Whether a rule holds in a state.
    pub fn holds(&self, state: Index, rule: u32) -> bool {
        self.holds[state as usize] & 1 << rule != 0
    }

    pub fn is_fair(&self, action: u32) -> bool {
        self.fair[action as usize]
    }

    /// Bytes while so many edges more are taken in, and then while a rule is judged: regions are as large as the graph, and a list that grows is
    /// there twice.
    pub fn bytes_with(&self, more: usize) -> usize {
        let edges = (self.edges.len() + more).next_power_of_two() * size_of::<Edge>();
        2 * edges + self.len().next_power_of_two() * 40
    }
}
