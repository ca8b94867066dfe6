//! Plans that were made once and are used again: statements of a schedule run thousands of times.

use super::heap::{Death, Heap};
use super::tree::{Entry, Tree};
use super::visibility::death;
use super::xact::Xacts;
use super::{Store, Tid, Xid};
use crate::catalog::{Catalog, Relation};
use crate::error::SqlError;
use crate::query::{Parsed, Prepared, Settings, Statistics, parse};
use crate::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is kept at most, of each: a learner's page never comes near it, a fuzzer does.
const MOST: usize = 4_096;

/// Shared by all clones of a store: what is in it depends on nothing but its key.
#[derive(Clone, Debug, Default)]
pub struct PlanCache(Rc<RefCell<Cache>>);

#[derive(Debug, Default)]
struct Cache {
    strings: BTreeMap<Rc<str>, Rc<[Parsed]>>,
    plans: BTreeMap<PlanKey, Vec<Planned>>,
}

/// The address of the statement's text, which the cache keeps where it is, and its place in the string.
type PlanKey = (usize, usize);

#[derive(Clone, Debug)]
struct Planned {
    catalog: Rc<Catalog>,
    settings: Settings,
    /// Sizes of the tables it reads, as the planner takes them.
    sizes: Vec<(u32, u32)>,
    plan: Rc<Prepared>,
}

impl PlanCache {
    /// The statements of a string, parsed once.
    pub fn parse(&self, text: &str) -> Result<Rc<[Parsed]>, SqlError> {
        if let Some(known) = self.0.borrow().strings.get(text) {
            return Ok(Rc::clone(known));
        }
        let parsed: Rc<[Parsed]> = parse(text)?.into();
        let mut cache = self.0.borrow_mut();
        if cache.strings.len() >= MOST {
            *cache = Cache::default();
        }
        cache.strings.insert(text.into(), Rc::clone(&parsed));
        Ok(parsed)
    }
}

/// The sizes of tables, as they are now.
pub struct Sizes {
    heaps: Vec<Rc<Heap>>,
    trees: Vec<Rc<Tree>>,
    catalog: Rc<Catalog>,
    xacts: Xacts,
    horizon: Xid,
    /// Somebody has asked what is at the ends of an index.
    ends_asked: Cell<bool>,
}

impl Sizes {
    pub fn of(store: &Store) -> Self {
        Self {
            heaps: store.heaps.clone(),
            trees: store.trees.clone(),
            catalog: Rc::clone(&store.catalog),
            xacts: store.xacts.clone(),
            horizon: store.horizon(),
            ends_asked: Cell::new(false),
        }
    }

    /// Whether somebody may see a version that an index entry leads to.
    fn is_seen(&self, heap: &Heap, tid: Tid) -> bool {
        let mut next = heap.root(tid);
        while let Some(version) = next.and_then(|tid| heap.version(tid)) {
            if death(version, &self.xacts, self.horizon) == Death::No {
                return true;
            }
            next = version.hot_updated.then_some(version.next);
        }
        false
    }
}

impl Statistics for Sizes {
    fn table_pages(&self, table: u32) -> u32 {
        self.heaps[self.catalog.table(table).storage as usize].pages()
    }

    fn index_pages(&self, index: u32) -> u32 {
        // The first page describes the index; more than one leaf has a root above it.
        match self.trees[self.catalog.index(index).storage as usize].size().0 {
            leaves @ 0..=1 => leaves + 1,
            leaves => leaves + 2,
        }
    }

    fn index_ends(&self, index: u32) -> Option<(Value, Value)> {
        self.ends_asked.set(true);
        let index = self.catalog.index(index);
        let heap = &self.heaps[self.catalog.table(index.table).storage as usize];
        let seen = |entry: &&Entry| !entry.key[0].is_null() && self.is_seen(heap, entry.tid);
        let tree = &self.trees[index.storage as usize];
        let (first, last) = (tree.entries().find(seen)?, tree.entries().rev().find(seen)?);
        let (first, last) = (first.key[0].clone(), last.key[0].clone());
        Some(if index.keys[0].descending { (last, first) } else { (first, last) })
    }
}

impl Store {
    /// A plan that was made for this very statement when the same tables had the same definitions and sizes.
    pub(super) fn cached_plan(&self, key: PlanKey, settings: Settings) -> Option<Rc<Prepared>> {
        let cache = self.plans.0.borrow();
        let fits = |planned: &&Planned| {
            Rc::ptr_eq(&planned.catalog, &self.catalog)
                && planned.settings == settings
                && planned.sizes.iter().all(|(table, pages)| self.planner_pages(*table) == *pages)
        };
        cache.plans.get(&key)?.iter().find(fits).map(|planned| Rc::clone(&planned.plan))
    }

    /// Keeps a plan, unless it depends on what is at the ends of an index: that may change while all sizes stay.
    pub(super) fn keep_plan(&self, key: PlanKey, settings: Settings, plan: Rc<Prepared>, made_of: &Sizes) {
        if made_of.ends_asked.get() {
            return;
        }
        let tables = plan.relations.iter().map(|(oid, _)| *oid);
        let tables = tables.filter(|oid| matches!(self.catalog.relations.get(oid), Some(Relation::Table(_))));
        let sizes = tables.map(|oid| (oid, self.planner_pages(oid))).collect();
        let planned = Planned { catalog: Rc::clone(&self.catalog), settings, sizes, plan };
        let mut cache = self.plans.0.borrow_mut();
        let plans = cache.plans.entry(key).or_default();
        if plans.len() >= 8 {
            plans.remove(0);
        }
        plans.push(planned);
    }

    /// A table's pages, as the planner counts them: a small one that was never vacuumed may grow. (`table_block_relation_estimate_size`)
    fn planner_pages(&self, table: u32) -> u32 {
        let Some(Relation::Table(table)) = self.catalog.relations.get(&table) else { return 0 };
        let pages = self.heap(table).pages();
        if table.statistics.is_none() { pages.max(10) } else { pages }
    }
}
