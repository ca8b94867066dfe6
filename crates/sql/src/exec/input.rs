//! A node's input, and the row of it that is being worked on.

use super::Row;
use super::execution::Scope;
use super::node::{NodeState, next};
use crate::error::Run;
use crate::query::plan::Plan;

/// A node's input. A row stays at hand until the node is done with it: after a wait it is the one that is asked for again, and
/// the functions that were called for it are not called again.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub node: Box<NodeState>,
    at_hand: Option<(Row, Mark)>,
}

/// How many answers of functions there were before a row was worked on: those after it are the row's own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark(usize);

impl Input {
    pub fn new(plan: &Plan) -> Self {
        Self { node: Box::new(NodeState::new(plan)), at_hand: None }
    }

    /// The row at hand; the next one if there is none.
    pub fn row(&mut self, plan: &Plan, scope: &mut Scope<'_, '_>) -> Run<Option<&Row>> {
        if self.at_hand.is_none()
            && let Some(row) = next(plan, &mut self.node, scope)?
        {
            self.at_hand = Some((row, scope.mark()));
        }
        Ok(self.at_hand.as_ref().map(|(row, _)| row))
    }

    /// The row at hand is done with.
    pub fn done(&mut self, scope: &mut Scope<'_, '_>) -> Row {
        let Some((row, mark)) = self.at_hand.take() else { return Row::default() };
        scope.forget(mark);
        row
    }
}

impl Scope<'_, '_> {
    /// The answers that functions have given by now.
    pub fn mark(&self) -> Mark {
        Mark(self.context.store.session(self.context.session).answers.len())
    }

    /// Forgets the answers given since: the next row asks anew.
    pub fn forget(&mut self, mark: Mark) {
        self.context.store.session_mut(self.context.session).answers.truncate(mark.0);
    }
}
