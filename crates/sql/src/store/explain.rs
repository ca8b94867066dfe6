//! EXPLAIN: a statement is planned with notes, run if that is wanted, and its plan handed up as rows of text.

use super::{SessionId, Store};
use crate::exec::Execution;
use crate::explain::{Explained, Shown, lines};
use crate::isolation::Reply;
use crate::query::explain::describe;
use crate::query::plan::OutputColumn;
use crate::query::statement::{ExplainFormat, ExplainOptions};
use crate::query::{Command, Prepared};
use crate::value::Type;
use std::rc::Rc;

/// An EXPLAIN that is under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Explaining {
    pub options: ExplainOptions,
    /// What planning took, and how much had been done when the statement was started. Nanoseconds.
    pub planning: u64,
    pub began: u64,
}

impl Store {
    /// Virtual nanoseconds that all statements have taken.
    pub(super) fn spent(&self) -> u64 {
        self.pace.nanos(&self.work)
    }

    /// The plan as a result. `execution` is what was run.
    pub(super) fn explained(
        &mut self,
        me: SessionId,
        prepared: &Prepared,
        explaining: Explaining,
        execution: Option<&Execution>,
    ) -> Reply {
        let (settings, style) = (self.session(me).settings.planner, self.session(me).settings.style);
        let instruments = execution.map(Execution::instruments);
        let plan = describe(prepared, &self.catalog, settings, style, instruments);
        let Explaining { options, planning, began } = explaining;
        let execution = execution.is_some().then(|| self.spent() - began);
        let explained = Explained { plan, planning, execution };
        let ExplainOptions { costs, timing, summary, format, .. } = options;
        let shown = Shown { costs, timing, summary };
        let (ty, text) = match format {
            ExplainFormat::Text => (Type::Text, lines(&explained, shown)),
            ExplainFormat::Json => (Type::Text, vec![crate::explain::json(&explained, shown)]),
        };
        self.session_mut(me).explained = Some(Rc::new(explained));
        let column = OutputColumn::new("QUERY PLAN", ty, None);
        let rows = text.into_iter().map(|line| vec![Some(line)]).collect();
        Reply::Rows { columns: vec![column], rows, tag: "EXPLAIN".into() }
    }
}

/// Whether a statement hands up no rows.
pub(super) fn is_silent(prepared: &Prepared) -> bool {
    prepared.columns.is_empty() && prepared.command != Command::Select
}
