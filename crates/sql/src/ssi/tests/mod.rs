//! What serialisable transactions can rely on.

mod anomalies;
mod history;
mod locks;
mod prepared;
mod snapshots;

use super::*;
use crate::error::SqlError;
use crate::query::plan::Oid;
use crate::store::{Tid, Xid};

pub(super) const TABLE: Oid = 16384;
pub(super) const INDEX: Oid = 16390;

pub(super) fn tid(slot: u16) -> Tid {
    Tid { page: 0, slot }
}

pub(super) fn session(number: u16) -> SessionId {
    SessionId(number)
}

/// Sessions that read and write rows of one table. Session `n` gets the number `100 + n` when it first writes; all snapshots
/// are older than that.
#[derive(Clone, Debug, Default)]
pub(super) struct Sessions {
    pub ssi: Ssi,
}

impl Sessions {
    pub fn begin(&mut self, number: u16) -> Begun {
        self.ssi.begin(session(number), Xid(100), false, false)
    }

    pub fn begin_read_only(&mut self, number: u16) -> Begun {
        self.ssi.begin(session(number), Xid(100), true, false)
    }

    /// Reads a row that nobody has changed.
    pub fn read(&mut self, number: u16, slot: u16) {
        assert_eq!(self.ssi.conflict_out_needed(session(number)).map(|_| ()), Ok(()));
        self.ssi.lock_tuple(session(number), TABLE, tid(slot), false);
    }

    /// Reads a row that `writer` has changed at the same time.
    pub fn read_behind(&mut self, number: u16, slot: u16, writer: u16) -> Result<(), SqlError> {
        self.ssi.conflict_out(session(number), Xid(100 + u32::from(writer)), true)?;
        self.ssi.lock_tuple(session(number), TABLE, tid(slot), false);
        Ok(())
    }

    pub fn write(&mut self, number: u16, slot: u16) -> Result<(), SqlError> {
        self.ssi.register_xid(session(number), Xid(100 + u32::from(number)));
        self.ssi.conflict_in(session(number), TABLE, Some(tid(slot)), Some(0), false)
    }

    /// Commits, or says why not and rolls back.
    pub fn commit(&mut self, number: u16) -> Result<(), SqlError> {
        match self.ssi.pre_commit(session(number)) {
            Ok(()) => {
                self.ssi.commit(session(number), Xid(200));
                Ok(())
            }
            Err(error) => {
                self.ssi.abort(session(number));
                Err(error)
            }
        }
    }

    /// The conflicts, as the sessions that began the transactions.
    pub fn conflicts(&self) -> Vec<(u16, u16)> {
        let name = |id| self.ssi.get(id).began.0;
        self.ssi.conflicts().iter().map(|conflict| (name(conflict.reader), name(conflict.writer))).collect()
    }
}

/// An error's reason code.
pub(super) fn reason(result: Result<(), SqlError>) -> String {
    let error = result.expect_err("it should have failed");
    assert_eq!(error.code, "40001");
    assert_eq!(error.message, "could not serialize access due to read/write dependencies among transactions");
    assert_eq!(error.hint.as_deref(), Some("The transaction might succeed if retried."));
    error.detail.unwrap_or_default()
}
