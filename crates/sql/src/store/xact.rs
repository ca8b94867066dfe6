//! The fate of every transaction, and what a snapshot takes to have happened. (PostgreSQL's `clog.c`, `subtrans.c`, `procarray.c`)

use super::Xid;
use crate::locks::Owner;
use std::fmt;
use std::rc::Rc;

/// What is known of a transaction or subtransaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It runs, or it is a subtransaction that has ended well inside one that runs.
    InProgress,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    status: Status,
    /// The transaction this one is a part of: itself, when it is not a subtransaction.
    top: Xid,
    /// The subtransaction or transaction it became part of when it ended well.
    merged: Option<Xid>,
    owner: Owner,
}

/// The fate of every transaction since the store was made.
#[derive(Clone, Debug, Default)]
pub struct Xacts {
    entries: Rc<Vec<Entry>>,
    /// Numbers in use, lowest first: top transactions and their live subtransactions.
    running: Rc<Vec<Xid>>,
}

/// The first number that is given out: the smaller ones have meanings of their own in PostgreSQL.
const FIRST: u32 = 700;

/// What made the setup's rows when nobody asks: a number that has always been committed. (`FrozenTransactionId`)
pub const FROZEN: Xid = Xid(2);

/// What never lived: a row that its own transaction took back. It has always been rolled back. (`InvalidTransactionId`)
pub const NEVER: Xid = Xid(0);

impl Xacts {
    /// The number the next transaction that needs one will get.
    pub fn next(&self) -> Xid {
        Xid(FIRST + self.entries.len() as u32)
    }

    /// Gives out a number: of a transaction, or of a subtransaction of `top`.
    pub fn assign(&mut self, owner: Owner, top: Option<Xid>) -> Xid {
        let xid = self.next();
        Rc::make_mut(&mut self.entries).push(Entry {
            status: Status::InProgress,
            top: top.unwrap_or(xid),
            merged: None,
            owner,
        });
        Rc::make_mut(&mut self.running).push(xid);
        xid
    }

    fn entry(&self, xid: Xid) -> Option<&Entry> {
        self.entries.get(xid.0.checked_sub(FIRST)? as usize)
    }

    /// What became of a transaction. Numbers from before the beginning have committed.
    pub fn status(&self, xid: Xid) -> Status {
        self.entry(xid).map_or(if xid == NEVER { Status::Aborted } else { Status::Committed }, |entry| entry.status)
    }

    pub fn in_progress(&self, xid: Xid) -> bool {
        self.status(xid) == Status::InProgress
    }

    pub fn committed(&self, xid: Xid) -> bool {
        self.status(xid) == Status::Committed
    }

    pub fn aborted(&self, xid: Xid) -> bool {
        self.status(xid) == Status::Aborted
    }

    /// The transaction a subtransaction belongs to.
    pub fn top(&self, xid: Xid) -> Xid {
        self.entry(xid).map_or(xid, |entry| entry.top)
    }

    /// Who runs, or ran, a transaction.
    pub fn owner(&self, xid: Xid) -> Option<Owner> {
        self.entry(xid).map(|entry| entry.owner)
    }

    /// Whether the transaction is `owner`'s own and still counts. (`TransactionIdIsCurrentTransactionId`)
    pub fn is_current(&self, xid: Xid, owner: Owner) -> bool {
        self.entry(xid).is_some_and(|entry| entry.status == Status::InProgress && entry.owner == owner)
    }

    /// Ends a top transaction and every part of it that still counts.
    pub fn end(&mut self, top: Xid, status: Status) {
        self.settle(status, |xid, entry| entry.top == top || xid == top);
    }

    /// Rolls back one subtransaction. Those inside it have to be named as well.
    pub fn abort_part(&mut self, xid: Xid) {
        self.settle(Status::Aborted, |other, _| other == xid);
    }

