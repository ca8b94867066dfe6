//! Numbers, strings and parameters. (PostgreSQL's `make_const`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::coerce::cannot_cast;
use crate::query::grammar::types::resolve_type;
use crate::value::cast::Context;
use crate::value::input::input;
use crate::value::{Type, Value};
use sqlparser::ast;

impl<'a> Analyser<'a> {
    pub(super) fn literal(&mut self, value: &ast::Value, position: u32) -> Run<Typed> {
        let typed = |value, ty| Ok(Typed { expr: Expr::Const(value), ty, typmod: None, position });
        match value {
            ast::Value::Number(digits, _) => self.number(digits, position),
            ast::Value::SingleQuotedString(text)
            | ast::Value::EscapedStringLiteral(text)
            | ast::Value::UnicodeStringLiteral(text) => typed(Value::text(text.as_str()), Type::Unknown),
            ast::Value::DollarQuotedString(text) => typed(Value::text(text.value.as_str()), Type::Unknown),
            ast::Value::Boolean(value) => typed(Value::Bool(*value), Type::Bool),
            ast::Value::Null => typed(Value::Null, Type::Unknown),
            ast::Value::Placeholder(name) => self.param(name, position),
            _ => Err(SqlError::unsupported("this kind of literal").at(position).into()),
        }
    }

    /// An integer if it fits one, a bigint if it fits that, a numeric otherwise.
    pub(super) fn number(&mut self, digits: &str, position: u32) -> Run<Typed> {
        let digits = digits.replace('_', "");
        let (value, ty) = if let Ok(value) = digits.parse::<i32>() {
            (Value::Int(value), Type::Int4)
        } else if let Ok(value) = digits.parse::<i64>() {
            (Value::BigInt(value), Type::Int8)
        } else {
            (
                input(&digits, Type::Numeric, None, &self.environment.style).map_err(|error| error.at(position))?,
                Type::Numeric,
            )
        };
        Ok(Typed { expr: Expr::Const(value), ty, typmod: None, position })
    }

    fn param(&mut self, name: &str, position: u32) -> Run<Typed> {
        let number = name
            .strip_prefix('$')
            .and_then(|number| number.parse::<usize>().ok())
            .filter(|number| (1..=65535).contains(number));
        let Some(number) = number else {
            return Err(SqlError::new("42P02", format!("there is no parameter {name}")).at(position).into());
        };
        if number > self.params.len() && !self.infers_params {
            return Err(SqlError::new("42P02", format!("there is no parameter {name}")).at(position).into());
        }
        if number > self.params.len() {
            self.params.resize(number, Type::Unknown);
        }
        Ok(Typed { expr: Expr::Param(number - 1), ty: self.params[number - 1], typmod: None, position })
    }

    /// `date '2024-01-01'`
    pub(super) fn typed_literal(&mut self, literal: &ast::TypedString, position: u32) -> Run<Typed> {
        let (ty, typmod) = resolve_type(&literal.data_type).map_err(|error| error.at(position))?;
        let at = self.at(literal.value.span.start);
        let text = self.literal(&literal.value.value, at)?;
        match self.coerce(text, ty, typmod, Context::Explicit)? {
            Some(typed) => Ok(Typed { position, ..typed }),
            None => Err(cannot_cast(Type::Unknown, ty).at(position).into()),
        }
    }

    /// `interval '1 day'`, `interval '1' day`
    pub(super) fn interval(&mut self, interval: &ast::Interval, position: u32) -> Run<Typed> {
        let ast::Expr::Value(value) = &*interval.value else {
            return Err(SqlError::unsupported("this interval").at(position).into());
        };
        let at = self.at(value.span.start);
        let mut text = self.literal(&value.value, at)?;
        if let (Some(field), Expr::Const(Value::Text(number))) = (&interval.leading_field, &text.expr) {
            text.expr = Expr::Const(Value::text(format!("{number} {field}").to_lowercase()));
        }
        let typed = self.implicit(text, Type::Interval)?;
        Ok(Typed { position, ..typed })
    }
}
