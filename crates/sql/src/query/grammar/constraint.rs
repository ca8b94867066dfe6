//! Constraints, of a table or of a column.

use super::Grammar;
use crate::catalog::ReferentialAction;
use crate::error::SqlError;
use crate::query::statement::{Constraint, ConstraintKind, Name};
use sqlparser::tokenizer::Token;

impl Grammar {
    pub(super) fn at_table_constraint(&self) -> bool {
        ["constraint", "primary", "unique", "check", "foreign", "exclude"].iter().any(|word| self.is(word))
    }

    pub(super) fn table_constraint(&mut self) -> Result<Constraint, SqlError> {
        let position = self.here();
        let name = if self.accept("constraint") { Some(self.name()?) } else { None };
        let kind = if self.accept("primary") {
            self.expect("key")?;
            self.refuse_using_index()?;
            ConstraintKind::PrimaryKey(self.bracketed_names()?)
        } else if self.accept("unique") {
            self.refuse_using_index()?;
            ConstraintKind::Unique(self.bracketed_names()?)
        } else if self.is("check") {
            self.check()?
        } else if self.accept("foreign") {
            self.expect("key")?;
            let columns = self.bracketed_names()?;
            self.references(columns)?
        } else if self.is("exclude") {
            return Err(self.unsupported("exclusion constraints"));
        } else {
            return Err(self.unexpected());
        };
        self.finish_constraint(name, kind, position, false)
    }

    pub(super) fn refuse_using_index(&self) -> Result<(), SqlError> {
        if self.is("using") { Err(self.unsupported("USING INDEX")) } else { Ok(()) }
    }

    pub(super) fn check(&mut self) -> Result<ConstraintKind, SqlError> {
        self.expect("check")?;
        self.expect_symbol(&Token::LParen)?;
        let expr = self.raw_expr()?;
        self.expect_symbol(&Token::RParen)?;
        Ok(ConstraintKind::Check(expr))
    }

    pub(super) fn references(&mut self, columns: Vec<Name>) -> Result<ConstraintKind, SqlError> {
        self.expect("references")?;
        let to = self.qualified()?;
        let to_columns = if *self.peek() == Token::LParen { self.bracketed_names()? } else { Vec::new() };
        let (mut on_delete, mut on_update) = (ReferentialAction::NoAction, ReferentialAction::NoAction);
        loop {
            if self.accept("match") {
                if !self.accept("simple") {
                    return Err(self.unsupported("MATCH FULL and MATCH PARTIAL"));
                }
            } else if self.accept_all(&["on", "delete"]) {
                on_delete = self.referential_action()?;
                if *self.peek() == Token::LParen {
                    return Err(self.unsupported("SET NULL of some columns"));
                }
            } else if self.accept_all(&["on", "update"]) {
                on_update = self.referential_action()?;
            } else {
                return Ok(ConstraintKind::ForeignKey { columns, to, to_columns, on_delete, on_update });
            }
        }
    }

    pub(super) fn referential_action(&mut self) -> Result<ReferentialAction, SqlError> {
        let actions: [(&[&str], ReferentialAction); 5] = [
            (&["no", "action"], ReferentialAction::NoAction),
            (&["restrict"], ReferentialAction::Restrict),
            (&["cascade"], ReferentialAction::Cascade),
            (&["set", "null"], ReferentialAction::SetNull),
            (&["set", "default"], ReferentialAction::SetDefault),
        ];
        for (words, action) in actions {
            if self.accept_all(words) {
                return Ok(action);
            }
        }
        Err(self.unexpected())
    }

    /// What may follow a constraint.
    pub(super) fn finish_constraint(
        &mut self,
        name: Option<Name>,
        kind: ConstraintKind,
        position: u32,
        of_column: bool,
    ) -> Result<Constraint, SqlError> {
        if matches!(kind, ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_)) {
            self.included()?;
            if self.accept("with") {
                self.storage_parameters()?;
            }
        }
        let (mut deferrable, mut initially_deferred) = (false, false);
        loop {
            let says_nothing = [&["not", "deferrable"], &["initially", "immediate"], &["no", "inherit"]]
                .iter()
                .any(|words| self.accept_all(*words));
            if says_nothing {
            } else if self.accept("deferrable") {
                deferrable = true;
            } else if self.accept_all(&["initially", "deferred"]) {
                (deferrable, initially_deferred) = (true, true);
            } else {
                break;
            }
        }
        if deferrable && matches!(kind, ConstraintKind::Check(_)) {
            return Err(SqlError::new("0A000", "CHECK constraints cannot be marked DEFERRABLE").at(position));
        }
        Ok(Constraint { name, kind, deferrable, initially_deferred, position, of_column })
    }
}
