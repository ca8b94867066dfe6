//! FROM and WHERE: from the best candidate to a plan.

use super::Fetch;
use super::access::{Path, constants, is_constant, provides};
use super::candidate::{Candidate, Method, Shape, add, cheapest};
use super::conditions::{all, has_subquery, parts};
use super::cost::Cost;
use super::join_cost::Side;
use super::layout::Layout;
use super::search::Search;
use crate::error::SqlError;
use crate::expr::Expr;
use crate::query::analyse::Environment;
use crate::query::logical::{Relation, RelationSource, SYSTEM_COLUMNS, Select, Tree};
use crate::query::plan::{Access, Again, JoinKind, Plan, RowMark, SortKey};
use crate::query::rewrite::{columns, deepen, each_bound, same, substitute};
use crate::value::Value;

/// Joined rows.
pub struct Joined {
    pub plan: Plan,
    pub layout: Layout,
    /// They are in the order that was wanted.
    pub sorted: bool,
    /// What sorting them costs if they are not, and the first keys whose order they are in.
    pub sort: (Cost, usize),
    pub cost: Cost,
    pub rows: f64,
    /// How many different values what is brought together has.
    pub groups: f64,
}

/// Plans FROM and WHERE. Of the flat row only what is `read` is handed up, if that is known. `wanted` is the order that would be of use; rows will be brought `together` by these.
pub fn plan(
    environment: &Environment<'_>,
    select: &mut Select,
    wanted: &[SortKey],
    together: &[Expr],
    fetched: Option<Fetch>,
    read: Option<Vec<usize>>,
) -> Result<Joined, SqlError> {
    let mut relations: Vec<Option<Relation>> = std::mem::take(&mut select.relations).into_iter().map(Some).collect();
    let tree = std::mem::take(&mut select.from);
    let read = read.map(|mut read| {
        tree.clone().each_expr(&mut |expr| read.extend(columns(expr, 0)));
        read.extend(wanted.iter().flat_map(|key| columns(&key.expr, 0)));
        read
    });
    let (mut items, mut conditions) = (Vec::new(), Vec::new());
    flatten(tree, &mut items, &mut conditions);
    let told = derive(&mut conditions);
    if conditions.iter().any(|condition| matches!(condition, Expr::Const(value) if !value.is_true())) {
        let filter = Some(Expr::Const(Value::Bool(false)));
        let layout = Layout::new((0..select.width).collect(), select.width);
        return Ok(Joined {
            plan: environment.noted(Plan::Result { filter }, Cost::default(), 0.0),
            layout,
            sorted: true,
            sort: Default::default(),
            cost: Cost::default(),
            rows: 1.0,
            groups: 1.0,
        });
    }
    if items.is_empty() {
        let layout = Layout::new(Vec::new(), select.width);
        let plan = Plan::Result { filter: all(in_order(conditions)) };
        let cost = Cost { startup: 0.0, total: environment.settings.cpu_tuple_cost };
        let plan = environment.noted(plan, cost, 1.0);
        let sort = (environment.settings.sort(cost.total, 1.0, None), 0);
        return Ok(Joined { plan, layout, sorted: wanted.is_empty(), sort, cost, rows: 1.0, groups: 1.0 });
    }
    let fixed = constants(&conditions);
    let constant = |expr: &Expr| is_constant(expr) || fixed.iter().any(|known| same(known, expr));
    let mut joined = Vec::new();
    joined_by(&conditions, &mut joined);
    items.iter().for_each(|item| joined_in(item, &mut joined));
    let startup = fetched.is_some();
    let restricted = vec![0.0; relations.len()];
    let mut search = Search {
        environment,
        relations: &mut relations,
        startup,
        wanted,
        joined,
        fixed: fixed.clone(),
        told,
        restricted,
        read,
    };
    let candidates = search.inner(items, conditions)?;
    let Choice { candidate: chosen, sorted, sort } = choose(&search, &candidates, wanted, fetched, &constant);
    let (groups, _) = search.groups(together, chosen.rows);
    let builder = Builder { environment, relations: &relations, width: select.width };
    let (plan, layout) = builder.build(&chosen.shape, Side { cost: chosen.cost, rows: chosen.rows });
    Ok(Joined { plan, layout, sorted, sort, cost: chosen.cost, rows: chosen.rows, groups })
}

/// Both sides of equalities between columns: their order is of use to a merge.
fn joined_by(conditions: &[Expr], found: &mut Vec<(Expr, Expr)>) {
    for condition in conditions {
        if let Expr::Call { function, args, .. } = condition
            && function.name == "="
            && let [one, other] = args.as_slice()
            && args.iter().all(|arg| !columns(arg, 0).is_empty())
        {
            found.push((one.clone(), other.clone()));
        }
    }
}

