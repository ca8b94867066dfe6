//! How the executor reads tables: scans that see what a snapshot sees, and tell the predicate locks what was read.
//! (PostgreSQL's `tableam.h` and `genam.h` are the model.)
//!
//! Signatures first; the bodies follow.

use super::Tid;
use crate::error::Run;
use crate::exec::Context;
use crate::query::plan::Oid;
use crate::value::Value;
use std::rc::Rc;

/// A version that a scan found: its place and its values, one a column of the table (dropped and later added ones included).
#[derive(Clone, Debug)]
pub struct Found {
    pub tid: Tid,
    pub values: Rc<[Value]>,
}

/// A position in a sequential scan.
#[derive(Clone, Debug)]
pub struct SeqScan {
    pub table: Oid,
    pub next: Tid,
}

/// Begins a sequential scan. A serialisable transaction locks the whole relation with it.
pub fn seq_scan(_context: &mut Context<'_>, _table: Oid) -> Run<SeqScan> {
    todo!()
}

/// The next version the snapshot sees, in the order of the heap. It never waits.
pub fn seq_next(_context: &mut Context<'_>, _scan: &mut SeqScan) -> Run<Option<Found>> {
    todo!()
}

/// The keys an index scan looks for, evaluated.
#[derive(Clone, Debug, Default)]
pub struct KeyRange {
    /// One value per leading column; [`Value::Null`] looks for nulls.
    pub equal: Vec<Value>,
    /// A bound of the next column, and whether it belongs to the range.
    pub lower: Option<(Value, bool)>,
    pub upper: Option<(Value, bool)>,
    pub backward: bool,
    /// Rows come in the order of the heap: a bitmap scan.
    pub heap_order: bool,
}

/// A position in an index scan.
#[derive(Clone, Debug)]
pub struct IndexScan {
    pub table: Oid,
    pub index: Oid,
    /// Chains that are still to be visited, last first.
    pub pending: Vec<Tid>,
}

/// Begins an index scan.
pub fn index_scan(_context: &mut Context<'_>, _index: Oid, _range: &KeyRange) -> Run<IndexScan> {
    todo!()
}

/// The next version the snapshot sees.
pub fn index_next(_context: &mut Context<'_>, _scan: &mut IndexScan) -> Run<Option<Found>> {
    todo!()
}

/// What a scan reads of a version besides its values.
pub fn system_columns(_context: &Context<'_>, _table: Oid, _tid: Tid) -> [Value; 6] {
    todo!()
}
