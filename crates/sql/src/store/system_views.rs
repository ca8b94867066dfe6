//! `pg_locks`, `pg_stat_activity` and the like. (Manual, chapter 54, and 28.2)

use super::session::{Session, WaitOn};
use super::{SessionId, Store};
use crate::locks::{LockTag, Owner};
use crate::value::Value;

impl Store {
    /// `locktype`, `relation`, `transactionid`, `pid`, `mode`, `granted`.
    pub fn pg_locks(&self) -> Vec<Vec<Value>> {
        let text = |text: &str| Value::Text(text.into());
        let row = |row: crate::locks::LockRow| {
            let (kind, relation, xid) = match row.tag {
                LockTag::Relation(oid) => ("relation", Value::Oid(oid), Value::Null),
                LockTag::Transaction(xid) => ("transactionid", Value::Null, Value::Oid(xid.0)),
                LockTag::Tuple(oid, _) => ("tuple", Value::Oid(oid), Value::Null),
                LockTag::SpeculativeToken(xid, _) => ("spectoken", Value::Null, Value::Oid(xid.0)),
                LockTag::Advisory { .. } => ("advisory", Value::Null, Value::Null),
            };
            let pid = match row.owner {
                Owner::Session(session) => Value::Int(self.session(session).pid() as i32),
                Owner::Prepared(_) => Value::Null,
            };
            vec![text(kind), relation, xid, pid, text(row.mode.name()), Value::Bool(row.granted)]
        };
        self.locks.rows().into_iter().map(row).collect()
    }

    /// `transaction`, `gid`, `owner`, `database`.
    pub fn pg_prepared_xacts(&self) -> Vec<Vec<Value>> {
        let text = |text: &str| Value::Text(text.into());
        let rows = self.prepared.iter();
        rows.map(|(gid, it)| vec![Value::Oid(it.xid.0), text(gid), text("postgres"), text("postgres")]).collect()
    }

    /// `name`, `statement`: what clients have prepared by their protocol.
    pub fn pg_prepared_statements(&self, me: SessionId) -> Vec<Vec<Value>> {
        let text = |text: &str| Value::Text(text.into());
        self.session(me).prepared.iter().map(|(name, statement)| vec![text(name), text(statement)]).collect()
    }

    /// A row for each connection from a network.
    pub fn pg_stat_activity(&self) -> Vec<Vec<Value>> {
        let text = |text: &str| Value::Text(text.into());
        let row = |session: &Session| {
            let state = match session.block() {
                _ if session.is_busy() || session.runs => "active",
                (_, true) => "idle in transaction (aborted)",
                (true, false) => "idle in transaction",
                (false, false) => "idle",
            };
            let waits = match session.waiting.map(|waiting| waiting.on) {
                Some(WaitOn::Lock(_)) => text("Lock"),
                Some(WaitOn::Sleep) => text("Timeout"),
                Some(WaitOn::SafeSnapshot) => text("IPC"),
                None if state == "active" => Value::Null,
                None => text("Client"),
            };
            let application = session.settings.show("application_name").unwrap_or_default();
            vec![
                text(&session.database),
                Value::Int(session.pid() as i32),
                text(&session.user),
                text(&application),
                waits,
                text(state),
                text(&session.query),
                text("client backend"),
            ]
        };
        self.sessions.iter().filter(|session| session.connected).map(row).collect()
    }
}
