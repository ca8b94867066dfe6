//! What is counted while a workload runs.

use super::Figures;
use crate::store::Micros;

#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Everything that is counted one by one; means and the like are worked out in [`Tally::figures`].
    pub counted: Figures,
    /// Changes that a commit has reported as made.
    pub changes: u64,
    waits: Vec<u32>,
    times: Vec<u32>,
}

impl Tally {
    /// A transaction has committed that made so many changes.
    pub fn commit(&mut self, changes: usize, waited: Micros, took: Micros) {
        self.counted.commits += 1;
        self.changes += changes as u64;
        self.waits.push(short(waited));
        self.times.push(short(took));
    }

    /// Everything so far. `kept` is how many changes the table has.
    pub fn figures(&self, kept: u64) -> Figures {
        let (wait, wait_95) = summary(&self.waits);
        let (took, took_95) = summary(&self.times);
        Figures {
            lost: u32::try_from(self.changes.saturating_sub(kept)).unwrap_or(u32::MAX),
            wait,
            wait_95,
            took,
            took_95,
            ..self.counted.clone()
        }
    }
}

/// Microseconds as they are kept: more than an hour does not happen.
fn short(time: Micros) -> u32 {
    u32::try_from(time).unwrap_or(u32::MAX)
}

/// The mean, and what 95 of a hundred stay within. (Nearest rank.)
fn summary(times: &[u32]) -> (u32, u32) {
    if times.is_empty() {
        return (0, 0);
    }
    let mean = times.iter().map(|&time| u64::from(time)).sum::<u64>() / times.len() as u64;
    let rank = (times.len() * 95).div_ceil(100) - 1;
    let mut times = times.to_vec();
    let (_, &mut within, _) = times.select_nth_unstable(rank);
    (mean as u32, within)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_and_ranks() {
        assert_eq!(summary(&[]), (0, 0));
        assert_eq!(summary(&[7]), (7, 7));
        let hundred: Vec<u32> = (1..=100).rev().collect();
        assert_eq!(summary(&hundred), (50, 95));
    }

    #[test]
    fn what_was_reported_and_is_not_there_is_lost() {
        let mut tally = Tally::default();
        tally.commit(2, 10, 30);
        tally.commit(2, 0, 10);
        let figures = tally.figures(3);
        assert_eq!((figures.commits, figures.lost, figures.wait, figures.took), (2, 1, 5, 20));
        assert_eq!(tally.figures(4).lost, 0);
    }
}
