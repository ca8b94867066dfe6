//! What a definition keeps while it waits.

use super::create_table_as::Filling;
use crate::error::SqlError;
use crate::store::xact::Snapshot;
use crate::store::{SessionId, Store};
use std::rc::Rc;

/// What a definition that is called again after a wait must not do or forget twice.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    /// Names it has waited for: to find one taken now is an error of its own.
    pub(super) awaited: Vec<Rc<str>>,
    /// How many notices it has given, and come by since it was called last.
    said: usize,
    passed: usize,
    /// How many tables VACUUM or ANALYZE is done with.
    pub(super) tables_done: usize,
    /// The query of CREATE TABLE AS.
    pub(super) filling: Option<Box<Filling>>,
}

impl Progress {
    pub(super) fn begin_again(&mut self) {
        self.passed = 0;
    }

    /// The snapshot that is in use, which keeps old versions alive.
    pub fn snapshot(&self) -> Option<&Rc<Snapshot>> {
        self.filling.as_ref().map(|filling| &filling.snapshot)
    }
}

impl Store {
    pub(super) fn progress(&mut self, me: SessionId) -> &mut Progress {
        self.session_mut(me).definition.get_or_insert_default()
    }

    /// A NOTICE, unless it was given before the wait.
    pub(super) fn say(&mut self, me: SessionId, notice: SqlError) {
        let progress = self.progress(me);
        progress.passed += 1;
        if progress.passed > progress.said {
            progress.said = progress.passed;
            self.notice(me, "NOTICE", notice);
        }
    }
}
