//! A connection: its settings, its transaction, and the string of statements it is busy with.

use super::ddl::Progress;
use super::settings::Settings;
use super::simple_query::Running;
use super::transaction::Transaction;
use super::work::Work;
use super::xact::Snapshot;
use super::{Micros, SessionId};
use crate::catalog::{Catalog, Relation};
use crate::error::SqlError;
use crate::explain::Explained;
use crate::isolation::Reply;
use crate::query::Parsed;
use crate::value::Type;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The one database there is.
pub const DATABASE: u32 = 5;

/// A connection.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    /// For people.
    pub name: Rc<str>,
    /// Who it says it is, and which database it says it wants. Nothing depends on either.
    pub user: Rc<str>,
    pub database: Rc<str>,
    /// It is a connection from a network.
    pub connected: bool,
    /// It is to end as soon as somebody looks. (`pg_terminate_backend`)
    pub terminated: bool,
    /// The text it was sent last, and whether it is at it.
    pub query: Rc<str>,
    pub(super) runs: bool,
    /// What its client has prepared by its protocol: names and texts.
    pub prepared: BTreeMap<Rc<str>, Rc<str>>,
    pub settings: Rc<Settings>,
    pub transaction: Option<Transaction>,
    /// The string of statements that is not at its end.
    pub(super) running: Option<Box<Running>>,
    /// What was sent back and not yet taken.
    pub replies: Vec<Reply>,
    /// The statement that was analysed last.
    pub(super) analysed: Option<super::extended_query::Analysed>,
    /// `PREPARE`d statements.
    pub statements: BTreeMap<Rc<str>, Rc<NamedStatement>>,
    /// What the last wait is for, if it waits.
    pub waiting: Option<Waiting>,
    /// An error to be raised when it goes on: it was cancelled, or chosen to end a deadlock.
    pub interrupt: Option<SqlError>,
    /// A snapshot that may turn out to be safe, while it waits for that.
    pub(super) unsafe_snapshot: Option<Rc<Snapshot>>,
    /// When its string, and the statement at hand, was begun.
    pub statement_began: Micros,
    /// The end of a `pg_sleep`.
    pub sleeps_until: Option<Micros>,
    /// Answers of functions that were called for the row at hand, by site: a call is not made again after a wait.
    pub answers: Vec<(u32, crate::value::Value)>,
    /// The last value of each sequence, and the last sequence, that this session drew.
    pub sequences: BTreeMap<u32, i64>,
    pub last_sequence: Option<u32>,
    /// What its last string of statements has done so far.
    pub work: Work,
    /// The plan that EXPLAIN has shown last.
    pub explained: Option<Rc<Explained>>,
    /// How many transactions it has begun.
    pub transactions: u32,
    /// What exists for it, made from which catalog, if that differs from what exists for everybody.
    pub(super) view: Option<(Rc<Catalog>, Rc<Catalog>)>,
    /// Its temporary tables and what belongs to them.
    pub(super) temporary: BTreeMap<u32, Relation>,
    /// What a CREATE, ALTER or the like keeps while it waits.
    pub(super) definition: Option<Box<Progress>>,
}

/// A wait, and the alarms that are set for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub since: Micros,
    /// The deadlock check has been made.
    pub checked: bool,
    pub on: WaitOn,
}

/// What a session waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitOn {
    /// What the lock table says.
    Lock(crate::locks::Waiting),
    Sleep,
    /// A snapshot that cannot be part of an anomaly. (`DEFERRABLE`)
    SafeSnapshot,
}

/// A statement that was given a name. (`PREPARE`)
#[derive(Clone, Debug)]
pub struct NamedStatement {
    pub statement: Parsed,
    pub types: Vec<Type>,
}

impl Session {
    pub(super) fn new(id: SessionId, name: &str, settings: Rc<Settings>) -> Self {
        Self {
            id,
            name: name.into(),
            user: "postgres".into(),
            database: "postgres".into(),
            connected: false,
            terminated: false,
            query: "".into(),
            runs: false,
            prepared: BTreeMap::new(),
            settings,
            transaction: None,
            running: None,
            replies: Vec::new(),
            analysed: None,
            statements: BTreeMap::new(),
            waiting: None,
            interrupt: None,
            unsafe_snapshot: None,
            statement_began: 0,
            sleeps_until: None,
            answers: Vec::new(),
            sequences: BTreeMap::new(),
            last_sequence: None,
            work: Work::default(),
            explained: None,
            transactions: 0,
            view: None,
            temporary: BTreeMap::new(),
            definition: None,
        }
    }

    /// The number of the process that serves it.
    pub fn pid(&self) -> u32 {
        1001 + u32::from(self.id.0)
    }

    /// Whether its string of statements is not at its end.
    pub fn is_busy(&self) -> bool {
        self.running.is_some()
    }

    /// Whether it is in a transaction block, and whether that can only be rolled back.
    pub fn block(&self) -> (bool, bool) {
        self.transaction.as_ref().map_or((false, false), |it| (it.explicit, it.failed))
    }
}
