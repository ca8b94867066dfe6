//! Making an expression one of another type. (PostgreSQL's `parse_coerce.c`)

use super::Expr;
use crate::error::SqlError;
use crate::value::cast::Context;
use crate::value::{Style, Type, Typmod};

/// Makes `expr`, of type `from`, one of type `to` with that modifier. A literal of no type is read at once, so its errors come before the
/// statement runs. `None`: there is no such cast in that context, and the caller words the error
/// (`column "a" is of type integer but expression is of type text`; for explicit ones see [`cannot_cast`]).
pub fn coerce(
    _expr: Expr,
    _from: Type,
    _to: Type,
    _typmod: Option<Typmod>,
    _context: Context,
    _style: &Style,
) -> Result<Option<Expr>, SqlError> {
    todo!()
}

/// 42846 `cannot cast type integer to date`.
pub fn cannot_cast(from: Type, to: Type) -> SqlError {
    SqlError::new("42846", format!("cannot cast type {from} to {to}"))
}
