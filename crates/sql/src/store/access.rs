//! How the executor reads tables: scans that see what a snapshot sees, and tell the predicate locks what was read.
//! (PostgreSQL's `heapam.c`, `nbtsearch.c` and `indexam.c`)

use super::tree::KeyOrder;
use super::visibility::visible;
use super::{Store, Tid};
use crate::catalog::{Index, Table};
use crate::error::Run;
use crate::exec::Context;
use crate::query::plan::Oid;
use crate::value::Value;
use std::cmp::Ordering;
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
    table: Rc<Table>,
    /// The page that is read next.
    page: u32,
    /// Rows that come to the table's end while the scan goes on are not looked at.
    pages: u32,
    /// What the page at hand still has, last first.
    ready: Vec<Found>,
}

/// Begins a sequential scan. A serialisable transaction locks the whole relation with it.
pub fn seq_scan(context: &mut Context<'_>, table: Oid) -> Run<SeqScan> {
    let table = Rc::clone(context.store.catalog.table(table));
    if context.store.ssi_tracks(context.session) {
        context.store.ssi.lock_relation(context.session, table.oid);
    }
    let pages = context.store.heap(&table).pages();
    Ok(SeqScan { table, page: 0, pages, ready: Vec::new() })
}

/// The next version the snapshot sees, in the order of the heap. It never waits. A page is looked through as a whole when the
/// scan comes to it: what happens while its rows are worked on makes no difference. (`heapgetpage`)
pub fn seq_next(context: &mut Context<'_>, scan: &mut SeqScan) -> Run<Option<Found>> {
    loop {
        if let Some(found) = scan.ready.pop() {
            return Ok(Some(found));
        }
        if scan.page >= scan.pages {
            return Ok(None);
        }
        let first = Tid { page: scan.page, slot: 1 };
        scan.page += 1;
        context.store.work.pages += 1;
        context.store.prune(&scan.table, first);
        for slot in 1..=context.store.heap(&scan.table).slots(first.page) {
            if let Some(found) = look(context, &scan.table, Tid { slot, ..first })?.0 {
                scan.ready.push(found);
            }
        }
        scan.ready.reverse();
    }
}

/// Looks at one version: what is handed up if the snapshot sees it, and where its row goes on without an index being told.
fn look(context: &mut Context<'_>, table: &Rc<Table>, tid: Tid) -> Run<(Option<Found>, Option<Tid>)> {
    context.store.work.rows += 1;
    let store = &*context.store;
    let Some(version) = store.heap(table).version(tid) else { return Ok((None, None)) };
    let seen = visible(version, &store.xacts, &context.snapshot, context.session.into(), context.command);
    let next = version.hot_updated.then_some(version.next);
    let found = seen.then(|| Found { tid, values: complete(table, &version.values) });
    if store.ssi_tracks(context.session) {
        let version = version.clone();
        context.store.ssi_read(context.session, table.oid, tid, &version, seen, &context.snapshot)?;
    }
    Ok((found, next))
}

/// A row's values with those of columns that came later. (`slot_getmissingattrs`)
pub fn complete(table: &Table, values: &Rc<[Value]>) -> Rc<[Value]> {
    if values.len() >= table.columns.len() {
        return Rc::clone(values);
    }
    let later = table.columns[values.len()..].iter().map(|column| column.missing.clone());
    values.iter().cloned().chain(later).collect()
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
    table: Rc<Table>,
    /// Chains that are still to be visited, last first.
    pending: Vec<Tid>,
    /// How many there were.
    pub found: u64,
    /// The index tells all that is read: of pages that everybody sees no row is fetched.
    pub only: bool,
    /// Rows that had to be fetched all the same.
    pub fetches: u64,
    /// The page of the table that was read last.
    page: Option<u32>,
    /// Rows come in the order of the heap, and a page is looked through as a whole.
    heap_order: bool,
    ready: Vec<Found>,
}

impl KeyRange {
    /// Whether a key is inside.
    pub fn holds(&self, order: &KeyOrder, key: &[Value]) -> bool {
        self.position(order, key).is_eq()
    }

    /// Whether a key is before the range, inside, or after it.
    fn position(&self, order: &KeyOrder, key: &[Value]) -> Ordering {
        let by_equal = order.compare(key, &self.equal);
        if by_equal.is_ne() {
            return by_equal;
        }
        let Some((column, value)) = order.0.get(self.equal.len()).zip(key.get(self.equal.len())) else {
            return Ordering::Equal;
        };
        // In an index that runs downward the upper bound comes first.
        let (first, last) = if column.descending { (&self.upper, &self.lower) } else { (&self.lower, &self.upper) };
        if value.is_null() && (first.is_some() || last.is_some()) {
            return if column.nulls_first { Ordering::Less } else { Ordering::Greater };
        }
        if let Some((bound, inclusive)) = first {
            match column.compare(value, bound) {
                Ordering::Less => return Ordering::Less,
                Ordering::Equal if !inclusive => return Ordering::Less,
                _ => {}
            }
        }
        if let Some((bound, inclusive)) = last {
            match column.compare(value, bound) {
                Ordering::Greater => return Ordering::Greater,
                Ordering::Equal if !inclusive => return Ordering::Greater,
                _ => {}
            }
        }
        Ordering::Equal
    }
}

