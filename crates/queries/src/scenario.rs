use crate::shop::Shop;
use serde::{Deserialize, Serialize};

/// Everything that can be set. The same scenario gives the same run, on every machine, forever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// The main module. It finds the shop with `require('./shop')`.
    pub program: String,
    /// What is in the database.
    pub shop: Shop,
    /// Microseconds to the server and back.
    pub round_trip: u32,
    /// Connections that the pool may have.
    pub pool: u32,
    /// Seeds `Math.random`, and `random()` of the database.
    pub seed: u32,
}

impl Default for Scenario {
    fn default() -> Self {
        Self { program: String::new(), shop: Shop::default(), round_trip: 1_000, pool: 4, seed: 1 }
    }
}

/// Text of the shop's module, with a word in it for the size of the pool.
const MODULE: &str = include_str!("../programs/shop.js");

impl Scenario {
    /// Bytes of a program; more is not run.
    pub const LONGEST: usize = 200_000;

    /// What can be run: numbers that are too large are made smaller.
    pub fn bounded(&self) -> Self {
        Self {
            shop: self.shop.bounded(),
            round_trip: self.round_trip.min(10_000_000),
            pool: self.pool.clamp(1, 100),
            ..self.clone()
        }
    }

    /// The same with another program, which needs the tables of the shop.
    #[cfg(feature = "engine")]
    pub(crate) fn with_catalogue(&self, program: &str) -> Self {
        let shop = Shop { empty: false, ..self.shop.clone() };
        // What a reader adds to an empty database may not fit into a full one.
        let sql = if self.shop.empty { String::new() } else { shop.sql.clone() };
        Self { program: program.to_owned(), shop: Shop { sql, ..shop }, ..self.clone() }
    }

    /// Text of the module `./shop`, which every program finds.
    pub fn module(&self) -> String {
        MODULE.replace("POOL_SIZE", &self.pool.to_string())
    }
}
