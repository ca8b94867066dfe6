//! The same program with more rows, and with a longer way to the database.

#[cfg(feature = "engine")]
use crate::{Preset, Scenario, Shop, run::Runner};
use interleave_node::Nanos;
use serde::{Deserialize, Serialize};

/// What is different from one run to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Axis {
    /// Products on the page.
    Products,
    /// Microseconds to the server and back.
    RoundTrip,
}

/// One run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub axis: Axis,
    pub value: u32,
    /// The reader's program.
    pub queries: u32,
    pub time: Nanos,
    /// One query for each relation, by IN: the yardstick.
    pub eager_queries: u32,
    pub eager_time: Nanos,
}

/// All of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sweep {
    pub points: Vec<Point>,
}

/// Sizes of the page.
#[cfg(feature = "engine")]
const PRODUCTS: [u32; 6] = [1, 10, 25, 50, 100, 200];
/// Microseconds: one process to another on the same machine, a rack, a building, two zones, two regions.
#[cfg(feature = "engine")]
const ROUND_TRIPS: [u32; 6] = [50, 500, 1_000, 2_000, 5_000, 10_000];

/// Runs a scenario again and again; `done` is told how many of how many runs are over.
#[cfg(feature = "engine")]
pub fn sweep(runner: &mut Runner, scenario: &Scenario, mut done: impl FnMut(u32, u32)) -> Sweep {
    let scenario = scenario.bounded();
    let products = PRODUCTS.map(|products| {
        let shop = Shop { products, ..scenario.shop.clone() };
        (Axis::Products, products, Scenario { shop, ..scenario.clone() })
    });
    let round_trips =
        ROUND_TRIPS.map(|round_trip| (Axis::RoundTrip, round_trip, Scenario { round_trip, ..scenario.clone() }));
    let eager = Preset::find("catalogue-in").map_or("", Preset::program);
    let all = 2 * (PRODUCTS.len() + ROUND_TRIPS.len()) as u32;
    let mut sweep = Sweep::default();
    for (axis, value, scenario) in products.into_iter().chain(round_trips) {
        let own = runner.run(&scenario).totals;
        let other = runner.run(&scenario.with_catalogue(eager)).totals;
        let (queries, time, eager_queries, eager_time) = (own.queries, own.time, other.queries, other.time);
        sweep.points.push(Point { axis, value, queries, time, eager_queries, eager_time });
        done(2 * sweep.points.len() as u32, all);
    }
    sweep
}
