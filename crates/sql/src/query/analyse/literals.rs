//! Numbers, strings and parameters. (PostgreSQL's `make_const`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::coerce::cannot_cast;
use crate::query::syntax::TypeName;
use crate::value::cast::Context;
use crate::value::input::input;
use crate::value::{Type, Typmod, Value};

impl<'a> Analyser<'a> {
    /// A value of a type, where a literal stands.
    pub(super) fn constant(value: Value, ty: Type, position: u32) -> Typed {
        Typed { expr: Expr::Const(value), ty, typmod: None, position }
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

    pub(super) fn param(&mut self, name: &str, position: u32) -> Run<Typed> {
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

    /// `date '2024-01-01'`; `at` is the string's place.
    pub(super) fn typed_literal(&mut self, ty: &TypeName, text: &str, at: u32) -> Run<Typed> {
        let position = ty.position;
        let (ty, typmod) = named_type(ty)?;
        let text = Self::constant(Value::text(text), Type::Unknown, at);
        match self.coerce(text, ty, typmod, Context::Explicit)? {
            Some(typed) => Ok(Typed { position, ..typed }),
            None => Err(cannot_cast(Type::Unknown, ty).at(position).into()),
        }
    }

    /// `interval '1 day'`, `interval '1' day`
    pub(super) fn interval(&mut self, text: &str, at: u32, field: Option<&str>, position: u32) -> Run<Typed> {
        let text = field.map_or_else(|| text.to_string(), |field| format!("{text} {field}"));
        let text = Self::constant(Value::text(text), Type::Unknown, at);
        let typed = self.implicit(text, Type::Interval)?;
        Ok(Typed { position, ..typed })
    }
}

/// What the name of a type stands for.
pub(super) fn named_type(ty: &TypeName) -> Result<(Type, Option<Typmod>), SqlError> {
    ty.resolved.clone().map_err(|error| error.at(ty.position))
}
