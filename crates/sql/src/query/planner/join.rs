//! How relations are read and joined. (PostgreSQL's `joinpath.c`, `joinrels.c`)

use super::access::{Path, Reading, constants, provides};
use super::conditions::{all, has_subquery, parts, rejects_null};
use super::layout::Layout;
use super::{Fetch, cost};
use crate::error::SqlError;
use crate::expr::Expr;
use crate::query::analyse::Environment;
use crate::query::logical::{Relation, RelationSource, SYSTEM_COLUMNS, Select, Tree};
use crate::query::plan::{Access, JoinKind, Plan, RowMark, SortKey};
use crate::query::rewrite::{columns, same, substitute};
use crate::value::Value;

/// Joined rows.
pub struct Joined {
    pub plan: Plan,
    pub layout: Layout,
    /// They are in the order that was wanted.
    pub sorted: bool,
}

/// A part of the join.
struct Part {
    plan: Plan,
    layout: Layout,
    rows: f64,
}

/// Plans FROM and WHERE. `wanted` is the order that would be of use.
pub fn plan(
    environment: &Environment<'_>,
    select: &mut Select,
    wanted: &[SortKey],
    fetched: Option<Fetch>,
) -> Result<Joined, SqlError> {
    let mut relations: Vec<Option<Relation>> = std::mem::take(&mut select.relations).into_iter().map(Some).collect();
    let tree = std::mem::take(&mut select.from);
    let mut planner = Planner { environment, width: select.width, relations: &mut relations };
    let mut items = Vec::new();
    let mut conditions = Vec::new();
    flatten(tree, &mut items, &mut conditions);
    derive(&mut conditions);
    if conditions.iter().any(|condition| matches!(condition, Expr::Const(value) if !value.is_true())) {
        let filter = Some(Expr::Const(Value::Bool(false)));
        let layout = Layout::new((0..select.width).collect(), select.width);
        return Ok(Joined { plan: Plan::Result { filter }, layout, sorted: true });
    }
    if let [Tree::Relation(only)] = items.as_slice() {
        return planner.single(*only, conditions, wanted, fetched);
    }
    let part = planner.inner(items, conditions)?;
    Ok(Joined { plan: part.plan, layout: part.layout, sorted: false })
}

/// 0A000 for a locked table that may have no row.
pub fn refuse_nullable_marks(select: &Select, marks: &[RowMark]) -> Result<(), SqlError> {
    let mut absent = Vec::new();
    crate::query::analyse::nullable(&select.from, &mut absent);
    for mark in marks {
        if absent.iter().any(|relation| select.relations[*relation].rti == mark.rti) {
            let what = crate::query::analyse::locking_words(mark.strength);
            let message = format!("{what} cannot be applied to the nullable side of an outer join");
            return Err(SqlError::new("0A000", message));
        }
    }
    Ok(())
}

/// Inner joins within inner joins are one.
fn flatten(tree: Tree, items: &mut Vec<Tree>, conditions: &mut Vec<Expr>) {
    match tree {
        Tree::Inner { items: inner, filter } => {
            inner.into_iter().for_each(|item| flatten(item, items, conditions));
            filter.into_iter().for_each(|condition| parts(condition, conditions));
        }
        other => items.push(other),
    }
}

/// `a = b AND a = 1` makes `b = 1`. (Equivalence classes)
fn derive(conditions: &mut Vec<Expr>) {
    let constant = |expr: &Expr| {
        columns(expr, 0).is_empty() && matches!(expr, Expr::Const(_) | Expr::Param(_) | Expr::Outer { .. })
    };
    let mut at = 0;
    while at < conditions.len() {
        let mut found = Vec::new();
        if let Expr::Call { function, args, .. } = &conditions[at]
            && function.name == "="
            && let [Expr::Column(left), Expr::Column(right)] = args.as_slice()
        {
            for other in conditions.iter() {
                let Expr::Call { function: equal, args, site } = other else { continue };
                let [operand @ Expr::Column(column), value] = args.as_slice() else { continue };
                if equal.name != "="
                    || !std::ptr::eq(*equal, *function)
                    || !constant(value)
                    || !(column == left || column == right)
                {
                    continue;
                }
                let _ = operand;
                let twin = if column == left { right } else { left };
                found.push(Expr::Call { function, args: vec![Expr::Column(*twin), value.clone()], site: *site });
            }
        }
        for condition in found {
            if !conditions.iter().any(|known| same(known, &condition)) {
                conditions.push(condition);
            }
        }
        at += 1;
    }
}

