//! Tables are read, and joined, as PostgreSQL's planner would have it: what a serialisable transaction locks depends on it.
//! `tests/psql/plans.sh` records what PostgreSQL does.

use interleave_sql::catalog::Relation;
use interleave_sql::isolation::Server;
use interleave_sql::query::plan::{Access, JoinKind, Plan};
use interleave_sql::query::{Environment, Settings, analyse, parse};
use interleave_sql::store::Store;
use interleave_sql::store::plans::Sizes;

#[test]
fn tables_are_read_as_postgresql_reads_them() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/psql/");
    let recorded = std::fs::read_to_string(format!("{folder}plans.out")).expect("the record");
    let mut store = Store::default();
    let session = store.connect("only");
    let mut wrong = Vec::new();
    let mut lines = recorded.lines().peekable();
    while let Some(statement) = lines.next() {
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.ends_with(';')) {
            expected.push(line.to_string());
        }
        if expected.is_empty() {
            store.send(session, statement);
            continue;
        }
        let found = explain(&store, statement);
        if found != expected {
            wrong.push(format!("{statement}\n  PostgreSQL: {expected:?}\n  here:       {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ\n\n{}", wrong.len(), wrong.join("\n"));
}

fn explain(store: &Store, statement: &str) -> Vec<String> {
    let parsed = parse(statement).expect("it parses");
    let (settings, style) = (Settings::default(), Default::default());
    let environment =
        Environment { catalog: &store.catalog, statistics: &Sizes::of(store), settings, style, numbers: None };
    let prepared = analyse(environment, &parsed[0], &[], &mut |_, _| Ok(())).expect("it can be planned");
    let mut lines = Vec::new();
    describe(store, &prepared.plan, &mut lines);
    lines
}

fn describe(store: &Store, plan: &Plan, lines: &mut Vec<String>) {
    match plan {
        Plan::Scan { table, access, .. } => {
            let name = store.catalog.name_of(*table).expect("it has a name");
            let index = |oid: &u32| match &store.catalog.relations[oid] {
                Relation::Index(index) => index.name.to_string(),
                _ => unreachable!("it is an index"),
            };
            lines.push(match access {
                Access::Seq => format!("Seq Scan {name}"),
                Access::Index(range) if range.backward => format!("Index Backward Scan {} {name}", index(&range.index)),
                Access::Index(range) => format!("Index Scan {} {name}", index(&range.index)),
                Access::Bitmap(_) => format!("Bitmap Heap Scan {name}"),
            });
        }
        Plan::NestedLoop { left, right, .. } => {
            lines.push("Nested Loop".to_string());
            describe(store, left, lines);
            describe(store, right, lines);
        }
        Plan::HashJoin { kind, left, right, .. } => {
            lines.push(if *kind == JoinKind::Left { "Hash Left Join" } else { "Hash Join" }.to_string());
            describe(store, left, lines);
            describe(store, right, lines);
        }
        Plan::DistinctOn { input, .. }
        | Plan::Subquery { plan: input, .. }
        | Plan::Filter { input, .. }
        | Plan::Aggregate { input, .. }
        | Plan::Project { input, .. }
        | Plan::Sort { input, .. }
        | Plan::Limit { input, .. }
        | Plan::LockRows { input, .. } => describe(store, input, lines),
        Plan::Modify(modify) => describe(store, &modify.input, lines),
        _ => lines.push("?".to_string()),
    }
}
