//! IN, ANY, BETWEEN, and rows compared with rows.

use super::expressions::boolean;
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::resolve::{common_type, resolve_operator};
use crate::query::syntax::{self, ExprKind};
use crate::value::{Type, Value};

impl<'a> Analyser<'a> {
    /// `a IN (1, 2, b)`: constants and the like as one array, columns by comparisons of their own. (`transformAExprIn`)
    pub(super) fn in_list(&mut self, expr: &syntax::Expr, list: &[syntax::Expr], negated: bool, at: u32) -> Run<Typed> {
        let position = expr.position;
        let name = if negated { "<>" } else { "=" };
        if expr.is_row() {
            let mut tests = Vec::new();
            for item in list {
                tests.push(self.compare_rows(expr, name, item, at)?.expr);
            }
            return Ok(boolean(either(tests, negated), position));
        }
        let left = self.expr(expr)?;
        let mut plain = Vec::new();
        let mut others = Vec::new();
        for item in list {
            let item = self.expr(item)?;
            let is_plain = !crate::query::rewrite::any(&item.expr, &mut |expr| {
                matches!(
                    expr,
                    Expr::Column(_) | Expr::Outer { .. } | Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. }
                )
            });
            if is_plain { plain.push(item) } else { others.push(item) }
        }
        let mut tests = Vec::new();
        let mut types = vec![left.ty];
        types.extend(plain.iter().map(|item| item.ty));
        let common =
            if plain.len() > 1 { common_type(&types, "IN").ok().filter(|ty| ty.array().is_some()) } else { None };
        match common {
            Some(ty) => {
                let resolved = resolve_operator(name, left.ty, ty).map_err(|error| error.at(at))?;
                let mut items = Vec::new();
                for item in plain {
                    let item = self.implicit(item, ty)?;
                    items.push(self.implicit(item, resolved.args[1])?.expr);
                }
                let left = self.implicit(left.clone(), resolved.args[0])?;
                let right = Box::new(Expr::Array(items));
                tests.push(Expr::Any { op: resolved.function, left: Box::new(left.expr), right, all: negated });
            }
            None => others.splice(0..0, plain).for_each(drop),
        }
        for item in others {
            tests.push(self.operate(name, left.clone(), item, at)?.expr);
        }
        Ok(boolean(either(tests, negated), position))
    }

    /// `a = ANY (array)`, `a = ANY (SELECT …)`
    pub(super) fn any(
        &mut self,
        left: &syntax::Expr,
        name: &str,
        right: &syntax::Expr,
        all: bool,
        at: u32,
    ) -> Run<Typed> {
        if let ExprKind::Subquery(query) = &right.kind {
            return self.any_subquery(left, name, query, all, at);
        }
        let left = self.expr(left)?;
        let position = left.position;
        let right = self.expr(right)?;
        let right = match (right.ty, left.ty.array()) {
            (Type::Unknown, Some(array)) => self.implicit(right, array)?,
            _ => right,
        };
        let Some(element) = right.ty.element() else {
            return Err(SqlError::new("42809", "op ANY/ALL (array) requires array on right side").at(at).into());
        };
        let resolved = resolve_operator(name, left.ty, element).map_err(|error| error.at(at))?;
        if resolved.returns != Type::Bool {
            return Err(SqlError::new("42809", "op ANY/ALL (array) requires operator to yield boolean").at(at).into());
        }
        let left = self.implicit(left, resolved.args[0])?;
        let right = match resolved.args[1].array() {
            Some(array) if array != right.ty => self.implicit(right, array)?,
            _ => right,
        };
        let expr = Expr::Any { op: resolved.function, left: Box::new(left.expr), right: Box::new(right.expr), all };
        Ok(boolean(expr, position))
    }

    pub(super) fn between(
        &mut self,
        expr: &syntax::Expr,
        negated: bool,
        low: &syntax::Expr,
        high: &syntax::Expr,
        at: u32,
    ) -> Run<Typed> {
        let value = self.expr(expr)?;
        let position = value.position;
        let low = self.expr(low)?;
        let high = self.expr(high)?;
        let (first, second) = if negated { ("<", ">") } else { (">=", "<=") };
        let first = self.operate(first, value.clone(), low, at)?.expr;
        // The second copy of the value is a call of its own.
        let value = self.expr(expr).map(|again| Typed { ty: value.ty, ..again })?;
        let second = self.operate(second, value, high, at)?.expr;
        Ok(boolean(if negated { Expr::Or(vec![first, second]) } else { Expr::And(vec![first, second]) }, position))
    }

    /// `(a, b) = (1, 2)`, and `<` from left to right. (`make_row_comparison_op`)
    pub(super) fn compare_rows(
        &mut self,
        left: &syntax::Expr,
        name: &str,
        right: &syntax::Expr,
        at: u32,
    ) -> Run<Typed> {
        let position = left.position;
        let (left, right) = (left.fields(), right.fields());
        if left.len() != right.len() {
            return Err(SqlError::new("42601", "unequal number of entries in row expressions").at(at).into());
        }
        if left.is_empty() {
            return Err(SqlError::new("0A000", "cannot compare rows of zero length").at(at).into());
        }
        let mut pairs = Vec::new();
        for (left, right) in left.iter().zip(right) {
            pairs.push((self.expr(left)?, self.expr(right)?));
        }
        self.compare_pairs(pairs, name, at, position)
    }

    pub(super) fn compare_pairs(
        &mut self,
        pairs: Vec<(Typed, Typed)>,
        name: &str,
        at: u32,
        position: u32,
    ) -> Run<Typed> {
        let strict = match name {
            "=" | "<>" => {
                let mut tests = Vec::new();
                for (left, right) in pairs {
                    tests.push(self.operate(name, left, right, at)?.expr);
                }
                return Ok(boolean(if name == "=" { all_of(tests) } else { any_of(tests) }, position));
            }
            "<" | "<=" => "<",
            ">" | ">=" => ">",
            _ => {
                let message = format!("could not determine interpretation of row comparison operator {name}");
                return Err(SqlError::new("0A000", message).at(at).into());
            }
        };
        // From the last field to the first: `a < x OR (a = x AND rest)`.
        let mut rest: Option<Expr> = None;
        for (left, right) in pairs.into_iter().rev() {
            rest = Some(match rest {
                None => self.operate(name, left, right, at)?.expr,
                Some(rest) => {
                    let equal = self.operate("=", left.clone(), right.clone(), at)?.expr;
                    let before = self.operate(strict, left, right, at)?.expr;
                    Expr::Or(vec![before, Expr::And(vec![equal, rest])])
                }
            });
        }
        Ok(boolean(rest.unwrap_or(Expr::Const(Value::Bool(true))), position))
    }
}

fn either(tests: Vec<Expr>, negated: bool) -> Expr {
    if negated { all_of(tests) } else { any_of(tests) }
}

pub(super) fn all_of(mut tests: Vec<Expr>) -> Expr {
    if tests.len() == 1 { tests.remove(0) } else { Expr::And(tests) }
}

fn any_of(mut tests: Vec<Expr>) -> Expr {
    if tests.len() == 1 { tests.remove(0) } else { Expr::Or(tests) }
}