struct Planner<'p, 'e> {
    environment: &'p Environment<'e>,
    width: usize,
    relations: &'p mut [Option<Relation>],
}

impl Planner<'_, '_> {
    /// One relation, in the order that is wanted if that is cheap.
    fn single(
        &mut self,
        index: usize,
        conditions: Vec<Expr>,
        wanted: &[SortKey],
        fetched: Option<Fetch>,
    ) -> Result<Joined, SqlError> {
        let is_table = matches!(self.relation(index).source, RelationSource::Table { .. });
        if !is_table {
            let part = self.base(index, conditions)?;
            return Ok(Joined { plan: part.plan, layout: part.layout, sorted: wanted.is_empty() });
        }
        let (paths, _) = self.paths(index, &conditions, 1.0);
        let fixed = constants(&conditions);
        let constant = |expr: &Expr| columns(expr, 0).is_empty() || fixed.iter().any(|known| same(known, expr));
        let mut candidates = Vec::new();
        for path in paths {
            let sorted = provides(&path.order, wanted, &constant);
            let useful = sorted && !wanted.is_empty();
            if is_bare(&path.access) && !useful {
                continue;
            }
            let cost = if sorted {
                path.cost
            } else {
                let limit = match fetched {
                    Some(Fetch::Rows(rows)) => Some(rows),
                    _ => None,
                };
                self.environment.settings.sort(path.cost.total, path.rows, limit)
            };
            let fraction = match fetched {
                None => 1.0,
                Some(Fetch::Rows(rows)) => rows / path.rows,
                Some(Fetch::Tenth) => 0.1,
            };
            candidates.push((cost::Cost { startup: cost.startup, total: cost.fraction(fraction) }, sorted, path));
        }
        let (_, sorted, path) = cheapest(candidates);
        let part = self.scan(index, path, conditions);
        Ok(Joined { plan: part.plan, layout: part.layout, sorted })
    }

    fn relation(&self, index: usize) -> &Relation {
        self.relations[index].as_ref().expect("a relation is planned once")
    }

    /// Ways to read a table. Conditions that hold a subquery are no help.
    fn paths(&self, index: usize, conditions: &[Expr], loops: f64) -> (Vec<Path>, f64) {
        let relation = self.relation(index);
        let RelationSource::Table { table, .. } = relation.source else { unreachable!("the caller asked for a table") };
        let reading = Reading { environment: self.environment, table, base: relation.base, conditions, loops };
        (reading.paths(), reading.rows())
    }

    /// A relation by itself, by its cheapest path.
    fn base(&mut self, index: usize, conditions: Vec<Expr>) -> Result<Part, SqlError> {
        if matches!(self.relation(index).source, RelationSource::Table { .. }) {
            let (paths, _) = self.paths(index, &conditions, 1.0);
            let useful = paths.into_iter().filter(|path| !is_bare(&path.access));
            let candidates = useful.map(|path| (path.cost, true, path)).collect();
            let (_, _, path) = cheapest(candidates);
            return Ok(self.scan(index, path, conditions));
        }
        let relation = self.relations[index].take().expect("a relation is planned once");
        let width = relation.source.width();
        let layout = Layout::new((relation.base..relation.base + width).collect(), self.width);
        let (plan, rows) = match relation.source {
            RelationSource::Subquery(query) => {
                let plan = super::plan(self.environment, *query)?;
                (Plan::Subquery { rti: relation.rti, plan: Box::new(plan) }, 200.0)
            }
            RelationSource::Plan { plan, .. } => (*plan, 1000.0),
            RelationSource::Table { .. } => unreachable!("tables were done above"),
        };
        Ok(self.filtered(Part { plan, layout, rows }, conditions))
    }

