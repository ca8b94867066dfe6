//! CREATE TABLE. (`transformCreateStmt`, `DefineRelation`)

use super::constraint::{Key, many_primary};
use super::names::{Named, already_exists};
use crate::catalog::Table;
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::source::Source;
use crate::query::statement::{ConstraintKind, CreateTable};
use crate::store::heap::Heap;
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    pub(super) fn create_table(&mut self, me: SessionId, create: &CreateTable, source: &Rc<Source>) -> Run<()> {
        let name = &create.name.name;
        let temporary = create.temporary || create.name.schema.as_deref() == Some("pg_temp");
        self.creatable(&create.name)?;
        if create.if_not_exists && self.is_taken(name, temporary) && !self.progress(me).awaited.contains(name) {
            let notice = SqlError::new("42P07", format!("relation \"{name}\" already exists, skipping"));
            self.say(me, notice);
            return Ok(());
        }
        let mut table = Table {
            oid: 0,
            name: Rc::clone(name),
            columns: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            referenced_by: Vec::new(),
            storage: 0,
            statistics: None,
            all_visible: 0,
            fillfactor: create.fillfactor,
            temporary,
        };
        let (mut sequences, mut taken) = (Vec::new(), Vec::new());
        for def in &create.columns {
            let new = self.new_column(me, name, def, source, &taken)?;
            if table.find_column(&new.column.name).is_some() {
                let message = format!("column \"{}\" specified more than once", new.column.name);
                return Err(SqlError::new("42701", message).into());
            }
            if let Some(sequence) = new.sequence {
                taken.push(Rc::clone(&sequence.0));
                sequences.push((sequence, table.columns.len(), new.column.ty));
            }
            table.columns.push(new.column);
        }
        let keys = self.keys_of(&mut table, create)?;
        for constraint in &create.constraints {
            if let ConstraintKind::Check(raw) = &constraint.kind {
                let check = self.check(me, &table, constraint.name.as_ref(), raw, source, true).map_err(|error| {
                    // Of a table that is not there yet the message is another one.
                    match (&constraint.name, error.code) {
                        (Some(name), "42710") => {
                            SqlError::new("42710", format!("check constraint \"{}\" already exists", name.name))
                        }
                        _ => error,
                    }
                })?;
                table.add_check(check);
            }
        }
        for ((sequence, _), ..) in &sequences {
            self.claim(me, sequence, temporary, Named::Plain)?;
        }
        self.claim(me, name, temporary, Named::Typed)?;
        for constraint in &create.constraints {
            self.lock_referenced(me, name, constraint)?;
        }
        self.make_table(me, table, sequences, &keys, create)
    }

    /// From here on nothing waits.
    #[allow(clippy::type_complexity)]
    fn make_table(
        &mut self,
        me: SessionId,
        mut table: Table,
        sequences: Vec<((Rc<str>, bool), usize, crate::value::Type)>,
        keys: &[Key],
        create: &CreateTable,
    ) -> Run<()> {
        let numbers: Vec<_> = sequences.iter().map(|_| self.new_oid()).collect();
        let oid = self.register_table(me, &mut table)?;
        for ((sequence, column, ty), number) in sequences.into_iter().zip(numbers) {
            self.add_column_sequence(me, sequence, number, (oid, column), ty, table.temporary);
        }
        for key in keys {
            self.add_key(me, oid, key)?;
        }
        for constraint in &create.constraints {
            let table = self.table(oid);
            if let Some(key) = self.foreign_key(&table, constraint, true)? {
                self.add_foreign_key(me, key);
            }
        }
        Ok(())
    }

    /// Gives a new table its number and its storage, and makes it known.
    pub(super) fn register_table(&mut self, me: SessionId, table: &mut Table) -> Run<u32> {
        if self.is_taken(&table.name, table.temporary) {
            return Err(already_exists(&table.name).into());
        }
        table.oid = self.new_oid();
        self.heaps.push(Rc::new(Heap::default()));
        table.storage = self.heaps.len() as u32 - 1;
        self.lock_relation(me, table.oid, LockMode::AccessExclusive)?;
        self.redefine_table(me, table.clone());
        Ok(table.oid)
    }

    /// The keys of a new table: the primary key first, and of those with the same columns one. (`transformIndexConstraints`)
    fn keys_of(&self, table: &mut Table, create: &CreateTable) -> Result<Vec<Key>, SqlError> {
        let mut keys: Vec<Key> = Vec::new();
        for primary in [true, false] {
            for constraint in &create.constraints {
                let names = match &constraint.kind {
                    ConstraintKind::PrimaryKey(names) if primary => names,
                    ConstraintKind::Unique(names) if !primary => names,
                    _ => continue,
                };
                let key = self.key(table, constraint, names, primary)?;
                if primary && !keys.is_empty() {
                    return Err(many_primary(&table.name).at(constraint.position));
                }
                match keys.iter_mut().find(|other| other.columns == key.columns) {
                    Some(other) => other.name = other.name.take().or(key.name),
                    None => keys.push(key),
                }
            }
            for column in keys.iter().filter(|_| primary).flat_map(|key| &key.columns) {
                table.columns[*column].not_null = true;
            }
        }
        Ok(keys)
    }
}
