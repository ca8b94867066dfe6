//! Every state that some schedule reaches, nearest first.

use super::fingerprint::fingerprint;
use super::graph::Graph;
use super::rule::{Broken, Explorable, Holds, Judged, Kind, Schedule, Verdict};
use super::visited::{Index, Met, Visited};
use super::{Rule, eventually};
use crate::Note;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::ops::ControlFlow;

/// How far a search goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most states it meets.
    pub states: u32,
    /// The most levels it goes down, the start being the first.
    pub depth: u32,
    /// The most bytes that its tables and the states it has yet to look at may take at one time. As the tables grow, they are twice
    /// as large in one moment: a search that is told 192 MiB fits into a worker of 256.
    pub bytes: usize,
    /// Takes states of one [representative](Explorable::representative) for one. "Eventually" looks at each by itself all the same, in a
    /// second search: that nobody is put off forever is a promise to each by name.
    pub symmetry: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { states: 10_000_000, depth: u32::MAX, bytes: 192 << 20, symmetry: false }
    }
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub states: u64,
    pub transitions: u64,
    pub depth: u32,
    /// States that were met and not yet looked at.
    pub waiting: u64,
}

/// Why a search ended before it was through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stopped {
    /// It met as many states as it may.
    States,
    /// It went as deep as it may, and there is more below.
    Depth,
    /// Its tables would need more bytes than it may take.
    Memory,
    /// A state offers more than 65,536 actions.
    Actions,
    /// Whoever watched it said so.
    Cancelled,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explored<A> {
    /// Distinct states. A lower bound if the search was stopped, as are the next two.
    pub states: u64,
    /// States that were generated: the start, and one for each action in each state. That is what TLC and Stateright print
    /// ("states generated", `state_count`); actions that change nothing count, too.
    pub transitions: u64,
    /// Levels, the start being the first, as TLC counts: one more than the length of the longest of all shortest schedules.
    pub depth: u32,
    /// A shortest way to where nothing is offered and the machine may not rest.
    pub deadlock: Option<Schedule<A>>,
    /// Each rule of the machine, in its order; then rules that were broken without being named among them.
    pub verdicts: Vec<Judged<A>>,
    pub stopped: Option<Stopped>,
}

impl<A> Explored<A> {
    /// Whether nothing wrong was found: no rule violated, no deadlock. What was not looked at may still be wrong.
    pub fn is_fine(&self) -> bool {
        self.deadlock.is_none() && !self.verdicts.iter().any(|judged| judged.verdict.is_violated())
    }
}

/// States between two reports of progress.
const REPORT: u64 = 1024;

/// Tries every order of a machine, by breadth, and judges its rules.
///
/// What it finds depends on the machine and the limits alone. All states are looked at, also those that follow a violation.
/// `progress` is told now and then how far it is, and may end it; what was found until then is reported.
pub fn explore<M: Explorable>(
    start: &M,
    limits: &Limits,
    mut progress: impl FnMut(&Progress) -> ControlFlow<()>,
) -> Explored<M::Action> {
    let rules = start.rules();
    let promises: Vec<_> = rules.iter().filter_map(Rule::promise).take(Graph::RULES).collect();
    let mut search = Breadth::new(start, limits, &rules, if limits.symmetry { &[] } else { &promises });
    search.run(&mut progress);
    // Who is who matters to a promise, so it is looked at without symmetry.
    let apart = Limits { symmetry: false, ..limits.clone() };
    let promised = (limits.symmetry && !promises.is_empty() && search.stopped.is_none()).then(|| {
        search.waiting = VecDeque::new();
        let mut promised = Breadth::new(start, &apart, &[], &promises);
        promised.run(&mut progress);
        promised
    });
    search.finish(start, &rules, promised.as_ref())
}

struct Breadth<'a, M: Explorable> {
    limits: &'a Limits,
    visited: Visited,
    /// States that were not looked at, in the order of their indices. The first is state number `looked_at`.
    waiting: VecDeque<M>,
    /// What they have on the heap, in bytes.
    heap: usize,
    looked_at: Index,
    transitions: u64,
    depth: u32,
    deadlock: Option<Index>,
    broken: Vec<(String, Index, Note)>,
    /// By rule: where a "sometimes" was reached.
    reached: Vec<Option<Index>>,
    /// "Sometimes" that were not reached so far.
    sought: Vec<(usize, Holds<M>)>,
    /// What must hold eventually, by its number in the graph.
    promises: &'a [Holds<M>],
    /// Empty without promises.
    graph: Graph,
    stopped: Option<Stopped>,
}

