//! Keeping indexes in step with rows, and keys unique. (PostgreSQL's `execIndexing.c`, `_bt_check_unique` in `nbtinsert.c`)

use super::visibility::{Dirty, dirty};
use super::{SessionId, Store, Tid, Xid};
use crate::catalog::{Index, Table};
use crate::error::{Run, SqlError};
use crate::expr::{Expr, eval};
use crate::locks::{Hold, LockMode, LockTag, Owner};
use crate::query::plan::Oid;
use crate::value::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Which columns of a table its indexes use. (`RelationGetIndexAttrBitmap`)
#[derive(Debug, Default)]
pub struct TableUses {
    /// Those of unique indexes that a foreign key could refer to: changing one takes the stronger row lock.
    pub keys: Vec<usize>,
    /// Those of any index: changing one needs new entries.
    pub all: Vec<usize>,
}

/// What is known of each table's indexes, with the definition it was read from. Shared by all clones of a store.
pub(super) type Uses = Rc<RefCell<BTreeMap<Oid, (Rc<Table>, Rc<TableUses>)>>>;

/// What became of an entry that might break a unique key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Conflict {
    None,
    /// Another row has the key, and is there to stay.
    With(Tid),
}

impl Store {
    /// See [`TableUses`].
    pub fn index_uses(&self, table: &Rc<Table>) -> Rc<TableUses> {
        if let Some((known, uses)) = self.uses.borrow().get(&table.oid)
            && Rc::ptr_eq(known, table)
        {
            return Rc::clone(uses);
        }
        let (mut keys, mut all) = (BTreeSet::new(), BTreeSet::new());
        for oid in &table.indexes {
            let index = self.catalog.index(*oid);
            let exprs = index.keys.iter().map(|key| &key.expr).chain(&index.predicate);
            let plain = exprs.clone().all(|expr| matches!(expr, Expr::Column(_)));
            for expr in exprs {
                all.extend(crate::query::rewrite::columns(expr, 0));
                if index.unique && plain && index.predicate.is_none() {
                    keys.extend(crate::query::rewrite::columns(expr, 0));
                }
            }
        }
        let uses = Rc::new(TableUses { keys: keys.into_iter().collect(), all: all.into_iter().collect() });
        self.uses.borrow_mut().insert(table.oid, (Rc::clone(table), Rc::clone(&uses)));
        uses
    }

    /// The key a row has in an index; `None` if a partial index leaves it out.
    pub fn index_key(&self, index: &Index, values: &[Value]) -> Run<Option<Rc<[Value]>>> {
        let mut nothing = crate::exec::NoEnv;
        if let Some(predicate) = &index.predicate
            && !eval(predicate, values, &mut nothing)?.is_true()
        {
            return Ok(None);
        }
        let key: Run<Rc<[Value]>> = index
            .keys
            .iter()
            .map(|key| match &key.expr {
                Expr::Column(column) => Ok(values[*column].clone()),
                expr => eval(expr, values, &mut nothing),
            })
            .collect();
        key.map(Some)
    }

    /// Adds a row's entry to an index, after whoever might have its key for good has ended. Called again after a wait.
    /// An arbiter of ON CONFLICT reports a conflict, any other unique index fails.
    pub fn insert_entry(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        index: &Rc<Index>,
        values: &[Value],
        tid: Tid,
        arbiter: bool,
    ) -> Run<Conflict> {
        let Some(key) = self.index_key(index, values)? else { return Ok(Conflict::None) };
        let unique = index.unique && !key.iter().any(Value::is_null);
        if unique && let Conflict::With(other) = self.find_conflict(me, table, index, &key, Some(tid), arbiter)? {
            if arbiter {
                return Ok(Conflict::With(other));
            }
            let page = self.trees[index.storage as usize].page_for(&key);
            self.conflict_in(me, index.oid, None, Some(page))?;
            return Err(duplicate(index, table, &key).into());
        }
        let bytes = super::size::data_size(&key, index.keys.iter().map(|key| key.ty));
        if self.ssi_tracks(me) {
            let page = self.trees[index.storage as usize].page_for(&key);
            self.conflict_in(me, index.oid, None, Some(page))?;
        }
        let tree = Rc::make_mut(&mut self.trees[index.storage as usize]);
        let (_, split) = tree.insert(key, tid, bytes);
        self.work.writes += 1;
        if let Some(split) = split {
            self.ssi.page_split(index.oid, split.left, split.right);
        }
        Ok(Conflict::None)
    }

