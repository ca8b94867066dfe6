//! Who holds a row version: whoever locked it, and whoever replaced or deleted it. (PostgreSQL's `htup_details.h`, `multixact.c`)

use super::Xid;
use super::xact::Xacts;
use crate::locks::{LockMode, Owner};
use crate::query::plan::RowLock;
use std::rc::Rc;

/// What a transaction does with a row version, weakest first. (`MultiXactStatus`)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hand {
    ForKeyShare,
    ForShare,
    ForNoKeyUpdate,
    ForUpdate,
    /// It replaced it, and no key changed.
    NoKeyUpdate,
    /// It replaced it with another key, or deleted it.
    Update,
}

impl Hand {
    /// The hand of a locking clause.
    pub fn of_lock(lock: RowLock) -> Self {
        match lock {
            RowLock::KeyShare => Hand::ForKeyShare,
            RowLock::Share => Hand::ForShare,
            RowLock::NoKeyUpdate => Hand::ForNoKeyUpdate,
            RowLock::Update => Hand::ForUpdate,
        }
    }

    /// The hand of an update that needs `lock`.
    pub fn of_update(lock: RowLock) -> Self {
        if lock == RowLock::Update { Hand::Update } else { Hand::NoKeyUpdate }
    }

    /// As strong as which lock.
    pub fn lock(self) -> RowLock {
        match self {
            Hand::ForKeyShare => RowLock::KeyShare,
            Hand::ForShare => RowLock::Share,
            Hand::ForNoKeyUpdate | Hand::NoKeyUpdate => RowLock::NoKeyUpdate,
            Hand::ForUpdate | Hand::Update => RowLock::Update,
        }
    }

    /// Whether it changed the row rather than locked it.
    pub fn changes(self) -> bool {
        self >= Hand::NoKeyUpdate
    }
}

impl RowLock {
    /// Whether two transactions cannot have both. (Manual, table 13.3)
    pub fn conflicts(self, other: RowLock) -> bool {
        use RowLock::*;
        matches!((self.min(other), self.max(other)), (_, Update) | (Share | NoKeyUpdate, NoKeyUpdate))
    }

    /// The strength with which the row's queue is held meanwhile. (`tupleLockExtraInfo`)
    pub fn queue_mode(self) -> LockMode {
        match self {
            RowLock::KeyShare => LockMode::AccessShare,
            RowLock::Share => LockMode::RowShare,
            RowLock::NoKeyUpdate => LockMode::Exclusive,
            RowLock::Update => LockMode::AccessExclusive,
        }
    }
}

/// Who has a hand on a row version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Xmax {
    #[default]
    Nobody,
    One(Xid, Hand),
    /// Several transactions; `id` stands for them. At most one of them changed the row.
    Several {
        id: u32,
        members: Rc<[(Xid, Hand)]>,
    },
}

impl Xmax {
    /// Everybody, lowest number first.
    pub fn each(&self) -> impl Iterator<Item = (Xid, Hand)> + '_ {
        let one = if let Xmax::One(xid, hand) = self { Some((*xid, *hand)) } else { None };
        let several: &[_] = if let Xmax::Several { members, .. } = self { members } else { &[] };
        one.into_iter().chain(several.iter().copied())
    }
    /// Whoever replaced or deleted the version. It may since have been rolled back.
    pub fn changer(&self) -> Option<Xid> {
        self.each().find(|(_, hand)| hand.changes()).map(|(xid, _)| xid)
    }

    /// The number that `SELECT xmax` shows.
    pub fn number(&self) -> u32 {
        match self {
            Xmax::Nobody => 0,
            Xmax::One(xid, _) => xid.0,
            Xmax::Several { id, .. } => *id,
        }
    }

    pub fn is_several(&self) -> bool {
        matches!(self, Xmax::Several { .. })
    }

    /// Whether any of them still runs. (`MultiXactIdIsRunning`)
    pub fn running(&self, xacts: &Xacts) -> bool {
        self.each().any(|(xid, _)| xacts.in_progress(xid))
    }

    /// Whether somebody of another transaction stands in the way of `lock`, and whether `owner` has a hand on it itself.
    /// (`DoesMultiXactIdConflict`)
    pub fn conflicts(&self, xacts: &Xacts, owner: Owner, lock: RowLock) -> (bool, bool) {
        let mut conflict = false;
        let mut own = false;
        for (xid, hand) in self.each() {
            if xacts.is_current(xid, owner) {
                own = true;
            } else if hand.lock().conflicts(lock) {
                conflict |= if hand.changes() { !xacts.aborted(xid) } else { xacts.in_progress(xid) };
            }
        }
        (conflict, own)
    }

    /// What it becomes when `xid` adds its hand. `next_several` numbers groups. (`compute_new_xmax_infomask`)
    pub fn with(&self, xacts: &Xacts, xid: Xid, hand: Hand, next_several: &mut u32) -> Xmax {
        match self {
            Xmax::Nobody => Xmax::One(xid, hand),
            Xmax::One(old, old_hand) => {
                let counts = xacts.in_progress(*old) || (old_hand.changes() && xacts.committed(*old));
                if !counts {
                    return Xmax::One(xid, hand);
                }
                if *old == xid {
                    // The stronger of the two; an update stays one.
                    let lock = hand.lock().max(old_hand.lock());
                    return Xmax::One(xid, if hand.changes() { Hand::of_update(lock) } else { Hand::of_lock(lock) });
                }
                Self::several([(*old, *old_hand), (xid, hand)].to_vec(), next_several)
            }
            Xmax::Several { members, .. } => {
                let changed = self.changer().is_some_and(|xid| xacts.committed(xid));
                if !self.running(xacts) && !changed {
                    return Xmax::One(xid, hand);
                }
                if members.contains(&(xid, hand)) {
                    return self.clone();
                }
                let counts =
                    |&(xid, hand): &(Xid, Hand)| xacts.in_progress(xid) || (hand.changes() && xacts.committed(xid));
                let mut members: Vec<_> = members.iter().copied().filter(counts).collect();
                members.push((xid, hand));
                Self::several(members, next_several)
            }
        }
    }

    fn several(mut members: Vec<(Xid, Hand)>, next_several: &mut u32) -> Xmax {
        members.sort_unstable();
        let id = *next_several;
        *next_several += 1;
        Xmax::Several { id, members: members.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RowLock::*;

    #[test]
    fn row_locks_conflict_as_table_13_3_says() {
        let conflicts: Vec<Vec<RowLock>> = [KeyShare, Share, NoKeyUpdate, Update]
            .map(|a| [KeyShare, Share, NoKeyUpdate, Update].into_iter().filter(|b| a.conflicts(*b)).collect())
            .to_vec();
        assert_eq!(
            conflicts,
            [
                vec![Update],
                vec![NoKeyUpdate, Update],
                vec![Share, NoKeyUpdate, Update],
                vec![KeyShare, Share, NoKeyUpdate, Update]
            ]
        );
    }
}
