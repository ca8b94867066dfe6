//! The lock table, and the predicate locks beside it.

use super::names::{object, target};
use crate::lab::budget;
use crate::lab::scene::Lock;
use crate::locks::Owner;
use crate::ssi::Fate;
use crate::store::Store;

/// What sessions hold and ask for; the first `sessions` of them are shown.
pub fn locks(store: &Store, sessions: u16) -> Vec<Lock> {
    let held = store.locks.rows().into_iter().filter_map(|row| match row.owner {
        Owner::Session(session) if session.0 < sessions => Some(Lock {
            session: session.0 as u8,
            object: object(store, row.tag),
            mode: row.mode.name().to_owned(),
            granted: row.granted,
        }),
        _ => None,
    });
    let transactions = store.ssi.transactions();
    let read = store.ssi.locks().iter().filter_map(|read| {
        let transaction = transactions.iter().find(|transaction| transaction.id == read.transaction)?;
        let running = matches!(transaction.fate, Fate::Active | Fate::Doomed | Fate::Committed);
        (running && transaction.session.0 < sessions).then(|| Lock {
            session: transaction.session.0 as u8,
            object: target(store, read.target),
            mode: "SIReadLock".to_owned(),
            granted: true,
        })
    });
    let mut locks: Vec<_> = held.chain(read).take(budget::LOCKS).collect();
    locks.dedup();
    locks
}
