//! ORDER BY, DISTINCT, LIMIT, and the names and numbers that stand for output columns. (PostgreSQL's `parse_clause.c`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::Target;
use crate::query::plan::SortKey;
use crate::query::rewrite::same;
use crate::query::syntax::{self, ExprKind, OrderItem};
use crate::value::Type;
use crate::value::cast::Context;

impl<'a> Analyser<'a> {
    pub(super) fn order_by(&mut self, items: &[OrderItem], targets: &[Target]) -> Run<Vec<SortKey>> {
        let mut keys = Vec::new();
        let mut places = Vec::new();
        for item in items {
            places.push(item.expr.position);
            let expr = match self.output_reference(&item.expr, targets, "ORDER BY")? {
                Some(index) => targets[index].expr.clone(),
                None => {
                    let typed = self.expr(&item.expr)?;
                    self.settle(typed)?.expr
                }
            };
            keys.push(sort_key(expr, item));
        }
        self.order_places = places;
        Ok(keys)
    }

    /// The output column an ORDER BY or DISTINCT ON item names, if it does.
    fn output_reference(&mut self, expr: &syntax::Expr, targets: &[Target], clause: &str) -> Run<Option<usize>> {
        let position = expr.position;
        match &expr.kind {
            ExprKind::Column(names) if names.len() == 1 => {
                let folded = &names[0];
                if clause == "GROUP BY" && self.in_from(folded) {
                    return Ok(None);
                }
                let mut found: Option<usize> = None;
                for (index, target) in targets.iter().enumerate().filter(|(_, target)| target.column.name == *folded) {
                    if found.is_some_and(|found| !same(&targets[found].expr, &target.expr)) {
                        let message = format!("{clause} \"{folded}\" is ambiguous");
                        return Err(SqlError::new("42702", message).at(position).into());
                    }
                    found.get_or_insert(index);
                }
                Ok(found)
            }
            ExprKind::Number(digits) => {
                let Ok(number) = digits.parse::<usize>() else {
                    return Err(SqlError::new("42601", format!("non-integer constant in {clause}"))
                        .at(position)
                        .into());
                };
                if number == 0 || number > targets.len() {
                    let message = format!("{clause} position {number} is not in select list");
                    return Err(SqlError::new("42P10", message).at(position).into());
                }
                Ok(Some(number - 1))
            }
            ExprKind::String(_) => {
                Err(SqlError::new("42601", format!("non-integer constant in {clause}")).at(position).into())
            }
            _ => Ok(None),
        }
    }

    fn in_from(&self, name: &str) -> bool {
        self.levels.last().is_some_and(|level| level.namespace.columns.iter().any(|column| &*column.name == name))
    }

    pub(super) fn group_key(&mut self, expr: &syntax::Expr, targets: &[Target]) -> Run<Expr> {
        match self.output_reference(expr, targets, "GROUP BY")? {
            Some(index) => {
                let key = targets[index].expr.clone();
                let aggregates = crate::query::rewrite::columns(&key, 0)
                    .iter()
                    .any(|column| *column >= crate::query::logical::AGGREGATES);
                if aggregates {
                    let error = SqlError::new("42803", "aggregate functions are not allowed in GROUP BY");
                    return Err(error.at(expr.position).into());
                }
                Ok(key)
            }
            None => {
                let typed = self.expr(expr)?;
                Ok(self.settle(typed)?.expr)
            }
        }
    }

    /// `DISTINCT ON (…)`. What is sorted by comes first in it. (`transformDistinctOnClause`)
    pub(super) fn distinct_on(
        &mut self,
        exprs: &[syntax::Expr],
        targets: &[Target],
        order: &[SortKey],
    ) -> Run<Vec<Expr>> {
        let mut keys = Vec::new();
        for expr in exprs {
            let key = match self.output_reference(expr, targets, "DISTINCT ON")? {
                Some(index) => targets[index].expr.clone(),
                None => {
                    let typed = self.expr(expr)?;
                    self.settle(typed)?.expr
                }
            };
            keys.push((key, expr.position));
        }
        let is_key = |expr: &Expr| keys.iter().find(|(key, _)| same(key, expr));
        let mut skipped = false;
        let mut stray = None;
        for key in order {
            match is_key(&key.expr) {
                Some((_, position)) if skipped => {
                    stray.get_or_insert(*position);
                }
                Some(_) => {}
                None => skipped = true,
            }
        }
        if skipped {
            let unsorted = keys.iter().find(|(key, _)| !order.iter().any(|sorted| same(&sorted.expr, key)));
            stray = stray.or(unsorted.map(|(_, position)| *position));
        }
        if let Some(position) = stray {
            let message = "SELECT DISTINCT ON expressions must match initial ORDER BY expressions";
            return Err(SqlError::new("42P10", message).at(position).into());
        }
        Ok(keys.into_iter().map(|(key, _)| key).collect())
    }

    /// Makes sort keys ones over the output row, where DISTINCT demands it.
    pub(super) fn order_output(&mut self, order: &mut [SortKey], targets: &[Target]) -> Run<()> {
        for (index, key) in order.iter_mut().enumerate() {
            let Some(target) = targets.iter().position(|target| same(&target.expr, &key.expr)) else {
                let message = "for SELECT DISTINCT, ORDER BY expressions must appear in select list";
                let error = SqlError::new("42P10", message);
                let position = self.order_places.get(index).copied().unwrap_or(0);
                return Err(error.at(position).into());
            };
            key.expr = Expr::Column(target);
        }
        Ok(())
    }

    /// LIMIT or FETCH, and OFFSET.
    pub(super) fn limit(&mut self, query: &syntax::Query) -> Run<(Option<Expr>, Option<Expr>)> {
        let count = query.limit.as_ref().map(|expr| self.count(expr, "LIMIT")).transpose()?;
        let skip = query.offset.as_ref().map(|expr| self.count(expr, "OFFSET")).transpose()?;
        Ok((count, skip))
    }

    fn count(&mut self, expr: &syntax::Expr, clause: &'static str) -> Run<Expr> {
        let typed = self.in_clause(clause, |analyser| analyser.expr(expr))?;
        let (ty, position) = (typed.ty, typed.position);
        if let Some(column) = crate::query::rewrite::columns(&typed.expr, 0).first() {
            let at = self
                .level()
                .uses
                .iter()
                .rev()
                .find(|used| used.column == *column)
                .map_or(position, |used| used.position);
            return Err(SqlError::new("42P10", format!("argument of {clause} must not contain variables"))
                .at(at)
                .into());
        }
        match self.coerce(typed, Type::Int8, None, Context::Assignment)? {
            Some(Typed { expr, .. }) => Ok(expr),
            None => {
                let message = format!("argument of {clause} must be type bigint, not type {ty}");
                Err(SqlError::new("42804", message).at(position).into())
            }
        }
    }
}

pub(super) fn sort_key(expr: Expr, item: &OrderItem) -> SortKey {
    SortKey { expr, descending: item.descending, nulls_first: item.nulls_first }
}
