//! One frame: the pool at a moment, what has been counted until then, and at the end what it came to.

use super::{Figures, Histogram, Micros, Prediction};
use interleave_kernel::Tape;
use serde::{Deserialize, Serialize};

/// The recording of a run.
pub type PoolTape = Tape<Scene>;

/// A request, as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// From 1.
    pub request: u32,
    pub slow: bool,
    /// The query that it is at, from 1.
    pub query: u32,
}

/// What is in a connection's place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Slot {
    #[default]
    Closed,
    /// For a request, unless it has given up.
    Opening(Option<Who>),
    Idle,
    /// The server is at a query.
    Running(Who),
    /// Held by a request while the server has nothing to do for it.
    Holding(Who),
    /// Kept by a request that asks for a second connection.
    Keeping(Who),
    /// A request that is over has not given it back.
    Leaked(Who),
}

/// Somebody in the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiter {
    pub who: Who,
    pub since: Micros,
}

/// What has been counted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub arrived: u32,
    pub done: u32,
    pub failed: u32,
    pub leaked: u32,
    pub opened: u32,
}

/// A sixtieth of the run. Times are in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Slice {
    pub end: Micros,
    /// How much of the pool was checked out, from 0 to 1.
    pub utilisation: f32,
    /// How much of the server's cores was at work, from 0 to 1.
    pub cores: f32,
    /// How many waited for a connection, on average.
    pub waiting: f32,
    /// Requests that were answered, and that failed.
    pub done: u32,
    pub failed: u32,
    /// How long those waited who got a connection or gave up: the mean, and what 95 of a hundred stayed within.
    pub wait: f32,
    pub wait_95: u32,
    /// Connections leaked until then.
    pub leaked: u32,
}

/// What a run came to, beside what was predicted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Results {
    pub figures: Figures,
    pub waits: Histogram,
    pub prediction: Prediction,
    /// How many of a bin of the histogram are predicted, for each of its bins; empty where nothing is.
    pub predicted: Vec<f32>,
}

/// The same traffic with a pool of another size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    pub max: u32,
    pub figures: Figures,
    /// The mean wait that M/M/c predicts, in microseconds, where it applies.
    pub predicted: Option<f64>,
}

/// Everything one can see in one frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Virtual time in microseconds.
    pub clock: Micros,
    /// A place for every connection that the pool may have.
    pub slots: Vec<Slot>,
    /// The first of those who wait in the queue.
    pub queue: Vec<Waiter>,
    /// All who wait in the queue.
    pub waiting: u32,
    /// Connections that have work on the server.
    pub active: u32,
    /// How fast each of them is served, in thousandths of a core of its own.
    pub pace: u32,
    /// Requests that this frame is about.
    pub about: Vec<u32>,
    /// Requests that this frame ends, and whether they were answered.
    pub leaving: Vec<(Who, bool)>,
    pub counts: Counts,
    pub slices: Vec<Slice>,
    pub results: Option<Box<Results>>,
    pub levels: Vec<Level>,
    /// Why the run ended early.
    pub stopped: Option<String>,
}

/// What can be different between two frames.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// The pool has so many places.
    Places(u16),
    Clock(Micros),
    Slot(u16, Slot),
    Queue {
        first: Vec<Waiter>,
        waiting: u32,
    },
    Server {
        active: u32,
        pace: u32,
    },
    About(Vec<u32>),
    Leaving(Vec<(Who, bool)>),
    Counts(Counts),
    Slice(Slice),
    Results(Box<Results>),
    Level(Box<Level>),
    Stopped(String),
}

impl interleave_kernel::Scene for Scene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Places(count) => self.slots = vec![Slot::Closed; usize::from(*count)],
            Change::Clock(clock) => self.clock = *clock,
            Change::Slot(place, slot) => {
                if let Some(here) = self.slots.get_mut(usize::from(*place)) {
                    *here = *slot;
                }
            }
            Change::Queue { first, waiting } => {
                self.queue.clone_from(first);
                self.waiting = *waiting;
            }
            Change::Server { active, pace } => (self.active, self.pace) = (*active, *pace),
            Change::About(requests) => self.about.clone_from(requests),
            Change::Leaving(requests) => self.leaving.clone_from(requests),
            Change::Counts(counts) => self.counts = *counts,
            Change::Slice(slice) => self.slices.push(slice.clone()),
            Change::Results(results) => self.results = Some(results.clone()),
            Change::Level(level) => self.levels.push(Level::clone(level)),
            Change::Stopped(why) => self.stopped = Some(why.clone()),
        }
    }
}
