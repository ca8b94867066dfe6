//! What can be set.

use serde::{Deserialize, Serialize};

/// A service with a pool of connections, and what arrives at it. Times are in microseconds. All that is left out is as usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// Requests a second, on average.
    pub rate: u32,
    pub arrivals: Arrivals,
    /// Requests of a burst, if they come in bursts.
    pub burst: u32,
    /// Connections that the pool may have: `max` of `pg.Pool`.
    pub max: u32,
    /// How long a request waits for a connection before it fails: `connectionTimeoutMillis`. For ever if 0.
    pub acquire_timeout: u32,
    /// How long an unused connection stays open: `idleTimeoutMillis`. For ever if 0.
    pub idle_timeout: u32,
    /// What it costs the server to open a connection: a process, TLS, a password.
    pub opening: u32,
    /// What a query costs the server, on average: on a core of its own it takes that long.
    pub service: u32,
    pub distribution: Distribution,
    /// How long a connection is held for a query besides: the round trip, or what the program does before it gives the connection back.
    pub held: u32,
    /// Of a thousand requests, how many are slow.
    pub slow: u32,
    /// What a query of a slow request costs the server, on average.
    pub slow_service: u32,
    /// Queries of a request.
    pub queries: u32,
    /// How a request with several queries uses the pool.
    pub using: Use,
    /// One in so many requests never gives its connection back. None if 0.
    pub leak: u32,
    /// Cores of the server.
    pub cores: u32,
    /// What the server loses for each connection that is active beyond its cores, in thousandths. See [`crate::pool`]'s server.
    pub overhead: u32,
    /// How long the service is watched.
    pub duration: u64,
    /// When to look closely, a frame for everything that happens.
    pub watch: u64,
    /// Draws all times.
    pub seed: u32,
}

/// When requests arrive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrivals {
    /// Independently of each other, as those of many users do: the times between them are exponential.
    #[default]
    Poisson,
    /// At equal distances.
    Uniform,
    /// Several at once, the bursts at equal distances.
    Bursts,
}

/// How the times of queries are spread around their mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    #[default]
    Exponential,
    Fixed,
    /// Mostly short, some very long: see [`crate::pool`]'s errands.
    LogNormal,
}

/// How a request with several queries uses the pool.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// `pool.query` one after the other: each query asks the pool anew.
    #[default]
    Again,
    /// One client is checked out and keeps its connection for all queries, as a transaction does.
    Hold,
    /// The first query checks out a client and keeps it, and each further one asks the pool for another: `pool.query` inside a transaction.
    Nested,
    /// All at once: `Promise.all` over `pool.query`.
    Together,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            rate: 100,
            arrivals: Arrivals::Poisson,
            burst: 20,
            max: 10,
            acquire_timeout: 0,
            idle_timeout: 0,
            opening: 0,
            service: 20_000,
            distribution: Distribution::Exponential,
            held: 0,
            slow: 0,
            slow_service: 1_000_000,
            queries: 1,
            using: Use::Again,
            leak: 0,
            cores: 16,
            overhead: 20,
            duration: 60_000_000,
            watch: 0,
            seed: 1,
        }
    }
}

impl Scenario {
    /// Requests that a run may have: it ends there.
    pub const MOST_REQUESTS: u64 = 100_000;
    /// Connections of the largest pool.
    pub const LARGEST_POOL: u32 = 200;

    /// The nearest scenario that can be run: every number in its bounds.
    pub fn bounded(&self) -> Self {
        const HOUR: u64 = 3_600_000_000;
        const MINUTE: u32 = 60_000_000;
        let duration = self.duration.clamp(100_000, HOUR);
        Self {
            rate: self.rate.clamp(1, 10_000),
            burst: self.burst.clamp(1, 1_000),
            max: self.max.clamp(1, Self::LARGEST_POOL),
            acquire_timeout: self.acquire_timeout.min(10 * MINUTE),
            idle_timeout: self.idle_timeout.min(10 * MINUTE),
            opening: self.opening.min(MINUTE),
            service: self.service.clamp(10, MINUTE),
            held: self.held.min(MINUTE),
            slow: self.slow.min(1_000),
            slow_service: self.slow_service.clamp(10, MINUTE),
            queries: self.queries.clamp(1, 200),
            leak: self.leak.min(1_000_000),
            cores: self.cores.clamp(1, 128),
            overhead: self.overhead.min(1_000),
            duration,
            watch: self.watch.min(duration),
            ..self.clone()
        }
    }
}
