//! System views this store offers.

use crate::query::plan::{OutputColumn, SetFunction};
use crate::value::Type;

/// The system view of that name, with its columns.
pub(super) fn system_view(name: &str) -> Option<(SetFunction, Vec<OutputColumn>)> {
    let (function, columns): (_, &[(&str, Type)]) = match name {
        "pg_locks" => (SetFunction::PgLocks, PG_LOCKS),
        "pg_prepared_xacts" => (SetFunction::PgPreparedXacts, PG_PREPARED_XACTS),
        "pg_prepared_statements" => (SetFunction::PgPreparedStatements, PG_PREPARED_STATEMENTS),
        "pg_stat_activity" => (SetFunction::PgStatActivity, PG_STAT_ACTIVITY),
        _ => return None,
    };
    let column = |(name, ty): &(&str, Type)| OutputColumn::new(*name, *ty, None);
    Some((function, columns.iter().map(column).collect()))
}

/// (Manual, 54.12 "pg_locks")
const PG_LOCKS: &[(&str, Type)] = &[
    ("locktype", Type::Text),
    ("database", Type::Oid),
    ("relation", Type::Oid),
    ("page", Type::Int4),
    ("tuple", Type::Int2),
    ("virtualxid", Type::Text),
    ("transactionid", Type::Xid),
    ("classid", Type::Oid),
    ("objid", Type::Oid),
    ("objsubid", Type::Int2),
    ("virtualtransaction", Type::Text),
    ("pid", Type::Int4),
    ("mode", Type::Text),
    ("granted", Type::Bool),
    ("fastpath", Type::Bool),
    ("waitstart", Type::TimestampTz),
];

/// (Manual, 54.16 "pg_prepared_xacts")
const PG_PREPARED_XACTS: &[(&str, Type)] = &[
    ("transaction", Type::Xid),
    ("gid", Type::Text),
    ("prepared", Type::TimestampTz),
    ("owner", Type::Name),
    ("database", Type::Name),
];

/// (Manual, 54.15 "pg_prepared_statements"; the first of its columns)
const PG_PREPARED_STATEMENTS: &[(&str, Type)] = &[("name", Type::Text), ("statement", Type::Text)];

/// (Manual, 28.2.3 "pg_stat_activity"; those of its columns that say something here)
const PG_STAT_ACTIVITY: &[(&str, Type)] = &[
    ("datname", Type::Name),
    ("pid", Type::Int4),
    ("usename", Type::Name),
    ("application_name", Type::Text),
    ("wait_event_type", Type::Text),
    ("state", Type::Text),
    ("query", Type::Text),
    ("backend_type", Type::Text),
];
