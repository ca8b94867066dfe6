//! Timers of a process.

use serde::{Deserialize, Serialize};

/// Which timers run. They belong into a process's volatile half: a crash stops them.
///
/// Models have no clock: a timer that runs goes off some time. When, is for the machine to offer: as long as a message that it waits for
/// is on its way, to go off is to be [delayed](crate::Fault::Delay) too long.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Timers<T>(Vec<T>);

impl<T> Default for Timers<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> Timers<T> {
    /// Starts a timer. One that runs runs on.
    pub fn start(&mut self, timer: T) {
        if let Err(at) = self.0.binary_search(&timer) {
            self.0.insert(at, timer);
        }
    }

    /// Stops a timer, if it runs.
    pub fn stop(&mut self, timer: &T) {
        if let Ok(at) = self.0.binary_search(timer) {
            self.0.remove(at);
        }
    }

    /// Timers that run, in order.
    pub fn running(&self) -> &[T] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_runs_once_until_it_is_stopped() {
        let mut timers = Timers::default();
        timers.start("votes");
        timers.start("acks");
        timers.start("votes");
        assert_eq!(timers.running(), ["acks", "votes"]);
        timers.stop(&"votes");
        timers.stop(&"votes");
        assert_eq!(timers.running(), ["acks"]);
    }
}
