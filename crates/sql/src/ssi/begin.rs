//! Taking the snapshot of a serialisable transaction. (`GetSerializableTransactionSnapshotInt`, `GetSafeSnapshot`)

use super::transaction::{Transaction, UNSET};
use super::{RwConflict, SerializableId, Ssi};
use crate::locks::Owner;
use crate::store::{SessionId, Xid};

/// What is to be done with a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// What it reads must be noted.
    Tracked,
    /// No writer runs that could do harm: a read-only transaction has nothing to note and cannot fail.
    Safe,
    /// `DEFERRABLE`: wait. [`Ssi::take_decided`] names the session when [`Ssi::safe_snapshot`] has an answer.
    Wait,
}

/// Whether a deferrable transaction can go on with the snapshot it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SafeSnapshot {
    /// It can; nothing more is noted for it.
    Safe,
    /// Take another one and [`Ssi::begin`] again.
    Retry,
    Wait,
}

impl Ssi {
    /// A serialisable transaction takes its snapshot, right after which nothing else may happen before this call. `xmin` is the
    /// snapshot's. `deferrable` counts for read-only transactions alone.
    pub fn begin(&mut self, session: SessionId, xmin: Xid, read_only: bool, deferrable: bool) -> Begun {
        self.abort(session);
        let harmful = |other: &Transaction| !other.committed && !other.doomed && !other.read_only;
        let writers: Vec<_> = self.transactions.iter().filter(|other| harmful(other)).map(|other| other.id).collect();
        if read_only && writers.is_empty() {
            return Begun::Safe;
        }
        let id = self.next;
        self.next = SerializableId(id.0 + 1);
        if read_only {
            self.possible.extend(writers.into_iter().map(|writer| RwConflict { reader: id, writer }));
        }
        let waiting = read_only && deferrable;
        self.transactions.push(Transaction {
            id,
            began: session,
            session: Some(session),
            xid: None,
            xmin,
            finished_before: Xid::default(),
            prepared_at: UNSET,
            committed_at: UNSET,
            last_commit: self.last_commit,
            earliest_out: UNSET,
            committed: false,
            prepared: false,
            rolled_back: false,
            doomed: false,
            conflict_out: false,
            read_only,
            waiting,
            safe: false,
            not_safe: false,
            wrote: false,
        });
        if waiting { Begun::Wait } else { Begun::Tracked }
    }

    /// Asks again after [`Begun::Wait`]. For a session that does not wait the answer is `Safe`.
    pub fn safe_snapshot(&mut self, session: SessionId) -> SafeSnapshot {
        let Some(id) = self.running(session).filter(|id| self.get(*id).waiting) else { return SafeSnapshot::Safe };
        let not_safe = self.get(id).not_safe;
        if !not_safe && self.possible.iter().any(|possible| possible.reader == id) {
            return SafeSnapshot::Wait;
        }
        self.abort(session);
        if not_safe { SafeSnapshot::Retry } else { SafeSnapshot::Safe }
    }

    /// Sessions whose wait for a safe snapshot is over, in that order. Each is named once.
    pub fn take_decided(&mut self) -> Vec<SessionId> {
        std::mem::take(&mut self.decided)
    }

    /// Whom a session that waits for a safe snapshot waits for. (`GetSafeSnapshotBlockingPids`)
    pub fn safe_snapshot_blockers(&self, session: SessionId) -> Vec<Owner> {
        let Some(id) = self.running(session).filter(|id| self.get(*id).waiting) else { return Vec::new() };
        let writers = self.possible.iter().filter(|possible| possible.reader == id).map(|possible| possible.writer);
        writers
            .filter_map(|writer| {
                let writer = self.get(writer);
                writer.session.map(Owner::Session).or(writer.xid.map(Owner::Prepared))
            })
            .collect()
    }

    /// The transaction was given a number: not a subtransaction's, and after [`Ssi::begin`]. PostgreSQL does not find those
    /// that had one before their snapshot either. (`RegisterPredicateLockingXid`)
    pub fn register_xid(&mut self, session: SessionId, xid: Xid) {
        if let Some(id) = self.running(session) {
            self.get_mut(id).xid = Some(xid);
        }
    }
}
