//! What exists for whom. A transaction's definitions are its own until it commits; temporary tables are their session's own.
//! (PostgreSQL keeps definitions in tables, whose rows have versions like any other's; here each transaction has a list of changes.)

use super::transaction::Transaction;
use super::{SessionId, Store, Xid};
use crate::catalog::{Catalog, Relation, Table};
use crate::error::SqlError;
use crate::query::plan::Oid;
use std::rc::Rc;

/// Definitions in the order in which they were made; `None` drops.
pub type Changes = Vec<(Oid, Option<Relation>)>;

impl Transaction {
    fn changes(&self) -> impl Iterator<Item = &(Oid, Option<Relation>)> {
        self.levels.iter().flat_map(|level| &level.changes)
    }
}

impl Store {
    /// Changes what exists: for this session now, for the others when the transaction commits. `None` drops. A table need not name
    /// its indexes: it has those that exist.
    pub fn redefine(&mut self, me: SessionId, oid: Oid, relation: Option<Relation>) {
        self.assign_xid(me);
        if let Some(level) = self.transaction(me).levels.last_mut() {
            level.changes.push((oid, relation));
        }
        self.session_mut(me).view = None;
        self.see(me);
    }

    /// Makes the catalog what a session sees.
    pub(super) fn see(&mut self, me: SessionId) {
        let session = self.session(me);
        let changed = session.transaction.as_ref().is_some_and(|it| it.changes().next().is_some());
        if !changed && session.temporary.is_empty() {
            self.catalog = Rc::clone(&self.committed);
            return;
        }
        if let Some((base, view)) = &session.view
            && Rc::ptr_eq(base, &self.committed)
        {
            self.catalog = Rc::clone(view);
            return;
        }
        let temporary = session.temporary.iter().map(|(oid, relation)| (*oid, Some(relation.clone())));
        let own = session.transaction.iter().flat_map(Transaction::changes).cloned();
        let view = Rc::new(changed_by(&self.committed, temporary.chain(own)));
        self.session_mut(me).view = Some((Rc::clone(&self.committed), Rc::clone(&view)));
        self.catalog = view;
    }

    /// Makes the catalog what there is for whoever looks on: what exists for everybody, and beside it what open transactions have
    /// made and what is temporary.
    pub(super) fn see_all(&mut self) {
        self.catalog = Rc::clone(&self.committed);
        let mut new = Vec::new();
        for session in &self.sessions {
            let temporary = session.temporary.iter().map(|(oid, relation)| (*oid, relation));
            let own = session.transaction.iter().flat_map(Transaction::changes);
            let made = own.filter_map(|(oid, relation)| Some((*oid, relation.as_ref()?)));
            let unknown = temporary.chain(made).filter(|(oid, _)| !self.committed.relations.contains_key(oid));
            new.extend(unknown.map(|(oid, relation)| (oid, relation.clone())));
        }
        if new.is_empty() {
            return;
        }
        let catalog = Rc::make_mut(&mut self.catalog);
        let mut tables = Vec::new();
        for (oid, relation) in new {
            tables.extend(table_of(oid, &relation));
            catalog.names.entry(Rc::clone(relation.name())).or_insert(oid);
            catalog.relations.insert(oid, relation);
        }
        settle_indexes(catalog, tables);
    }

    /// A transaction's definitions become everybody's. `me`: whose temporary tables are its own still; a prepared transaction has
    /// none.
    pub(super) fn publish(&mut self, me: Option<SessionId>, changes: Changes) {
        if changes.is_empty() {
            return;
        }
        let mut public = Vec::new();
        for (oid, relation) in changes {
            let Some(me) = me else {
                public.push((oid, relation));
                continue;
            };
            let temporary = match &relation {
                Some(relation) => self.is_temporary(relation),
                None => self.session(me).temporary.contains_key(&oid),
            };
            match relation {
                Some(relation) if temporary => {
                    self.session_mut(me).temporary.insert(oid, relation);
                }
                None if temporary => {
                    self.session_mut(me).temporary.remove(&oid);
                }
                relation => public.push((oid, relation)),
            }
        }
        if let Some(me) = me {
            self.session_mut(me).view = None;
        }
        if !public.is_empty() {
            self.committed = Rc::new(changed_by(&self.committed, public.into_iter()));
        }
    }

