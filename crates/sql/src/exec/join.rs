//! Joining two inputs. (`nodeNestloop.c`, `nodeHashjoin.c`)

use super::Row;
use super::execution::Scope;
use super::node::{NodeState, next};
use crate::error::Run;
use crate::expr::Expr;
use crate::query::plan::{JoinKind, Plan};
use crate::value::{Key, Value};
use std::collections::BTreeMap;

/// What a join has reached.
#[derive(Clone, Debug)]
pub(super) struct JoinState {
    left: NodeState,
    right: NodeState,
    /// Rows of the right side, once they are all there.
    kept: Vec<Row>,
    complete: bool,
    table: BTreeMap<Vec<Key>, Vec<u32>>,
    /// The left row at hand, where in the right rows it is, and whether it has found one.
    at_hand: Option<(Row, Vec<u32>, usize, bool)>,
    /// The right side of a lateral join has to be begun anew.
    fresh: bool,
}

impl JoinState {
    pub fn new(left: NodeState, right: NodeState) -> Self {
        Self { left, right, kept: Vec::new(), complete: false, table: BTreeMap::new(), at_hand: None, fresh: true }
    }
}

type Sides<'p> = (&'p Plan, &'p Plan);

fn joined(left: &Row, right: Option<&Row>, right_width: usize) -> Row {
    let mut row = left.clone();
    match right {
        Some(right) => {
            row.values.extend(right.values.iter().cloned());
            row.sources.extend(right.sources.iter().copied());
        }
        None => row.values.extend(std::iter::repeat_n(Value::Null, right_width)),
    }
    row
}

/// The left row of a semi join, which remembers the right row it was let through for: it is that one that is looked at again when the
/// left row has changed meanwhile.
fn matched_row(mut left: Row, whole: Row) -> Row {
    left.sources = whole.sources;
    left
}

/// Each left row with each right row.
pub(super) fn nested(
    state: &mut JoinState,
    kind: JoinKind,
    (left, right): Sides<'_>,
    on: Option<&Expr>,
    right_width: usize,
    lateral: bool,
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    loop {
        if state.at_hand.is_none() {
            let Some(row) = next(left, &mut state.left, scope)? else { return Ok(None) };
            state.at_hand = Some((row, Vec::new(), 0, false));
            state.fresh = true;
        }
        if lateral && std::mem::take(&mut state.fresh) {
            state.right = NodeState::new(right);
            state.kept.clear();
            state.complete = false;
        }
        let Some((row, _, at, matched)) = &mut state.at_hand else { continue };
        if *at >= state.kept.len() && !state.complete {
            if lateral {
                scope.shared.outer.push(row.values.as_slice().into());
            }
            let found = next(right, &mut state.right, scope);
            if lateral {
                scope.shared.outer.pop();
            }
            match found? {
                Some(found) => state.kept.push(found),
                None => state.complete = true,
            }
        }
        match state.kept.get(*at) {
            Some(other) => {
                let whole = joined(row, Some(other), right_width);
                let holds = match on {
                    Some(on) => scope.holds(on, &whole.values)?,
                    None => true,
                };
                *at += 1;
                if !holds {
                    continue;
                }
                *matched = true;
                match kind {
                    JoinKind::Inner | JoinKind::Left => return Ok(Some(whole)),
                    JoinKind::Semi => return Ok(state.at_hand.take().map(|it| matched_row(it.0, whole))),
                    JoinKind::Anti => state.at_hand = None,
                }
            }
            None => {
                let Some((row, _, _, matched)) = state.at_hand.take() else { continue };
                match kind {
                    JoinKind::Left if !matched => return Ok(Some(joined(&row, None, right_width))),
                    JoinKind::Anti => return Ok(Some(row)),
                    _ => {}
                }
            }
        }
    }
}

/// Each left row with the right rows of its key, which are kept in a table.
pub(super) fn hashed(
    state: &mut JoinState,
    kind: JoinKind,
    (left, right): Sides<'_>,
    (left_keys, right_keys): (&[Expr], &[Expr]),
    on: Option<&Expr>,
    right_width: usize,
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    while !state.complete {
        match next(right, &mut state.right, scope)? {
            Some(row) => {
                if let Some(key) = key(right_keys, &row, scope)? {
                    state.table.entry(key).or_default().push(state.kept.len() as u32);
                }
                state.kept.push(row);
            }
            None => state.complete = true,
        }
    }
    loop {
        if state.at_hand.is_none() {
            let Some(row) = next(left, &mut state.left, scope)? else { return Ok(None) };
            let key = key(left_keys, &row, scope)?;
            let matches = key.and_then(|key| state.table.get(&key)).cloned().unwrap_or_default();
            state.at_hand = Some((row, matches, 0, false));
        }
        let Some((row, matches, at, matched)) = &mut state.at_hand else { continue };
        // What came last into a bucket is found first. (`ExecHashTableInsert`)
        match matches.iter().rev().nth(*at) {
            Some(other) => {
                let whole = joined(row, state.kept.get(*other as usize), right_width);
                let holds = match on {
                    Some(on) => scope.holds(on, &whole.values)?,
                    None => true,
                };
                *at += 1;
                if !holds {
                    continue;
                }
                *matched = true;
                match kind {
                    JoinKind::Inner | JoinKind::Left => return Ok(Some(whole)),
                    JoinKind::Semi => return Ok(state.at_hand.take().map(|it| matched_row(it.0, whole))),
                    JoinKind::Anti => state.at_hand = None,
                }
            }
            None => {
                let Some((row, _, _, matched)) = state.at_hand.take() else { continue };
                match kind {
                    JoinKind::Left if !matched => return Ok(Some(joined(&row, None, right_width))),
                    JoinKind::Anti => return Ok(Some(row)),
                    _ => {}
                }
            }
        }
    }
}

/// A row's key; none if part of it is null, for null equals nothing.
fn key(exprs: &[Expr], row: &Row, scope: &mut Scope<'_, '_>) -> Run<Option<Vec<Key>>> {
    let mut key = Vec::with_capacity(exprs.len());
    for expr in exprs {
        let value = scope.eval(expr, &row.values)?;
        if value.is_null() {
            return Ok(None);
        }
        key.push(Key(value));
    }
    Ok(Some(key))
}
