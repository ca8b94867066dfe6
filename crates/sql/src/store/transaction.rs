//! A session's transaction: how it begins, nests, fails and ends. (PostgreSQL's `xact.c`)

use super::exists::Changes;
use super::references;
use super::settings::Settings;
use super::xact::{Snapshot, Status};
use super::{Micros, SessionId, Store, Xid};
use crate::error::{Run, SqlError, Stop};
use crate::history::Event;
use crate::lab::Isolation;
use crate::locks::{Hold, LockMode, LockTag, Owner};
use std::rc::Rc;

/// A transaction that a session is in.
#[derive(Clone, Debug)]
pub struct Transaction {
    pub began: Micros,
    pub isolation: Isolation,
    /// READ UNCOMMITTED was asked for, which is READ COMMITTED by another name.
    pub uncommitted: bool,
    pub read_only: bool,
    pub deferrable: bool,
    /// BEGIN was said: it goes on until COMMIT or ROLLBACK.
    pub explicit: bool,
    /// It can only be rolled back.
    pub failed: bool,
    /// The transaction itself, and the savepoints inside each other.
    pub levels: Vec<Level>,
    /// Number of the statement, for what it sees of the transaction's own work. (`CommandId`)
    pub command: u32,
    /// The one snapshot of REPEATABLE READ and SERIALIZABLE.
    pub snapshot: Option<Rc<Snapshot>>,
    /// A statement has read: the level can no longer be changed.
    pub has_read: bool,
    /// Its reads and writes are followed.
    pub serializable: bool,
    /// Checks that wait for the commit.
    pub deferred: Vec<references::Event>,
    /// The one of them that is being made.
    pub checking: Option<Box<references::Check>>,
    /// `SET CONSTRAINTS ALL`: overrides what the constraints say.
    pub constraints_deferred: Option<bool>,
    /// What settings were before it began.
    settings: Rc<Settings>,
    /// How many transactions the session has begun in all, for the record.
    pub number: u32,
}

/// The transaction itself, or a savepoint in it.
#[derive(Clone, Debug)]
pub struct Level {
    pub xid: Option<Xid>,
    pub name: Option<Rc<str>>,
    /// What it defined, in order.
    pub(super) changes: Changes,
    settings: Rc<Settings>,
    /// How many deferred checks there were.
    deferred: usize,
}

/// A transaction that was prepared: it has no session any more. (Manual, "PREPARE TRANSACTION")
#[derive(Clone, Debug)]
pub struct Prepared {
    pub xid: Xid,
    pub began: Micros,
    /// What it defined.
    pub(super) changes: Changes,
}

impl Store {
    /// The transaction a session is in. There is one while a statement runs.
    pub fn transaction(&mut self, me: SessionId) -> &mut Transaction {
        let clock = self.clock;
        self.session_mut(me).begin(clock)
    }

    /// Begins a transaction if there is none.
    pub(super) fn begin(&mut self, me: SessionId) {
        if self.session(me).transaction.is_none() {
            self.note(me, || Event::Begin);
        }
        self.transaction(me);
    }

    /// The number of the transaction, or of the savepoint it is in; given out when it is first needed, to everything around it
    /// first. (`GetCurrentTransactionId`)
    pub fn assign_xid(&mut self, me: SessionId) -> Xid {
        let levels = self.transaction(me).levels.len();
        if let Some(xid) = self.transaction(me).levels[levels - 1].xid {
            return xid;
        }
        for level in 0..levels {
            if self.transaction(me).levels[level].xid.is_some() {
                continue;
            }
            let top = self.transaction(me).levels[0].xid;
            let xid = self.xacts.assign(Owner::Session(me), top);
            self.transaction(me).levels[level].xid = Some(xid);
            let hold = Hold::Transaction { level: level as u32 + 1 };
            self.locks.acquire(me, LockTag::Transaction(xid), LockMode::Exclusive, hold);
            if level == 0 {
                self.ssi_register(me, xid);
            }
        }
        self.transaction(me).levels[levels - 1].xid.unwrap_or_default()
    }

    /// The snapshot a new statement reads: what has happened up to now, or up to the transaction's first statement.
    /// (`GetTransactionSnapshot`)
    pub fn statement_snapshot(&mut self, me: SessionId) -> Run<Rc<Snapshot>> {
        self.transaction(me).has_read = true;
        if self.transaction(me).isolation == Isolation::ReadCommitted {
            self.note(me, || Event::Snapshot);
            return Ok(Rc::new(self.xacts.snapshot()));
        }
        if let Some(snapshot) = &self.transaction(me).snapshot {
            return Ok(Rc::clone(snapshot));
        }
        let snapshot = if self.transaction(me).isolation == Isolation::Serializable {
            self.ssi_snapshot(me)?
        } else {
            Rc::new(self.xacts.snapshot())
        };
        self.note(me, || Event::Snapshot);
        self.transaction(me).snapshot = Some(Rc::clone(&snapshot));
        Ok(snapshot)
    }

