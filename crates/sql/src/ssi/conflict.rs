//! Finding rw-conflicts, and the dangerous structures they make. (`CheckForSerializableConflictOut`,
//! `CheckForSerializableConflictIn`, `OnConflict_CheckForSerializationFailure`)

use super::transaction::failure;
use super::{RwConflict, SerializableId, Ssi, Target};
use crate::error::SqlError;
use crate::query::plan::Oid;
use crate::store::{SessionId, Tid, Xid};

impl Ssi {
    /// Whether a read has to look for writes that it did not see.
    ///
    /// # Errors
    ///
    /// 40001 if the transaction has been chosen to fail.
    pub fn conflict_out_needed(&mut self, session: SessionId) -> Result<bool, SqlError> {
        match self.reader(session) {
            Some(id) if self.get(id).doomed => {
                Err(failure("Canceled on identification as a pivot, during conflict out checking"))
            }
            reader => Ok(reader.is_some()),
        }
    }

    /// A session reads a row version that it cannot see, or that it can see and that is not the last one: `writer` is the
    /// top-level number of who made it, or of who changed or deleted it. `concurrent`: the session's snapshot does not contain
    /// that transaction. (`heapam.c`, `HeapCheckForSerializableConflictOut`, says which number that is)
    ///
    /// # Errors
    ///
    /// 40001 if the transaction has been chosen to fail, or must fail now.
    pub fn conflict_out(&mut self, session: SessionId, writer: Xid, concurrent: bool) -> Result<(), SqlError> {
        if !self.conflict_out_needed(session)? {
            return Ok(());
        }
        let (Some(me), Some(writer)) = (self.running(session), self.by_xid(writer)) else { return Ok(()) };
        let (reader, other) = (self.get(me), self.get(writer));
        if me == writer || other.doomed {
            return Ok(());
        }
        // A read-only transaction comes first in the serial order, unless the writer must come after one that it has seen.
        let first = !other.conflict_out || reader.last_commit < other.earliest_out;
        if reader.read_only && other.committed && first {
            return Ok(());
        }
        if !concurrent || self.conflict_exists(me, writer) {
            return Ok(());
        }
        self.flag(me, RwConflict { reader: me, writer })
    }

    /// A session writes: the row version `tid` of a table is changed, deleted or locked for update on `page`; or with neither,
    /// a row is added to the table; or with a page alone, an entry to that page of an index. `nested`: in a subtransaction.
    ///
    /// # Errors
    ///
    /// 40001 if the transaction has been chosen to fail, or must fail now.
    pub fn conflict_in(
        &mut self,
        session: SessionId,
        relation: Oid,
        tid: Option<Tid>,
        page: Option<u32>,
        nested: bool,
    ) -> Result<(), SqlError> {
        let Some(me) = self.running(session) else { return Ok(()) };
        self.begin_write(me)?;
        // From the finest to the coarsest, so that no lock is missed because it was just made a coarser one.
        let tuple = tid.map(|tid| Target::tuple(relation, tid));
        let page = page.map(|page| Target::page(relation, page));
        for target in [tuple, page, Some(Target::relation(relation))].into_iter().flatten() {
            self.check_target(me, target, nested)?;
        }
        Ok(())
    }

    fn begin_write(&mut self, me: SerializableId) -> Result<(), SqlError> {
        if self.get(me).doomed {
            return Err(failure("Canceled on identification as a pivot, during conflict in checking"));
        }
        self.get_mut(me).wrote = true;
        Ok(())
    }

    fn check_target(&mut self, me: SerializableId, target: Target, nested: bool) -> Result<(), SqlError> {
        let xmin = self.get(me).xmin;
        let mut own = false;
        let readers: Vec<_> = self.locks_on(target).iter().map(|lock| lock.transaction).collect();
        for reader in readers {
            let other = self.get(reader);
            if reader == me {
                // A subtransaction's write may be taken back, and then the lock would be missing.
                own = !nested && target.is_tuple();
            } else if !other.doomed
                && (!other.committed || xmin < other.finished_before)
                && !self.conflict_exists(reader, me)
            {
                self.flag(me, RwConflict { reader, writer: me })?;
            }
        }
        if own {
            self.drop_own(me, target);
        }
        Ok(())
    }

    /// A session empties or drops a table: whoever has read any of it has not seen that. Locks on its indexes do not count.
    /// (`CheckTableForSerializableConflictIn`)
    ///
    /// # Errors
    ///
    /// 40001 if the transaction must fail now.
    pub fn table_conflict_in(&mut self, session: SessionId, table: Oid) -> Result<(), SqlError> {
        let Some(me) = self.running(session) else { return Ok(()) };
        self.get_mut(me).wrote = true;
        let on_table = |target: Target| target.relation == table;
        let readers: Vec<_> =
            self.locks.iter().filter(|lock| on_table(lock.target)).map(|lock| lock.transaction).collect();
        for reader in readers {
            if reader != me && !self.conflict_exists(reader, me) {
                self.flag(me, RwConflict { reader, writer: me })?;
            }
        }
        Ok(())
    }

    /// Notes a conflict that `me` has found, unless that makes `me` fail. It may doom the writer instead.
    fn flag(&mut self, me: SerializableId, conflict: RwConflict) -> Result<(), SqlError> {
        if self.is_dangerous(conflict) {
            let writer = self.get_mut(conflict.writer);
            if me == conflict.writer {
                return Err(failure("Canceled on identification as a pivot, during write"));
            }
            if writer.prepared {
                let xid = writer.xid.unwrap_or_default().0;
                return Err(failure(format_args!("Canceled on conflict out to pivot {xid}, during read")));
            }
            writer.doomed = true;
        }
        self.conflicts.push(conflict);
        Ok(())
    }

    /// Whether a conflict completes a structure in which the last one committed first.
    fn is_dangerous(&self, RwConflict { reader, writer }: RwConflict) -> bool {
        let (before, after) = (self.get(reader), self.get(writer));
        // Reader, writer, one that committed before the writer did.
        if after.committed && after.conflict_out {
            return true;
        }
        // The writer as the pivot: reader, writer, one that commits before both. A read-only reader must have seen that one.
        let writer_is_pivot = self.writers_unseen_by(writer).any(|last| {
            last.prepared
                && (!before.committed || last.prepared_at <= before.committed_at)
                && (!after.committed || last.prepared_at <= after.committed_at)
                && (!before.read_only || last.prepared_at <= before.last_commit)
        });
        // The reader as the pivot: one that does not see the reader, the reader, the writer that commits before both.
        let reader_is_pivot = || {
            self.readers_blind_to(reader).any(|first| {
                !first.doomed
                    && (!first.committed || first.committed_at >= after.prepared_at)
                    && (!first.read_only || first.last_commit >= after.prepared_at)
            })
        };
        writer_is_pivot || (after.prepared && !before.read_only && reader_is_pivot())
    }
}
