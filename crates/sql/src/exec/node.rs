//! What each node of a plan has reached, and its next row. (`nodeSeqscan.c`, `nodeNestloop.c` and the others)

use super::execution::{Nested, Scope};
use super::group::{self, GroupState};
use super::input::Input;
use super::lock_rows::{self, LockRowsState};
use super::modify::{self, ModifyState};
use super::scan::{self, ScanState};
use super::sort::sort;
use super::{Row, hash_table, instrument, join, set, set_function};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::plan::{AggStrategy, Plan, SortKey};
use crate::store::tree::ColumnOrder;
use crate::value::{Key, Value};
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::rc::Rc;

/// The state of one node, its inputs' states inside.
#[derive(Clone, Debug)]
pub(super) enum NodeState {
    /// One row, or one row each: how many were handed up.
    Counted(usize),
    Scan(Box<ScanState>),
    /// Rows that were made at once.
    Rows {
        rows: Option<Rc<[Row]>>,
        at: usize,
    },
    /// A node with a note: it is begun, and has handed up its first row.
    Noted {
        input: Box<NodeState>,
        began: bool,
        first: bool,
    },
    /// A node that only passes rows on.
    Over(Input),
    /// A node that counts what it passes on.
    Limit {
        input: Box<NodeState>,
        bounds: Option<(u64, Option<u64>)>,
        seen: u64,
    },
    Join(Box<join::JoinState>),
    /// Rows are gathered from the input, then handed up.
    Gather {
        input: Input,
        gathered: Vec<(Vec<Value>, Row)>,
        sorted: bool,
        at: usize,
        /// Keys that were there already.
        seen: BTreeSet<Vec<Key>>,
    },
    /// Rows that come in the order of the first keys, sorted a batch at a time.
    Batches(Box<Batches>),
    Group(Box<GroupState>),
    Two {
        left: Box<NodeState>,
        right: Box<NodeState>,
        rows: Vec<Row>,
        other: Vec<Row>,
        stage: u8,
        at: usize,
    },
    LockRows {
        input: Box<NodeState>,
        state: Box<LockRowsState>,
    },
    Modify {
        input: Box<NodeState>,
        state: Box<ModifyState>,
    },
}

/// The rows at hand of an incremental sort, each with its keys.
#[derive(Clone, Debug)]
pub(super) struct Batches {
    input: Input,
    batch: Vec<(Vec<Value>, Row)>,
    at: usize,
    /// The first row of the next batch.
    carried: Option<(Vec<Value>, Row)>,
    /// The batch is complete, and there is no other.
    complete: bool,
    over: bool,
}

/// Rows of a batch, at least: smaller groups are sorted together. (`DEFAULT_MIN_GROUP_SIZE`)
const LEAST: usize = 32;

impl NodeState {
    /// Nothing was handed up yet.
    pub fn new(plan: &Plan) -> Self {
        let state = |plan: &Plan| Box::new(NodeState::new(plan));
        match plan {
            Plan::Noted { input, .. } => NodeState::Noted { input: state(input), began: false, first: true },
            Plan::Result { .. } | Plan::Values { .. } | Plan::CteScan { .. } => NodeState::Counted(0),
            Plan::Scan { .. } => NodeState::Scan(Box::default()),
            Plan::FunctionScan { .. } => NodeState::Rows { rows: None, at: 0 },
            Plan::Subquery { plan, .. } => NodeState::Over(Input::new(plan)),
            Plan::ProjectSet { input, .. } => NodeState::Gather {
                input: Input::new(input),
                gathered: Vec::new(),
                sorted: false,
                at: 0,
                seen: BTreeSet::new(),
            },
            Plan::Filter { input, .. } | Plan::Project { input, .. } => NodeState::Over(Input::new(input)),
            Plan::NestedLoop { left, right, .. } | Plan::HashJoin { left, right, .. } => {
                NodeState::Join(Box::new(join::JoinState::new(left, right)))
            }
            Plan::Aggregate { input, .. } => NodeState::Group(Box::new(GroupState::new(input))),
            Plan::Sort { input, presorted: 1.., .. } => NodeState::Batches(Box::new(Batches {
                input: Input::new(input),
                batch: Vec::new(),
                at: 0,
                carried: None,
                complete: false,
                over: false,
            })),
            Plan::DistinctOn { input, .. } | Plan::Sort { input, .. } => NodeState::Gather {
                input: Input::new(input),
                gathered: Vec::new(),
                sorted: false,
                at: 0,
                seen: BTreeSet::new(),
            },
            Plan::Limit { input, .. } => NodeState::Limit { input: state(input), bounds: None, seen: 0 },
            Plan::Append { left, right } | Plan::SetOperation { left, right, .. } => NodeState::Two {
                left: state(left),
                right: state(right),
                rows: Vec::new(),
                other: Vec::new(),
                stage: 0,
                at: 0,
            },
            Plan::LockRows { input, .. } => NodeState::LockRows { input: state(input), state: Box::default() },
            Plan::Modify(modify) => NodeState::Modify { input: state(&modify.input), state: Box::default() },
        }
    }

