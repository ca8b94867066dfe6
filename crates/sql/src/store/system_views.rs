//! `pg_locks` and `pg_prepared_xacts`. (Manual, chapter 54)

use super::Store;
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
}
