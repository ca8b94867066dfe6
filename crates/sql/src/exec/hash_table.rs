//! The order in which PostgreSQL's hash tables of groups hand up what they hold. (`simplehash.h`, `execGrouping.c`)
//!
//! Rows that nobody sorts come in the order of the table's buckets: of the hashes of their keys, and of how large the table was made.

use crate::value::{Value, hash};

/// How full a table may be before it grows. (`SH_FILLFACTOR`)
const FULL: f64 = 0.9;
/// How far from its bucket an entry may be, or how many others it may push on, before the table grows instead. (`SH_GROW_MAX_DIB`,
/// `SH_GROW_MAX_MOVE`; never while it is nearly empty: `SH_GROW_MIN_FILLFACTOR`)
const FARTHEST: usize = 25;
const MOST_MOVED: usize = 150;
const NEARLY_EMPTY: f64 = 0.1;

/// The order of the groups with these keys, which came in this order, in a table that was made for so many as the planner expected.
/// `followed`: a row of a known group came after the last new one. (Whatever comes makes a full table grow.)
pub(super) fn order<'a>(keys: impl IntoIterator<Item = &'a [Value]>, expected: f64, followed: bool) -> Vec<usize> {
    let mut table = Table::new(expected);
    for (group, key) in keys.into_iter().enumerate() {
        table.insert(group, of(key));
    }
    if followed && table.is_full() {
        table.grow();
    }
    table.scan()
}

/// The hash of a key of several columns. (`TupleHashTableHash_internal`)
fn of(key: &[Value]) -> u32 {
    let whole = key.iter().fold(0u32, |sum, value| {
        let sum = sum.rotate_left(1);
        if value.is_null() { sum } else { sum ^ hash(value) }
    });
    murmur(whole)
}

/// (`murmurhash32`)
fn murmur(mut h: u32) -> u32 {
    h = (h ^ (h >> 16)).wrapping_mul(0x85eb_ca6b);
    h = (h ^ (h >> 13)).wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

/// Groups and their hashes in buckets, each as near behind its own as those that came before it allow.
struct Table {
    buckets: Vec<Option<(usize, u32)>>,
    members: usize,
}

impl Table {
    fn new(expected: f64) -> Self {
        let wanted = (expected.clamp(1.0, 1e6) as usize as f64 / FULL) as usize;
        Self { buckets: vec![None; wanted.max(2).next_power_of_two()], members: 0 }
    }

    fn own(&self, hash: u32) -> usize {
        hash as usize & (self.buckets.len() - 1)
    }

    fn next(&self, bucket: usize) -> usize {
        (bucket + 1) & (self.buckets.len() - 1)
    }

    fn distance(&self, hash: u32, bucket: usize) -> usize {
        bucket.wrapping_sub(self.own(hash)) & (self.buckets.len() - 1)
    }

    fn is_full(&self) -> bool {
        self.members >= (self.buckets.len() as f64 * FULL) as usize
    }

    fn is_crowded(&self) -> bool {
        self.members as f64 / self.buckets.len() as f64 >= NEARLY_EMPTY
    }

    /// (`SH_INSERT_HASH_INTERNAL`)
    fn insert(&mut self, group: usize, hash: u32) {
        if self.is_full() {
            self.grow();
        }
        while !self.place(group, hash) {
            self.grow();
        }
        self.members += 1;
    }

    /// Whether there was room: one that is farther from its own bucket pushes on those that are nearer to theirs.
    fn place(&mut self, group: usize, hash: u32) -> bool {
        let (mut bucket, mut distance) = (self.own(hash), 0);
        while let Some((_, other)) = self.buckets[bucket] {
            if distance > self.distance(other, bucket) {
                return self.push_in(group, hash, bucket);
            }
            bucket = self.next(bucket);
            distance += 1;
            if distance > FARTHEST && self.is_crowded() {
                return false;
            }
        }
        self.buckets[bucket] = Some((group, hash));
        true
    }

    fn push_in(&mut self, group: usize, hash: u32, at: usize) -> bool {
        let (mut empty, mut moved) = (at, 0);
        loop {
            empty = self.next(empty);
            if self.buckets[empty].is_none() {
                break;
            }
            moved += 1;
            if moved > MOST_MOVED && self.is_crowded() {
                return false;
            }
        }
        let last = self.buckets.len() - 1;
        while empty != at {
            let before = empty.wrapping_sub(1) & last;
            self.buckets[empty] = self.buckets[before].take();
            empty = before;
        }
        self.buckets[at] = Some((group, hash));
        true
    }

    /// Twice the buckets; the entries go over from the first that is in its own. (`SH_GROW`)
    fn grow(&mut self) {
        let twice = vec![None; self.buckets.len() * 2];
        let old = std::mem::replace(&mut self.buckets, twice);
        let size = old.len();
        let is_start = |&bucket: &usize| old[bucket].is_none_or(|(_, hash)| hash as usize & (size - 1) == bucket);
        let start = (0..size).find(is_start).unwrap_or(0);
        for (group, hash) in (0..size).filter_map(|offset| old[(start + offset) & (size - 1)]) {
            let mut bucket = self.own(hash);
            while self.buckets[bucket].is_some() {
                bucket = self.next(bucket);
            }
            self.buckets[bucket] = Some((group, hash));
        }
    }

    /// Backwards from the first empty bucket. (`SH_START_ITERATE`, `SH_ITERATE`)
    fn scan(&self) -> Vec<usize> {
        let size = self.buckets.len();
        let start = self.buckets.iter().position(Option::is_none).unwrap_or(0);
        let backwards = (0..size).map(|offset| start.wrapping_sub(offset) & (size - 1));
        backwards.filter_map(|bucket| self.buckets[bucket]).map(|(group, _)| group).collect()
    }
}
