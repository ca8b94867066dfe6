//! INSERT, UPDATE and DELETE: one row of the input after the other. (`nodeModifyTable.c`)

use super::host::Host;
use super::lock_rows::note;
use super::{Row, recheck};
use crate::catalog::Table;
use crate::error::{Run, SqlError, Stop};
use crate::history;
use crate::lab::Isolation;
use crate::locks::{Hold, LockMode, LockTag};
use crate::query::plan::{ConflictAction, Modify, ModifyKind, OnConflict, RowLock, Rti, WaitPolicy};
use crate::store::access::system_columns;
use crate::store::index::Conflict;
use crate::store::row::{Pause, concurrent_delete, concurrent_update};
use crate::store::visibility::{Grip, visible};
use crate::store::{Tid, Xid};
use crate::value::Value;
use crate::value::output::output;
use std::rc::Rc;

/// What an INSERT, UPDATE or DELETE has reached.
#[derive(Clone, Debug, Default)]
pub struct ModifyState {
    at_hand: Option<AtHand>,
    /// Rows changed so far.
    pub changed: u64,
}

/// A row that is being worked on.
#[derive(Clone, Debug)]
struct AtHand {
    row: Row,
    stage: Stage,
    pause: Pause,
}

#[derive(Clone, Debug)]
enum Stage {
    /// The new row, or the change, is to be made.
    Make,
    /// ON CONFLICT: whether another row has the key already.
    Look { values: Rc<[Value]>, index: usize },
    /// ON CONFLICT DO UPDATE: the row that is there.
    Existing { values: Rc<[Value]>, tid: Tid },
    /// Another transaction replaced the row: its newest version is to be locked.
    Follow { tid: Tid, lock: RowLock, moved: bool },
    /// Indexes are to be told of a new version, from that one on.
    Enter {
        values: Rc<[Value]>,
        tid: Tid,
        index: usize,
        token: Option<(Xid, u32)>,
        old: Option<(Tid, Rc<[Value]>)>,
        own: bool,
    },
    /// The row is changed; RETURNING is still to be evaluated.
    Done(Rc<[Value]>, Tid),
}

/// What working on a row came to.
enum Done {
    /// Nothing changed.
    Passed,
    /// The new row (the old one of a DELETE) and its place, for RETURNING.
    Changed(Rc<[Value]>, Tid),
}

/// The next row of RETURNING, or none when all is done.
pub fn next<'a>(state: &mut ModifyState, modify: &Modify, host: &mut dyn Host<'a>) -> Run<Option<Row>> {
    let table = Rc::clone(host.context().store.catalog.table(modify.table));
    loop {
        if state.at_hand.is_none() {
            let Some(row) = host.child()? else { return Ok(None) };
            state.at_hand = Some(AtHand { row, stage: Stage::Make, pause: Pause::default() });
        }
        let Some(at_hand) = &mut state.at_hand else { continue };
        let done = loop {
            if let Some(done) = at_hand.step(modify, &table, host)? {
                break done;
            }
        };
        // A row whose RETURNING has to wait comes here again, changed already.
        let returned = match (&done, &modify.returning) {
            (Done::Changed(values, tid), Some((returning, _))) => {
                at_hand.stage = Stage::Done(Rc::clone(values), *tid);
                let whole = match modify.kind {
                    ModifyKind::Insert { .. } => {
                        [&values[..], &system_columns(host.context(), table.oid, *tid)].concat()
                    }
                    _ => [values, at_hand.row.values.get(table.columns.len()..).unwrap_or_default()].concat(),
                };
                Some(returning.iter().map(|expr| host.eval(expr, &whole)).collect::<Run<Vec<_>>>()?)
            }
            _ => None,
        };
        state.at_hand = None;
        state.changed += u64::from(matches!(done, Done::Changed(..)));
        let context = host.context();
        context.store.session_mut(context.session).answers.clear();
        if let Some(values) = returned {
            return Ok(Some(Row { values, sources: Vec::new() }));
        }
    }
}

