//! Evaluation: three-valued logic, left to right, stopping as soon as the answer is known.

use super::{Env, Expr};
use crate::error::Run;
use crate::value::Value;

/// The value of `expr` for a row.
pub fn eval(_expr: &Expr, _row: &[Value], _env: &mut dyn Env) -> Run<Value> {
    todo!()
}
