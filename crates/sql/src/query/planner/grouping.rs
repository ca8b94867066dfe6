//! GROUP BY, DISTINCT and set operations: whether rows that are equal are brought together by sorting or in a hash table.
//! (`add_paths_to_grouping_rel`, `create_final_distinct_paths`, `choose_hashed_setop`, `cost_agg`)

use super::cost::{Cost, Settings};
use super::layout::{self, Layout};
use super::{Planned, sorted};
use crate::expr::Expr;
use crate::query::analyse::Environment;
use crate::query::logical::Grouping;
use crate::query::plan::{AggStrategy, Plan, SetOperation, SortKey};

/// What is to be brought together.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub rows: f64,
    /// Columns that have to be equal.
    pub columns: usize,
    /// Aggregates to be computed.
    pub calls: usize,
    /// Those of them that take a call for each group at its end.
    pub finals: usize,
    pub groups: f64,
}

/// How groups are made, and for what.
pub fn aggregated(settings: &Settings, input: Cost, size: Size, may_hash: bool) -> (AggStrategy, Cost) {
    let calls = size.calls as f64 * settings.cpu_operator_cost * size.rows;
    let each = (settings.cpu_tuple_cost + size.finals as f64 * settings.cpu_operator_cost) * size.groups;
    if size.columns == 0 {
        let startup = input.total + calls;
        return (AggStrategy::Sorted, Cost { startup, total: startup + each });
    }
    let work = calls + size.comparing(settings);
    let sorted = settings.sort(input.total, size.rows, None);
    let sorted = Cost { startup: sorted.startup, total: sorted.total + work + each };
    let hashed = Cost { startup: input.total + work, total: input.total + work + each }.unless(settings.enable_hashagg);
    if !may_hash || is_as_good(sorted, hashed) { (AggStrategy::Sorted, sorted) } else { cheaper(sorted, hashed, size) }
}

/// Duplicates of DISTINCT: as groups without aggregates, but that groups cost nothing when they are sorted.
pub fn distinct_rows(settings: &Settings, input: Cost, size: Size) -> (AggStrategy, Cost) {
    let (sorted, hashed) = both(settings, input, size);
    if is_as_good(sorted, hashed) { (AggStrategy::Sorted, sorted) } else { cheaper(sorted, hashed, size) }
}

/// What is sorted is kept when it is not worse than a hundredth in anything. (`add_path`, `STD_FUZZ_FACTOR`)
fn is_as_good(sorted: Cost, hashed: Cost) -> bool {
    sorted.total <= hashed.total * 1.01 && sorted.startup <= hashed.startup * 1.01
}

/// How duplicates of a set operation are found, and for what.
pub fn unique(settings: &Settings, input: Cost, size: Size) -> (AggStrategy, Cost) {
    let (sorted, hashed) = both(settings, input, size);
    cheaper(sorted, hashed, size)
}

fn both(settings: &Settings, input: Cost, size: Size) -> (Cost, Cost) {
    let work = size.comparing(settings);
    let sorted = settings.sort(input.total, size.rows, None);
    let sorted = Cost { startup: sorted.startup, total: sorted.total + work };
    let startup = input.total + work;
    let hashed = Cost { startup, total: startup + settings.cpu_tuple_cost * size.groups };
    (sorted, hashed.unless(settings.enable_hashagg))
}

fn cheaper(sorted: Cost, hashed: Cost, size: Size) -> (AggStrategy, Cost) {
    if hashed.total < sorted.total {
        (AggStrategy::Hashed { expected: size.groups }, hashed)
    } else {
        (AggStrategy::Sorted, sorted)
    }
}

impl Size {
    fn comparing(&self, settings: &Settings) -> f64 {
        settings.cpu_operator_cost * self.columns as f64 * self.rows
    }
}

