//! What is counted of a run.

use super::{Micros, Slice};
use serde::{Deserialize, Serialize};

/// Slices that the whole of a run is counted in.
pub const SLICES: u64 = 60;

/// How many of something there are at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Those who have asked for a connection and have none yet.
    pub waiting: usize,
    /// Connections that are checked out.
    pub out: usize,
    /// Cores at work.
    pub busy: usize,
}

/// How some times are spread, in microseconds. Percentiles are the least time that so many of a hundred stay within.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Class {
    pub count: u32,
    pub mean: f64,
    pub median: u32,
    pub within_95: u32,
    pub within_99: u32,
    pub longest: u32,
}

impl Class {
    fn of(mut times: Vec<u32>) -> Self {
        times.sort_unstable();
        let within = |percent: usize| {
            let rank = (times.len() * percent).div_ceil(100).max(1);
            times.get(rank - 1).copied().unwrap_or(0)
        };
        Self {
            count: times.len() as u32,
            mean: times.iter().map(|time| f64::from(*time)).sum::<f64>() / times.len().max(1) as f64,
            median: within(50),
            within_95: within(95),
            within_99: within(99),
            longest: within(100),
        }
    }
}

/// What a run came to. Times are in microseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// How long it was watched.
    pub clock: Micros,
    /// Requests that arrived, were answered, and failed because a connection was too long in coming.
    pub arrived: u32,
    pub done: u32,
    pub failed: u32,
    /// How often somebody asked for a connection.
    pub asked: u32,
    /// Connections that nobody will ever give back.
    pub leaked: u32,
    pub opened: u32,
    /// Of the pool: how much of it is checked out, on average.
    pub utilisation: f64,
    /// Of the server: how much of its cores is at work, on average.
    pub cores: f64,
    /// How many wait for a connection, on average: the L of Little's law.
    pub waiting: f64,
    /// The time that everybody has waited together, in the time that was watched, those who still wait included, for each who asked: its W.
    pub wait: f64,
    /// Those who wait when the watch ends.
    pub left: u32,
    /// Of all who got a connection or gave up.
    pub waits: Class,
    /// The same of quick requests and of slow ones.
    pub waits_of: [Class; 2],
    /// From the arrival of a request until it is answered; quick ones and slow ones.
    pub took_of: [Class; 2],
}

impl Figures {
    /// How many ask for a connection in a second: the λ of Little's law.
    pub fn asked_per_second(&self) -> f64 {
        f64::from(self.asked) * 1e6 / self.clock.max(1) as f64
    }

    /// Requests answered in a second.
    pub fn done_per_second(&self) -> f64 {
        f64::from(self.done) * 1e6 / self.clock.max(1) as f64
    }
}

/// How many waited how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Those who did not wait at all.
    pub none: u32,
    /// Microseconds that a bin is wide.
    pub width: u32,
    /// Bin i counts waits from i × width on, and no longer than (i + 1) × width.
    pub bins: Vec<u32>,
    /// Longer than all bins.
    pub longer: u32,
}

impl Histogram {
    const BINS: usize = 24;

    fn of(waits: &[u32], reach: u32) -> Self {
        let width = round_up(reach.max(100).div_ceil(Self::BINS as u32));
        let mut histogram = Self { none: 0, width, bins: vec![0; Self::BINS], longer: 0 };
        for wait in waits {
            match wait.checked_sub(1) {
                None => histogram.none += 1,
                Some(wait) => match histogram.bins.get_mut((wait / width) as usize) {
                    Some(bin) => *bin += 1,
                    None => histogram.longer += 1,
                },
            }
        }
        histogram
    }
}

