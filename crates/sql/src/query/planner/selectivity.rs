//! Which part of the rows a condition leaves. (PostgreSQL's `clausesel.c`, `selfuncs.c`)

use super::access::{Comparison, comparison};
use super::size::Statistics;
use super::variable::{INEQUALITY, Variable, clamp};
use crate::catalog::{Catalog, IndexKey, Table};
use crate::expr::{Builtin, Call, Expr};
use crate::query::rewrite::{columns, same};
use crate::value::{Type, Value};

const EQUAL: f64 = 0.005;
const RANGE: f64 = 0.005;
const NULLS: f64 = 0.005;
/// Values an array is thought to have.
const LISTED: usize = 10;

/// A table of which conditions are estimated.
#[derive(Clone, Copy)]
pub struct Estimate<'c> {
    pub catalog: &'c Catalog,
    pub statistics: &'c dyn Statistics,
    pub table: &'c Table,
    /// The first column of the table in the flat row.
    pub base: usize,
    pub rows: f64,
}

/// Bounds of one expression among the conditions.
struct Bounds<'e> {
    operand: &'e Expr,
    lower: Option<f64>,
    upper: Option<f64>,
}

impl<'c> Estimate<'c> {
    /// All of some conditions. A lower and an upper bound of one column belong together. (`clauselist_selectivity`)
    pub fn all(&self, conditions: &[Expr]) -> f64 {
        let mut product = 1.0;
        let mut bounds: Vec<Bounds<'_>> = Vec::new();
        for condition in conditions {
            let part = self.one(condition);
            match comparison(condition, self.base, self.table.columns.len()) {
                Some(Comparison { operand, operator, value })
                    if matches!(operator, "<" | "<=" | ">" | ">=") && columns(value, 0).is_empty() =>
                {
                    let (lower, upper) =
                        if operator.starts_with('<') { (None, Some(part)) } else { (Some(part), None) };
                    match bounds.iter_mut().find(|known| same(known.operand, operand)) {
                        Some(known) => {
                            known.lower = least(known.lower, lower);
                            known.upper = least(known.upper, upper);
                        }
                        None => bounds.push(Bounds { operand, lower, upper }),
                    }
                }
                _ => product *= part,
            }
        }
        for Bounds { operand, lower, upper } in bounds {
            product *= match (lower, upper) {
                (Some(lower), Some(upper)) if lower == INEQUALITY || upper == INEQUALITY => RANGE,
                (Some(lower), Some(upper)) => {
                    let part = lower + upper - 1.0 + self.null(operand);
                    match part {
                        _ if part > 0.0 => part,
                        _ if part < -0.01 => RANGE,
                        _ => 1.0e-10,
                    }
                }
                (lower, upper) => lower.or(upper).unwrap_or(1.0),
            };
        }
        product
    }

    fn one(&self, condition: &Expr) -> f64 {
        match condition {
            Expr::Const(value) => f64::from(u8::from(value.is_true())),
            Expr::And(list) => self.all(list),
            Expr::Or(list) => list.iter().fold(0.0, |sum, part| either(sum, self.one(part))),
            Expr::Not(inner) => 1.0 - self.one(inner),
            Expr::IsNull(operand) => self.null(operand),
            Expr::Column(_) => {
                let variable = self.variable(condition);
                if variable.statistics.is_some() { variable.equal(Some(&Value::Bool(true))) } else { 0.5 }
            }
            Expr::Any { op, left, right, all } => self.any(op, left, right, *all),
            Expr::Call { function, .. } => match function.name {
                name @ ("=" | "<>" | "<" | "<=" | ">" | ">=") => self.comparison(name, condition),
                "~~" | "~~*" | "~" | "~*" => EQUAL,
                "!~~" | "!~~*" | "!~" | "!~*" => 1.0 - EQUAL,
                _ => INEQUALITY,
            },
            _ => 0.5,
        }
    }

    fn comparison(&self, name: &str, condition: &Expr) -> f64 {
        match comparison(condition, self.base, self.table.columns.len()) {
            Some(Comparison { operand, operator, value }) => self.compared(operator, operand, constant(value)),
            None => match name {
                "=" => EQUAL,
                "<>" => 1.0 - EQUAL,
                _ => INEQUALITY,
            },
        }
    }

