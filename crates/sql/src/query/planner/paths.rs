//! All ways to join two sets, in the order in which PostgreSQL thinks of them: of ways that cost the same the first one stays.
//! (`joinpath.c`)

use super::access::{Path, provides};
use super::candidate::{Candidate, Method, Shape, add, cheapest, is_beaten, quickest};
use super::cost::Cost;
use super::facts::Selectivity;
use super::join_cost::{Conditions, Side, hash_buckets};
use super::search::{Item, Search};
use super::selectivity::calls;
use crate::expr::Expr;
use crate::query::plan::{Access, Again, JoinKind, SortKey};
use crate::query::rewrite::{columns, each_bound, same};
use std::rc::Rc;

/// Two sets that are to be joined, the outer one first.
pub struct Pair<'p> {
    pub kind: JoinKind,
    pub left: &'p Item,
    pub right: &'p Item,
    pub on: &'p [Expr],
    /// Rows of the result.
    pub rows: f64,
    pub selectivity: Selectivity,
    /// The right is the side of a left join all of whose rows are kept. (`JOIN_RIGHT`)
    pub reversed: bool,
    /// What one row of a side has to be is decided above: it was made unique. (`JOIN_UNIQUE_OUTER`, `JOIN_UNIQUE_INNER`)
    pub unique: [bool; 2],
}

/// An equality of the two sides, left first.
#[derive(Clone)]
struct Key<'c> {
    left: Expr,
    right: Expr,
    condition: &'c Expr,
}

impl Search<'_, '_> {
    /// All ways to join a pair.
    pub fn join(&self, kept: &mut Vec<Candidate>, pair: &Pair<'_>) {
        if pair.left.candidates.is_empty() || pair.right.candidates.is_empty() {
            return;
        }
        let keys = keys(pair.on, &pair.right.columns);
        let facts = self.facts(pair, &keys);
        if pair.right.lateral {
            let (left, right) = (cheapest(&pair.left.candidates), cheapest(&pair.right.candidates));
            let cost = self.environment.settings.nested_loop(side(left), side(right), right.cost, &facts, false);
            let method = Method::Loop { lateral: true, again: Again::Run };
            let right = (right.shape.clone(), side(right));
            self.keep(kept, pair, method, left, right, &[], pair.on.to_vec(), cost, left.order.clone());
            return;
        }
        self.sort_both(kept, pair, &keys, &facts);
        self.match_outer(kept, pair, &keys, &facts);
        self.hash(kept, pair, &keys, &facts);
    }

