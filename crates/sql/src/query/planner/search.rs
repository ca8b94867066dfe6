//! The order of joins: every pair of sets of relations that could be joined, the cheapest ways first. (PostgreSQL's `joinrels.c`)

use super::access::{Path, Reading};
use super::candidate::{Candidate, Method, Shape, add, cheapest};
use super::conditions::parts;
use super::cost::{Cost, clamp_rows};
use super::join_cost::{Conditions, Side};
use super::selectivity::calls;
use crate::error::SqlError;
use crate::expr::Expr;
use crate::query::analyse::Environment;
use crate::query::logical::{Relation, RelationSource, SYSTEM_COLUMNS, Tree};
use crate::query::plan::{Access, JoinKind, Plan, SortKey};
use crate::query::rewrite::{columns, same};
use std::rc::Rc;

/// More relations than this are joined in the order they were written. (`join_collapse_limit`)
const MOST: usize = 8;

/// A search among the relations of one SELECT.
pub struct Search<'p, 'e> {
    pub environment: &'p Environment<'e>,
    pub relations: &'p mut [Option<Relation>],
    /// Only a part of the rows is fetched.
    pub startup: bool,
    /// Expressions by whose order something could be gained.
    pub useful: Vec<Expr>,
}

/// Something to be joined: a relation or an outer join.
pub struct Item {
    /// The relation, if it is a table.
    pub table: Option<usize>,
    /// Flat columns.
    columns: Vec<usize>,
    /// Conditions on it alone.
    pub own: Vec<Expr>,
    /// It has to run for each row of what is to its left.
    lateral: bool,
    candidates: Vec<Candidate>,
}

impl Search<'_, '_> {
    /// The best ways to join all items.
    pub fn inner(&mut self, items: Vec<Tree>, mut conditions: Vec<Expr>) -> Result<Vec<Candidate>, SqlError> {
        let mut prepared = Vec::new();
        for item in items {
            let flat = self.columns_of(&item);
            let own = take(&mut conditions, |condition| {
                let read = columns(condition, 0);
                !read.is_empty() && read.iter().all(|column| flat.contains(column))
            });
            let lateral = item.relations().into_iter().any(|index| self.relation(index).lateral);
            let table = match &item {
                Tree::Relation(index) if matches!(self.relation(*index).source, RelationSource::Table { .. }) => {
                    Some(*index)
                }
                _ => None,
            };
            let candidates = self.item(item, own.clone())?;
            prepared.push(Item { table, columns: flat, own, lateral, candidates });
        }
        let any_lateral = prepared.iter().any(|item| item.lateral);
        let mut found = if prepared.len() > MOST || any_lateral {
            self.in_order(&prepared, &mut conditions)
        } else {
            self.all_orders(&prepared, &mut conditions)
        };
        if !conditions.is_empty() {
            for candidate in &mut found {
                candidate.shape =
                    Rc::new(Shape::Filter { input: candidate.shape.clone(), conditions: conditions.clone() });
            }
        }
        Ok(found)
    }

    pub fn relation(&self, index: usize) -> &Relation {
        self.relations[index].as_ref().expect("a relation is planned once")
    }

    /// The items in the order they were written.
    fn in_order(&self, items: &[Item], conditions: &mut Vec<Expr>) -> Vec<Candidate> {
        let mut joined = items[0].candidates.clone();
        let mut flat = items[0].columns.clone();
        for item in &items[1..] {
            flat.extend(&item.columns);
            let on = take(conditions, |condition| columns(condition, 0).iter().all(|column| flat.contains(column)));
            joined = self.join(JoinKind::Inner, &joined, item, &on);
        }
        joined
    }

