//! Locking, replacing and deleting one row version, with all the waiting that takes. (PostgreSQL's `heapam.c`)
//!
//! Each operation is called again after a wait and finds its way from what the row is by then; what it must not forget in
//! between is in its [`Pause`].

use super::heap::Version;
use super::visibility::{Grip, grip, visible};
use super::xact::Snapshot;
use super::xmax::{Hand, Xmax};
use super::{SessionId, Store, Tid, Xid};
use crate::catalog::Table;
use crate::error::{Run, SqlError, Stop};
use crate::locks::{Hold, LockMode, LockTag, Owner};
use crate::query::plan::{RowLock, WaitPolicy};
use crate::value::Value;
use std::rc::Rc;

/// What a row operation keeps while it waits.
#[derive(Clone, Debug, Default)]
pub struct Pause {
    /// The place in the row's queue that it has: first come, first served.
    place: Option<(LockTag, LockMode, Hold)>,
    /// It has looked for locks of its own.
    looked: bool,
    /// It holds a weaker lock already and must not queue behind those who wait for that very lock.
    skips_queue: bool,
}

/// What became of an update.
#[derive(Clone, Debug)]
pub struct Updated {
    /// Where the new version is.
    pub tid: Tid,
    /// No index has to hear of it.
    pub hot: bool,
}

impl Store {
    /// Waits until a transaction has ended. (`XactLockTableWait`)
    pub fn wait_for_xact(&mut self, me: SessionId, xid: Xid) -> Run<()> {
        for xid in [xid, self.xacts.top(xid)] {
            self.acquire(me, LockTag::Transaction(xid), LockMode::Share, Hold::Moment)?;
            if !self.xacts.in_progress(xid) {
                break;
            }
        }
        Ok(())
    }

    /// Whether a transaction has ended. (`ConditionalXactLockTableWait`)
    fn has_ended(&mut self, me: SessionId, xid: Xid) -> bool {
        for xid in [xid, self.xacts.top(xid)] {
            if !self.locks.try_acquire(me, LockTag::Transaction(xid), LockMode::Share, Hold::Moment) {
                return false;
            }
            if !self.xacts.in_progress(xid) {
                break;
            }
        }
        true
    }

    /// Waits for a transaction as the policy says: `false` when the row is to be skipped.
    fn wait_as_told(&mut self, me: SessionId, xid: Xid, policy: WaitPolicy, table: &Table) -> Run<bool> {
        match policy {
            WaitPolicy::Block => self.wait_for_xact(me, xid).map(|()| true),
            WaitPolicy::Skip => Ok(self.has_ended(me, xid)),
            WaitPolicy::Error if self.has_ended(me, xid) => Ok(true),
            WaitPolicy::Error => Err(row_not_available(table).into()),
        }
    }

    /// Takes a place in the row's queue. (`heap_acquire_tuplock`)
    fn queue_up(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: Tid,
        lock: RowLock,
        policy: WaitPolicy,
        pause: &mut Pause,
    ) -> Run<bool> {
        if pause.place.is_some() {
            return Ok(true);
        }
        let (tag, mode) = (LockTag::Tuple(table.oid, tid), lock.queue_mode());
        let hold = Hold::Transaction { level: self.level(me) };
        let taken = match policy {
            WaitPolicy::Block => {
                self.acquire(me, tag, mode, hold)?;
                true
            }
            _ => self.locks.try_acquire(me, tag, mode, hold),
        };
        if !taken && policy == WaitPolicy::Error {
            return Err(row_not_available(table).into());
        }
        pause.place = taken.then_some((tag, mode, hold));
        Ok(taken)
    }

    fn leave_queue(&mut self, me: SessionId, pause: &mut Pause) {
        if let Some((tag, mode, hold)) = pause.place.take() {
            self.locks.release(me, tag, mode, hold);
        }
        *pause = Pause::default();
    }

    /// Locks the version at `tid`: [`Grip::Free`] when it is locked. `follow` locks the versions that an update in progress
    /// has made as well. (`heap_lock_tuple`)
    #[allow(clippy::too_many_arguments)] // PostgreSQL's own, in its order
    pub fn lock_version(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: Tid,
        command: u32,
        lock: RowLock,
        policy: WaitPolicy,
        follow: bool,
        pause: &mut Pause,
    ) -> Run<Grip> {
        let result = self.lock_version_queued(me, table, tid, command, lock, policy, follow, pause)?;
        self.leave_queue(me, pause);
        Ok(result)
    }

