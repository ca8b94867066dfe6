//! Stories to begin with.

use super::{Arrivals, Distribution, Scenario, Use};

/// A scenario with a story.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Links name it: it *never* changes.
    pub id: &'static str,
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub idea: &'static str,
    make: fn() -> Scenario,
}

impl Preset {
    /// What is set in it.
    pub fn scenario(&self) -> Scenario {
        (self.make)()
    }

    /// The preset of that id.
    pub fn find(id: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.id == id)
    }
}

/// What most of them have in common: a shop's service, 100 requests a second, and a server of 8 cores.
fn shop() -> Scenario {
    Scenario { rate: 100, service: 40_000, cores: 8, max: 6, duration: 120_000_000, ..Scenario::default() }
}

/// Every preset, in the order of the gallery. The first is what the lab opens at.
pub const PRESETS: &[Preset] = &[
    Preset {
        id: "just-right",
        title: "Just right",
        idea: "100 requests a second hold a connection for 40 ms: 4 are in use on average, and 6 are enough that hardly anybody waits.",
        make: shop,
    },
    Preset {
        id: "too-small",
        title: "Too small",
        idea: "With 4 connections the pool is always busy: everything that comes a little late stays late, and the queue never empties.",
        make: || Scenario { rate: 98, max: 4, acquire_timeout: 2_000_000, watch: 60_000_000, ..shop() },
    },
    Preset {
        id: "too-large",
        title: "Too large for the server",
        idea: "200 connections for 8 cores: nobody waits for a connection, and everybody waits for a core. A smaller pool answers sooner.",
        make: || Scenario {
            rate: 150,
            max: 200,
            arrivals: Arrivals::Bursts,
            burst: 150,
            distribution: Distribution::LogNormal,
            watch: 500_000,
            duration: 60_000_000,
            ..shop()
        },
    },
    Preset {
        id: "leak",
        title: "A leak",
        idea: "One request in 200 forgets to give its connection back. The pool shrinks, one by one, and then nothing is answered any more.",
        make: || Scenario { leak: 200, max: 10, duration: 60_000_000, watch: 1_000_000, ..shop() },
    },
    Preset {
        id: "leak-behind-timeouts",
        title: "A leak behind timeouts",
        idea: "The same leak with a timeout: requests fail after 2 s instead of hanging, and what the errors say sounds like a pool that is too small.",
        make: || Scenario {
            leak: 200,
            max: 10,
            acquire_timeout: 2_000_000,
            duration: 60_000_000,
            watch: 27_500_000,
            ..shop()
        },
    },
    Preset {
        id: "n-plus-one",
        title: "N+1 exhausts the pool",
        idea: "A page of 20 products runs 21 queries at once. One visitor asks for twice the pool, and the quick queries of all wait for each other.",
        make: || Scenario {
            rate: 70,
            queries: 21,
            using: Use::Together,
            service: 5_000,
            held: 1_000,
            max: 10,
            cores: 16,
            duration: 60_000_000,
            ..shop()
        },
    },
    Preset {
        id: "second-connection",
        title: "A second connection inside a transaction",
        idea: "Each request keeps a connection and asks for another one. When all have one and want one more, nobody can go on: a deadlock in the pool.",
        make: || Scenario {
            rate: 60,
            queries: 2,
            using: Use::Nested,
            service: 20_000,
            max: 5,
            acquire_timeout: 3_000_000,
            duration: 60_000_000,
            ..shop()
        },
    },
    Preset {
        id: "slow-query",
        title: "One slow query starves the rest",
        idea: "Two requests in a hundred run a report of 4 s. They hold the connections, and all who want 10 ms wait for them.",
        make: || Scenario {
            service: 10_000,
            slow: 20,
            slow_service: 4_000_000,
            max: 10,
            cores: 16,
            duration: 120_000_000,
            ..shop()
        },
    },
    Preset {
        id: "call-inside",
        title: "A slow call while holding a connection",
        idea: "Between BEGIN and COMMIT the program calls another service for 200 ms: the database is idle, and the pool is full.",
        make: || Scenario { service: 5_000, held: 200_000, rate: 48, max: 10, duration: 60_000_000, ..shop() },
    },
    Preset {
        id: "burst",
        title: "A burst every five seconds",
        idea: "The mean load is a quarter of the pool, and yet most wait: what comes at once has to queue, however idle the pool is in between.",
        make: || Scenario {
            rate: 40,
            arrivals: Arrivals::Bursts,
            burst: 200,
            max: 6,
            duration: 60_000_000,
            watch: 2_500_000,
            ..shop()
        },
    },
    Preset {
        id: "opening-storm",
        title: "An opening storm",
        idea: "Idle connections are closed, and a burst opens them all again: each costs the server 50 ms, at the very moment when it has most to do.",
        make: || Scenario {
            rate: 16,
            arrivals: Arrivals::Bursts,
            burst: 160,
            max: 80,
            opening: 50_000,
            idle_timeout: 5_000_000,
            service: 20_000,
            duration: 60_000_000,
            watch: 5_000_000,
            ..shop()
        },
    },
];
