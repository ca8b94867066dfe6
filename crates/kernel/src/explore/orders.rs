//! Every complete schedule of a machine, depth first: how many there are, how many end in which way, and one of each.

use crate::Machine;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders<A, C> {
    /// Complete schedules: from the start to where nothing is offered. [`u64::MAX`] stands for that many or more.
    pub total: u64,
    /// Ways to end, each with the schedules that end so.
    pub classes: BTreeMap<C, Class<A>>,
    /// Steps that were made to find it out.
    pub steps: u64,
    /// The search was cut short: the figures are lower bounds, and a shorter example may exist.
    pub cut: bool,
}

/// The schedules that end in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class<A> {
    pub orders: u64,
    /// The shortest of them, and of those the one whose picks come first.
    pub example: Vec<A>,
}

/// How a search is bounded and watched.
pub struct Search<P> {
    /// The most steps it makes.
    pub budget: u64,
    /// Is told now and then how many schedules are complete, and may end the search.
    pub progress: P,
}

/// Steps between two reports of progress.
const REPORT: u64 = 256;

/// Tries every order.
///
/// `classify` names the ways in which a finished machine ended: none, one or several, each once. `same` may give a machine a key:
/// that promises that machines of one key offer the same actions from there on and end in the same ways, so that what follows
/// is found out once. `|_| None::<()>` promises nothing.
pub fn orders<M, C, K>(
    start: &M,
    same: impl FnMut(&M) -> Option<K>,
    classify: impl FnMut(&M) -> Vec<C>,
    search: Search<impl FnMut(u64) -> ControlFlow<()>>,
) -> Orders<M::Action, C>
where
    M: Machine,
    C: Ord + Clone,
    K: Ord,
{
    Explorer { same, classify, search, known: BTreeMap::new(), complete: 0, steps: 0, cut: false }
        .explore(start.clone())
}

struct Explorer<M: Machine, C, K, S, F, P> {
    same: S,
    classify: F,
    search: Search<P>,
    known: BTreeMap<K, Rc<Found<M::Action, C>>>,
    complete: u64,
    steps: u64,
    cut: bool,
}

impl<M, C, K, S, F, P> Explorer<M, C, K, S, F, P>
where
    M: Machine,
    C: Ord + Clone,
    K: Ord,
    S: FnMut(&M) -> Option<K>,
    F: FnMut(&M) -> Vec<C>,
    P: FnMut(u64) -> ControlFlow<()>,
{
    /// Down to an end, then up to the nearest fork with a way that was not tried. The way is kept here and not on the stack of
    /// the processor, which ends sooner.
    fn explore(mut self, start: M) -> Orders<M::Action, C> {
        let mut path: Vec<Fork<M, C, K>> = Vec::new();
        let mut machine = start;
        loop {
            let mut found = match self.arrive(machine) {
                Arrival::Known(found) => found,
                Arrival::Fork(mut fork) => match self.advance(&mut fork) {
                    Some(next) => {
                        machine = next;
                        path.push(fork);
                        continue;
                    }
                    None => self.leave(fork),
                },
            };
            machine = loop {
                let Some(mut fork) = path.pop() else {
                    let classes = found.classes.iter().map(|(class, ended)| (class.clone(), ended.class())).collect();
                    return Orders { total: found.total, classes, steps: self.steps, cut: self.cut };
                };
                fork.take_in(&found);
                match self.advance(&mut fork) {
                    Some(next) => {
                        path.push(fork);
                        break next;
                    }
                    None => found = self.leave(fork),
                }
            };
        }
    }

    fn arrive(&mut self, machine: M) -> Arrival<M, C, K> {
        let key = (self.same)(&machine);
        if let Some(found) = key.as_ref().and_then(|key| self.known.get(key)) {
            self.complete = self.complete.saturating_add(found.total);
            return Arrival::Known(Rc::clone(found));
        }
        let actions = machine.actions();
        if !actions.is_empty() {
            return Arrival::Fork(Fork { machine: Some(machine), actions, next: 0, found: Found::default(), key });
        }
        self.complete = self.complete.saturating_add(1);
        let ended = |class| (class, Ended { orders: 1, length: 0, example: None });
        let found = Rc::new(Found { total: 1, classes: (self.classify)(&machine).into_iter().map(ended).collect() });
        self.known.extend(key.map(|key| (key, Rc::clone(&found))));
        Arrival::Known(found)
    }

    /// The machine after the next way out of a fork; `None` when all were tried, or no more shall be.
    fn advance(&mut self, fork: &mut Fork<M, C, K>) -> Option<M> {
        let action = fork.actions.get(fork.next)?;
        if self.steps >= self.search.budget
            || self.steps.is_multiple_of(REPORT) && (self.search.progress)(self.complete).is_break()
        {
            self.cut = true;
        }
        if self.cut {
            return None;
        }
        let last = fork.next + 1 == fork.actions.len(); // needs no copy
        let mut machine = if last { fork.machine.take()? } else { fork.machine.clone()? };
        machine.step(action);
        fork.next += 1;
        self.steps += 1;
        Some(machine)
    }

    /// What was found out about a fork, to be known when it is met again.
    fn leave(&mut self, fork: Fork<M, C, K>) -> Rc<Found<M::Action, C>> {
        let found = Rc::new(fork.found);
        if !self.cut {
            self.known.extend(fork.key.map(|key| (key, Rc::clone(&found))));
        }
        found
    }
}

