//! A run as transactions see it: which version of which row was read, written and looked for, by whose statement.
//!
//! This is the history of Adya's *Weak Consistency: A Generalized Theory and Optimistic Implementations for Distributed
//! Transactions* (MIT, 1999, section 3.1): no store, no lock and no snapshot is left in it, so that the rules can be read, and
//! tested, beside the textbook.

use crate::lab::scene::Session;

/// A transaction, by its place in [`History::transactions`].
pub type Tx = usize;

/// A row, by its place in [`History::rows`].
pub type RowId = usize;

/// A version, by its place in [`Row::versions`].
pub type VersionId = usize;

/// Who did what to which rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// In the order in which they began.
    pub transactions: Vec<Transaction>,
    pub rows: Vec<Row>,
    /// In the order in which they happened.
    pub reads: Vec<Read>,
    /// A statement needed a row to be there, and did not look at it. (ON CONFLICT DO NOTHING)
    pub found: Vec<Read>,
    pub predicates: Vec<PredicateRead>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    pub session: Session,
    /// Its session's n-th, from 0.
    pub number: u32,
    pub fate: Fate,
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// As the n-th of all.
    Committed(u32),
    Aborted,
    /// It was still open when the run ended.
    Open,
}

/// A row through time. One that is deleted and one of the same key that is inserted later are two.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// `the row (id)=(1) of accounts`
    pub label: String,
    /// In the order in which they were written: with row locks that is the order in which they follow each other.
    pub versions: Vec<Version>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// `None`: it was there before the run.
    pub maker: Option<Tx>,
    /// The maker's statement.
    pub statement: u32,
    /// The row is gone with it: it was deleted.
    pub dead: bool,
    /// The version whose values went into it: `SET v = v + 1`. A *blind* write has none.
    pub uses: Option<VersionId>,
    /// The maker took it back itself: `ROLLBACK TO`.
    pub undone: bool,
}

/// A statement saw a version of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    pub tx: Tx,
    pub statement: u32,
    pub row: RowId,
    pub version: VersionId,
}

/// A statement looked for the rows that satisfy a condition. (Adya: `r(P: Vset(P))`)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredicateRead {
    pub tx: Tx,
    pub statement: u32,
    /// The version of each row it looked at, whether it satisfies the condition or not. A row that is not named was not there
    /// yet. Rows that never change in the run need not be named.
    pub seen: Vec<(RowId, VersionId)>,
    /// The versions that satisfy the condition, those among them that came later too. Dead ones never do.
    pub matching: Vec<(RowId, VersionId)>,
}

impl History {
    /// Whether what a transaction read and wrote counts: it committed, or it is open and has nothing to take back.
    pub fn counts(&self, tx: Tx) -> bool {
        match self.transactions[tx].fate {
            Fate::Committed(_) => true,
            Fate::Aborted => false,
            Fate::Open => !self.writes(tx),
        }
    }

    /// Whether a transaction wrote something that it did not take back itself.
    pub fn writes(&self, tx: Tx) -> bool {
        let mut versions = self.rows.iter().flat_map(|row| &row.versions);
        versions.any(|version| version.maker == Some(tx) && !version.undone)
    }
}
