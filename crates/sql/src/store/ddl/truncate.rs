//! TRUNCATE. (`ExecuteTruncateGuts`)

use crate::catalog::{Index, Relation, Sequence, Table};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::plan::Oid;
use crate::query::statement::Truncate;
use crate::store::heap::Heap;
use crate::store::tree::Tree;
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    pub(super) fn truncate(&mut self, me: SessionId, truncate: &Truncate) -> Run<()> {
        let mut tables: Vec<Oid> = Vec::new();
        for name in &truncate.tables {
            let (oid, relation) = self.lock_named(me, name, LockMode::AccessExclusive)?;
            if !matches!(relation, Relation::Table(_)) {
                return Err(SqlError::new("42809", format!("\"{}\" is not a table", relation.name())).into());
            }
            if !tables.contains(&oid) {
                tables.push(oid);
            }
        }
        if truncate.cascade {
            self.add_referring(me, &mut tables)?;
        } else {
            self.check_referring(&tables)?;
        }
        if truncate.restart_identity {
            for sequence in tables.iter().flat_map(|oid| self.owned_sequences(*oid, None)).collect::<Vec<_>>() {
                self.lock_relation(me, sequence.oid, LockMode::AccessExclusive)?;
            }
        }
        for oid in tables {
            self.empty(me, oid)?;
            if truncate.restart_identity {
                for sequence in self.owned_sequences(oid, None) {
                    let storage = self.new_oid();
                    let fresh = Sequence { storage, ..(*sequence).clone() };
                    self.redefine(me, sequence.oid, Some(Relation::Sequence(Rc::new(fresh))));
                }
            }
        }
        Ok(())
    }

    /// Adds the tables that refer to these, and those that refer to them.
    fn add_referring(&mut self, me: SessionId, tables: &mut Vec<Oid>) -> Run<()> {
        loop {
            let referring = tables.iter().flat_map(|oid| &self.catalog.table(*oid).referenced_by);
            let mut new: Vec<Oid> = referring.map(|key| key.from).filter(|from| !tables.contains(from)).collect();
            new.sort_unstable();
            new.dedup();
            if new.is_empty() {
                return Ok(());
            }
            for oid in new {
                self.lock_relation(me, oid, LockMode::AccessExclusive)?;
                let message = format!("truncate cascades to table \"{}\"", self.table(oid).name);
                self.say(me, SqlError::new("00000", message));
                tables.push(oid);
            }
        }
    }

    /// (`heap_truncate_check_FKs`)
    fn check_referring(&self, tables: &[Oid]) -> Result<(), SqlError> {
        for table in tables.iter().map(|oid| self.catalog.table(*oid)) {
            let Some(key) = table.referenced_by.iter().find(|key| !tables.contains(&key.from)) else { continue };
            let from = &self.catalog.table(key.from).name;
            return Err(SqlError::new("0A000", "cannot truncate a table referenced in a foreign key constraint")
                .detail(format!("Table \"{from}\" references \"{}\".", table.name))
                .hint(format!("Truncate table \"{from}\" at the same time, or use TRUNCATE ... CASCADE.")));
        }
        Ok(())
    }

    /// Gives a table and its indexes new, empty storage. Whoever has an old snapshot finds nothing in it either.
    fn empty(&mut self, me: SessionId, oid: Oid) -> Run<()> {
        self.ssi.table_conflict_in(me, oid)?;
        let table = self.table(oid);
        self.heaps.push(Rc::new(Heap::default()));
        let storage = self.heaps.len() as u32 - 1;
        for index in &table.indexes {
            let index = Rc::clone(self.catalog.index(*index));
            self.lock_relation(me, index.oid, LockMode::AccessExclusive)?;
            self.trees.push(Rc::new(Tree::new(index.order())));
            let storage = self.trees.len() as u32 - 1;
            let fresh = Index { storage, ..(*index).clone() };
            self.redefine(me, index.oid, Some(Relation::Index(Rc::new(fresh))));
        }
        self.redefine_table(me, Table { storage, statistics: None, ..(*self.table(oid)).clone() });
        Ok(())
    }
}
