//! Locks in words. (`DescribeLockTag` in `lmgr.c`, `DeadLockReport` in `deadlock.c`)

use super::{DeadlockEdge, LockTag, Owner};
use crate::error::SqlError;
use crate::query::plan::Oid;
use crate::store::SessionId;

/// What is locked, as error messages call it: `transaction 731`. `database` is the oid of the one database there is.
pub fn describe(tag: LockTag, database: Oid) -> String {
    match tag {
        LockTag::Relation(oid) => format!("relation {oid} of database {database}"),
        LockTag::Transaction(xid) => format!("transaction {}", xid.0),
        LockTag::Tuple(oid, tid) => format!("tuple {tid} of relation {oid} of database {database}"),
        LockTag::SpeculativeToken(xid, token) => format!("speculative token {token} of transaction {}", xid.0),
        LockTag::Advisory { key, two } => {
            let (upper, lower) = ((key >> 32) as u32, key as u32);
            format!("advisory lock [{database},{upper},{lower},{}]", if two { 2 } else { 1 })
        }
    }
}

/// The lines of a deadlock's `DETAIL`, one an edge. `pid` gives a session's process number.
pub fn deadlock_detail(edges: &[DeadlockEdge], database: Oid, pid: impl Fn(SessionId) -> u32) -> String {
    let line = |edge: &DeadlockEdge| {
        let blocker = match edge.blocker {
            Owner::Session(session) => pid(session),
            Owner::Prepared(_) => 0,
        };
        format!(
            "Process {} waits for {} on {}; blocked by process {blocker}.",
            pid(edge.waiter),
            edge.mode.name(),
            describe(edge.tag, database),
        )
    };
    edges.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// 40P01 `deadlock detected`, with everything PostgreSQL sends to the client.
pub fn deadlock_error(edges: &[DeadlockEdge], database: Oid, pid: impl Fn(SessionId) -> u32) -> SqlError {
    SqlError::new("40P01", "deadlock detected")
        .detail(deadlock_detail(edges, database, pid))
        .hint("See server log for query details.")
}