/// The least of 1, 2, 5, 10, 20, … that is no less.
fn round_up(value: u32) -> u32 {
    let mut power: u32 = 1;
    loop {
        for digit in [1, 2, 5] {
            let round = power.saturating_mul(digit);
            if round >= value {
                return round;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// Counts while a run goes on.
#[derive(Clone, Debug)]
pub struct Tally {
    max: u64,
    cores: u64,
    duration: Micros,
    clock: Micros,
    whole: Areas,
    slice: Areas,
    slice_began: Micros,
    slice_done: u32,
    slice_failed: u32,
    slice_waits: Vec<u32>,
    pub slices: Vec<Slice>,
    pub figures: Figures,
    waits: [Vec<u32>; 2],
    took: [Vec<u32>; 2],
    /// Of all waits that are over.
    waited: u64,
}

/// Levels, each times the time it was at.
#[derive(Clone, Copy, Debug, Default)]
struct Areas {
    waiting: u64,
    out: u64,
    busy: u64,
}

impl Areas {
    fn add(&mut self, levels: Levels, time: Micros) {
        self.waiting += levels.waiting as u64 * time;
        self.out += levels.out as u64 * time;
        self.busy += levels.busy as u64 * time;
    }
}

impl Tally {
    pub fn new(max: u32, cores: u32, duration: Micros) -> Self {
        Self {
            max: max.into(),
            cores: cores.into(),
            duration,
            clock: 0,
            whole: Areas::default(),
            slice: Areas::default(),
            slice_began: 0,
            slice_done: 0,
            slice_failed: 0,
            slice_waits: Vec::new(),
            slices: Vec::new(),
            figures: Figures::default(),
            waits: Default::default(),
            took: Default::default(),
            waited: 0,
        }
    }

    /// Time passes until `now`, at these levels.
    pub fn pass(&mut self, now: Micros, levels: Levels) {
        loop {
            let end = self.duration * (self.slices.len() as u64 + 1) / SLICES;
            let until = now.min(end);
            self.whole.add(levels, until - self.clock);
            self.slice.add(levels, until - self.clock);
            self.clock = until;
            if until < end || self.slices.len() as u64 == SLICES {
                return;
            }
            self.close_slice();
        }
    }

    fn close_slice(&mut self) {
        let time = (self.clock - self.slice_began).max(1) as f64;
        let waits = Class::of(std::mem::take(&mut self.slice_waits));
        self.slices.push(Slice {
            end: self.clock,
            utilisation: (self.slice.out as f64 / time / self.max as f64) as f32,
            cores: (self.slice.busy as f64 / time / self.cores as f64) as f32,
            waiting: (self.slice.waiting as f64 / time) as f32,
            done: self.slice_done,
            failed: self.slice_failed,
            wait: waits.mean as f32,
            wait_95: waits.within_95,
            leaked: self.figures.leaked,
        });
        self.slice = Areas::default();
        self.slice_began = self.clock;
        (self.slice_done, self.slice_failed) = (0, 0);
    }

    /// Somebody has waited so long, and got a connection or gave up.
    pub fn wait(&mut self, slow: bool, time: Micros) {
        self.waited += time;
        let time = time as u32;
        self.waits[usize::from(slow)].push(time);
        self.slice_waits.push(time);
    }

    /// A request is answered.
    pub fn done(&mut self, slow: bool, took: Micros) {
        self.figures.done += 1;
        self.slice_done += 1;
        self.took[usize::from(slow)].push(took as u32);
    }

    /// A request fails.
    pub fn failed(&mut self) {
        self.figures.failed += 1;
        self.slice_failed += 1;
    }

    /// What it comes to at this moment; `unfinished` are the times that those have waited so far who still wait.
    pub fn figures(&self, unfinished: impl Iterator<Item = Micros>) -> Figures {
        let time = self.clock.max(1) as f64;
        let (mut left, mut still) = (0, 0);
        for time in unfinished {
            left += 1;
            still += time;
        }
        Figures {
            clock: self.clock,
            utilisation: self.whole.out as f64 / time / self.max as f64,
            cores: self.whole.busy as f64 / time / self.cores as f64,
            waiting: self.whole.waiting as f64 / time,
            wait: (self.waited + still) as f64 / f64::from(self.figures.asked.max(1)),
            left,
            waits: Class::of(self.waits.concat()),
            waits_of: self.waits.clone().map(Class::of),
            took_of: self.took.clone().map(Class::of),
            ..self.figures.clone()
        }
    }

    /// How long those have waited who got a connection or gave up. Bins reach to `reach` at least, in microseconds.
    pub fn histogram(&self, reach: u32) -> Histogram {
        Histogram::of(&self.waits.concat(), reach)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_the_nearest_rank() {
        let class = Class::of((1..=200).rev().collect());
        assert_eq!(
            (class.mean, class.median, class.within_95, class.within_99, class.longest),
            (100.5, 100, 190, 198, 200)
        );
        assert_eq!(Class::of(Vec::new()), Class::default());
        assert_eq!(Class::of(vec![7]).within_95, 7);
    }

    #[test]
    fn every_wait_is_in_one_bin() {
        let histogram = Histogram::of(&[0, 0, 1, 100, 101, 2_400, 2_401, 90_000], 2_400);
        assert_eq!((histogram.none, histogram.width, histogram.longer), (2, 100, 2));
        assert_eq!((histogram.bins[0], histogram.bins[1], histogram.bins[23]), (2, 1, 1));
    }

    #[test]
    fn time_is_shared_out_among_slices() {
        let mut tally = Tally::new(4, 2, 600);
        tally.pass(15, Levels { waiting: 2, out: 4, busy: 1 });
        tally.done(false, 5);
        tally.pass(600, Levels { waiting: 0, out: 2, busy: 2 });
        assert_eq!(tally.slices.len(), 60);
        assert_eq!([0, 1, 2].map(|i| (tally.slices[i].waiting, tally.slices[i].done)), [(2.0, 0), (1.0, 1), (0.0, 0)]);
        let figures = tally.figures(std::iter::empty());
        assert_eq!((figures.waiting, figures.utilisation), (0.05, (15.0 * 4.0 + 585.0 * 2.0) / 2400.0));
    }
}
