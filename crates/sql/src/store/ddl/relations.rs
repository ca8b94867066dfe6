//! Finding and locking what a statement names. (`RangeVarGetRelidExtended`)

use crate::catalog::{Relation, Sequence, Table};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::names::column_part;
use crate::query::plan::Oid;
use crate::query::statement::{Name, ObjectKind};
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Relation {
    /// What kind of thing it is.
    pub(super) fn kind(&self) -> ObjectKind {
        match self {
            Relation::Table(_) => ObjectKind::Table,
            Relation::Index(_) => ObjectKind::Index,
            Relation::View(_) => ObjectKind::View,
            Relation::Sequence(_) => ObjectKind::Sequence,
        }
    }
}

impl ObjectKind {
    /// As messages call it.
    pub(super) fn word(self) -> &'static str {
        match self {
            ObjectKind::Table => "table",
            ObjectKind::Index => "index",
            ObjectKind::View => "view",
            ObjectKind::Sequence => "sequence",
        }
    }

    /// `This operation is not supported for views.`
    pub(super) fn not_for(self) -> String {
        let plural = match self {
            ObjectKind::Table => "tables",
            ObjectKind::Index => "indexes",
            ObjectKind::View => "views",
            ObjectKind::Sequence => "sequences",
        };
        format!("This operation is not supported for {plural}.")
    }
}

impl Store {
    /// The relation of that name, if there is one.
    pub(super) fn find(&self, name: &Name) -> Option<Relation> {
        let oid = self.relation(name).ok()?;
        self.catalog.relations.get(&oid).cloned()
    }

    /// Locks what a statement names, whatever it is.
    pub(super) fn lock_named(&mut self, me: SessionId, name: &Name, mode: LockMode) -> Run<(Oid, Relation)> {
        let oid = self.relation(name)?;
        self.lock_relation(me, oid, mode)?;
        let relation = self.catalog.relations.get(&oid).cloned();
        relation.map(|relation| (oid, relation)).ok_or_else(|| SqlError::new("42P01", "relation is gone").into())
    }

    /// A table as it is now, while a statement changes it piece by piece.
    pub(super) fn table(&self, oid: Oid) -> Rc<Table> {
        Rc::clone(self.catalog.table(oid))
    }

    /// The sequences that belong to a table, or to one of its columns.
    pub(super) fn owned_sequences(&self, table: Oid, column: Option<usize>) -> Vec<Rc<Sequence>> {
        let owned = self.catalog.relations.values().filter_map(|relation| match relation {
            Relation::Sequence(sequence) => Some(sequence),
            _ => None,
        });
        let mine = owned.filter(|sequence| {
            sequence.owner.is_some_and(|(owner, of)| owner == table && column.is_none_or(|column| column == of))
        });
        mine.cloned().collect()
    }

    /// Puts a changed definition of a table in the place of the old one.
    pub(super) fn redefine_table(&mut self, me: SessionId, table: Table) {
        self.redefine(me, table.oid, Some(Relation::Table(Rc::new(table))));
    }
}

impl Table {
    /// A column that was not dropped.
    pub(super) fn find_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| !column.dropped && *column.name == *name)
    }

    /// The same, or 42703.
    pub(super) fn column_named(&self, name: &str) -> Result<usize, SqlError> {
        self.find_column(name).ok_or_else(|| {
            let message = format!("column \"{name}\" of relation \"{}\" does not exist", self.name);
            SqlError::new("42703", message)
        })
    }

    /// `a_b`: columns as a made-up name has them.
    pub(super) fn joined(&self, columns: &[usize]) -> String {
        let names: Vec<&str> = columns.iter().map(|column| &*self.columns[*column].name).collect();
        column_part(&names)
    }
}