    #[allow(clippy::too_many_arguments)]
    fn lock_version_queued(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: Tid,
        command: u32,
        lock: RowLock,
        policy: WaitPolicy,
        follow: bool,
        pause: &mut Pause,
    ) -> Run<Grip> {
        let owner = Owner::Session(me);
        let mut waited_for: Option<Xmax> = None;
        loop {
            let Some(version) = self.heap(table).version(tid) else { return Ok(Grip::Deleted) };
            let found = grip(version, tid, &self.xacts, owner, command);
            match found {
                Grip::Free => break,
                Grip::Held | Grip::Updated | Grip::Deleted => {}
                other => return Ok(other),
            }
            let (xmax, next) = (version.xmax.clone(), version.next);
            // Whoever it waited for has ended, and nothing else has happened: what is left is what they did.
            if waited_for.as_ref() == Some(&xmax) {
                match self.after_wait(&xmax, next, tid) {
                    Grip::Free => break,
                    other => return Ok(other),
                }
            }
            if !std::mem::replace(&mut pause.looked, true) {
                for (_, hand) in xmax.each().filter(|(xid, _)| self.xacts.is_current(*xid, owner)) {
                    if hand.lock() >= lock {
                        return Ok(Grip::Free);
                    }
                    pause.skips_queue = xmax.is_several();
                }
            }
            if self.goes_beside(&xmax, lock, owner) {
                if lock == RowLock::KeyShare && follow && xmax.changer().is_some() && next != tid {
                    match self.lock_newer(me, table, next, xmax.changer(), lock)? {
                        Grip::Free => {}
                        other => return Ok(other),
                    }
                }
                break;
            }
            if found != Grip::Held {
                return Ok(found);
            }
            if !pause.skips_queue && !self.queue_up(me, table, tid, lock, policy, pause)? {
                return Ok(Grip::WouldBlock);
            }
            for (xid, hand) in xmax.each() {
                let matters = !xmax.is_several() || hand.lock().conflicts(lock);
                if matters && !self.xacts.is_current(xid, owner) && !self.wait_as_told(me, xid, policy, table)? {
                    return Ok(Grip::WouldBlock);
                }
            }
            waited_for = Some(xmax);
        }
        self.add_hand(me, table, tid, Hand::of_lock(lock));
        Ok(Grip::Free)
    }

    /// Whether a lock can be had at once although somebody has a hand on the row.
    fn goes_beside(&self, xmax: &Xmax, lock: RowLock, owner: Owner) -> bool {
        let strongest = xmax.each().map(|(_, hand)| hand.lock()).max();
        let beside = match lock {
            RowLock::KeyShare => strongest < Some(RowLock::Update),
            RowLock::Share => xmax.changer().is_none() && strongest <= Some(RowLock::Share),
            RowLock::NoKeyUpdate if xmax.is_several() => !xmax.conflicts(&self.xacts, owner, lock).0,
            RowLock::NoKeyUpdate => matches!(xmax, Xmax::One(_, Hand::ForKeyShare)),
            RowLock::Update => false,
        };
        beside || matches!(xmax, Xmax::One(xid, _) if self.xacts.is_current(*xid, owner))
    }

    /// What those who held a version left behind.
    fn after_wait(&self, xmax: &Xmax, next: Tid, tid: Tid) -> Grip {
        match xmax.changer() {
            None => Grip::Free,
            Some(changer) if self.xacts.aborted(changer) => Grip::Free,
            Some(_) if next != tid => Grip::Updated,
            Some(_) => Grip::Deleted,
        }
    }

    /// Locks the versions that came after one, as long as they were made by updates that count. (`heap_lock_updated_tuple`)
    fn lock_newer(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        first: Tid,
        prior: Option<Xid>,
        lock: RowLock,
    ) -> Run<Grip> {
        let owner = Owner::Session(me);
        let (mut tid, mut prior) = (first, prior);
        loop {
            let Some(version) = self.heap(table).version(tid) else { return Ok(Grip::Free) };
            if prior.is_some_and(|prior| version.xmin != prior) || self.xacts.aborted(version.xmin) {
                return Ok(Grip::Free);
            }
            let (xmax, next) = (version.xmax.clone(), version.next);
            let mut own = false;
            for (xid, hand) in xmax.each() {
                if self.xacts.is_current(xid, owner) {
                    own = true;
                    break;
                }
                if !hand.lock().conflicts(lock) {
                    continue;
                }
                if self.xacts.in_progress(xid) {
                    self.wait_for_xact(me, xid)?;
                }
                if hand.changes() && self.xacts.committed(xid) {
                    return Ok(if next == tid { Grip::Deleted } else { Grip::Updated });
                }
            }
            if !own {
                self.add_hand(me, table, tid, Hand::of_lock(lock));
            }
            let changer = xmax.changer().filter(|changer| !self.xacts.aborted(*changer));
            if changer.is_none() || next == tid {
                return Ok(Grip::Free);
            }
            (tid, prior) = (next, changer);
        }
    }

