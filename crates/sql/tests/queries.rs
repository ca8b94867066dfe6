//! Queries answer, and wrong ones are refused, as PostgreSQL does it.

mod support;

use interleave_sql::isolation::{Reply, Server};
use interleave_sql::psql::aligned_psql;
use interleave_sql::store::Store;

#[test]
fn queries_answer_as_postgresql_does() {
    replay("queries");
}

#[test]
fn mistakes_are_told_in_postgresqls_words() {
    replay("errors");
}

#[test]
fn rows_come_in_postgresqls_order() {
    replay("order");
}

/// Runs a recorded script in one session.
fn replay(name: &str) {
    let mut store = Store::default();
    let session = store.connect("only");
    support::compare(name, |statement| {
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            store.send(session, statement);
            store.take_replies(session).iter().map(|reply| shown(statement, reply)).collect()
        }));
        result.unwrap_or_else(|_| "a panic".to_string())
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
        _ => String::new(),
    }
}