    fn scan(&mut self, index: usize, path: Path, conditions: Vec<Expr>) -> Part {
        let relation = self.relations[index].take().expect("a relation is planned once");
        let RelationSource::Table { table, width } = relation.source else { unreachable!("only tables are scanned") };
        let mut flat: Vec<usize> = (relation.base..relation.base + width).collect();
        for system in &relation.system {
            let place = SYSTEM_COLUMNS.iter().position(|(_, known)| known == system).expect("all are listed");
            flat.push(relation.base + width + place);
        }
        let layout = Layout::new(flat, self.width);
        let mut filter = in_order(conditions);
        filter.iter_mut().for_each(|condition| layout_or_outer(&layout, condition));
        let mut access = path.access;
        if let Access::Index(range) | Access::Bitmap(range) = &mut access {
            crate::query::rewrite::each_bound(range, &mut |expr| layout_or_outer(&layout, expr));
        }
        let plan = Plan::Scan { rti: relation.rti, table, access, filter: all(filter), system: relation.system };
        Part { plan, layout, rows: path.rows }
    }

    fn filtered(&self, part: Part, conditions: Vec<Expr>) -> Part {
        let mut conditions = in_order(conditions);
        conditions.iter_mut().for_each(|condition| part.layout.place(condition));
        match all(conditions) {
            None => part,
            Some(filter) => Part { plan: Plan::Filter { input: Box::new(part.plan), filter }, ..part },
        }
    }

    /// All items, each condition as early as its columns are there.
    fn inner(&mut self, items: Vec<Tree>, mut conditions: Vec<Expr>) -> Result<Part, SqlError> {
        if items.is_empty() {
            let filter = all(in_order(conditions));
            return Ok(Part { plan: Plan::Result { filter }, layout: Layout::new(Vec::new(), self.width), rows: 1.0 });
        }
        let mut joined: Option<Part> = None;
        for item in items {
            let flat = self.columns_of(&item);
            let own = take(&mut conditions, |condition| {
                let read = columns(condition, 0);
                !read.is_empty() && read.iter().all(|column| flat.contains(column))
            });
            let lateral = self.is_lateral(&item);
            let part = self.item(item, own)?;
            joined = Some(match joined {
                None => part,
                Some(left) => {
                    let both = left.layout.join(&part.layout);
                    let on =
                        take(&mut conditions, |condition| columns(condition, 0).iter().all(|column| both.has(*column)));
                    self.join(JoinKind::Inner, left, part, on, lateral)
                }
            });
        }
        let joined = joined.expect("there is an item");
        Ok(self.filtered(joined, conditions))
    }

    fn item(&mut self, item: Tree, conditions: Vec<Expr>) -> Result<Part, SqlError> {
        match item {
            Tree::Relation(index) => self.base(index, conditions),
            Tree::Inner { .. } => {
                let (mut items, mut all) = (Vec::new(), conditions);
                flatten(item, &mut items, &mut all);
                self.inner(items, all)
            }
            Tree::Left { left, right, on } => self.left(*left, *right, on, conditions),
        }
    }

    /// An outer join. A condition above it that no row without a right side meets makes it an inner one.
    fn left(&mut self, left: Tree, right: Tree, on: Vec<Expr>, mut conditions: Vec<Expr>) -> Result<Part, SqlError> {
        let right_columns = self.columns_of(&right);
        let strict = |condition: &Expr| {
            columns(condition, 0)
                .iter()
                .any(|column| right_columns.contains(column) && rejects_null(condition, *column))
        };
        if conditions.iter().any(strict) {
            let (mut items, mut all) = (Vec::new(), conditions);
            flatten(Tree::Inner { items: vec![left, right], filter: on }, &mut items, &mut all);
            return self.inner(items, all);
        }
        let left_columns = self.columns_of(&left);
        let below =
            take(&mut conditions, |condition| columns(condition, 0).iter().all(|column| left_columns.contains(column)));
        let mut on_parts = Vec::new();
        on.into_iter().for_each(|condition| parts(condition, &mut on_parts));
        let right_only = take(&mut on_parts, |condition| {
            let read = columns(condition, 0);
            !read.is_empty() && read.iter().all(|column| right_columns.contains(column))
        });
        let lateral = self.is_lateral(&right);
        let left = self.item(left, below)?;
        let right = self.item(right, right_only)?;
        let joined = self.join(JoinKind::Left, left, right, on_parts, lateral);
        Ok(self.filtered(joined, conditions))
    }