enum Arrival<M: Machine, C, K> {
    Known(Rc<Found<M::Action, C>>),
    Fork(Fork<M, C, K>),
}

/// A machine with more to do, and what the ways that were tried led to.
struct Fork<M: Machine, C, K> {
    /// Gone with the last way.
    machine: Option<M>,
    actions: Vec<M::Action>,
    next: usize,
    found: Found<M::Action, C>,
    key: Option<K>,
}

impl<M: Machine, C: Ord + Clone, K> Fork<M, C, K> {
    /// Adds what the way that was tried last led to.
    fn take_in(&mut self, below: &Found<M::Action, C>) {
        let action = &self.actions[self.next - 1];
        self.found.total = self.found.total.saturating_add(below.total);
        for (class, ended) in &below.classes {
            let example = || Some(Rc::new(Link { action: action.clone(), rest: ended.example.clone() }));
            match self.found.classes.get_mut(class) {
                Some(known) => {
                    known.orders = known.orders.saturating_add(ended.orders);
                    // Ways are tried in order: among examples of one length the first stays.
                    if ended.length + 1 < known.length {
                        known.length = ended.length + 1;
                        known.example = example();
                    }
                }
                None => {
                    let new = Ended { orders: ended.orders, length: ended.length + 1, example: example() };
                    self.found.classes.insert(class.clone(), new);
                }
            }
        }
    }
}

/// What follows a machine.
struct Found<A, C> {
    total: u64,
    classes: BTreeMap<C, Ended<A>>,
}

impl<A, C> Default for Found<A, C> {
    fn default() -> Self {
        Self { total: 0, classes: BTreeMap::new() }
    }
}

struct Ended<A> {
    orders: u64,
    length: u32,
    example: Option<Rc<Link<A>>>,
}

/// A schedule, from its first action on; schedules with one end share it.
struct Link<A> {
    action: A,
    rest: Option<Rc<Link<A>>>,
}

impl<A: Clone> Ended<A> {
    fn class(&self) -> Class<A> {
        let links = std::iter::successors(self.example.as_ref(), |link| link.rest.as_ref());
        Class { orders: self.orders, example: links.map(|link| link.action.clone()).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Note, Violation};
    use proptest::prelude::*;

    /// Counters that race to their ends; the order of the picks is remembered by those who ask.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Race {
        left: Vec<u8>,
        first: Option<u8>,
    }

    impl Race {
        fn new(steps: &[u8]) -> Self {
            Self { left: steps.to_vec(), first: None }
        }
    }

