//! The entries of the lock table, and the few ways in which they change.

use super::{Hold, LockManager, LockMode, LockTag, Modes, Owner, Waiting};
use crate::store::SessionId;
use std::ops::Range;

/// Somebody who holds something, or asks for it, or both. (`PROCLOCK`)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Member {
    pub tag: LockTag,
    pub owner: Owner,
    pub held: Modes,
}

/// How often one mode is held for one length of time. (`LOCALLOCKOWNER`)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Held {
    pub owner: Owner,
    pub tag: LockTag,
    pub mode: LockMode,
    pub hold: Hold,
    pub count: u32,
}

impl LockManager {
    fn member_range(&self, tag: LockTag) -> Range<usize> {
        let start = self.members.partition_point(|member| member.tag < tag);
        let length = self.members[start..].iter().take_while(|member| member.tag == tag).count();
        start..start + length
    }

    /// Who holds or asks, in the order in which they came.
    pub(super) fn members_of(&self, tag: LockTag) -> &[Member] {
        &self.members[self.member_range(tag)]
    }

    pub(super) fn queue_range(&self, tag: LockTag) -> Range<usize> {
        let start = self.queue.partition_point(|waiting| waiting.tag < tag);
        let length = self.queue[start..].iter().take_while(|waiting| waiting.tag == tag).count();
        start..start + length
    }

    /// Who waits, the next in line first.
    pub(super) fn queue_of(&self, tag: LockTag) -> &[Waiting] {
        &self.queue[self.queue_range(tag)]
    }

    /// The modes in which an owner holds something.
    pub(super) fn modes(&self, tag: LockTag, owner: Owner) -> Modes {
        self.members_of(tag).iter().find(|member| member.owner == owner).map_or(Modes::NONE, |member| member.held)
    }

    /// The modes that are waited for.
    pub(super) fn wanted(&self, tag: LockTag) -> Modes {
        self.queue_of(tag).iter().fold(Modes::NONE, |modes, waiting| modes | waiting.mode.into())
    }

    /// Whether somebody *else* holds a mode that excludes this one. (`LockCheckConflicts`)
    pub(super) fn conflicts(&self, tag: LockTag, mode: LockMode, owner: Owner) -> bool {
        self.members_of(tag).iter().any(|member| member.owner != owner && member.held.meets(mode.conflicts()))
    }

    /// Makes an owner a member. Newcomers come last. But as long as all is weak on a table, PostgreSQL notes each lock with
    /// its session alone, and reads those notes session by session once somebody asks for more. (`SetupLockInTable`;
    /// `FastPathTransferRelationLocks`)
    pub(super) fn enter(&mut self, tag: LockTag, owner: Owner, mode: LockMode) {
        let range = self.member_range(tag);
        if self.members[range.clone()].iter().any(|member| member.owner == owner) {
            return;
        }
        let weak = |mode: LockMode| mode < LockMode::ShareUpdateExclusive;
        let all_weak = weak(mode)
            && matches!(tag, LockTag::Relation(_))
            && self.members[range.clone()].iter().all(|member| member.held.iter().all(weak))
            && self.queue_of(tag).is_empty();
        let at = match all_weak {
            true => range.start + self.members[range].iter().take_while(|member| member.owner < owner).count(),
            false => range.end,
        };
        self.members.insert(at, Member { tag, owner, held: Modes::NONE });
    }

    /// Gives a mode to an owner, whatever others hold. (`GrantLock`)
    pub(super) fn grant(&mut self, owner: Owner, tag: LockTag, mode: LockMode, hold: Hold) {
        self.enter(tag, owner, mode);
        let range = self.member_range(tag);
        if let Some(member) = self.members[range].iter_mut().find(|member| member.owner == owner) {
            member.held |= mode.into();
        }
        self.count_up(Held { owner, tag, mode, hold, count: 1 });
    }

    pub(super) fn count_up(&mut self, held: Held) {
        let key = |held: &Held| (held.owner, held.tag, held.mode, held.hold);
        match self.held.binary_search_by_key(&key(&held), key) {
            Ok(at) => self.held[at].count = self.held[at].count.saturating_add(held.count),
            Err(at) => self.held.insert(at, held),
        }
    }

    /// How often a mode is held for a length of time: where that is written down.
    pub(super) fn find_held(&self, owner: Owner, tag: LockTag, mode: LockMode, hold: Hold) -> Option<usize> {
        self.held
            .binary_search_by_key(&(owner, tag, mode, hold), |held| (held.owner, held.tag, held.mode, held.hold))
            .ok()
    }

    /// What an owner holds, sorted by what it is.
    pub(super) fn held_range(&self, owner: Owner) -> Range<usize> {
        let start = self.held.partition_point(|held| held.owner < owner);
        let length = self.held[start..].iter().take_while(|held| held.owner == owner).count();
        start..start + length
    }

    /// Takes away every mode of which nothing is written down any more, and hands the lock on if that can matter to those
    /// who wait. (`UnGrantLock`, `CleanUpLock`)
    pub(super) fn settle(&mut self, owner: Owner, tag: LockTag) {
        let still = self.held[self.held_range(owner)]
            .iter()
            .filter(|held| held.tag == tag)
            .fold(Modes::NONE, |modes, held| modes | held.mode.into());
        let wanted = self.wanted(tag);
        let mut matters = false;
        let range = self.member_range(tag);
        if let Some(member) = self.members[range].iter_mut().find(|member| member.owner == owner) {
            matters = member.held.iter().any(|mode| !still.contains(mode) && mode.conflicts().meets(wanted));
            member.held = still;
        }
        self.forget_idle(tag, owner);
        if matters {
            self.hand_on(tag);
        }
    }

    /// Removes a member that neither holds nor waits.
    pub(super) fn forget_idle(&mut self, tag: LockTag, owner: Owner) {
        let waits = self.queue_of(tag).iter().any(|waiting| Owner::Session(waiting.session) == owner);
        let range = self.member_range(tag);
        let idle = |member: &Member| member.owner == owner && member.held.is_empty() && !waits;
        if let Some(at) = self.members[range.clone()].iter().position(idle) {
            self.members.remove(range.start + at);
        }
    }

    /// Grants what can be granted to those in line: whatever excludes neither what is held nor what is asked for further in
    /// front. (`ProcLockWakeup`)
    pub(super) fn hand_on(&mut self, tag: LockTag) {
        let Range { start: mut at, mut end } = self.queue_range(tag);
        let mut ahead = Modes::NONE;
        while at < end {
            let next = self.queue[at];
            let owner = Owner::Session(next.session);
            if next.mode.conflicts().meets(ahead) || self.conflicts(tag, next.mode, owner) {
                ahead |= next.mode.into();
                at += 1;
                continue;
            }
            self.queue.remove(at);
            end -= 1;
            self.grant(owner, tag, next.mode, next.hold);
            let place = self.handed.partition_point(|handed| handed.session < next.session);
            self.handed.insert(place, next);
            self.woken.push(next.session);
        }
    }

    /// Sessions that got what they waited for, in the order in which they got it. Each is named once.
    pub fn take_woken(&mut self) -> Vec<SessionId> {
        std::mem::take(&mut self.woken)
    }
}
