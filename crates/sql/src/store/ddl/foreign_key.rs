//! FOREIGN KEY: what refers to what, and whether existing rows do. (`ATAddForeignKeyConstraint`, `RI_Initial_Check`)

use super::constraint::constraint_exists;
use crate::catalog::{ForeignKey, Relation, Table};
use crate::error::{Run, SqlError};
use crate::locks::LockMode;
use crate::query::plan::Oid;
use crate::query::statement::{Constraint, ConstraintKind, Name};
use crate::store::{SessionId, Store};
use crate::value::cast::{Context, can_cast, cast};
use crate::value::output::output;
use crate::value::{Type, Value, compare};
use std::rc::Rc;

impl Store {
    /// Locks the table that a constraint of `table`, which need not exist yet, refers to.
    pub(super) fn lock_referenced(&mut self, me: SessionId, table: &str, constraint: &Constraint) -> Run<()> {
        let ConstraintKind::ForeignKey { to, .. } = &constraint.kind else { return Ok(()) };
        if *to.name == *table && self.find(to).is_none() {
            return Ok(());
        }
        self.lock_named(me, to, LockMode::ShareRowExclusive)?;
        Ok(())
    }

    /// The foreign key that a constraint of a table describes.
    pub(super) fn foreign_key(
        &mut self,
        table: &Table,
        constraint: &Constraint,
        validated: bool,
    ) -> Result<Option<ForeignKey>, SqlError> {
        let ConstraintKind::ForeignKey { columns, to, to_columns, on_delete, on_update } = &constraint.kind else {
            return Ok(None);
        };
        let referenced = self.catalog.relations[&self.relation(to)?].clone();
        let Relation::Table(referenced) = referenced else {
            let message = format!("referenced relation \"{}\" is not a table", to.name);
            return Err(SqlError::new("42809", message));
        };
        if table.temporary != referenced.temporary {
            let message = if table.temporary {
                "constraints on temporary tables may reference only temporary tables"
            } else {
                "constraints on permanent tables may reference only permanent tables"
            };
            return Err(SqlError::new("42P16", message));
        }
        let from_columns = places(table, columns)?;
        let (to_columns, to_index) = self.referenced_key(&referenced, to_columns)?;
        if from_columns.len() != to_columns.len() {
            let message = "number of referencing and referenced columns for foreign key disagree";
            return Err(SqlError::new("42830", message));
        }
        let name = match &constraint.name {
            Some(name) if self.has_constraint(table, &name.name) => {
                return Err(constraint_exists(&name.name, table));
            }
            Some(name) => Rc::clone(&name.name),
            None => self.free_constraint_name(&table.name, &table.joined(&from_columns), "fkey", &[]),
        };
        for (from, to) in from_columns.iter().zip(&to_columns) {
            let (from, to) = (&table.columns[*from], &referenced.columns[*to]);
            if !can_refer(from.ty, to.ty) {
                let detail = format!(
                    "Key columns \"{}\" and \"{}\" are of incompatible types: {} and {}.",
                    from.name, to.name, from.ty, to.ty
                );
                let message = format!("foreign key constraint \"{name}\" cannot be implemented");
                return Err(SqlError::new("42804", message).detail(detail));
            }
        }
        Ok(Some(ForeignKey {
            oid: self.new_oid(),
            name,
            from: table.oid,
            from_columns,
            to: referenced.oid,
            to_columns,
            to_index,
            on_delete: *on_delete,
            on_update: *on_update,
            deferrable: constraint.deferrable,
            initially_deferred: constraint.initially_deferred,
            validated,
        }))
    }

    /// The columns that are referred to and the unique index that makes them a key.
    fn referenced_key(&self, table: &Table, names: &[Name]) -> Result<(Vec<usize>, Oid), SqlError> {
        let indexes = || table.indexes.iter().map(|oid| self.catalog.index(*oid));
        if names.is_empty() {
            let primary = indexes().find(|index| index.primary);
            let found = primary.and_then(|index| Some((index.plain_columns()?, index.oid)));
            return found.ok_or_else(|| {
                let message = format!("there is no primary key for referenced table \"{}\"", table.name);
                SqlError::new("42704", message)
            });
        }
        let columns = places(table, names)?;
        let fits = |keys: &[usize]| {
            keys.len() == columns.len()
                && keys.iter().all(|key| columns.contains(key))
                && columns.iter().all(|column| keys.contains(column))
        };
        let usable = indexes().filter(|index| index.unique && index.predicate.is_none());
        let mut keys = usable.filter_map(|index| Some((index.plain_columns()?, index.oid)));
        match keys.find(|(keys, _)| fits(keys)) {
            Some((_, oid)) => Ok((columns, oid)),
            None => {
                let message = format!(
                    "there is no unique constraint matching given keys for referenced table \"{}\"",
                    table.name
                );
                Err(SqlError::new("42830", message))
            }
        }
    }

