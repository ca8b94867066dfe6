//! "Eventually", under weak fairness, held to a check by hand of every part of small random graphs.

use interleave_kernel::explore::{Broken, Explorable, Limits, Rule, Verdict, explore};
use interleave_kernel::{Machine, Note, Violation};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;
use std::rc::Rc;

/// States by number, from 0; each with what it offers: an action and where it leads. Uppercase actions are fair. The promise is to come to
/// the last state.
#[derive(Clone, Debug)]
struct Graph {
    edges: Rc<Vec<Vec<(char, usize)>>>,
    at: usize,
}

impl Graph {
    fn new(edges: &[&[(char, usize)]]) -> Self {
        Self { edges: Rc::new(edges.iter().map(|edges| edges.to_vec()).collect()), at: 0 }
    }
}

impl Hash for Graph {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.at.hash(state);
    }
}

impl Machine for Graph {
    type Action = (char, usize);
    fn actions(&self) -> Vec<(char, usize)> {
        self.edges[self.at].clone()
    }
    fn step(&mut self, &(_, to): &(char, usize)) -> Note {
        self.at = to;
        Note::default()
    }
    fn violations(&self) -> Vec<Violation> {
        Vec::new()
    }
}

impl Explorable for Graph {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![Rule::eventually("it arrives", |graph| graph.at + 1 == graph.edges.len())]
    }
    fn fair(&self, &(name, _): &(char, usize)) -> bool {
        name.is_ascii_uppercase()
    }
}

fn judge(graph: &Graph) -> Verdict<(char, usize)> {
    explore(graph, &Limits::default(), |_| ControlFlow::Continue(())).verdicts.remove(0).verdict
}

fn names(actions: &[(char, usize)]) -> String {
    actions.iter().map(|&(name, _)| name).collect()
}

/// The way there, and the round.
fn lasso(graph: &Graph) -> (String, String) {
    match judge(graph) {
        Verdict::Broken(Broken { schedule, cycle, .. }) => (names(&schedule.actions), names(&cycle.actions)),
        verdict => panic!("{verdict:?}"),
    }
}

#[test]
fn what_stays_offered_happens_at_last() {
    // Turning in place could go on forever, but the way out is offered all the time.
    let fair = Graph::new(&[&[('T', 0), ('O', 1)], &[]]);
    assert_eq!(judge(&fair), Verdict::Holds);
    let unfair = Graph::new(&[&[('T', 0), ('o', 1)], &[]]);
    assert_eq!(lasso(&unfair), (String::new(), "T".into()));
}

#[test]
fn what_is_offered_now_and_then_may_be_missed_forever() {
    // The way out is there in state 1 only, and gone in state 0: weak fairness does not ask for it.
    let graph = Graph::new(&[&[('A', 1)], &[('B', 0), ('O', 2)], &[]]);
    assert_eq!(lasso(&graph), (String::new(), "AB".into()));
}

#[test]
fn to_rest_is_to_miss_it() {
    let dead_end = Graph::new(&[&[('A', 1), ('O', 2)], &[], &[]]);
    assert_eq!(lasso(&dead_end), ("A".into(), String::new()));
    // Nobody is bound to make a fault happen.
    let waits_for_a_fault = Graph::new(&[&[('A', 1)], &[('f', 2)], &[]]);
    assert_eq!(lasso(&waits_for_a_fault), ("A".into(), String::new()));
}

#[test]
fn a_round_serves_all_that_wait() {
    // A and B stay offered in both states and change nothing; each must be in the round.
    let graph = Graph::new(&[&[('X', 1)], &[('A', 1), ('B', 1)], &[]]);
    assert_eq!(lasso(&graph), ("X".into(), "AB".into()));
}

#[test]
fn it_may_hold_from_the_start() {
    assert_eq!(judge(&Graph::new(&[&[('A', 0)]])), Verdict::Holds);
}

#[test]
fn what_was_found_before_a_search_was_stopped_is_true() {
    let mut edges: Vec<Vec<(char, usize)>> = (1..=200).map(|next| vec![('A', next.min(199))]).collect();
    edges[10] = vec![('B', 10)];
    let graph = Graph { edges: Rc::new(edges.clone()), at: 0 };
    edges[10].push(('c', 11));
    let longer = Graph { edges: Rc::new(edges), at: 0 };
    for graph in [graph, longer] {
        let limits = Limits { states: 50, ..Limits::default() };
        let found = explore(&graph, &limits, |_| ControlFlow::Continue(())).verdicts.remove(0).verdict;
        let Verdict::Broken(broken) = found else { panic!("{found:?}") };
        assert_eq!((broken.schedule.actions.len(), names(&broken.cycle.actions)), (10, "B".into()));
    }
}

