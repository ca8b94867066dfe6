//! Making an expression one of another type. (PostgreSQL's `parse_coerce.c`)

use super::Expr;
use crate::error::SqlError;
use crate::value::cast::{self, Context, can_cast};
use crate::value::input::input;
use crate::value::{Style, Type, Typmod, Value};

/// Makes `expr`, of type `from`, one of type `to` with that modifier. A literal of no type is read at once, so its errors come before the
/// statement runs. `None`: there is no such cast in that context, and the caller words the error
/// (`column "a" is of type integer but expression is of type text`; for explicit ones see [`cannot_cast`]).
pub fn coerce(
    expr: Expr,
    from: Type,
    to: Type,
    typmod: Option<Typmod>,
    context: Context,
    style: &Style,
) -> Result<Option<Expr>, SqlError> {
    if from == to && typmod.is_none() {
        return Ok(Some(expr));
    }
    let explicit = context == Context::Explicit;
    // What `pg_typeof` is given.
    if to == Type::Any {
        return Ok(Some(Expr::Const(Value::text(from.name()))));
    }
    if from == Type::Unknown {
        return match expr {
            Expr::Const(Value::Null) => Ok(Some(Expr::Const(Value::Null))),
            Expr::Const(Value::Text(text)) => {
                let value = input(&text, to, None, style)?;
                Ok(Some(Expr::Const(cast::cast(&value, to, to, typmod, explicit, style)?)))
            }
            // A column of literals: a text that is read when the statement runs.
            expr => Ok(Some(node(expr, Type::Text, to, typmod, explicit))),
        };
    }
    // Every type can be written out.
    if to == Type::Unknown || can_cast(from, to, context) {
        return Ok(Some(node(expr, from, to, typmod, explicit)));
    }
    Ok(None)
}

fn node(expr: Expr, from: Type, to: Type, typmod: Option<Typmod>, explicit: bool) -> Expr {
    // Types that differ in name alone need no work when the statement runs.
    let same = matches!(
        (from, to),
        (Type::Int2, Type::Int4) | (Type::Text | Type::Varchar | Type::Name, Type::Text | Type::Varchar)
    );
    if (from == to || same) && typmod.is_none() {
        return expr;
    }
    Expr::Cast { expr: Box::new(expr), from, to, typmod, explicit }
}

/// 42846 `cannot cast type integer to date`.
pub fn cannot_cast(from: Type, to: Type) -> SqlError {
    SqlError::new("42846", format!("cannot cast type {from} to {to}"))
}
