//! Expressions: names, operators, conditions. (PostgreSQL's `parse_expr.c`, `parse_oper.c`, `parse_coerce.c`)

use super::literals::named_type;
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::coerce::{self, cannot_cast};
use crate::expr::resolve::{Resolved, common_type, resolve_operator, resolve_unary};
use crate::query::statement::Name;
use crate::query::syntax::{self, ExprKind, Test, TypeName};
use crate::value::cast::Context;
use crate::value::{Type, Typmod, Value};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    /// What an expression means.
    pub(super) fn expr(&mut self, expr: &syntax::Expr) -> Run<Typed> {
        self.nested(|analyser| analyser.expr_of_kind(expr))
    }

    fn expr_of_kind(&mut self, expr: &syntax::Expr) -> Run<Typed> {
        let position = expr.position;
        match &expr.kind {
            ExprKind::Column(names) => self.named(names, position),
            ExprKind::Default => {
                Err(SqlError::new("42601", "DEFAULT is not allowed in this context").at(position).into())
            }
            ExprKind::Number(digits) => self.number(digits, position),
            ExprKind::String(text) => Ok(Self::constant(Value::Text(text.clone()), Type::Unknown, position)),
            ExprKind::Bool(value) => Ok(Self::constant(Value::Bool(*value), Type::Bool, position)),
            ExprKind::Null => Ok(Self::constant(Value::Null, Type::Unknown, position)),
            ExprKind::Param(name) => self.param(name, position),
            ExprKind::Literal { ty, text, at } => self.typed_literal(ty, text, *at),
            ExprKind::Interval { text, at, field } => self.interval(text, *at, field.as_deref(), position),
            ExprKind::Not(operand) => {
                let condition = self.condition(operand, "NOT")?;
                Ok(boolean(Expr::Not(Box::new(condition)), position))
            }
            ExprKind::And(operands) => Ok(boolean(Expr::And(self.conditions(operands, "AND")?), position)),
            ExprKind::Or(operands) => Ok(boolean(Expr::Or(self.conditions(operands, "OR")?), position)),
            ExprKind::Unary { op, operand } => {
                let operand = self.expr(operand)?;
                let resolved = resolve_unary(op, operand.ty).map_err(|error| error.at(position))?;
                self.apply(resolved, vec![operand], position)
            }
            ExprKind::Binary { op, at, left, right } if left.is_row() && right.is_row() => {
                self.compare_rows(left, op, right, *at)
            }
            ExprKind::Binary { op, at, left, right } => {
                let left = self.expr(left)?;
                let right = self.expr(right)?;
                self.operate(op, left, right, *at)
            }
            ExprKind::Cast { operand, ty, at } => self.cast(operand, ty, *at),
            ExprKind::Is { operand, test, negated } => self.is(operand, *test, *negated),
            ExprKind::IsDistinct { left, right, negated, at } => self.is_distinct(left, right, *negated, *at),
            ExprKind::InList { operand, list, negated, at } => self.in_list(operand, list, *negated, *at),
            ExprKind::InQuery { operand, query, negated, at } => self.in_subquery(operand, query, *negated, *at),
            ExprKind::Between { operand, low, high, negated, at } => self.between(operand, *negated, low, high, *at),
            ExprKind::Quantified { left, op, at, right, all } => self.any(left, op, right, *all, *at),
            ExprKind::Case { operand, whens, otherwise } => {
                self.case(operand.as_deref(), whens, otherwise.as_deref(), position)
            }
            ExprKind::Exists(query) => self.exists(query, false, position),
            ExprKind::Subquery(query) => self.scalar_subquery(query, position),
            ExprKind::Row(fields) => self.row(fields, position),
            ExprKind::Array(items) => self.array_of(items, None, position),
            ExprKind::Call(call) => self.function(call),
            ExprKind::Element { array, index } => self.element(array, index, position),
            ExprKind::Field { row, field } => self.field(row, field, position),
        }
    }

    fn named(&mut self, names: &[Rc<str>], position: u32) -> Run<Typed> {
        match names {
            [column] => self.column(column, position),
            [table, column] => self.qualified_column(table, column, position),
            [schema, table, column] if &**schema == "public" => self.qualified_column(table, column, position),
            [_, table, _] => Err(self.missing_table(table).at(position).into()),
            _ => {
                let message = format!("cross-database references are not implemented: {}", names.join("."));
                Err(SqlError::new("0A000", message).at(position).into())
            }
        }
    }

    fn conditions(&mut self, operands: &[syntax::Expr], what: &str) -> Run<Vec<Expr>> {
        operands.iter().map(|operand| self.condition(operand, what)).collect()
    }

    /// Applies an operator to operands that are analysed already.
    pub(super) fn operate(&mut self, name: &str, left: Typed, right: Typed, at: u32) -> Run<Typed> {
        let (left, right) = self.infer_params(left, right);
        let position = left.position;
        let resolved = resolve_operator(name, left.ty, right.ty).map_err(|error| error.at(at))?;
        let mut typed = self.apply(resolved, vec![left, right], at)?;
        typed.position = position;
        Ok(typed)
    }

    /// A parameter of no type yet beside something of a type becomes one of that.
    fn infer_params(&mut self, left: Typed, right: Typed) -> (Typed, Typed) {
        let infer = |analyser: &mut Self, typed: Typed, other: Type| match typed.expr {
            Expr::Param(index) if typed.ty == Type::Unknown && other != Type::Unknown => {
                analyser.params[index] = other;
                Typed { ty: other, ..typed }
            }
            _ => typed,
        };
        let left = infer(self, left, right.ty);
        let right = infer(self, right, left.ty);
        (left, right)
    }

    /// Calls what was found with its arguments, each made what it takes.
    pub(super) fn apply(&mut self, resolved: Resolved, args: Vec<Typed>, position: u32) -> Run<Typed> {
        let mut coerced = Vec::new();
        for (arg, ty) in args.into_iter().zip(&resolved.args) {
            let from = arg.ty;
            match self.coerce(arg, *ty, None, Context::Explicit)? {
                Some(arg) => coerced.push(arg.expr),
                None => return Err(cannot_cast(from, *ty).into()),
            }
        }
        let expr = Expr::Call { function: resolved.function, args: coerced, site: self.site() };
        Ok(Typed { expr, ty: resolved.returns, typmod: None, position })
    }

    /// Makes something of a type it is implicitly convertible to.
    pub(super) fn implicit(&mut self, typed: Typed, ty: Type) -> Run<Typed> {
        let from = typed.ty;
        match self.coerce(typed, ty, None, Context::Implicit)? {
            Some(typed) => Ok(typed),
            None => Err(cannot_cast(from, ty).into()),
        }
    }

    /// Makes something of another type, if it can be in that context.
    pub(super) fn coerce(
        &mut self,
        typed: Typed,
        ty: Type,
        typmod: Option<Typmod>,
        context: Context,
    ) -> Run<Option<Typed>> {
        if typed.ty == ty && (typmod.is_none() || typmod == typed.typmod) {
            return Ok(Some(typed));
        }
        if let (Expr::Param(index), Type::Unknown) = (&typed.expr, typed.ty) {
            self.params[*index] = ty;
            let expr = typed.expr.clone();
            let typed = Typed { ty, typmod: None, ..typed };
            return if typmod.is_none() {
                Ok(Some(Typed { expr, ..typed }))
            } else {
                self.coerce(typed, ty, typmod, context)
            };
        }
        let position = typed.position;
        let coerced = coerce::coerce(typed.expr, typed.ty, ty, typmod, context, &self.environment.style)
            .map_err(|error| if position > 0 { error.at(position) } else { error })?;
        Ok(coerced.map(|expr| Typed { expr, ty, typmod, position }))
    }

    /// What is still a literal of no type becomes text. (Columns of results are never of no type.)
    pub(super) fn settle(&mut self, typed: Typed) -> Run<Typed> {
        if typed.ty == Type::Unknown { self.implicit(typed, Type::Text) } else { Ok(typed) }
    }

    /// A condition: `argument of WHERE must be type boolean, not type integer`.
    pub(super) fn condition(&mut self, expr: &syntax::Expr, what: &str) -> Run<Expr> {
        let typed = self.expr(expr)?;
        self.as_condition(typed, what)
    }

    pub(super) fn as_condition(&mut self, typed: Typed, what: &str) -> Run<Expr> {
        let (ty, position) = (typed.ty, typed.position);
        match self.coerce(typed, Type::Bool, None, Context::Assignment)? {
            Some(typed) => Ok(typed.expr),
            None => {
                let message = format!("argument of {what} must be type boolean, not type {ty}");
                Err(SqlError::new("42804", message).at(position).into())
            }
        }
    }

    fn cast(&mut self, inner: &syntax::Expr, ty: &TypeName, at: u32) -> Run<Typed> {
        let position = inner.position;
        let (ty, typmod) = named_type(ty)?;
        let typed = match &inner.kind {
            // `ARRAY[]::int[]`: the cast says what an empty array is of.
            ExprKind::Array(items) => self.array_of(items, ty.element(), position)?,
            _ => self.expr(inner)?,
        };
        let from = typed.ty;
        match self.coerce(typed, ty, typmod, Context::Explicit)? {
            Some(typed) => Ok(Typed { position, ..typed }),
            None => Err(cannot_cast(from, ty).at(at).into()),
        }
    }

    fn is(&mut self, operand: &syntax::Expr, test: Test, negated: bool) -> Run<Typed> {
        let position = operand.position;
        let maybe_not = |test: Expr| if negated { Expr::Not(Box::new(test)) } else { test };
        let word = |word: &str| format!("IS {}{word}", if negated { "NOT " } else { "" });
        let test = match (test, &operand.kind) {
            (Test::Null, ExprKind::Row(fields)) => {
                // A row is null when each field is; it is not null when no field is.
                let tests: Run<Vec<Expr>> =
                    fields.iter().map(|field| Ok(self.is(field, Test::Null, negated)?.expr)).collect();
                return Ok(boolean(Expr::And(tests?), position));
            }
            (Test::Null, _) => {
                let typed = self.expr(operand)?;
                // A parameter is of no type because it is asked whether it is null.
                let open = matches!(typed.expr, Expr::Param(_)) && typed.ty == Type::Unknown;
                Expr::IsNull(Box::new(if open { typed } else { self.settle(typed)? }.expr))
            }
            (Test::Unknown, _) => Expr::IsNull(Box::new(self.condition(operand, &word("UNKNOWN"))?)),
            (Test::True | Test::False, _) => {
                let value = test == Test::True;
                let what = word(if value { "TRUE" } else { "FALSE" });
                Expr::IsBool { expr: Box::new(self.condition(operand, &what)?), value }
            }
        };
        Ok(boolean(maybe_not(test), position))
    }

    fn is_distinct(&mut self, left: &syntax::Expr, right: &syntax::Expr, negated: bool, at: u32) -> Run<Typed> {
        let left = self.expr(left)?;
        let right = self.expr(right)?;
        let position = left.position;
        let equality = self.operate("=", left, right, at)?;
        let Expr::Call { function, args, .. } = equality.expr else {
            return Err(SqlError::unsupported("this comparison").at(position).into());
        };
        let [left, right] = <[Expr; 2]>::try_from(args).expect("equality has two operands").map(Box::new);
        let test = Expr::IsDistinct { equal: function, left, right };
        Ok(boolean(if negated { Expr::Not(Box::new(test)) } else { test }, position))
    }

    fn row(&mut self, items: &[syntax::Expr], position: u32) -> Run<Typed> {
        let mut fields = Vec::new();
        for item in items {
            let field = self.expr(item)?;
            fields.push(self.settle(field)?.expr);
        }
        Ok(Typed { expr: Expr::Row(fields), ty: Type::Record, typmod: None, position })
    }

    fn array_of(&mut self, items: &[syntax::Expr], element: Option<Type>, position: u32) -> Run<Typed> {
        let mut typed = Vec::new();
        for item in items {
            typed.push(self.expr(item)?);
        }
        if typed.is_empty() && element.is_none() {
            let error = SqlError::new("42P18", "cannot determine type of empty array")
                .hint("Explicitly cast to the desired type, for example ARRAY[]::integer[].");
            return Err(error.at(position).into());
        }
        let element = match element {
            Some(element) => element,
            None => self.common(&typed, "ARRAY")?,
        };
        let Some(ty) = element.array() else {
            return Err(SqlError::unsupported(format_args!("arrays of type {element}")).at(position).into());
        };
        let element = ty.element().expect("it is an array");
        let mut list = Vec::new();
        for item in typed {
            let (from, at) = (item.ty, item.position);
            match self.coerce(item, element, None, Context::Explicit)? {
                Some(item) => list.push(item.expr),
                None => return Err(cannot_cast(from, element).at(at).into()),
            }
        }
        Ok(Typed { expr: Expr::Array(list), ty, typmod: None, position })
    }

    /// The common type of several expressions, its error at the one that does not fit.
    pub(super) fn common(&mut self, typed: &[Typed], context: &str) -> Run<Type> {
        let types: Vec<Type> = typed.iter().map(|typed| typed.ty).collect();
        common_type(&types, context).map_err(|(error, index)| error.at(typed[index].position).into())
    }

    /// `(t).a`, which is `t.a`.
    fn field(&mut self, row: &syntax::Expr, field: &Name, position: u32) -> Run<Typed> {
        match &row.kind {
            ExprKind::Column(names) if names.len() == 1 => self.qualified_column(&names[0], &field.name, position),
            _ => Err(SqlError::unsupported("fields of a row").at(position).into()),
        }
    }

    fn element(&mut self, array: &syntax::Expr, index: &syntax::Expr, position: u32) -> Run<Typed> {
        let array = self.expr(array)?;
        let Some(element) = array.ty.element() else {
            let message = format!("cannot subscript type {} because it does not support subscripting", array.ty);
            return Err(SqlError::new("42804", message).at(position).into());
        };
        let index = self.expr(index)?;
        let index = self.implicit(index, Type::Int4)?;
        let typed = self.operate("[]", array, index, position)?;
        Ok(Typed { ty: element, ..typed })
    }
}

/// A condition.
pub(super) fn boolean(expr: Expr, position: u32) -> Typed {
    Typed { expr, ty: Type::Bool, typmod: None, position }
}
