//! RENAME. (`RenameRelation`, `renameatt`, `RenameConstraint`)

use super::constraint::constraint_exists;
use super::names::{Named, already_exists};
use crate::catalog::{Index, Relation, Sequence, Table, View};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::plan::Oid;
use crate::query::statement::Name;
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    /// `ALTER TABLE a RENAME TO b`, which is for all kinds of relations.
    pub(super) fn rename_relation(&mut self, me: SessionId, from: &Name, to: &Name) -> Run<()> {
        let is_index = matches!(self.find(from), Some(Relation::Index(_)));
        let mode = if is_index { LockMode::ShareUpdateExclusive } else { LockMode::AccessExclusive };
        let (oid, relation) = self.lock_named(me, from, mode)?;
        let kind = if matches!(relation, Relation::Table(_) | Relation::View(_)) { Named::Typed } else { Named::Plain };
        self.claim(me, &to.name, self.is_temporary(&relation), kind)?;
        if !self.views_using(me, oid).is_empty() {
            return Err(SqlError::unsupported("renaming what a view reads is").into());
        }
        self.put_renamed(me, oid, &relation, &to.name);
        Ok(())
    }

    fn put_renamed(&mut self, me: SessionId, oid: Oid, relation: &Relation, to: &Rc<str>) {
        let name = Rc::clone(to);
        let renamed = match relation {
            Relation::Table(table) => Relation::Table(Rc::new(Table { name, ..(**table).clone() })),
            Relation::Index(index) => Relation::Index(Rc::new(Index { name, ..(**index).clone() })),
            Relation::View(view) => Relation::View(Rc::new(View { name, ..(**view).clone() })),
            Relation::Sequence(sequence) => Relation::Sequence(Rc::new(Sequence { name, ..(**sequence).clone() })),
        };
        self.redefine(me, oid, Some(renamed));
    }

    pub(super) fn rename_column(&mut self, me: SessionId, oid: Oid, from: &Rc<str>, to: &Rc<str>) -> Run<()> {
        let mut table = (*self.table(oid)).clone();
        let Some(at) = table.find_column(from) else {
            return Err(SqlError::new("42703", format!("column \"{from}\" does not exist")).into());
        };
        if super::column::is_system(to) {
            let message = format!("column name \"{to}\" conflicts with a system column name");
            return Err(SqlError::new("42701", message).into());
        }
        if table.find_column(to).is_some() {
            let message = format!("column \"{to}\" of relation \"{}\" already exists", table.name);
            return Err(SqlError::new("42701", message).into());
        }
        if !self.views_using_column(me, oid, at).is_empty() {
            return Err(SqlError::unsupported("renaming what a view reads is").into());
        }
        table.columns[at].name = Rc::clone(to);
        self.redefine_table(me, table);
        Ok(())
    }

    pub(super) fn rename_constraint(&mut self, me: SessionId, oid: Oid, from: &Rc<str>, to: &Rc<str>) -> Run<()> {
        let table = self.table(oid);
        if !self.has_constraint(&table, from) {
            let message = format!("constraint \"{from}\" for table \"{}\" does not exist", table.name);
            return Err(SqlError::new("42704", message).into());
        }
        if self.has_constraint(&table, to) {
            return Err(constraint_exists(to, &table).into());
        }
        if let Some(key) = table.foreign_keys.iter().find(|key| key.name == *from) {
            let mut renamed = (**key).clone();
            renamed.name = Rc::clone(to);
            self.replace_foreign_key(me, key, Some(&Rc::new(renamed)));
            return Ok(());
        }
        let index = table.indexes.iter().map(|oid| self.catalog.index(*oid));
        if let Some(index) = index.into_iter().find(|index| index.constraint && index.name == *from) {
            if self.is_taken(to, table.temporary) {
                return Err(already_exists(to).into());
            }
            let index = Rc::clone(index);
            self.put_renamed(me, index.oid, &Relation::Index(Rc::clone(&index)), to);
            return Ok(());
        }
        let mut table = (*table).clone();
        if let Some(at) = table.checks.iter().position(|check| check.name == *from) {
            let mut check = table.checks.remove(at);
            check.name = Rc::clone(to);
            table.add_check(check);
        }
        self.redefine_table(me, table);
        Ok(())
    }
}
