//! Turning a value of one type into one of another. (PostgreSQL's `pg_cast`; manual, 10.4 "Value Storage")

use super::{Style, Type, Typmod, Value};
use crate::error::SqlError;

/// When a cast is made without being asked for, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    Implicit,
    /// Storing into a column.
    Assignment,
    /// `CAST(x AS t)`, `x::t`
    Explicit,
}

/// The weakest context in which `from` becomes `to`, if there is one. A literal of no type becomes anything.
pub fn cast_context(_from: Type, _to: Type) -> Option<Context> {
    todo!()
}

/// Whether `from` becomes `to` in that context.
pub fn can_cast(from: Type, to: Type, context: Context) -> bool {
    cast_context(from, to).is_some_and(|needed| needed <= context)
}

/// Makes `value`, of type `from`, one of type `to` with that modifier. `from` and `to` may be the same: then the modifier alone is
/// applied. Explicit casts cut texts that are too long where assignments complain.
pub fn cast(
    _value: &Value,
    _from: Type,
    _to: Type,
    _typmod: Option<Typmod>,
    _explicit: bool,
    _style: &Style,
) -> Result<Value, SqlError> {
    todo!()
}
