//! The store: every table's row versions, every transaction's fate, every lock and every session.
//!
//! One value that can be cloned: whoever explores orders clones it and goes on with both. Big parts are shared until they change.

pub mod access;

use std::fmt;

/// A transaction's number. Subtransactions have their own. (`TransactionId`; they start at 3 as PostgreSQL's do, and never wrap here.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xid(pub u32);

/// Where a row version is: page from 0, slot from 1. (`ItemPointerData`)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tid {
    pub page: u32,
    pub slot: u16,
}

impl fmt::Display for Tid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({},{})", self.page, self.slot)
    }
}

/// A connection, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(pub u16);

/// Virtual time in microseconds since the store was made.
pub type Micros = u64;
