//! Statements and nothing else: what is measured to know how fast the store is.

use crate::isolation::Server;
use crate::store::Store;
use interleave_kernel::Dice;

/// Accounts that the statements are spread over.
const ROWS: u32 = 1_000;

/// Runs so many statements on a new store, each a transaction of its own: reads and updates of one row by its key, by turns.
/// Returns how many were answered without an error.
pub fn pace(statements: u32) -> u32 {
    let mut store = Store::default();
    let session = store.connect("pace");
    for statement in super::program::setup(ROWS) {
        store.send(session, &statement);
    }
    store.take_replies(session);
    let mut dice = Dice::new(1);
    let mut answered = 0;
    for number in 0..statements {
        let id = dice.below(u64::from(ROWS)) + 1;
        let sql = if number % 2 == 0 {
            format!("SELECT balance FROM accounts WHERE id = {id}")
        } else {
            format!("UPDATE accounts SET balance = balance + 1 WHERE id = {id}")
        };
        store.send(session, &sql);
        answered += u32::from(super::run::failure(&store.take_replies(session)).is_none());
    }
    answered
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_statement_is_answered() {
        assert_eq!(super::pace(500), 500);
    }
}
