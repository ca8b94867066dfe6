//! GROUP BY and aggregates. (`nodeAgg.c`)

use super::Row;
use super::execution::Scope;
use super::input::Input;
use super::{hash_table, instrument};
use crate::error::Run;
use crate::expr::Expr;
use crate::expr::aggregate::Accumulator;
use crate::query::plan::{AggStrategy, AggregateCall, Plan};
use crate::store::tree::ColumnOrder;
use crate::value::{Key, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What grouping has reached.
#[derive(Clone, Debug)]
pub(super) struct GroupState {
    input: Input,
    groups: Vec<Group>,
    /// Where the group of a key is.
    index: BTreeMap<Vec<Key>, usize>,
    /// The last row was of a group that was there already.
    followed: bool,
    complete: bool,
    at: usize,
}

#[derive(Clone, Debug)]
struct Group {
    keys: Vec<Value>,
    calls: Vec<Call>,
}

/// One aggregate of one group.
#[derive(Clone, Debug)]
struct Call {
    accumulator: Accumulator,
    /// What a DISTINCT aggregate has taken in already.
    seen: BTreeSet<Vec<Key>>,
    /// What an aggregate with an ORDER BY takes in at the end: sort keys, then arguments.
    ordered: Vec<(Vec<Value>, Vec<Value>)>,
}

impl GroupState {
    pub fn new(input: &Plan) -> Self {
        Self {
            input: Input::new(input),
            groups: Vec::new(),
            index: BTreeMap::new(),
            followed: false,
            complete: false,
            at: 0,
        }
    }

    /// Puts the groups into the order of a hash table.
    fn scatter(&mut self, expected: f64) {
        let order = hash_table::order(self.groups.iter().map(|group| group.keys.as_slice()), expected, self.followed);
        let mut groups: Vec<Option<Group>> = std::mem::take(&mut self.groups).into_iter().map(Some).collect();
        self.groups = order.into_iter().filter_map(|group| groups[group].take()).collect();
    }
}

impl Group {
    fn new(keys: Vec<Value>, calls: &[AggregateCall]) -> Self {
        let call = |call: &AggregateCall| Call {
            accumulator: (call.function.start)(),
            seen: BTreeSet::new(),
            ordered: Vec::new(),
        };
        Self { keys, calls: calls.iter().map(call).collect() }
    }
}

/// The next group, in the order PostgreSQL's strategy has: that of the keys, or that of a hash table.
pub(super) fn next(
    state: &mut GroupState,
    input: &Plan,
    keys: &[Expr],
    calls: &[AggregateCall],
    strategy: AggStrategy,
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    while !state.complete {
        match state.input.row(input, scope)? {
            Some(row) => {
                let row = row.clone();
                take_in(state, &row, keys, calls, scope)?;
                state.input.done(scope);
            }
            None => {
                if keys.is_empty() && state.groups.is_empty() {
                    state.groups.push(Group::new(Vec::new(), calls));
                }
                if let (AggStrategy::Hashed { expected }, false) = (strategy, keys.is_empty()) {
                    state.scatter(expected);
                }
                state.complete = true;
                scope.context.store.work.rows += state.groups.len() as u64;
                scope.instrument(|it| {
                    it.kept += state.groups.len() as u64;
                    it.bytes += state.groups.iter().map(|group| instrument::bytes(&group.keys)).sum::<u64>();
                });
            }
        }
    }
    let Some(group) = state.groups.get_mut(state.at) else { return Ok(None) };
    state.at += 1;
    let mut values = std::mem::take(&mut group.keys);
    for (call, state) in calls.iter().zip(std::mem::take(&mut group.calls)) {
        let Call { mut accumulator, mut ordered, .. } = state;
        let by_keys = |a: &[Value], b: &[Value]| {
            let pairs = call.order.iter().zip(a.iter().zip(b));
            pairs
                .map(|(key, (a, b))| {
                    ColumnOrder { descending: key.descending, nulls_first: key.nulls_first }.compare(a, b)
                })
                .find(|it| it.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        ordered.sort_by(|a, b| by_keys(&a.0, &b.0));
        for (_, args) in &ordered {
            accumulator.add(args)?;
        }
        values.push(accumulator.finish()?);
    }
    Ok(Some(Row { values, sources: Vec::new() }))
}

fn take_in(
    state: &mut GroupState,
    row: &Row,
    keys: &[Expr],
    calls: &[AggregateCall],
    scope: &mut Scope<'_, '_>,
) -> Run<()> {
    let values = keys.iter().map(|key| scope.eval(key, &row.values)).collect::<Run<Vec<_>>>()?;
    let mut taken = Vec::with_capacity(calls.len());
    for call in calls {
        scope.context.store.work.operators += 1;
        if let Some(filter) = &call.filter
            && !scope.holds(filter, &row.values)?
        {
            taken.push(None);
            continue;
        }
        let args = call.args.iter().map(|arg| scope.eval(arg, &row.values)).collect::<Run<Vec<_>>>()?;
        let order = call.order.iter().map(|key| scope.eval(&key.expr, &row.values)).collect::<Run<Vec<_>>>()?;
        taken.push(Some((args, order)));
    }
    let key: Vec<Key> = values.iter().cloned().map(Key).collect();
    state.followed = true;
    scope.context.store.work.operators += keys.len() as u64;
    let at = *state.index.entry(key).or_insert_with(|| {
        state.followed = false;
        state.groups.push(Group::new(values, calls));
        state.groups.len() - 1
    });
    for ((call, state), taken) in calls.iter().zip(&mut state.groups[at].calls).zip(taken) {
        let Some((args, order)) = taken else { continue };
        if call.distinct {
            if !state.seen.insert(args.iter().cloned().map(Key).collect()) {
                continue;
            }
            // PostgreSQL sorts what a DISTINCT aggregate takes in.
            if call.order.is_empty() {
                state.ordered.push((Vec::new(), args));
                continue;
            }
        }
        if call.order.is_empty() {
            state.accumulator.add(&args)?;
        } else {
            state.ordered.push((order, args));
        }
    }
    Ok(())
}