    impl Machine for Race {
        type Action = u8;
        fn actions(&self) -> Vec<u8> {
            (0..).zip(&self.left).filter(|&(_, &left)| left > 0).map(|(who, _)| who).collect()
        }
        fn step(&mut self, &who: &u8) -> Note {
            let left = &mut self.left[usize::from(who)];
            *left -= 1;
            if *left == 0 {
                self.first.get_or_insert(who);
            }
            Note::default()
        }
        fn violations(&self) -> Vec<Violation> {
            Vec::new()
        }
    }

    fn quietly(budget: u64) -> Search<impl FnMut(u64) -> ControlFlow<()>> {
        Search { budget, progress: |_| ControlFlow::Continue(()) }
    }

    fn winners(machine: &Race) -> Vec<u8> {
        machine.first.into_iter().collect()
    }

    #[test]
    fn three_counters_of_four_steps_have_34_650_orders() {
        let found = orders(&Race::new(&[4, 4, 4]), |_| None::<()>, winners, quietly(u64::MAX));
        assert_eq!(found.total, 34_650);
        assert_eq!(found.classes.values().map(|class| class.orders).collect::<Vec<_>>(), [11_550, 11_550, 11_550]);
        assert_eq!(found.steps, 110_250); // every beginning of a schedule but the empty one
        assert!(!found.cut);
    }

    #[test]
    fn the_example_is_the_one_whose_picks_come_first() {
        let found = orders(&Race::new(&[2, 2]), |_| None::<()>, winners, quietly(u64::MAX));
        assert_eq!(found.total, 6);
        assert_eq!(found.classes[&0], Class { orders: 3, example: vec![0, 0, 1, 1] });
        assert_eq!(found.classes[&1], Class { orders: 3, example: vec![0, 1, 1, 0] });
    }

    #[test]
    fn what_is_the_same_is_looked_at_once() {
        let found = orders(&Race::new(&[4, 4, 4]), |race| Some(race.clone()), winners, quietly(u64::MAX));
        assert_eq!(found.total, 34_650);
        // One step for each way out of each of 139 states.
        assert_eq!(found.steps, 312);
    }

    #[test]
    fn more_orders_than_a_number_can_hold_are_that_many_or_more() {
        let found = orders(&Race::new(&[12; 4]), |race| Some(race.clone()), winners, quietly(u64::MAX));
        assert_eq!(found.total, u64::MAX);
    }

    #[test]
    fn a_budget_or_a_learner_cuts_it_short() {
        let found = orders(&Race::new(&[4, 4, 4]), |_| None::<()>, winners, quietly(1_000));
        assert!(found.cut && found.steps == 1_000 && found.total > 100, "{found:?}");
        let progress = |complete| if complete > 500 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let found = orders(&Race::new(&[4, 4, 4]), |_| None::<()>, winners, Search { budget: u64::MAX, progress });
        assert!(found.cut && (500..700).contains(&found.total), "{found:?}");
        let found = orders(&Race::new(&[1]), |_| None::<()>, winners, quietly(0));
        assert!(found.cut && found.total == 0);
    }

    #[test]
    fn nothing_to_do_is_one_order() {
        let found = orders(&Race::new(&[0, 0]), |_| None::<()>, |_| vec!["over"], quietly(u64::MAX));
        assert_eq!((found.total, found.steps), (1, 0));
        assert_eq!(found.classes["over"], Class { orders: 1, example: vec![] });
    }

    proptest! {
        #[test]
        fn knowing_what_is_the_same_changes_no_figure(steps in prop::collection::vec(0_u8..4, 0..4)) {
            let apart = orders(&Race::new(&steps), |_| None::<()>, winners, quietly(u64::MAX));
            let merged = orders(&Race::new(&steps), |race| Some(race.clone()), winners, quietly(u64::MAX));
            prop_assert_eq!(apart.total, merged.total);
            prop_assert_eq!(apart.classes, merged.classes);
            prop_assert!(merged.steps <= apart.steps);
        }
    }
}
