//! The order of joins: every pair of sets of relations that could be joined, the cheapest ways first. (PostgreSQL's `joinrels.c`)

use super::access::{Path, Reading};
use super::candidate::{Candidate, Shape, add, cheapest};
use super::conditions::parts;
use super::cost::{Cost, clamp_rows};
use super::facts::Selectivity;
use super::grouping::{Size, unique};
use super::join_cost::Side;
use super::notes::Called;
use super::paths::{Pair, sides};
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
    /// The order the rows are wanted in.
    pub wanted: &'p [SortKey],
    /// Both sides of equalities between columns: their order is of use to a merge.
    pub joined: Vec<(Expr, Expr)>,
    /// Expressions that have one value in all rows.
    pub fixed: Vec<Expr>,
    /// Equalities that follow from constants: relations they are between are worth joining all the same.
    pub told: Vec<Expr>,
    /// Rows that are left of each relation by its own conditions.
    pub restricted: Vec<f64>,
    /// Flat columns that the query reads, if not all of them.
    pub read: Option<Vec<usize>>,
}

/// Something to be joined: a relation, an outer join, or some of those together.
#[derive(Clone)]
pub struct Item {
    /// The relation, if it is a table.
    pub table: Option<usize>,
    /// Flat columns.
    pub columns: Vec<usize>,
    /// Conditions on it alone.
    pub own: Vec<Expr>,
    /// It has to run for each row of what is to its left.
    pub lateral: bool,
    pub rows: f64,
    /// The same before equal ones were left out.
    pub raw_rows: f64,
    pub candidates: Vec<Candidate>,
}

impl Search<'_, '_> {
    /// The best ways to join all items.
    pub fn inner(&mut self, items: Vec<Tree>, mut conditions: Vec<Expr>) -> Result<Vec<Candidate>, SqlError> {
        let told = super::join::derive(&mut conditions);
        self.told.extend(told);
        let mut prepared = Vec::new();
        for item in items {
            let flat = self.columns_of(&item);
            let own = take(&mut conditions, |condition| {
                let read = columns(condition, 0);
                !read.is_empty() && read.iter().all(|column| flat.contains(column))
            });
            prepared.push(self.prepare(item, own)?);
        }
        let any_lateral = prepared.iter().any(|item| item.lateral);
        let mut found = if prepared.len() > MOST || any_lateral {
            self.in_order(&prepared, &mut conditions)
        } else {
            self.all_orders(prepared, &mut conditions)
        };
        if !conditions.is_empty() {
            for candidate in &mut found {
                candidate.shape =
                    Rc::new(Shape::Filter { input: candidate.shape.clone(), conditions: conditions.clone() });
            }
        }
        Ok(found)
    }

    fn prepare(&mut self, item: Tree, own: Vec<Expr>) -> Result<Item, SqlError> {
        let columns = self.columns_of(&item);
        let lateral = item.relations().into_iter().any(|index| self.relation(index).lateral);
        let table = match &item {
            Tree::Relation(index) if matches!(self.relation(*index).source, RelationSource::Table { .. }) => {
                Some(*index)
            }
            _ => None,
        };
        let candidates = self.item(item, own.clone())?;
        let rows = candidates.first().map_or(1.0, |candidate| candidate.rows);
        Ok(Item { table, columns, own, lateral, rows, raw_rows: rows, candidates })
    }

    pub fn relation(&self, index: usize) -> &Relation {
        self.relations[index].as_ref().expect("a relation is planned once")
    }

    /// What two sets joined are, before there is a way to join them.
    fn joined(&self, kind: JoinKind, left: &Item, right: &Item, on: &[Expr]) -> Item {
        let (key, rest) = self.foreign_key(kind, on, right);
        let Selectivity { inner, semi } = self.selectivity(&rest, right);
        let pairs = left.rows * right.rows * key * inner;
        let rows = clamp_rows(match kind {
            JoinKind::Inner => pairs,
            JoinKind::Left => pairs.max(left.rows),
            JoinKind::Semi => left.rows * key * semi,
            JoinKind::Anti => left.rows * (1.0 - key * semi),
        });
        let columns = [left.columns.as_slice(), &right.columns].concat();
        Item { table: None, columns, own: Vec::new(), lateral: false, rows, raw_rows: rows, candidates: Vec::new() }
    }

    /// The items in the order they were written.
    fn in_order(&self, items: &[Item], conditions: &mut Vec<Expr>) -> Vec<Candidate> {
        let mut joined = items[0].clone();
        for item in &items[1..] {
            let fits = |column: &usize| joined.columns.contains(column) || item.columns.contains(column);
            let on = take(conditions, |condition| columns(condition, 0).iter().all(fits));
            let mut both = self.joined(JoinKind::Inner, &joined, item, &on);
            self.join_one_way(&mut both, (JoinKind::Inner, false), &joined, item, &on, [false; 2]);
            joined = both;
        }
        joined.candidates
    }

