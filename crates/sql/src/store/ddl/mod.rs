//! CREATE, ALTER, DROP and what keeps tables in order. (PostgreSQL's `commands/`; manual, chapter 5 "Data Definition")
//!
//! Every statement here first takes its locks and waits for whoever makes something of the same name, then acts without waiting:
//! after a wait it is called again from its beginning and finds its locks held.

mod add_column;
mod alter_column;
mod alter_table;
mod build_index;
mod column;
mod constraint;
mod create_index;
mod create_sequence;
mod create_table;
mod create_table_as;
mod create_view;
mod dependents;
mod drop;
mod drop_column;
mod drop_constraint;
mod expression;
mod foreign_key;
mod names;
mod progress;
mod relations;
mod rename;
mod rewrite;
mod rows;
mod statistics;
mod truncate;
mod vacuum;

pub use progress::Progress;

use super::{SessionId, Store};
use crate::error::{Run, SqlError, Stop};
use crate::isolation::Reply;
use crate::query::statement::ObjectKind;
use crate::query::{Parsed, Statement};

impl Store {
    /// Runs a statement that defines something. It is called again after a wait.
    pub(super) fn define(&mut self, me: SessionId, parsed: &Parsed) -> Run<Reply> {
        self.resumable(me, |store| {
            let tag = store.ddl_tag(&parsed.statement);
            match &parsed.statement {
                Statement::CreateTable(create) => store.create_table(me, create, &parsed.source)?,
                Statement::CreateTableAs(create) => return store.create_table_as(me, create),
                Statement::CreateIndex(create) => store.create_index(me, create, &parsed.source)?,
                Statement::CreateView(create) => store.create_view(me, create)?,
                Statement::CreateSequence(create) => store.create_sequence(me, create)?,
                Statement::AlterSequence(alter) => store.alter_sequence(me, alter)?,
                Statement::AlterTable(alter) => store.alter_table(me, alter, &parsed.source)?,
                Statement::Drop(drop) => store.drop_objects(me, drop)?,
                Statement::Truncate(truncate) => store.truncate(me, truncate)?,
                _ => return Err(SqlError::unsupported("this statement is").into()),
            }
            Ok(Reply::Command(tag.into()))
        })
    }

    /// The command tag, which is also how messages name the statement.
    pub(super) fn ddl_tag(&self, statement: &Statement) -> &'static str {
        match statement {
            Statement::CreateTable(_) => "CREATE TABLE",
            Statement::CreateTableAs(_) => "CREATE TABLE AS",
            Statement::CreateIndex(_) => "CREATE INDEX",
            Statement::CreateView(_) => "CREATE VIEW",
            Statement::CreateSequence(_) => "CREATE SEQUENCE",
            Statement::AlterSequence(_) => "ALTER SEQUENCE",
            Statement::AlterTable(_) => "ALTER TABLE",
            Statement::Truncate(_) => "TRUNCATE TABLE",
            Statement::Drop(drop) => match drop.kind {
                ObjectKind::Table => "DROP TABLE",
                ObjectKind::Index => "DROP INDEX",
                ObjectKind::View => "DROP VIEW",
                ObjectKind::Sequence => "DROP SEQUENCE",
            },
            _ => "this statement",
        }
    }

    /// Runs something that keeps its [`Progress`] while it waits, and only then.
    fn resumable<T>(&mut self, me: SessionId, run: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        if let Some(progress) = &mut self.session_mut(me).definition {
            progress.begin_again();
        }
        let result = run(self);
        if !matches!(result, Err(Stop::Wait)) {
            self.session_mut(me).definition = None;
        }
        result
    }
}
