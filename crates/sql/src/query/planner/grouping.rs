//! GROUP BY, DISTINCT and set operations: whether rows that are equal are brought together by sorting or in a hash table.
//! (`add_paths_to_grouping_rel`, `create_final_distinct_paths`, `choose_hashed_setop`, `cost_agg`)

use super::cost::{Cost, Settings};
use super::layout::{self, Layout};
use super::{Planned, sorted};
use crate::expr::Expr;
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
    pub groups: f64,
}

/// How groups are made, and for what.
pub fn aggregated(settings: &Settings, input: Cost, size: Size, may_hash: bool) -> (AggStrategy, Cost) {
    let calls = size.calls as f64 * settings.cpu_operator_cost * size.rows;
    let each = settings.cpu_tuple_cost * size.groups;
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
pub fn aggregate(input: Plan, layout: &Layout, grouping: Grouping, strategy: AggStrategy) -> Plan {
    let Grouping { mut keys, mut calls, having, .. } = grouping;
    keys.iter_mut().for_each(|key| layout.place(key));
    for call in &mut calls {
        call.args.iter_mut().chain(&mut call.filter).for_each(|expr| layout.place(expr));
        call.order.iter_mut().for_each(|key| layout.place(&mut key.expr));
    }
    let count = keys.len();
    let input = brought(input, &keys, strategy);
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
pub fn distinct(input: Plan, columns: usize, strategy: AggStrategy) -> Plan {
    let keys: Vec<Expr> = (0..columns).map(Expr::Column).collect();
    let input = brought(input, &keys, strategy);
    Plan::Aggregate { input: Box::new(input), keys, calls: Vec::new(), strategy }
}

/// Rows as the strategy wants them.
pub fn brought(input: Plan, keys: &[Expr], strategy: AggStrategy) -> Plan {
    let by = |expr: &Expr| SortKey { expr: expr.clone(), descending: false, nulls_first: false };
    match strategy {
        AggStrategy::Sorted => sorted(input, keys.iter().map(by).collect()),
        AggStrategy::Hashed { .. } => input,
    }
}

/// UNION, INTERSECT or EXCEPT.
pub fn set(
    settings: &Settings,
    (kind, all): (SetOperation, bool),
    columns: usize,
    left: Planned,
    right: Planned,
) -> Planned {
    let rows = left.rows + right.rows;
    let cost = Cost { startup: 0.0, total: left.cost.total + right.cost.total + settings.cpu_tuple_cost * rows };
    let (mine, theirs) = (left.groups, right.groups);
    let groups = match kind {
        SetOperation::Union => rows,
        SetOperation::Except => mine,
        SetOperation::Intersect => mine.min(theirs),
    };
    let size = Size { rows, columns, calls: 0, groups };
    let (first, second) = if kind == SetOperation::Intersect && theirs < mine { (right, left) } else { (left, right) };
    let (left, right) = (Box::new(first.plan), Box::new(second.plan));
    match (kind, all) {
        (SetOperation::Union, true) => Planned { plan: Plan::Append { left, right }, cost, rows, groups: rows },
        (SetOperation::Union, false) => {
            let (strategy, cost) = unique(settings, cost, size);
            Planned { plan: distinct(Plan::Append { left, right }, columns, strategy), cost, rows: groups, groups }
        }
        _ => {
            let (strategy, cost) = unique(settings, cost, size);
            Planned { plan: Plan::SetOperation { kind, all, left, right, strategy }, cost, rows: groups, groups }
        }
    }
}

/// The first row of each group, so rows are sorted by what makes a group first.
pub fn distinct_on(input: Plan, on: Vec<Expr>, order: &mut Vec<SortKey>) -> Plan {
    let mut keys = std::mem::take(order);
    for expr in &on {
        if !keys.iter().any(|key| crate::query::rewrite::same(&key.expr, expr)) {
            keys.push(SortKey { expr: expr.clone(), descending: false, nulls_first: false });
        }
    }
    Plan::DistinctOn { input: Box::new(sorted(input, keys)), on, strategy: AggStrategy::Sorted }
}