    fn join_one_way(
        &self,
        both: &mut Item,
        (kind, reversed): (JoinKind, bool),
        left: &Item,
        right: &Item,
        on: &[Expr],
        unique: [bool; 2],
    ) {
        // What a semi join finds depends on which side was the inner one, even if it is turned round.
        let inside = if unique[0] { left } else { right };
        let selectivity = self.selectivity(on, inside);
        let pair = Pair { kind, left, right, on, rows: both.rows, selectivity, reversed, unique };
        self.join(&mut both.candidates, &pair);
    }

    /// All sets that can be joined, small ones first, each in the order in which they are thought of. (`join_search_one_level`)
    fn all_orders(&self, mut items: Vec<Item>, conditions: &mut Vec<Expr>) -> Vec<Candidate> {
        if items.len() == 1 {
            return items.remove(0).candidates;
        }
        let count = items.len();
        let all = (1usize << count) - 1;
        let masks: Vec<usize> = conditions.iter().map(|condition| mask(&items, condition)).collect();
        let mut ties = masks.clone();
        ties.extend(self.told.iter().map(|condition| mask(&items, condition)));
        let tied = |set: usize| ties.iter().any(|mask| mask & set != 0 && mask & !set != 0);
        let tied_to = |left: usize, right: usize| ties.iter().any(|mask| mask & left != 0 && mask & right != 0);
        let mut known: Vec<Option<Item>> = vec![None; all + 1];
        let mut levels: Vec<Vec<usize>> = vec![Vec::new(), (0..count).map(|index| 1 << index).collect()];
        items.into_iter().enumerate().for_each(|(index, item)| known[1 << index] = Some(item));
        for level in 2..=count {
            let mut pairs: Vec<(usize, usize)> = Vec::new();
            for (place, set) in levels[level - 1].iter().copied().enumerate() {
                // The first level holds each pair once.
                let from = if level == 2 && tied(set) { place + 1 } else { 0 };
                let others = levels[1][from..].iter().filter(|other| !tied(set) || tied_to(set, **other));
                pairs.extend(others.map(|other| (set, *other)));
            }
            for part in 2..=level / 2 {
                for (place, set) in levels[part].iter().copied().enumerate() {
                    let from = if part * 2 == level { place + 1 } else { 0 };
                    pairs.extend(levels[level - part][from..].iter().map(|other| (set, *other)));
                    pairs.retain(|(left, right)| *left != set || tied_to(*left, *right) || !tied(*left));
                }
            }
            pairs.retain(|(left, right)| left & right == 0);
            if pairs.is_empty() {
                let sets = levels[level - 1].iter();
                pairs.extend(sets.flat_map(|set| levels[1].iter().map(move |other| (*set, *other))));
                pairs.retain(|(left, right)| left & right == 0);
            }
            let mut made: Vec<usize> = Vec::new();
            for (left, right) in pairs {
                let set = left | right;
                let met = |mask: usize| mask & !set == 0 && mask & !left != 0 && mask & !right != 0;
                let on = conditions.iter().zip(&masks).filter(|(_, mask)| met(**mask));
                let on: Vec<Expr> = on.map(|(condition, _)| condition.clone()).collect();
                let old = known[set].take();
                let (Some(first), Some(second)) = (&known[left], &known[right]) else { continue };
                let mut both = old.unwrap_or_else(|| self.joined(JoinKind::Inner, first, second, &on));
                self.join_one_way(&mut both, (JoinKind::Inner, false), first, second, &on, [false; 2]);
                self.join_one_way(&mut both, (JoinKind::Inner, false), second, first, &on, [false; 2]);
                known[set] = Some(both);
                if !made.contains(&set) {
                    made.push(set);
                }
            }
            levels.push(made);
        }
        let mut masks = masks.into_iter();
        conditions.retain(|_| masks.next() == Some(0));
        known[all].take().map_or_else(Vec::new, |item| item.candidates)
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
        let mut on_parts = Vec::new();
        on.into_iter().for_each(|condition| parts(condition, &mut on_parts));
        let (left, right) = (alone(left, &mut conditions), alone(right, &mut on_parts));
        let on = on_parts;
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
        let keys: Vec<Expr> = sides(&on, &right_columns).into_iter().map(|(_, key)| key).collect();
        let own = |condition: &Expr| {
            let read = columns(condition, 0);
            !read.is_empty() && read.iter().all(|column| right_columns.contains(column))
        };
        // What a different row of the right is, if that is all the join asks for.
        let keys = Some(keys).filter(|keys| on.iter().filter(|condition| !own(condition)).count() == keys.len());
        let mut on = on;
        if kind == JoinKind::Semi {
            on.append(&mut conditions);
            let told = super::join::derive(&mut on);
            self.told.extend(told);
            let outside = |condition: &Expr| !columns(condition, 0).iter().any(|column| right_columns.contains(column));
            conditions = take(&mut on, outside);
            // Rows that can match one row at most need no counting. (`reduce_unique_semijoins`)
            if self.matches_once(&right, &right_columns, &on) {
                let (mut items, mut all) = (Vec::new(), conditions);
                super::join::flatten(Tree::Inner { items: vec![left, right], filter: on }, &mut items, &mut all);
                return self.inner(items, all);
            }
        } else {
            super::join::push_constants(&conditions, &mut on);
        }
        let left_columns = self.columns_of(&left);
        let below =
            take(&mut conditions, |condition| columns(condition, 0).iter().all(|column| left_columns.contains(column)));
        let own = take(&mut on, own);
        let left = self.prepare(left, below)?;
        let right = self.prepare(right, own)?;
        let mut both = self.joined(kind, &left, &right, &on);
        self.join_one_way(&mut both, (kind, false), &left, &right, &on, [false; 2]);
        if !right.lateral {
            match kind {
                JoinKind::Left => self.join_one_way(&mut both, (kind, true), &right, &left, &on, [false; 2]),
                JoinKind::Semi => self.join_unique(&mut both, &left, &right, &on, keys),
                JoinKind::Inner | JoinKind::Anti => {}
            }
        }
        let mut joined = both.candidates;
        if !conditions.is_empty() {
            for candidate in &mut joined {
                candidate.shape =
                    Rc::new(Shape::Filter { input: candidate.shape.clone(), conditions: conditions.clone() });
                candidate.rows = clamp_rows(candidate.rows * 0.5);
            }
        }
        Ok(joined)
    }