    fn facts(&self, pair: &Pair<'_>, keys: &[Key<'_>]) -> Conditions {
        let conditions: Vec<Expr> = keys.iter().map(|key| key.condition.clone()).collect();
        let sides: Vec<(Expr, Expr)> = keys.iter().map(|key| (key.left.clone(), key.right.clone())).collect();
        let semi = matches!(pair.kind, JoinKind::Semi | JoinKind::Anti);
        // Without a condition between the two nothing is asked. (`innerrel_is_unique`)
        let unique = |index: usize| !pair.on.is_empty() && self.is_unique(index, pair.right, &sides);
        let one_match = semi || pair.unique[1] || pair.right.table.is_some_and(unique);
        let Selectivity { inner, semi: some } = pair.selectivity;
        let matched = if semi || pair.unique.contains(&true) { some } else { inner };
        let right_rows = pair.right.raw_rows;
        let buckets = || keys.iter().map(|key| self.bucket(&key.right, cheapest(&pair.right.candidates).rows));
        Conditions {
            kind: pair.kind,
            keys: keys.len() as f64,
            calls: pair.on.iter().map(calls).sum(),
            only_keys: keys.len() == pair.on.len(),
            selectivity: self.selectivity(&conditions, pair.right).inner,
            one_match,
            matched,
            matches: if matched > 0.0 { (inner * right_rows / matched).max(1.0) } else { 1.0 },
            bucket: if pair.unique[1] { 1.0 / hash_buckets(pair.right.rows) } else { buckets().fold(1.0, f64::min) },
            left_unique: pair.unique[0],
            merged: [(0.0, 1.0); 2],
        }
    }

    /// A merge of the cheapest ways, both sorted. (`sort_inner_and_outer`)
    fn sort_both(&self, kept: &mut Vec<Candidate>, pair: &Pair<'_>, keys: &[Key<'_>], facts: &Conditions) {
        let (left, right) = (cheapest(&pair.left.candidates), cheapest(&pair.right.candidates));
        for first in 0..keys.len() {
            let mut keys = keys.to_vec();
            let front = keys.remove(first);
            keys.insert(0, front);
            self.merge(kept, pair, &keys, facts, left, right);
        }
    }

    /// Loops, and merges with a left side that is in order already. (`match_unsorted_outer`)
    fn match_outer(&self, kept: &mut Vec<Candidate>, pair: &Pair<'_>, keys: &[Key<'_>], facts: &Conditions) {
        let settings = &self.environment.settings;
        let right = cheapest(&pair.right.candidates);
        let (kept_first, kept_again) = settings.material(side(right));
        for left in &pair.left.candidates {
            let order = || left.order.clone();
            let method = |again: Again| Method::Loop { lateral: false, again };
            let inner = || (right.shape.clone(), side(right));
            if !pair.reversed {
                let plain = settings.nested_loop(side(left), side(right), again(right), facts, false);
                self.keep(kept, pair, method(Again::Run), left, inner(), &[], pair.on.to_vec(), plain, order());
                if let Some(index) = pair.right.table.filter(|_| !pair.unique[1]) {
                    for search in self.searched(index, pair, left) {
                        self.search(kept, pair, facts, left, search);
                    }
                }
                if settings.enable_material && !pair.unique[1] {
                    let first = Side { cost: kept_first, rows: right.rows };
                    let cost = settings.nested_loop(side(left), first, kept_again, facts, false);
                    self.keep(kept, pair, method(Again::Kept), left, inner(), &[], pair.on.to_vec(), cost, order());
                }
            }
            if pair.unique[0] {
                continue;
            }
            let ordered = ordered(keys, &left.order);
            if ordered.is_empty() || pair.reversed && ordered.len() < keys.len() {
                continue;
            }
            self.merge(kept, pair, &ordered, facts, left, right);
            if pair.unique[1] {
                continue;
            }
            let mut best: Option<&Candidate> = None;
            let right_keys: Vec<SortKey> = ordered.iter().map(|key| ascending(&key.right)).collect();
            if provides(&right.order, &right_keys, &|_| false) {
                best = Some(right);
            }
            for length in (1..=ordered.len()).rev() {
                let sorted = pair.right.candidates.iter();
                let sorted: Vec<Candidate> =
                    sorted.filter(|it| provides(&it.order, &right_keys[..length], &|_| false)).cloned().collect();
                let found = pair
                    .right
                    .candidates
                    .iter()
                    .find(|it| !sorted.is_empty() && Rc::ptr_eq(&it.shape, &cheapest(&sorted).shape));
                if let Some(found) = found
                    && best.is_none_or(|best| found.cost.total < best.cost.total)
                {
                    self.merge(kept, pair, &ordered[..length], facts, left, found);
                    best = Some(found);
                }
                if pair.reversed {
                    break;
                }
            }
        }
    }

    /// The right in a hash table. (`hash_inner_and_outer`)
    fn hash(&self, kept: &mut Vec<Candidate>, pair: &Pair<'_>, keys: &[Key<'_>], facts: &Conditions) {
        if keys.is_empty() {
            return;
        }
        let (first, last) = (quickest(&pair.left.candidates), cheapest(&pair.left.candidates));
        let right = cheapest(&pair.right.candidates);
        let rest = rest(pair.on, keys);
        for left in [first, last].into_iter().take(if std::ptr::eq(first, last) { 1 } else { 2 }) {
            let cost = self.environment.settings.hash_join(side(left), side(right), facts);
            self.keep(
                kept,
                pair,
                Method::Hash,
                left,
                (right.shape.clone(), side(right)),
                keys,
                rest.clone(),
                cost,
                Vec::new(),
            );
        }
    }

    fn merge(
        &self,
        kept: &mut Vec<Candidate>,
        pair: &Pair<'_>,
        keys: &[Key<'_>],
        facts: &Conditions,
        left: &Candidate,
        right: &Candidate,
    ) {
        let Some(first) = keys.first() else { return };
        let settings = &self.environment.settings;
        let (mut sort_left, mut sort_right): (Vec<_>, Vec<_>) =
            keys.iter().map(|key| (ascending(&key.left), ascending(&key.right))).unzip();
        let order = if provides(&left.order, &sort_left, &|_| false) {
            sort_left.clear();
            left.order.clone()
        } else {
            sort_left.clone()
        };
        if provides(&right.order, &sort_right, &|_| false) {
            sort_right.clear();
        }
        let sorted = |candidate: &Candidate, by: &[SortKey]| {
            let Candidate { cost, rows, .. } = *candidate;
            Side { cost: if by.is_empty() { cost } else { settings.sort(cost.total, rows, None) }, rows }
        };
        let mut merged = self.merged(&first.left, &first.right);
        match pair.kind {
            JoinKind::Left if pair.reversed => merged[1] = (0.0, 1.0),
            JoinKind::Left | JoinKind::Anti => merged[0] = (0.0, 1.0),
            JoinKind::Inner | JoinKind::Semi => {}
        }
        let conditions: Vec<Expr> = keys.iter().map(|key| key.condition.clone()).collect();
        let facts = Conditions {
            merged,
            keys: keys.len() as f64,
            only_keys: keys.len() == pair.on.len(),
            selectivity: self.selectivity(&conditions, pair.right).inner,
            ..*facts
        };
        let cost = settings.merge_join(sorted(left, &sort_left), sorted(right, &sort_right), &facts);
        let method = Method::Merge { sort_left, sort_right };
        let right = (right.shape.clone(), side(right));
        self.keep(kept, pair, method, left, right, keys, rest(pair.on, keys), cost, order);
    }

    /// A loop that searches the right for each row of the left, or remembers what it found for the same key.
    fn search(
        &self,
        kept: &mut Vec<Candidate>,
        pair: &Pair<'_>,
        facts: &Conditions,
        left: &Candidate,
        found: Searched,
    ) {
        let settings = &self.environment.settings;
        let Searched { path, conditions, rest, exprs, indexed } = found;
        let facts = Conditions { calls: rest.iter().map(calls).sum(), ..*facts };
        let right = Side { cost: path.cost, rows: path.rows };
        let shape = Rc::new(Shape::Scan { relation: pair.right.table.unwrap_or_default(), path, conditions });
        let method = |again: Again| Method::Loop { lateral: true, again };
        let cost = settings.nested_loop(side(left), right, right.cost, &facts, indexed);
        let inner = || (shape.clone(), right);
        self.keep(kept, pair, method(Again::Run), left, inner(), &[], rest.clone(), cost, left.order.clone());
        let semi = matches!(pair.kind, JoinKind::Semi | JoinKind::Anti);
        if pair.left.rows < 2.0 || semi || facts.one_match && !rest.is_empty() {
            return;
        }
        let (distinct, guess) = self.groups(&exprs, left.rows);
        let again = settings.memoized(right, left.rows, if guess { left.rows } else { distinct });
        let lookup = settings.cpu_tuple_cost;
        let first = Cost { startup: right.cost.startup + lookup, total: right.cost.total + lookup };
        let cost = settings.nested_loop(side(left), Side { cost: first, ..right }, again, &facts, false);
        let method = method(Again::Remembered(exprs));
        self.keep(kept, pair, method, left, inner(), &[], rest, cost, left.order.clone());
    }

    /// Searches of a table by an index for each row of the left.
    fn searched(&self, index: usize, pair: &Pair<'_>, left: &Candidate) -> Vec<Searched> {
        let right = pair.right;
        let relation = self.relation(index);
        let (inside, rest): (Vec<Expr>, Vec<Expr>) = pair.on.iter().cloned().partition(|condition| {
            super::access::comparison(condition, relation.base, relation.source.width()).is_some()
        });
        if inside.is_empty() {
            return Vec::new();
        }
        let exprs: Vec<Expr> = inside
            .iter()
            .filter_map(|condition| super::access::comparison(condition, relation.base, relation.source.width()))
            .map(|comparison| comparison.value.clone())
            .collect();
        let loops = if pair.unique[0] { left.rows } else { self.loops(&exprs) };
        let conditions = [right.own.as_slice(), &inside].concat();
        let reads_left = |expr: &Expr| columns(expr, 0).iter().any(|column| !right.columns.contains(column));
        // One row is enough for a semi join, so that the first one counts.
        let startup = matches!(pair.kind, JoinKind::Semi | JoinKind::Anti);
        let mut kept: Vec<Candidate> = Vec::new();
        for mut path in self.paths(index, &conditions, loops) {
            let (Access::Index(range) | Access::Bitmap(range)) = &path.access else { continue };
            let (mut range, mut found) = (range.clone(), false);
            each_bound(&mut range, &mut |expr| found |= reads_left(expr));
            if !found || range.backward || is_beaten(&path, &right.candidates, startup) {
                continue;
            }
            path.order = Vec::new();
            let (cost, rows) = (path.cost, path.rows);
            let shape = Rc::new(Shape::Scan { relation: index, path, conditions: Vec::new() });
            add(&mut kept, Candidate { shape, cost, rows, order: Vec::new() }, startup);
        }
        let searched = kept.into_iter().filter_map(|candidate| {
            let Shape::Scan { path, .. } = &*candidate.shape else { return None };
            let (Access::Index(range) | Access::Bitmap(range)) = &path.access else { return None };
            let (mut range, mut bounds) = (range.clone(), 0);
            each_bound(&mut range, &mut |expr| bounds += usize::from(reads_left(expr)));
            Some(Searched {
                path: path.clone(),
                conditions: conditions.clone(),
                rest: rest.clone(),
                exprs: exprs.clone(),
                indexed: rest.is_empty() && bounds >= inside.len(),
            })
        });
        searched.collect()
    }

    #[expect(clippy::too_many_arguments, reason = "they are what a join is made of")]
    fn keep(
        &self,
        kept: &mut Vec<Candidate>,
        pair: &Pair<'_>,
        method: Method,
        left: &Candidate,
        (right, right_side): (Rc<Shape>, Side),
        keys: &[Key<'_>],
        on: Vec<Expr>,
        cost: Cost,
        mut order: Vec<SortKey>,
    ) {
        let inside = |column: &usize| pair.left.columns.contains(column) || pair.right.columns.contains(column);
        order.truncate(if pair.reversed { 0 } else { self.useful_length(&order, &inside) });
        let mut sides = [side(left), right_side];
        let (mut left, mut right) = (left.shape.clone(), right);
        let mut keys: Vec<(Expr, Expr)> = keys.iter().map(|key| (key.left.clone(), key.right.clone())).collect();
        let mut method = method;
        // It is run the other way round, and finds the same rows.
        if pair.reversed {
            (left, right) = (right, left);
            sides.reverse();
            keys.iter_mut().for_each(|(left, right)| std::mem::swap(left, right));
            if let Method::Merge { sort_left, sort_right } = &mut method {
                std::mem::swap(sort_left, sort_right);
            }
        }
        let shape =
            Rc::new(Shape::Join { kind: pair.kind, method, left, right, keys, on, sides, reversed: pair.reversed });
        add(kept, Candidate { shape, cost, rows: pair.rows, order }, self.startup);
    }
}

/// A search of a table by an index for a row of the left.
struct Searched {
    path: Path,
    /// All conditions in the scan, and those left over.
    conditions: Vec<Expr>,
    rest: Vec<Expr>,
    /// What it searches for.
    exprs: Vec<Expr>,
    /// The index takes care of all conditions of the join.
    indexed: bool,
}

fn side(candidate: &Candidate) -> Side {
    Side { cost: candidate.cost, rows: candidate.rows }
}

/// What reading it again costs. (`cost_rescan`)
fn again(candidate: &Candidate) -> Cost {
    let Cost { startup, total } = candidate.cost;
    match &*candidate.shape {
        Shape::Join { method: Method::Hash, .. } => Cost { startup: 0.0, total: total - startup },
        _ => candidate.cost,
    }
}

fn ascending(expr: &Expr) -> SortKey {
    SortKey { expr: expr.clone(), descending: false, nulls_first: false }
}

/// The keys that rows in an order can be merged by, in that order. (`find_mergeclauses_for_outer_pathkeys`)
fn ordered<'c>(keys: &[Key<'c>], order: &[SortKey]) -> Vec<Key<'c>> {
    let mut found = Vec::new();
    for sorted in order {
        let before = found.len();
        found.extend(keys.iter().filter(|key| same(&key.left, &sorted.expr) && !sorted.descending).cloned());
        if found.len() == before {
            break;
        }
    }
    found
}

