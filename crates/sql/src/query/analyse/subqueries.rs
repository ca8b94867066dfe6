//! Subqueries in expressions. (PostgreSQL's `transformSubLink`)

use super::expressions::boolean;
use super::scope::Boundary;
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::resolve::{Resolved, resolve_operator};
use crate::query::logical::Logical;
use crate::query::plan::{OutputColumn, Plan, SubPlan};
use crate::query::rewrite::{each_expr, raise, reads_outer};
use crate::query::syntax;
use crate::value::Type;
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn exists(&mut self, query: &syntax::Query, negated: bool, position: u32) -> Run<Typed> {
        let subplan = self.subplan(query)?;
        let test = Expr::Exists(Rc::new(subplan));
        Ok(boolean(if negated { Expr::Not(Box::new(test)) } else { test }, position))
    }

    pub(super) fn scalar_subquery(&mut self, query: &syntax::Query, position: u32) -> Run<Typed> {
        let subplan = self.subplan(query)?;
        let [OutputColumn { ty, typmod, .. }] = subplan.columns[..] else {
            return Err(SqlError::new("42601", "subquery must return only one column").at(position).into());
        };
        Ok(Typed { expr: Expr::Scalar(Rc::new(subplan)), ty, typmod, position })
    }

    pub(super) fn in_subquery(
        &mut self,
        expr: &syntax::Expr,
        query: &syntax::Query,
        negated: bool,
        at: u32,
    ) -> Run<Typed> {
        if expr.is_row() {
            return self.row_in_subquery(expr, query, negated, at);
        }
        let typed = self.any_subquery(expr, "=", query, false, at)?;
        Ok(if negated { boolean(Expr::Not(Box::new(typed.expr)), typed.position) } else { typed })
    }

    pub(super) fn any_subquery(
        &mut self,
        left: &syntax::Expr,
        name: &str,
        query: &syntax::Query,
        all: bool,
        at: u32,
    ) -> Run<Typed> {
        let left = self.expr(left)?;
        let subplan = self.subplan(query)?;
        let [OutputColumn { ty, .. }] = subplan.columns[..] else {
            return Err(SqlError::new("42601", "subquery has too many columns").at(at).into());
        };
        let resolved = resolve_operator(name, left.ty, ty).map_err(|error| error.at(at))?;
        if resolved.returns != Type::Bool {
            let message = format!("operator {name} must return type boolean, not type {}", resolved.returns);
            return Err(SqlError::new("42804", message).at(at).into());
        }
        self.any_of(left, resolved, subplan).map(|typed| if all { flip(typed) } else { typed })
    }

    /// `left op ANY (subquery)`, when the operator is known.
    pub(super) fn any_of(&mut self, left: Typed, resolved: Resolved, mut subplan: SubPlan) -> Run<Typed> {
        let position = left.position;
        let [OutputColumn { ty, .. }] = subplan.columns[..] else { unreachable!("the caller counted") };
        let left = self.implicit(left, resolved.args[0])?;
        let column = Typed { expr: Expr::Column(0), ty, typmod: None, position: 0 };
        let column = self.implicit(column, resolved.args[1])?;
        if !matches!(column.expr, Expr::Column(0)) {
            subplan.columns[0].ty = column.ty;
            let input = Box::new(std::mem::replace(&mut subplan.plan, Plan::Result { filter: None }));
            subplan.plan = Plan::Project { input, exprs: vec![column.expr] };
        }
        let left = Box::new(left.expr);
        Ok(boolean(Expr::AnySub { op: resolved.function, left, plan: Rc::new(subplan), all: false }, position))
    }

    /// `(a, b) IN (SELECT …)`: whether a row equals. A null among the values makes this false where PostgreSQL says null.
    fn row_in_subquery(&mut self, expr: &syntax::Expr, query: &syntax::Query, negated: bool, at: u32) -> Run<Typed> {
        let position = expr.position;
        let mut left = Vec::new();
        for field in expr.fields() {
            left.push(self.expr(field)?);
        }
        let mut subplan = self.subplan(query)?;
        let (given, wanted) = (left.len(), subplan.columns.len());
        if given != wanted {
            let what = if wanted > given { "many" } else { "few" };
            return Err(SqlError::new("42601", format!("subquery has too {what} columns")).at(at).into());
        }
        let mut pairs = Vec::new();
        for (index, mut left) in left.into_iter().enumerate() {
            raise(&mut left.expr, 1, 0);
            let column = &subplan.columns[index];
            pairs.push((left, Typed { expr: Expr::Column(index), ty: column.ty, typmod: column.typmod, position: 0 }));
        }
        let filter = self.compare_pairs(pairs, "=", at, position)?.expr;
        let input = Box::new(std::mem::replace(&mut subplan.plan, Plan::Result { filter: None }));
        subplan.plan = Plan::Filter { input, filter };
        subplan.correlated = true;
        let test = Expr::Exists(Rc::new(subplan));
        Ok(boolean(if negated { Expr::Not(Box::new(test)) } else { test }, position))
    }

    pub(super) fn subplan(&mut self, query: &syntax::Query) -> Run<SubPlan> {
        let logical = self.query(query, Boundary::Expression)?;
        self.subplan_of(logical)
    }

    /// A query that was analysed in an expression, as the plan of a subquery.
    pub(super) fn subplan_of(&mut self, logical: Logical) -> Run<SubPlan> {
        let columns = logical.columns();
        let mut plan = self.plan(logical)?;
        let mut correlated = false;
        each_expr(&mut plan, 0, &mut |expr, depth| correlated |= reads_outer(expr, depth));
        Ok(SubPlan { plan, columns, correlated, id: self.subplan_number() })
    }
}

/// ANY as ALL.
fn flip(typed: Typed) -> Typed {
    match typed.expr {
        Expr::AnySub { op, left, plan, .. } => Typed { expr: Expr::AnySub { op, left, plan, all: true }, ..typed },
        _ => typed,
    }
}
