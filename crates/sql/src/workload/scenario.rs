//! Everything a learner can set in a workload.

use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// How a transaction changes a row that others change, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// Reads, computes in the application, writes back. READ COMMITTED, which lets the last writer win.
    None,
    /// `SET balance = balance + 1`: the store reads and writes in one statement.
    Atomic,
    /// `SELECT … FOR UPDATE`: pessimistic, whoever comes second waits before it reads.
    ForUpdate,
    /// A version column: the write names the version that was read and is tried again when it matches no row.
    Version,
    /// `SERIALIZABLE`: the store refuses what fits no serial order, with 40001, and the transaction is tried again.
    Serializable,
}

impl Strategy {
    pub const ALL: [Strategy; 5] =
        [Strategy::None, Strategy::Atomic, Strategy::ForUpdate, Strategy::Version, Strategy::Serializable];

    /// As a label.
    pub fn title(self) -> &'static str {
        match self {
            Strategy::None => "No protection",
            Strategy::Atomic => "Atomic update",
            Strategy::ForUpdate => "FOR UPDATE",
            Strategy::Version => "Version column",
            Strategy::Serializable => "SERIALIZABLE",
        }
    }
}

/// How times are spread around their mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Draw {
    /// Mostly short, now and then long: independent arrivals.
    #[default]
    Exponential,
    /// Anything from nothing to twice the mean.
    Uniform,
}

/// What is varied to compare levels of contention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sweep {
    /// Fewer hot rows are more contention.
    #[default]
    HotRows,
    /// More clients are more contention.
    Clients,
}

/// A workload: who does what to which rows, and how long it takes. Times are means in microseconds of virtual time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Workload {
    /// Sessions that run one transaction after the other.
    pub clients: u32,
    /// Accounts in the table.
    pub rows: u32,
    /// The first so many of them are the ones that everybody wants.
    pub hot: u32,
    /// Of a hundred picks of a row, how many fall on a hot one.
    pub heat: u32,
    /// A transaction moves money from one account to another. Otherwise it changes one account.
    pub transfers: bool,
    /// A transfer takes the account with the smaller number first.
    pub ordered: bool,
    /// Between two transactions of a client.
    pub think: u32,
    /// What the application does inside the transaction: between reading and writing, where it reads.
    pub work: u32,
    /// From sending a statement until it is run and answered, not counting waits.
    pub latency: u32,
    pub draw: Draw,
    /// Before the second attempt; doubled for each further one, and drawn between nothing and that.
    pub backoff: u32,
    /// Attempts at a transaction before it is given up.
    pub attempts: u32,
    /// How long it is watched.
    pub duration: u32,
    pub seed: u32,
    pub sweep: Sweep,
}

impl Default for Workload {
    fn default() -> Self {
        Self {
            clients: 12,
            rows: 100,
            hot: 4,
            heat: 80,
            transfers: false,
            ordered: false,
            think: 100_000,
            work: 20_000,
            latency: 1_000,
            draw: Draw::Exponential,
            backoff: 10_000,
            attempts: 10,
            duration: 3_000_000,
            seed: 1,
            sweep: Sweep::HotRows,
        }
    }
}

impl Workload {
    pub const CLIENTS: RangeInclusive<u32> = 1..=64;
    pub const ROWS: RangeInclusive<u32> = 2..=1_000;
    pub const DURATION: RangeInclusive<u32> = 1_000..=60_000_000;

    /// Statements that one run may be expected to need, so that all strategies at all levels are run in about a second.
    const AFFORDABLE: u64 = 4_000;
    /// The clients that are compared.
    const LEVELS_OF_CLIENTS: [u32; 6] = [1, 2, 4, 8, 16, 32];

    /// The same within what can be simulated: a link may carry any numbers. What would take too long is watched for a shorter
    /// time, at every level for the same.
    pub fn bounded(&self) -> Self {
        let workload = self.within_bounds();
        let (clients, budget) = match workload.sweep {
            Sweep::HotRows => (workload.clients, Self::AFFORDABLE),
            // The levels with fewer clients need less.
            Sweep::Clients => (Self::LEVELS_OF_CLIENTS[5].max(workload.clients), 3 * Self::AFFORDABLE),
        };
        // Little of the think time: when everybody tries again and again, nobody thinks.
        let cycle = u64::from(workload.work) + 5 * u64::from(workload.latency) + u64::from(workload.think) / 4;
        let longest = (budget * cycle / (5 * u64::from(clients))).max(1_000);
        Self { duration: u64::from(workload.duration).min(longest) as u32, ..workload }
    }

    fn within_bounds(&self) -> Self {
        let within = |value: u32, range: RangeInclusive<u32>| value.clamp(*range.start(), *range.end());
        let rows = within(self.rows, Self::ROWS);
        Self {
            clients: within(self.clients, Self::CLIENTS),
            rows,
            hot: within(self.hot, 1..=rows),
            heat: within(self.heat, 0..=100),
            think: within(self.think, 0..=10_000_000),
            work: within(self.work, 0..=10_000_000),
            // Nothing takes no time at all: a client without think time would never let the clock move.
            latency: within(self.latency, 10..=1_000_000),
            backoff: within(self.backoff, 0..=1_000_000),
            attempts: within(self.attempts, 1..=100),
            duration: within(self.duration, Self::DURATION),
            ..self.clone()
        }
    }

    /// The levels of contention to compare, from little to much.
    pub fn levels(&self) -> Vec<u32> {
        match self.sweep {
            Sweep::HotRows => [64, 32, 16, 8, 4, 2, 1].into_iter().filter(|&hot| hot <= self.rows).collect(),
            Sweep::Clients => Self::LEVELS_OF_CLIENTS.to_vec(),
        }
    }

    /// The same workload at a level of contention.
    pub fn at_level(&self, level: u32) -> Self {
        match self.sweep {
            Sweep::HotRows => Self { hot: level, ..self.clone() },
            Sweep::Clients => Self { clients: level, ..self.clone() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_numbers_become_a_workload_that_can_be_run() {
        let wild: Workload =
            serde_json::from_str(r#"{"clients":0,"rows":4000000000,"hot":0,"latency":0,"attempts":0}"#)
                .expect("missing fields have their defaults");
        let tame = wild.bounded();
        assert_eq!((tame.clients, tame.rows, tame.hot, tame.latency, tame.attempts), (1, 1_000, 1, 10, 1));
        assert_eq!(tame.bounded(), tame);
    }

    #[test]
    fn contention_grows_with_the_levels() {
        let workload = Workload { rows: 10, ..Workload::default() };
        assert_eq!(workload.levels(), [8, 4, 2, 1]);
        assert_eq!(workload.at_level(2).hot, 2);
        let clients = Workload { sweep: Sweep::Clients, ..workload };
        assert_eq!(clients.levels(), [1, 2, 4, 8, 16, 32]);
        assert_eq!(clients.at_level(32).clients, 32);
    }

    #[test]
    fn what_would_take_too_long_is_watched_for_a_shorter_time() {
        let busy = Workload { clients: 64, think: 0, work: 0, latency: 1_000, ..Workload::default() };
        assert_eq!(busy.bounded().duration, 62_500);
        let sweep = Workload { sweep: Sweep::Clients, think: 50_000, ..Workload::default() }.bounded();
        assert_eq!(sweep.duration, 2_812_500);
        assert!(sweep.levels().iter().all(|level| sweep.at_level(*level).bounded().duration == sweep.duration));
    }
}
