//! Events, and sets of them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An event, by number from 1: the change of one order that one request makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Event(pub u8);

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "event {}", self.0)
    }
}

/// A set of events with numbers below 8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Events(u8);

impl Events {
    pub fn contains(self, event: Event) -> bool {
        self.0 & 1 << event.0 != 0
    }

    pub fn insert(&mut self, event: Event) {
        self.0 |= 1 << event.0;
    }

    pub fn remove(&mut self, event: Event) {
        self.0 &= !(1 << event.0);
    }

    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are in either.
    pub fn with(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that are here and not there.
    pub fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// The one with the lowest number.
    pub fn first(self) -> Option<Event> {
        (!self.is_empty()).then(|| Event(self.0.trailing_zeros() as u8))
    }
}

impl FromIterator<Event> for Events {
    fn from_iter<I: IntoIterator<Item = Event>>(events: I) -> Self {
        let mut set = Self::default();
        events.into_iter().for_each(|event| set.insert(event));
        set
    }
}
