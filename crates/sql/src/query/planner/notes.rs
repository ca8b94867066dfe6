//! What the planner thought of each node, kept beside the node for EXPLAIN. Plans that nobody looks at carry none of it.

use super::cost::Cost;
use crate::query::analyse::Environment;
use crate::query::plan::{Note, Plan};
use std::rc::Rc;

/// A relation as the query calls it.
#[derive(Clone, Debug, Default)]
pub struct Called {
    pub alias: Rc<str>,
    /// Names of its columns, if no table tells them.
    pub columns: Vec<Rc<str>>,
}

impl Environment<'_> {
    /// The node, with what it is thought to cost and to return if the plan is to be shown.
    pub fn noted(&self, plan: Plan, cost: Cost, rows: f64) -> Plan {
        self.noted_with(plan, cost, rows, |_| {})
    }

    /// A statement that changes the rows a plan hands up, in a table of that name in the query.
    pub fn noted_change(&self, plan: Plan, alias: &Rc<str>) -> Plan {
        let Plan::Modify(modify) = &plan else { return plan };
        let (cost, rows) = thought(&modify.input);
        self.noted_with(plan, cost, rows, |note| note.alias = Some(Rc::clone(alias)))
    }

    /// Rows that are written in the statement.
    pub fn noted_values(&self, plan: Plan) -> Plan {
        let Plan::Values { rows, .. } = &plan else { return plan };
        let rows = rows.len() as f64;
        // One row is computed, several are scanned.
        let each = if rows > 1.0 { self.settings.cpu_operator_cost * 5.0 } else { self.settings.cpu_tuple_cost };
        let cost = Cost { startup: 0.0, total: each * rows };
        self.noted_with(plan, cost, rows, |note| note.alias = (rows > 1.0).then(|| "*VALUES*".into()))
    }

    /// The same, and `more` of it.
    pub fn noted_with(&self, plan: Plan, cost: Cost, rows: f64, more: impl FnOnce(&mut Note)) -> Plan {
        let Some(numbers) = self.numbers else { return plan };
        let id = numbers.get();
        numbers.set(id + 1);
        let Cost { startup, total } = cost;
        let mut note = Note {
            id,
            startup,
            total,
            rows,
            alias: None,
            columns: Vec::new(),
            searched: Vec::new(),
            filter: Vec::new(),
            reversed: false,
            search: None,
        };
        more(&mut note);
        Plan::Noted { input: Box::new(plan), note: Box::new(note) }
    }
}

/// What was thought of a plan that has a note at its top.
pub fn thought(plan: &Plan) -> (Cost, f64) {
    match plan {
        Plan::Noted { note, .. } => (Cost { startup: note.startup, total: note.total }, note.rows),
        Plan::Project { input, .. } | Plan::Filter { input, .. } => thought(input),
        _ => (Cost::default(), 1.0),
    }
}
