//! Reading a table. (`nodeSeqscan.c`, `nodeIndexscan.c`, `nodeBitmapHeapscan.c`)

use super::Row;
use super::execution::Scope;
use super::input::Mark;
use crate::error::Run;
use crate::expr::{Env, Expr};
use crate::history::Event;
use crate::query::plan::{Access, IndexRange, Oid, Rti, SystemColumn};
use crate::store::access::{self, Found, IndexScan, KeyRange, SeqScan};
use crate::value::Value;

/// What a scan has reached.
#[derive(Clone, Debug, Default)]
pub(super) struct ScanState {
    position: Position,
    /// A version whose condition is being evaluated: it is at hand again after a wait.
    at_hand: Option<(Found, Mark)>,
}

/// Where a scan is.
#[derive(Clone, Debug, Default)]
enum Position {
    #[default]
    Fresh,
    Seq(SeqScan),
    /// One search after the other; `= ANY` makes several.
    Index {
        scan: Option<IndexScan>,
        ranges: Vec<KeyRange>,
        /// What the search at hand looks for, if a history is kept.
        told: Vec<KeyRange>,
    },
    /// A version stands in for the table, and was handed up.
    Through,
}

/// The next row that satisfies the scan's condition.
pub(super) fn next(
    state: &mut ScanState,
    (rti, table): (Rti, Oid),
    access: &Access,
    filter: Option<&Expr>,
    system: &[SystemColumn],
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Row>> {
    let stand_in = scope.context.recheck.as_ref().and_then(|it| it.iter().find(|(other, _)| *other == rti)).cloned();
    loop {
        if state.at_hand.is_none() {
            let found = match &stand_in {
                Some(_) if matches!(state.position, Position::Through) => return Ok(None),
                Some((_, version)) => {
                    state.position = Position::Through;
                    version.clone()
                }
                None => fetch(&mut state.position, table, access, filter, scope)?,
            };
            state.at_hand = found.map(|found| (found, scope.mark()));
        }
        let Some((found, mark)) = state.at_hand.clone() else { return Ok(None) };
        let mut values = found.values.to_vec();
        if !system.is_empty() {
            let all = access::system_columns(scope.context, table, found.tid);
            values.extend(system.iter().map(|column| all[*column as usize].clone()));
        }
        let holds = match filter {
            Some(filter) => scope.holds(filter, &values)?,
            None => true,
        };
        state.at_hand = None;
        scope.forget(mark);
        if !holds {
            scope.instrument(|it| it.removed_by_filter += 1);
            continue;
        }
        if stand_in.is_none()
            && let Some(history) = &mut scope.context.store.history
        {
            history.note(scope.context.session, Event::Read { table, tid: found.tid });
        }
        return Ok(Some(Row { values, sources: vec![(rti, found.tid)] }));
    }
}

fn fetch(
    state: &mut Position,
    table: Oid,
    access: &Access,
    filter: Option<&Expr>,
    scope: &mut Scope<'_, '_>,
) -> Run<Option<Found>> {
    if matches!(state, Position::Fresh) {
        *state = match access {
            Access::Seq => Position::Seq(access::seq_scan(scope.context, table)?),
            Access::Index(range) => {
                Position::Index { scan: None, ranges: ranges(range, false, scope)?, told: Vec::new() }
            }
            Access::Bitmap(range) => {
                Position::Index { scan: None, ranges: ranges(range, true, scope)?, told: Vec::new() }
            }
        };
    }
    match state {
        Position::Seq(scan) => {
            let found = access::seq_next(scope.context, scan)?;
            if found.is_none() {
                note(table, filter, None, scope);
            }
            Ok(found)
        }
        Position::Index { scan, ranges, told } => {
            let keeps = scope.context.store.history.is_some();
            let (Access::Index(range) | Access::Bitmap(range)) = access else { return Ok(None) };
            loop {
                if let Some(current) = scan {
                    let found = access::index_next(scope.context, current)?;
                    let fetches = std::mem::take(&mut current.fetches);
                    scope.instrument(|it| it.heap_fetches += fetches);
                    if found.is_some() {
                        return Ok(found);
                    }
                    *scan = None;
                    for keys in told.drain(..) {
                        note(table, filter, Some((range.index, &keys)), scope);
                    }
                }
                let Some(keys) = ranges.pop() else { return Ok(None) };
                told.extend(keeps.then(|| keys.clone()));
                let before = scope.nanos();
                let mut found = access::index_scan(scope.context, range.index, &keys)?;
                // A bitmap holds what all searches find before the first row is fetched.
                while matches!(access, Access::Bitmap(_))
                    && let Some(keys) = ranges.pop()
                {
                    told.extend(keeps.then(|| keys.clone()));
                    found.merge(access::index_scan(scope.context, range.index, &keys)?);
                }
                found.only = range.only;
                if matches!(access, Access::Bitmap(_)) {
                    let (took, pages) = (scope.nanos() - before, found.pages());
                    scope.instrument(|it| {
                        it.part.loops += 1;
                        it.part.rows += found.found;
                        it.part.startup += took;
                        it.part.total += took;
                        it.heap_pages += pages;
                    });
                }
                *scan = Some(found);
            }
        }
        _ => Ok(None),
    }
}

/// The searches an index scan makes, last first. A comparison with null finds nothing.
fn ranges(range: &IndexRange, heap_order: bool, scope: &mut Scope<'_, '_>) -> Run<Vec<KeyRange>> {
    let mut keys = KeyRange { backward: range.backward, heap_order, ..KeyRange::default() };
    if let Some(any) = &range.any {
        let Value::Array(values) = scope.eval(any, &[])? else { return Ok(Vec::new()) };
        let mut values: Vec<Value> = values.iter().filter(|value| !value.is_null()).cloned().collect();
        values.sort_by(crate::value::compare);
        values.dedup_by(|a, b| crate::value::compare(a, b).is_eq());
        if !range.backward {
            values.reverse();
        }
        return Ok(values.into_iter().map(|value| KeyRange { equal: vec![value], ..keys.clone() }).collect());
    }
    for expr in &range.equal {
        let value = match expr {
            None => Value::Null,
            Some(expr) => {
                let value = scope.eval(expr, &[])?;
                if value.is_null() {
                    return Ok(Vec::new());
                }
                value
            }
        };
        keys.equal.push(value);
    }
    for (bound, place) in [(&range.lower, &mut keys.lower), (&range.upper, &mut keys.upper)] {
        if let Some((expr, inclusive)) = bound {
            let value = scope.eval(expr, &[])?;
            if value.is_null() {
                return Ok(Vec::new());
            }
            *place = Some((value, *inclusive));
        }
    }
    Ok(vec![keys])
}

/// Tells the history what was asked for, when all of it was found: who stops before that knows nothing of the rest.
fn note(table: Oid, filter: Option<&Expr>, range: Option<(Oid, &KeyRange)>, scope: &mut Scope<'_, '_>) {
    if scope.context.store.history.is_none() || scope.context.recheck.is_some() {
        return;
    }
    let Some(mut history) = scope.context.store.history.take() else { return };
    history.scan(scope.context.session, table, filter, range, |level, column| match level {
        0 => scope.context.params.get(column).cloned(),
        level => Some(scope.outer(level, column)),
    });
    scope.context.store.history = Some(history);
}
