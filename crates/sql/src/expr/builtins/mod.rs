//! The operators and functions that are built in, each with the types it takes. (PostgreSQL's `pg_operator`, `pg_proc`)

mod arrays;
mod bits;
mod compare;
mod figures;
mod floats;
mod format;
mod functions;
mod hash;
mod integers;
mod like;
mod md5;
mod numerics;
mod operators;
mod regex;
mod strings;
mod template;
mod times;

use super::{Builtin, Call};
use crate::error::SqlError;
use crate::value::{Numeric, Type, Value};

pub use functions::{FUNCTIONS, VARIADIC};
pub use operators::OPERATORS;

/// `IS NOT NULL` of a whole row: no field is null. (`IS NULL` is [`crate::expr::Expr::IsNull`]; a row may be neither.)
pub static ROW_NOT_NULL: Builtin = Builtin {
    name: "is not null",
    args: &[Type::Record],
    returns: Type::Bool,
    strict: false,
    call: Call::Pure(arrays::row_not_null),
};

/// The operators of that name, prefix ones included.
pub fn operators(name: &str) -> impl Iterator<Item = &'static Builtin> + Clone {
    named(OPERATORS, name)
}

/// The functions of that name.
pub fn functions(name: &str) -> impl Iterator<Item = &'static Builtin> + Clone {
    named(FUNCTIONS, name)
}

/// The part of a table that has that name.
fn named(table: &'static [Builtin], name: &str) -> impl Iterator<Item = &'static Builtin> + Clone {
    let start = table.partition_point(|builtin| builtin.name < name);
    let count = table[start..].iter().take_while(|builtin| builtin.name == name).count();
    table[start..start + count].iter()
}

/// What a built-in gives back.
type Answer = Result<Value, SqlError>;

/// Writes tables of built-ins: `"name" (Types) -> Type, function;`. `null` before the function lets nulls in.
macro_rules! table {
    (@call styled $body:path) => { $crate::expr::Call::Styled($body) };
    (@call effect $body:path) => { $crate::expr::Call::Effect($body) };
    (@call pure $body:path) => { $crate::expr::Call::Pure($body) };
    (@strict null) => { false };
    (@strict strict) => { true };
    ($($name:literal ($($arg:ident),*) -> $returns:ident, $strict:ident $kind:ident $body:path;)*) => {
        &[$($crate::expr::Builtin {
            name: $name,
            args: &[$($crate::value::Type::$arg),*],
            returns: $crate::value::Type::$returns,
            strict: table!(@strict $strict),
            call: table!(@call $kind $body),
        },)*]
    };
}
use table;

/// The whole number an argument is.
fn whole(value: &Value) -> i64 {
    match value {
        Value::Int(number) => i64::from(*number),
        Value::BigInt(number) => *number,
        _ => 0,
    }
}

/// The same as an `integer`.
fn int(value: &Value) -> i32 {
    match value {
        Value::Int(number) => *number,
        _ => 0,
    }
}

fn float(value: &Value) -> f64 {
    match value {
        Value::Float(number) => *number,
        _ => 0.0,
    }
}

/// The text an argument is: of any of the string types.
fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) | Value::Bpchar(text) => text,
        _ => "",
    }
}

fn numeric(value: &Value) -> &Numeric {
    match value {
        Value::Numeric(number) => number,
        _ => &Numeric::ZERO,
    }
}

/// The elements of an array, or the fields of a row.
fn elements(value: &Value) -> &[Value] {
    match value {
        Value::Array(elements) | Value::Record(elements) => elements,
        _ => &[],
    }
}

/// 22012 `division by zero`
fn division_by_zero() -> SqlError {
    SqlError::new("22012", "division by zero")
}

/// 22003 `integer out of range`
fn out_of_range(ty: &str) -> SqlError {
    SqlError::new("22003", format!("{ty} out of range"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_by_name_so_that_they_can_be_searched() {
        for table in [OPERATORS, FUNCTIONS] {
            assert!(table.is_sorted_by(|left, right| left.name <= right.name));
        }
    }

    #[test]
    fn no_two_of_a_name_take_the_same_arguments() {
        for table in [OPERATORS, FUNCTIONS] {
            for (index, builtin) in table.iter().enumerate() {
                let twin =
                    table[index + 1..].iter().find(|other| (other.name, other.args) == (builtin.name, builtin.args));
                assert!(twin.is_none(), "{} twice", builtin.name);
            }
        }
    }
}
