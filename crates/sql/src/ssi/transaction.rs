//! One serialisable transaction. (`SERIALIZABLEXACT`)

use super::{RwConflict, SerializableId, Ssi};
use crate::error::SqlError;
use crate::store::{SessionId, Xid};
use std::fmt;

/// A point in the order of commits. (`SerCommitSeqNo`)
pub(super) type SeqNo = u64;

/// Not yet.
pub(super) const UNSET: SeqNo = SeqNo::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Transaction {
    pub id: SerializableId,
    /// The session that began it.
    pub began: SessionId,
    /// The session that runs it. `None` once it is prepared or finished.
    pub session: Option<SessionId>,
    /// Its number, if it wrote; subtransactions are known by it.
    pub xid: Option<Xid>,
    /// The `xmin` of its snapshot.
    pub xmin: Xid,
    /// The first number that no transaction had when it finished.
    pub finished_before: Xid,
    /// When it was decided that it commits, and when it did.
    pub prepared_at: SeqNo,
    pub committed_at: SeqNo,
    /// The last commit before its snapshot.
    pub last_commit: SeqNo,
    /// Of those it has a conflict out to, the one that committed first. Set when it commits.
    pub earliest_out: SeqNo,
    pub committed: bool,
    /// Nothing can make it fail any more but itself. Stays set when it has committed.
    pub prepared: bool,
    pub rolled_back: bool,
    /// It will fail.
    pub doomed: bool,
    /// It committed with a conflict out to one that committed before it.
    pub conflict_out: bool,
    /// Declared so, or it committed without having written.
    pub read_only: bool,
    /// It waits for a safe snapshot.
    pub waiting: bool,
    pub safe: bool,
    /// Its snapshot is known not to be safe.
    pub not_safe: bool,
    pub wrote: bool,
}

impl Transaction {
    pub fn is_active(&self) -> bool {
        !self.committed && !self.rolled_back
    }
}

/// 40001, with PostgreSQL's reason.
pub(super) fn failure(reason: impl fmt::Display) -> SqlError {
    SqlError::new("40001", "could not serialize access due to read/write dependencies among transactions")
        .detail(format!("Reason code: {reason}."))
        .hint("The transaction might succeed if retried.")
}

impl Ssi {
    fn place(&self, id: SerializableId) -> usize {
        self.transactions.partition_point(|transaction| transaction.id < id)
    }

    /// Whatever has a lock or a conflict has a record.
    pub(super) fn get(&self, id: SerializableId) -> &Transaction {
        &self.transactions[self.place(id)]
    }

    pub(super) fn get_mut(&mut self, id: SerializableId) -> &mut Transaction {
        let place = self.place(id);
        &mut self.transactions[place]
    }

    pub(super) fn remove(&mut self, id: SerializableId) {
        self.transactions.retain(|transaction| transaction.id != id);
        if self.transactions.is_empty() {
            // Points in the order of commits are only ever compared with each other: begin anew.
            *self = Self { decided: std::mem::take(&mut self.decided), ..Self::default() };
        }
    }

    /// What a session runs, if that is serialisable and not yet known to be safe.
    pub(super) fn running(&self, session: SessionId) -> Option<SerializableId> {
        self.transactions.iter().find(|transaction| transaction.session == Some(session)).map(|found| found.id)
    }

    pub(super) fn by_xid(&self, xid: Xid) -> Option<SerializableId> {
        self.transactions.iter().find(|transaction| transaction.xid == Some(xid)).map(|found| found.id)
    }

    /// How many writers run. (`WritableSxactCount`)
    pub(super) fn writers(&self) -> usize {
        self.transactions.iter().filter(|transaction| transaction.is_active() && !transaction.read_only).count()
    }

    /// The oldest snapshot in use. (`SxactGlobalXmin`)
    pub(super) fn oldest_xmin(&self) -> Option<Xid> {
        self.transactions.iter().filter(|transaction| transaction.is_active()).map(|active| active.xmin).min()
    }

    /// Those whose writes a reader did not see, oldest conflict first. (`outConflicts`)
    pub(super) fn writers_unseen_by(&self, reader: SerializableId) -> impl Iterator<Item = &Transaction> {
        self.conflicts.iter().filter(move |conflict| conflict.reader == reader).map(|out| self.get(out.writer))
    }

    /// Those that did not see a writer's writes, oldest conflict first. (`inConflicts`)
    pub(super) fn readers_blind_to(&self, writer: SerializableId) -> impl Iterator<Item = &Transaction> {
        self.conflicts.iter().filter(move |conflict| conflict.writer == writer).map(|found| self.get(found.reader))
    }

    /// A conflict with one that is doomed does not count, nor is it looked for. (`RWConflictExists`)
    pub(super) fn conflict_exists(&self, reader: SerializableId, writer: SerializableId) -> bool {
        !self.get(reader).doomed && !self.get(writer).doomed && self.conflicts.contains(&RwConflict { reader, writer })
    }
}
