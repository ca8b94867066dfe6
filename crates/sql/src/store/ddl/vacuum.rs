//! VACUUM and ANALYZE. (`vacuum.c`, `vacuumlazy.c`, `cluster.c`, `analyze.c`)

use crate::catalog::{Relation, Table};
use crate::error::Run;
use crate::locks::{Hold, LockMode, LockTag};
use crate::query::plan::Oid;
use crate::query::statement::Name;
use crate::store::heap::{Death, Heap, Version};
use crate::store::visibility::death;
use crate::store::{SessionId, Store, Tid};
use std::collections::BTreeMap;
use std::rc::Rc;

impl Store {
    /// Clears tables of versions that nobody can see. Without names all tables.
    pub(in crate::store) fn vacuum(&mut self, me: SessionId, tables: &[Name], analyze: bool, full: bool) -> Run<()> {
        let mode = if full { LockMode::AccessExclusive } else { LockMode::ShareUpdateExclusive };
        self.each_table(me, tables, mode, "vacuum", |store, oid| {
            if full {
                store.vacuum_full(me, oid)?
            } else {
                store.vacuum_lazily(me, oid)
            }
            if analyze {
                store.gather_statistics(me, oid);
            }
            // Each table is a transaction of its own.
            let hold = Hold::Transaction { level: store.level(me) };
            store.locks.release(me, LockTag::Relation(oid), mode, hold);
            Ok(())
        })
    }

    /// Counts what is in tables, for the planner. Without names all tables.
    pub(in crate::store) fn analyze(&mut self, me: SessionId, tables: &[Name]) -> Run<()> {
        self.each_table(me, tables, LockMode::ShareUpdateExclusive, "analyze", |store, oid| {
            store.gather_statistics(me, oid);
            Ok(())
        })
    }

    fn each_table(
        &mut self,
        me: SessionId,
        names: &[Name],
        mode: LockMode,
        verb: &str,
        mut work: impl FnMut(&mut Self, Oid) -> Run<()>,
    ) -> Run<()> {
        self.resumable(me, |store| {
            let mut tables = Vec::new();
            for name in names {
                tables.push(store.relation(name)?);
            }
            if names.is_empty() {
                let all = store.catalog.relations.iter();
                tables.extend(all.filter(|(_, it)| matches!(it, Relation::Table(_))).map(|(oid, _)| *oid));
            }
            for oid in tables.into_iter().skip(store.progress(me).tables_done) {
                store.lock_relation(me, oid, mode)?;
                match store.catalog.relations.get(&oid) {
                    Some(Relation::Table(_)) => work(store, oid)?,
                    Some(other) => {
                        let message = format!(
                            "skipping \"{}\" --- cannot {verb} non-tables or special system tables",
                            other.name()
                        );
                        store.warn(me, "01000", &message);
                    }
                    None => {}
                }
                store.progress(me).tables_done += 1;
            }
            Ok(())
        })
    }

    fn vacuum_lazily(&mut self, me: SessionId, oid: Oid) {
        let table = self.table(oid);
        let (horizon, xacts) = (self.horizon(), self.xacts.clone());
        let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
        let gone = heap.vacuum(
            |version| death(version, &xacts, horizon),
            |version| version.xmin < horizon && xacts.committed(version.xmin) && version.xmax.changer().is_none(),
        );
        if !gone.is_empty() {
            for index in &table.indexes {
                let storage = self.catalog.index(*index).storage;
                Rc::make_mut(&mut self.trees[storage as usize]).remove(&gone);
            }
        }
        self.give_back_pages(me, &table);
        self.count_rows(me, oid);
    }

    /// Empty pages at the end are given back if nobody else uses the table. (`lazy_truncate_heap`)
    fn give_back_pages(&mut self, me: SessionId, table: &Table) {
        let (tag, mode) = (LockTag::Relation(table.oid), LockMode::AccessExclusive);
        let hold = Hold::Transaction { level: self.level(me) };
        if self.locks.try_acquire(me, tag, mode, hold) {
            Rc::make_mut(&mut self.heaps[table.storage as usize]).truncate_empty();
            self.locks.release(me, tag, mode, hold);
        }
    }

    /// Copies what is alive, or may be for somebody, to new storage. (`copy_table_data`)
    fn vacuum_full(&mut self, me: SessionId, oid: Oid) -> Run<()> {
        let table = self.table(oid);
        let horizon = self.horizon();
        let old: Vec<(Tid, Version)> = self
            .heap(&table)
            .versions()
            .filter(|(_, version)| death(version, &self.xacts, horizon) == Death::No)
            .map(|(tid, version)| (tid, version.clone()))
            .collect();
        let (mut heap, mut moved) = (Heap::default(), BTreeMap::new());
        for (tid, version) in &old {
            let copy = Version { hot_updated: false, heap_only: false, ..version.clone() };
            moved.insert(*tid, heap.insert(copy, table.fillfactor));
        }
        for (tid, version) in &old {
            if let (Some(new), Some(next)) = (moved.get(tid), moved.get(&version.next))
                && let Some(copy) = heap.version_mut(*new)
            {
                copy.next = *next;
            }
        }
        self.heaps.push(Rc::new(heap));
        let storage = self.heaps.len() as u32 - 1;
        self.ssi.transfer_to_heap(oid, oid);
        self.rebuild_indexes(me, Table { storage, ..(*table).clone() })?;
        self.count_rows(me, oid);
        Ok(())
    }

    /// Notes how many pages and rows a table has.
    fn count_rows(&mut self, me: SessionId, oid: Oid) {
        let table = self.table(oid);
        let rows = self.rows_now(me, &table).len();
        let (statistics, all_visible) =
            (Some((self.heap(&table).pages(), rows as f64)), self.heap(&table).visible_pages());
        self.redefine_table(me, Table { statistics, all_visible, ..(*table).clone() });
    }
}
