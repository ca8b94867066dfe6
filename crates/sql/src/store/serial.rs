//! What SERIALIZABLE adds to reading, writing and ending. (The calls into PostgreSQL's `predicate.c`)

use super::heap::Version;
use super::visibility::death;
use super::xact::{Snapshot, Status};
use super::{SessionId, Store, Tid, Xid};
use crate::error::{Run, SqlError, Stop};
use crate::query::plan::Oid;
use crate::ssi::{Begun, SafeSnapshot};
use std::rc::Rc;

impl Store {
    /// A serialisable transaction takes its snapshot. (`GetSerializableTransactionSnapshot`)
    pub(super) fn ssi_snapshot(&mut self, me: SessionId) -> Run<Rc<Snapshot>> {
        if let Some(taken) = self.session_mut(me).unsafe_snapshot.take() {
            match self.ssi.safe_snapshot(me) {
                SafeSnapshot::Safe => return Ok(taken),
                SafeSnapshot::Retry => {}
                SafeSnapshot::Wait => {
                    self.session_mut(me).unsafe_snapshot = Some(taken);
                    return Err(Stop::Wait);
                }
            }
        }
        let transaction = self.transaction(me);
        transaction.serializable = true;
        let (read_only, deferrable) = (transaction.read_only, transaction.deferrable);
        let xid = transaction.levels[0].xid;
        let snapshot = Rc::new(self.xacts.snapshot());
        match self.ssi.begin(me, snapshot.xmin, read_only, deferrable) {
            Begun::Tracked | Begun::Safe => {
                if let Some(xid) = xid {
                    self.ssi.register_xid(me, xid);
                }
                Ok(snapshot)
            }
            Begun::Wait => {
                self.session_mut(me).unsafe_snapshot = Some(snapshot);
                Err(Stop::Wait)
            }
        }
    }

    pub(super) fn ssi_register(&mut self, me: SessionId, xid: Xid) {
        if self.transaction(me).serializable {
            self.ssi.register_xid(me, xid);
        }
    }

    pub(super) fn ssi_pre_commit(&mut self, me: SessionId) -> Result<(), SqlError> {
        match &self.session(me).transaction {
            Some(transaction) if transaction.serializable => self.ssi.pre_commit(me),
            _ => Ok(()),
        }
    }

    pub(super) fn ssi_release(&mut self, me: SessionId, commit: bool) {
        if commit {
            let next = self.xacts.next();
            self.ssi.commit(me, next);
        } else {
            self.ssi.abort(me);
        }
    }

    /// A write: see [`crate::ssi::Ssi::conflict_in`].
    pub(super) fn conflict_in(
        &mut self,
        me: SessionId,
        relation: Oid,
        tid: Option<Tid>,
        page: Option<u32>,
    ) -> Result<(), SqlError> {
        match &self.session(me).transaction {
            Some(transaction) if transaction.serializable => {
                let nested = transaction.levels.len() > 1;
                self.ssi.conflict_in(me, relation, tid, page, nested)
            }
            _ => Ok(()),
        }
    }

    /// A version was looked at: whoever made or ended it without this snapshot's knowledge comes after this transaction; and
    /// if it was seen, whoever changes it comes after too. (`HeapCheckForSerializableConflictOut`, `PredicateLockTID`)
    pub(super) fn ssi_read(
        &mut self,
        me: SessionId,
        relation: Oid,
        tid: Tid,
        version: &Version,
        seen: bool,
        snapshot: &Snapshot,
    ) -> Result<(), SqlError> {
        if seen {
            let own = self.xacts.is_current(version.xmin, me.into());
            self.ssi.lock_tuple(me, relation, tid, own);
        }
        if !self.ssi.conflict_out_needed(me)? {
            return Ok(());
        }
        // Checks of foreign keys see what is new; what is concurrent is for the transaction's own snapshot to say. (`XidIsConcurrent`)
        let own = self.session(me).transaction.as_ref().and_then(|it| it.snapshot.clone());
        let snapshot = own.as_deref().unwrap_or(snapshot);
        let horizon = snapshot.xmin;
        let writer = match self.xacts.status(version.xmin) {
            Status::Aborted => return Ok(()),
            Status::InProgress => match version.xmax.changer() {
                Some(changer) if seen && self.xacts.in_progress(changer) => changer,
                _ => version.xmin,
            },
            Status::Committed => match version.xmax.changer().filter(|changer| !self.xacts.aborted(*changer)) {
                None if seen => return Ok(()),
                None => version.xmin,
                Some(_) if death(version, &self.xacts, horizon) != super::heap::Death::No => return Ok(()),
                Some(changer) => {
                    let writer = if seen { changer } else { version.xmin };
                    if writer < horizon {
                        return Ok(());
                    }
                    writer
                }
            },
        };
        let writer = self.xacts.top(writer);
        if writer < horizon {
            return Ok(());
        }
        self.ssi.conflict_out(me, writer, snapshot.leaves_out(writer))
    }

    /// Whether reads are followed for this session.
    pub(super) fn ssi_tracks(&self, me: SessionId) -> bool {
        self.session(me).transaction.as_ref().is_some_and(|it| it.serializable) && self.ssi.is_tracked(me)
    }
}