impl AtHand {
    /// One step with the row: something when it is done.
    fn step<'a>(&mut self, modify: &Modify, table: &Rc<Table>, host: &mut dyn Host<'a>) -> Run<Option<Done>> {
        match (&modify.kind, self.stage.clone()) {
            (ModifyKind::Insert { conflict }, Stage::Make) => {
                let values: Rc<[Value]> = self.row.values.as_slice().into();
                check(table, &values, host)?;
                self.stage = match conflict {
                    Some(_) => Stage::Look { values, index: 0 },
                    None => insert(table, values, None, host)?,
                };
                Ok(None)
            }
            (ModifyKind::Insert { conflict: Some(conflict) }, Stage::Look { values, index }) => {
                self.look(conflict, table, values, index, host)
            }
            (ModifyKind::Insert { conflict: Some(conflict) }, Stage::Existing { values, tid }) => {
                self.update_existing(conflict, table, values, tid, host)
            }
            (ModifyKind::Update { rti, assignments }, Stage::Make) => self.update(*rti, assignments, table, host),
            (ModifyKind::Delete { rti }, Stage::Make) => self.delete(*rti, table, host),
            (ModifyKind::Update { rti, .. } | ModifyKind::Delete { rti }, Stage::Follow { tid, lock, moved }) => {
                self.follow(*rti, modify, table, (tid, lock, moved), host)
            }
            (kind, Stage::Enter { values, tid, index, token, old, own }) => {
                let conflict = match kind {
                    ModifyKind::Insert { conflict } => conflict.as_ref().filter(|_| token.is_some()),
                    _ => None,
                };
                self.enter(conflict, table, (values, tid, index, token, old, own), host)
            }
            (_, Stage::Done(values, tid)) => Ok(Some(Done::Changed(values, tid))),
            _ => Ok(Some(Done::Passed)),
        }
    }

    /// Whether another row has a key that is to be inserted. (`ExecCheckIndexConstraints`)
    fn look<'a>(
        &mut self,
        conflict: &OnConflict,
        table: &Rc<Table>,
        values: Rc<[Value]>,
        from: usize,
        host: &mut dyn Host<'a>,
    ) -> Run<Option<Done>> {
        for at in from..table.indexes.len() {
            self.stage = Stage::Look { values: Rc::clone(&values), index: at };
            let context = host.context();
            let index = Rc::clone(context.store.catalog.index(table.indexes[at]));
            if !index.unique || !arbitrates(conflict, index.oid) {
                continue;
            }
            let Some(key) = context.store.index_key(&index, &values)? else { continue };
            if key.iter().any(Value::is_null) {
                continue;
            }
            let found = context.store.find_conflict(context.session, table, &index, &key, None, false)?;
            let Conflict::With(tid) = found else { continue };
            return match &conflict.action {
                ConflictAction::Nothing => {
                    must_be_seen(table, tid, host)?;
                    note(host, history::Event::Exists { table: table.oid, tid });
                    Ok(Some(Done::Passed))
                }
                ConflictAction::Update { .. } => {
                    self.stage = Stage::Existing { values, tid };
                    Ok(None)
                }
            };
        }
        let context = host.context();
        let token = context.store.next_speculation;
        context.store.next_speculation += 1;
        let (me, xid) = (context.session, context.store.assign_xid(context.session));
        let hold = Hold::Transaction { level: context.store.level(me) };
        context.store.locks.acquire(me, LockTag::SpeculativeToken(xid, token), LockMode::Exclusive, hold);
        self.stage = insert(table, values, Some((xid, token)), host)?;
        Ok(None)
    }

    /// Locks the row that has the key and updates it. (`ExecOnConflictUpdate`)
    fn update_existing<'a>(
        &mut self,
        conflict: &OnConflict,
        table: &Rc<Table>,
        values: Rc<[Value]>,
        tid: Tid,
        host: &mut dyn Host<'a>,
    ) -> Run<Option<Done>> {
        let ConflictAction::Update { assignments, filter } = &conflict.action else { return Ok(Some(Done::Passed)) };
        let context = host.context();
        let (me, command) = (context.session, context.command);
        let keeps_snapshot = context.store.transaction(me).isolation != Isolation::ReadCommitted;
        let uses = context.store.index_uses(table);
        let key_changes = assignments.iter().any(|(column, _)| uses.keys.contains(column));
        let lock = if key_changes { RowLock::Update } else { RowLock::NoKeyUpdate };
        let grip =
            context.store.lock_version(me, table, tid, command, lock, WaitPolicy::Block, false, &mut self.pause)?;
        match grip {
            Grip::Free => {}
            Grip::Invisible | Grip::SelfChanged(_) => {
                return Err(SqlError::new("21000", "ON CONFLICT DO UPDATE command cannot affect row a second time")
                    .hint("Ensure that no rows proposed for insertion within the same command have duplicate constrained values.")
                    .into());
            }
            _ if keeps_snapshot => return Err(concurrent_update()),
            _ => {
                self.stage = Stage::Look { values, index: 0 };
                return Ok(None);
            }
        }
        must_be_seen(table, tid, host)?;
        note(host, history::Event::Read { table: table.oid, tid });
        let old = current(table, tid, host);
        let whole: Vec<Value> = old.iter().chain(values.iter()).cloned().collect();
        if let Some(filter) = filter
            && !host.eval(filter, &whole)?.is_true()
        {
            return Ok(Some(Done::Passed));
        }
        let new = assign(&old, assignments, &whole, host)?;
        check(table, &new, host)?;
        match self.replace(table, (tid, old), new, assignments, host)? {
            Grip::Free => Ok(None),
            _ => Err(concurrent_update()),
        }
    }

    fn update<'a>(
        &mut self,
        rti: Rti,
        assignments: &[(usize, crate::expr::Expr)],
        table: &Rc<Table>,
        host: &mut dyn Host<'a>,
    ) -> Run<Option<Done>> {
        let Some(tid) = self.source(rti) else { return Ok(Some(Done::Passed)) };
        let old: Rc<[Value]> = self.row.values[..table.columns.len()].into();
        let new = assign(&old, assignments, &self.row.values, host)?;
        check(table, &new, host)?;
        match self.replace(table, (tid, old), new, assignments, host)? {
            Grip::Free => Ok(None),
            grip => self.missed(grip, tid, host),
        }
    }

    /// Puts a new version in the place of one, if nothing stands in the way.
    fn replace<'a>(
        &mut self,
        table: &Rc<Table>,
        (tid, old): (Tid, Rc<[Value]>),
        new: Rc<[Value]>,
        assignments: &[(usize, crate::expr::Expr)],
        host: &mut dyn Host<'a>,
    ) -> Run<Grip> {
        let context = host.context();
        let (me, command, crosscheck) = (context.session, context.command, context.crosscheck.clone());
        let own =
            context.store.heap(table).version(tid).is_some_and(|it| context.store.xacts.is_current(it.xmin, me.into()));
        let (result, lock) =
            context.store.update_version(me, table, tid, &new, command, crosscheck.as_deref(), &mut self.pause)?;
        match result {
            Ok(updated) => {
                let uses = || history::Uses::of(assignments, table.columns.len());
                written(table, Some(tid), Some((updated.tid, Rc::clone(&new))), uses, host);
                let index = if updated.hot { usize::MAX } else { 0 };
                self.stage =
                    Stage::Enter { values: new, tid: updated.tid, index, token: None, old: Some((tid, old)), own };
                Ok(Grip::Free)
            }
            Err(grip) => {
                self.stage = Stage::Follow { tid, lock, moved: false };
                Ok(grip)
            }
        }
    }

    fn delete<'a>(&mut self, rti: Rti, table: &Rc<Table>, host: &mut dyn Host<'a>) -> Run<Option<Done>> {
        let Some(tid) = self.source(rti) else { return Ok(Some(Done::Passed)) };
        let context = host.context();
        let (me, command, crosscheck) = (context.session, context.command, context.crosscheck.clone());
        let grip = context.store.delete_version(me, table, tid, command, crosscheck.as_deref(), &mut self.pause)?;
        if grip != Grip::Free {
            self.stage = Stage::Follow { tid, lock: RowLock::Update, moved: false };
            return self.missed(grip, tid, host);
        }
        written(table, Some(tid), None, || history::Uses::NOTHING, host);
        let old: Rc<[Value]> = self.row.values[..table.columns.len()].into();
        host.context().note_delete(table, &old);
        Ok(Some(Done::Changed(old, tid)))
    }

    /// The row is not what it was when it was read.
    fn missed<'a>(&mut self, grip: Grip, tid: Tid, host: &mut dyn Host<'a>) -> Run<Option<Done>> {
        let context = host.context();
        let keeps_snapshot = context.store.transaction(context.session).isolation != Isolation::ReadCommitted;
        match grip {
            Grip::Updated if keeps_snapshot => Err(concurrent_update()),
            Grip::Deleted if keeps_snapshot => Err(concurrent_delete()),
            Grip::Updated => Ok(None), // the stage is set: it is followed
            Grip::SelfChanged(command) if command != context.command => Err(changed_by_trigger()),
            Grip::Deleted => {
                let _ = tid;
                Ok(Some(Done::Passed))
            }
            _ => Ok(Some(Done::Passed)),
        }
    }

    /// Locks the newest version of the row and looks whether it still satisfies the conditions.
    fn follow<'a>(
        &mut self,
        rti: Rti,
        modify: &Modify,
        table: &Rc<Table>,
        (mut tid, lock, mut moved): (Tid, RowLock, bool),
        host: &mut dyn Host<'a>,
    ) -> Run<Option<Done>> {
        let context = host.context();
        let (me, command) = (context.session, context.command);
        let read = self.source(rti).unwrap_or(tid);
        let locked = context.store.lock_newest(
            me,
            table,
            &mut tid,
            command,
            lock,
            WaitPolicy::Block,
            false,
            &mut moved,
            &mut self.pause,
        );
        self.stage = Stage::Follow { tid, lock, moved };
        match locked? {
            Grip::Free => {}
            Grip::SelfChanged(command) if command != host.context().command => return Err(changed_by_trigger()),
            _ => {
                note(host, history::Event::Recheck { table: table.oid, from: read, to: None });
                return Ok(Some(Done::Passed));
            }
        }
        let versions = recheck::versions(host.context(), &modify.input, &self.row, &[(rti, tid)]);
        let row = host.again(versions)?;
        note(host, history::Event::Recheck { table: table.oid, from: read, to: row.is_some().then_some(tid) });
        match row {
            None => Ok(Some(Done::Passed)),
            Some(row) => {
                (self.row, self.stage) = (row, Stage::Make);
                Ok(None)
            }
        }
    }

    /// Tells the indexes of a new version, and notes what is to be checked.
    #[allow(clippy::type_complexity)]
    fn enter<'a>(
        &mut self,
        conflict: Option<&OnConflict>,
        table: &Rc<Table>,
        (values, tid, from, token, old, own): (
            Rc<[Value]>,
            Tid,
            usize,
            Option<(Xid, u32)>,
            Option<(Tid, Rc<[Value]>)>,
            bool,
        ),
        host: &mut dyn Host<'a>,
    ) -> Run<Option<Done>> {
        for at in from..table.indexes.len() {
            self.stage = Stage::Enter { values: Rc::clone(&values), tid, index: at, token, old: old.clone(), own };
            let context = host.context();
            let me = context.session;
            let index = Rc::clone(context.store.catalog.index(table.indexes[at]));
            let arbiter = conflict.is_some_and(|conflict| index.unique && arbitrates(conflict, index.oid));
            let result = context.store.insert_entry(me, table, &index, &values, tid, arbiter)?;
            if let (Conflict::With(_), Some((xid, token))) = (result, token) {
                // Somebody was quicker: the row is taken back as if it had never been there.
                context.store.take_back(table, tid);
                context.store.end_speculation(me, xid, token);
                self.stage = Stage::Look { values, index: 0 };
                return Ok(None);
            }
        }
        let context = host.context();
        if let Some((xid, token)) = token {
            context.store.confirm(table, tid);
            context.store.end_speculation(context.session, xid, token);
        }
        match &old {
            None => {
                written(table, None, Some((tid, Rc::clone(&values))), || history::Uses::NOTHING, host);
                host.context().note_insert(table, &values, tid);
            }
            Some((_, old)) => host.context().note_update(table, old, &values, tid, own),
        }
        Ok(Some(Done::Changed(values, tid)))
    }

    /// The version of the target that the row at hand was read from.
    fn source(&self, rti: Rti) -> Option<Tid> {
        self.row.sources.iter().find(|(other, _)| *other == rti).map(|(_, tid)| *tid)
    }
}

