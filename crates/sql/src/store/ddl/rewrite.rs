//! Writing a table anew, row by row. (`ATRewriteTable`)

use crate::catalog::{Relation, Table};
use crate::error::Run;
use crate::query::plan::Oid;
use crate::store::heap::{Heap, Version};
use crate::store::xmax::Xmax;
use crate::store::{SessionId, Store, Tid};
use crate::value::Value;
use std::rc::Rc;

/// What becomes of a row.
pub(super) type Change<'a> = &'a mut dyn FnMut(&mut Store, &[Value]) -> Run<Vec<Value>>;

impl Store {
    /// Puts a changed definition in the place of a table's, and `change`d rows in the place of its rows. The new rows are this
    /// transaction's: whoever keeps to an older snapshot finds the table empty afterwards, as in PostgreSQL. (Manual, 13.6 "Caveats")
    pub(super) fn rewrite(&mut self, me: SessionId, mut new: Table, change: Change<'_>) -> Run<()> {
        let old = self.table(new.oid);
        let xid = self.assign_xid(me);
        let cmin = self.transaction(me).command;
        let mut heap = Heap::default();
        for row in self.rows_now(me, &old) {
            let values: Rc<[Value]> = change(self, &row)?.into();
            let size = self.tuple_size(&new, &values);
            let version = Version {
                xmin: xid,
                cmin,
                xmax: Xmax::Nobody,
                cmax: 0,
                next: Tid::default(),
                hot_updated: false,
                heap_only: false,
                speculative: None,
                values,
                size,
            };
            heap.insert(version, new.fillfactor);
        }
        self.heaps.push(Rc::new(heap));
        new.storage = self.heaps.len() as u32 - 1;
        self.ssi.transfer_to_heap(new.oid, new.oid);
        self.rebuild_indexes(me, new)
    }

    /// Gives a changed definition its indexes, filled anew from its heap.
    pub(super) fn rebuild_indexes(&mut self, me: SessionId, mut new: Table) -> Run<()> {
        new.statistics = None;
        let indexes: Vec<Oid> = new.indexes.clone();
        for oid in indexes {
            let mut index = (**self.catalog.index(oid)).clone();
            for key in &mut index.keys {
                if let crate::expr::Expr::Column(column) = key.expr {
                    key.ty = new.columns[column].ty;
                }
            }
            let rows = self.fill_index(me, &new, &mut index)?;
            if rows > 0 {
                new.statistics = Some((self.heap(&new).pages(), rows as f64));
            }
            self.ssi.transfer_to_heap(oid, new.oid);
            self.redefine(me, oid, Some(Relation::Index(Rc::new(index))));
        }
        self.redefine_table(me, new);
        Ok(())
    }
}
