//! Names: which are free, and whether somebody else is about to take one. (`ChooseRelationName` in `indexcmds.c`,
//! `ChooseConstraintName` in `pg_constraint.c`)

use crate::catalog::{Relation, Table};
use crate::error::{Run, SqlError};
use crate::query::names::choose;
use crate::query::statement::Name;
use crate::store::{SessionId, Store};
use std::rc::Rc;

/// The number of the schema `public`, as a message shows it.
const PUBLIC: u32 = 2200;

/// What a name is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A table or view: there is a type of that name, too.
    Typed,
    /// An index or sequence.
    Plain,
}

impl Store {
    /// A name for a relation that nothing else has; a number is appended if need be.
    pub(super) fn free_name(&self, first: &str, second: &str, label: &str, taken: &[Rc<str>]) -> Rc<str> {
        let in_use = |name: &str| taken.iter().any(|other| **other == *name) || self.catalog.lookup(name).is_some();
        choose(first, second, label, in_use).into()
    }

    /// A name for a constraint that no other constraint has.
    pub(super) fn free_constraint_name(&self, first: &str, second: &str, label: &str, taken: &[Rc<str>]) -> Rc<str> {
        let in_use = |name: &str| taken.iter().any(|other| **other == *name) || self.is_constraint(name);
        choose(first, second, label, in_use).into()
    }

    fn is_constraint(&self, name: &str) -> bool {
        self.catalog.relations.values().any(|relation| match relation {
            Relation::Table(table) => has_constraint(table, name),
            Relation::Index(index) => index.constraint && *index.name == *name,
            _ => false,
        })
    }

    /// Whether a table has a constraint of that name.
    pub(super) fn has_constraint(&self, table: &Table, name: &str) -> bool {
        let of_index = |oid: &u32| {
            let index = self.catalog.index(*oid);
            index.constraint && *index.name == *name
        };
        has_constraint(table, name) || table.indexes.iter().any(of_index)
    }

    /// Whether something new may be made in the schema that a name names.
    pub(super) fn creatable(&self, name: &Name) -> Result<(), SqlError> {
        match name.schema.as_deref() {
            None | Some("public" | "pg_temp") => Ok(()),
            Some("pg_catalog") => {
                Err(SqlError::new("42501", format!("permission denied to create \"pg_catalog.{}\"", name.name))
                    .detail("System catalog modifications are currently disallowed."))
            }
            Some(schema) => {
                Err(SqlError::new("3F000", format!("schema \"{schema}\" does not exist")).at(name.position))
            }
        }
    }

    /// Whether something of that name is there, temporary or not.
    pub(super) fn is_taken(&self, name: &str, temporary: bool) -> bool {
        match self.catalog.lookup(name) {
            None => false,
            Some(found) if self.is_temporary(found) == temporary => true,
            Some(_) => self
                .catalog
                .relations
                .values()
                .any(|relation| &**relation.name() == name && self.is_temporary(relation) == temporary),
        }
    }

    /// Makes sure of a name for something new, after whoever is making something of that name has ended.
    ///
    /// # Errors
    ///
    /// 42P07 if the name is taken; 23505 if it was taken while this session waited.
    pub(super) fn claim(&mut self, me: SessionId, name: &Rc<str>, temporary: bool, kind: Named) -> Run<()> {
        if self.is_taken(name, temporary) {
            if self.progress(me).awaited.contains(name) {
                let (index, columns) = match kind {
                    Named::Typed => ("pg_type_typname_nsp_index", "typname, typnamespace"),
                    Named::Plain => ("pg_class_relname_nsp_index", "relname, relnamespace"),
                };
                let message = format!("duplicate key value violates unique constraint \"{index}\"");
                let detail = format!("Key ({columns})=({name}, {PUBLIC}) already exists.");
                return Err(SqlError::new("23505", message).detail(detail).into());
            }
            return Err(already_exists(name).into());
        }
        if temporary {
            return Ok(());
        }
        while let Some(maker) = self.maker_of_name(me, name) {
            self.progress(me).awaited.push(Rc::clone(name));
            self.assign_xid(me);
            self.wait_for_xact(me, maker)?;
        }
        Ok(())
    }

    /// A number for something new.
    pub(super) fn new_oid(&mut self) -> u32 {
        self.next_oid += 1;
        self.next_oid - 1
    }
}

fn has_constraint(table: &Table, name: &str) -> bool {
    table.checks.iter().any(|check| *check.name == *name) || table.foreign_keys.iter().any(|key| *key.name == *name)
}

/// 42P07
pub fn already_exists(name: &str) -> SqlError {
    SqlError::new("42P07", format!("relation \"{name}\" already exists"))
}
