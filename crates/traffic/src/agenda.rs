//! What happens when: a queue of events in virtual time.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::BinaryHeap;

/// Microseconds of virtual time.
pub type Micros = u64;

/// Events at their times. Those that are due together come in the order in which they were put down.
#[derive(Clone, Debug)]
pub struct Agenda<E> {
    due: BinaryHeap<Reverse<(Micros, u64)>>,
    events: BTreeMap<u64, E>,
    sequence: u64,
}

impl<E> Default for Agenda<E> {
    fn default() -> Self {
        Self { due: BinaryHeap::new(), events: BTreeMap::new(), sequence: 0 }
    }
}

/// An event that has been put down, for whoever wants to take it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry(u64);

impl<E> Agenda<E> {
    pub fn put(&mut self, time: Micros, event: E) -> Entry {
        let entry = self.sequence;
        self.due.push(Reverse((time, entry)));
        self.events.insert(entry, event);
        self.sequence += 1;
        Entry(entry)
    }

    /// It will not happen. Nothing changes when it has already happened.
    pub fn cancel(&mut self, entry: Entry) {
        self.events.remove(&entry.0);
    }

    /// The next event that is due no later than `until`, and when.
    pub fn take(&mut self, until: Micros) -> Option<(Micros, E)> {
        while let Some(&Reverse((time, entry))) = self.due.peek() {
            if time > until {
                return None;
            }
            self.due.pop();
            if let Some(event) = self.events.remove(&entry) {
                return Some((time, event));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_come_by_time_and_then_in_the_order_in_which_they_were_put_down() {
        let mut agenda = Agenda::default();
        for (time, event) in [(7, 'c'), (3, 'a'), (7, 'd'), (3, 'b'), (9, 'e')] {
            agenda.put(time, event);
        }
        let taken: Vec<_> = std::iter::from_fn(|| agenda.take(8)).collect();
        assert_eq!(taken, [(3, 'a'), (3, 'b'), (7, 'c'), (7, 'd')]);
    }

    #[test]
    fn what_is_taken_back_does_not_happen() {
        let mut agenda = Agenda::default();
        let first = agenda.put(1, 'a');
        agenda.put(1, 'b');
        agenda.cancel(first);
        assert_eq!(agenda.take(5), Some((1, 'b')));
        agenda.cancel(first);
        assert_eq!(agenda.take(5), None);
    }
}