/// The conditions that are not among the keys.
fn rest(on: &[Expr], keys: &[Key<'_>]) -> Vec<Expr> {
    on.iter().filter(|condition| !keys.iter().any(|key| std::ptr::eq(key.condition, *condition))).cloned().collect()
}

/// The equalities of the two sides.
fn keys<'c>(on: &'c [Expr], right: &[usize]) -> Vec<Key<'c>> {
    let side = |expr: &Expr| {
        let read = columns(expr, 0);
        let inside = read.iter().filter(|column| right.contains(column)).count();
        match inside {
            _ if read.is_empty() => None,
            0 => Some(false),
            all if all == read.len() => Some(true),
            _ => None,
        }
    };
    let key = |condition: &'c Expr| {
        let Expr::Call { function, args, .. } = condition else { return None };
        let [first, second] = args.as_slice() else { return None };
        let (left, right) = match (side(first), side(second)) {
            (Some(false), Some(true)) => (first, second),
            (Some(true), Some(false)) => (second, first),
            _ => return None,
        };
        (function.name == "=").then(|| Key { left: left.clone(), right: right.clone(), condition })
    };
    on.iter().filter_map(key).collect()
}

/// The two sides of the equalities.
pub fn sides(on: &[Expr], right: &[usize]) -> Vec<(Expr, Expr)> {
    keys(on, right).into_iter().map(|key| (key.left, key.right)).collect()
}
