//! Making the entries of a new index. (`heapam_index_build_range_scan`, `nbtsort.c`)

use crate::catalog::{Index, Relation, Table};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::locks::LockMode;
use crate::query::plan::Oid;
use crate::store::access::complete;
use crate::store::heap::{Death, Heap, Slot, Version};
use crate::store::tree::{ColumnOrder, KeyOrder, Tree};
use crate::store::visibility::death;
use crate::store::xact::Status;
use crate::store::{SessionId, Store, Tid, size};
use crate::value::Value;
use crate::value::output::output;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Whether an index is to know a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Dead,
    /// Somebody may still see it.
    Leaving,
    Alive,
}

struct Found {
    key: Rc<[Value]>,
    tid: Tid,
    alive: bool,
}

impl Index {
    /// How its keys are ordered.
    pub(super) fn order(&self) -> KeyOrder {
        let order =
            |key: &crate::catalog::IndexKey| ColumnOrder { descending: key.descending, nulls_first: key.nulls_first };
        KeyOrder(self.keys.iter().map(order).collect())
    }

    /// The columns of the table, if its keys are nothing else.
    pub(super) fn plain_columns(&self) -> Option<Vec<usize>> {
        let column = |key: &crate::catalog::IndexKey| match key.expr {
            Expr::Column(column) => Some(column),
            _ => None,
        };
        self.keys.iter().map(column).collect()
    }
}

impl Store {
    /// Makes an index of a table, with entries for the rows that are there. Its storage is set here.
    ///
    /// # Errors
    ///
    /// 23505 `could not create unique index "x"`.
    pub(super) fn add_index(&mut self, me: SessionId, mut index: Index) -> Run<Oid> {
        let (oid, table) = (index.oid, self.table(index.table));
        let rows = self.fill_index(me, &table, &mut index)?;
        self.lock_relation(me, oid, LockMode::AccessExclusive)?;
        self.redefine(me, oid, Some(Relation::Index(Rc::new(index))));
        if rows > 0 || table.statistics.is_some() {
            let statistics = Some((self.heap(&table).pages(), rows as f64));
            let table = self.table(table.oid);
            self.redefine_table(me, Table { statistics, ..(*table).clone() });
        }
        Ok(oid)
    }

    /// Gives an index new storage with entries for the rows of a table. Says how many rows the table has.
    pub(super) fn fill_index(&mut self, me: SessionId, table: &Table, index: &mut Index) -> Run<usize> {
        let horizon = self.horizon();
        let heap = self.heap(table);
        let roots = roots(heap);
        let (mut found, mut rows) = (Vec::new(), 0);
        for (tid, version) in heap.versions() {
            let fate = match death(version, &self.xacts, horizon) {
                Death::No => self.fate(me, version),
                _ => Fate::Dead,
            };
            rows += usize::from(fate == Fate::Alive);
            // Of versions that follow one another within a page, the index knows the last one alone, by the place of the first.
            if fate == Fate::Dead || (fate == Fate::Leaving && version.hot_updated) {
                continue;
            }
            if let Some(key) = self.index_key(index, &complete(table, &version.values))? {
                let tid = roots.get(&tid).copied().unwrap_or(tid);
                found.push(Found { key, tid, alive: fate == Fate::Alive });
            }
        }
        let order = index.order();
        found.sort_by(|a, b| order.compare(&a.key, &b.key).then(a.tid.cmp(&b.tid)));
        if index.unique {
            self.check_unique(me, table, index, &order, &found)?;
        }
        let mut tree = Tree::new(order);
        for entry in found {
            let bytes = size::data_size(&entry.key, index.keys.iter().map(|key| key.ty));
            tree.insert(entry.key, entry.tid, bytes);
        }
        self.trees.push(Rc::new(tree));
        index.storage = self.trees.len() as u32 - 1;
        Ok(rows)
    }

    fn fate(&self, me: SessionId, version: &Version) -> Fate {
        match version.xmax.changer() {
            Some(changer) if self.xacts.is_current(changer, me.into()) => Fate::Leaving,
            Some(changer) if self.xacts.status(changer) == Status::Committed => Fate::Leaving,
            _ => Fate::Alive,
        }
    }

    fn check_unique(
        &self,
        me: SessionId,
        table: &Table,
        index: &Index,
        order: &KeyOrder,
        found: &[Found],
    ) -> Result<(), SqlError> {
        let mut last: Option<&Found> = None;
        for entry in found.iter().filter(|entry| entry.alive && !entry.key.iter().any(Value::is_null)) {
            if last.is_some_and(|last| order.compare(&last.key, &entry.key).is_eq()) {
                let style = self.session(me).settings.style;
                let names = index.keys.iter().map(|key| match key.expr {
                    Expr::Column(column) => table.columns[column].name.to_string(),
                    _ => key.text.to_string(),
                });
                let values = entry.key.iter().zip(&index.keys).map(|(value, key)| output(value, key.ty, &style));
                let (names, values): (Vec<_>, Vec<_>) = (names.collect(), values.collect());
                let message = format!("could not create unique index \"{}\"", index.name);
                let detail = format!("Key ({})=({}) is duplicated.", names.join(", "), values.join(", "));
                return Err(SqlError::new("23505", message).detail(detail));
            }
            last = Some(entry);
        }
        Ok(())
    }
}

/// Where the chain begins that each heap-only version belongs to. (`heap_get_root_tuples`)
fn roots(heap: &Heap) -> BTreeMap<Tid, Tid> {
    let mut roots = BTreeMap::new();
    for page in 0..heap.pages() {
        for slot in 1..=heap.slots(page) {
            let root = Tid { page, slot };
            let mut at = match heap.slot(root) {
                Slot::Normal(version) if !version.heap_only => root,
                Slot::Redirect(slot) => Tid { page, slot: *slot },
                _ => continue,
            };
            let mut prior = None;
            while let Some(version) = heap.version(at) {
                if prior.is_some_and(|prior| version.xmin != prior) || (at != root && roots.contains_key(&at)) {
                    break;
                }
                if at != root {
                    roots.insert(at, root);
                }
                if !version.hot_updated {
                    break;
                }
                prior = version.xmax.changer();
                at = version.next;
            }
        }
    }
    roots
}
