//! Conditions: taking them apart, and what follows from them. (PostgreSQL's `predtest.c`, `equivclass.c`)

use super::access::{Comparison, comparison_of};
use crate::expr::Expr;
use crate::query::rewrite::{any, same};
use crate::value::{Value, compare};

/// The parts of a condition that must all hold.
pub fn parts(condition: Expr, found: &mut Vec<Expr>) {
    match condition {
        Expr::And(list) => list.into_iter().for_each(|part| parts(part, found)),
        Expr::Const(Value::Bool(true)) => {}
        condition => found.push(condition),
    }
}

/// All of some conditions as one.
pub fn all(mut conditions: Vec<Expr>) -> Option<Expr> {
    match conditions.len() {
        0 => None,
        1 => conditions.pop(),
        _ => Some(Expr::And(conditions)),
    }
}

/// Whether `given` makes sure that `wanted` holds, as far as is easily told.
pub fn implies(given: &Expr, wanted: &Expr) -> bool {
    let mut known = Vec::new();
    parts(given.clone(), &mut known);
    all_imply(&known, wanted)
}

/// The same of several conditions that all hold.
pub fn all_imply(known: &[Expr], wanted: &Expr) -> bool {
    match wanted {
        Expr::And(list) => list.iter().all(|part| all_imply(known, part)),
        Expr::Or(list) => {
            list.iter().any(|part| all_imply(known, part)) || known.iter().any(|one| one_implies(one, wanted))
        }
        wanted => known.iter().any(|one| one_implies(one, wanted)),
    }
}

fn one_implies(given: &Expr, wanted: &Expr) -> bool {
    if same(given, wanted) {
        return true;
    }
    // `a > 1` is not true of a null, and neither is `a` itself.
    if let Expr::Not(inner) = wanted
        && let Expr::IsNull(operand) = &**inner
    {
        return is_strict_about(given, operand);
    }
    match given {
        Expr::Or(list) => return list.iter().all(|part| one_implies(part, wanted)),
        Expr::Any { op, left, right, all: false } if op.name == "=" => {
            let values: Vec<Value> = match &**right {
                Expr::Const(Value::Array(values)) => values.to_vec(),
                Expr::Array(list) => list
                    .iter()
                    .filter_map(|item| if let Expr::Const(value) = item { Some(value.clone()) } else { None })
                    .collect(),
                _ => return false,
            };
            let Some(known) = comparison_of(wanted, &mut |operand| same(operand, left)) else { return false };
            return !values.is_empty() && values.iter().all(|value| value_implies("=", value, &known));
        }
        _ => {}
    }
    let Some(target) = comparison_of(wanted, &mut |operand| !matches!(operand, Expr::Const(_))) else { return false };
    let Some(source) = comparison_of(given, &mut |operand| same(operand, target.operand)) else { return false };
    let Expr::Const(value) = source.value else { return false };
    value_implies(source.operator, value, &target)
}

/// Whether `x operator value` makes sure of another comparison of `x`.
fn value_implies(operator: &str, value: &Value, wanted: &Comparison<'_>) -> bool {
    let Expr::Const(bound) = wanted.value else { return false };
    if value.is_null() || bound.is_null() || std::mem::discriminant(value) != std::mem::discriminant(bound) {
        return false;
    }
    let order = compare(value, bound);
    match (operator, wanted.operator) {
        ("=", "=") => order.is_eq(),
        ("=", "<>") => order.is_ne(),
        ("=" | "<" | "<=", "<=") => order.is_le(),
        ("<", "<") => order.is_le(),
        ("=" | "<=", "<") => order.is_lt(),
        ("=" | ">" | ">=", ">=") => order.is_ge(),
        (">", ">") => order.is_ge(),
        ("=" | ">=", ">") => order.is_gt(),
        ("<", "<>") => order.is_le(),
        (">", "<>") => order.is_ge(),
        ("<=", "<>") => order.is_lt(),
        (">=", "<>") => order.is_gt(),
        _ => false,
    }
}

/// Whether a condition cannot be true where an operand is null.
fn is_strict_about(condition: &Expr, operand: &Expr) -> bool {
    match condition {
        Expr::Call { function, args, .. } => {
            function.strict && args.iter().any(|arg| same(arg, operand) || is_strict_about(arg, operand))
        }
        Expr::Cast { expr, .. } => same(expr, operand) || is_strict_about(expr, operand),
        Expr::And(list) => list.iter().any(|part| is_strict_about(part, operand)),
        Expr::Any { left, .. } => same(left, operand),
        Expr::Not(inner) => match &**inner {
            Expr::IsNull(inner) => same(inner, operand),
            inner => is_strict_about(inner, operand),
        },
        Expr::IsBool { expr, .. } => same(expr, operand),
        condition => same(condition, operand),
    }
}

/// Whether a condition cannot be true where a column is null: an outer join whose right side it is about is an inner one.
pub fn rejects_null(condition: &Expr, column: usize) -> bool {
    is_strict_about(condition, &Expr::Column(column))
}

/// Whether it holds a subquery: such conditions are looked at last.
pub fn has_subquery(condition: &Expr) -> bool {
    any(condition, &mut |part| matches!(part, Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. }))
}