    fn all_orders(&self, items: &[Item], conditions: &mut Vec<Expr>) -> Vec<Candidate> {
        let all = (1usize << items.len()) - 1;
        let masks: Vec<usize> = conditions.iter().map(|condition| mask(items, condition)).collect();
        let mut best: Vec<Vec<Candidate>> = vec![Vec::new(); all + 1];
        for (index, item) in items.iter().enumerate() {
            best[1 << index] = item.candidates.clone();
        }
        let mut sets: Vec<usize> = (1..=all).filter(|set| set.count_ones() > 1).collect();
        sets.sort_by_key(|set| set.count_ones());
        for set in sets {
            let splits: Vec<usize> = (1..set).filter(|left| left & set == *left && left < &(set & !left)).collect();
            let tied = |left: usize| {
                masks.iter().any(|mask| mask & !set == 0 && mask & left != 0 && mask & (set & !left) != 0)
            };
            let some_tied = splits.iter().any(|left| tied(*left));
            let mut kept = Vec::new();
            for left in splits {
                let right = set & !left;
                if (some_tied && !tied(left)) || best[left].is_empty() || best[right].is_empty() {
                    continue;
                }
                let on: Vec<Expr> = conditions
                    .iter()
                    .zip(&masks)
                    .filter(|(_, mask)| {
                        **mask & !set == 0 && **mask & !left != 0 && **mask & !right != 0 && **mask != 0
                    })
                    .map(|(condition, _)| condition.clone())
                    .collect();
                for (outer, inner) in [(left, right), (right, left)] {
                    let part = part(items, inner, &best[inner]);
                    for candidate in self.join(JoinKind::Inner, &best[outer], &part, &on) {
                        add(&mut kept, candidate, self.startup);
                    }
                }
            }
            best[set] = kept;
        }
        let mut masks = masks.into_iter();
        conditions.retain(|_| masks.next() == Some(0));
        std::mem::take(&mut best[all])
    }

    fn item(&mut self, item: Tree, conditions: Vec<Expr>) -> Result<Vec<Candidate>, SqlError> {
        match item {
            Tree::Relation(index) => self.base(index, conditions),
            Tree::Inner { .. } => {
                let (mut items, mut all) = (Vec::new(), conditions);
                super::join::flatten(item, &mut items, &mut all);
                self.inner(items, all)
            }
            Tree::Left { left, right, on } => self.outer(JoinKind::Left, *left, *right, on, conditions),
            Tree::Semi { left, right, on, anti } => {
                let kind = if anti { JoinKind::Anti } else { JoinKind::Semi };
                self.outer(kind, *left, *right, on, conditions)
            }
        }
    }

    /// An outer join, or a semi or anti join. A condition above an outer join that no row without a right side meets makes it an inner one.
    fn outer(
        &mut self,
        kind: JoinKind,
        left: Tree,
        right: Tree,
        on: Vec<Expr>,
        mut conditions: Vec<Expr>,
    ) -> Result<Vec<Candidate>, SqlError> {
        let right_columns = self.columns_of(&right);
        let strict = |condition: &Expr| {
            let read = columns(condition, 0);
            read.iter()
                .any(|column| right_columns.contains(column) && super::conditions::rejects_null(condition, *column))
        };
        if kind == JoinKind::Left && conditions.iter().any(strict) {
            let (mut items, mut all) = (Vec::new(), conditions);
            super::join::flatten(Tree::Inner { items: vec![left, right], filter: on }, &mut items, &mut all);
            return self.inner(items, all);
        }
        // Rows that can match one row at most need no counting. (`reduce_unique_semijoins`)
        if kind == JoinKind::Semi && self.matches_once(&right, &right_columns, &on) {
            let (mut items, mut all) = (Vec::new(), conditions);
            super::join::flatten(Tree::Inner { items: vec![left, right], filter: on }, &mut items, &mut all);
            return self.inner(items, all);
        }
        let left_columns = self.columns_of(&left);
        let below =
            take(&mut conditions, |condition| columns(condition, 0).iter().all(|column| left_columns.contains(column)));
        let mut on_parts = Vec::new();
        on.into_iter().for_each(|condition| parts(condition, &mut on_parts));
        let own = take(&mut on_parts, |condition| {
            let read = columns(condition, 0);
            !read.is_empty() && read.iter().all(|column| right_columns.contains(column))
        });
        let lateral = right.relations().into_iter().any(|index| self.relation(index).lateral);
        let table = match &right {
            Tree::Relation(index) if matches!(self.relation(*index).source, RelationSource::Table { .. }) => {
                Some(*index)
            }
            _ => None,
        };
        let left = self.item(left, below)?;
        let candidates = self.item(right, own.clone())?;
        let right = Item { table, columns: right_columns, own, lateral, candidates };
        let mut joined = self.join(kind, &left, &right, &on_parts);
        if !conditions.is_empty() {
            for candidate in &mut joined {
                candidate.shape =
                    Rc::new(Shape::Filter { input: candidate.shape.clone(), conditions: conditions.clone() });
                candidate.rows = clamp_rows(candidate.rows * 0.5);
            }
        }
        Ok(joined)
    }

