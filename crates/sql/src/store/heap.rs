//! Where row versions live: pages of slots, as PostgreSQL lays them out. (Manual, 73.6 "Database Page Layout")

use super::xmax::Xmax;
use super::{Tid, Xid};
use crate::value::Value;
use std::rc::Rc;

/// Bytes of a page that tuples and their pointers may take: 8192 less the header.
pub const PAGE_BYTES: u32 = 8192 - 24;
/// Bytes of a line pointer.
const POINTER: u32 = 4;
/// A page takes no more slots than this. (`MaxHeapTuplesPerPage`)
const MOST_SLOTS: usize = 291;

/// A row version.
#[derive(Clone, Debug)]
pub struct Version {
    /// Who made it, and in which of their commands.
    pub xmin: Xid,
    pub cmin: u32,
    /// Who holds it, and in which command they replaced or deleted it.
    pub xmax: Xmax,
    pub cmax: u32,
    /// The version that replaced it; itself, if none did. (`t_ctid`)
    pub next: Tid,
    /// It was replaced within its page and no index was told. (`HEAP_HOT_UPDATED`)
    pub hot_updated: bool,
    /// No index knows it: it is reached from the version it replaced. (`HEAP_ONLY_TUPLE`)
    pub heap_only: bool,
    /// The insertion may yet be taken back: `INSERT … ON CONFLICT` is not through.
    pub speculative: Option<u32>,
    /// One a column of the table as it was then.
    pub values: Rc<[Value]>,
    /// Bytes on the page.
    pub size: u32,
}

/// What a line pointer points to.
#[derive(Clone, Debug)]
pub enum Slot {
    Normal(Version),
    /// The row's first versions are gone; it goes on there.
    Redirect(u16),
    /// Gone, but an index may still point here.
    Dead,
    Unused,
}

/// A page of a table.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Slot 1 is the first.
    slots: Vec<Slot>,
    /// Bytes taken by versions, without pointers.
    used: u32,
    /// The oldest transaction whose end may have left something to clean up.
    prunable: Option<Xid>,
    /// Everybody sees all of its versions, as VACUUM has found. (The visibility map)
    all_visible: bool,
}

/// A table's rows.
#[derive(Clone, Debug, Default)]
pub struct Heap {
    pages: Vec<Rc<Page>>,
}

impl Heap {
    /// How many pages it has.
    pub fn pages(&self) -> u32 {
        self.pages.len() as u32
    }

    /// How many slots a page has.
    pub fn slots(&self, page: u32) -> u16 {
        self.pages.get(page as usize).map_or(0, |page| page.slots.len() as u16)
    }

    /// What is at a place.
    pub fn slot(&self, tid: Tid) -> &Slot {
        self.pages
            .get(tid.page as usize)
            .and_then(|page| page.slots.get(usize::from(tid.slot).wrapping_sub(1)))
            .unwrap_or(&Slot::Unused)
    }

    /// The version at a place, if there is one.
    pub fn version(&self, tid: Tid) -> Option<&Version> {
        match self.slot(tid) {
            Slot::Normal(version) => Some(version),
            _ => None,
        }
    }

    /// The version at a place, to be changed.
    pub fn version_mut(&mut self, tid: Tid) -> Option<&mut Version> {
        let page = Rc::make_mut(self.pages.get_mut(tid.page as usize)?);
        page.all_visible = false;
        match page.slots.get_mut(usize::from(tid.slot).wrapping_sub(1))? {
            Slot::Normal(version) => Some(version),
            _ => None,
        }
    }

    /// Notes that the end of `xid` may leave a dead version on the page. (`PageSetPrunable`)
    pub fn set_prunable(&mut self, page: u32, xid: Xid) {
        if let Some(page) = self.pages.get_mut(page as usize)
            && page.prunable.is_none_or(|old| xid < old)
        {
            Rc::make_mut(page).prunable = Some(xid);
        }
    }

    /// Whether the page has room for a version of `size` bytes beside what `keep_free` reserves.
    pub fn fits(&self, page: u32, size: u32, keep_free: u32) -> bool {
        self.pages.get(page as usize).is_some_and(|page| page.room() >= size + keep_free)
    }

