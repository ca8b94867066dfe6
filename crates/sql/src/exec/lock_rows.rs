//! `SELECT … FOR UPDATE` and its weaker forms. (`nodeLockRows.c`)

use super::host::Host;
use super::{Row, recheck};
use crate::error::Run;
use crate::history;
use crate::lab::Isolation;
use crate::query::plan::{Plan, RowMark, Rti, WaitPolicy};
use crate::store::Tid;
use crate::store::row::{Pause, concurrent_update};
use crate::store::visibility::Grip;
use std::rc::Rc;

/// What locking has reached.
#[derive(Clone, Debug, Default)]
pub struct LockRowsState {
    at_hand: Option<AtHand>,
}

/// A row that is being locked.
#[derive(Clone, Debug)]
struct AtHand {
    row: Row,
    /// Index of the table that is next.
    mark: usize,
    /// Where that table's row was found by now.
    tid: Option<Tid>,
    moved: bool,
    pause: Pause,
    /// Tables whose row turned out to be another version.
    newer: Vec<(Rti, Tid)>,
}

/// The next row that could be locked.
pub fn next<'a>(
    state: &mut LockRowsState,
    input: &Plan,
    marks: &[RowMark],
    host: &mut dyn Host<'a>,
) -> Run<Option<Row>> {
    loop {
        if state.at_hand.is_none() {
            let Some(row) = host.child()? else { return Ok(None) };
            state.at_hand =
                Some(AtHand { row, mark: 0, tid: None, moved: false, pause: Pause::default(), newer: Vec::new() });
        }
        let Some(at_hand) = &mut state.at_hand else { continue };
        let locked = lock(at_hand, input, marks, host)?;
        state.at_hand = None;
        if locked.is_some() {
            return Ok(locked);
        }
    }
}

/// Locks one row in every table it has to be locked in: none if it is to be passed over.
fn lock<'a>(at_hand: &mut AtHand, input: &Plan, marks: &[RowMark], host: &mut dyn Host<'a>) -> Run<Option<Row>> {
    while let Some(mark) = marks.get(at_hand.mark) {
        let Some(read) = at_hand.row.sources.iter().find(|(rti, _)| *rti == mark.rti).map(|(_, tid)| *tid) else {
            at_hand.mark += 1; // the null side of an outer join
            continue;
        };
        let context = host.context();
        let (me, command) = (context.session, context.command);
        let table = Rc::clone(context.store.catalog.table(mark.table));
        let keeps_snapshot = context.store.transaction(me).isolation != Isolation::ReadCommitted;
        let tid = at_hand.tid.get_or_insert(read);
        let grip = if keeps_snapshot {
            context.store.lock_version(me, &table, *tid, command, mark.strength, mark.wait, true, &mut at_hand.pause)?
        } else {
            context.store.lock_newest(
                me,
                &table,
                tid,
                command,
                mark.strength,
                mark.wait,
                true,
                &mut at_hand.moved,
                &mut at_hand.pause,
            )?
        };
        match grip {
            Grip::Free if at_hand.moved => at_hand.newer.push((mark.rti, *tid)),
            Grip::Free => {}
            Grip::Updated | Grip::Deleted if keeps_snapshot => return Err(concurrent_update()),
            Grip::WouldBlock => {
                if mark.wait == WaitPolicy::Skip {
                    note(host, history::Event::Skip { table: mark.table, tid: read });
                }
                return Ok(None);
            }
            Grip::Updated | Grip::Deleted => {
                note(host, history::Event::Recheck { table: mark.table, from: read, to: None });
                return Ok(None);
            }
            _ => return Ok(None),
        }
        (at_hand.mark, at_hand.tid, at_hand.moved) = (at_hand.mark + 1, None, false);
    }
    if at_hand.newer.is_empty() {
        return Ok(Some(std::mem::take(&mut at_hand.row)));
    }
    let versions = recheck::versions(host.context(), input, &at_hand.row, &at_hand.newer);
    let row = host.again(versions)?;
    for (rti, newest) in &at_hand.newer {
        let read = at_hand.row.sources.iter().find(|(other, _)| other == rti);
        if let (Some((_, from)), Some(mark)) = (read, marks.iter().find(|mark| mark.rti == *rti)) {
            let to = row.is_some().then_some(*newest);
            note(host, history::Event::Recheck { table: mark.table, from: *from, to });
        }
    }
    Ok(row)
}

pub(super) fn note<'a>(host: &mut dyn Host<'a>, event: history::Event) {
    let context = host.context();
    let me = context.session;
    if let Some(history) = &mut context.store.history {
        history.note(me, event);
    }
}
