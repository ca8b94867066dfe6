//! What may happen next, in the order in which every protocol offers it.

use crate::network::Step;
use crate::{Budget, Fault, Network, ProcessId};

/// A list of actions that is being made: first what processes do, then what happens around them, then what may go wrong.
pub struct Menu<A> {
    actions: Vec<A>,
    faults: Vec<A>,
    budget: Budget,
    /// Links that carry again, and processes that are reached again: nobody counts on that.
    repairs: usize,
}

impl<A> Menu<A> {
    /// Faults are offered within a budget.
    pub fn new(budget: Budget) -> Self {
        Self { actions: Vec::with_capacity(24), faults: Vec::with_capacity(16), budget, repairs: 0 }
    }

    /// What processes do.
    pub fn actions(&mut self) -> &mut Vec<A> {
        &mut self.actions
    }

    /// What the network does among these processes.
    pub fn network<M: Clone + PartialEq>(
        &mut self,
        network: &Network<M>,
        processes: impl IntoIterator<Item = ProcessId>,
        action: impl Fn(Step) -> A,
    ) {
        for step in network.steps(&self.budget, processes) {
            match step {
                _ if step.fault().is_some() => self.faults.push(action(step)),
                Step::Release(_) | Step::Heal(_) => {
                    self.repairs += 1;
                    self.actions.push(action(step));
                }
                _ => self.actions.push(action(step)),
            }
        }
    }

    /// Time passes when nothing else is offered so far and some timer runs. While something is, a timer goes off early at the most: each is offered by
    /// `early`.
    pub fn clock(&mut self, clock: A, early: impl Iterator<Item = A>) {
        let quiet = self.actions.len() == self.repairs;
        let mut early = early.peekable();
        if quiet && early.peek().is_some() {
            self.actions.push(clock);
        } else if !quiet && self.budget.allows(Fault::Delay) {
            self.actions.extend(early);
        }
    }

    /// All of it, and that these processes may crash.
    pub fn finish(mut self, crashes: impl Iterator<Item = A>) -> Vec<A> {
        self.actions.append(&mut self.faults);
        if self.budget.allows(Fault::Crash) {
            self.actions.extend(crashes);
        }
        self.actions
    }
}