    /// Puts a version on a page that has room. Its `next` becomes its own place.
    pub fn put(&mut self, page: u32, mut version: Version) -> Tid {
        let at = Rc::make_mut(&mut self.pages[page as usize]);
        at.all_visible = false;
        let slot = at.free_slot();
        let tid = Tid { page, slot: slot as u16 + 1 };
        version.next = tid;
        at.used += version.size;
        match at.slots.get_mut(slot) {
            Some(free) => *free = Slot::Normal(version),
            None => at.slots.push(Slot::Normal(version)),
        }
        tid
    }

    /// Puts a version where a new row goes: on the last page, or on a new one. `fillfactor` in percent.
    pub fn insert(&mut self, version: Version, fillfactor: u16) -> Tid {
        let keep_free = 8192 * (100 - u32::from(fillfactor)) / 100;
        let last = self.pages().checked_sub(1).filter(|last| self.fits(*last, version.size, keep_free));
        let page = last.unwrap_or_else(|| {
            self.pages.push(Rc::default());
            self.pages() - 1
        });
        self.put(page, version)
    }

    /// Every version in the order of the heap.
    pub fn versions(&self) -> impl Iterator<Item = (Tid, &Version)> + '_ {
        self.pages.iter().enumerate().flat_map(|(page, content)| {
            content.slots.iter().enumerate().filter_map(move |(slot, it)| match it {
                Slot::Normal(version) => Some((Tid { page: page as u32, slot: slot as u16 + 1 }, version)),
                _ => None,
            })
        })
    }

    /// Where a row that an index points to goes on, past versions that were cleaned up.
    pub fn root(&self, tid: Tid) -> Option<Tid> {
        match self.slot(tid) {
            Slot::Normal(_) => Some(tid),
            Slot::Redirect(slot) => Some(Tid { page: tid.page, slot: *slot }),
            Slot::Dead | Slot::Unused => None,
        }
    }

    /// Clears a page of versions that nobody can see any more, when it is nearly full. `dead` says whether a version is:
    /// rolled back, or ended before anyone who runs began. (`heap_page_prune_opt`)
    pub fn prune(&mut self, page: u32, keep_free: u32, horizon: Xid, dead: impl Fn(&Version) -> Death) {
        let Some(content) = self.pages.get_mut(page as usize) else { return };
        if content.prunable.is_some_and(|xid| xid < horizon) && content.room() < keep_free.max(8192 / 10) {
            Rc::make_mut(content).prune(page, dead);
        }
    }

    /// Whether a page is nearly full and there may be something to clear. See [`Heap::prune`].
    pub fn crowded(&self, page: u32, keep_free: u32) -> bool {
        let page = self.pages.get(page as usize);
        page.is_some_and(|page| page.prunable.is_some() && page.room() < keep_free.max(8192 / 10))
    }

    /// Whether everybody sees all of a page's versions, as far as VACUUM knows.
    pub fn all_visible(&self, page: u32) -> bool {
        self.pages.get(page as usize).is_some_and(|page| page.all_visible)
    }

    /// How many pages that is true of.
    pub fn visible_pages(&self) -> u32 {
        self.pages.iter().filter(|page| page.all_visible).count() as u32
    }

    /// Clears every page, and the slots that indexes no longer need. `dead` as in [`Heap::prune`]; `seen` says whether everybody sees a
    /// version that is alive.
    pub fn vacuum(&mut self, dead: impl Fn(&Version) -> Death, seen: impl Fn(&Version) -> bool) -> Vec<Tid> {
        let mut gone = Vec::new();
        for page in 0..self.pages() {
            let content = Rc::make_mut(&mut self.pages[page as usize]);
            content.prune(page, &dead);
            for (slot, it) in content.slots.iter_mut().enumerate() {
                if matches!(it, Slot::Dead) {
                    *it = Slot::Unused;
                    gone.push(Tid { page, slot: slot as u16 + 1 });
                }
            }
            while matches!(content.slots.last(), Some(Slot::Unused)) && content.slots.len() > 1 {
                content.slots.pop();
            }
            content.all_visible = content.slots.iter().all(|slot| match slot {
                Slot::Normal(version) => seen(version),
                _ => true,
            });
        }
        gone
    }

    /// Gives back empty pages at the end.
    pub fn truncate_empty(&mut self) {
        while self.pages.last().is_some_and(|page| page.slots.iter().all(|slot| matches!(slot, Slot::Unused))) {
            self.pages.pop();
        }
    }
}

