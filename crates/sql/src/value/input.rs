//! Values from text.

use super::{Style, Type, Typmod, Value};
use crate::error::SqlError;

/// Reads a value as PostgreSQL's input functions do: `invalid input syntax for type integer: "abc"`. A modifier is applied as
/// an assignment would: too long a text is an error. For a literal with an explicit cast read without one and then
/// [`super::cast::cast`].
pub fn input(_text: &str, _ty: Type, _typmod: Option<Typmod>, _style: &Style) -> Result<Value, SqlError> {
    todo!()
}