    /// Whether the conditions of a semi join find one row of its right side at most.
    fn matches_once(&self, right: &Tree, right_columns: &[usize], on: &[Expr]) -> bool {
        let Tree::Relation(index) = right else { return false };
        if !matches!(self.relation(*index).source, RelationSource::Table { .. }) {
            return false;
        }
        let mut on_parts = Vec::new();
        on.iter().for_each(|condition| parts(condition.clone(), &mut on_parts));
        let own = take(&mut on_parts, |condition| {
            let read = columns(condition, 0);
            !read.is_empty() && read.iter().all(|column| right_columns.contains(column))
        });
        let right =
            Item { table: Some(*index), columns: right_columns.to_vec(), own, lateral: false, candidates: Vec::new() };
        let (keys, _) = split(&on_parts, &right.columns);
        !keys.is_empty() && self.is_unique(*index, &right, &keys)
    }

    /// One relation.
    fn base(&mut self, index: usize, conditions: Vec<Expr>) -> Result<Vec<Candidate>, SqlError> {
        if let RelationSource::Table { .. } = self.relation(index).source {
            let mut kept = Vec::new();
            for mut path in self.paths(index, &conditions, 1.0) {
                let useful = |key: &SortKey| self.useful.iter().any(|expr| same(expr, &key.expr));
                let length = path.order.iter().take_while(|key| useful(key)).count();
                path.order.truncate(length);
                // A whole index is read for its order alone.
                if length == 0 && path.whole {
                    continue;
                }
                add(&mut kept, scan(index, path, conditions.clone()), self.startup);
            }
            return Ok(kept);
        }
        let relation = self.relations[index].as_mut().expect("a relation is planned once");
        let width = relation.source.width();
        let (base, rti) = (relation.base, relation.rti);
        let columns = (base..base + width).collect();
        let settings = self.environment.settings;
        // The relation stays, for its columns; its plan moves out.
        let empty = RelationSource::Plan { plan: Box::new(Plan::Result { filter: None }), width };
        let (plan, cost, rows) = match std::mem::replace(&mut relation.source, empty) {
            RelationSource::Subquery(query) => {
                let planned = super::planned(self.environment, *query)?;
                (Plan::Subquery { rti, plan: Box::new(planned.plan) }, planned.cost, planned.rows)
            }
            RelationSource::Plan { plan, .. } => {
                let rows = super::rows_of(&plan);
                (*plan, Cost { startup: 0.0, total: settings.cpu_tuple_cost * rows }, rows)
            }
            RelationSource::Table { .. } => unreachable!("tables were done above"),
        };
        let quals = conditions.iter().map(calls).sum::<f64>() * settings.cpu_operator_cost;
        let cost = Cost { total: cost.total + quals * rows, ..cost };
        let rows = clamp_rows(rows * 0.3f64.powi(conditions.len() as i32));
        Ok(vec![Candidate {
            shape: Rc::new(Shape::Ready { plan, columns, conditions }),
            cost,
            rows,
            order: Vec::new(),
        }])
    }

    fn paths(&self, index: usize, conditions: &[Expr], loops: f64) -> Vec<Path> {
        let relation = self.relation(index);
        let RelationSource::Table { table, .. } = relation.source else { return Vec::new() };
        Reading { environment: self.environment, table, base: relation.base, conditions, loops }.paths()
    }

