//! CREATE, ALTER, DROP and their like say and do what PostgreSQL's do, each statement by itself.

mod support;

use interleave_sql::isolation::{Reply, Server};
use interleave_sql::psql::aligned_psql;
use interleave_sql::store::Store;

#[test]
fn definitions_are_answered_as_postgresql_does() {
    let mut store = Store::default();
    support::compare("ddl", |statement| {
        // Each statement has a session of its own, as with `psql -c`.
        let session = store.connect("another");
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.send(session, statement);
            store.take_replies(session).iter().map(|reply| shown(statement, reply)).collect()
        }));
        result.unwrap_or_else(|_| "a panic".to_owned())
    });
}

fn shown(statement: &str, reply: &Reply) -> String {
    match reply {
        Reply::Rows { columns, rows, .. } => {
            let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
            let right: Vec<bool> = columns.iter().map(|column| column.ty.psql_right()).collect();
            aligned_psql(&names, &right, rows)
        }
        Reply::Error { error, .. } => support::error(statement, error),
        Reply::Notice { severity, message } => support::error(statement, message).replacen("ERROR", severity, 1),
        _ => String::new(),
    }
}