    /// Adds this session's hand to a version.
    fn add_hand(&mut self, me: SessionId, table: &Rc<Table>, tid: Tid, hand: Hand) {
        let xid = self.assign_xid(me);
        let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
        let Some(version) = heap.version_mut(tid) else { return };
        version.xmax = version.xmax.with(&self.xacts, xid, hand, &mut self.next_several);
        if version.xmax.changer().is_none() {
            version.next = tid;
            version.hot_updated = false;
        }
    }

    /// Locks a row in its newest version: follows those that were replaced by others. The place it was found at is in `tid`;
    /// `moved` says whether that is another one. (`heapam_tuple_lock` with `TUPLE_LOCK_FLAG_FIND_LAST_VERSION`)
    #[allow(clippy::too_many_arguments)]
    pub fn lock_newest(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: &mut Tid,
        command: u32,
        lock: RowLock,
        policy: WaitPolicy,
        follow: bool,
        moved: &mut bool,
        pause: &mut Pause,
    ) -> Run<Grip> {
        use super::visibility::{Dirty, dirty};
        let owner = Owner::Session(me);
        'retry: loop {
            let grip = self.lock_version(me, table, *tid, command, lock, policy, follow, pause)?;
            if grip != Grip::Updated {
                return Ok(grip);
            }
            let Some(version) = self.heap(table).version(*tid) else { return Ok(Grip::Deleted) };
            let (mut at, mut prior) = (version.next, version.xmax.changer());
            loop {
                let Some(version) = self.heap(table).version(at) else { return Ok(Grip::Deleted) };
                if Some(version.xmin) != prior {
                    return Ok(Grip::Deleted);
                }
                match dirty(version, &self.xacts, owner) {
                    Dirty::There | Dirty::Arriving(..) => {
                        if prior.is_some_and(|prior| self.xacts.is_current(prior, owner)) && version.cmin >= command {
                            return Ok(Grip::SelfChanged(version.cmin));
                        }
                        (*tid, *moved) = (at, true);
                        continue 'retry;
                    }
                    Dirty::Leaving(xid) => {
                        if !self.wait_as_told(me, xid, policy, table)? {
                            return Ok(Grip::WouldBlock);
                        }
                    }
                    Dirty::Gone if version.next == at => return Ok(Grip::Deleted),
                    Dirty::Gone => (at, prior) = (version.next, version.xmax.changer()),
                }
            }
        }
    }

    /// What stands in the way of changing a version, after all the waiting it takes. (the first half of `heap_update`, `heap_delete`)
    #[allow(clippy::too_many_arguments)]
    fn seize(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: Tid,
        command: u32,
        lock: RowLock,
        crosscheck: Option<&Snapshot>,
        pause: &mut Pause,
    ) -> Run<Grip> {
        let owner = Owner::Session(me);
        let mut waited_for: Option<Xmax> = None;
        let result = loop {
            let Some(version) = self.heap(table).version(tid) else { break Grip::Deleted };
            let found = grip(version, tid, &self.xacts, owner, command);
            if found != Grip::Held {
                break found;
            }
            let (xmax, next) = (version.xmax.clone(), version.next);
            if waited_for.as_ref() == Some(&xmax) {
                break self.after_wait(&xmax, next, tid);
            }
            match &xmax {
                Xmax::Several { .. } => {
                    let (conflict, own) = xmax.conflicts(&self.xacts, owner, lock);
                    if !conflict {
                        break self.after_wait(&xmax, next, tid);
                    }
                    if !own {
                        self.queue_up(me, table, tid, lock, WaitPolicy::Block, pause)?;
                    }
                    for (xid, hand) in xmax.each() {
                        if hand.lock().conflicts(lock) && !self.xacts.is_current(xid, owner) {
                            self.wait_for_xact(me, xid)?;
                        }
                    }
                }
                Xmax::One(xid, _) if self.xacts.is_current(*xid, owner) => break Grip::Free,
                Xmax::One(_, Hand::ForKeyShare) if lock != RowLock::Update => break Grip::Free,
                Xmax::One(xid, _) => {
                    self.queue_up(me, table, tid, lock, WaitPolicy::Block, pause)?;
                    self.wait_for_xact(me, *xid)?;
                }
                Xmax::Nobody => break Grip::Free,
            }
            waited_for = Some(xmax);
        };
        let unseen = |version: &Version| {
            crosscheck.is_some_and(|snapshot| !visible(version, &self.xacts, snapshot, owner, u32::MAX))
        };
        let result = match result {
            Grip::Free if self.heap(table).version(tid).is_some_and(unseen) => Grip::Updated,
            other => other,
        };
        if result != Grip::Free {
            self.leave_queue(me, pause);
        }
        Ok(result)
    }

    /// Deletes a version. (`heap_delete`)
    pub fn delete_version(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: Tid,
        command: u32,
        crosscheck: Option<&Snapshot>,
        pause: &mut Pause,
    ) -> Run<Grip> {
        let grip = self.seize(me, table, tid, command, RowLock::Update, crosscheck, pause)?;
        if grip != Grip::Free {
            return Ok(grip);
        }
        self.conflict_in(me, table.oid, Some(tid), Some(tid.page))?;
        let xid = self.assign_xid(me);
        let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
        heap.set_prunable(tid.page, xid);
        if let Some(version) = heap.version_mut(tid) {
            version.xmax = version.xmax.with(&self.xacts, xid, Hand::Update, &mut self.next_several);
            version.cmax = command;
            version.next = tid;
            version.hot_updated = false;
        }
        self.leave_queue(me, pause);
        Ok(Grip::Free)
    }

    /// Replaces a version. The lock that took is returned as well: whoever finds the row replaced by somebody else must lock it so.
    /// (`heap_update`)
    #[allow(clippy::too_many_arguments)]
    pub fn update_version(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        tid: Tid,
        values: &Rc<[Value]>,
        command: u32,
        crosscheck: Option<&Snapshot>,
        pause: &mut Pause,
    ) -> Run<(Result<Updated, Grip>, RowLock)> {
        let uses = self.index_uses(table);
        let Some(old) = self.heap(table).version(tid) else { return Ok((Err(Grip::Deleted), RowLock::NoKeyUpdate)) };
        let same = |column: usize| old.values.get(column) == values.get(column);
        let lock = if uses.keys.iter().all(|column| same(*column)) { RowLock::NoKeyUpdate } else { RowLock::Update };
        let hot = uses.all.iter().all(|column| same(*column));
        let grip = self.seize(me, table, tid, command, lock, crosscheck, pause)?;
        if grip != Grip::Free {
            return Ok((Err(grip), lock));
        }
        self.conflict_in(me, table.oid, Some(tid), Some(tid.page))?;
        let xid = self.assign_xid(me);
        let old = self.heap(table).version(tid).expect("it was seized");
        // Whoever still holds the old version holds the new one too.
        let carried = match &old.xmax {
            Xmax::One(other, hand) if !hand.changes() && self.xacts.in_progress(*other) => {
                Xmax::One(*other, Hand::ForKeyShare)
            }
            several @ Xmax::Several { .. } if several.running(&self.xacts) && several.changer().is_none() => {
                several.clone()
            }
            _ => Xmax::Nobody,
        };
        let size = self.tuple_size(table, values);
        let page_keeps = 0;
        let stays = self.heap(table).fits(tid.page, size, page_keeps);
        let version = Version {
            xmin: xid,
            cmin: command,
            xmax: carried,
            cmax: 0,
            next: Tid::default(),
            hot_updated: false,
            heap_only: stays && hot,
            speculative: None,
            values: Rc::clone(values),
            size,
        };
        let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
        heap.set_prunable(tid.page, xid);
        self.work.writes += 1;
        let new = if stays { heap.put(tid.page, version) } else { heap.insert(version, table.fillfactor) };
        if let Some(old) = heap.version_mut(tid) {
            old.xmax = old.xmax.with(&self.xacts, xid, Hand::of_update(lock), &mut self.next_several);
            old.cmax = command;
            old.next = new;
            old.hot_updated = stays && hot;
        }
        self.leave_queue(me, pause);
        Ok((Ok(Updated { tid: new, hot: stays && hot }), lock))
    }

    /// Puts a new row into a table. (`heap_insert`)
    pub fn insert_version(
        &mut self,
        me: SessionId,
        table: &Rc<Table>,
        values: &Rc<[Value]>,
        command: u32,
        speculative: Option<u32>,
    ) -> Run<Tid> {
        self.conflict_in(me, table.oid, None, None)?;
        let xid = self.assign_xid(me);
        let size = self.tuple_size(table, values);
        let version = Version {
            xmin: xid,
            cmin: command,
            xmax: Xmax::Nobody,
            cmax: 0,
            next: Tid::default(),
            hot_updated: false,
            heap_only: false,
            speculative,
            values: Rc::clone(values),
            size,
        };
        let heap = Rc::make_mut(&mut self.heaps[table.storage as usize]);
        let tid = heap.insert(version, table.fillfactor);
        self.work.writes += 1;
        Ok(tid)
    }
}

fn row_not_available(table: &Table) -> SqlError {
    SqlError::new("55P03", format!("could not obtain lock on row in relation \"{}\"", table.name))
}

/// What a transaction is told that may not follow a row to its newest version.
pub fn concurrent_update() -> Stop {
    SqlError::new("40001", "could not serialize access due to concurrent update").into()
}

/// The same for a row that is gone.
pub fn concurrent_delete() -> Stop {
    SqlError::new("40001", "could not serialize access due to concurrent delete").into()
}
