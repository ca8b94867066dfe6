//! PRIMARY KEY, UNIQUE and CHECK. (`transformIndexConstraint`, `AddRelationNewConstraints`, `ATExecAddIndex`)

use crate::catalog::{Check, Index, IndexKey, Table};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::analyse::row::Purpose;
use crate::query::plan::Oid;
use crate::query::source::Source;
use crate::query::statement::{Constraint, Name, RawExpr};
use crate::store::{SessionId, Store};
use crate::value::{Type, Value};
use std::rc::Rc;

use super::names::{Named, already_exists};

/// A key that is to be made.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub name: Option<Rc<str>>,
    pub columns: Vec<usize>,
    pub primary: bool,
}

impl Store {
    /// The columns of a PRIMARY KEY or UNIQUE constraint.
    pub(super) fn key(
        &self,
        table: &Table,
        constraint: &Constraint,
        names: &[Name],
        primary: bool,
    ) -> Result<Key, SqlError> {
        if constraint.deferrable {
            return Err(SqlError::unsupported("deferrable keys are").at(constraint.position));
        }
        let mut columns = Vec::new();
        for name in names {
            let name = &name.name;
            let Some(column) = table.find_column(name) else {
                let message = format!("column \"{name}\" named in key does not exist");
                return Err(SqlError::new("42703", message).at(constraint.position));
            };
            if columns.contains(&column) {
                let what = if primary { "primary key" } else { "unique" };
                let message = format!("column \"{name}\" appears twice in {what} constraint");
                return Err(SqlError::new("42701", message).at(constraint.position));
            }
            columns.push(column);
        }
        check_comparable(table, &columns)?;
        let name = constraint.name.as_ref().map(|name| Rc::clone(&name.name));
        Ok(Key { name, columns, primary })
    }

    /// The name a key is going to have.
    pub(super) fn key_name(&self, table: &Table, key: &Key, taken: &[Rc<str>]) -> Rc<str> {
        match &key.name {
            Some(name) => Rc::clone(name),
            None if key.primary => self.free_name(&table.name, "", "pkey", taken),
            None => self.free_name(&table.name, &table.joined(&key.columns), "key", taken),
        }
    }

    /// Makes the unique index of a key. The columns of a primary key become NOT NULL.
    pub(super) fn add_key(&mut self, me: SessionId, table: Oid, key: &Key) -> Run<()> {
        let table = self.table(table);
        let name = self.key_name(&table, key, &[]);
        if self.is_taken(&name, table.temporary) {
            return Err(already_exists(&name).into());
        }
        if self.has_constraint(&table, &name) {
            return Err(constraint_exists(&name, &table).into());
        }
        if key.primary {
            self.no_other_primary(&table)?;
            let mut changed = (*table).clone();
            for column in &key.columns {
                self.check_not_null(me, &table, *column)?;
                changed.columns[*column].not_null = true;
            }
            self.redefine_table(me, changed);
        }
        let keys = key.columns.iter().map(|column| IndexKey {
            expr: Expr::Column(*column),
            text: Rc::clone(&table.columns[*column].name),
            ty: table.columns[*column].ty,
            descending: false,
            nulls_first: false,
        });
        let index = Index {
            oid: self.new_oid(),
            name,
            table: table.oid,
            unique: true,
            primary: key.primary,
            constraint: true,
            keys: keys.collect(),
            predicate: None,
            storage: 0,
        };
        self.add_index(me, index)?;
        Ok(())
    }

    fn no_other_primary(&self, table: &Table) -> Result<(), SqlError> {
        if table.indexes.iter().any(|oid| self.catalog.index(*oid).primary) {
            return Err(many_primary(&table.name));
        }
        Ok(())
    }

    /// 23502 if a row has no value in a column.
    pub(super) fn check_not_null(&self, me: SessionId, table: &Table, column: usize) -> Result<(), SqlError> {
        let definition = &table.columns[column];
        if !definition.not_null && self.rows_now(me, table).iter().any(|row| row[column].is_null()) {
            return Err(contains_nulls(table, column));
        }
        Ok(())
    }

    /// A CHECK constraint over a row of a table.
    pub(super) fn check(
        &self,
        me: SessionId,
        table: &Table,
        name: Option<&Name>,
        raw: &RawExpr,
        source: &Rc<Source>,
        validated: bool,
    ) -> Result<Check, SqlError> {
        let (expr, _) = self.bind(me, &table.name, &table.columns, raw, source, Purpose::Check)?;
        let name = match name {
            Some(name) if self.has_constraint(table, &name.name) => {
                return Err(constraint_exists(&name.name, table));
            }
            Some(name) => Rc::clone(&name.name),
            None => {
                let mut columns = crate::query::rewrite::columns(&expr, 0);
                columns.sort_unstable();
                columns.dedup();
                let column = if let [column] = columns[..] { &*table.columns[column].name } else { "" };
                let taken: Vec<_> = table.checks.iter().map(|check| Rc::clone(&check.name)).collect();
                self.free_constraint_name(&table.name, column, "check", &taken)
            }
        };
        Ok(Check { name, expr, validated })
    }

    /// 23514 if a row does not satisfy a CHECK constraint.
    pub(super) fn verify_check(&mut self, me: SessionId, table: &Table, check: &Check) -> Run<()> {
        for row in self.rows_now(me, table) {
            if self.evaluate(me, &check.expr, &row)? == Value::Bool(false) {
                let message = format!(
                    "check constraint \"{}\" of relation \"{}\" is violated by some row",
                    check.name, table.name
                );
                return Err(SqlError::new("23514", message).table(&table.name).constraint(&check.name).into());
            }
        }
        Ok(())
    }

    /// Waits for whoever makes something of the name of a key that is to be made.
    pub(super) fn claim_key(&mut self, me: SessionId, table: &Table, key: &Key) -> Run<()> {
        let name = self.key_name(table, key, &[]);
        self.claim(me, &name, table.temporary, Named::Plain)
    }
}

impl Table {
    /// Adds a CHECK constraint. They are checked in the order of their names.
    pub(super) fn add_check(&mut self, check: Check) {
        let at = self.checks.partition_point(|other| other.name < check.name);
        self.checks.insert(at, check);
    }
}

/// 42710
pub(super) fn constraint_exists(name: &str, table: &Table) -> SqlError {
    SqlError::new("42710", format!("constraint \"{name}\" for relation \"{}\" already exists", table.name))
}

/// 23502
pub(super) fn contains_nulls(table: &Table, column: usize) -> SqlError {
    let name = &table.columns[column].name;
    SqlError::new("23502", format!("column \"{name}\" of relation \"{}\" contains null values", table.name))
        .table(&table.name)
        .column(name)
}

/// 42P16
pub(super) fn many_primary(table: &str) -> SqlError {
    SqlError::new("42P16", format!("multiple primary keys for table \"{table}\" are not allowed"))
}

/// 42704: a type whose values have no order.
pub(super) fn check_type(ty: Type) -> Result<(), SqlError> {
    if matches!(ty, Type::Xid | Type::Void | Type::Unknown) {
        let message = format!("data type {ty} has no default operator class for access method \"btree\"");
        return Err(SqlError::new("42704", message).hint(
            "You must specify an operator class for the index or define a default operator class for the data type.",
        ));
    }
    Ok(())
}

fn check_comparable(table: &Table, columns: &[usize]) -> Result<(), SqlError> {
    columns.iter().try_for_each(|column| check_type(table.columns[*column].ty))
}