fn joined_in(tree: &Tree, found: &mut Vec<(Expr, Expr)>) {
    let mut conditions = Vec::new();
    tree.clone().each_expr(&mut |condition| parts(condition.clone(), &mut conditions));
    joined_by(&conditions, found);
}

/// What was chosen, and what it costs to sort it if it is not sorted.
struct Choice {
    candidate: Candidate,
    sorted: bool,
    sort: (Cost, usize),
}

/// The best way, when the rows are wanted in an order, or only some of them. (`create_ordered_paths`)
fn choose(
    search: &Search<'_, '_>,
    candidates: &[Candidate],
    wanted: &[SortKey],
    fetched: Option<Fetch>,
    constant: &dyn Fn(&Expr) -> bool,
) -> Choice {
    let settings = &search.environment.settings;
    let whole = cheapest(candidates);
    // A key that has one value does not count.
    let varying: Vec<SortKey> = wanted.iter().filter(|key| !constant(&key.expr)).cloned().collect();
    let wanted = varying.as_slice();
    let limit = if let Some(Fetch::Rows(rows)) = fetched { Some(rows) } else { None };
    let sorted = |candidate: &Candidate, keys: usize| provides(&candidate.order, &wanted[..keys], constant);
    let mut ordered: Vec<Candidate> = Vec::new();
    let mut keep = |candidate: Candidate| add(&mut ordered, candidate, fetched.is_some());
    for candidate in candidates {
        if sorted(candidate, wanted.len()) {
            keep(candidate.clone());
            continue;
        }
        let Candidate { cost, rows, .. } = *candidate;
        let order = || wanted.to_vec();
        // Only the cheapest is worth sorting, and what comes in the order of the first keys.
        if std::ptr::eq(candidate, whole) {
            keep(Candidate { cost: settings.sort(cost.total, rows, limit), order: order(), ..candidate.clone() });
        }
        if let Some(keys) = (1..wanted.len()).rev().find(|keys| sorted(candidate, *keys)) {
            let exprs: Vec<Expr> = wanted[..keys].iter().map(|key| key.expr.clone()).collect();
            let (groups, _) = search.groups(&exprs, rows);
            let cost = settings.incremental_sort(cost, rows, groups, limit);
            keep(Candidate { cost, order: order(), ..candidate.clone() });
        }
    }
    let price = |candidate: &Candidate| match fetched {
        None => candidate.cost.total,
        Some(Fetch::Rows(fetched)) => candidate.cost.fraction(fetched / candidate.rows),
        Some(Fetch::Tenth) => candidate.cost.fraction(0.1),
    };
    let first = cheapest(&ordered);
    let best = ordered.iter().fold(first, |best, other| if price(other) < price(best) { other } else { best }).clone();
    // What is to be sorted is the way it was before that.
    let unsorted = candidates.iter().find(|candidate| std::rc::Rc::ptr_eq(&candidate.shape, &best.shape));
    let Some(unsorted) = unsorted.filter(|candidate| !sorted(candidate, wanted.len())) else {
        return Choice { sort: (best.cost, 0), candidate: best, sorted: true };
    };
    let whole = settings.sort(unsorted.cost.total, unsorted.rows, limit);
    let presorted =
        if whole == best.cost { 0 } else { (1..wanted.len()).rev().find(|keys| sorted(unsorted, *keys)).unwrap_or(0) };
    Choice { candidate: unsorted.clone(), sorted: false, sort: (best.cost, presorted) }
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
pub fn flatten(tree: Tree, items: &mut Vec<Tree>, conditions: &mut Vec<Expr>) {
    match tree {
        Tree::Inner { items: inner, filter } => {
            inner.into_iter().for_each(|item| flatten(item, items, conditions));
            filter.into_iter().for_each(|condition| parts(condition, conditions));
        }
        other => items.push(other),
    }
}

/// `a = b AND a = 1` makes `b = 1`, and that is all there is to know: what was told by it is handed back. (Equivalence
/// classes)
pub fn derive(conditions: &mut Vec<Expr>) -> Vec<Expr> {
    let constant = |expr: &Expr| matches!(expr, Expr::Const(_) | Expr::Param(_) | Expr::Outer { .. });
    let mut at = 0;
    while at < conditions.len() {
        let mut found = Vec::new();
        if let Expr::Call { function, args, .. } = &conditions[at]
            && function.name == "="
            && let [Expr::Column(left), Expr::Column(right)] = args.as_slice()
        {
            for other in conditions.iter() {
                let Expr::Call { function: equal, args, site } = other else { continue };
                let [Expr::Column(column), value] = args.as_slice() else { continue };
                if !std::ptr::eq(*equal, *function) || !constant(value) || !(column == left || column == right) {
                    continue;
                }
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
    // Columns that equal a constant need not be compared with each other.
    let fixed = |column: &Expr| {
        conditions.iter().any(|condition| {
            matches!(condition, Expr::Call { function, args, .. }
                if function.name == "=" && matches!(args.as_slice(), [one, value] if same(one, column) && constant(value)))
        })
    };
    let told = |condition: &Expr| {
        matches!(condition, Expr::Call { function, args, .. }
            if function.name == "=" && args.iter().all(|arg| matches!(arg, Expr::Column(_)) && fixed(arg)))
    };
    let (told, rest) = conditions.iter().cloned().partition(told);
    *conditions = rest;
    told
}

/// A column of the right that has to equal one of the left has to equal the constant that one is known to equal.
/// (`reconsider_outer_join_clauses`)
pub fn push_constants(known: &[Expr], on: &mut [Expr]) {
    for condition in on {
        let Expr::Call { function, args, .. } = condition else { continue };
        let [first, second] = args.as_slice() else { continue };
        let value_of = |column: &Expr| {
            known.iter().find_map(|known| match known {
                Expr::Call { function: equal, args, .. } if std::ptr::eq(*equal, *function) && function.name == "=" => {
                    match args.as_slice() {
                        [one, value] if same(one, column) && is_constant(value) => Some(value.clone()),
                        _ => None,
                    }
                }
                _ => None,
            })
        };
        match (value_of(first), value_of(second)) {
            (Some(value), None) => *args = vec![second.clone(), value],
            (None, Some(value)) => *args = vec![first.clone(), value],
            _ => {}
        }
    }
}

/// Turns what was chosen into a plan.
struct Builder<'b, 'e> {
    environment: &'b Environment<'e>,
    relations: &'b [Option<Relation>],
    width: usize,
}

impl Builder<'_, '_> {
    /// The plan of what was chosen, which is thought to cost and to return what `side` says.
    fn build(&self, shape: &Shape, side: Side) -> (Plan, Layout) {
        let settings = &self.environment.settings;
        let noted = |plan: Plan| self.environment.noted(plan, side.cost, side.rows);
        match shape {
            Shape::Scan { relation, path, conditions } => self.scan(*relation, path, conditions.clone(), side, false),
            Shape::Ready { plan, columns, conditions, called } => {
                let plan = self.environment.noted_with(plan.clone(), side.cost, side.rows, |note| {
                    (note.alias, note.columns) = (Some(called.alias.clone()), called.columns.clone());
                });
                let (plan, layout) = filtered(plan, Layout::new(columns.clone(), self.width), conditions.clone());
                (if conditions.is_empty() { plan } else { noted(plan) }, layout)
            }
            Shape::Filter { input, conditions } => {
                let (plan, layout) = self.build(input, side);
                let (plan, layout) = filtered(plan, layout, conditions.clone());
                (noted(plan), layout)
            }
            Shape::Unique { input, keys, strategy, below } => {
                let (plan, layout) = self.build(input, *below);
                let mut on = keys.clone();
                on.iter_mut().for_each(|key| layout.place(key));
                let sort = (settings.sort(below.cost.total, below.rows, None), below.rows);
                let input = Box::new(super::grouping::brought(self.environment, plan, &on, *strategy, sort));
                (noted(Plan::DistinctOn { input, on, strategy: *strategy }), layout)
            }
            Shape::Join { kind, method, left, right, keys, on, sides, reversed } => {
                let (left, left_layout) = self.build(left, sides[0]);
                let (mut right, right_layout) = match (method, &**right) {
                    (Method::Loop { lateral: true, .. }, Shape::Scan { relation, path, conditions }) => {
                        self.scan(*relation, path, conditions.clone(), sides[1], true)
                    }
                    _ => self.build(right, sides[1]),
                };
                let layout = left_layout.join(&right_layout);
                let right_width = right_layout.columns.len();
                let mut on = in_order(on.clone());
                on.iter_mut().for_each(|condition| layout.place(condition));
                let (mut left_keys, mut right_keys): (Vec<Expr>, Vec<Expr>) = keys.iter().cloned().unzip();
                left_keys.iter_mut().for_each(|key| left_layout.place(key));
                right_keys.iter_mut().for_each(|key| right_layout.place(key));
                let (kind, on) = (*kind, all(on));
                let plan = match method {
                    Method::Loop { lateral, again } => {
                        let mut again = again.clone();
                        if let Again::Remembered(keys) = &mut again {
                            keys.iter_mut().for_each(|key| left_layout.place(key));
                        }
                        if *lateral {
                            left_layout.place_below(&mut right);
                        }
                        Plan::NestedLoop {
                            kind,
                            left: Box::new(left),
                            right: Box::new(right),
                            on,
                            right_width,
                            lateral: *lateral,
                            again,
                        }
                    }
                    Method::Hash => {
                        let (left, right) = (Box::new(left), Box::new(right));
                        Plan::HashJoin { kind, left, right, left_keys, right_keys, on, right_width, merge: false }
                    }
                    // Sorted sides joined by hashing come out as a merge would hand them up.
                    Method::Merge { sort_left, sort_right } => {
                        let left = Box::new(self.sorted(left, &left_layout, sort_left, sides[0]));
                        let right = Box::new(self.sorted(right, &right_layout, sort_right, sides[1]));
                        Plan::HashJoin { kind, left, right, left_keys, right_keys, on, right_width, merge: true }
                    }
                };
                // Of a semi join only the left is handed up.
                let layout = if matches!(kind, JoinKind::Semi | JoinKind::Anti) { left_layout } else { layout };
                let noted = self.environment.noted_with(plan, side.cost, side.rows, |note| note.reversed = *reversed);
                (noted, layout)
            }
        }
    }

    fn sorted(&self, plan: Plan, layout: &Layout, keys: &[SortKey], side: Side) -> Plan {
        if keys.is_empty() {
            return plan;
        }
        let mut keys = keys.to_vec();
        keys.iter_mut().for_each(|key| layout.place(&mut key.expr));
        let cost = self.environment.settings.sort(side.cost.total, side.rows, None);
        self.environment.noted(Plan::Sort { input: Box::new(plan), keys, presorted: 0 }, cost, side.rows)
    }

    /// A table; `searched` for each row of a loop, which then is the nearest enclosing row.
    fn scan(&self, index: usize, path: &Path, conditions: Vec<Expr>, side: Side, searched: bool) -> (Plan, Layout) {
        let mut access = path.access.clone();
        let relation = self.relations[index].as_ref().expect("it was there when it was searched");
        let RelationSource::Table { table, width } = relation.source else { unreachable!("only tables are scanned") };
        let mut flat: Vec<usize> = (relation.base..relation.base + width).collect();
        for system in &relation.system {
            let place = SYSTEM_COLUMNS.iter().position(|(_, known)| known == system).expect("all are listed");
            flat.push(relation.base + width + place);
        }
        let layout = Layout::new(flat, self.width);
        let (mut inside, mut others) = (Vec::new(), Vec::new());
        if self.environment.numbers.is_some() {
            for (place, condition) in conditions.iter().enumerate() {
                if path.used.contains(&place) { &mut inside } else { &mut others }.push(condition.clone());
            }
        }
        let mut filter = in_order(conditions);
        let place = |expr: &mut Expr| {
            if searched {
                deepen(expr, 0);
            }
            here_or_outside(&layout, expr);
        };
        filter.iter_mut().chain(&mut inside).chain(&mut others).for_each(place);
        if let Access::Index(range) | Access::Bitmap(range) = &mut access {
            each_bound(range, &mut |expr| place(expr));
        }
        let plan =
            Plan::Scan { rti: relation.rti, table, access, filter: all(filter), system: relation.system.clone() };
        let plan = self.environment.noted_with(plan, side.cost, side.rows, |note| {
            (note.alias, note.search) = (Some(relation.name.clone()), path.search);
            (note.searched, note.filter) = (inside, in_order(others));
        });
        (plan, layout)
    }
}

fn filtered(plan: Plan, layout: Layout, conditions: Vec<Expr>) -> (Plan, Layout) {
    let mut conditions = in_order(conditions);
    conditions.iter_mut().for_each(|condition| layout.place(condition));
    match all(conditions) {
        None => (plan, layout),
        Some(filter) => (Plan::Filter { input: Box::new(plan), filter }, layout),
    }
}

/// Conditions without subqueries first. (`order_qual_clauses`)
fn in_order(mut conditions: Vec<Expr>) -> Vec<Expr> {
    conditions.sort_by_key(has_subquery);
    conditions
}

/// A column of the relation is in its row; any other is in the row of the loop around it.
fn here_or_outside(layout: &Layout, expr: &mut Expr) {
    substitute(expr, 0, &mut |column| {
        Some(if layout.has(column) { Expr::Column(layout.index(column)) } else { Expr::Outer { level: 1, column } })
    });
}
