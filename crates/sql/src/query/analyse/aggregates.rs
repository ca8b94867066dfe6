//! Calls of aggregates. (PostgreSQL's `parse_agg.c`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::resolve::resolve_aggregate;
use crate::query::logical::AGGREGATES;
use crate::query::plan::AggregateCall;
use crate::query::rewrite::same;
use crate::query::syntax::Call;

impl<'a> Analyser<'a> {
    /// An aggregate becomes a column of the grouped row.
    pub(super) fn aggregate(&mut self, name: &str, function: &Call, position: u32) -> Run<Typed> {
        let level = self.level();
        if !level.clause.is_empty() {
            let message = format!("aggregate functions are not allowed in {}", level.clause);
            return Err(SqlError::new("42803", message).at(position).into());
        }
        if level.in_aggregate {
            return Err(SqlError::new("42803", "aggregate function calls cannot be nested").at(position).into());
        }
        level.in_aggregate = true;
        let call = self.aggregate_call(name, function, position);
        self.level().in_aggregate = false;
        let (call, typed) = call?;
        let calls = &mut self.level().calls;
        let index = calls.iter().position(|known| same_call(known, &call)).unwrap_or(calls.len());
        if index == calls.len() {
            calls.push(call);
        }
        Ok(Typed { expr: Expr::Column(AGGREGATES + index), ..typed })
    }

    fn aggregate_call(&mut self, name: &str, function: &Call, position: u32) -> Run<(AggregateCall, Typed)> {
        let star = function.star;
        let mut typed = Vec::new();
        if !star {
            for arg in &function.args {
                typed.push(self.expr(arg)?);
            }
        }
        if typed.is_empty() && !star && name == "count" {
            let message = "count(*) must be used to call a parameterless aggregate function";
            return Err(SqlError::new("42809", message).at(position).into());
        }
        let types: Vec<_> = typed.iter().map(|arg| arg.ty).collect();
        let resolved = resolve_aggregate(name, &types, star).map_err(|error| error.at(position))?;
        let mut args = Vec::new();
        for (arg, ty) in typed.into_iter().zip(&resolved.args) {
            args.push(self.implicit(arg, *ty)?.expr);
        }
        let mut order = Vec::new();
        for key in &function.order {
            let typed = self.expr(&key.expr)?;
            let typed = self.settle(typed)?;
            order.push(super::order::sort_key(typed.expr, key));
        }
        let filter = match &function.filter {
            Some(filter) => Some(self.condition(filter, "FILTER")?),
            None => None,
        };
        let distinct = function.distinct;
        let call = AggregateCall { function: resolved.aggregate, args, distinct, filter, order };
        Ok((call, Typed { expr: Expr::Column(0), ty: resolved.returns, typmod: None, position }))
    }
}

fn same_call(left: &AggregateCall, right: &AggregateCall) -> bool {
    let filters = match (&left.filter, &right.filter) {
        (None, None) => true,
        (Some(left), Some(right)) => same(left, right),
        _ => false,
    };
    std::ptr::eq(left.function, right.function)
        && left.distinct == right.distinct
        && filters
        && left.order.is_empty()
        && right.order.is_empty()
        && left.args.len() == right.args.len()
        && left.args.iter().zip(&right.args).all(|(left, right)| same(left, right))
}
