//! What is read from a run once, whatever frame of it is shown.

use super::picture::Picture;
use super::tally::Tally;
use interleave_queries::{Event, Nanos, Run, events};
use std::rc::Rc;

/// A run, read.
pub struct Reading {
    pub run: Rc<Run>,
    pub picture: Picture,
    pub tally: Tally,
    /// The findings in the order in which they are made.
    pub found: Vec<usize>,
    /// The frame in which each query is asked, or answered where that is no frame.
    pub asked: Vec<usize>,
    /// The frame in which each finding is made.
    pub finds: Vec<usize>,
    /// The frame in which each line is printed.
    pub prints: Vec<usize>,
}

impl Reading {
    /// Reads a run.
    pub fn of(run: &Rc<Run>) -> Self {
        let events = events(run);
        let end = events.last().map_or(0, |(at, _)| *at);
        let mut asked = vec![0; run.log.queries.len()];
        let mut finds = vec![0; run.findings.len()];
        let mut prints = vec![0; run.printed.len()];
        let mut found = Vec::new();
        for (at, (_, event)) in events.into_iter().enumerate() {
            match event {
                Event::Asked(query) => asked[query] = at + 1,
                Event::Answered(query) if asked[query] == 0 => asked[query] = at + 1,
                Event::Found(finding) => {
                    found.push(finding);
                    finds[finding] = at + 1;
                }
                Event::Printed(print) => prints[print] = at + 1,
                _ => {}
            }
        }
        let (picture, tally) = (Picture::of(run, end), Tally::of(run));
        Self { run: Rc::clone(run), picture, tally, found, asked, finds, prints }
    }

    /// How many queries had been asked by then.
    pub fn asked_by(&self, clock: Nanos) -> usize {
        self.run.log.queries.partition_point(|query| query.asked <= clock)
    }

    /// The group of most queries: the first of them.
    pub fn largest(&self) -> Option<usize> {
        let groups = &self.run.groups;
        (0..groups.len()).max_by_key(|at| (groups[*at].queries.len(), std::cmp::Reverse(*at)))
    }
}

/// A reading is compared by being the same one: it *never* changes.
#[derive(Clone)]
pub struct Read(pub Rc<Reading>);

impl PartialEq for Read {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::ops::Deref for Read {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        &self.0
    }
}

/// Likewise a run.
#[derive(Clone)]
pub struct Same(pub Rc<Run>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
