//! What can be seen of serialisable transactions. (`GetPredicateLockStatusData`, `SIReadLock` in `pg_locks`)

use super::{RwConflict, SerializableId, SiRead, Ssi};
use crate::store::{SessionId, Xid};

/// How far a transaction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Active,
    /// It will fail, and does not know it yet.
    Doomed,
    Prepared,
    /// It is remembered because others ran beside it.
    Committed,
}

/// A serialisable transaction as others see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransactionView {
    pub id: SerializableId,
    /// The session that began it.
    pub session: SessionId,
    /// Its number, if it has one.
    pub xid: Option<Xid>,
    pub fate: Fate,
    /// Declared so, or it committed without having written.
    pub read_only: bool,
    /// It is read-only and nothing can go wrong any more.
    pub safe: bool,
}

impl Ssi {
    /// Whether a session runs a serialisable transaction whose reads and writes are followed.
    pub fn is_tracked(&self, session: SessionId) -> bool {
        self.running(session).is_some()
    }

    /// Whether a session's transaction will fail.
    pub fn is_doomed(&self, session: SessionId) -> bool {
        self.running(session).is_some_and(|id| self.get(id).doomed)
    }

    /// All that are remembered, in the order in which they began.
    pub fn transactions(&self) -> Vec<TransactionView> {
        let view = |one: &super::Transaction| TransactionView {
            id: one.id,
            session: one.began,
            xid: one.xid,
            fate: match () {
                _ if one.committed => Fate::Committed,
                _ if one.doomed => Fate::Doomed,
                _ if one.prepared => Fate::Prepared,
                _ => Fate::Active,
            },
            read_only: one.read_only,
            safe: one.safe,
        };
        self.transactions.iter().map(view).collect()
    }

    /// All SIREAD locks, by what they are on.
    pub fn locks(&self) -> &[SiRead] {
        &self.locks
    }

    /// All rw-conflicts that still matter, in the order in which they were found.
    pub fn conflicts(&self) -> &[RwConflict] {
        &self.conflicts
    }
}