#[test]
fn limits_leave_it_open() {
    let chain: Vec<Vec<(char, usize)>> = (1..=200).map(|next| vec![('A', next.min(199))]).collect();
    let graph = Graph { edges: Rc::new(chain), at: 0 };
    let cut = |limits| explore(&graph, &limits, |_| ControlFlow::Continue(())).verdicts.remove(0).verdict;
    assert_eq!(cut(Limits { states: 100, ..Limits::default() }), Verdict::Undecided);
    assert_eq!(cut(Limits { depth: 100, ..Limits::default() }), Verdict::Undecided);
    assert_eq!(cut(Limits { bytes: 1 << 19, ..Limits::default() }), Verdict::Holds);
    assert_eq!(cut(Limits::default()), Verdict::Holds);
}

/// Whether a set of states and what leads from one to another of them is a fair way to go on forever: by definition, looked at one by one.
fn goes_on(graph: &Graph, part: &BTreeSet<usize>) -> bool {
    let inside = |at: &usize| graph.edges[*at].iter().filter(|(_, to)| part.contains(to)).copied().collect::<Vec<_>>();
    let reach = |from: usize| {
        let mut met = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(at) = waiting.pop() {
            waiting.extend(inside(&at).into_iter().map(|(_, to)| to).filter(|&to| met.insert(to)));
        }
        met
    };
    let connected = part.iter().all(|&at| reach(at) == *part);
    let actions: BTreeSet<_> = part.iter().flat_map(|&at| graph.edges[at].clone()).collect();
    let served = |action: &(char, usize)| {
        part.iter().any(|&at| !graph.edges[at].contains(action)) || part.iter().any(|at| inside(at).contains(action))
    };
    connected && actions.iter().filter(|action| graph.fair(action)).all(served)
}

fn expected(graph: &Graph) -> bool {
    let last = graph.edges.len() - 1;
    let mut reached = BTreeSet::new();
    let mut waiting = vec![0];
    while let Some(at) = waiting.pop() {
        if at != last && reached.insert(at) {
            waiting.extend(graph.edges[at].iter().map(|&(_, to)| to));
        }
    }
    let rests = |&at: &usize| graph.edges[at].iter().all(|action| !graph.fair(action));
    let states: Vec<_> = reached.iter().copied().collect();
    let mut parts = (1_u32..1 << states.len()).map(|bits| {
        states
            .iter()
            .enumerate()
            .filter(|(at, _)| bits >> at & 1 == 1)
            .map(|(_, &state)| state)
            .collect::<BTreeSet<_>>()
    });
    !reached.iter().any(rests) && !parts.any(|part| goes_on(graph, &part))
}

/// Makes the steps, and says whether what is there then was fair to all on the way.
fn is_real(graph: &Graph, broken: &Broken<(char, usize)>) -> bool {
    let mut at = graph.clone();
    let last = graph.edges.len() - 1;
    let mut go = |(action, pick): (&(char, usize), &u32)| {
        assert_eq!(at.actions()[*pick as usize], *action);
        at.step(action);
        assert_ne!(at.at, last);
        at.at
    };
    let stem = broken.schedule.actions.iter().zip(&broken.schedule.picks).map(&mut go).last().unwrap_or(0);
    let round: Vec<_> = broken.cycle.actions.iter().zip(&broken.cycle.picks).map(&mut go).collect();
    match round.last() {
        None => graph.edges[stem].iter().all(|action| !graph.fair(action)),
        Some(&end) => {
            let fair = |action: &(char, usize)| {
                !graph.fair(action)
                    || broken.cycle.actions.contains(action)
                    || round.iter().any(|&at| !graph.edges[at].contains(action))
            };
            end == stem && graph.edges[stem].iter().all(fair)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]
    #[test]
    fn it_is_what_the_definition_says(
        edges in prop::collection::vec(prop::collection::vec((prop::sample::select(vec!['A', 'B', 'C', 'f']), any::<prop::sample::Index>()), 0..4), 1..7),
    ) {
        let count = edges.len();
        let edges = edges.into_iter().map(|edges| edges.into_iter().map(|(name, to)| (name, to.index(count))).collect()).collect();
        let graph = Graph { edges: Rc::new(edges), at: 0 };
        let apart = Limits { symmetry: true, ..Limits::default() };
        let apart = explore(&graph, &apart, |_| ControlFlow::Continue(())).verdicts.remove(0).verdict;
        prop_assert_eq!(apart, judge(&graph), "promises are looked at without symmetry");
        match judge(&graph) {
            Verdict::Holds => prop_assert!(count == 1 || expected(&graph)),
            Verdict::Broken(broken) => {
                prop_assert!(!expected(&graph));
                prop_assert!(is_real(&graph, &broken), "{broken:?}");
            }
            verdict => prop_assert!(false, "{verdict:?}"),
        }
    }
}