    /// All ways to join, `left` being the outer side.
    fn join(&self, kind: JoinKind, left: &[Candidate], right: &Item, on: &[Expr]) -> Vec<Candidate> {
        let mut kept = Vec::new();
        let Some(outer) = (!left.is_empty()).then(|| cheapest(left)) else { return kept };
        let inner = cheapest(&right.candidates);
        let (keys, rest) = split(on, &right.columns);
        let mut facts = self.facts(outer.rows, inner.rows, &keys, on, right);
        if matches!(kind, JoinKind::Semi | JoinKind::Anti) {
            // One match is enough.
            facts.right_unique = true;
        }
        let rows = match kind {
            JoinKind::Left => clamp_rows(
                (outer.rows * inner.rows * facts.selectivity * 0.5f64.powi(rest.len() as i32)).max(outer.rows),
            ),
            JoinKind::Semi => clamp_rows(outer.rows * facts.matched),
            JoinKind::Anti => clamp_rows(outer.rows * (1.0 - facts.matched)),
            JoinKind::Inner => {
                clamp_rows(outer.rows * inner.rows * facts.selectivity * 0.333f64.powi(rest.len() as i32))
            }
        };
        let settings = &self.environment.settings;
        let (l, r) = (Side { cost: outer.cost, rows: outer.rows }, Side { cost: inner.cost, rows: inner.rows });
        let make = |method, left: &Candidate, right: Rc<Shape>, keys: Vec<(Expr, Expr)>, on: Vec<Expr>, cost, order| {
            Candidate {
                shape: Rc::new(Shape::Join { kind, method, left: left.shape.clone(), right, keys, on }),
                cost,
                rows,
                order,
            }
        };
        if right.lateral {
            let cost = settings.nested_loop(l, r, inner.cost, &facts, false);
            let method = Method::Loop { lateral: true };
            add(
                &mut kept,
                make(method, outer, inner.shape.clone(), Vec::new(), on.to_vec(), cost, outer.order.clone()),
                self.startup,
            );
            return kept;
        }
        if !keys.is_empty() {
            let key = |expr: &Expr| SortKey { expr: expr.clone(), descending: false, nulls_first: false };
            let (sort_left, sort_right): (Vec<_>, Vec<_>) = keys.iter().map(|(l, r)| (key(l), key(r))).unzip();
            for (left, right) in left.iter().flat_map(|left| right.candidates.iter().map(move |right| (left, right))) {
                let constant = |_: &Expr| false;
                let (has_left, has_right) = (
                    super::access::provides(&left.order, &sort_left, &constant),
                    super::access::provides(&right.order, &sort_right, &constant),
                );
                let sorted = |side: &Candidate, has: bool| {
                    let cost = if has { side.cost } else { settings.sort(side.cost.total, side.rows, None) };
                    Side { cost, rows: side.rows }
                };
                let cost = settings.merge_join(sorted(left, has_left), sorted(right, has_right), &facts);
                let method = Method::Merge {
                    sort_left: if has_left { Vec::new() } else { sort_left.clone() },
                    sort_right: if has_right { Vec::new() } else { sort_right.clone() },
                };
                let order = if has_left { left.order.clone() } else { sort_left.clone() };
                add(
                    &mut kept,
                    make(method, left, right.shape.clone(), keys.clone(), rest.clone(), cost, order),
                    self.startup,
                );
            }
        }
        for left in left {
            let l = Side { cost: left.cost, rows: left.rows };
            let plain = settings.nested_loop(l, r, inner.cost, &facts, false);
            let (first, again) = settings.material(r);
            let kept_right = settings.nested_loop(l, Side { cost: first, ..r }, again, &facts, false);
            let cost = if settings.enable_material && kept_right.total < plain.total { kept_right } else { plain };
            let method = Method::Loop { lateral: false };
            let order = left.order.clone();
            add(&mut kept, make(method, left, inner.shape.clone(), Vec::new(), on.to_vec(), cost, order), self.startup);
            if let Some(index) = right.table {
                for (path, conditions, rest) in self.searched(index, right, on, left.rows) {
                    let r = Side { cost: path.cost, rows: path.rows };
                    let facts = Conditions { calls: rest.iter().map(calls).sum(), ..facts };
                    let cost = settings.nested_loop(l, r, path.cost, &facts, true);
                    let right = Rc::new(Shape::Scan { relation: index, path, conditions });
                    let method = Method::Loop { lateral: true };
                    add(&mut kept, make(method, left, right, Vec::new(), rest, cost, left.order.clone()), self.startup);
                }
            }
        }
        if !keys.is_empty() {
            let cost = settings.hash_join(l, r, &facts);
            add(&mut kept, make(Method::Hash, outer, inner.shape.clone(), keys, rest, cost, Vec::new()), self.startup);
        }
        kept
    }

