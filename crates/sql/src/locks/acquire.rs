//! Asking for a lock. (`LockAcquireExtended` in `lock.c`, the first half of `ProcSleep` in `proc.c`)

use super::table::Held;
use super::{Acquired, DeadlockEdge, Hold, LockManager, LockMode, LockTag, Modes, Owner, Waiting};
use crate::store::SessionId;

impl LockManager {
    /// Takes a lock or joins the queue for it.
    ///
    /// A session waits for one thing at a time: when it asks for something else, the earlier request is withdrawn.
    pub fn acquire(&mut self, session: SessionId, tag: LockTag, mode: LockMode, hold: Hold) -> Acquired {
        let request = Waiting { session, tag, mode, hold };
        if let Some(waiting) = self.waiting(session) {
            if *waiting == request {
                return Acquired::Queued;
            }
            self.cancel_wait(session);
        }
        if self.collect(request) || self.try_acquire(session, tag, mode, hold) {
            return Acquired::Granted;
        }
        self.join_queue(request)
    }

    /// Takes a lock if that needs no waiting. It does if the lock would be granted but for somebody who waits already.
    /// (`NOWAIT`, `pg_try_advisory_lock`)
    pub fn try_acquire(&mut self, session: SessionId, tag: LockTag, mode: LockMode, hold: Hold) -> bool {
        let owner = Owner::Session(session);
        if self.modes(tag, owner).contains(mode) {
            if hold != Hold::Moment {
                self.count_up(Held { owner, tag, mode, hold, count: 1 });
            }
            return true;
        }
        if mode.conflicts().meets(self.wanted(tag)) || self.conflicts(tag, mode, owner) {
            return false;
        }
        if hold != Hold::Moment {
            self.grant(owner, tag, mode, hold);
        }
        true
    }

    /// The session comes back for what it was given while it slept.
    fn collect(&mut self, request: Waiting) -> bool {
        let Some(at) = self.handed.iter().position(|handed| *handed == request) else { return false };
        self.forget_handed(at);
        true
    }

    /// The end of a wait that was granted. What was to be held for a moment is given back.
    pub(super) fn forget_handed(&mut self, at: usize) {
        let Waiting { session, tag, mode, hold } = self.handed.remove(at);
        self.woken.retain(|woken| *woken != session);
        if hold == Hold::Moment {
            self.release(session, tag, mode, hold);
        }
    }

    /// Joins the queue at its end; but in front of the first waiter who has to wait for what this session holds, for he would
    /// only wait for it forever. Such a session may even be served at once.
    fn join_queue(&mut self, request: Waiting) -> Acquired {
        let Waiting { session, tag, mode, hold } = request;
        let owner = Owner::Session(session);
        let mine = self.modes(tag, owner);
        let mut at = self.queue_range(tag).end;
        let mut ahead = Modes::NONE;
        for place in self.queue_range(tag) {
            let other = self.queue[place];
            if !other.mode.conflicts().meets(mine) {
                ahead |= other.mode.into();
                continue;
            }
            if mode.conflicts().meets(self.modes(tag, other.session.into())) {
                // PostgreSQL joins the queue and leaves it, which looks at the queue again.
                self.hand_on(tag);
                return Acquired::Deadlock([
                    DeadlockEdge { waiter: session, tag, mode, blocker: other.session.into() },
                    DeadlockEdge { waiter: other.session, tag, mode: other.mode, blocker: owner },
                ]);
            }
            if !mode.conflicts().meets(ahead) && !self.conflicts(tag, mode, owner) {
                if hold != Hold::Moment {
                    self.grant(owner, tag, mode, hold);
                }
                return Acquired::Granted;
            }
            at = place;
            break;
        }
        if let Some(stale) = self.handed.iter().position(|handed| handed.session == session) {
            self.forget_handed(stale);
            // What was given back may be what is asked for: look again.
            return self.acquire(session, tag, mode, hold);
        }
        self.enter(tag, owner, mode);
        self.queue.insert(at, request);
        Acquired::Queued
    }
}
