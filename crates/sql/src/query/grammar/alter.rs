//! ALTER TABLE and ALTER SEQUENCE.

use super::Grammar;
use crate::error::SqlError;
use crate::locks::LockMode;
use crate::query::statement::{AlterOperation, AlterSequence, AlterTable, Name, Statement};
use sqlparser::tokenizer::Token;

impl Grammar {
    pub(super) fn alter(&mut self) -> Result<Statement, SqlError> {
        let start = self.here();
        self.expect("alter")?;
        if self.accept("sequence") {
            let if_exists = self.if_exists();
            let name = self.qualified()?;
            let options = self.sequence_options()?;
            return Ok(Statement::AlterSequence(Box::new(AlterSequence { name, if_exists, options })));
        }
        if !self.accept("table") {
            return Err(self.unsupported_object("ALTER", start));
        }
        let if_exists = self.if_exists();
        let name = self.relation()?;
        let operations = if self.accept("rename") { vec![self.rename()?] } else { self.list(Self::alteration)? };
        Ok(Statement::AlterTable(Box::new(AlterTable { name, if_exists, operations })))
    }

    fn rename(&mut self) -> Result<AlterOperation, SqlError> {
        if self.accept("to") {
            return Ok(AlterOperation::RenameTable(self.name()?));
        }
        let constraint = self.accept("constraint");
        if !constraint {
            self.accept("column");
        }
        let from = self.name()?;
        self.expect("to")?;
        let to = self.name()?;
        Ok(if constraint {
            AlterOperation::RenameConstraint { from, to }
        } else {
            AlterOperation::RenameColumn { from, to }
        })
    }

    fn alteration(&mut self) -> Result<AlterOperation, SqlError> {
        if self.accept("add") {
            if self.at_table_constraint() {
                let constraint = self.table_constraint()?;
                let not_valid = self.accept_all(&["not", "valid"]);
                return Ok(AlterOperation::AddConstraint { constraint, not_valid });
            }
            self.accept("column");
            let if_not_exists = self.accept_all(&["if", "not", "exists"]);
            let mut constraints = Vec::new();
            let column = Box::new(self.column(&mut constraints)?);
            return Ok(AlterOperation::AddColumn { column, constraints, if_not_exists });
        }
        if self.accept("drop") {
            let constraint = self.accept("constraint");
            if !constraint {
                self.accept("column");
            }
            let if_exists = self.if_exists();
            let name = self.name()?;
            let cascade = self.cascade();
            return Ok(if constraint {
                AlterOperation::DropConstraint { name, if_exists, cascade }
            } else {
                AlterOperation::DropColumn { name, if_exists, cascade }
            });
        }
        if self.accept("validate") {
            self.expect("constraint")?;
            return Ok(AlterOperation::ValidateConstraint(self.name()?));
        }
        if self.accept("alter") {
            if self.is("constraint") {
                return Err(self.unsupported("ALTER CONSTRAINT"));
            }
            self.accept("column");
            let column = self.name()?;
            return self.alter_column(column);
        }
        if self.accept("set") || self.accept("reset") {
            if *self.peek() != Token::LParen {
                return Err(self.unsupported("this ALTER TABLE"));
            }
            let fillfactor = self.storage_parameters()?;
            return Ok(AlterOperation::Parameters { fillfactor, lock: LockMode::ShareUpdateExclusive });
        }
        match self.word(0).as_deref() {
            Some(
                "attach" | "detach" | "enable" | "disable" | "owner" | "cluster" | "inherit" | "no" | "replica" | "of"
                | "not" | "force",
            ) => Err(self.unsupported("this ALTER TABLE")),
            _ => Err(self.unexpected()),
        }
    }

    fn alter_column(&mut self, column: Name) -> Result<AlterOperation, SqlError> {
        if self.accept_all(&["set", "default"]) {
            return Ok(AlterOperation::SetDefault { column, default: self.raw_expr()? });
        }
        if self.accept_all(&["drop", "default"]) {
            return Ok(AlterOperation::DropDefault { column });
        }
        if self.accept_all(&["set", "not", "null"]) {
            return Ok(AlterOperation::SetNotNull { column });
        }
        if self.accept_all(&["drop", "not", "null"]) {
            return Ok(AlterOperation::DropNotNull { column });
        }
        if self.accept_all(&["set", "statistics"]) {
            self.integer()?;
            return Ok(AlterOperation::Parameters { fillfactor: None, lock: LockMode::ShareUpdateExclusive });
        }
        if self.accept_all(&["set", "data", "type"]) || self.accept("type") {
            let (ty, typmod) = self.data_type()?;
            let using = if self.accept("using") { Some(self.raw_expr()?) } else { None };
            return Ok(AlterOperation::SetType { column, ty, typmod, using });
        }
        if ["set", "add", "drop", "reset"].iter().any(|word| self.is(word)) {
            return Err(self.unsupported("this ALTER COLUMN"));
        }
        Err(self.unexpected())
    }
}
