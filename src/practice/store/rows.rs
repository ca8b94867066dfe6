//! Rows as they lie in the database: which object store has them, and which of them are damaged.

use super::idb::{Change, Database};
use interleave_course::progress::{Imported, Progress, Stored, VERSION};
use std::collections::BTreeSet;

/// The object stores.
pub(super) const RECORDS: &str = "records";
pub(super) const CARRIED: &str = "carried";
pub(super) const DRAFTS: &str = "drafts";
/// Decks that the learner has brought: `decks.rs`.
pub(super) const DECKS: &str = "decks";
/// Who this device is: a number under the key `id`.
pub(super) const DEVICE: &str = "device";
pub(super) const STORES: &[&str] = &[RECORDS, CARRIED, DRAFTS, DEVICE, DECKS];

/// Which object stores there are: it grows with each that is added, and a browser adds what is missing. What rows say has versions of its own.
pub const LAYOUT: u32 = 3;

/// What was read.
pub(super) struct Read {
    pub(super) progress: Progress,
    /// The keys of rows that cannot be read. They are left as they are.
    pub(super) damaged: BTreeSet<String>,
}

/// Reads everything.
pub(super) async fn everything(database: &Database, now: i64) -> Result<Read, String> {
    // All at once: to wait for each after the other would take as long as all the rest.
    let (records, carried, drafts) =
        futures::try_join!(database.all(RECORDS), database.all(CARRIED), database.all(DRAFTS))?;
    let rows = records.into_iter().chain(carried).chain(drafts).map(|(key, json)| Stored { key, json }).collect();
    Ok(read(rows, now))
}

/// Reads the rows under some keys.
pub(super) async fn some(database: &Database, keys: &[String], now: i64) -> Result<Read, String> {
    let mut rows = vec![];
    for store in [RECORDS, CARRIED, DRAFTS] {
        let keys: Vec<String> = keys.iter().filter(|key| of(key) == Some(store)).cloned().collect();
        if !keys.is_empty() {
            rows.extend(database.some(store, &keys).await?.into_iter().map(|(key, json)| Stored { key, json }));
        }
    }
    Ok(read(rows, now))
}

fn read(rows: Vec<Stored>, now: i64) -> Read {
    let keys: Vec<String> = rows.iter().map(|row| row.key.clone()).collect();
    let Imported { progress, dropped, .. } = Progress::restore(rows, VERSION, now);
    let damaged = if dropped == 0 {
        BTreeSet::new()
    } else {
        let good: BTreeSet<String> = progress.stored().map(|row| row.key).collect();
        keys.into_iter().filter(|key| !good.contains(key)).collect()
    };
    Read { progress, damaged }
}

/// The object store that a key belongs to.
pub(super) fn of(key: &str) -> Option<&'static str> {
    let part = key.split('/').next().unwrap_or_default();
    [RECORDS, CARRIED, DRAFTS].into_iter().find(|store| *store == part)
}

/// Writing a row.
pub(super) fn put(row: Stored) -> Option<Change> {
    Some(Change::Put { store: of(&row.key)?, key: row.key, text: row.json })
}
