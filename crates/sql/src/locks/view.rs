//! What can be seen of the lock table. (`pg_locks`, `pg_blocking_pids`: `lockfuncs.c`)

use super::{LockManager, LockMode, LockTag, Owner, Waiting};
use crate::store::SessionId;

/// A line of `pg_locks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockRow {
    pub tag: LockTag,
    pub owner: Owner,
    pub mode: LockMode,
    /// Held, or else asked for.
    pub granted: bool,
    /// The place in the queue, from 0 for the next in line. `None` if held.
    pub place: Option<usize>,
}

impl LockManager {
    /// What a session waits for.
    pub fn waiting(&self, session: SessionId) -> Option<&Waiting> {
        self.queue.iter().find(|waiting| waiting.session == session)
    }

    /// Whom a session waits for, those in front of it in the queue included, in the order in which they came. Empty if it
    /// does not wait. (`pg_blocking_pids`, in which a prepared transaction is process 0)
    pub fn blockers(&self, session: SessionId) -> Vec<Owner> {
        let Some(waiting) = self.waiting(session) else { return Vec::new() };
        let owner = Owner::Session(session);
        let conflicts = waiting.mode.conflicts();
        let ahead = |other: Owner| {
            self.queue_of(waiting.tag)
                .iter()
                .take_while(|before| before.session != session)
                .any(|before| Owner::Session(before.session) == other && conflicts.contains(before.mode))
        };
        let members = self.members_of(waiting.tag).iter().filter(|member| member.owner != owner);
        members
            .filter(|member| member.held.meets(conflicts) || ahead(member.owner))
            .map(|member| member.owner)
            .collect()
    }

    /// Whether an owner holds something in exactly this mode.
    pub fn is_held(&self, owner: impl Into<Owner>, tag: LockTag, mode: LockMode) -> bool {
        self.modes(tag, owner.into()).contains(mode)
    }

    /// What an owner holds, sorted, each mode once.
    pub fn held_by(&self, owner: impl Into<Owner>) -> Vec<(LockTag, LockMode)> {
        let held = &self.held[self.held_range(owner.into())];
        let mut all: Vec<_> = held.iter().map(|held| (held.tag, held.mode)).collect();
        all.dedup();
        all
    }

    /// Everything that is held or asked for, by tag; for one tag in the order in which they came, weakest mode first, what is
    /// held before what is asked for.
    pub fn rows(&self) -> Vec<LockRow> {
        let mut rows = Vec::new();
        for member in &self.members {
            let (tag, owner) = (member.tag, member.owner);
            rows.extend(member.held.iter().map(|mode| LockRow { tag, owner, mode, granted: true, place: None }));
            let place = self.queue_of(tag).iter().position(|waiting| Owner::Session(waiting.session) == owner);
            let waits = place.map(|place| (place, self.queue_of(tag)[place].mode));
            rows.extend(waits.map(|(place, mode)| LockRow { tag, owner, mode, granted: false, place: Some(place) }));
        }
        rows
    }
}
