//! The end of a serialisable transaction, and of what is remembered of it. (`PreCommit_CheckForSerializationFailure`,
//! `ReleasePredicateLocks`, `ClearOldPredicateLocks`)

use super::transaction::failure;
use super::{RwConflict, SerializableId, Ssi};
use crate::error::SqlError;
use crate::store::{SessionId, Xid};

impl Ssi {
    /// The last check before a commit, or before `PREPARE TRANSACTION`; after it only the transaction itself can fail. It may
    /// doom others: a pivot is given up rather than the one that is about to commit, so that somebody gets on.
    ///
    /// # Errors
    ///
    /// 40001 if the transaction has been chosen to fail, or the pivot cannot be because it is prepared.
    pub fn pre_commit(&mut self, session: SessionId) -> Result<(), SqlError> {
        let Some(me) = self.running(session) else { return Ok(()) };
        if self.get(me).doomed {
            return Err(failure("Canceled on identification as a pivot, during commit attempt"));
        }
        let pivots: Vec<_> = self.readers_blind_to(me).map(|pivot| pivot.id).collect();
        for pivot in pivots {
            let near = self.get(pivot);
            if near.committed || near.doomed {
                continue;
            }
            let prepared = near.prepared;
            let dangerous = self
                .readers_blind_to(pivot)
                .any(|far| far.id == me || (!far.committed && !far.read_only && !far.doomed));
            if dangerous && prepared {
                return Err(failure("Canceled on commit attempt with conflict in from prepared pivot"));
            }
            self.get_mut(pivot).doomed |= dangerous;
        }
        self.last_commit += 1;
        let at = self.last_commit;
        let me = self.get_mut(me);
        me.prepared_at = at;
        me.prepared = true;
        Ok(())
    }

    /// `PREPARE TRANSACTION`, after [`Ssi::pre_commit`]: the session is free, the transaction stays. (`PostPrepare_PredicateLocks`)
    pub fn prepare(&mut self, session: SessionId) {
        if let Some(id) = self.running(session) {
            self.get_mut(id).session = None;
            self.local.retain(|local| local.transaction != id);
        }
    }

    /// A session's transaction has committed, after [`Ssi::pre_commit`]. `next` is the number that the next transaction gets.
    pub fn commit(&mut self, session: SessionId, next: Xid) {
        if let Some(id) = self.running(session) {
            self.finish(id, Some(next));
        }
    }

    /// A session's transaction was rolled back.
    pub fn abort(&mut self, session: SessionId) {
        if let Some(id) = self.running(session) {
            self.finish(id, None);
        }
    }

    /// `COMMIT PREPARED`, of a transaction of any isolation level.
    pub fn commit_prepared(&mut self, xid: Xid, next: Xid) {
        self.finish_prepared(xid, Some(next));
    }

    /// `ROLLBACK PREPARED`, of a transaction of any isolation level.
    pub fn abort_prepared(&mut self, xid: Xid) {
        self.finish_prepared(xid, None);
    }

    fn finish_prepared(&mut self, xid: Xid, next: Option<Xid>) {
        if let Some(id) = self.by_xid(xid).filter(|id| self.get(*id).session.is_none() && self.get(*id).is_active()) {
            // Whether it wrote was not kept: most likely it did.
            self.get_mut(id).wrote = true;
            self.finish(id, next);
        }
    }

    /// `next` if it commits.
    fn finish(&mut self, id: SerializableId, next: Option<Xid>) {
        let oldest = self.oldest_xmin();
        let declared_read_only = self.get(id).read_only;
        let last_commit = self.last_commit + u64::from(next.is_some());
        self.last_commit = last_commit;
        let me = self.get_mut(id);
        me.session = None;
        me.waiting = false;
        match next {
            Some(next) => {
                me.finished_before = next;
                me.committed = true;
                me.committed_at = last_commit;
                me.read_only |= !me.wrote;
            }
            None => {
                me.doomed = true;
                me.rolled_back = true;
                me.prepared = false;
            }
        }
        if !declared_read_only && self.writers() == 0 {
            // Nobody is left who could write what a committed transaction has read, or complete a structure with it.
            self.clearable = last_commit;
        }
        self.release_conflicts(id);
        if declared_read_only {
            self.possible.retain(|possible| possible.reader != id);
        } else {
            self.tell_readers(id);
        }
        self.local.retain(|local| local.transaction != id);
        let cleanable = self.oldest_xmin() != oldest;
        if next.is_some() {
            self.finished.push(id);
        } else {
            self.forget(id);
        }
        if cleanable {
            self.clear_old();
        }
    }

    /// Drops the conflicts that no longer matter, and remembers of those out to committed transactions that there were some.
    fn release_conflicts(&mut self, id: SerializableId) {
        let me = *self.get(id);
        if me.committed && !me.read_only {
            let committed = self.writers_unseen_by(id).filter(|writer| writer.committed);
            if let Some(earliest) = committed.map(|writer| writer.prepared_at).min() {
                let me = self.get_mut(id);
                me.earliest_out = earliest;
                me.conflict_out = true;
            }
        }
        let mut conflicts = std::mem::take(&mut self.conflicts);
        conflicts.retain(|RwConflict { reader, writer }| {
            let (reads, writes) = (self.get(*reader), self.get(*writer));
            match () {
                _ if *reader == id => me.committed && !writes.committed && writes.last_commit < self.last_commit,
                _ if *writer == id => me.committed && !reads.committed && !reads.read_only,
                _ => true,
            }
        });
        self.conflicts = conflicts;
    }

    /// A writer has finished: read-only transactions that ran beside it are safe if it was the last one that could have done
    /// harm, and not safe if it has a conflict out to one that they have seen.
    fn tell_readers(&mut self, id: SerializableId) {
        let me = *self.get(id);
        let readers: Vec<_> =
            self.possible.iter().filter(|possible| possible.writer == id).map(|possible| possible.reader).collect();
        for reader in readers {
            let harmful = me.committed && me.wrote && me.conflict_out;
            let not_safe = harmful && me.earliest_out <= self.get(reader).last_commit;
            self.possible.retain(|possible| possible.reader != reader || (possible.writer != id && !not_safe));
            let safe = !not_safe && self.possible.iter().all(|possible| possible.reader != reader);
            let reader = self.get_mut(reader);
            reader.not_safe |= not_safe;
            reader.safe |= safe;
            if let Some(session) = reader.session.filter(|_| reader.waiting && (safe || not_safe)) {
                self.decided.push(session);
            }
        }
    }

    /// Forgets committed transactions that nobody who runs is concurrent with, and what those have read that only read-only
    /// ones are concurrent with.
    fn clear_old(&mut self) {
        let oldest = self.oldest_xmin();
        for id in self.finished.clone() {
            let old = *self.get(id);
            if oldest.is_none_or(|oldest| old.finished_before <= oldest) {
                self.finished.retain(|finished| *finished != id);
                self.forget(id);
            } else if old.committed_at > self.cleared && old.committed_at <= self.clearable {
                self.cleared = old.committed_at;
                if old.read_only {
                    self.finished.retain(|finished| *finished != id);
                    self.forget(id);
                } else {
                    self.locks.retain(|lock| lock.transaction != id);
                    self.conflicts.retain(|conflict| conflict.writer != id);
                }
            } else {
                break;
            }
        }
    }

    /// Removes a transaction with everything that points to it. (`ReleaseOneSerializableXact`)
    fn forget(&mut self, id: SerializableId) {
        self.locks.retain(|lock| lock.transaction != id);
        self.conflicts.retain(|conflict| conflict.reader != id && conflict.writer != id);
        self.remove(id);
    }
}