impl<'a, M: Explorable> Breadth<'a, M> {
    fn new(start: &M, limits: &'a Limits, rules: &[Rule<M>], promises: &'a [Holds<M>]) -> Self {
        let sought = rules.iter().enumerate().filter_map(|(at, rule)| match rule.kind {
            Kind::Sometimes(holds) => Some((at, holds)),
            _ => None,
        });
        let mut search = Self {
            limits,
            visited: Visited::new(!promises.is_empty()),
            waiting: VecDeque::new(),
            heap: 0,
            looked_at: 0,
            transitions: 0,
            depth: 1,
            deadlock: None,
            broken: Vec::new(),
            reached: vec![None; rules.len()],
            sought: sought.collect(),
            promises,
            graph: Graph::default(),
            stopped: None,
        };
        let fingerprint = search.fingerprint(start);
        search.meet(start.clone(), fingerprint, 0, 0);
        search
    }

    /// Looks at one state after the other, and meets those that follow.
    fn run(&mut self, progress: &mut impl FnMut(&Progress) -> ControlFlow<()>) {
        let mut level_end = self.visited.len();
        while self.stopped.is_none()
            && let Some(state) = self.waiting.pop_front()
        {
            if self.looked_at as usize == level_end {
                level_end = self.visited.len();
                self.depth += 1;
            }
            if u64::from(self.looked_at).is_multiple_of(REPORT) && progress(&self.progress()).is_break() {
                self.stopped = Some(Stopped::Cancelled);
                break;
            }
            self.heap -= state.bytes() - size_of::<M>();
            self.look_at(state);
            self.looked_at += 1;
        }
    }

    fn look_at(&mut self, state: M) {
        let actions = state.actions();
        if actions.is_empty() && !state.may_end() {
            self.deadlock.get_or_insert(self.looked_at);
        }
        if self.bytes_with(actions.len()) > self.limits.bytes {
            self.stopped = Some(Stopped::Memory);
            return;
        }
        // All fingerprints first, then all looks at the table: so the processor waits for several of them at a time.
        let mut followers = Vec::with_capacity(actions.len());
        for (pick, action) in actions.iter().enumerate() {
            let Ok(pick) = u16::try_from(pick) else {
                self.stopped = Some(Stopped::Actions);
                return;
            };
            let mut next = state.clone();
            next.advance(action);
            let fingerprint = self.fingerprint(&next);
            followers.push((next, fingerprint, pick));
        }
        if self.promises.is_empty() {
            for (next, fingerprint, pick) in followers {
                self.meet(next, fingerprint, self.looked_at, pick);
            }
            return;
        }
        let holds = (0..).zip(self.promises).filter(|(_, holds)| holds(&state));
        self.graph.state(holds.map(|(rule, _)| 1 << rule).sum());
        for ((next, fingerprint, pick), action) in followers.into_iter().zip(&actions) {
            let target = self.meet(next, fingerprint, self.looked_at, pick);
            self.graph.edge(action, state.fair(action), target.unwrap_or_default());
        }
        if self.stopped.is_some() {
            self.graph.drop_latest();
        }
    }

    fn fingerprint(&self, state: &M) -> u64 {
        if self.limits.symmetry { fingerprint(&state.representative()) } else { fingerprint(state) }
    }