    /// Joins two parts: by hashing where columns are equal, by a loop otherwise.
    fn join(&self, kind: JoinKind, left: Part, mut right: Part, mut on: Vec<Expr>, lateral: bool) -> Part {
        let layout = left.layout.join(&right.layout);
        let right_width = right.layout.columns.len();
        let rows = (left.rows * right.rows * 0.005f64.powi(on.len() as i32)).max(1.0);
        if lateral {
            left.layout.place_below(&mut right.plan);
            on.iter_mut().for_each(|condition| layout.place(condition));
            let (left, right) = (Box::new(left.plan), Box::new(right.plan));
            return Part {
                plan: Plan::NestedLoop { kind, left, right, on: all(on), right_width, lateral },
                layout,
                rows,
            };
        }
        let (mut left_keys, mut right_keys) = (Vec::new(), Vec::new());
        let within = |layout: &Layout, expr: &Expr| {
            let read = columns(expr, 0);
            !read.is_empty() && read.iter().all(|column| layout.has(*column))
        };
        on.retain(|condition| {
            let Expr::Call { function, args, .. } = condition else { return true };
            let [first, second] = args.as_slice() else { return true };
            if function.name != "=" {
                return true;
            }
            let (l, r) = if within(&left.layout, first) && within(&right.layout, second) {
                (first, second)
            } else if within(&left.layout, second) && within(&right.layout, first) {
                (second, first)
            } else {
                return true;
            };
            left_keys.push(l.clone());
            right_keys.push(r.clone());
            false
        });
        left_keys.iter_mut().for_each(|key| left.layout.place(key));
        right_keys.iter_mut().for_each(|key| right.layout.place(key));
        on.iter_mut().for_each(|condition| layout.place(condition));
        let on = all(on);
        let (left, right) = (Box::new(left.plan), Box::new(right.plan));
        let plan = if left_keys.is_empty() {
            Plan::NestedLoop { kind, left, right, on, right_width, lateral: false }
        } else {
            Plan::HashJoin { kind, left, right, left_keys, right_keys, on, right_width }
        };
        Part { plan, layout, rows }
    }

    /// The flat columns of an item, system columns included.
    fn columns_of(&self, item: &Tree) -> Vec<usize> {
        let relations = item.relations();
        relations
            .into_iter()
            .flat_map(|index| {
                let relation = self.relation(index);
                let system =
                    if matches!(relation.source, RelationSource::Table { .. }) { SYSTEM_COLUMNS.len() } else { 0 };
                relation.base..relation.base + relation.source.width() + system
            })
            .collect()
    }

    fn is_lateral(&self, item: &Tree) -> bool {
        item.relations().into_iter().any(|index| self.relation(index).lateral)
    }
}

/// The cheapest. Of those that cost about the same, the one whose first row is cheapest. (`compare_path_costs_fuzzily`)
fn cheapest(candidates: Vec<(cost::Cost, bool, Path)>) -> (cost::Cost, bool, Path) {
    let least = candidates.iter().map(|(cost, ..)| cost.total).fold(f64::INFINITY, f64::min);
    let near = candidates.into_iter().filter(|(cost, ..)| cost.total <= least * 1.01);
    near.reduce(|best, other| if other.0.startup * 1.01 < best.0.startup { other } else { best })
        .expect("a table can be read")
}

/// Reading a whole index: of use only for its order.
fn is_bare(access: &Access) -> bool {
    match access {
        Access::Seq => false,
        Access::Index(range) | Access::Bitmap(range) => {
            range.equal.is_empty() && range.lower.is_none() && range.upper.is_none() && range.any.is_none()
        }
    }
}

/// Conditions without subqueries first. (`order_qual_clauses`)
fn in_order(mut conditions: Vec<Expr>) -> Vec<Expr> {
    conditions.sort_by_key(has_subquery);
    conditions
}

fn take(conditions: &mut Vec<Expr>, mut fits: impl FnMut(&Expr) -> bool) -> Vec<Expr> {
    let (taken, left) = std::mem::take(conditions).into_iter().partition(|condition| fits(condition));
    *conditions = left;
    taken
}

/// A column of the relation is in its row; any other is in the row of the loop around it.
fn layout_or_outer(layout: &Layout, expr: &mut Expr) {
    substitute(expr, 0, &mut |column| {
        Some(if layout.has(column) { Expr::Column(layout.index(column)) } else { Expr::Outer { level: 1, column } })
    });
}
