//! The store: every table's row versions, every transaction's fate, every lock and every session.
//!
//! One value that can be cloned: whoever explores orders clones it and goes on with both. Big parts are shared until they change.

pub mod access;
mod alarm;
mod ddl;
mod disconnect;
mod effects;
mod exists;
mod explain;
pub mod extended_query;
pub mod heap;
mod horizon;
pub mod index;
pub mod plan_log;
pub mod plans;
mod record;
pub mod references;
pub mod row;
mod serial;
mod server;
pub mod session;
pub mod settings;
mod simple_query;
mod size;
mod system_views;
pub mod transaction;
pub mod tree;
mod utility;
pub mod visibility;
pub mod work;
pub mod xact;
pub mod xmax;

use crate::catalog::{Catalog, Table};
use crate::error::{Run, SqlError};
use crate::locks::{Acquired, Hold, LockManager, LockMode, LockTag};
use crate::ssi::Ssi;
use crate::value::Value;
use heap::Heap;
use plans::PlanCache;
use session::Session;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use transaction::Prepared;
use tree::Tree;
use xact::Xacts;

/// A transaction's number. Subtransactions have their own. (`TransactionId`; they never wrap here.)
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

/// A database and its sessions.
#[derive(Clone, Debug)]
pub struct Store {
    /// What exists for the session that runs. Between statements: for everybody, and what open transactions have made.
    pub catalog: Rc<Catalog>,
    /// What exists for everybody.
    committed: Rc<Catalog>,
    /// Rows, by [`Table::storage`].
    pub heaps: Vec<Rc<Heap>>,
    /// Index entries, by [`crate::catalog::Index::storage`].
    pub trees: Vec<Rc<Tree>>,
    pub xacts: Xacts,
    pub locks: LockManager,
    pub ssi: Ssi,
    pub sessions: Vec<Session>,
    /// Transactions that were prepared and wait for their end, by name.
    pub prepared: BTreeMap<Rc<str>, Prepared>,
    /// Values that sequences have given out, by oid: the last one, and whether it was given out at all.
    pub sequences: BTreeMap<u32, (i64, bool)>,
    pub clock: Micros,
    /// Numbers groups of transactions that hold a row together. (`MultiXactId`)
    pub next_several: u32,
    /// Numbers tables, indexes, constraints.
    pub next_oid: u32,
    /// Numbers insertions that may be taken back.
    pub next_speculation: u32,
    /// What reads and writes did, for whoever wants to know.
    pub history: Option<Box<crate::history::History>>,
    /// The plans of statements as they were run, for whoever wants to know.
    pub plan_log: Option<Box<plan_log::PlanLog>>,
    /// Of `random()`.
    pub seed: u64,
    /// Rows that statements may still look at before they are stopped. There is no end to it unless somebody sets one.
    pub fuel: u64,
    /// What all statements have done so far, and what that takes.
    pub work: work::Work,
    pub pace: work::Pace,
    /// What a string of statements may return and take.
    pub bounds: work::Bounds,
    /// When the string at hand was begun, in virtual nanoseconds of work, less what it had taken before it waited.
    began: u64,
    /// What new sessions begin with.
    pub defaults: Rc<settings::Settings>,
    plans: PlanCache,
    uses: index::Uses,
}

impl Default for Store {
    fn default() -> Self {
        Self {
            catalog: Rc::default(),
            committed: Rc::default(),
            heaps: Vec::new(),
            trees: Vec::new(),
            xacts: Xacts::default(),
            locks: LockManager::default(),
            ssi: Ssi::default(),
            sessions: Vec::new(),
            prepared: BTreeMap::new(),
            sequences: BTreeMap::new(),
            clock: 0,
            next_several: 1,
            next_oid: 16_384,
            next_speculation: 1,
            history: None,
            plan_log: None,
            seed: 1,
            fuel: u64::MAX,
            work: work::Work::default(),
            pace: work::Pace::default(),
            bounds: work::Bounds::default(),
            began: 0,
            defaults: Rc::default(),
            plans: PlanCache::default(),
            uses: index::Uses::default(),
        }
    }
}

impl Store {
    /// An empty store whose sessions write dates as PostgreSQL's own tests do: what schedule files expect.
    pub fn for_schedules() -> Self {
        let mut settings = settings::Settings::default();
        for (name, value) in [("DateStyle", "Postgres, MDY"), ("TimeZone", "PST8PDT")] {
            // Both names are known and both values are good.
            let _ = settings.set(name, Some(value), false);
        }
        Self { defaults: Rc::new(settings), ..Self::default() }
    }

    /// A session's state.
    pub fn session(&self, id: SessionId) -> &Session {
        &self.sessions[usize::from(id.0)]
    }

    /// A session's state, to be changed.
    pub fn session_mut(&mut self, id: SessionId) -> &mut Session {
        &mut self.sessions[usize::from(id.0)]
    }

    /// A statement looks at a row. It is stopped when it has looked at too many.
    pub fn burn(&mut self) -> Result<(), SqlError> {
        self.fuel = self.fuel.checked_sub(1).ok_or_else(|| {
            SqlError::new("54000", "this statement looks at more rows than are supported here")
                .hint("Let it read fewer rows, or join them by a condition.")
        })?;
        // The clock is looked at now and then.
        if self.fuel.is_multiple_of(256) && self.bounds.time < u64::MAX {
            self.bounds.check_time(self.spent().saturating_sub(self.began) / 1_000)?;
        }
        Ok(())
    }

    /// A table's rows.
    pub fn heap(&self, table: &Table) -> &Heap {
        &self.heaps[table.storage as usize]
    }

    /// Takes a lock, or waits for it, or fails because waiting would be a deadlock that is plain already.
    pub fn acquire(&mut self, me: SessionId, tag: LockTag, mode: LockMode, hold: Hold) -> Run<()> {
        match self.locks.acquire(me, tag, mode, hold) {
            Acquired::Granted => Ok(()),
            Acquired::Queued => Err(crate::error::Stop::Wait),
            Acquired::Deadlock(edges) => Err(self.deadlock_error(&edges).into()),
        }
    }

    /// Locks a table until the transaction ends.
    pub fn lock_relation(&mut self, me: SessionId, oid: u32, mode: LockMode) -> Run<()> {
        let hold = Hold::Transaction { level: self.level(me) };
        if self.locks.is_held(me, LockTag::Relation(oid), mode) {
            return Ok(());
        }
        self.acquire(me, LockTag::Relation(oid), mode, hold)
    }

    /// How deep the session is in savepoints: 1 outside of all.
    pub fn level(&self, me: SessionId) -> u32 {
        self.session(me).transaction.as_ref().map_or(1, |it| it.levels.len() as u32)
    }

    /// What a transaction is told that was chosen to end a deadlock.
    pub fn deadlock_error(&self, edges: &[crate::locks::DeadlockEdge]) -> SqlError {
        crate::locks::deadlock_error(edges, session::DATABASE, |session| self.session(session).pid())
    }

    /// Bytes a row takes on a page. (`heap_compute_data_size` and the tuple's header)
    pub fn tuple_size(&self, table: &Table, values: &[Value]) -> u32 {
        size::tuple_size(values, table.columns.iter().map(|column| column.ty))
    }
}
