//! ALTER TABLE: locks first, then one kind of change after the other. (`AlterTableGetLockLevel`, `ATController`)

use super::dependents::Object;
use super::names::Named;
use crate::catalog::{Relation, Table};
use crate::error::{Run, SqlError, Stop};
use crate::locks::LockMode;
use crate::query::plan::Oid;
use crate::query::source::Source;
use crate::query::statement::{AlterOperation, AlterTable, Constraint, ConstraintKind};
use crate::store::{SessionId, Store};
use std::rc::Rc;

/// In which order changes are made, however they were written. (`AT_PASS_…`)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Pass {
    Drop,
    Type,
    Column,
    Attribute,
    Key,
    Constraint,
    Other,
}

const PASSES: [Pass; 7] =
    [Pass::Drop, Pass::Type, Pass::Column, Pass::Attribute, Pass::Key, Pass::Constraint, Pass::Other];

impl AlterOperation {
    /// The lock it needs. (Manual, "ALTER TABLE")
    fn lock(&self) -> LockMode {
        match self {
            AlterOperation::AddConstraint { constraint, .. } => match constraint.kind {
                ConstraintKind::ForeignKey { .. } => LockMode::ShareRowExclusive,
                _ => LockMode::AccessExclusive,
            },
            AlterOperation::ValidateConstraint(_) => LockMode::ShareUpdateExclusive,
            AlterOperation::Parameters { lock, .. } => *lock,
            _ => LockMode::AccessExclusive,
        }
    }

    /// As messages call it.
    fn action(&self) -> &'static str {
        match self {
            AlterOperation::AddColumn { .. } => "ADD COLUMN",
            AlterOperation::DropColumn { .. } => "DROP COLUMN",
            AlterOperation::AddConstraint { .. } => "ADD CONSTRAINT",
            AlterOperation::DropConstraint { .. } => "DROP CONSTRAINT",
            AlterOperation::ValidateConstraint(_) => "VALIDATE CONSTRAINT",
            AlterOperation::SetDefault { .. } | AlterOperation::DropDefault { .. } => "ALTER COLUMN ... SET DEFAULT",
            AlterOperation::SetNotNull { .. } => "ALTER COLUMN ... SET NOT NULL",
            AlterOperation::DropNotNull { .. } => "ALTER COLUMN ... DROP NOT NULL",
            AlterOperation::SetType { .. } => "ALTER COLUMN ... SET DATA TYPE",
            AlterOperation::RenameColumn { .. } => "RENAME COLUMN",
            AlterOperation::RenameConstraint { .. } => "RENAME CONSTRAINT",
            AlterOperation::RenameTable(_) => "RENAME",
            AlterOperation::Parameters { .. } => "SET",
        }
    }
}

/// By the time defaults and constraints are looked at, PostgreSQL has forgotten where they were written.
fn placeless(stop: Stop, pass: Pass) -> Stop {
    match stop {
        Stop::Error(error) if matches!(pass, Pass::Column | Pass::Attribute | Pass::Constraint) => {
            SqlError { position: None, ..*error }.into()
        }
        stop => stop,
    }
}

impl Store {
    pub(super) fn alter_table(&mut self, me: SessionId, alter: &AlterTable, source: &Rc<Source>) -> Run<()> {
        if alter.if_exists && self.find(&alter.name).is_none() {
            let message = format!("relation \"{}\" does not exist, skipping", alter.name.name);
            self.say(me, SqlError::new("00000", message));
            return Ok(());
        }
        if let [AlterOperation::RenameTable(to)] = &alter.operations[..] {
            return self.rename_relation(me, &alter.name, to);
        }
        let mode = alter.operations.iter().map(AlterOperation::lock).max().unwrap_or(LockMode::AccessExclusive);
        let (oid, relation) = self.lock_named(me, &alter.name, mode)?;
        if !matches!(relation, Relation::Table(_)) {
            let action = alter.operations.first().map_or("", AlterOperation::action);
            let message = format!("ALTER action {action} cannot be performed on relation \"{}\"", relation.name());
            return Err(SqlError::new("42809", message).detail(relation.kind().not_for()).into());
        }
        for operation in &alter.operations {
            self.lock_for_alter(me, oid, operation)?;
        }
        // Columns that are there already, and what was written with them.
        let mut skipped = vec![false; alter.operations.len()];
        for pass in PASSES {
            for (operation, skipped) in alter.operations.iter().zip(&mut skipped) {
                if !*skipped {
                    *skipped = self.alter(me, oid, operation, pass, source).map_err(|stop| placeless(stop, pass))?;
                }
            }
        }
        Ok(())
    }