    /// Takes a state in, unless it is known. Returns its index, if states are numbered or it is new.
    fn meet(&mut self, state: M, fingerprint: u64, parent: Index, pick: u16) -> Option<Index> {
        if self.stopped.is_some() {
            return None;
        }
        self.transitions += 1;
        // Beyond a limit nothing new is taken in, but what is known already is no reason to stop.
        let beyond = if self.visited.len() >= self.limits.states as usize {
            Some(Stopped::States)
        } else {
            (self.depth >= self.limits.depth && self.visited.len() > 0).then_some(Stopped::Depth)
        };
        if beyond.is_some() && !self.visited.contains(fingerprint) {
            self.stopped = beyond;
            return None;
        }
        let index = match self.visited.insert(fingerprint, parent, pick) {
            Met::First(index) => index,
            Met::Again(index) => return index,
        };
        for violation in state.violations() {
            if self.broken.iter().all(|(rule, ..)| *rule != violation.rule) {
                self.broken.push((violation.rule, index, violation.note));
            }
        }
        let reached = &mut self.reached;
        self.sought.retain(|&(rule, holds)| {
            let holds = holds(&state);
            if holds {
                reached[rule] = Some(index);
            }
            !holds
        });
        self.heap += state.bytes() - size_of::<M>();
        self.waiting.push_back(state);
        Some(index)
    }

    /// Bytes at the worst moment while that many states more are met.
    fn bytes_with(&self, more: usize) -> usize {
        let capacity = self.waiting.capacity();
        let grown = if self.waiting.len() + more > capacity { 2 * (capacity + more) } else { 0 };
        self.visited.bytes_with(more) + self.graph.bytes_with(more) + (capacity + grown) * size_of::<M>() + self.heap
    }

    fn progress(&self) -> Progress {
        Progress {
            states: self.visited.len() as u64,
            transitions: self.transitions,
            depth: self.depth,
            waiting: self.waiting.len() as u64 + 1,
        }
    }

    fn finish(mut self, start: &M, rules: &[Rule<M>], promised: Option<&Self>) -> Explored<M::Action> {
        self.waiting = VecDeque::new(); // who judges needs the room
        let mut verdicts = Vec::new();
        let mut promises = 0..Graph::RULES as u32;
        for (at, rule) in rules.iter().enumerate() {
            let verdict = match rule.kind {
                Kind::Always => self.safety(start, rule.name),
                Kind::Sometimes(_) => self.possibility(start, at),
                Kind::Eventually(_) => {
                    let search = promised.unwrap_or(&self);
                    let judge = |rule| eventually::judge(start, &search.graph, rule, search.at_the_end(Verdict::Holds));
                    promises.next().map_or(Verdict::Undecided, judge)
                }
            };
            verdicts.push(Judged { rule: rule.name.to_owned(), verdict });
        }
        for (rule, index, note) in std::mem::take(&mut self.broken) {
            let verdict = self.broken(start, index, note);
            verdicts.push(Judged { rule, verdict });
        }
        Explored {
            states: self.visited.len() as u64,
            transitions: self.transitions,
            depth: self.depth,
            deadlock: self.deadlock.map(|state| replay(start, self.visited.picks(state))),
            verdicts,
            stopped: self.stopped,
        }
    }

    /// Takes the rule out of those that are broken.
    fn safety(&mut self, start: &M, rule: &str) -> Verdict<M::Action> {
        match self.broken.iter().position(|(name, ..)| name == rule) {
            Some(at) => {
                let (_, index, note) = self.broken.remove(at);
                self.broken(start, index, note)
            }
            None => self.at_the_end(Verdict::Holds),
        }
    }

    fn broken(&self, start: &M, index: Index, note: Note) -> Verdict<M::Action> {
        let cycle = Schedule { actions: Vec::new(), picks: Vec::new() };
        Verdict::Broken(Broken { schedule: replay(start, self.visited.picks(index)), cycle, note })
    }

    fn possibility(&self, start: &M, rule: usize) -> Verdict<M::Action> {
        match self.reached[rule] {
            Some(index) => Verdict::Reached(replay(start, self.visited.picks(index))),
            None => self.at_the_end(Verdict::Unreached),
        }
    }

    /// What can be said once every state was looked at.
    fn at_the_end(&self, verdict: Verdict<M::Action>) -> Verdict<M::Action> {
        if self.stopped.is_none() { verdict } else { Verdict::Undecided }
    }
}

/// The actions that picks stand for.
pub(super) fn replay<M: Explorable>(start: &M, picks: Vec<u32>) -> Schedule<M::Action> {
    let mut machine = start.clone();
    let actions = picks.iter().map(|&pick| {
        let action = machine.actions().swap_remove(pick as usize);
        machine.advance(&action);
        action
    });
    Schedule { actions: actions.collect(), picks }
}
