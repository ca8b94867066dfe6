//! One frame of a workload: every strategy side by side at one moment of virtual time, then all of them against contention.

use super::Strategy;
use interleave_kernel::Tape;
use serde::{Deserialize, Serialize};

/// The recording of a comparison.
pub type WorkloadTape = Tape<Scene>;

/// What a client is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doing {
    /// Between two transactions.
    #[default]
    Thinking,
    /// In a transaction that gets on.
    Working,
    /// For a lock.
    Waiting,
    /// Between two attempts at a transaction.
    BackingOff,
}

/// What was counted from the start on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Transactions that committed.
    pub commits: u32,
    /// Attempts that were made again.
    pub retries: u32,
    /// Attempts that the store ended with 40001.
    pub refused: u32,
    /// Attempts that the store ended with 40P01.
    pub deadlocks: u32,
    /// Attempts whose write matched no row, because the version had changed.
    pub stale: u32,
    /// Transactions that were given up after all their attempts.
    pub given_up: u32,
    /// Changes that committed and are not in the table: the number of changes that commits reported, less the number the rows
    /// have counted.
    pub lost: u32,
    /// Microseconds that a committed transaction spent waiting for locks, in all its attempts: the mean, and what 95 of a
    /// hundred stayed within.
    pub wait: u32,
    pub wait_95: u32,
    /// Microseconds from a transaction's first statement until its commit: the mean, and what 95 of a hundred stayed within.
    pub took: u32,
    pub took_95: u32,
}

/// One strategy at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub strategy: Strategy,
    pub figures: Figures,
    /// Each client, in its order.
    pub clients: Vec<Doing>,
}

/// All strategies at one level of contention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// Hot rows or clients: see [`super::Workload::sweep`].
    pub level: u32,
    /// How long it was watched, in microseconds.
    pub clock: u32,
    pub figures: Vec<(Strategy, Figures)>,
}

/// Everything one can see in one frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Virtual time in microseconds.
    pub clock: u64,
    /// In the order of [`Strategy::ALL`].
    pub standings: Vec<Standing>,
    /// Commits of each strategy by the end of each slice of time so far, in the same order.
    pub commits: Vec<Vec<u32>>,
    /// From little contention to much; empty until the run is over.
    pub levels: Vec<Level>,
    /// Why the run was cut short.
    pub stopped: Option<String>,
}

/// What can be different between two frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// A slice of time has passed.
    Slice {
        clock: u64,
        standings: Vec<Standing>,
    },
    /// One more level of contention was run.
    Level(Level),
    Stopped(String),
}

impl interleave_kernel::Scene for Scene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Slice { clock, standings } => {
                self.clock = *clock;
                self.commits.resize(standings.len(), Vec::new());
                for (series, standing) in self.commits.iter_mut().zip(standings) {
                    series.push(standing.figures.commits);
                }
                self.standings.clone_from(standings);
            }
            Change::Level(level) => self.levels.push(level.clone()),
            Change::Stopped(why) => self.stopped = Some(why.clone()),
        }
    }
}
