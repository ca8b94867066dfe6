//! The shop in real PostgreSQL.

use crate::record;
use interleave_postgres::{Cluster, Programs};
use std::path::Path;

/// What psql shows for a script, each statement before its rows.
pub fn answers(script: &str) -> String {
    let programs = Programs::find().unwrap_or_else(|missing| panic!("{missing}"));
    let cluster = Cluster::start(&programs, Path::new(env!("CARGO_TARGET_TMPDIR"))).expect("PostgreSQL starts");
    cluster.create_database("shop").expect("a database can be made");
    cluster.psql("shop", &record::read("schema.sql")).expect("the shop can be filled");
    cluster.psql("shop", script).expect("psql runs")
}