/// Groups the rows of a plan.
pub fn aggregate(
    environment: &Environment<'_>,
    input: Plan,
    layout: &Layout,
    grouping: Grouping,
    (strategy, sort): (AggStrategy, (Cost, f64)),
) -> Plan {
    let Grouping { mut keys, mut calls, having, .. } = grouping;
    keys.iter_mut().for_each(|key| layout.place(key));
    for call in &mut calls {
        call.args.iter_mut().chain(&mut call.filter).for_each(|expr| layout.place(expr));
        call.order.iter_mut().for_each(|key| layout.place(&mut key.expr));
    }
    let count = keys.len();
    let input = brought(environment, input, &keys, strategy, sort);
    let plan = Plan::Aggregate { input: Box::new(input), keys, calls, strategy };
    match having {
        None => plan,
        Some(mut filter) => {
            crate::query::rewrite::substitute(&mut filter, 0, &mut |column| {
                Some(Expr::Column(layout::grouped(column, count)))
            });
            Plan::Filter { input: Box::new(plan), filter }
        }
    }
}

/// The rows of a plan of so many columns without duplicates.
pub fn distinct(
    environment: &Environment<'_>,
    input: Plan,
    columns: usize,
    (strategy, sort): (AggStrategy, (Cost, f64)),
) -> Plan {
    let keys: Vec<Expr> = (0..columns).map(Expr::Column).collect();
    let input = brought(environment, input, &keys, strategy, sort);
    Plan::Aggregate { input: Box::new(input), keys, calls: Vec::new(), strategy }
}

/// Rows as the strategy wants them: sorting so many costs so much.
pub fn brought(
    environment: &Environment<'_>,
    input: Plan,
    keys: &[Expr],
    strategy: AggStrategy,
    (cost, rows): (Cost, f64),
) -> Plan {
    let by = |expr: &Expr| SortKey { expr: expr.clone(), descending: false, nulls_first: false };
    match strategy {
        AggStrategy::Sorted if keys.is_empty() => input,
        AggStrategy::Sorted => environment.noted(sorted(input, keys.iter().map(by).collect()), cost, rows),
        AggStrategy::Hashed { .. } => input,
    }
}

/// UNION, INTERSECT or EXCEPT.
pub fn set(
    environment: &Environment<'_>,
    (kind, all): (SetOperation, bool),
    columns: usize,
    left: Planned,
    right: Planned,
) -> Planned {
    let settings = &environment.settings;
    let rows = left.rows + right.rows;
    let cost = Cost { startup: 0.0, total: left.cost.total + right.cost.total + settings.cpu_tuple_cost * rows };
    let (mine, theirs) = (left.groups, right.groups);
    let groups = match kind {
        SetOperation::Union => rows,
        SetOperation::Except => mine,
        SetOperation::Intersect => mine.min(theirs),
    };
    let size = Size { rows, columns, calls: 0, finals: 0, groups };
    let (first, second) = if kind == SetOperation::Intersect && theirs < mine { (right, left) } else { (left, right) };
    let (left, right) = (Box::new(first.plan), Box::new(second.plan));
    match (kind, all) {
        (SetOperation::Union, true) => {
            let plan = environment.noted(Plan::Append { left, right }, cost, rows);
            Planned { plan, cost, rows, groups: rows }
        }
        (SetOperation::Union, false) => {
            let appended = environment.noted(Plan::Append { left, right }, cost, rows);
            let sort = (settings.sort(cost.total, rows, None), rows);
            let (strategy, cost) = unique(settings, cost, size);
            let plan = distinct(environment, appended, columns, (strategy, sort));
            Planned { plan: environment.noted(plan, cost, groups), cost, rows: groups, groups }
        }
        _ => {
            let (strategy, cost) = unique(settings, cost, size);
            let plan = environment.noted(Plan::SetOperation { kind, all, left, right, strategy }, cost, groups);
            Planned { plan, cost, rows: groups, groups }
        }
    }
}

/// The first row of each group, so rows are sorted by what makes a group first: that costs so much.
pub fn distinct_on(
    environment: &Environment<'_>,
    input: Plan,
    on: Vec<Expr>,
    order: &mut Vec<SortKey>,
    (cost, rows): (Cost, f64),
) -> Plan {
    let mut keys = std::mem::take(order);
    for expr in &on {
        if !keys.iter().any(|key| crate::query::rewrite::same(&key.expr, expr)) {
            keys.push(SortKey { expr: expr.clone(), descending: false, nulls_first: false });
        }
    }
    let input = environment.noted(sorted(input, keys), cost, rows);
    Plan::DistinctOn { input: Box::new(input), on, strategy: AggStrategy::Sorted }
}