fn insert<'a>(
    table: &Rc<Table>,
    values: Rc<[Value]>,
    token: Option<(Xid, u32)>,
    host: &mut dyn Host<'a>,
) -> Run<Stage> {
    let context = host.context();
    let (me, command) = (context.session, context.command);
    let tid = context.store.insert_version(me, table, &values, command, token.map(|(_, token)| token))?;
    Ok(Stage::Enter { values, tid, index: 0, token, old: None, own: true })
}

fn arbitrates(conflict: &OnConflict, index: u32) -> bool {
    conflict.arbiters.is_empty() || conflict.arbiters.contains(&index)
}

fn assign<'a>(
    old: &Rc<[Value]>,
    assignments: &[(usize, crate::expr::Expr)],
    whole: &[Value],
    host: &mut dyn Host<'a>,
) -> Run<Rc<[Value]>> {
    let mut new = old.to_vec();
    for (column, expr) in assignments {
        new[*column] = host.eval(expr, whole)?;
    }
    Ok(new.into())
}

fn current<'a>(table: &Rc<Table>, tid: Tid, host: &mut dyn Host<'a>) -> Rc<[Value]> {
    let store = &host.context().store;
    store.heap(table).version(tid).map(|it| crate::store::access::complete(table, &it.values)).unwrap_or_default()
}

