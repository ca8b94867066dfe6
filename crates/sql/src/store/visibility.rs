//! Which versions count, for whom. (PostgreSQL's `heapam_visibility.c`)

use super::heap::{Death, Version};
use super::xact::{Snapshot, Status, Xacts};
use super::{Tid, Xid};
use crate::locks::Owner;

/// Whether a statement sees a version. `command` is the number of the statement in its transaction: it sees what earlier
/// ones did, *never* what it does itself. (`HeapTupleSatisfiesMVCC`)
pub fn visible(version: &Version, xacts: &Xacts, snapshot: &Snapshot, owner: Owner, command: u32) -> bool {
    if xacts.is_current(version.xmin, owner) {
        if version.cmin >= command {
            return false;
        }
    } else if snapshot.leaves_out(version.xmin) || !xacts.committed(version.xmin) {
        return false;
    }
    let Some(changer) = version.xmax.changer() else { return true };
    if xacts.is_current(changer, owner) {
        return version.cmax >= command;
    }
    snapshot.leaves_out(changer) || !xacts.committed(changer)
}

/// What stands between a statement and changing a version. (`TM_Result`)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grip {
    /// Nothing.
    Free,
    /// It is not there for this statement.
    Invisible,
    /// This very statement, or what it triggered, already changed it; in that command.
    SelfChanged(u32),
    /// Another transaction replaced it and committed.
    Updated,
    /// Another transaction deleted it and committed.
    Deleted,
    /// Somebody who still runs has a hand on it.
    Held,
    /// It would have to wait, and the clause says not to.
    WouldBlock,
}

/// What stands in the way of changing the version at `tid`. (`HeapTupleSatisfiesUpdate`)
pub fn grip(version: &Version, tid: Tid, xacts: &Xacts, owner: Owner, command: u32) -> Grip {
    let own_change = |version: &Version| {
        if version.cmax >= command { Grip::SelfChanged(version.cmax) } else { Grip::Invisible }
    };
    let changer = version.xmax.changer();
    if xacts.is_current(version.xmin, owner) {
        if version.cmin >= command {
            return Grip::Invisible;
        }
        return match changer {
            None if version.xmax.running(xacts) => Grip::Held,
            None => Grip::Free,
            Some(changer) if xacts.is_current(changer, owner) => own_change(version),
            // A subtransaction that changed it was rolled back.
            Some(_) if version.xmax.is_several() && version.xmax.running(xacts) => Grip::Held,
            Some(_) => Grip::Free,
        };
    }
    if !xacts.committed(version.xmin) {
        return Grip::Invisible;
    }
    let Some(changer) = changer else {
        return if version.xmax.running(xacts) { Grip::Held } else { Grip::Free };
    };
    if xacts.is_current(changer, owner) {
        return own_change(version);
    }
    if version.xmax.running(xacts) {
        return Grip::Held;
    }
    match xacts.status(changer) {
        Status::Committed if version.next != tid => Grip::Updated,
        Status::Committed => Grip::Deleted,
        _ => Grip::Free,
    }
}

/// What a version is to someone who must not overlook anything unfinished, such as the check of a unique key.
/// (`HeapTupleSatisfiesDirty`)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dirty {
    Gone,
    There,
    /// Made by a transaction that still runs; the second says that it may yet be taken back alone.
    Arriving(Xid, Option<u32>),
    /// There, but a transaction that still runs replaced or deleted it.
    Leaving(Xid),
}

/// See [`Dirty`].
pub fn dirty(version: &Version, xacts: &Xacts, owner: Owner) -> Dirty {
    if !xacts.is_current(version.xmin, owner) {
        match xacts.status(version.xmin) {
            Status::InProgress => return Dirty::Arriving(version.xmin, version.speculative),
            Status::Aborted => return Dirty::Gone,
            Status::Committed => {}
        }
    }
    match version.xmax.changer() {
        None => Dirty::There,
        Some(changer) if xacts.is_current(changer, owner) => Dirty::Gone,
        Some(changer) => match xacts.status(changer) {
            Status::InProgress => Dirty::Leaving(changer),
            Status::Aborted => Dirty::There,
            Status::Committed => Dirty::Gone,
        },
    }
}

/// Whether nobody can see a version any more, now or later. `horizon` is the oldest transaction that somebody may still take
/// to be running. (`HeapTupleSatisfiesVacuum`)
pub fn death(version: &Version, xacts: &Xacts, horizon: Xid) -> Death {
    match xacts.status(version.xmin) {
        Status::Aborted => return Death::NeverLived,
        Status::InProgress => return Death::No,
        Status::Committed => {}
    }
    match version.xmax.changer() {
        Some(changer) if xacts.committed(changer) && changer < horizon && !version.xmax.running(xacts) => Death::Ended,
        _ => Death::No,
    }
}
