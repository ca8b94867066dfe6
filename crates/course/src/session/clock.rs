//! Time that can be stopped and added to.

use serde::{Deserialize, Serialize};

/// A clock that counts from a limit down, or just counts. Times are milliseconds since 1970; what it has counted is milliseconds.
///
/// Whoever keeps it for later keeps it [`Clock::stopped`]: the time for which a page was closed is nobody's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// Nothing: no limit.
    limit: Option<i64>,
    /// Counted before it was started last.
    spent: i64,
    /// When it was started; nothing while it stands.
    since: Option<i64>,
}

impl Clock {
    /// A clock that stands.
    pub fn new(limit: Option<i64>) -> Self {
        Self { limit: limit.map(|limit| limit.max(0)), spent: 0, since: None }
    }

    /// What it has counted. A clock of a computer may go back; this one then stands.
    pub fn spent(&self, now: i64) -> i64 {
        let running = self.since.map_or(0, |since| now.saturating_sub(since).max(0));
        self.spent.saturating_add(running)
    }

    /// What is left; nothing where there is no limit.
    pub fn left(&self, now: i64) -> Option<i64> {
        self.limit.map(|limit| limit.saturating_sub(self.spent(now)).max(0))
    }

    /// Whether the limit is reached. That ends nothing by itself.
    pub fn is_over(&self, now: i64) -> bool {
        self.left(now) == Some(0)
    }

    /// Whether it counts.
    pub fn is_running(&self) -> bool {
        self.since.is_some()
    }

    /// The limit, with everything that was added to it.
    pub fn limit(&self) -> Option<i64> {
        self.limit
    }

    /// Lets it count from now on.
    pub fn start(&mut self, now: i64) {
        if self.since.is_none() {
            self.since = Some(now);
        }
    }

    /// Stops it.
    pub fn stop(&mut self, now: i64) {
        self.spent = self.spent(now);
        self.since = None;
    }

    /// The same clock, stopped: to be kept.
    #[must_use]
    pub fn stopped(mut self, now: i64) -> Self {
        self.stop(now);
        self
    }

    /// Adds time to the limit. Where it is over already, all of what is added is left.
    pub fn extend(&mut self, now: i64, more: i64) {
        if let Some(limit) = self.limit {
            self.limit = Some(limit.max(self.spent(now)).saturating_add(more.max(0)));
        }
    }
}
