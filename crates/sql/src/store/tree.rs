//! B-tree indexes: leaf pages of keys in order, each pointing to the first version of a row's chain. Only the leaves are kept:
//! they are what predicate locks name. (PostgreSQL's `nbtree`)

use super::Tid;
use crate::value::{Value, compare};
use std::cmp::Ordering;
use std::rc::Rc;

/// How keys are ordered: one entry a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyOrder(pub Vec<ColumnOrder>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnOrder {
    pub descending: bool,
    pub nulls_first: bool,
}

impl ColumnOrder {
    /// Compares two values of the column.
    pub fn compare(self, a: &Value, b: &Value) -> Ordering {
        match (matches!(a, Value::Null), matches!(b, Value::Null)) {
            (true, true) => Ordering::Equal,
            (true, false) if self.nulls_first => Ordering::Less,
            (true, false) => Ordering::Greater,
            (false, true) if self.nulls_first => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) if self.descending => compare(b, a),
            (false, false) => compare(a, b),
        }
    }
}

impl KeyOrder {
    /// Compares the columns both keys have.
    pub fn compare(&self, a: &[Value], b: &[Value]) -> Ordering {
        let columns = self.0.iter().zip(a.iter().zip(b));
        columns.map(|(order, (a, b))| order.compare(a, b)).find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
    }
}

/// A key and the chain it belongs to.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: Rc<[Value]>,
    pub tid: Tid,
}

#[derive(Clone, Debug)]
struct Leaf {
    /// The page's number in the index file.
    page: u32,
    entries: Vec<Entry>,
    bytes: u32,
}

/// Bytes of a leaf page that entries may take.
const LEAF_BYTES: u32 = 8192 - 24 - 16;

/// An index.
#[derive(Clone, Debug)]
pub struct Tree {
    pub order: KeyOrder,
    leaves: Vec<Rc<Leaf>>,
    next_page: u32,
}

/// A split: the entries from the middle of page `left` on moved to page `right`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Split {
    pub left: u32,
    pub right: u32,
}

impl Tree {
    /// An empty index.
    pub fn new(order: KeyOrder) -> Self {
        Self { order, leaves: Vec::new(), next_page: 1 }
    }

    /// Whether nothing was ever put in: there is no page to lock yet.
    pub fn is_rootless(&self) -> bool {
        self.leaves.is_empty()
    }

    /// How many leaf pages there are, and entries.
    pub fn size(&self) -> (u32, u64) {
        (self.leaves.len() as u32, self.leaves.iter().map(|leaf| leaf.entries.len() as u64).sum())
    }

    /// Index of the leaf on which keys at or after `(key, tid)` begin.
    fn leaf_of(&self, key: &[Value], tid: Option<Tid>) -> usize {
        let before = |leaf: &Rc<Leaf>| {
            leaf.entries.first().is_none_or(|first| {
                self.order
                    .compare(&first.key, key)
                    .then_with(|| tid.map_or(Ordering::Greater, |tid| first.tid.cmp(&tid)))
                    .is_lt()
            })
        };
        self.leaves.partition_point(before).saturating_sub(1)
    }

    /// The leaf page a key belongs to: the first one that will be made, while the index has none.
    pub fn page_for(&self, key: &[Value]) -> u32 {
        self.leaves.get(self.leaf_of(key, None)).map_or(self.next_page, |leaf| leaf.page)
    }

    /// Puts an entry in its place. Says on which page, and whether the page was split for it.
    pub fn insert(&mut self, key: Rc<[Value]>, tid: Tid, key_bytes: u32) -> (u32, Option<Split>) {
        if self.leaves.is_empty() {
            self.leaves.push(Rc::new(Leaf { page: self.next_page, entries: Vec::new(), bytes: 0 }));
            self.next_page += 1;
        }
        let at = self.leaf_of(&key, Some(tid));
        let last = at + 1 == self.leaves.len();
        let order = &self.order;
        let leaf = Rc::make_mut(&mut self.leaves[at]);
        let slot =
            leaf.entries.partition_point(|entry| order.compare(&entry.key, &key).then(entry.tid.cmp(&tid)).is_lt());
        let size = 8 + key_bytes.next_multiple_of(8) + 4;
        leaf.entries.insert(slot, Entry { key, tid });
        leaf.bytes += size;
        if leaf.bytes <= LEAF_BYTES || leaf.entries.len() < 2 {
            return (leaf.page, None);
        }
        // The last leaf of a growing index is left nearly full, any other is halved. (`_bt_findsplitloc`)
        let growing = last && slot + 1 == leaf.entries.len();
        let cut = if growing { leaf.entries.len() * 9 / 10 } else { leaf.entries.len() / 2 };
        let moved = leaf.entries.split_off(cut);
        let bytes = leaf.bytes * moved.len() as u32 / (moved.len() + cut) as u32;
        leaf.bytes -= bytes;
        let left = leaf.page;
        // The first split also makes a root above the two: its page comes after the new leaf's.
        let right = self.next_page;
        self.next_page += if self.leaves.len() == 1 { 2 } else { 1 };
        self.leaves.insert(at + 1, Rc::new(Leaf { page: right, entries: moved, bytes }));
        (if slot < cut { left } else { right }, Some(Split { left, right }))
    }

    /// All entries, in order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.leaves.iter().flat_map(|leaf| &leaf.entries)
    }

    /// The entries with this key.
    pub fn equal<'a>(&'a self, key: &'a [Value]) -> impl Iterator<Item = &'a Entry> + 'a {
        self.leaves[self.leaf_of(key, None).min(self.leaves.len())..]
            .iter()
            .flat_map(|leaf| leaf.entries.iter())
            .skip_while(|entry| self.order.compare(&entry.key, key).is_lt())
            .take_while(|entry| self.order.compare(&entry.key, key).is_eq())
    }

    /// Visits the leaf pages and entries of a range in order: first the page, then its entries that are inside.
    /// `position` says whether a key is before the range, inside, or after it.
    pub fn range(&self, position: impl Fn(&[Value]) -> Ordering) -> Vec<(u32, Vec<&Entry>)> {
        let start = self
            .leaves
            .partition_point(|leaf| leaf.entries.first().is_none_or(|first| position(&first.key).is_lt()))
            .saturating_sub(1);
        let mut found = Vec::new();
        for leaf in &self.leaves[start.min(self.leaves.len())..] {
            let from = leaf.entries.partition_point(|entry| position(&entry.key).is_lt());
            let to = leaf.entries.partition_point(|entry| position(&entry.key).is_le());
            if from == leaf.entries.len() && !found.is_empty() {
                break;
            }
            found.push((leaf.page, leaf.entries[from..to].iter().collect()));
            if to < leaf.entries.len() {
                break;
            }
        }
        found
    }

    /// Forgets every entry that points to a place that is free again.
    pub fn remove(&mut self, gone: &[Tid]) {
        for leaf in &mut self.leaves {
            if leaf.entries.iter().any(|entry| gone.contains(&entry.tid)) {
                let leaf = Rc::make_mut(leaf);
                let before = leaf.entries.len();
                leaf.entries.retain(|entry| !gone.contains(&entry.tid));
                leaf.bytes = leaf.bytes * leaf.entries.len() as u32 / before.max(1) as u32;
            }
        }
    }
}
