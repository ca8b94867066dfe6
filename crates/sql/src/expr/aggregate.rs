//! Aggregate functions.

use crate::error::SqlError;
use crate::value::{Type, Value};

/// An aggregate for one type of argument.
#[derive(Debug)]
pub struct Aggregate {
    pub name: &'static str,
    /// Empty for `count(*)`.
    pub args: &'static [Type],
    pub returns: Type,
    /// What an empty group starts from.
    pub start: fn() -> Accumulator,
}

/// The state of one group. (To be filled in.)
#[derive(Clone, Debug)]
pub enum Accumulator {
    Count(i64),
}

impl Accumulator {
    /// Takes one row's arguments in. Nulls are passed over where PostgreSQL's aggregate passes over them.
    pub fn add(&mut self, _args: &[Value]) -> Result<(), SqlError> {
        todo!()
    }

    /// The group's value.
    pub fn finish(self) -> Result<Value, SqlError> {
        todo!()
    }
}