    /// A subtransaction ended well inside another one, with whose fate it goes from now on.
    pub fn merge(&mut self, xid: Xid, parent: Option<Xid>) {
        if let Some(entry) = Rc::make_mut(&mut self.entries).get_mut(xid.0.wrapping_sub(FIRST) as usize) {
            entry.merged = parent;
        }
    }

    /// Those that became part of `xid`, and those that had become part of them.
    pub fn merged_into(&self, xid: Xid) -> Vec<Xid> {
        let part = |other: &Xid| {
            let mut at = *other;
            while let Some(parent) = self.entry(at).and_then(|entry| entry.merged) {
                if parent == xid {
                    return true;
                }
                at = parent;
            }
            false
        };
        self.running.iter().copied().filter(part).collect()
    }

    /// A transaction changes hands: it was prepared.
    pub fn give(&mut self, top: Xid, owner: Owner) {
        let entries = Rc::make_mut(&mut self.entries);
        for xid in self.running.iter() {
            let entry = &mut entries[(xid.0 - FIRST) as usize];
            if entry.top == top {
                entry.owner = owner;
            }
        }
    }

    fn settle(&mut self, status: Status, which: impl Fn(Xid, &Entry) -> bool) {
        let entries = Rc::make_mut(&mut self.entries);
        Rc::make_mut(&mut self.running).retain(|xid| {
            let entry = &mut entries[(xid.0 - FIRST) as usize];
            let ends = which(*xid, entry);
            if ends {
                entry.status = status;
            }
            !ends
        });
    }

    /// What has happened up to now. (`GetSnapshotData`)
    pub fn snapshot(&self) -> Snapshot {
        let xmax = self.next();
        Snapshot { xmin: self.running.first().copied().unwrap_or(xmax), xmax, running: Rc::clone(&self.running) }
    }
}

/// What is taken to have happened: everything before `xmin`, nothing from `xmax` on, and in between what was not running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub xmin: Xid,
    pub xmax: Xid,
    /// Transactions and subtransactions that were running, lowest first.
    pub running: Rc<Vec<Xid>>,
}

impl Snapshot {
    /// Whether a transaction had not ended when the snapshot was taken. (`XidInMVCCSnapshot`)
    pub fn leaves_out(&self, xid: Xid) -> bool {
        xid >= self.xmax || (xid >= self.xmin && self.running.binary_search(&xid).is_ok())
    }
}

/// `730:734:731,733`, as `pg_current_snapshot()` shows it.
impl fmt::Display for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.xmin.0, self.xmax.0)?;
        for (i, xid) in self.running.iter().enumerate() {
            write!(f, "{}{}", if i > 0 { "," } else { "" }, xid.0)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::SessionId;

    #[test]
    fn a_snapshot_leaves_out_what_ran_when_it_was_taken() {
        let mut xacts = Xacts::default();
        let [a, b] = [0, 1].map(|i| xacts.assign(Owner::Session(SessionId(i)), None));
        xacts.end(a, Status::Committed);
        let snapshot = xacts.snapshot();
        xacts.end(b, Status::Committed);
        let c = xacts.assign(Owner::Session(SessionId(0)), None);
        assert!(!snapshot.leaves_out(a) && snapshot.leaves_out(b) && snapshot.leaves_out(c));
        assert_eq!(snapshot.to_string(), "701:702:701");
    }

    #[test]
    fn a_transaction_ends_with_all_its_parts_but_those_rolled_back() {
        let mut xacts = Xacts::default();
        let owner = Owner::Session(SessionId(0));
        let top = xacts.assign(owner, None);
        let [kept, dropped] = [0, 1].map(|_| xacts.assign(owner, Some(top)));
        xacts.abort_part(dropped);
        assert!(xacts.is_current(kept, owner) && !xacts.is_current(dropped, owner));
        xacts.end(top, Status::Committed);
        assert!(xacts.committed(top) && xacts.committed(kept) && xacts.aborted(dropped));
        assert_eq!(xacts.snapshot().running.len(), 0);
    }
}
