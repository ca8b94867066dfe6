//! The database of one process.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A transaction, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Transaction(pub u8);

/// Rows on disk, and what transactions have changed and not committed.
///
/// A change locks its row. A crash undoes the changes of a transaction, unless it has *prepared*: then changes and locks are on disk and stay
/// until somebody says how it ends. (PostgreSQL calls it `PREPARE TRANSACTION`, `COMMIT PREPARED`, `ROLLBACK PREPARED`.)
///
/// ```
/// use interleave_protocols::database::{Database, Transaction};
///
/// let (mine, yours) = (Transaction(1), Transaction(2));
/// let mut accounts = Database::new([("Alice", 100), ("Bob", 100)]);
/// accounts.write(mine, "Alice", 90).unwrap();
/// assert_eq!(accounts.write(yours, "Alice", 0), Err(mine), "her row is locked");
/// accounts.write(yours, "Bob", 110).unwrap();
/// accounts.prepare(mine);
/// accounts.crash();
/// assert_eq!((accounts.owner(&"Alice"), accounts.owner(&"Bob")), (Some(mine), None));
/// accounts.commit(mine);
/// assert_eq!((accounts.read(&"Alice"), accounts.read(&"Bob")), (Some(&90), Some(&100)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Database<K: Ord, V> {
    rows: BTreeMap<K, V>,
    changes: BTreeMap<K, Vec<Change<V>>>,
    prepared: Vec<Transaction>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Change<V> {
    by: Transaction,
    value: V,
    locks: bool,
}

impl<K: Ord + Clone, V: Clone> Database<K, V> {
    /// A database with these rows.
    pub fn new(rows: impl IntoIterator<Item = (K, V)>) -> Self {
        Self { rows: rows.into_iter().collect(), changes: BTreeMap::new(), prepared: Vec::new() }
    }

    /// What is committed.
    pub fn read(&self, row: &K) -> Option<&V> {
        self.rows.get(row)
    }

    /// Committed rows, in order.
    pub fn rows(&self) -> impl Iterator<Item = (&K, &V)> {
        self.rows.iter()
    }

    /// Who has locked a row.
    pub fn owner(&self, row: &K) -> Option<Transaction> {
        self.changes.get(row)?.iter().find(|change| change.locks).map(|change| change.by)
    }

    /// Whether a transaction has changes that are neither committed nor undone.
    pub fn is_open(&self, transaction: Transaction) -> bool {
        self.changes.values().flatten().any(|change| change.by == transaction)
    }

    /// Whether a transaction has prepared and not ended.
    pub fn is_prepared(&self, transaction: Transaction) -> bool {
        self.prepared.contains(&transaction)
    }

    /// Changes a row and locks it, or says who has locked it.
    pub fn write(&mut self, by: Transaction, row: K, value: V) -> Result<(), Transaction> {
        match self.owner(&row) {
            Some(owner) if owner != by => Err(owner),
            _ => {
                let changes = self.changes.entry(row).or_default();
                changes.retain(|change| change.by != by);
                changes.push(Change { by, value, locks: true });
                Ok(())
            }
        }
    }

    /// Writes changes and locks of a transaction to disk: it may still end either way, and a crash ends it no more.
    pub fn prepare(&mut self, transaction: Transaction) {
        if let Err(at) = self.prepared.binary_search(&transaction) {
            self.prepared.insert(at, transaction);
        }
    }

    /// Lets go of a transaction's locks and keeps its changes. *Never* right: it is here to show why.
    pub fn unlock(&mut self, transaction: Transaction) {
        let mine = self.changes.values_mut().flatten().filter(|change| change.by == transaction);
        mine.for_each(|change| change.locks = false);
    }

    /// Makes a transaction's changes the rows.
    pub fn commit(&mut self, transaction: Transaction) {
        for (row, change) in self.end(transaction) {
            self.rows.insert(row, change);
        }
    }

    /// Undoes a transaction's changes.
    pub fn abort(&mut self, transaction: Transaction) {
        self.end(transaction);
    }

    /// What a crash does: transactions that have not prepared are gone.
    pub fn crash(&mut self) {
        let prepared = &self.prepared;
        self.changes.values_mut().for_each(|changes| changes.retain(|change| prepared.contains(&change.by)));
        self.changes.retain(|_, changes| !changes.is_empty());
    }

    fn end(&mut self, transaction: Transaction) -> Vec<(K, V)> {
        self.prepared.retain(|&it| it != transaction);
        let mut ended = Vec::new();
        for (row, changes) in &mut self.changes {
            let mine = changes.iter().position(|change| change.by == transaction).map(|at| changes.remove(at));
            ended.extend(mine.map(|change| (row.clone(), change.value)));
        }
        self.changes.retain(|_, changes| !changes.is_empty());
        ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINE: Transaction = Transaction(1);
    const YOURS: Transaction = Transaction(2);

    #[test]
    fn an_abort_leaves_the_rows_as_they_were() {
        let mut database = Database::new([('a', 1)]);
        database.write(MINE, 'a', 2).unwrap();
        database.write(MINE, 'a', 3).unwrap();
        assert_eq!((database.read(&'a'), database.is_open(MINE)), (Some(&1), true));
        database.abort(MINE);
        assert_eq!((database.read(&'a'), database.is_open(MINE), database.owner(&'a')), (Some(&1), false, None));
        assert_eq!(database, Database::new([('a', 1)]), "nothing is left of it");
    }

    #[test]
    fn without_its_lock_a_prepared_change_overwrites_what_others_wrote() {
        let mut database = Database::new([('a', 100)]);
        database.write(MINE, 'a', 90).unwrap();
        database.prepare(MINE);
        database.unlock(MINE);
        database.write(YOURS, 'a', 95).unwrap();
        database.commit(YOURS);
        assert_eq!(database.read(&'a'), Some(&95));
        database.commit(MINE);
        assert_eq!(database.read(&'a'), Some(&90), "five are lost");
    }
}
