//! Telling the history, when somebody keeps one.

use super::transaction::Transaction;
use super::{SessionId, Store, Xid};
use crate::history::{Event, History};

impl Store {
    pub(super) fn note(&mut self, me: SessionId, event: impl FnOnce() -> Event) {
        if let Some(history) = &mut self.history {
            history.note(me, event());
        }
    }

    pub(super) fn note_end(&mut self, me: SessionId, _transaction: &Transaction, commit: bool) {
        self.note(me, || if commit { Event::Commit } else { Event::Abort });
    }

    pub(super) fn note_undo(&mut self, me: SessionId, undone: Vec<Xid>) {
        if !undone.is_empty() {
            self.note(me, || Event::Undo(undone));
        }
    }

    pub(super) fn note_finish_prepared(&mut self, me: SessionId, name: &std::rc::Rc<str>, commit: bool) {
        let name = name.clone();
        self.note(me, || if commit { Event::CommitPrepared(name) } else { Event::RollbackPrepared(name) });
    }

    /// Begins or stops to keep a history.
    pub fn keep_history(&mut self, keep: bool) {
        self.history = keep.then(|| Box::new(History::default()));
    }
}