    /// Looks for a row that has a key already, waiting for those whose fate is open. `own` is the row that is being added.
    /// (`_bt_check_unique`, `check_exclusion_or_unique_constraint`)
    pub fn find_conflict(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        index: &Rc<Index>,
        key: &[Value],
        own: Option<Tid>,
        partial: bool,
    ) -> Run<Conflict> {
        let owner = Owner::Session(me);
        let roots: Vec<Tid> = self.trees[index.storage as usize].equal(key).map(|entry| entry.tid).collect();
        for root in roots {
            if Some(root) == own {
                continue;
            }
            let mut at = self.heap(table).root(root);
            let mut prior = None;
            while let Some(tid) = at {
                let Some(version) = self.heap(table).version(tid) else { break };
                if prior.is_some_and(|prior| version.xmin != prior) {
                    break;
                }
                match dirty(version, &self.xacts, owner) {
                    Dirty::Gone => {}
                    Dirty::There => return Ok(Conflict::With(tid)),
                    // An arbiter leaves the decision to the check that comes after.
                    Dirty::Arriving(..) | Dirty::Leaving(_) if partial && own.is_some() => {
                        return Ok(Conflict::With(tid));
                    }
                    Dirty::Arriving(xid, Some(token)) => {
                        self.acquire(me, LockTag::SpeculativeToken(xid, token), LockMode::Share, Hold::Moment)?;
                        return self.find_conflict(me, table, index, key, own, partial);
                    }
                    Dirty::Arriving(xid, None) | Dirty::Leaving(xid) => {
                        self.wait_for_xact(me, xid)?;
                        return self.find_conflict(me, table, index, key, own, partial);
                    }
                }
                let Some(version) = self.heap(table).version(tid) else { break };
                at = version.hot_updated.then_some(version.next);
                prior = version.xmax.changer();
            }
        }
        Ok(Conflict::None)
    }
}

impl Store {
    /// An insertion is there to stay. (`heap_finish_speculative`)
    pub fn confirm(&mut self, table: &Table, tid: Tid) {
        if let Some(version) = Rc::make_mut(&mut self.heaps[table.storage as usize]).version_mut(tid) {
            version.speculative = None;
        }
    }

    /// An insertion is taken back, without its transaction. (`heap_abort_speculative`)
    pub fn take_back(&mut self, table: &Table, tid: Tid) {
        let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
        if let Some(version) = heap.version_mut(tid) {
            version.speculative = None;
            version.xmin = super::xact::NEVER;
        }
    }

    /// Whoever waited for an insertion to be confirmed or taken back goes on.
    pub fn end_speculation(&mut self, me: SessionId, xid: Xid, token: u32) {
        let hold = Hold::Transaction { level: self.level(me) };
        self.locks.release(me, LockTag::SpeculativeToken(xid, token), LockMode::Exclusive, hold);
    }
}

/// 23505
fn duplicate(index: &Index, table: &Table, key: &[Value]) -> SqlError {
    let style = crate::value::Style::default();
    let names = index.keys.iter().map(|key| match &key.expr {
        Expr::Column(column) => table.columns[*column].name.to_string(),
        _ => key.text.to_string(),
    });
    let values = key.iter().zip(&index.keys).map(|(value, key)| crate::value::output::output(value, key.ty, &style));
    let (names, values): (Vec<_>, Vec<_>) = (names.collect(), values.collect());
    SqlError::new("23505", format!("duplicate key value violates unique constraint \"{}\"", index.name))
        .detail(format!("Key ({})=({}) already exists.", names.join(", "), values.join(", ")))
        .table(&table.name)
        .constraint(&index.name)
}
