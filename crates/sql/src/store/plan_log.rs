//! The plans of statements as they were run. (`auto_explain` with `log_analyze`; manual, F.4)

use super::{SessionId, Store};
use crate::exec::Execution;
use crate::explain::Explained;
use crate::query::Prepared;
use crate::query::explain::describe;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Strings of statements whose plans are kept.
const MOST: usize = 500;

/// For each string of statements, the plan that took longest, with what its nodes did.
#[derive(Clone, Debug, Default)]
pub struct PlanLog {
    plans: BTreeMap<Rc<str>, Explained>,
}

impl PlanLog {
    /// The plan of a string as a client sent it.
    pub fn plan(&self, text: &str) -> Option<&Explained> {
        self.plans.get(text)
    }

    /// Forgets what was run.
    pub fn clear(&mut self) {
        self.plans.clear();
    }
}

impl Store {
    /// A statement has been run.
    pub(super) fn log_plan(
        &mut self,
        me: SessionId,
        prepared: &Prepared,
        execution: &Execution,
        (planning, began): (u64, u64),
    ) {
        let took = self.spent() - began;
        let text = Rc::clone(&self.session(me).query);
        let (settings, style) = (self.session(me).settings.planner, self.session(me).settings.style);
        let Some(log) = &mut self.plan_log else { return };
        let is_news = match log.plans.get(&text) {
            Some(known) => known.execution < Some(took),
            None => log.plans.len() < MOST,
        };
        if is_news {
            let plan = describe(prepared, &self.catalog, settings, style, Some(execution.instruments()));
            log.plans.insert(text, Explained { plan, planning, execution: Some(took) });
        }
    }
}