    /// Everything an operation may have to wait for beside the table itself.
    fn lock_for_alter(&mut self, me: SessionId, oid: Oid, operation: &AlterOperation) -> Run<()> {
        let table = self.table(oid);
        match operation {
            AlterOperation::AddColumn { column, constraints, .. } => {
                if column.sequence.is_some() && table.find_column(&column.name.name).is_none() {
                    let name = self.free_name(&table.name, &column.name.name, "seq", &[]);
                    self.claim(me, &name, table.temporary, Named::Plain)?;
                }
                for constraint in constraints {
                    self.lock_referenced(me, &table.name, constraint)?;
                }
            }
            AlterOperation::AddConstraint { constraint, .. } => {
                self.lock_referenced(me, &table.name, constraint)?;
                if let ConstraintKind::PrimaryKey(names) | ConstraintKind::Unique(names) = &constraint.kind
                    && let Ok(key) = self.key(&table, constraint, names, false)
                {
                    let primary = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
                    self.claim_key(me, &table, &super::constraint::Key { primary, ..key })?;
                }
            }
            AlterOperation::ValidateConstraint(name) => {
                if let Some(key) = table.foreign_keys.iter().find(|key| key.name == name.name) {
                    self.lock_relation(me, key.to, LockMode::RowShare)?;
                }
            }
            AlterOperation::DropColumn { name, cascade, .. } => {
                if let Some(column) = table.find_column(&name.name) {
                    self.prepare_drop(me, Object::Column(oid, column), *cascade)?;
                }
            }
            AlterOperation::DropConstraint { name, cascade, .. } => {
                if let Some(object) = self.constraint_object(&table, &name.name) {
                    self.prepare_drop(me, object, *cascade)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Makes the changes of one pass. `true` when the operation has nothing to do at all.
    fn alter(
        &mut self,
        me: SessionId,
        oid: Oid,
        operation: &AlterOperation,
        pass: Pass,
        source: &Rc<Source>,
    ) -> Run<bool> {
        match (operation, pass) {
            (AlterOperation::DropColumn { name, if_exists, cascade }, Pass::Drop) => {
                self.drop_column(me, oid, name, *if_exists, *cascade)?;
            }
            (AlterOperation::DropConstraint { name, if_exists, cascade }, Pass::Drop) => {
                self.drop_constraint(me, oid, name, *if_exists, *cascade)?;
            }
            (AlterOperation::DropNotNull { column }, Pass::Drop) => self.drop_not_null(me, oid, column)?,
            (AlterOperation::DropDefault { column }, Pass::Drop) => self.set_default(me, oid, column, None, source)?,
            (AlterOperation::SetType { column, ty, typmod, using }, Pass::Type) => {
                self.set_type(me, oid, column, (*ty, *typmod), using.as_ref(), source)?;
            }
            (AlterOperation::AddColumn { column, if_not_exists, .. }, Pass::Column) => {
                return self.add_column(me, oid, column, *if_not_exists, source);
            }
            (AlterOperation::SetDefault { column, default }, Pass::Attribute) => {
                self.set_default(me, oid, column, Some(default), source)?;
            }
            (AlterOperation::SetNotNull { column }, Pass::Attribute) => self.set_not_null(me, oid, column)?,
            (AlterOperation::AddColumn { constraints, .. }, Pass::Key | Pass::Constraint) => {
                for constraint in constraints {
                    self.add_constraint(me, oid, constraint, false, pass == Pass::Key, source)?;
                }
            }
            (AlterOperation::AddConstraint { constraint, not_valid }, Pass::Key | Pass::Constraint) => {
                self.add_constraint(me, oid, constraint, *not_valid, pass == Pass::Key, source)?;
            }
            (AlterOperation::ValidateConstraint(name), Pass::Other) => self.validate(me, oid, &name.name)?,
            (AlterOperation::RenameColumn { from, to }, Pass::Other) => {
                self.rename_column(me, oid, &from.name, &to.name)?;
            }
            (AlterOperation::RenameConstraint { from, to }, Pass::Other) => {
                self.rename_constraint(me, oid, &from.name, &to.name)?;
            }
            (AlterOperation::Parameters { fillfactor, .. }, Pass::Other) => {
                let table = self.table(oid);
                let fillfactor = fillfactor.unwrap_or(table.fillfactor);
                self.redefine_table(me, Table { fillfactor, ..(*table).clone() });
            }
            _ => {}
        }
        Ok(false)
    }

    /// Adds a key, or in another pass a constraint that is none, after existing rows were checked.
    fn add_constraint(
        &mut self,
        me: SessionId,
        oid: Oid,
        constraint: &Constraint,
        not_valid: bool,
        keys: bool,
        source: &Rc<Source>,
    ) -> Run<()> {
        let table = self.table(oid);
        match &constraint.kind {
            ConstraintKind::PrimaryKey(names) | ConstraintKind::Unique(names) if keys => {
                let primary = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
                let key = self.key(&table, constraint, names, primary)?;
                self.add_key(me, oid, &key)
            }
            ConstraintKind::Check(raw) if !keys => {
                let check = self.check(me, &table, constraint.name.as_ref(), raw, source, !not_valid)?;
                if !not_valid {
                    self.verify_check(me, &table, &check)?;
                }
                let mut table = (*table).clone();
                table.add_check(check);
                self.redefine_table(me, table);
                Ok(())
            }
            ConstraintKind::ForeignKey { .. } if !keys => {
                let Some(key) = self.foreign_key(&table, constraint, !not_valid)? else { return Ok(()) };
                if !not_valid {
                    self.verify_foreign_key(me, &key)?;
                }
                self.add_foreign_key(me, key);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// VALIDATE CONSTRAINT.
    fn validate(&mut self, me: SessionId, oid: Oid, name: &Rc<str>) -> Run<()> {
        let table = self.table(oid);
        if let Some(at) = table.checks.iter().position(|check| check.name == *name) {
            if !table.checks[at].validated {
                self.verify_check(me, &table, &table.checks[at])?;
                let mut table = (*table).clone();
                table.checks[at].validated = true;
                self.redefine_table(me, table);
            }
            return Ok(());
        }
        if let Some(key) = table.foreign_keys.iter().find(|key| key.name == *name) {
            if !key.validated {
                self.verify_foreign_key(me, key)?;
                let mut valid = (**key).clone();
                valid.validated = true;
                self.replace_foreign_key(me, key, Some(&Rc::new(valid)));
            }
            return Ok(());
        }
        if self.has_constraint(&table, name) {
            let message = format!(
                "constraint \"{name}\" of relation \"{}\" is not a foreign key or check constraint",
                table.name
            );
            return Err(SqlError::new("42809", message).into());
        }
        let message = format!("constraint \"{name}\" of relation \"{}\" does not exist", table.name);
        Err(SqlError::new("42704", message).into())
    }
}