    /// Makes a foreign key known to both its tables.
    pub(super) fn add_foreign_key(&mut self, me: SessionId, key: ForeignKey) -> Rc<ForeignKey> {
        let key = Rc::new(key);
        let mut from = (*self.table(key.from)).clone();
        from.foreign_keys.push(Rc::clone(&key));
        self.redefine_table(me, from);
        let mut to = (*self.table(key.to)).clone();
        to.referenced_by.push(Rc::clone(&key));
        self.redefine_table(me, to);
        key
    }

    /// Puts a changed foreign key in the place of one, or drops it, in both its tables.
    pub(super) fn replace_foreign_key(&mut self, me: SessionId, old: &ForeignKey, new: Option<&Rc<ForeignKey>>) {
        let replace = |keys: &mut Vec<Rc<ForeignKey>>| {
            let Some(at) = keys.iter().position(|key| key.oid == old.oid) else { return };
            match new {
                Some(new) => keys[at] = Rc::clone(new),
                None => drop(keys.remove(at)),
            }
        };
        for oid in [old.from, old.to] {
            let Some(Relation::Table(table)) = self.catalog.relations.get(&oid) else { continue };
            let mut table = (**table).clone();
            replace(&mut table.foreign_keys);
            replace(&mut table.referenced_by);
            self.redefine_table(me, table);
        }
    }

    /// 23503 if a row refers to nothing.
    pub(super) fn verify_foreign_key(&mut self, me: SessionId, key: &ForeignKey) -> Run<()> {
        let (from, to) = (self.table(key.from), self.table(key.to));
        let style = self.session(me).settings.style;
        let wanted: Vec<Type> = key.to_columns.iter().map(|column| to.columns[*column].ty).collect();
        let pick = |row: &[Value], columns: &[usize]| columns.iter().map(|it| row[*it].clone()).collect::<Vec<_>>();
        let mut there: Vec<_> = self.rows_now(me, &to).iter().map(|row| pick(row, &key.to_columns)).collect();
        there.sort_by(|a, b| compare::rows(a, b));
        for row in self.rows_now(me, &from) {
            let values = pick(&row, &key.from_columns);
            if values.iter().any(Value::is_null) {
                continue;
            }
            let types = key.from_columns.iter().map(|column| from.columns[*column].ty);
            let mut comparable = Vec::new();
            for ((value, from), to) in values.iter().zip(types.clone()).zip(&wanted) {
                let as_is = from == *to || (is_integer(from) && is_integer(*to));
                comparable.push(if as_is { value.clone() } else { cast(value, from, *to, None, false, &style)? });
            }
            if there.binary_search_by(|other| compare::rows(other, &comparable)).is_ok() {
                continue;
            }
            let names: Vec<_> = key.from_columns.iter().map(|column| &*from.columns[*column].name).collect();
            let shown: Vec<_> = values.iter().zip(types).map(|(value, ty)| output(value, ty, &style)).collect();
            let message =
                format!("insert or update on table \"{}\" violates foreign key constraint \"{}\"", from.name, key.name);
            let detail =
                format!("Key ({})=({}) is not present in table \"{}\".", names.join(", "), shown.join(", "), to.name);
            let error = SqlError::new("23503", message).detail(detail);
            return Err(error.table(&from.name).constraint(&key.name).into());
        }
        Ok(())
    }
}

fn places(table: &Table, names: &[Name]) -> Result<Vec<usize>, SqlError> {
    let place = |name: &Name| {
        table.find_column(&name.name).ok_or_else(|| {
            let message = format!("column \"{}\" referenced in foreign key constraint does not exist", name.name);
            SqlError::new("42703", message)
        })
    };
    names.iter().map(place).collect()
}

fn is_integer(ty: Type) -> bool {
    matches!(ty, Type::Int2 | Type::Int4 | Type::Int8)
}

/// Whether there is an equality of the two types that an index of the second one can use.
fn can_refer(from: Type, to: Type) -> bool {
    let floating = |ty| matches!(ty, Type::Float4 | Type::Float8);
    let moment = |ty| matches!(ty, Type::Date | Type::Timestamp | Type::TimestampTz);
    let family = |test: &dyn Fn(Type) -> bool| test(from) && test(to);
    family(&is_integer) || family(&floating) || family(&moment) || can_cast(from, to, Context::Implicit)
}
