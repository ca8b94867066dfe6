//! The database of one process.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

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
#[serde(bound(serialize = "K: Serialize, V: Serialize", deserialize = "K: Deserialize<'de>, V: Deserialize<'de>"))]
pub struct Database<K, V> {
    /// Sorted. Small lists, and in place: a search copies them all the time.
    rows: SmallVec<[(K, V); 2]>,
    /// Sorted by row; those of one row in the order in which they were made.
    changes: SmallVec<[Change<K, V>; 2]>,
    prepared: SmallVec<[Transaction; 2]>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Change<K, V> {
    row: K,
    by: Transaction,
    value: V,
    locks: bool,
}

impl<K: Ord + Clone, V: Clone> Database<K, V> {
    /// A database with these rows; of two of one key, the later one.
    pub fn new(rows: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut database = Self { rows: SmallVec::new(), changes: SmallVec::new(), prepared: SmallVec::new() };
        rows.into_iter().for_each(|(row, value)| database.put(row, value));
        database
    }

    /// What is committed.
    pub fn read(&self, row: &K) -> Option<&V> {
        self.rows.iter().find(|(key, _)| key == row).map(|(_, value)| value)
    }

    /// Committed rows, in order.
    pub fn rows(&self) -> &[(K, V)] {
        &self.rows
    }

    /// Who has locked a row.
    pub fn owner(&self, row: &K) -> Option<Transaction> {
        self.changes.iter().find(|change| change.row == *row && change.locks).map(|change| change.by)
    }

    /// What whoever has changed a row would make of it.
    pub fn pending(&self, row: &K) -> Option<&V> {
        self.changes.iter().find(|change| change.row == *row).map(|change| &change.value)
    }

    /// Whether a transaction has changes that are neither committed nor undone.
    pub fn is_open(&self, transaction: Transaction) -> bool {
        self.changes.iter().any(|change| change.by == transaction)
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
                self.changes.retain(|change| change.by != by || change.row != row);
                let at = self.changes.partition_point(|change| change.row <= row);
                self.changes.insert(at, Change { row, by, value, locks: true });
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
        let mine = self.changes.iter_mut().filter(|change| change.by == transaction);
        mine.for_each(|change| change.locks = false);
    }

    /// Makes a transaction's changes the rows.
    pub fn commit(&mut self, transaction: Transaction) {
        for change in self.end(transaction) {
            self.put(change.row, change.value);
        }
    }

    /// Undoes a transaction's changes.
    pub fn abort(&mut self, transaction: Transaction) {
        self.end(transaction);
    }

    /// What a crash does: transactions that have not prepared are gone.
    pub fn crash(&mut self) {
        self.changes.retain(|change| self.prepared.contains(&change.by));
    }

    fn end(&mut self, transaction: Transaction) -> SmallVec<[Change<K, V>; 2]> {
        self.prepared.retain(|it| *it != transaction);
        let (mine, others) = std::mem::take(&mut self.changes).into_iter().partition(|change| change.by == transaction);
        self.changes = others;
        mine
    }

    fn put(&mut self, row: K, value: V) {
        match self.rows.binary_search_by(|(key, _)| key.cmp(&row)) {
            Ok(at) => self.rows[at].1 = value,
            Err(at) => self.rows.insert(at, (row, value)),
        }
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
