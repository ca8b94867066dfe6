//! Giving locks back, and changing for how long they are kept. (`LockRelease`, `LockReleaseAll`, `LockReassignOwner`,
//! `PostPrepare_Locks` in `lock.c`; `RemoveFromWaitQueue`)

use super::table::Held;
use super::{Hold, LockManager, LockMode, LockTag, Owner};
use crate::error::SqlError;
use crate::store::{SessionId, Xid};

impl LockManager {
    /// Gives back one of possibly several holds of a lock. `false` if there is none of that mode and length, which PostgreSQL
    /// answers with the warning `you don't own a lock of type …`.
    pub fn release(&mut self, owner: impl Into<Owner>, tag: LockTag, mode: LockMode, hold: Hold) -> bool {
        let owner = owner.into();
        let Some(at) = self.find_held(owner, tag, mode, hold) else { return false };
        self.held[at].count -= 1;
        if self.held[at].count == 0 {
            self.held.remove(at);
            self.settle(owner, tag);
        }
        true
    }

    /// The end of a transaction: everything but session-level locks is given back, and a wait ends.
    pub fn release_transaction(&mut self, owner: impl Into<Owner>) {
        let owner = owner.into();
        if let Owner::Session(session) = owner {
            self.cancel_wait(session);
        }
        self.release_where(owner, |hold| hold != Hold::Session);
    }

    /// A subtransaction is rolled back, and those inside it: `level` and deeper.
    pub fn release_level(&mut self, owner: impl Into<Owner>, level: u32) {
        let owner = owner.into();
        if let Owner::Session(session) = owner {
            self.cancel_wait(session);
        }
        self.release_where(owner, |hold| matches!(hold, Hold::Transaction { level: at } if at >= level));
    }

    /// A subtransaction is released, and those inside it: what `level` and deeper hold belongs to the level above.
    pub fn merge_level(&mut self, owner: impl Into<Owner>, level: u32) {
        let range = self.held_range(owner.into());
        let start = range.start;
        let is_inner = |held: &Held| matches!(held.hold, Hold::Transaction { level: at } if at >= level);
        let (inner, others): (Vec<_>, Vec<_>) = self.held.drain(range).partition(is_inner);
        self.held.splice(start..start, others);
        for held in inner {
            self.count_up(Held { hold: Hold::Transaction { level: level.saturating_sub(1).max(1) }, ..held });
        }
    }

    /// Session-level locks are given back: `pg_advisory_unlock_all`, or the session ends (after its transaction did).
    pub fn release_session(&mut self, owner: impl Into<Owner>) {
        self.release_where(owner.into(), |hold| hold == Hold::Session);
    }

    fn release_where(&mut self, owner: Owner, ends: impl Fn(Hold) -> bool) {
        let mut tags = Vec::new();
        for at in self.held_range(owner).rev() {
            if ends(self.held[at].hold) {
                tags.push(self.held.remove(at).tag);
            }
        }
        tags.reverse();
        tags.dedup();
        for tag in tags {
            self.settle(owner, tag);
        }
    }

    /// `PREPARE TRANSACTION`: the transaction's locks go to `Owner::Prepared(xid)`; session-level ones stay.
    ///
    /// # Errors
    ///
    /// 0A000 if the session holds something both for the transaction and for the session; nothing has changed then.
    /// (`CheckForSessionAndXactLocks`)
    pub fn prepare(&mut self, session: SessionId, xid: Xid) -> Result<(), SqlError> {
        let owner = Owner::Session(session);
        let held: Vec<Held> = self.held[self.held_range(owner)].to_vec();
        let for_session = |held: &&Held| held.hold == Hold::Session;
        if held
            .iter()
            .filter(for_session)
            .any(|one| held.iter().any(|other| other.tag == one.tag && !for_session(&other)))
        {
            return Err(SqlError::new(
                "0A000",
                "cannot PREPARE while holding both session-level and transaction-level locks on the same object",
            ));
        }
        self.cancel_wait(session);
        let prepared = Owner::Prepared(xid);
        for held in held.iter().filter(|held| !for_session(held)) {
            if let Some(at) = self.find_held(owner, held.tag, held.mode, held.hold) {
                self.held.remove(at);
            }
            for member in self.members.iter_mut().filter(|member| member.tag == held.tag && member.owner == owner) {
                member.owner = prepared;
            }
            self.count_up(Held { owner: prepared, hold: Hold::Transaction { level: 1 }, ..*held });
        }
        Ok(())
    }

    /// A wait ends without the lock: an alarm, a cancel, a deadlock. Returns whether the session was in a queue.
    ///
    /// If it has been given the lock already and has not come back for it, it keeps it for as long as it meant to, which an
    /// abort of its transaction ends. (`LockErrorCleanup`)
    pub fn cancel_wait(&mut self, session: SessionId) -> bool {
        if let Some(at) = self.handed.iter().position(|handed| handed.session == session) {
            self.forget_handed(at);
        }
        let Some(at) = self.queue.iter().position(|waiting| waiting.session == session) else { return false };
        let tag = self.queue.remove(at).tag;
        self.forget_idle(tag, session.into());
        self.hand_on(tag);
        true
    }
}
