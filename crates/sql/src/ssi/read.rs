//! Taking SIREAD locks. (`PredicateLockAcquire` and what it calls)
//!
//! Each transaction keeps an account of its own of what it holds. It does not learn what others do with its locks when a page
//! is split or a table rewritten, so the account may be out of date; as in PostgreSQL, it decides all the same.

use super::{SerializableId, SiRead, Ssi, Target};
use crate::query::plan::Oid;
use crate::store::{SessionId, Tid};

/// A transaction's own account of a target. (`LOCALPREDICATELOCK`)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Local {
    pub transaction: SerializableId,
    pub target: Target,
    /// Whether it has the lock itself.
    pub held: bool,
    /// How many locks it has inside.
    pub inside: u32,
}

impl Ssi {
    /// What a session runs, if its reads must be noted. A transaction that has become safe in the meantime is let go.
    /// (`SerializationNeededForRead`)
    pub(super) fn reader(&mut self, session: SessionId) -> Option<SerializableId> {
        let id = self.running(session)?;
        if self.get(id).safe {
            self.abort(session);
            return None;
        }
        Some(id)
    }

    /// A whole table or index was read: a sequential scan, an index scan without a page to stay on.
    pub fn lock_relation(&mut self, session: SessionId, relation: Oid) {
        if let Some(id) = self.reader(session) {
            self.lock(id, Target::relation(relation));
        }
    }

    /// A page of an index was read, or a page of a table of which only the visibility map was looked at.
    pub fn lock_page(&mut self, session: SessionId, relation: Oid, page: u32) {
        if let Some(id) = self.reader(session) {
            self.lock(id, Target::page(relation, page));
        }
    }

    /// A row version was read. `own`: this transaction, or a subtransaction of it, made it; then nothing need be noted.
    pub fn lock_tuple(&mut self, session: SessionId, relation: Oid, tid: Tid, own: bool) {
        if let Some(id) = self.reader(session)
            && !own
        {
            self.lock(id, Target::tuple(relation, tid));
        }
    }

    /// Whether a session's transaction believes it has a lock that covers a target. (`PredicateLockExists`,
    /// `CoarserLockCovers`)
    pub fn is_covered(&self, session: SessionId, target: Target) -> bool {
        self.running(session).is_some_and(|id| self.covers(id, target))
    }

    fn covers(&self, id: SerializableId, target: Target) -> bool {
        let held = |target| self.find_local(id, target).is_ok_and(|at| self.local[at].held);
        held(target) || target.ancestors().any(held)
    }

    fn find_local(&self, id: SerializableId, target: Target) -> Result<usize, usize> {
        self.local.binary_search_by_key(&(id, target), |local| (local.transaction, local.target))
    }

    fn local_mut(&mut self, id: SerializableId, target: Target) -> &mut Local {
        let at = self.find_local(id, target).unwrap_or_else(|at| {
            self.local.insert(at, Local { transaction: id, target, held: false, inside: 0 });
            at
        });
        &mut self.local[at]
    }

    /// Takes a lock unless something covers it. Too many on one page become one on the page, too many in one table one on the
    /// table; finer ones are given up.
    fn lock(&mut self, id: SerializableId, target: Target) {
        if self.covers(id, target) {
            return;
        }
        self.local_mut(id, target).held = true;
        self.insert_lock(SiRead { target, transaction: id });
        let mut coarser = None;
        for ancestor in target.ancestors() {
            let local = self.local_mut(id, ancestor);
            local.inside += 1;
            if local.inside > ancestor.most_inside() {
                coarser = Some(ancestor);
            }
        }
        match coarser {
            Some(coarser) => self.lock(id, coarser),
            None => self.drop_inside(id, target),
        }
    }

    fn drop_inside(&mut self, id: SerializableId, target: Target) {
        let inside =
            |lock: &SiRead| lock.transaction == id && lock.target.ancestors().any(|covering| covering == target);
        let dropped: Vec<_> = self.locks.iter().filter(|lock| inside(lock)).map(|lock| lock.target).collect();
        self.locks.retain(|lock| !inside(lock));
        for target in dropped {
            self.count_down(id, target);
        }
    }

    /// A lock is gone: those around it have one less inside. (`DecrementParentLocks`)
    fn count_down(&mut self, id: SerializableId, target: Target) {
        for ancestor in target.ancestors() {
            if let Ok(at) = self.find_local(id, ancestor) {
                let local = &mut self.local[at];
                local.inside = local.inside.saturating_sub(1);
                if local.inside == 0 && !local.held {
                    self.local.remove(at);
                }
            }
        }
    }

    /// The locks on exactly this target, first taken first.
    pub(super) fn locks_on(&self, target: Target) -> &[SiRead] {
        let start = self.locks.partition_point(|lock| lock.target < target);
        let length = self.locks[start..].iter().take_while(|lock| lock.target == target).count();
        &self.locks[start..start + length]
    }

    /// Notes a lock, once. The transaction's own account is not touched. (`CreatePredicateLock`)
    pub(super) fn insert_lock(&mut self, lock: SiRead) {
        if !self.locks_on(lock.target).contains(&lock) {
            let at = self.locks.partition_point(|other| other.target <= lock.target);
            self.locks.insert(at, lock);
        }
    }

    /// A transaction writes what it has read: its write covers the read.
    pub(super) fn drop_own(&mut self, id: SerializableId, target: Target) {
        let lock = SiRead { target, transaction: id };
        if self.locks_on(target).contains(&lock) {
            self.locks.retain(|other| *other != lock);
            if let Ok(at) = self.find_local(id, target) {
                self.local.remove(at);
            }
            self.count_down(id, target);
        }
    }
}