    /// Rows changed by a node that changes rows.
    pub fn changed(&self) -> u64 {
        match self {
            NodeState::Modify { state, .. } => state.changed,
            NodeState::Over(input) => input.node.changed(),
            NodeState::Noted { input, .. } => input.changed(),
            _ => 0,
        }
    }
}

/// The next row of a node.
pub(super) fn next(plan: &Plan, state: &mut NodeState, scope: &mut Scope<'_, '_>) -> Run<Option<Row>> {
    scope.context.store.burn()?;
    match (plan, state) {
        (Plan::Noted { input: plan, note }, NodeState::Noted { input, began, first }) => {
            let before = scope.nanos();
            let around = scope.shared.instruments.enter(note.id);
            let row = next(plan, input, scope);
            let took = scope.nanos() - before;
            let done = &mut scope.shared.instruments.leave(around).done;
            done.loops += u64::from(!std::mem::replace(began, true));
            done.total += took;
            if *first {
                done.startup += took;
                *first = row.is_err();
            }
            done.rows += u64::from(matches!(row, Ok(Some(_))));
            row
        }
        (Plan::Result { filter }, NodeState::Counted(count)) => {
            if *count > 0 {
                return Ok(None);
            }
            let holds = match filter {
                Some(filter) => scope.holds(filter, &[])?,
                None => true,
            };
            *count = 1;
            Ok(holds.then(Row::default))
        }
        (Plan::Values { rows, .. }, NodeState::Counted(count)) => {
            let Some(exprs) = rows.get(*count) else { return Ok(None) };
            scope.context.store.work.rows += 1;
            let values = exprs.iter().map(|expr| scope.eval(expr, &[])).collect::<Run<_>>()?;
            *count += 1;
            Ok(Some(Row { values, sources: Vec::new() }))
        }
        (Plan::CteScan { cte, .. }, NodeState::Counted(count)) => {
            let row = scope.kept_row(cte, *count)?;
            *count += 1;
            Ok(row.map(|values| Row { values: values.to_vec(), sources: Vec::new() }))
        }
        (Plan::Scan { rti, table, access, filter, system, .. }, NodeState::Scan(state)) => {
            scan::next(state, (*rti, *table), access, filter.as_ref(), system, scope)
        }
        (Plan::FunctionScan { function, args, .. }, NodeState::Rows { rows, at }) => {
            if rows.is_none() {
                let args = args.iter().map(|arg| scope.eval(arg, &[])).collect::<Run<Vec<_>>>()?;
                *rows = Some(set_function::rows(*function, &args, scope.context)?);
            }
            let row = rows.as_ref().and_then(|rows| rows.get(*at)).cloned();
            *at += 1;
            scope.context.store.work.rows += u64::from(row.is_some());
            Ok(row)
        }
        (Plan::Subquery { plan, .. }, NodeState::Over(input)) => next(plan, &mut input.node, scope),
        (Plan::Filter { input: plan, filter }, NodeState::Over(input)) => {
            while let Some(row) = input.row(plan, scope)? {
                let holds = scope.holds(filter, &row.values)?;
                let row = input.done(scope);
                if holds {
                    return Ok(Some(row));
                }
                scope.instrument(|it| it.removed_by_filter += 1);
            }
            Ok(None)
        }
        (Plan::Project { input: plan, exprs }, NodeState::Over(input)) => {
            let Some(row) = input.row(plan, scope)? else { return Ok(None) };
            let values = exprs.iter().map(|expr| scope.eval(expr, &row.values)).collect::<Run<_>>()?;
            Ok(Some(Row { values, sources: input.done(scope).sources }))
        }
        (Plan::ProjectSet { input: plan, exprs, sets }, NodeState::Gather { input, gathered, at, .. }) => loop {
            if let Some((_, row)) = gathered.get_mut(*at) {
                *at += 1;
                return Ok(Some(std::mem::take(row)));
            }
            let Some(row) = input.row(plan, scope)? else { return Ok(None) };
            *gathered =
                set_function::projected(row, exprs, sets, scope)?.into_iter().map(|row| (Vec::new(), row)).collect();
            *at = 0;
            input.done(scope);
        },
        (Plan::NestedLoop { kind, left, right, on, right_width, lateral, again }, NodeState::Join(state)) => {
            join::nested(
                state,
                join::Rule { kind: *kind, on: on.as_ref(), right_width: *right_width },
                (left, right),
                (*lateral, again),
                scope,
            )
        }
        (Plan::HashJoin { kind, left, right, left_keys, right_keys, on, right_width, .. }, NodeState::Join(state)) => {
            join::hashed(
                state,
                join::Rule { kind: *kind, on: on.as_ref(), right_width: *right_width },
                (left, right),
                (left_keys, right_keys),
                scope,
            )
        }
        (Plan::Aggregate { input, keys, calls, strategy }, NodeState::Group(state)) => {
            group::next(state, input, keys, calls, *strategy, scope)
        }
        (Plan::Sort { input: plan, keys, presorted }, NodeState::Batches(state)) => {
            sort_batches(state, plan, keys, *presorted, scope)
        }
        (Plan::Sort { input: plan, keys, .. }, NodeState::Gather { input, gathered, sorted, at, .. }) => {
            while !*sorted {
                match input.row(plan, scope)? {
                    Some(row) => {
                        let values = keys.iter().map(|key| scope.eval(&key.expr, &row.values)).collect::<Run<_>>()?;
                        gathered.push((values, input.done(scope)));
                    }
                    None => {
                        sort_rows(gathered, keys, scope);
                        *sorted = true;
                    }
                }
            }
            let row = gathered.get_mut(*at).map(|(_, row)| std::mem::take(row));
            *at += 1;
            Ok(row)
        }
        (Plan::DistinctOn { input: plan, on, strategy }, NodeState::Gather { input, gathered, sorted, at, seen }) => {
            // While rows are gathered, `at` is 1 after one that is not the first of its group.
            while !*sorted {
                let Some(row) = input.row(plan, scope)? else {
                    if let AggStrategy::Hashed { expected } = *strategy {
                        let keys = gathered.iter().map(|(key, _)| key.as_slice());
                        let order = hash_table::order(keys, expected, *at == 1);
                        *gathered = order.into_iter().map(|group| std::mem::take(&mut gathered[group])).collect();
                    } else {
                        gathered.clear();
                    }
                    (*sorted, *at) = (true, 0);
                    break;
                };
                let key: Vec<Value> = on.iter().map(|expr| scope.eval(expr, &row.values)).collect::<Run<_>>()?;
                let row = input.done(scope);
                // Sorted rows are compared with the last one, hashed ones with all.
                let known = match strategy {
                    AggStrategy::Sorted => gathered.iter().any(|(known, _)| same(known, &key)),
                    AggStrategy::Hashed { .. } => !seen.insert(key.iter().cloned().map(Key).collect()),
                };
                scope.context.store.work.operators += on.len() as u64;
                *at = usize::from(known);
                match strategy {
                    _ if known => {}
                    AggStrategy::Sorted => {
                        *gathered = vec![(key, Row::default())];
                        return Ok(Some(row));
                    }
                    AggStrategy::Hashed { .. } => gathered.push((key, row)),
                }
            }
            let row = gathered.get_mut(*at).map(|(_, row)| std::mem::take(row));
            *at += 1;
            Ok(row)
        }
        (Plan::Limit { input: plan, count, offset }, NodeState::Limit { input, bounds, seen }) => {
            let (skip, take) = match bounds {
                Some(bounds) => *bounds,
                None => {
                    let bound = |expr: &Option<Expr>, what: &str, scope: &mut Scope<'_, '_>| match expr {
                        Some(expr) => scope.eval(expr, &[]).and_then(|value| limit(&value, what)),
                        None => Ok(None),
                    };
                    let skip = bound(offset, "OFFSET", scope)?.unwrap_or(0);
                    *bounds.insert((skip, bound(count, "LIMIT", scope)?))
                }
            };
            while *seen < skip {
                if next(plan, input, scope)?.is_none() {
                    return Ok(None);
                }
                *seen += 1;
            }
            if take.is_some_and(|take| *seen >= skip + take) {
                return Ok(None);
            }
            let row = next(plan, input, scope)?;
            *seen += 1;
            Ok(row)
        }
        (Plan::Append { left: first, right: second }, NodeState::Two { left, right, stage, .. }) => {
            if *stage == 0 {
                if let Some(row) = next(first, left, scope)? {
                    return Ok(Some(row));
                }
                *stage = 1;
            }
            next(second, right, scope)
        }
        (
            Plan::SetOperation { kind, all, left: first, right: second, strategy },
            NodeState::Two { left, right, rows, other, stage, at },
        ) => {
            while *stage == 0 {
                match next(first, left, scope)? {
                    Some(row) => rows.push(row),
                    None => *stage = 1,
                }
            }
            while *stage == 1 {
                match next(second, right, scope)? {
                    Some(row) => other.push(row),
                    None => {
                        *rows = set::combine((*kind, *all), *strategy, std::mem::take(rows), std::mem::take(other));
                        *stage = 2;
                    }
                }
            }
            let row = rows.get_mut(*at).map(std::mem::take);
            *at += 1;
            Ok(row)
        }
        (Plan::LockRows { input, marks }, NodeState::LockRows { input: inner, state }) => {
            if scope.context.recheck.is_some() {
                return next(input, inner, scope); // its rows are locked by whoever asks
            }
            lock_rows::next(state, input, marks, &mut Nested { scope, input, state: inner })
        }
        (Plan::Modify(node), NodeState::Modify { input, state }) => {
            modify::next(state, node, &mut Nested { scope, input: &node.input, state: input })
        }
        _ => Err(SqlError::new("XX000", "the plan and its state do not belong together").into()),
    }
}