    /// A semi join as an inner join with the different rows of its right side. (`create_unique_path`)
    fn join_unique(&self, both: &mut Item, left: &Item, right: &Item, on: &[Expr], keys: Option<Vec<Expr>>) {
        let Some(keys) = keys.filter(|keys| !keys.is_empty() && !right.candidates.is_empty()) else { return };
        let input = cheapest(&right.candidates);
        let pairs: Vec<(Expr, Expr)> = keys.iter().map(|key| (key.clone(), key.clone())).collect();
        let (rows, candidate) = if right.table.is_some_and(|index| self.is_unique(index, right, &pairs)) {
            (right.rows, input.clone())
        } else {
            let (rows, _) = self.groups(&keys, right.rows);
            let size = Size { rows: input.rows, columns: keys.len(), calls: 0, finals: 0, groups: rows };
            let (strategy, cost) = unique(&self.environment.settings, input.cost, size);
            let below = Side { cost: input.cost, rows: input.rows };
            let shape = Rc::new(Shape::Unique { input: input.shape.clone(), keys, strategy, below });
            (rows, Candidate { shape, cost, rows, order: Vec::new() })
        };
        let candidates = vec![Candidate { order: Vec::new(), ..candidate }];
        let right = Item { table: None, rows, candidates, ..right.clone() };
        self.join_one_way(both, (JoinKind::Inner, false), left, &right, on, [false, true]);
        self.join_one_way(both, (JoinKind::Inner, false), &right, left, on, [true, false]);
    }

    /// Whether the conditions of a semi join find one row of its right side at most.
    fn matches_once(&self, right: &Tree, right_columns: &[usize], on: &[Expr]) -> bool {
        let Tree::Relation(index) = right else { return false };
        if !matches!(self.relation(*index).source, RelationSource::Table { .. }) {
            return false;
        }
        let mut on = on.to_vec();
        let own = take(&mut on, |condition| {
            let read = columns(condition, 0);
            !read.is_empty() && read.iter().all(|column| right_columns.contains(column))
        });
        let right = Item {
            table: Some(*index),
            columns: right_columns.to_vec(),
            own,
            lateral: false,
            rows: 1.0,
            raw_rows: 1.0,
            candidates: Vec::new(),
        };
        let keys = sides(&on, &right.columns);
        !keys.is_empty() && self.is_unique(*index, &right, &keys)
    }