    fn compared(&self, operator: &str, operand: &Expr, value: Option<&Value>) -> f64 {
        let variable = self.variable(operand);
        match operator {
            "=" => variable.equal(value),
            "<>" => variable.unequal(value),
            "<" | "<=" | ">" | ">=" => variable.compared(operator, value),
            _ => INEQUALITY,
        }
    }

    /// `operand IS NULL`
    fn null(&self, operand: &Expr) -> f64 {
        self.variable(operand).statistics.map_or(NULLS, |found| found.nulls)
    }

    /// A comparison with each value of an array. (`scalararraysel`)
    fn any(&self, op: &Builtin, left: &Expr, right: &Expr, all: bool) -> f64 {
        let each: Vec<Option<&Value>> = match right {
            Expr::Array(list) => list.iter().map(constant).collect(),
            Expr::Const(Value::Array(list)) => list.iter().map(Some).collect(),
            _ => vec![None; LISTED],
        };
        let parts = each.iter().map(|value| self.compared(op.name, left, *value));
        // Values of a list are not equal to one another.
        let apart = matches!(right, Expr::Array(_) | Expr::Const(_)) && op.name == if all { "<>" } else { "=" };
        let sum = if all { parts.clone().fold(1.0, |sum, part| sum + part - 1.0) } else { parts.clone().sum::<f64>() };
        if apart && (0.0..=1.0).contains(&sum) {
            return sum;
        }
        clamp(if all { parts.product() } else { parts.fold(0.0, either) })
    }

    /// What is known of an expression over the table.
    pub fn variable(&self, expr: &Expr) -> Variable<'c> {
        let rows = self.rows;
        let place = match super::access::bare(expr) {
            Expr::Column(column) => column.checked_sub(self.base).filter(|place| *place < self.table.columns.len()),
            _ => None,
        };
        let Some(place) = place else { return Variable { table_rows: rows, rows, ..Variable::default() } };
        let indexes =
            || self.table.indexes.iter().rev().map(|oid| self.catalog.index(*oid)).filter(|it| it.predicate.is_none());
        let first = |key: Option<&IndexKey>| key.is_some_and(|key| matches!(key.expr, Expr::Column(of) if of == place));
        Variable {
            statistics: self.table.columns[place].statistics.as_deref(),
            unique: indexes().any(|index| index.unique && index.keys.len() == 1 && first(index.keys.first())),
            boolean: self.table.columns[place].ty == Type::Bool,
            table_rows: rows,
            rows,
            index: indexes().find(|index| first(index.keys.first())).map(|index| (index.oid, self.statistics)),
        }
    }
}

/// The value of an expression that has one before the query runs.
fn constant(expr: &Expr) -> Option<&Value> {
    if let Expr::Const(value) = super::access::bare(expr) { Some(value) } else { None }
}

fn either(one: f64, other: f64) -> f64 {
    one + other - one * other
}

fn least(known: Option<f64>, other: Option<f64>) -> Option<f64> {
    match (known, other) {
        (Some(known), Some(other)) => Some(known.min(other)),
        (known, other) => known.or(other),
    }
}

/// What evaluating a condition costs, in calls of operators. (`cost_qual_eval`)
pub fn calls(expr: &Expr) -> f64 {
    let mut expr = expr.clone();
    count(&mut expr)
}

fn count(expr: &mut Expr) -> f64 {
    let own = match expr {
        Expr::Call { function, .. } if !matches!(function.call, Call::Effect(_)) => 1.0,
        Expr::Call { .. } => 1.0,
        Expr::IsDistinct { .. } | Expr::NullIf { .. } => 1.0,
        Expr::Any { right, .. } => match &**right {
            Expr::Array(list) => 0.5 * list.len() as f64,
            Expr::Const(Value::Array(list)) => 0.5 * list.len() as f64,
            _ => 5.0,
        },
        Expr::Cast { from, to, .. } => {
            f64::from(u8::from(!super::same_family(*from, *to) || super::access::converts(*from, *to)))
        }
        // One that reads no row around it runs once.
        Expr::Exists(plan) | Expr::Scalar(plan) if !plan.correlated => 0.0,
        Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. } => 100.0,
        _ => 0.0,
    };
    let mut sum = own;
    crate::query::rewrite::each_part(expr, &mut |part| sum += count(part));
    sum
}
