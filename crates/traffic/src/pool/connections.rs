//! The rules of node-postgres's pool (pg-pool 3, `index.js`): who gets a connection.
//!
//! - An idle connection is given out at once: the one that was used last (`_idle.pop()`).
//! - With none idle and fewer than `max` open, a new one is opened for whoever asks.
//! - Otherwise whoever asks waits, and is served in the order of asking (`_pendingQueue.shift()`).
//! - A connection that comes back goes to the one who has waited longest, before anybody who asks later.
//! - When a connection goes and somebody waits, a new one is opened for the first of them.
//!
//! Time is not known here: whoever gives up is told to [`Connections::give_up`].

use std::collections::VecDeque;

/// Who asks for a connection: a number of the caller's.
pub type Asker = u32;

/// The place of a connection in the pool, from 0. A connection that is closed leaves its place to another one.
pub type Place = usize;

/// What somebody who asks, or who has waited, is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A connection that is open.
    Open(Place),
    /// One that is being opened: it is theirs when [`Connections::opened`] says so.
    New(Place),
    /// A place at the end of the queue.
    Wait,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed,
    /// For whom, unless they have given up.
    Opening(Option<Asker>),
    Idle,
    Out,
}

/// The connections of a pool and the queue for them.
#[derive(Clone, Debug)]
pub struct Connections {
    states: Vec<State>,
    /// The one that was used last is at the end.
    idle: Vec<Place>,
    queue: VecDeque<Asker>,
}

impl Connections {
    /// A pool that may have `max` connections and has none yet.
    pub fn new(max: usize) -> Self {
        Self { states: vec![State::Closed; max], idle: Vec::new(), queue: VecDeque::new() }
    }

    /// Somebody asks: `pool.connect()`.
    pub fn ask(&mut self, asker: Asker) -> Given {
        if let Some(place) = self.take_idle() {
            return Given::Open(place);
        }
        if let Some(place) = self.open_for(asker) {
            return Given::New(place);
        }
        self.queue.push_back(asker);
        Given::Wait
    }

    /// A connection is open. Whose it is; when they have given up, it is to be [given back](Self::give_back).
    pub fn opened(&mut self, place: Place) -> Option<Asker> {
        match std::mem::replace(&mut self.states[place], State::Out) {
            State::Opening(asker) => asker,
            state => unreachable!("a connection is opened that was {state:?}"),
        }
    }

    /// A connection comes back: `client.release()`. Who gets something for it, and what.
    pub fn give_back(&mut self, place: Place) -> Option<(Asker, Given)> {
        assert_eq!(self.states[place], State::Out, "only what was given out comes back");
        self.states[place] = State::Idle;
        self.idle.push(place);
        self.pulse()
    }

    /// A connection is closed, whatever it was doing. Who gets something for it, and what.
    pub fn close(&mut self, place: Place) -> Option<(Asker, Given)> {
        assert_ne!(self.states[place], State::Closed, "only what is open can be closed");
        self.states[place] = State::Closed;
        self.idle.retain(|idle| *idle != place);
        self.pulse()
    }

    /// Somebody waits no longer: in the queue, or for a connection of their own. That one is opened all the same; the answer is its place.
    pub fn give_up(&mut self, asker: Asker) -> Option<Place> {
        // Who asked first gives up first: the search ends soon.
        if let Some(at) = self.queue.iter().position(|other| *other == asker) {
            self.queue.remove(at);
            return None;
        }
        let place = self.states.iter().position(|state| *state == State::Opening(Some(asker)))?;
        self.states[place] = State::Opening(None);
        Some(place)
    }

    /// Those who wait, in the order in which they will be served.
    pub fn queue(&self) -> &VecDeque<Asker> {
        &self.queue
    }

    /// Whose a connection will be that is being opened.
    pub fn opening_for(&self, place: Place) -> Option<Asker> {
        match self.states[place] {
            State::Opening(asker) => asker,
            _ => None,
        }
    }

    /// Serves the first who waits, if there is something for them: `_pulseQueue()`.
    fn pulse(&mut self) -> Option<(Asker, Given)> {
        let asker = *self.queue.front()?;
        let given = match self.take_idle() {
            Some(place) => Given::Open(place),
            None => Given::New(self.open_for(asker)?),
        };
        self.queue.pop_front();
        Some((asker, given))
    }

    fn take_idle(&mut self) -> Option<Place> {
        let place = self.idle.pop()?;
        self.states[place] = State::Out;
        Some(place)
    }

    /// Begins to open a connection, if there is room for one more.
    fn open_for(&mut self, asker: Asker) -> Option<Place> {
        let place = self.states.iter().position(|state| *state == State::Closed)?;
        self.states[place] = State::Opening(Some(asker));
        Some(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_are_opened_up_to_max_and_then_one_waits() {
        let mut pool = Connections::new(2);
        assert_eq!([1, 2, 3].map(|asker| pool.ask(asker)), [Given::New(0), Given::New(1), Given::Wait]);
        assert_eq!(pool.opened(0), Some(1));
        assert_eq!(pool.give_back(0), Some((3, Given::Open(0))));
        assert_eq!(pool.give_back(0), None);
        assert_eq!(pool.ask(4), Given::Open(0));
    }

    #[test]
    fn the_connection_that_was_used_last_is_given_out_first() {
        let mut pool = Connections::new(3);
        (1..=3).for_each(|asker| {
            pool.ask(asker);
        });
        (0..3).for_each(|place| {
            pool.opened(place);
        });
        for place in [1, 0, 2] {
            assert_eq!(pool.give_back(place), None);
        }
        assert_eq!([4, 5, 6].map(|asker| pool.ask(asker)), [Given::Open(2), Given::Open(0), Given::Open(1)]);
    }

    #[test]
    fn who_has_given_up_is_passed_over_and_their_connection_is_opened_all_the_same() {
        let mut pool = Connections::new(1);
        pool.ask(1);
        assert_eq!([pool.ask(2), pool.ask(3)], [Given::Wait; 2]);
        assert_eq!([pool.give_up(1), pool.give_up(2)], [Some(0), None]);
        assert_eq!(pool.opened(0), None);
        assert_eq!(pool.give_back(0), Some((3, Given::Open(0))));
    }

    #[test]
    fn a_connection_that_is_closed_makes_room_for_the_first_who_waits() {
        let mut pool = Connections::new(1);
        assert_eq!([pool.ask(1), pool.ask(2)], [Given::New(0), Given::Wait]);
        pool.opened(0);
        assert_eq!(pool.close(0), Some((2, Given::New(0))));
        assert_eq!(pool.opened(0), Some(2));
    }
}
