//! Joining two inputs. (`nodeNestloop.c`, `nodeHashjoin.c`)

use super::execution::Scope;
use super::input::{Input, Mark};
use super::{Row, instrument};
use crate::error::Run;
use crate::expr::Expr;
use crate::query::plan::{Again, JoinKind, Plan};
use crate::value::{Key, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What a join has reached.
#[derive(Clone, Debug)]
pub(super) struct JoinState {
    left: Input,
    right: Input,
    /// Rows of the right side that have been read.
    kept: Vec<Row>,
    /// All of them have.
    complete: bool,
    /// Which of them have a key. What came last is found first. (`ExecHashTableInsert`)
    table: BTreeMap<Vec<Key>, Vec<u32>>,
    /// The rows of each key that was asked for.
    remembered: BTreeMap<Vec<Key>, Rc<[Row]>>,
    at_hand: Option<AtHand>,
}

/// A left row that is looking for its right ones.
#[derive(Clone, Debug)]
struct AtHand {
    row: Row,
    /// The right rows of its key.
    matches: Vec<u32>,
    /// How many right rows it has met.
    met: usize,
    /// One of them was right.
    matched: bool,
    /// What its right rows will be remembered by.
    key: Option<Vec<Key>>,
    mark: Mark,
}

impl JoinState {
    pub fn new(left: &Plan, right: &Plan) -> Self {
        Self {
            left: Input::new(left),
            right: Input::new(right),
            kept: Vec::new(),
            complete: false,
            table: BTreeMap::new(),
            remembered: BTreeMap::new(),
            at_hand: None,
        }
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

/// How a join decides.
#[derive(Clone, Copy)]
pub(super) struct Rule<'p> {
    pub kind: JoinKind,
    pub on: Option<&'p Expr>,
    pub right_width: usize,
}

impl Rule<'_> {
    /// The left row at hand meets a right row, or the end of them. What is handed up for it, if anything.
    fn meet(self, at_hand: &mut Option<AtHand>, other: Option<&Row>, scope: &mut Scope<'_, '_>) -> Run<Option<Row>> {
        let (Some(left), Some(other)) = (at_hand.as_mut(), other) else {
            let Some(AtHand { row, matched, .. }) = at_hand.take() else { return Ok(None) };
            return Ok(match self.kind {
                JoinKind::Left if !matched => Some(joined(&row, None, self.right_width)),
                JoinKind::Anti => Some(row),
                _ => None,
            });
        };
        let whole = joined(&left.row, Some(other), self.right_width);
        scope.context.store.work.rows += 1;
        let holds = match self.on {
            Some(on) => scope.holds(on, &whole.values)?,
            None => true,
        };
        scope.forget(left.mark);
        left.met += 1;
        if !holds {
            scope.instrument(|it| it.removed_by_join += 1);
            return Ok(None);
        }
        left.matched = true;
        Ok(match self.kind {
            JoinKind::Inner | JoinKind::Left => Some(whole),
            JoinKind::Semi => at_hand.take().map(|left| matched_row(left.row, whole)),
            JoinKind::Anti => {
                *at_hand = None;
                None
            }
        })
    }
}

/// Each left row with each right row.
pub(super) fn nested(
    state: &mut JoinState,
    rule: Rule<'_>,
    (left, right): Sides<'_>,
    (lateral, again): (bool, &Again),
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    loop {
        if state.at_hand.is_none() {
            if state.left.row(left, scope)?.is_none() {
                return Ok(None);
            }
            let row = state.left.done(scope);
            let key = match again {
                Again::Remembered(keys) => key(keys, &row, scope)?,
                _ => None,
            };
            let known = key.as_ref().and_then(|key| state.remembered.get(key));
            match known {
                Some(rows) => {
                    state.kept.clear();
                    state.kept.extend(rows.iter().cloned());
                    state.complete = true;
                    scope.instrument(|it| it.hits += 1);
                }
                None if lateral || matches!(again, Again::Run) => {
                    state.right = Input::new(right);
                    state.kept.clear();
                    state.complete = false;
                }
                None => {}
            }
            scope.instrument(|it| it.part.loops += 1);
            let mark = scope.mark();
            state.at_hand = Some(AtHand { row, matches: Vec::new(), met: 0, matched: false, key, mark });
        }
        let Some(AtHand { row, met, key, .. }) = &mut state.at_hand else { continue };
        if *met >= state.kept.len() && !state.complete {
            if lateral {
                scope.shared.outer.push(row.values.as_slice().into());
            }
            let found = state.right.row(right, scope).map(|row| row.is_some());
            if lateral {
                scope.shared.outer.pop();
            }
            if found? {
                state.kept.push(state.right.done(scope));
            } else {
                state.complete = true;
                if let Some(key) = key.take() {
                    state.remembered.insert(key, state.kept.as_slice().into());
                }
            }
        }
        let other = state.kept.get(*met);
        if other.is_some() {
            scope.instrument(|it| it.part.rows += 1);
        }
        if let Some(row) = rule.meet(&mut state.at_hand, other, scope)? {
            return Ok(Some(row));
        }
    }
}

/// Each left row with the right rows of its key, which are kept in a table.
pub(super) fn hashed(
    state: &mut JoinState,
    rule: Rule<'_>,
    (left, right): Sides<'_>,
    (left_keys, right_keys): (&[Expr], &[Expr]),
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    while !state.complete {
        let Some(row) = state.right.row(right, scope)? else {
            state.complete = true;
            break;
        };
        let bytes = instrument::bytes(&row.values);
        let key = key(right_keys, row, scope)?;
        scope.context.store.work.operators += right_keys.len() as u64;
        scope.context.store.work.rows += 1;
        scope.instrument(|it| {
            it.kept += 1;
            it.bytes += bytes;
        });
        if let Some(key) = key {
            state.table.entry(key).or_default().push(state.kept.len() as u32);
        }
        state.kept.push(state.right.done(scope));
    }
    loop {
        if state.at_hand.is_none() {
            let Some(row) = state.left.row(left, scope)? else { return Ok(None) };
            let key = key(left_keys, row, scope)?;
            scope.context.store.work.operators += left_keys.len() as u64;
            let matches = key.and_then(|key| state.table.get(&key)).cloned().unwrap_or_default();
            let row = state.left.done(scope);
            state.at_hand = Some(AtHand { row, matches, met: 0, matched: false, key: None, mark: scope.mark() });
        }
        let Some(AtHand { matches, met, .. }) = &state.at_hand else { continue };
        let other = matches.iter().rev().nth(*met).and_then(|place| state.kept.get(*place as usize));
        if let Some(row) = rule.meet(&mut state.at_hand, other, scope)? {
            return Ok(Some(row));
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
