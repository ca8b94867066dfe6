//! `pg_locks`, `pg_stat_activity` and the like. (Manual, chapter 54, and 28.2)

use super::session::{Session, WaitOn};
use super::{SessionId, Store};
use crate::locks::{LockMode, LockRow, LockTag, Owner};
use crate::value::Value;

/// The oid of the database `postgres`.
const DATABASE: u32 = 5;

impl Store {
    /// The columns of `pg_locks`, in their order.
    pub fn pg_locks(&self) -> Vec<Vec<Value>> {
        self.locks.rows().into_iter().map(|row| self.pg_lock(&row)).collect()
    }

    fn pg_lock(&self, row: &LockRow) -> Vec<Value> {
        let text = |text: &str| Value::Text(text.into());
        let oid = |oid: u32| Value::Oid(oid);
        let null = || Value::Null;
        // What is locked: relation, page, tuple; transaction; class, object, sub-object.
        let (kind, [relation, page, tuple], xid, [class, object, sub]) = match row.tag {
            LockTag::Relation(table) => ("relation", [oid(table), null(), null()], null(), [null(), null(), null()]),
            LockTag::Tuple(table, tid) => {
                let place = [oid(table), Value::Int(tid.page as i32), Value::Int(tid.slot.into())];
                ("tuple", place, null(), [null(), null(), null()])
            }
            LockTag::Transaction(xid) => {
                ("transactionid", [null(), null(), null()], oid(xid.0), [null(), null(), null()])
            }
            LockTag::SpeculativeToken(xid, token) => {
                ("spectoken", [null(), null(), null()], oid(xid.0), [null(), oid(token), null()])
            }
            LockTag::Advisory { key, two } => {
                let keys = [oid((key >> 32) as u32), oid(key as u32), Value::Int(if two { 2 } else { 1 })];
                ("advisory", [null(), null(), null()], null(), keys)
            }
        };
        let of_database = matches!(row.tag, LockTag::Relation(_) | LockTag::Tuple(..) | LockTag::Advisory { .. });
        // (`VirtualTransactionId`: the backend and its transaction, or -1 and the number of one that is prepared)
        let (transaction, pid) = match row.owner {
            Owner::Session(session) => {
                let backend = session.0 + 3;
                (format!("{backend}/{}", self.xacts.next().0), Value::Int(self.session(session).pid() as i32))
            }
            Owner::Prepared(xid) => (format!("-1/{}", xid.0), null()),
        };
        let weak = matches!(row.mode, LockMode::AccessShare | LockMode::RowShare | LockMode::RowExclusive);
        let fast = row.granted && weak && matches!(row.tag, LockTag::Relation(_));
        vec![
            text(kind),
            if of_database { oid(DATABASE) } else { null() },
            relation,
            page,
            tuple,
            null(), // virtualxid
            xid,
            class,
            object,
            sub,
            text(&transaction),
            pid,
            text(row.mode.name()),
            Value::Bool(row.granted),
            Value::Bool(fast),
            null(), // waitstart
        ]
    }

    /// The columns of `pg_prepared_xacts`, in their order.
    pub fn pg_prepared_xacts(&self) -> Vec<Vec<Value>> {
        let text = |text: &str| Value::Text(text.into());
        let rows = self.prepared.iter();
        rows.map(|(gid, it)| vec![Value::Oid(it.xid.0), text(gid), Value::Null, text("postgres"), text("postgres")])
            .collect()
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