    /// Searches of a table by an index for each row of the left: the path, the conditions in the scan, and those left over.
    fn searched(&self, index: usize, right: &Item, on: &[Expr], loops: f64) -> Vec<(Path, Vec<Expr>, Vec<Expr>)> {
        let (inside, outside): (Vec<Expr>, Vec<Expr>) = on.iter().cloned().partition(|condition| {
            let relation = self.relation(index);
            super::access::comparison(condition, relation.base, relation.source.width()).is_some()
        });
        if inside.is_empty() {
            return Vec::new();
        }
        let conditions = [right.own.as_slice(), &inside].concat();
        let reads_left = |expr: &Expr| columns(expr, 0).iter().any(|column| !right.columns.contains(column));
        let paths = self.paths(index, &conditions, loops.max(1.0)).into_iter().filter(|path| match &path.access {
            Access::Seq => false,
            Access::Index(range) | Access::Bitmap(range) => {
                let mut found = false;
                let mut range = range.clone();
                crate::query::rewrite::each_bound(&mut range, &mut |expr| found |= reads_left(expr));
                found && !range.backward
            }
        });
        paths.map(|path| (path, conditions.clone(), outside.clone())).collect()
    }

    /// The flat columns of an item, system columns included.
    fn columns_of(&self, item: &Tree) -> Vec<usize> {
        let columns = item.relations().into_iter().flat_map(|index| {
            let relation = self.relation(index);
            let system = if matches!(relation.source, RelationSource::Table { .. }) { SYSTEM_COLUMNS.len() } else { 0 };
            relation.base..relation.base + relation.source.width() + system
        });
        columns.collect()
    }
}

fn scan(relation: usize, path: Path, conditions: Vec<Expr>) -> Candidate {
    let (cost, rows, order) = (path.cost, path.rows, path.order.clone());
    Candidate { shape: Rc::new(Shape::Scan { relation, path, conditions }), cost, rows, order }
}

/// The items a condition reads.
fn mask(items: &[Item], condition: &Expr) -> usize {
    let read = columns(condition, 0);
    let of = |item: &Item| read.iter().any(|column| item.columns.contains(column));
    items.iter().enumerate().filter(|(_, item)| of(item)).map(|(index, _)| 1 << index).sum()
}

/// A set of items as the right side of a join.
fn part(items: &[Item], set: usize, candidates: &[Candidate]) -> Item {
    let members = || items.iter().enumerate().filter(|(index, _)| set & (1 << index) != 0).map(|(_, item)| item);
    let single = set.count_ones() == 1;
    Item {
        table: members().next().filter(|_| single).and_then(|item| item.table),
        columns: members().flat_map(|item| item.columns.iter().copied()).collect(),
        own: members().filter(|_| single).flat_map(|item| item.own.clone()).collect(),
        lateral: false,
        candidates: candidates.to_vec(),
    }
}

/// Equalities of the two sides, left first, and the other conditions.
fn split(on: &[Expr], right: &[usize]) -> (Vec<(Expr, Expr)>, Vec<Expr>) {
    let (mut keys, mut rest) = (Vec::new(), Vec::new());
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
    for condition in on {
        if let Expr::Call { function, args, .. } = condition
            && function.name == "="
            && let [first, second] = args.as_slice()
        {
            match (side(first), side(second)) {
                (Some(false), Some(true)) => {
                    keys.push((first.clone(), second.clone()));
                    continue;
                }
                (Some(true), Some(false)) => {
                    keys.push((second.clone(), first.clone()));
                    continue;
                }
                _ => {}
            }
        }
        rest.push(condition.clone());
    }
    (keys, rest)
}

fn take(conditions: &mut Vec<Expr>, mut fits: impl FnMut(&Expr) -> bool) -> Vec<Expr> {
    let (taken, left) = std::mem::take(conditions).into_iter().partition(|condition| fits(condition));
    *conditions = left;
    taken
}
