//! ON CONFLICT: which unique indexes arbitrate, and what is done instead. (PostgreSQL's `transformOnConflictClause`, `infer_arbiter_indexes`)

use super::Analyser;
use super::scope::{Boundary, Level};
use crate::catalog::{Index, Table};
use crate::error::{Run, SqlError, Stop};
use crate::expr::Expr;
use crate::query::logical::SYSTEM_COLUMNS;
use crate::query::plan::{ConflictAction, Oid, OnConflict};
use crate::query::rewrite::{same, substitute};
use crate::query::statement::{Assignment, Conflict, ConflictTarget, Target};
use crate::query::syntax::{self, ExprKind};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn conflict(&mut self, table: &Rc<Table>, target: &Target, conflict: &Conflict) -> Run<OnConflict> {
        if matches!(conflict.target, ConflictTarget::Any) && conflict.update.is_some() {
            return Err(SqlError::new(
                "42601",
                "ON CONFLICT DO UPDATE requires inference specification or constraint name",
            )
            .hint("For example, ON CONFLICT (column_name).")
            .at(conflict.position)
            .into());
        }
        self.levels.push(Level::new(Boundary::Top));
        let result = self.conflict_in_level(table, target, conflict);
        self.levels.pop();
        result
    }

    fn conflict_in_level(&mut self, table: &Rc<Table>, target: &Target, conflict: &Conflict) -> Run<OnConflict> {
        self.add_target(table, target)?;
        let arbiters = self.arbiters(table, conflict)?;
        let action = match &conflict.update {
            None => ConflictAction::Nothing,
            Some((assignments, filter)) => self.conflict_update(table, assignments, filter.as_ref())?,
        };
        Ok(OnConflict { arbiters, action })
    }

    fn conflict_update(
        &mut self,
        table: &Rc<Table>,
        assignments: &[Assignment],
        filter: Option<&syntax::Expr>,
    ) -> Run<ConflictAction> {
        let shown: Rc<str> = "excluded".into();
        let (relation, columns) = self.add_table(table, &shown);
        let names = super::from::named(columns, &shown, None, vec![relation], None)?;
        // `a` alone is the existing row's: the row that was to be inserted is always named.
        self.level().namespace.tables.extend(names.tables);
        let mut assignments = self.assignments(table, assignments)?;
        let mut filter = match filter {
            Some(filter) => Some(self.in_clause("WHERE", |analyser| analyser.condition(filter, "WHERE"))?),
            None => None,
        };
        if self.level().relations.iter().any(|relation| !relation.system.is_empty()) {
            return Err(SqlError::unsupported("system columns in ON CONFLICT DO UPDATE").into());
        }
        // The system columns of the flat row are not in the pair of rows.
        let width = table.columns.len();
        let mut place =
            |column: usize| Some(Expr::Column(if column >= width { column - SYSTEM_COLUMNS.len() } else { column }));
        assignments
            .iter_mut()
            .map(|(_, expr)| expr)
            .chain(&mut filter)
            .for_each(|expr| substitute(expr, 0, &mut place));
        Ok(ConflictAction::Update { assignments, filter })
    }

    fn arbiters(&mut self, table: &Table, conflict: &Conflict) -> Run<Vec<Oid>> {
        match &conflict.target {
            ConflictTarget::Any => Ok(Vec::new()),
            ConflictTarget::Constraint(name) => {
                let indexes = table.indexes.iter().map(|index| self.environment.catalog.index(*index));
                let mut named = indexes.filter(|index| index.constraint && index.name == name.name);
                match named.next() {
                    Some(index) => Ok(vec![index.oid]),
                    None => {
                        let message =
                            format!("constraint \"{}\" for table \"{}\" does not exist", name.name, table.name);
                        Err(SqlError::new("42704", message).into())
                    }
                }
            }
            ConflictTarget::Keys { keys, filter, position } => self.inferred(table, keys, filter.as_ref(), *position),
        }
    }

    /// The unique indexes whose keys are those that were named.
    fn inferred(
        &mut self,
        table: &Table,
        keys: &[syntax::Expr],
        filter: Option<&syntax::Expr>,
        position: u32,
    ) -> Run<Vec<Oid>> {
        let mut wanted = Vec::new();
        for key in keys {
            let typed = self.in_clause("ON CONFLICT", |analyser| analyser.expr(key)).map_err(|stop| match stop {
                // A name alone is not an expression: its place is the list's.
                Stop::Error(mut error) if matches!(key.kind, ExprKind::Column(_)) => {
                    error.position = Some(position);
                    Stop::Error(error)
                }
                stop => stop,
            })?;
            wanted.push(self.settle(typed)?.expr);
        }
        let filter = match filter {
            Some(filter) => Some(self.in_clause("ON CONFLICT", |analyser| analyser.condition(filter, "WHERE"))?),
            None => None,
        };
        let fits = |index: &Index| {
            let is_key = |expr: &Expr| index.keys.iter().any(|key| same(&key.expr, expr));
            let is_wanted = |key: &Expr| wanted.iter().any(|expr| same(expr, key));
            index.unique
                && wanted.iter().all(is_key)
                && index.keys.iter().all(|key| is_wanted(&key.expr))
                && match (&index.predicate, &filter) {
                    (None, _) => true,
                    (Some(predicate), Some(filter)) => crate::query::planner::implies(filter, predicate),
                    (Some(_), None) => false,
                }
        };
        let catalog = self.environment.catalog;
        let found: Vec<Oid> = table.indexes.iter().copied().filter(|index| fits(catalog.index(*index))).collect();
        if found.is_empty() {
            let message = "there is no unique or exclusion constraint matching the ON CONFLICT specification";
            return Err(SqlError::new("42P10", message).into());
        }
        Ok(found)
    }
}
