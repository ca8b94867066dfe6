//! What rows and locks are called.

use crate::catalog::{Relation, Table};
use crate::expr::Expr;
use crate::locks::LockTag;
use crate::query::plan::Oid;
use crate::ssi::Target;
use crate::store::{Store, Tid};
use crate::value::output::output;
use crate::value::{Style, Value};
use std::rc::Rc;

/// A table, if it (still) exists.
pub fn table(store: &Store, oid: Oid) -> Option<&Rc<Table>> {
    match store.catalog.relations.get(&oid) {
        Some(Relation::Table(table)) => Some(table),
        _ => None,
    }
}

/// A relation's name, or its number when it is gone.
pub fn relation(store: &Store, oid: Oid) -> String {
    store.catalog.name_of(oid).map_or_else(|| format!("relation {oid}"), |name| name.to_string())
}

/// The primary key of a row: `(id)=(1)`. `None`: the table has none.
pub fn row_key(store: &Store, table: &Table, values: &[Value]) -> Option<String> {
    let indexes = table.indexes.iter().filter_map(|oid| match store.catalog.relations.get(oid) {
        Some(Relation::Index(index)) => Some(index),
        _ => None,
    });
    let primary = indexes.into_iter().find(|index| index.primary)?;
    let (mut names, mut keys) = (Vec::new(), Vec::new());
    for key in &primary.keys {
        let Expr::Column(at) = key.expr else { return None };
        let column = table.columns.get(at)?;
        names.push(column.name.to_string());
        keys.push(match values.get(at)? {
            Value::Null => "null".to_owned(),
            value => super::super::machine::cut(&output(value, column.ty, &Style::default())),
        });
    }
    Some(format!("({})=({})", names.join(", "), keys.join(", ")))
}

/// A row by its version's place: `the row (id)=(1) of accounts`, `the row at (0,1) of log`.
pub fn row_name(store: &Store, oid: Oid, tid: Tid) -> String {
    let found = table(store, oid).and_then(|table| Some((table, store.heap(table).version(tid)?)));
    match found.and_then(|(table, version)| row_key(store, table, &version.values)) {
        Some(key) => format!("the row {key} of {}", relation(store, oid)),
        None => format!("the row at {tid} of {}", relation(store, oid)),
    }
}

/// What is locked, as the lock table shows it.
pub fn object(store: &Store, tag: LockTag) -> String {
    match tag {
        LockTag::Relation(oid) => relation(store, oid),
        LockTag::Transaction(xid) => format!("transaction {}", xid.0),
        LockTag::Tuple(oid, tid) => format!("tuple {tid} of {}", relation(store, oid)),
        LockTag::SpeculativeToken(xid, _) => format!("insertion of transaction {}", xid.0),
        LockTag::Advisory { key, two: false } => format!("advisory {key}"),
        LockTag::Advisory { key, two: true } => format!("advisory {}, {}", (key >> 32) as i32, key as i32),
    }
}

/// What a SIREAD lock covers.
pub fn target(store: &Store, target: Target) -> String {
    let relation = relation(store, target.relation);
    match (target.page, target.slot) {
        (Some(page), Some(slot)) => format!("tuple {} of {relation}", Tid { page, slot }),
        (Some(page), None) => format!("page {page} of {relation}"),
        _ => relation,
    }
}