/// The next row of an incremental sort. (`nodeIncrementalSort.c`)
fn sort_batches(
    state: &mut Batches,
    plan: &Plan,
    keys: &[SortKey],
    presorted: usize,
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    loop {
        if state.complete {
            if let Some((_, row)) = state.batch.get_mut(state.at) {
                state.at += 1;
                return Ok(Some(std::mem::take(row)));
            }
            if state.over {
                return Ok(None);
            }
            (state.at, state.complete) = (0, false);
            state.batch.clear();
            state.batch.extend(state.carried.take());
        }
        match state.input.row(plan, scope)? {
            Some(row) => {
                let values: Vec<Value> =
                    keys.iter().map(|key| scope.eval(&key.expr, &row.values)).collect::<Run<_>>()?;
                let row = state.input.done(scope);
                let follows = |(last, _): &(Vec<Value>, Row)| same(&last[..presorted], &values[..presorted]);
                if state.batch.len() < LEAST || state.batch.last().is_some_and(follows) {
                    state.batch.push((values, row));
                    continue;
                }
                state.carried = Some((values, row));
            }
            None => state.over = true,
        }
        sort_rows(&mut state.batch, keys, scope);
        state.complete = true;
    }
}

/// Sorts rows that were gathered.
fn sort_rows(rows: &mut [(Vec<Value>, Row)], keys: &[SortKey], scope: &mut Scope<'_, '_>) {
    let compared = Cell::new(0);
    sort(rows, &|a, b| {
        compared.set(compared.get() + 1);
        by_keys(keys, &a.0, &b.0)
    });
    // A comparison counts as two operators, as the planner has it. (`cost_tuplesort`)
    scope.context.store.work.operators += 2 * compared.get() + rows.len() as u64;
    scope.instrument(|it| {
        it.kept += rows.len() as u64;
        it.bytes += rows.iter().map(|(_, row)| instrument::bytes(&row.values)).sum::<u64>();
    });
}

fn limit(value: &Value, what: &str) -> Run<Option<u64>> {
    let number = match value {
        Value::Null => return Ok(None),
        Value::Int(number) => i64::from(*number),
        Value::BigInt(number) => *number,
        _ => 0,
    };
    let (code, what) = if what == "LIMIT" { ("2201W", what) } else { ("2201X", what) };
    match u64::try_from(number) {
        Ok(number) => Ok(Some(number)),
        Err(_) => Err(SqlError::new(code, format!("{what} must not be negative")).into()),
    }
}

/// Compares two rows' sort keys.
fn by_keys(keys: &[SortKey], a: &[Value], b: &[Value]) -> Ordering {
    let pairs = keys.iter().zip(a.iter().zip(b));
    let order = |(key, (a, b)): (&SortKey, (&Value, &Value))| {
        ColumnOrder { descending: key.descending, nulls_first: key.nulls_first }.compare(a, b)
    };
    pairs.map(order).find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
}

/// Whether two keys are the same group: nulls are.
pub(super) fn same(a: &[Value], b: &[Value]) -> bool {
    let order = ColumnOrder { descending: false, nulls_first: false };
    a.iter().zip(b).all(|(a, b)| order.compare(a, b).is_eq())
}
