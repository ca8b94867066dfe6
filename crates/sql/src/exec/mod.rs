//! Running a plan, row by row, with everything reached so far kept in plain values: a statement that waits can be
//! cloned with its store and resumed in each copy.

use crate::query::plan::Rti;
use crate::store::{SessionId, Tid};
use crate::value::Value;
use std::rc::Rc;

/// A row on its way up: its values, and which version of which table each part came from.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub values: Vec<Value>,
    /// The versions this row was made of, by range table index. Empty above aggregates and the like; a table on the null side
    /// of an outer join is absent.
    pub sources: Vec<(Rti, Tid)>,
}

/// What a running statement may touch.
pub struct Context<'a> {
    pub session: SessionId,
    pub params: &'a [Value],
    /// While the condition of a row that changed meanwhile is checked again (EvalPlanQual): the one version each table's
    /// scan hands up, values included. `None` in it: that table has no row here (the null side of an outer join).
    pub recheck: Option<Rc<[Option<(Tid, Rc<[Value]>)>]>>,
}