/// Begins an index scan.
pub fn index_scan(context: &mut Context<'_>, index: Oid, range: &KeyRange) -> Run<IndexScan> {
    let index = Rc::clone(context.store.catalog.index(index));
    let table = Rc::clone(context.store.catalog.table(index.table));
    let tracks = context.store.ssi_tracks(context.session);
    let (mut pending, pages) = matches(context.store, &index, range);
    let work = &mut context.store.work;
    work.entries += pending.len() as u64;
    // The way down is a page a level, and half of some hundred entries to compare on each.
    work.jumps += 1 + pages.len() as u64;
    work.operators += 50;
    if tracks {
        if context.store.trees[index.storage as usize].is_rootless() {
            context.store.ssi.lock_relation(context.session, index.oid);
        }
        for page in pages {
            context.store.ssi.lock_page(context.session, index.oid, page);
        }
    }
    match (range.heap_order, range.backward) {
        (true, _) => pending.sort_unstable_by(|a, b| b.cmp(a)),
        (false, true) => {}
        (false, false) => pending.reverse(),
    }
    let found = pending.len() as u64;
    let (only, fetches) = (false, 0);
    Ok(IndexScan { table, pending, found, only, fetches, page: None, heap_order: range.heap_order, ready: Vec::new() })
}

impl IndexScan {
    /// Pages of the table that are still to be read, if they come in their order.
    pub fn pages(&self) -> u64 {
        self.pending.chunk_by(|one, other| one.page == other.page).count() as u64
    }

    /// Takes in what another search found, so that all of it comes in the order of the heap and once. (`BitmapOr`)
    pub fn merge(&mut self, other: IndexScan) {
        self.pending.extend(other.pending);
        self.found += other.found;
        self.pending.sort_unstable_by(|a, b| b.cmp(a));
        self.pending.dedup();
    }
}

/// The chains whose keys are in a range, in the index's order, and the leaf pages that were looked at.
fn matches(store: &Store, index: &Index, range: &KeyRange) -> (Vec<Tid>, Vec<u32>) {
    let tree = &store.trees[index.storage as usize];
    let nothing_equals_null = range.lower.as_ref().is_some_and(|(bound, _)| bound.is_null())
        || range.upper.as_ref().is_some_and(|(bound, _)| bound.is_null());
    if nothing_equals_null {
        return (Vec::new(), Vec::new());
    }
    let mut pages = Vec::new();
    let mut found = Vec::new();
    for (page, entries) in tree.range(|key| range.position(&tree.order, key)) {
        pages.push(page);
        found.extend(entries.into_iter().map(|entry| entry.tid));
    }
    (found, pages)
}

/// The next version the snapshot sees.
pub fn index_next(context: &mut Context<'_>, scan: &mut IndexScan) -> Run<Option<Found>> {
    loop {
        if let Some(found) = scan.ready.pop() {
            return Ok(Some(found));
        }
        let Some(root) = scan.pending.pop() else { return Ok(None) };
        let hidden = !(scan.only && context.store.heap(&scan.table).all_visible(root.page));
        if hidden && scan.page.replace(root.page) != Some(root.page) {
            context.store.work.jumps += 1;
        }
        scan.fetches += u64::from(scan.only && hidden);
        context.store.prune(&scan.table, root);
        scan.ready.extend(follow(context, &scan.table, root)?);
        while scan.heap_order && scan.pending.last().is_some_and(|next| next.page == root.page) {
            let next = scan.pending.pop().unwrap_or(root);
            scan.ready.extend(follow(context, &scan.table, next)?);
        }
        scan.ready.reverse();
    }
}

/// The version of a chain that the snapshot sees. (`heap_hot_search_buffer`)
fn follow(context: &mut Context<'_>, table: &Rc<Table>, root: Tid) -> Run<Option<Found>> {
    let mut at = context.store.heap(table).root(root);
    let mut prior = None;
    while let Some(tid) = at {
        let Some(version) = context.store.heap(table).version(tid) else { break };
        if prior.is_some_and(|prior| version.xmin != prior) {
            break;
        }
        prior = version.xmax.changer();
        let (found, next) = look(context, table, tid)?;
        if found.is_some() {
            return Ok(found);
        }
        at = next;
    }
    Ok(None)
}

/// What a scan reads of a version besides its values: `ctid`, `xmin`, `xmax`, `cmin`, `cmax`, `tableoid`.
pub fn system_columns(context: &Context<'_>, table: Oid, tid: Tid) -> [Value; 6] {
    let table = context.store.catalog.table(table);
    let Some(version) = context.store.heap(table).version(tid) else { return [const { Value::Null }; 6] };
    [
        Value::Tid(tid.page, tid.slot),
        Value::Oid(version.xmin.0),
        Value::Oid(version.xmax.number()),
        Value::Oid(version.cmin),
        Value::Oid(version.cmax),
        Value::Oid(table.oid),
    ]
}
