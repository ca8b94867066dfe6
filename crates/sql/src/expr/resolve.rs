//! Which operator or function a name and the types of its arguments mean. (PostgreSQL's `parse_oper.c`, `parse_func.c`; manual,
//! chapter 10 "Type Conversion")

use super::Builtin;
use super::aggregate::Aggregate;
use crate::error::SqlError;
use crate::value::Type;

/// An operator or function that was found. Whoever calls it first makes each argument one of `args` (with [`super::coerce::coerce`]):
/// they were found to be implicitly convertible. (`any` and the like have been replaced. An argument that is to be
/// [`Type::Unknown`] is to be written out: `concat` takes texts. One that is to be [`Type::Regtype`] is replaced by its type's name.)
#[derive(Clone, Debug)]
pub struct Resolved {
    pub function: &'static Builtin,
    /// One a given argument.
    pub args: Vec<Type>,
    pub returns: Type,
}

/// An aggregate that was found; as [`Resolved`].
#[derive(Clone, Debug)]
pub struct ResolvedAggregate {
    pub aggregate: &'static Aggregate,
    pub args: Vec<Type>,
    pub returns: Type,
}

/// What a function call may mean.
#[derive(Clone, Debug)]
pub enum Callee {
    Function(Resolved),
    /// `text(x)`, `date('2024-01-01')`: an explicit cast to that type.
    Cast(Type),
}

/// A binary operator: 42883 `operator does not exist: integer = text`, 42725 `operator is not unique: …`. The position is the
/// caller's to add.
pub fn resolve_operator(_name: &str, _left: Type, _right: Type) -> Result<Resolved, SqlError> {
    todo!()
}

/// A prefix operator: `-`, `+`, `@`, `~`, `|/`.
pub fn resolve_unary(_name: &str, _operand: Type) -> Result<Resolved, SqlError> {
    todo!()
}

/// A function; 42883 `function foo(integer) does not exist`. The name is folded, without `pg_catalog.`. Keywords that are functions have
/// their names: `current_timestamp`, `current_user`, `extract`, `position` (the text first, then what is looked for), `substring`, `btrim`.
pub fn resolve_function(_name: &str, _args: &[Type]) -> Result<Callee, SqlError> {
    todo!()
}

/// Whether there is an aggregate of that name.
pub fn is_aggregate(_name: &str) -> bool {
    todo!()
}

/// An aggregate; `star` is `count(*)`.
pub fn resolve_aggregate(_name: &str, _args: &[Type], _star: bool) -> Result<ResolvedAggregate, SqlError> {
    todo!()
}

/// The type that several expressions have in common: of CASE, COALESCE, UNION, VALUES, ARRAY, IN, GREATEST, LEAST. `context` is how the
/// message names the construct: `CASE types integer and text cannot be matched` (42804). Literals alone are text.
/// The second of the pair is which expression could not be matched, from 0, for the position.
pub fn common_type(_types: &[Type], _context: &str) -> Result<Type, (SqlError, usize)> {
    todo!()
}
