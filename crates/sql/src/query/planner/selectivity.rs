//! Which part of the rows a condition leaves, when nothing is known about the values. (PostgreSQL's `clausesel.c`, `selfuncs.c`)

use super::access::{Comparison, comparison};
use crate::catalog::{Catalog, Table};
use crate::expr::{Builtin, Call, Expr};
use crate::query::rewrite::columns;
use crate::value::{Type, Value};

const EQUAL: f64 = 0.005;
const INEQUALITY: f64 = 0.333_333_333_333_333_3;
const RANGE: f64 = 0.005;
const NULLS: f64 = 0.005;
/// Different values a column is thought to have.
const DISTINCT: f64 = 200.0;

/// A table of which conditions are estimated.
#[derive(Clone, Copy)]
pub struct Estimate<'c> {
    pub catalog: &'c Catalog,
    pub table: &'c Table,
    /// The first column of the table in the flat row.
    pub base: usize,
    pub rows: f64,
}

impl Estimate<'_> {
    /// All of some conditions. A lower and an upper bound of one column belong together.
    pub fn all(&self, conditions: &[Expr]) -> f64 {
        let mut product = 1.0;
        let mut bounds: Vec<(&Expr, bool, bool)> = Vec::new();
        for condition in conditions {
            match comparison(condition, self.base, self.table.columns.len()) {
                Some(Comparison { operand, operator, .. }) if matches!(operator, "<" | "<=" | ">" | ">=") => {
                    let upper = operator.starts_with('<');
                    let known = bounds.iter_mut().find(|(column, ..)| crate::query::rewrite::same(column, operand));
                    match known {
                        Some((_, has_lower, has_upper)) => {
                            *has_lower |= !upper;
                            *has_upper |= upper;
                        }
                        None => bounds.push((operand, !upper, upper)),
                    }
                }
                _ => product *= self.one(condition),
            }
        }
        for (_, lower, upper) in bounds {
            product *= if lower && upper { RANGE } else { INEQUALITY };
        }
        product
    }

    fn one(&self, condition: &Expr) -> f64 {
        match condition {
            Expr::Const(value) => f64::from(u8::from(value.is_true())),
            Expr::And(list) => self.all(list),
            Expr::Or(list) => list.iter().fold(0.0, |sum, part| {
                let part = self.one(part);
                sum + part - sum * part
            }),
            Expr::Not(inner) => match &**inner {
                Expr::IsNull(_) => 1.0 - NULLS,
                inner => 1.0 - self.one(inner),
            },
            Expr::IsNull(_) => NULLS,
            Expr::IsBool { .. } | Expr::Column(_) => 0.5,
            Expr::Any { op, left, right, all } => self.any(op, left, right, *all),
            Expr::Call { function, args, .. } => match function.name {
                "=" => self.equal(args),
                "<>" => 1.0 - self.equal(args),
                "<" | "<=" | ">" | ">=" => INEQUALITY,
                "~~" | "~~*" | "~" | "~*" => EQUAL,
                "!~~" | "!~~*" | "!~" | "!~*" => 1.0 - EQUAL,
                _ => INEQUALITY,
            },
            _ => 0.5,
        }
    }

    fn any(&self, op: &Builtin, left: &Expr, right: &Expr, all: bool) -> f64 {
        let count = match right {
            Expr::Array(list) => list.len() as f64,
            Expr::Const(Value::Array(list)) => list.len() as f64,
            _ => 10.0,
        };
        let one = match op.name {
            "=" => self.equal_to(left),
            "<>" => 1.0 - self.equal_to(left),
            _ => INEQUALITY,
        };
        if op.name == "=" && !all {
            (one * count).min(1.0)
        } else if all {
            one.powf(count)
        } else {
            1.0 - (1.0 - one).powf(count)
        }
    }

    fn equal(&self, args: &[Expr]) -> f64 {
        let [left, right] = args else { return EQUAL };
        let mine = |expr: &Expr| columns(expr, 0).iter().any(|column| self.owns(*column));
        match (mine(left), mine(right)) {
            (true, false) => self.equal_to(left),
            (false, true) => self.equal_to(right),
            _ => EQUAL,
        }
    }

    fn owns(&self, column: usize) -> bool {
        (self.base..self.base + self.table.columns.len()).contains(&column)
    }

    /// The part of the rows that have one value of a column.
    pub fn equal_to(&self, operand: &Expr) -> f64 {
        1.0 / self.distinct(operand)
    }

    /// How many values an expression is thought to have.
    pub fn distinct(&self, operand: &Expr) -> f64 {
        let rows = self.rows.max(1.0);
        let operand = super::access::bare(operand);
        let Expr::Column(column) = operand else { return DISTINCT.min(rows) };
        let Some(column) = column.checked_sub(self.base).filter(|column| *column < self.table.columns.len()) else {
            return DISTINCT.min(rows);
        };
        if self.is_unique(column) {
            return rows;
        }
        if self.table.columns[column].ty == Type::Bool { 2.0 } else { DISTINCT.min(rows) }
    }

    /// Whether a flat column of the table is unique.
    pub fn is_known_unique(&self, column: usize) -> bool {
        column.checked_sub(self.base).is_some_and(|column| self.is_unique(column))
    }

    /// Whether a unique index says so.
    fn is_unique(&self, column: usize) -> bool {
        self.table.indexes.iter().map(|index| self.catalog.index(*index)).any(|index| {
            index.unique
                && index.predicate.is_none()
                && matches!(index.keys.as_slice(), [key] if matches!(key.expr, Expr::Column(of) if of == column))
        })
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
        Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. } => 100.0,
        _ => 0.0,
    };
    let mut sum = own;
    crate::query::rewrite::each_part(expr, &mut |part| sum += count(part));
    sum
}
