//! What is known of such queues without running one.

/// Requests that arrive independently of each other, exponential times of service, so many servers, one queue, nobody gives up: M/M/c. (Erlang,
/// *Solution of some Problems in the Theory of Probabilities of Significance in Automatic Telephone Exchanges*, 1917; Adan, Resing, *Queueing
/// Systems*, 2015, chapter 5)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MMc {
    /// Arrivals in a unit of time: λ.
    pub arrivals: f64,
    /// Mean time of service, in the same unit: 1/μ.
    pub service: f64,
    /// c
    pub servers: u32,
}

impl MMc {
    /// How many servers would be busy on average if there were enough, in erlangs: λ/μ. By Little's law, whatever the distributions are.
    pub fn offered(&self) -> f64 {
        self.arrivals * self.service
    }

    /// How much of each server is in use: λ/(cμ). At 1 and above the queue grows without end.
    pub fn utilisation(&self) -> f64 {
        self.offered() / f64::from(self.servers)
    }

    /// Whether there is a state that the queue comes to.
    pub fn is_stable(&self) -> bool {
        self.utilisation() < 1.0
    }

    /// The probability of having to wait: Erlang's C. 1 where the queue grows without end.
    pub fn waiting_probability(&self) -> f64 {
        if !self.is_stable() {
            return 1.0;
        }
        let offered = self.offered();
        // Erlang's B, server by server: numbers stay between 0 and 1 where factorials would not.
        let blocked = (1..=self.servers).fold(1.0, |b, n| offered * b / (f64::from(n) + offered * b));
        blocked / (1.0 - self.utilisation() * (1.0 - blocked))
    }

    /// How fast those who wait are served: cμ − λ.
    fn slack(&self) -> f64 {
        f64::from(self.servers) / self.service - self.arrivals
    }

    /// Mean time of waiting, of all. `None` where the queue grows without end.
    pub fn mean_wait(&self) -> Option<f64> {
        self.is_stable().then(|| self.waiting_probability() / self.slack())
    }

    /// Mean number of those who wait: by Little's law. `None` where the queue grows without end.
    pub fn mean_queue(&self) -> Option<f64> {
        Some(self.arrivals * self.mean_wait()?)
    }

    /// The probability of waiting longer than that.
    pub fn longer_than(&self, wait: f64) -> f64 {
        if !self.is_stable() {
            return 1.0;
        }
        self.waiting_probability() * libm::exp(-self.slack() * wait)
    }

    /// What a share of all waits stay within: 0.95 for the 95th percentile. `None` where the queue grows without end.
    pub fn within(&self, share: f64) -> Option<f64> {
        let longer = self.waiting_probability() / (1.0 - share);
        self.is_stable().then(|| if longer <= 1.0 { 0.0 } else { libm::log(longer) / self.slack() })
    }
}
