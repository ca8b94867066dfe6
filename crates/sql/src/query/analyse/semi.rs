//! EXISTS and IN among the conditions of WHERE as joins. (PostgreSQL's `convert_EXISTS_sublink_to_join`, `convert_ANY_sublink_to_join`)

use super::scope::Boundary;
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::resolve::resolve_operator;
use crate::query::logical::{Body, Logical, Relation, RelationSource, Select, Tree};
use crate::query::plan::Plan;
use crate::query::planner::is_volatile;
use crate::query::rewrite::{any, columns, each_expr, lower, merge, reads_outer};
use crate::query::syntax::{self, ExprKind};
use std::rc::Rc;

/// A join that a condition became.
pub(super) struct Semi {
    right: Tree,
    on: Vec<Expr>,
    anti: bool,
}

impl<'a> Analyser<'a> {
    /// WHERE: conditions, and the joins some of them became.
    pub(super) fn where_clause(&mut self, condition: &syntax::Expr) -> Run<(Vec<Expr>, Vec<Semi>)> {
        let (mut filter, mut semis) = (Vec::new(), Vec::new());
        let conditions = match &condition.kind {
            ExprKind::And(conditions) => conditions,
            _ => std::slice::from_ref(condition),
        };
        let single = conditions.len() == 1;
        for condition in conditions {
            match self.semi(condition)? {
                Some(Converted::Join(semi)) => semis.push(semi),
                Some(Converted::Condition(condition)) => filter.push(condition),
                None => filter.push(self.condition(condition, if single { "WHERE" } else { "AND" })?),
            }
        }
        Ok((filter, semis))
    }

    fn semi(&mut self, condition: &syntax::Expr) -> Run<Option<Converted>> {
        match &condition.kind {
            ExprKind::Exists(query) => self.exists_join(query, false).map(Some),
            ExprKind::Not(inner) => match &inner.kind {
                ExprKind::Exists(query) => self.exists_join(query, true).map(Some),
                _ => Ok(None),
            },
            ExprKind::InQuery { operand, query, negated: false, at } if !operand.is_row() => {
                self.in_join(operand, query, *at).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn exists_join(&mut self, query: &syntax::Query, anti: bool) -> Run<Converted> {
        let logical = self.query(query, Boundary::Expression)?;
        let joins = match &logical.body {
            Body::Select(select) => is_joinable(&logical) && tied(select),
            _ => false,
        };
        if !joins {
            let test = Expr::Exists(Rc::new(self.subplan_of(logical)?));
            return Ok(Converted::Condition(if anti { Expr::Not(Box::new(test)) } else { test }));
        }
        let Body::Select(select) = logical.body else { unreachable!("it was looked at above") };
        let (right, on, _) = self.merge_select(*select);
        Ok(Converted::Join(Semi { right, on, anti }))
    }

    fn in_join(&mut self, expr: &syntax::Expr, query: &syntax::Query, at: u32) -> Run<Converted> {
        let left = self.expr(expr)?;
        let logical = self.query(query, Boundary::Expression)?;
        let selected = logical.columns();
        let [column] = selected.as_slice() else {
            return Err(SqlError::new("42601", "subquery has too many columns").at(at).into());
        };
        let usable = !columns(&left.expr, 0).is_empty() && !any(&left.expr, &mut is_volatile);
        let simple = usable
            && match &logical.body {
                Body::Select(select) => {
                    is_joinable(&logical) && !any(&select.targets[0].expr, &mut is_volatile) && !reads_around(select)
                }
                _ => false,
            };
        if simple {
            let Body::Select(select) = logical.body else { unreachable!("it was looked at above") };
            let (right, mut on, targets) = self.merge_select(*select);
            let value = Typed { expr: targets[0].clone(), ty: column.ty, typmod: column.typmod, position: 0 };
            on.push(self.operate("=", left, value, at)?.expr);
            return Ok(Converted::Join(Semi { right, on, anti: false }));
        }
        let mut subplan = self.subplan_of(logical)?;
        let mut around = false;
        each_expr(&mut subplan.plan, 0, &mut |expr, depth| around |= any_level(expr, depth + 1));
        if around || !usable {
            let resolved = resolve_operator("=", left.ty, column.ty).map_err(|error| error.at(at))?;
            return Ok(Converted::Condition(self.any_of(left, resolved, subplan)?.expr));
        }
        // A grouped or limited query stays one, and is joined as it is.
        each_expr(&mut subplan.plan, 0, &mut |expr, depth| lower(expr, depth));
        let rti = self.rti();
        let plan = Plan::Subquery { rti, plan: Box::new(subplan.plan) };
        let relation = self.add_plan(rti, plan, 1, "".into());
        let base = self.level().relations[relation].base;
        let value = Typed { expr: Expr::Column(base), ty: column.ty, typmod: column.typmod, position: 0 };
        let on = vec![self.operate("=", left, value, at)?.expr];
        Ok(Converted::Join(Semi { right: Tree::Relation(relation), on, anti: false }))
    }

    /// Puts a subquery's relations beside those of the level: its tree, its conditions and what it selects.
    fn merge_select(&mut self, mut select: Select) -> (Tree, Vec<Expr>, Vec<Expr>) {
        let level = self.level();
        let (first, shift) = (level.relations.len(), level.width);
        select.relations.iter_mut().for_each(|relation| relation.base += shift);
        select.from.each_expr(&mut |expr| merge(expr, shift, 0));
        select.from.shift(first);
        level.relations.extend(select.relations);
        level.width += select.width;
        let mut targets: Vec<Expr> = select.targets.into_iter().map(|target| target.expr).collect();
        targets.iter_mut().for_each(|expr| merge(expr, shift, 0));
        match select.from {
            Tree::Inner { items, filter } => (Tree::Inner { items, filter: Vec::new() }, filter, targets),
            other => (other, Vec::new(), targets),
        }
    }
}

enum Converted {
    Join(Semi),
    Condition(Expr),
}

impl Semi {
    /// The join, around what is there already.
    pub(super) fn around(self, left: Tree) -> Tree {
        Tree::Semi { left: Box::new(left), right: Box::new(self.right), on: self.on, anti: self.anti }
    }
}

/// Whether a subquery is only a join with conditions.
fn is_joinable(logical: &Logical) -> bool {
    let Body::Select(select) = &logical.body else { return false };
    let is_simple = |relation: &Relation| !relation.lateral && matches!(relation.source, RelationSource::Table { .. });
    logical.limit.is_none()
        && logical.offset.is_none()
        && logical.marks.is_empty()
        && select.grouping.is_none()
        && !select.relations.is_empty()
        && select.relations.iter().all(is_simple)
        && select.sets.is_empty()
}

/// Whether its WHERE, and nothing else of it, reads the query around it.
fn tied(select: &Select) -> bool {
    let Tree::Inner { items, filter } = &select.from else { return false };
    let mut inside = false;
    for item in items {
        item.clone().each_expr(&mut |expr| inside |= reads_outer(expr, 0));
    }
    let reads = filter.iter().any(|condition| !columns(condition, 1).is_empty());
    reads && !inside && !filter.iter().any(|condition| any(condition, &mut is_volatile))
}

fn reads_around(select: &Select) -> bool {
    let mut found = false;
    select.from.clone().each_expr(&mut |expr| found |= !columns(expr, 1).is_empty());
    found || select.targets.iter().any(|target| !columns(&target.expr, 1).is_empty())
}

/// Whether an expression reads the row `level` rows further out.
fn any_level(expr: &Expr, level: u16) -> bool {
    !columns(expr, level).is_empty()
}
