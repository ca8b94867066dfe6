//! `min` and `max` of a column that has an index: its first entry tells. (PostgreSQL's `planagg.c`)

use super::Fetch;
use super::layout::grouped;
use crate::error::SqlError;
use crate::expr::Expr;
use crate::query::analyse::Environment;
use crate::query::logical::{RelationSource, Select, Tree};
use crate::query::plan::{OutputColumn, Plan, SortKey, SubPlan};
use crate::query::rewrite::{any, substitute};
use crate::value::Value;
use std::rc::Rc;

/// A subquery for each aggregate, if all of them are such, and what all of them cost.
pub fn plan(environment: &Environment<'_>, select: &Select) -> Result<Option<(Vec<Expr>, f64)>, SqlError> {
    let Some(grouping) = &select.grouping else { return Ok(None) };
    let [relation] = select.relations.as_slice() else { return Ok(None) };
    let is_table = matches!(relation.source, RelationSource::Table { .. });
    if !is_table || !grouping.keys.is_empty() || grouping.calls.is_empty() || reads_outside(&select.from) {
        return Ok(None);
    }
    let mut found = Vec::new();
    let mut price = 0.0;
    for (call, id) in grouping.calls.iter().zip(&grouping.subplans) {
        let ([arg], None) = (call.args.as_slice(), &call.filter) else { return Ok(None) };
        let descending = match call.function.name {
            "min" => false,
            "max" => true,
            _ => return Ok(None),
        };
        let order = [SortKey { expr: arg.clone(), descending, nulls_first: descending }];
        let not_null = Expr::Not(Box::new(Expr::IsNull(Box::new(arg.clone()))));
        let from = Tree::Inner { items: vec![select.from.clone()], filter: vec![not_null] };
        let mut single = Select { relations: select.relations.clone(), width: select.width, from, ..Select::default() };
        let joined =
            super::join::plan(environment, &mut single, &order, &[], Some(Fetch::Rows(1.0)), Some(Vec::new()))?;
        if !joined.sorted {
            return Ok(None);
        }
        price += joined.cost.fraction(1.0 / joined.rows);
        let mut value = arg.clone();
        joined.layout.place(&mut value);
        let cost = joined.cost.fraction(1.0 / joined.rows);
        let cost = super::cost::Cost { startup: joined.cost.startup, total: cost };
        let first =
            Plan::Limit { input: Box::new(joined.plan), count: Some(Expr::Const(Value::BigInt(1))), offset: None };
        let first = environment.noted(first, cost, 1.0);
        let plan = Plan::Project { input: Box::new(first), exprs: vec![value] };
        let column = OutputColumn::new(call.function.name, call.function.returns, None);
        found.push(Expr::Scalar(Rc::new(SubPlan { plan, columns: vec![column], correlated: false, id: *id })));
    }
    Ok(Some((found, price)))
}

/// The one group.
pub fn project(
    environment: &Environment<'_>,
    found: Vec<Expr>,
    having: Option<Expr>,
    keys: usize,
    cost: super::cost::Cost,
) -> Plan {
    let one = environment.noted(Plan::Result { filter: None }, cost, 1.0);
    let plan = Plan::Project { input: Box::new(one), exprs: found };
    match having {
        None => plan,
        Some(mut filter) => {
            substitute(&mut filter, 0, &mut |column| Some(Expr::Column(grouped(column, keys))));
            Plan::Filter { input: Box::new(plan), filter }
        }
    }
}

/// Whether a condition reads a row around the query: the subqueries could not.
fn reads_outside(tree: &Tree) -> bool {
    let mut found = false;
    tree.clone().each_expr(&mut |expr| {
        found |= any(expr, &mut |part| {
            matches!(part, Expr::Outer { .. } | Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. })
        });
    });
    found
}