    /// COMMIT. It may find that it cannot. Deferred checks have been made.
    pub(super) fn commit(&mut self, me: SessionId) -> Result<(), SqlError> {
        self.ssi_pre_commit(me)?;
        let Some(transaction) = self.session_mut(me).transaction.take() else { return Ok(()) };
        let xid = transaction.levels[0].xid;
        let changes = transaction.levels.iter().flat_map(|level| level.changes.iter().cloned()).collect();
        self.publish(Some(me), changes);
        self.note_end(me, &transaction, true);
        if let Some(xid) = xid {
            self.xacts.end(xid, Status::Committed);
            self.work.flushes += 1;
        }
        if transaction.serializable {
            self.ssi_release(me, true);
        }
        self.locks.release_transaction(me);
        let session = self.session_mut(me);
        if session.settings.has_local() {
            Rc::make_mut(&mut session.settings).end_transaction();
        }
        Ok(())
    }

    /// ROLLBACK, of all of it.
    pub(super) fn rollback(&mut self, me: SessionId) {
        self.undo_all(me);
        self.session_mut(me).transaction = None;
    }

    /// Undoes what the transaction did and gives back what it holds; it is still there if it was, failed.
    fn undo_all(&mut self, me: SessionId) {
        let Some(mut transaction) = self.session_mut(me).transaction.take() else { return };
        if !transaction.levels.is_empty() && !transaction.ended() {
            self.note_end(me, &transaction, false);
        }
        while let Some(level) = transaction.levels.pop() {
            if let Some(xid) = level.xid {
                let top = self.xacts.top(xid);
                if top == xid { self.xacts.end(xid, Status::Aborted) } else { self.xacts.abort_part(xid) }
            }
        }
        if std::mem::take(&mut transaction.serializable) {
            self.ssi_release(me, false);
        }
        self.locks.release_transaction(me);
        transaction.failed = true;
        transaction.deferred.clear();
        let session = self.session_mut(me);
        session.settings = Rc::clone(&transaction.settings);
        session.transaction = Some(transaction);
        session.view = None;
    }

    /// A statement failed: all of the transaction is undone, or what was done since the last savepoint. (`AbortCurrentTransaction`)
    pub(super) fn fail(&mut self, me: SessionId) {
        self.locks.cancel_wait(me);
        let session = self.session_mut(me);
        session.sleeps_until = None;
        session.answers.clear();
        session.definition = None;
        let Some(transaction) = &session.transaction else { return };
        if transaction.levels.len() > 1 {
            self.undo_level(me);
        } else {
            let explicit = transaction.explicit;
            self.undo_all(me);
            if !explicit {
                self.session_mut(me).transaction = None;
            }
        }
    }

    /// Undoes the innermost savepoint. Its level stays, failed.
    fn undo_level(&mut self, me: SessionId) {
        let depth = self.level(me);
        let transaction = self.transaction(me);
        transaction.failed = true;
        let Some(level) = transaction.levels.last_mut() else { return };
        level.changes.clear();
        let xid = level.xid.take();
        let (kept, settings) = (level.deferred, Rc::clone(&level.settings));
        transaction.deferred.truncate(kept);
        self.session_mut(me).view = None;
        if let Some(xid) = xid {
            self.xacts.abort_part(xid);
            self.abort_merged(me, xid);
        }
        self.locks.release_level(me, depth);
        self.session_mut(me).settings = settings;
    }

    /// `SAVEPOINT`
    pub(super) fn savepoint(&mut self, me: SessionId, name: Rc<str>) {
        let settings = Rc::clone(&self.session(me).settings);
        let transaction = self.transaction(me);
        let deferred = transaction.deferred.len();
        transaction.levels.push(Level { xid: None, name: Some(name), changes: Vec::new(), settings, deferred });
    }

    fn find_savepoint(&mut self, me: SessionId, name: &str) -> Result<usize, SqlError> {
        let levels = &self.transaction(me).levels;
        let found = levels.iter().rposition(|level| level.name.as_deref() == Some(name));
        found.ok_or_else(|| SqlError::new("3B001", format!("savepoint \"{name}\" does not exist")))
    }

    /// `ROLLBACK TO SAVEPOINT`: the savepoint itself is begun anew.
    pub(super) fn rollback_to(&mut self, me: SessionId, name: &str) -> Result<(), SqlError> {
        let at = self.find_savepoint(me, name)?;
        loop {
            self.undo_level(me);
            if self.transaction(me).levels.len() == at + 1 {
                break;
            }
            self.transaction(me).levels.pop();
        }
        self.transaction(me).failed = false;
        Ok(())
    }

