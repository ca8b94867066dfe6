//! Locks follow what they are on. (`PredicateLockPageSplit`, `TransferPredicateLocksToHeapRelation`)

use super::{SiRead, Ssi, Target};
use crate::query::plan::Oid;

impl Ssi {
    /// Part of an index page moved to a new page: whoever has read the old one has read both. Also when two pages are merged.
    pub fn page_split(&mut self, index: Oid, old: u32, new: u32) {
        if self.oldest_xmin().is_none() {
            return;
        }
        for lock in self.locks_on(Target::page(index, old)).to_vec() {
            self.insert_lock(SiRead { target: Target::page(index, new), ..lock });
        }
    }

    /// The pages and rows of `relation` are not what they were (it was rewritten, or is an index that goes away): all locks on
    /// it become locks on the whole table `heap`, which is `relation` itself unless that is an index.
    pub fn transfer_to_heap(&mut self, relation: Oid, heap: Oid) {
        if self.oldest_xmin().is_none() {
            return;
        }
        let whole = Target::relation(heap);
        let moved: Vec<_> = self
            .locks
            .iter()
            .filter(|lock| lock.target.relation == relation && lock.target != whole)
            .copied()
            .collect();
        self.locks.retain(|lock| lock.target.relation != relation || lock.target == whole);
        for lock in moved {
            self.insert_lock(SiRead { target: whole, ..lock });
        }
    }
}
