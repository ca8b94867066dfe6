//! Values and their types.

use std::rc::Rc;

/// A type of PostgreSQL's that this store knows. Lengths and scales are [`Typmod`]s beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    Int2,
    Int4,
    Int8,
    Float8,
    Numeric,
    Text,
    Varchar,
    /// `char(n)`: blank-padded.
    Bpchar,
    Name,
    Date,
    Timestamp,
    TimestampTz,
    Interval,
    Oid,
    Xid,
    /// A row's place: `(0,1)`.
    Tid,
    /// A literal whose type nobody has decided yet.
    Unknown,
    /// What `pg_sleep` returns.
    Void,
    BoolArray,
    Int4Array,
    Int8Array,
    NumericArray,
    TextArray,
    /// A whole row. The columns are in the value.
    Record,
}

/// A type modifier: the `10, 2` of `numeric(10, 2)`, the `20` of `varchar(20)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Typmod {
    /// `varchar(n)`, `char(n)`.
    Length(u32),
    Numeric {
        precision: u16,
        scale: i16,
    },
}

/// A value. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    /// smallint and integer. The type is known from the expression.
    Int(i32),
    BigInt(i64),
    Float(f64),
    Numeric(Rc<super::value::Numeric>),
    /// text, varchar, char(n), name, and literals of no type yet.
    Text(Rc<str>),
    /// Days since 2000-01-01.
    Date(i32),
    /// timestamp and timestamptz: microseconds since 2000-01-01, the latter in UTC.
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

/// An arbitrary-precision decimal. (Replaced by `numeric.rs`.)
#[derive(Clone, Debug, PartialEq)]
pub struct Numeric;
