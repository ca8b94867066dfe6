//! What rows and locks are called.

use crate::catalog::{IndexKey, Relation, Table};
use crate::expr::Expr;
use crate::lab::budget::cut;
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

/// A row by its primary key, `the row (id)=(1) of accounts`, or by its first values: `the row (1, Dora) of bookings`.
pub fn row_label(store: &Store, table: &Table, values: &[Value]) -> String {
    let key = primary_key(store, table);
    let shown: Vec<usize> = match &key {
        Some(columns) => columns.clone(),
        None => (0..table.columns.len()).filter(|&at| !table.columns[at].dropped).take(SHOWN).collect(),
    };
    let cell = |&at: &usize| match (values.get(at), table.columns.get(at)) {
        (Some(value), Some(column)) if !value.is_null() => cut(&output(value, column.ty, &Style::default())),
        _ => "null".to_owned(),
    };
    let cells = shown.iter().map(cell).collect::<Vec<_>>().join(", ");
    let more = key.is_none() && table.columns.iter().filter(|column| !column.dropped).count() > SHOWN;
    match key {
        Some(columns) => {
            let names: Vec<_> =
                columns.iter().filter_map(|&at| table.columns.get(at)).map(|it| it.name.to_string()).collect();
            format!("the row ({})=({cells}) of {}", names.join(", "), table.name)
        }
        None => format!("the row ({cells}{}) of {}", if more { ", …" } else { "" }, table.name),
    }
}

/// Values that stand for a row without a key.
const SHOWN: usize = 3;

/// The columns of a table's primary key.
fn primary_key(store: &Store, table: &Table) -> Option<Vec<usize>> {
    let mut indexes = table.indexes.iter().filter_map(|oid| match store.catalog.relations.get(oid) {
        Some(Relation::Index(index)) => Some(index),
        _ => None,
    });
    let column = |key: &IndexKey| match key.expr {
        Expr::Column(at) => Some(at),
        _ => None,
    };
    indexes.find(|index| index.primary)?.keys.iter().map(column).collect()
}

/// A row by its version's place.
pub fn row_name(store: &Store, oid: Oid, tid: Tid) -> String {
    let found = table(store, oid).and_then(|table| Some((table, store.heap(table).version(tid)?)));
    match found {
        Some((table, version)) => row_label(store, table, &version.values),
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