/// A row that ON CONFLICT meets must be one the transaction can see, if it keeps to one snapshot. (`ExecCheckTIDVisible`)
fn must_be_seen<'a>(table: &Rc<Table>, tid: Tid, host: &mut dyn Host<'a>) -> Run<()> {
    let context = host.context();
    let me = context.session;
    if context.store.transaction(me).isolation == Isolation::ReadCommitted {
        return Ok(());
    }
    let store = &*context.store;
    let Some(version) = store.heap(table).version(tid) else { return Ok(()) };
    let own = store.xacts.is_current(version.xmin, me.into());
    if own || visible(version, &store.xacts, &context.snapshot, me.into(), context.command) {
        return Ok(());
    }
    Err(concurrent_update())
}

/// Tells the history. `uses`: what of the old row goes into the new one.
fn written<'a>(
    table: &Table,
    old: Option<Tid>,
    new: Option<(Tid, Rc<[Value]>)>,
    uses: impl FnOnce() -> history::Uses,
    host: &mut dyn Host<'a>,
) {
    let context = host.context();
    let me = context.session;
    if context.store.history.is_some() {
        let xid = context.store.assign_xid(me);
        note(host, history::Event::Write { table: table.oid, xid, old, new, uses: uses() });
    }
}

fn changed_by_trigger() -> Stop {
    SqlError::new("27000", "tuple to be updated was already modified by an operation triggered by the current command")
        .hint("Consider using an AFTER trigger instead of a BEFORE trigger to propagate changes to other rows.")
        .into()
}

