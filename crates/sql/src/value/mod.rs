//! Values and their types: how they are written, read, compared and turned into one another.

pub mod cast;
pub mod compare;
pub mod datetime;
mod float;
pub mod hash;
pub mod input;
pub mod numeric;
pub mod output;
pub mod style;
pub mod types;

pub use compare::{Key, compare};
pub use hash::hash;
pub use input::input;
pub use numeric::Numeric;
pub use output::output;
pub use style::Style;
pub use types::{Category, Type, Typmod};

use std::rc::Rc;

/// A value. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// smallint and integer. The type is known from the expression.
    Int(i32),
    /// bigint and xid8.
    BigInt(i64),
    /// double precision and real.
    Float(f64),
    Numeric(Rc<Numeric>),
    /// text, varchar, name, and literals of no type yet.
    Text(Rc<str>),
    /// char(n), with its blanks, which do not count when it is compared.
    Bpchar(Rc<str>),
    /// Days since 2000-01-01. The two ends of `i32` are minus infinity and infinity.
    Date(i32),
    /// timestamp and timestamptz: microseconds since 2000-01-01, the latter in UTC. The two ends of `i64` are infinite.
    Timestamp(i64),
    Interval {
        months: i32,
        days: i32,
        micros: i64,
    },
    /// Page and slot, from 0 and from 1.
    Tid(u32, u16),
    /// oid and xid.
    Oid(u32),
    Array(Rc<[Value]>),
    Record(Rc<[Value]>),
    Void,
}

impl Value {
    /// Text of no particular type.
    pub fn text(text: impl Into<Rc<str>>) -> Self {
        Value::Text(text.into())
    }

    pub fn numeric(number: Numeric) -> Self {
        Value::Numeric(Rc::new(number))
    }

    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// Whether a condition holds: null does not.
    pub fn is_true(&self) -> bool {
        matches!(self, Value::Bool(true))
    }
}
