//! CREATE INDEX. (`DefineIndex`)

use super::expression::{Volatility, volatility};
use super::names::Named;
use crate::catalog::{Index, IndexKey, Relation, Table};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::locks::LockMode;
use crate::query::analyse::names::output_name;
use crate::query::analyse::row::Purpose;
use crate::query::names::column_part;
use crate::query::source::Source;
use crate::query::statement::{CreateIndex, IndexKeyDef};
use crate::query::syntax::{self, ExprKind};
use crate::store::{SessionId, Store};
use std::rc::Rc;

impl Store {
    pub(super) fn create_index(&mut self, me: SessionId, create: &CreateIndex, source: &Rc<Source>) -> Run<()> {
        if create.concurrently {
            return Err(SqlError::unsupported("CREATE INDEX CONCURRENTLY is").into());
        }
        let (_, relation) = self.lock_named(me, &create.table, LockMode::Share)?;
        let Relation::Table(table) = relation else {
            let message = format!("cannot create index on relation \"{}\"", relation.name());
            return Err(SqlError::new("42809", message).detail(relation.kind().not_for()).into());
        };
        if create.if_not_exists
            && let Some(name) = &create.name
            && self.is_taken(&name.name, table.temporary)
        {
            let notice = SqlError::new("42P07", format!("relation \"{}\" already exists, skipping", name.name));
            self.say(me, notice);
            return Ok(());
        }
        let name = match &create.name {
            Some(name) => Rc::clone(&name.name),
            None => self.free_name(&table.name, &key_part(&create.keys), "idx", &[]),
        };
        let keys = create.keys.iter().map(|key| self.index_key_of(me, &table, key, source));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        let predicate = match &create.predicate {
            Some(raw) => {
                let (expr, _) = self.bind(me, &table.name, &table.columns, raw, source, Purpose::IndexPredicate)?;
                must_be_immutable(&expr, "predicate")?;
                Some(expr)
            }
            None => None,
        };
        self.claim(me, &name, table.temporary, Named::Plain)?;
        let index = Index {
            oid: self.new_oid(),
            name,
            table: table.oid,
            unique: create.unique,
            primary: false,
            constraint: false,
            keys,
            predicate,
            storage: 0,
        };
        self.add_index(me, index)?;
        Ok(())
    }

    fn index_key_of(
        &self,
        me: SessionId,
        table: &Table,
        key: &IndexKeyDef,
        source: &Rc<Source>,
    ) -> Result<IndexKey, SqlError> {
        let (descending, nulls_first, text) = (key.descending, key.nulls_first, Rc::clone(&key.expr.text));
        if let Some(name) = plain_name(&key.expr.expr) {
            let Some(column) = table.find_column(&name) else {
                return Err(SqlError::new("42703", format!("column \"{name}\" does not exist")));
            };
            let ty = table.columns[column].ty;
            super::constraint::check_type(ty)?;
            return Ok(IndexKey { expr: Expr::Column(column), text: name, ty, descending, nulls_first });
        }
        let (expr, ty) = self.bind(me, &table.name, &table.columns, &key.expr, source, Purpose::IndexKey)?;
        must_be_immutable(&expr, "expression")?;
        super::constraint::check_type(ty)?;
        Ok(IndexKey { expr, text, ty, descending, nulls_first })
    }
}

fn plain_name(expr: &syntax::Expr) -> Option<Rc<str>> {
    match &expr.kind {
        ExprKind::Column(names) if names.len() == 1 => Some(names[0].clone()),
        _ => None,
    }
}

/// What an index is named after. (`ChooseIndexColumnNames`)
fn key_part(keys: &[IndexKeyDef]) -> String {
    let mut names: Vec<String> = Vec::new();
    for key in keys {
        let base = match output_name(&key.expr.expr) {
            name if name == "?column?" => "expr".to_owned(),
            name => name,
        };
        let mut name = base.clone();
        let mut number = 0;
        while names.contains(&name) {
            number += 1;
            name = format!("{base}{number}");
        }
        names.push(name);
    }
    column_part(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn must_be_immutable(expr: &Expr, what: &str) -> Result<(), SqlError> {
    if volatility(expr) > Volatility::Immutable {
        let message = format!("functions in index {what} must be marked IMMUTABLE");
        return Err(SqlError::new("42P17", message));
    }
    Ok(())
}