    /// `RELEASE SAVEPOINT`: what was done since becomes part of what is around it.
    pub(super) fn release_savepoint(&mut self, me: SessionId, name: &str) -> Result<(), SqlError> {
        let at = self.find_savepoint(me, name)?;
        self.merge_levels(me, at);
        Ok(())
    }

    /// Ends the savepoints from `at` on, well. (`CommitSubTransaction`)
    pub(super) fn merge_levels(&mut self, me: SessionId, at: usize) {
        while self.transaction(me).levels.len() > at.max(1) {
            let depth = self.level(me);
            let Some(level) = self.transaction(me).levels.pop() else { return };
            if let Some(xid) = level.xid {
                let hold = Hold::Transaction { level: depth };
                self.locks.release(me, LockTag::Transaction(xid), LockMode::Exclusive, hold);
                let parent = self.transaction(me).levels.last().and_then(|parent| parent.xid);
                self.xacts.merge(xid, parent);
            }
            self.locks.merge_level(me, depth);
            if let Some(parent) = self.transaction(me).levels.last_mut() {
                parent.changes.extend(level.changes);
            }
        }
    }

    /// A savepoint is rolled back: so are those that had become part of it.
    fn abort_merged(&mut self, _me: SessionId, xid: Xid) {
        for part in self.xacts.merged_into(xid) {
            self.xacts.abort_part(part);
        }
    }

    /// `PREPARE TRANSACTION`: the transaction leaves its session.
    pub(super) fn prepare(&mut self, me: SessionId, name: &Rc<str>) -> Run<()> {
        if self.prepared.contains_key(name) {
            let message = format!("transaction identifier \"{name}\" is already in use");
            return Err(SqlError::new("42710", message).into());
        }
        self.refuse_temporary(me)?;
        self.merge_levels(me, 1);
        let xid = self.assign_xid(me);
        self.ssi_pre_commit(me)?;
        self.locks.prepare(me, xid).map_err(Stop::from)?;
        let Some(mut transaction) = self.session_mut(me).transaction.take() else { return Ok(()) };
        if transaction.serializable {
            self.ssi.prepare(me);
        }
        let gid = Rc::clone(name);
        self.note(me, || Event::Prepare(gid));
        self.xacts.give(xid, Owner::Prepared(xid));
        let changes = transaction.levels.pop().map(|level| level.changes).unwrap_or_default();
        let prepared = Prepared { xid, began: transaction.began, changes };
        self.prepared.insert(Rc::clone(name), prepared);
        let session = self.session_mut(me);
        session.view = None;
        if session.settings.has_local() {
            Rc::make_mut(&mut session.settings).end_transaction();
        }
        Ok(())
    }

    /// `COMMIT PREPARED` and `ROLLBACK PREPARED`.
    pub(super) fn finish_prepared(&mut self, name: &str, commit: bool) -> Result<(), SqlError> {
        let Some(prepared) = self.prepared.remove(name) else {
            let message = format!("prepared transaction with identifier \"{name}\" does not exist");
            return Err(SqlError::new("42704", message));
        };
        if commit {
            self.publish(None, prepared.changes);
        }
        self.xacts.end(prepared.xid, if commit { Status::Committed } else { Status::Aborted });
        if commit {
            let next = self.xacts.next();
            self.ssi.commit_prepared(prepared.xid, next);
        } else {
            self.ssi.abort_prepared(prepared.xid);
        }
        self.locks.release_transaction(Owner::Prepared(prepared.xid));
        Ok(())
    }
}

impl Transaction {
    /// Whether it was undone already and only its shell is left.
    fn ended(&self) -> bool {
        self.levels.is_empty()
    }
}

impl super::session::Session {
    fn begin(&mut self, clock: Micros) -> &mut Transaction {
        let settings = &self.settings;
        let count = &mut self.transactions;
        self.transaction.get_or_insert_with(|| {
            *count += 1;
            Transaction {
                began: clock,
                isolation: settings.isolation(),
                uncommitted: settings.is("default_transaction_isolation", "read uncommitted"),
                read_only: settings.is_on("default_transaction_read_only"),
                deferrable: settings.is_on("default_transaction_deferrable"),
                explicit: false,
                failed: false,
                levels: vec![Level {
                    xid: None,
                    name: None,
                    changes: Vec::new(),
                    settings: Rc::clone(settings),
                    deferred: 0,
                }],
                command: 0,
                snapshot: None,
                has_read: false,
                serializable: false,
                deferred: Vec::new(),
                checking: None,
                constraints_deferred: None,
                settings: Rc::clone(settings),
                number: *count,
            }
        })
    }
}
