//! What nodes that change or lock rows ask of the execution they are part of.

use super::{Context, Row};
use crate::error::Run;
use crate::expr::Expr;
use crate::query::plan::Rti;
use crate::store::access::Found;
use crate::value::Value;
use std::rc::Rc;

/// The execution around a node. See [`super::modify`], [`super::lock_rows`].
pub trait Host<'a> {
    fn context(&mut self) -> &mut Context<'a>;

    /// The next row of the node's input.
    fn child(&mut self) -> Run<Option<Row>>;

    /// Evaluates an expression of the node over a row, with subqueries and everything else it may hold.
    fn eval(&mut self, expr: &Expr, row: &[Value]) -> Run<Value>;

    /// Runs the node's input from its beginning with these versions in place of its tables' rows, and hands up the first row:
    /// the row at hand as it has become, if it still satisfies the conditions. (`EvalPlanQual`)
    fn again(&mut self, versions: Rc<[(Rti, Option<Found>)]>) -> Run<Option<Row>>;
}
