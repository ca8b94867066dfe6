//! Running a plan, row by row, with everything reached so far kept in plain values: a statement that waits can be
//! cloned with its store and resumed in each copy.

mod execution;
mod group;
mod hash_table;
mod host;
mod input;
pub mod instrument;
mod join;
mod lock_rows;
mod modify;
mod node;
mod recheck;
mod scan;
mod set;
mod set_function;
mod sort;

use crate::query::plan::Rti;
use crate::store::access::Found;
use crate::store::references::Event;
use crate::store::xact::Snapshot;
use crate::store::{SessionId, Store, Tid};
use crate::value::Value;
use std::rc::Rc;

pub use execution::{Execution, NoEnv};

/// A row on its way up: its values, and which version of which table each part came from.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub values: Vec<Value>,
    /// The versions this row was made of, by range table index. Empty above aggregates and the like; a table on the null side
    /// of an outer join is absent.
    pub sources: Vec<(Rti, Tid)>,
}

/// Versions that stand in for tables, by range table index.
pub type Versions = Rc<[(Rti, Option<Found>)]>;

/// What a running statement may touch.
pub struct Context<'a> {
    pub store: &'a mut Store,
    pub session: SessionId,
    pub params: &'a [Value],
    pub snapshot: Rc<Snapshot>,
    /// A row that is to be changed must be visible to this one as well. (Of foreign key actions under REPEATABLE READ.)
    pub crosscheck: Option<Rc<Snapshot>>,
    /// Number of the statement in its transaction.
    pub command: u32,
    /// While the condition of a row that changed meanwhile is checked again (EvalPlanQual): the one version that each of these
    /// tables' scans hands up. `None`: that table has no row here (the null side of an outer join). Tables that are not in it
    /// (those below an aggregate, say) are scanned as ever.
    pub recheck: Option<Versions>,
    /// What the statement's writes leave to be checked at its end.
    pub events: &'a mut Vec<Event>,
}
