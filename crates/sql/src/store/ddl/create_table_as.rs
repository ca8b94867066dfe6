//! CREATE TABLE AS. (`createas.c`)

use super::names::Named;
use crate::catalog::{Column, Table};
use crate::error::{Run, SqlError};
use crate::exec::{Context, Execution};
use crate::isolation::Reply;
use crate::query::statement::{CreateTableAs, Name};
use crate::query::{Parsed, Prepared, Statement};
use crate::store::xact::Snapshot;
use crate::store::{SessionId, Store};
use crate::value::{Type, Value};
use std::rc::Rc;

/// A query whose rows become a table's.
#[derive(Clone, Debug)]
pub struct Filling {
    prepared: Rc<Prepared>,
    execution: Execution,
    pub(super) snapshot: Rc<Snapshot>,
    command: u32,
    params: Rc<[Value]>,
    rows: Vec<Rc<[Value]>>,
}

impl Store {
    pub(super) fn create_table_as(&mut self, me: SessionId, create: &CreateTableAs) -> Run<Reply> {
        let name = &create.name.name;
        let temporary = create.temporary || create.name.schema.as_deref() == Some("pg_temp");
        let filling = match self.progress(me).filling.take() {
            Some(filling) => filling,
            None => {
                self.creatable(&create.name)?;
                let awaited = self.progress(me).awaited.contains(name);
                if create.if_not_exists && self.is_taken(name, temporary) && !awaited {
                    let notice = SqlError::new("42P07", format!("relation \"{name}\" already exists, skipping"));
                    self.say(me, notice);
                    return Ok(Reply::Command("CREATE TABLE AS".into()));
                }
                let filling = self.begin_filling(me, &create.query)?;
                columns(&filling.prepared, &create.columns)?;
                self.claim(me, name, temporary, Named::Typed)?;
                Box::new(filling)
            }
        };
        self.progress(me).filling = Some(filling);
        if create.with_data {
            self.fill(me)?;
        }
        let Some(filling) = self.progress(me).filling.take() else {
            return Err(SqlError::unsupported("this statement is").into());
        };
        let mut table = Table {
            oid: 0,
            name: Rc::clone(name),
            columns: columns(&filling.prepared, &create.columns)?,
            indexes: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            referenced_by: Vec::new(),
            storage: 0,
            statistics: None,
            all_visible: 0,
            fillfactor: 100,
            temporary,
        };
        self.register_table(me, &mut table)?;
        let table = Rc::new(table);
        for row in &filling.rows {
            self.insert_version(me, &table, row, filling.command, None)?;
        }
        if !create.with_data {
            return Ok(Reply::Command("CREATE TABLE AS".into()));
        }
        Ok(Reply::Command(format!("SELECT {}", filling.rows.len())))
    }

    fn begin_filling(&mut self, me: SessionId, query: &Parsed) -> Run<Filling> {
        let (parsed, types, params) = match &query.statement {
            Statement::Execute(execute) => {
                let (named, params) = self.bind_execute(me, execute)?;
                (named.statement.clone(), named.types.clone(), params)
            }
            _ => (query.clone(), Vec::new(), Rc::from([])),
        };
        let prepared = self.plan(me, &parsed, None, &types)?;
        if prepared.writes {
            return Err(SqlError::unsupported("CREATE TABLE AS with a query that changes rows is").into());
        }
        let snapshot = self.statement_snapshot(me)?;
        let command = self.transaction(me).command;
        Ok(Filling { execution: Execution::new(&prepared), prepared, snapshot, command, params, rows: Vec::new() })
    }

    /// Runs the query to its end.
    fn fill(&mut self, me: SessionId) -> Run<()> {
        let Some(mut filling) = self.progress(me).filling.take() else { return Ok(()) };
        loop {
            let mut context = Context {
                store: self,
                session: me,
                params: &filling.params,
                snapshot: Rc::clone(&filling.snapshot),
                crosscheck: None,
                command: filling.command,
                recheck: None,
                events: &mut Vec::new(),
            };
            let row = filling.execution.next(&mut context);
            match row {
                Ok(Some(row)) => {
                    filling.rows.push(row.values.into());
                    self.session_mut(me).answers.clear();
                }
                other => {
                    self.progress(me).filling = Some(filling);
                    return other.map(|_| ());
                }
            }
        }
    }
}

/// The columns of the new table: the query's, under names that may be given.
fn columns(prepared: &Prepared, names: &[Name]) -> Result<Vec<Column>, SqlError> {
    if names.len() > prepared.columns.len() {
        return Err(SqlError::new("42601", "too many column names were specified"));
    }
    let mut columns: Vec<Column> = Vec::new();
    for (at, output) in prepared.columns.iter().enumerate() {
        let name = names.get(at).map_or(&output.name, |name| &name.name);
        if columns.iter().any(|column| column.name == *name) {
            return Err(SqlError::new("42701", format!("column \"{name}\" specified more than once")));
        }
        if matches!(output.ty, Type::Void | Type::Record) {
            let message = format!("column \"{name}\" has pseudo-type {}", output.ty);
            return Err(SqlError::new("42P16", message));
        }
        columns.push(Column {
            name: Rc::clone(name),
            ty: if output.ty == Type::Unknown { Type::Text } else { output.ty },
            typmod: output.typmod,
            not_null: false,
            default: None,
            missing: Value::Null,
            dropped: false,
            identity_always: false,
            statistics: None,
        });
    }
    Ok(columns)
}
