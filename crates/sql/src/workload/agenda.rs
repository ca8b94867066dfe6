//! What happens when: a queue of events in virtual time.

use crate::store::Micros;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Which client goes on when. Those that are due together go on in the order in which they were put down.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    events: BinaryHeap<Reverse<(Micros, u64, usize)>>,
    sequence: u64,
}

impl Agenda {
    pub fn put(&mut self, time: Micros, client: usize) {
        self.events.push(Reverse((time, self.sequence, client)));
        self.sequence += 1;
    }

    /// When the next client goes on.
    pub fn next_time(&self) -> Option<Micros> {
        self.events.peek().map(|Reverse((time, ..))| *time)
    }

    /// The next client to go on.
    pub fn take(&mut self) -> Option<usize> {
        self.events.pop().map(|Reverse((.., client))| client)
    }
}