/// Whether a version can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    /// Somebody may see it, now or later.
    No,
    /// It was replaced or deleted before anyone who runs began.
    Ended,
    /// Its maker was rolled back: it was never there.
    NeverLived,
}

impl Page {
    /// Bytes for one more version.
    fn room(&self) -> u32 {
        let free = self.slots.iter().any(|slot| matches!(slot, Slot::Unused));
        if !free && self.slots.len() >= MOST_SLOTS {
            return 0;
        }
        let pointers = POINTER * (self.slots.len() as u32 + u32::from(!free));
        PAGE_BYTES.saturating_sub(self.used + pointers)
    }

    fn free_slot(&self) -> usize {
        self.slots.iter().position(|slot| matches!(slot, Slot::Unused)).unwrap_or(self.slots.len())
    }

    /// Cuts the dead head off every chain: its first slot leads to what is left. (`heap_prune_chain`)
    fn prune(&mut self, page: u32, dead: impl Fn(&Version) -> Death) {
        self.prunable = None;
        for first in 0..self.slots.len() {
            let start = match &self.slots[first] {
                Slot::Normal(version) if !version.heap_only => first,
                Slot::Redirect(slot) => usize::from(*slot) - 1,
                _ => continue,
            };
            let mut chain = vec![];
            let mut at = start;
            let mut prior: Option<Xid> = None;
            let mut last_dead = None;
            while let Some(Slot::Normal(version)) = self.slots.get(at) {
                if prior.is_some_and(|prior| version.xmin != prior) || chain.contains(&at) {
                    break;
                }
                chain.push(at);
                match dead(version) {
                    Death::No => break,
                    _ => last_dead = Some(chain.len()),
                }
                if !version.hot_updated || version.next.page != page {
                    break;
                }
                prior = version.xmax.changer();
                at = usize::from(version.next.slot) - 1;
            }
            let Some(cut) = last_dead else { continue };
            // What follows the dead head, if the chain goes on.
            let rest = match &self.slots[chain[cut - 1]] {
                Slot::Normal(version) if version.hot_updated && cut < chain.len() => Some(chain[cut]),
                _ => None,
            };
            for &slot in &chain[..cut] {
                self.clear(slot, Slot::Unused);
            }
            self.slots[first] = match rest {
                Some(rest) => Slot::Redirect(rest as u16 + 1),
                None => Slot::Dead,
            };
        }
        // Heap-only versions that were rolled back hang on no chain that was walked to its end.
        for slot in 0..self.slots.len() {
            if let Slot::Normal(version) = &self.slots[slot]
                && version.heap_only
                && dead(version) == Death::NeverLived
                && !version.hot_updated
            {
                self.clear(slot, Slot::Unused);
            }
        }
    }

    fn clear(&mut self, slot: usize, with: Slot) {
        if let Slot::Normal(version) = &self.slots[slot] {
            self.used -= version.size;
        }
        self.slots[slot] = with;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(xmin: u32, size: u32) -> Version {
        Version {
            xmin: Xid(xmin),
            cmin: 0,
            xmax: Xmax::Nobody,
            cmax: 0,
            next: Tid::default(),
            hot_updated: false,
            heap_only: false,
            speculative: None,
            values: Rc::new([]),
            size,
        }
    }

    #[test]
    fn two_integers_a_row_fill_a_page_with_226_rows() {
        let mut heap = Heap::default();
        for _ in 0..227 {
            heap.insert(version(700, 32), 100);
        }
        assert_eq!((heap.pages(), heap.slots(0), heap.slots(1)), (2, 226, 1));
    }
}
