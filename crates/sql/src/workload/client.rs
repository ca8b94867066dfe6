//! One client: an application that runs one transaction after the other and tries again when it has to.

use super::chance::Errand;
use super::program::Seen;
use super::{Doing, Workload};
use crate::store::{Micros, SessionId};

/// Where a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Thinking,
    /// The next statement is on its way.
    Sending,
    /// The store has the statement and cannot run it yet.
    Waiting,
    /// The application computes.
    Working,
    /// A `ROLLBACK` is on its way.
    Leaving,
    BackingOff,
}

#[derive(Clone, Debug)]
pub struct Client {
    pub session: SessionId,
    number: u32,
    /// Transactions that were drawn before this one.
    before: u32,
    pub errand: Errand,
    pub state: State,
    /// Attempts at the errand, this one included.
    pub attempt: u32,
    /// Which step of the transaction comes next.
    pub step: usize,
    pub seen: Vec<Seen>,
    /// When the transaction's first attempt began.
    pub begun: Micros,
    /// How long its statements have waited, in all attempts.
    pub waited: Micros,
    /// When the statement was sent that waits.
    pub asked: Micros,
}

impl Client {
    pub fn new(session: SessionId, number: u32, workload: &Workload) -> Self {
        let errand = Errand::draw(workload, number, 0);
        Self {
            session,
            number,
            before: 0,
            seen: vec![Seen::default(); errand.accounts.len()],
            errand,
            state: State::Thinking,
            attempt: 0,
            step: 0,
            begun: 0,
            waited: 0,
            asked: 0,
        }
    }

    /// Turns to the next errand. Returns how long it thinks before.
    pub fn next_errand(&mut self, workload: &Workload) -> Micros {
        self.before += 1;
        self.errand = Errand::draw(workload, self.number, self.before);
        self.state = State::Thinking;
        self.errand.think
    }

    /// Begins the errand at `now`.
    pub fn begin(&mut self, now: Micros) {
        (self.begun, self.waited, self.attempt, self.step) = (now, 0, 1, 0);
    }

    /// Begins the next attempt.
    pub fn again(&mut self) {
        self.attempt += 1;
        self.step = 0;
    }

    /// What one can see of it.
    pub fn doing(&self) -> Doing {
        match self.state {
            State::Thinking => Doing::Thinking,
            State::Sending | State::Working | State::Leaving => Doing::Working,
            State::Waiting => Doing::Waiting,
            State::BackingOff => Doing::BackingOff,
        }
    }
}