    /// Whether a relation is gone when its session is. What belongs to a temporary table is temporary.
    pub(super) fn is_temporary(&self, relation: &Relation) -> bool {
        let table = |oid: Oid| match self.catalog.relations.get(&oid) {
            Some(Relation::Table(table)) => table.temporary,
            _ => false,
        };
        match relation {
            Relation::Table(table) => table.temporary,
            Relation::Index(index) => table(index.table),
            Relation::View(view) => view.temporary,
            Relation::Sequence(sequence) => sequence.temporary,
        }
    }

    /// A transaction that made or changed something temporary cannot leave its session.
    pub(super) fn refuse_temporary(&self, me: SessionId) -> Result<(), SqlError> {
        let temporary = |(oid, relation): &(Oid, Option<Relation>)| match relation {
            Some(relation) => self.is_temporary(relation),
            None => self.session(me).temporary.contains_key(oid),
        };
        if self.session(me).transaction.as_ref().is_some_and(|it| it.changes().any(temporary)) {
            let message = "cannot PREPARE a transaction that has operated on temporary objects";
            return Err(SqlError::new("0A000", message));
        }
        Ok(())
    }

    /// The transaction that is making something of that name, which nobody else can see yet.
    pub(super) fn maker_of_name(&self, me: SessionId, name: &str) -> Option<Xid> {
        let makes = |(oid, relation): &(Oid, Option<Relation>)| {
            let known = self.committed.relations.get(oid).is_some_and(|known| &**known.name() == name);
            let made = relation.as_ref().filter(|relation| !self.is_temporary(relation));
            !known && made.is_some_and(|relation| &**relation.name() == name)
        };
        let others = self.sessions.iter().filter(|session| session.id != me);
        let running = others.filter_map(|session| session.transaction.as_ref());
        let mut open = running.filter(|it| it.changes().any(makes)).filter_map(|it| it.levels.first()?.xid);
        let prepared = || self.prepared.values().find(|it| it.changes.iter().any(makes)).map(|it| it.xid);
        open.next().or_else(prepared)
    }
}

/// A catalog with changes.
fn changed_by(base: &Catalog, changes: impl Iterator<Item = (Oid, Option<Relation>)>) -> Catalog {
    let mut catalog = base.clone();
    let mut tables = Vec::new();
    for (oid, relation) in changes {
        let old = catalog.relations.get(&oid);
        tables.extend(relation.iter().chain(old).filter_map(|relation| table_of(oid, relation)));
        if let Some(old) = catalog.set(oid, relation) {
            uncover(&mut catalog, old.name());
        }
    }
    settle_indexes(&mut catalog, tables);
    catalog
}

/// A name is free: it may have hidden something else of that name, as temporary tables do.
fn uncover(catalog: &mut Catalog, name: &Rc<str>) {
    if !catalog.names.contains_key(name)
        && let Some((oid, _)) = catalog.relations.iter().find(|(_, relation)| relation.name() == name)
    {
        catalog.names.insert(Rc::clone(name), *oid);
    }
}

/// The table whose indexes may have changed.
fn table_of(oid: Oid, relation: &Relation) -> Option<Oid> {
    match relation {
        Relation::Table(_) => Some(oid),
        Relation::Index(index) => Some(index.table),
        _ => None,
    }
}

/// Two transactions may make indexes of one table at the same time, and neither knows of the other's.
fn settle_indexes(catalog: &mut Catalog, mut tables: Vec<Oid>) {
    tables.sort_unstable();
    tables.dedup();
    for oid in tables {
        let Some(Relation::Table(table)) = catalog.relations.get(&oid) else { continue };
        let on_table = |relation: &Relation| matches!(relation, Relation::Index(index) if index.table == oid);
        let indexes: Vec<Oid> = catalog.relations.iter().filter(|(_, it)| on_table(it)).map(|(oid, _)| *oid).collect();
        if indexes != table.indexes {
            let table = Table { indexes, ..(**table).clone() };
            catalog.relations.insert(oid, Relation::Table(Rc::new(table)));
        }
    }
}
