//! What a search by breadth promises.

use interleave_kernel::explore::{Explorable, Explored, Limits, Progress, Rule, Stopped, Verdict, explore};
use interleave_kernel::{Machine, Note, Violation};
use std::ops::ControlFlow;

/// Philosophers at a round table. Each takes the fork at the left, then the one at the right, eats, and puts both down; the last one may
/// begin at the right.
#[derive(Clone, Hash)]
struct Table {
    /// By philosopher: forks taken.
    taken: Vec<u8>,
    one_begins_at_the_right: bool,
}

impl Table {
    fn new(philosophers: usize, one_begins_at_the_right: bool) -> Self {
        Self { taken: vec![0; philosophers], one_begins_at_the_right }
    }

    /// The fork that somebody takes first, and second.
    fn fork(&self, who: usize, nth: u8) -> usize {
        let other_way_round = self.one_begins_at_the_right && who + 1 == self.taken.len();
        if (nth == 1) != other_way_round { (who + 1) % self.taken.len() } else { who }
    }

    fn is_free(&self, fork: usize) -> bool {
        (0..self.taken.len()).all(|who| (0..self.taken[who]).all(|nth| self.fork(who, nth) != fork))
    }
}

impl Machine for Table {
    type Action = usize;

    fn actions(&self) -> Vec<usize> {
        let can = |&who: &usize| self.taken[who] == 2 || self.is_free(self.fork(who, self.taken[who]));
        (0..self.taken.len()).filter(can).collect()
    }

    fn step(&mut self, &who: &usize) -> Note {
        self.taken[who] = (self.taken[who] + 1) % 3;
        Note::default()
    }

    fn violations(&self) -> Vec<Violation> {
        let eat = self.taken.iter().filter(|&&forks| forks == 2).count();
        let broken = |rule: &str| Violation { rule: rule.into(), note: Note::new(format!("{eat} eat.")) };
        Vec::from_iter((eat > 1).then(|| broken("one eats at a time")))
    }
}

impl Explorable for Table {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![
            Rule::always("forks are not shared"),
            Rule::sometimes("the last one eats", |table| table.taken.last() == Some(&2)),
            Rule::sometimes("all eat", |table| table.taken.iter().all(|&forks| forks == 2)),
        ]
    }

    fn may_end(&self) -> bool {
        false
    }
}

fn all(table: &Table, limits: &Limits) -> Explored<usize> {
    explore(table, limits, |_| ControlFlow::Continue(()))
}

#[test]
fn a_deadlock_comes_with_a_shortest_way() {
    let found = all(&Table::new(3, false), &Limits::default());
    let deadlock = found.deadlock.as_ref().unwrap();
    assert_eq!(deadlock.actions, [0, 1, 2], "each takes the fork at the left");
    assert_eq!(deadlock.picks, [0, 1, 1], "philosopher 0 cannot go on once 1 has begun");
    // Without an eater each holds a fork or none, 2³; of an eater's neighbours one may hold the third fork, 3 · 2.
    assert_eq!((found.states, found.depth), (14, 4));
    assert!(!found.is_fine());
    let found = all(&Table::new(3, true), &Limits::default());
    assert_eq!(found.deadlock, None, "one who begins at the right breaks the circle");
}

#[test]
fn rules_are_judged_in_their_order_and_those_not_named_follow() {
    let found = all(&Table::new(4, true), &Limits::default());
    let verdicts: Vec<_> = found.verdicts.iter().map(|judged| judged.rule.as_str()).collect();
    assert_eq!(verdicts, ["forks are not shared", "the last one eats", "all eat", "one eats at a time"]);
    assert_eq!(found.verdicts[0].verdict, Verdict::Holds);
    let Verdict::Reached(schedule) = &found.verdicts[1].verdict else { panic!("the last one eats") };
    assert_eq!(schedule.actions, [3, 3]);
    assert_eq!(found.verdicts[2].verdict, Verdict::Unreached);
    let Verdict::Broken(broken) = &found.verdicts[3].verdict else { panic!("two eat") };
    assert_eq!(broken.schedule.actions, [0, 0, 2, 2], "a shortest way, and of those the one whose picks come first");
    assert_eq!(broken.note.plain(), "2 eat.");
}

#[test]
fn a_search_that_is_stopped_says_so_and_claims_nothing() {
    let table = Table::new(6, false);
    let whole = all(&table, &Limits::default());
    assert_eq!(whole.stopped, None);
    let cut = |limits: Limits| all(&table, &limits);

    let found = cut(Limits { states: 100, ..Limits::default() });
    assert_eq!((found.states, found.stopped), (100, Some(Stopped::States)));
    assert_eq!(found.verdicts[0].verdict, Verdict::Undecided, "what was not looked at may break it");
    assert_eq!(found.verdicts[2].verdict, Verdict::Undecided, "it may yet be reached");
    assert!(matches!(found.verdicts[3].verdict, Verdict::Broken(_)), "what was found stays true");

    let found = cut(Limits { depth: 3, ..Limits::default() });
    assert_eq!((found.depth, found.stopped), (3, Some(Stopped::Depth)));
    let found = cut(Limits { bytes: 1 << 10, ..Limits::default() });
    assert_eq!((found.states, found.stopped), (1, Some(Stopped::Memory)));

    let exactly = Limits { states: whole.states as u32, depth: whole.depth, ..Limits::default() };
    assert_eq!(cut(exactly).stopped, None, "limits that are just met stop nothing");
}

#[test]
fn who_watches_hears_how_far_it_is_and_may_end_it() {
    let table = Table::new(9, true);
    let mut heard: Vec<Progress> = Vec::new();
    let found = explore(&table, &Limits::default(), |progress| {
        heard.push(*progress);
        if heard.len() == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(found.stopped, Some(Stopped::Cancelled));
    assert_eq!(heard.len(), 3);
    assert_eq!((heard[0].states, heard[0].depth, heard[0].waiting), (1, 1, 1));
    assert!(heard[1].states > 1_024 && heard[2].states > heard[1].states);
}

#[test]
fn one_machine_gives_one_answer() {
    let table = Table::new(7, false);
    assert_eq!(all(&table, &Limits::default()), all(&table, &Limits::default()));
}