    /// One relation.
    fn base(&mut self, index: usize, conditions: Vec<Expr>) -> Result<Vec<Candidate>, SqlError> {
        if let RelationSource::Table { .. } = self.relation(index).source {
            let mut kept = Vec::new();
            let relation = self.relation(index);
            let flat = relation.base..relation.base + self.flat_width(relation);
            for mut path in self.paths(index, &conditions, 1.0) {
                let length = self.useful_length(&path.order, &|column| flat.contains(column));
                path.order.truncate(length);
                self.restricted[index] = path.rows;
                // A whole index is read for its order alone.
                let only = matches!(&path.access, Access::Index(range) if range.only && !range.backward);
                if length == 0 && path.whole && !only {
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
        let mut called = Called { alias: relation.name.clone(), columns: Vec::new() };
        let settings = self.environment.settings;
        // The relation stays, for its columns; its plan moves out.
        let empty = RelationSource::Plan { plan: Box::new(Plan::Result { filter: None }), width };
        let (plan, cost, rows) = match std::mem::replace(&mut relation.source, empty) {
            RelationSource::Subquery(query) => {
                called.columns = query.columns().into_iter().map(|column| column.name).collect();
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
        self.restricted[index] = rows;
        Ok(vec![Candidate {
            shape: Rc::new(Shape::Ready { plan, columns, conditions, called }),
            cost,
            rows,
            order: Vec::new(),
        }])
    }

    pub fn paths(&self, index: usize, conditions: &[Expr], loops: f64) -> Vec<Path> {
        let relation = self.relation(index);
        let RelationSource::Table { table, .. } = relation.source else { return Vec::new() };
        let read = self.read.as_deref();
        Reading { environment: self.environment, table, base: relation.base, conditions, loops, read }.paths()
    }

    /// How many keys of an order are of use above a set of columns: for the order that is wanted, or to merge with what is not in the
    /// set yet. (`truncate_useless_pathkeys`)
    pub fn useful_length(&self, order: &[SortKey], inside: &dyn Fn(&usize) -> bool) -> usize {
        let is_fixed = |expr: &Expr| self.fixed.iter().any(|known| same(known, expr));
        let outside = |expr: &Expr| !columns(expr, 0).iter().any(inside);
        let merged = |key: &SortKey| {
            let with = |mine: &Expr, other: &Expr| same(mine, &key.expr) && outside(other);
            !key.descending
                && !key.nulls_first
                && self.joined.iter().any(|(one, other)| with(one, other) || with(other, one))
        };
        let mut wanted = self.wanted.iter().filter(|key| !is_fixed(&key.expr)).peekable();
        let (mut ordering, mut found) = (0, false);
        for key in order {
            if !is_fixed(&key.expr) {
                let fits = |next: &&SortKey| {
                    same(&next.expr, &key.expr)
                        && next.descending == key.descending
                        && next.nulls_first == key.nulls_first
                };
                if wanted.next_if(|next| fits(next)).is_none() {
                    break;
                }
                found = true;
            }
            ordering += 1;
        }
        let merging = order.iter().take_while(|key| merged(key)).count();
        merging.max(if found { ordering } else { 0 })
    }

    /// Columns of a relation in the flat row, system columns included.
    pub fn flat_width(&self, relation: &Relation) -> usize {
        let system = if matches!(relation.source, RelationSource::Table { .. }) { SYSTEM_COLUMNS.len() } else { 0 };
        relation.source.width() + system
    }

    /// The flat columns of an item, system columns included.
    fn columns_of(&self, item: &Tree) -> Vec<usize> {
        let columns = item.relations().into_iter().flat_map(|index| {
            let relation = self.relation(index);
            relation.base..relation.base + self.flat_width(relation)
        });
        columns.collect()
    }
}

fn scan(relation: usize, path: Path, conditions: Vec<Expr>) -> Candidate {
    let (cost, rows, order) = (path.cost, path.rows, path.order.clone());
    Candidate { shape: Rc::new(Shape::Scan { relation, path, conditions }), cost, rows, order }
}

/// An inner join of one thing is that thing, where its conditions hold.
fn alone(tree: Tree, conditions: &mut Vec<Expr>) -> Tree {
    match tree {
        Tree::Inner { mut items, filter } if items.len() == 1 => {
            filter.into_iter().for_each(|condition| parts(condition, conditions));
            alone(items.remove(0), conditions)
        }
        other => other,
    }
}

/// The items a condition reads.
fn mask(items: &[Item], condition: &Expr) -> usize {
    let read = columns(condition, 0);
    let of = |item: &Item| read.iter().any(|column| item.columns.contains(column));
    items.iter().enumerate().filter(|(_, item)| of(item)).map(|(index, _)| 1 << index).sum()
}

fn take(conditions: &mut Vec<Expr>, mut fits: impl FnMut(&Expr) -> bool) -> Vec<Expr> {
    let (taken, left) = std::mem::take(conditions).into_iter().partition(|condition| fits(condition));
    *conditions = left;
    taken
}