/// NOT NULL and CHECK. (`ExecConstraints`)
fn check<'a>(table: &Table, values: &[Value], host: &mut dyn Host<'a>) -> Run<()> {
    for (column, value) in table.columns.iter().zip(values) {
        if column.not_null && !column.dropped && value.is_null() {
            let message = format!(
                "null value in column \"{}\" of relation \"{}\" violates not-null constraint",
                column.name, table.name
            );
            let error = SqlError::new("23502", message).detail(failing(table, values, host));
            return Err(error.table(&table.name).column(&column.name).into());
        }
    }
    for constraint in &table.checks {
        // Null is no violation.
        if host.eval(&constraint.expr, values)? == Value::Bool(false) {
            let message =
                format!("new row for relation \"{}\" violates check constraint \"{}\"", table.name, constraint.name);
            let error = SqlError::new("23514", message).detail(failing(table, values, host));
            return Err(error.table(&table.name).constraint(&constraint.name).into());
        }
    }
    Ok(())
}

fn failing<'a>(table: &Table, values: &[Value], host: &mut dyn Host<'a>) -> String {
    let context = host.context();
    let style = context.store.session(context.session).settings.style;
    let shown =
        table.columns.iter().zip(values).filter(|(column, _)| !column.dropped).map(|(column, value)| match value {
            Value::Null => "null".to_owned(),
            value => output(value, column.ty, &style),
        });
    format!("Failing row contains ({}).", shown.collect::<Vec<_>>().join(", "))
}
