//! Strongly connected parts: Tarjan's algorithm, with its stack in memory and not on the processor's, which ends sooner.
//! (Tarjan, *Depth-First Search and Linear Graph Algorithms*, 1972)

use super::region::{OUTSIDE, Region};

/// Parts in which one can go round: of more than one state, or of one that leads to itself. Each is sorted.
pub fn components(region: &Region) -> Vec<Vec<u32>> {
    let count = region.len() as usize;
    let mut search =
        Search { order: vec![0; count], low: vec![0; count], on_path: vec![false; count], path: Vec::new(), met: 0 };
    let mut parts = Vec::new();
    for root in 0..region.len() {
        if search.order[root as usize] == 0 {
            search.descend(region, root, &mut parts);
        }
    }
    parts
}

struct Search {
    /// By state: when it was met, from 1; 0 if it was not.
    order: Vec<u32>,
    /// By state: the earliest state that is known to be reached from it and to lead to it.
    low: Vec<u32>,
    on_path: Vec<bool>,
    /// States whose part is not complete.
    path: Vec<u32>,
    met: u32,
}

impl Search {
    fn descend(&mut self, region: &Region, root: u32, parts: &mut Vec<Vec<u32>>) {
        self.meet(root);
        let mut calls = vec![(root, 0)];
        while let Some((state, next)) = calls.last_mut() {
            let (at, edge) = (*state as usize, region.edges(*state).get(*next));
            *next += 1;
            match edge.map(|edge| edge.target) {
                Some(OUTSIDE) => {}
                Some(target) if self.order[target as usize] == 0 => {
                    self.meet(target);
                    calls.push((target, 0));
                }
                Some(target) => {
                    if self.on_path[target as usize] {
                        self.low[at] = self.low[at].min(self.order[target as usize]);
                    }
                }
                None => {
                    calls.pop();
                    if let Some(&(caller, _)) = calls.last() {
                        self.low[caller as usize] = self.low[caller as usize].min(self.low[at]);
                    }
                    if self.low[at] == self.order[at] {
                        parts.extend(self.complete(region, at as u32));
                    }
                }
            }
        }
    }

    fn meet(&mut self, state: u32) {
        self.met += 1;
        (self.order[state as usize], self.low[state as usize]) = (self.met, self.met);
        self.on_path[state as usize] = true;
        self.path.push(state);
    }

    /// Takes a part off the path; its first state is given.
    fn complete(&mut self, region: &Region, first: u32) -> Option<Vec<u32>> {
        let at = self.path.iter().rposition(|&state| state == first)?;
        let mut part = self.path.split_off(at);
        part.iter().for_each(|&state| self.on_path[state as usize] = false);
        let round = part.len() > 1 || region.edges(first).iter().any(|edge| edge.target == first);
        part.sort_unstable();
        round.then_some(part)
    }
}
