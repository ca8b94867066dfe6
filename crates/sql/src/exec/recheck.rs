//! Looking at a row again that changed while the statement waited for it. (`EvalPlanQual` in `execMain.c`)

use super::{Context, Row};
use crate::query::plan::{Plan, Rti};
use crate::store::Tid;
use crate::store::access::{Found, complete};
use std::rc::Rc;

/// The tables whose rows a plan's rows are made of, with the range table index of each.
pub fn sources(plan: &Plan, found: &mut Vec<(Rti, u32)>) {
    match plan {
        Plan::Scan { rti, table, .. } => found.push((*rti, *table)),
        Plan::NestedLoop { left, right, .. } | Plan::HashJoin { left, right, .. } => {
            sources(left, found);
            sources(right, found);
        }
        Plan::Noted { input, .. }
        | Plan::Filter { input, .. }
        | Plan::Project { input, .. }
        | Plan::Sort { input, .. }
        | Plan::Limit { input, .. }
        | Plan::LockRows { input, .. }
        | Plan::ProjectSet { input, .. } => sources(input, found),
        _ => {}
    }
}

/// The versions a row was made of, with newer ones in the place of some.
pub fn versions(context: &Context<'_>, input: &Plan, row: &Row, newer: &[(Rti, Tid)]) -> Rc<[(Rti, Option<Found>)]> {
    let mut tables = Vec::new();
    sources(input, &mut tables);
    let version = |(rti, oid): (Rti, u32)| {
        let place = newer.iter().chain(&row.sources).find(|(other, _)| *other == rti);
        let table = context.store.catalog.table(oid);
        let found = place.and_then(|(_, tid)| {
            let version = context.store.heap(table).version(*tid)?;
            Some(Found { tid: *tid, values: complete(table, &version.values) })
        });
        (rti, found)
    };
    tables.into_iter().map(version).collect()
}
