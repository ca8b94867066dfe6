//! Foreign keys: what a write leaves to be checked, and what a check does. (PostgreSQL's `trigger.c`, `ri_triggers.c`)
//!
//! Checks are queries of their own, planned and run like a learner's; only what they see differs.

use super::visibility::{Dirty, dirty};
use super::xact::Snapshot;
use super::{SessionId, Store, Tid};
use crate::catalog::{ForeignKey, ReferentialAction, Table};
use crate::error::{Run, SqlError, Stop};
use crate::exec::{Context, Execution};
use crate::lab::Isolation;
use crate::value::output::output;
use crate::value::{Type, Value};
use std::rc::Rc;

/// A check or an action that a write has called for. It is done at the end of the statement, or of the transaction.
#[derive(Clone, Debug)]
pub struct Event {
    pub key: Rc<ForeignKey>,
    pub kind: EventKind,
}

#[derive(Clone, Debug)]
pub enum EventKind {
    /// A row came to refer to these values: there must be such a row.
    Refers { values: Rc<[Value]>, tid: Tid },
    /// A row that could be referred to is gone.
    Gone { old: Rc<[Value]> },
    /// Its key changed.
    Changed { old: Rc<[Value]>, new: Rc<[Value]> },
}

/// A check that is being made.
#[derive(Clone, Debug)]
pub struct Check {
    event: Event,
    query: Query,
    execution: Execution,
    params: Rc<[Value]>,
    snapshot: Rc<Snapshot>,
    crosscheck: Option<Rc<Snapshot>>,
    command: u32,
}

/// Which of a check's queries is being run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Query {
    /// Whether the row that is referred to is there; locks it.
    FindReferred,
    /// Whether another row with the old key has taken the place of the one that is gone.
    FindReplacement,
    /// Whether a row refers to the one that is gone.
    FindReferring,
    /// CASCADE, SET NULL, SET DEFAULT.
    Act,
}

impl Event {
    fn action(&self) -> ReferentialAction {
        match self.kind {
            EventKind::Refers { .. } => ReferentialAction::NoAction,
            EventKind::Gone { .. } => self.key.on_delete,
            EventKind::Changed { .. } => self.key.on_update,
        }
    }

    fn first_query(&self) -> Query {
        match (&self.kind, self.action()) {
            (EventKind::Refers { .. }, _) => Query::FindReferred,
            (_, ReferentialAction::NoAction) => Query::FindReplacement,
            (_, ReferentialAction::Restrict) => Query::FindReferring,
            _ => Query::Act,
        }
    }
}

impl Context<'_> {
    /// A row was inserted.
    pub fn note_insert(&mut self, table: &Table, values: &Rc<[Value]>, tid: Tid) {
        for key in &table.foreign_keys {
            self.note_reference(key, values, tid);
        }
    }

    fn note_reference(&mut self, key: &Rc<ForeignKey>, row: &[Value], tid: Tid) {
        let values = pick(row, &key.from_columns);
        if !values.iter().any(Value::is_null) {
            self.events.push(Event { key: Rc::clone(key), kind: EventKind::Refers { values, tid } });
        }
    }

    /// A row was replaced. `own`: the old version was this transaction's, so that its reference may not have been checked yet.
    pub fn note_update(&mut self, table: &Table, old: &[Value], new: &Rc<[Value]>, tid: Tid, own: bool) {
        for key in &table.referenced_by {
            let (before, after) = (pick(old, &key.to_columns), pick(new, &key.to_columns));
            if before != after && !before.iter().any(Value::is_null) {
                let kind = EventKind::Changed { old: before, new: after };
                self.events.push(Event { key: Rc::clone(key), kind });
            }
        }
        for key in &table.foreign_keys {
            if own || pick(old, &key.from_columns) != pick(new, &key.from_columns) {
                self.note_reference(key, new, tid);
            }
        }
    }

    /// A row was deleted.
    pub fn note_delete(&mut self, table: &Table, old: &[Value]) {
        for key in &table.referenced_by {
            let old = pick(old, &key.to_columns);
            if !old.iter().any(Value::is_null) {
                self.events.push(Event { key: Rc::clone(key), kind: EventKind::Gone { old } });
            }
        }
    }
}

fn pick(row: &[Value], columns: &[usize]) -> Rc<[Value]> {
    columns.iter().map(|column| row[*column].clone()).collect()
}

impl Store {
    /// Makes the checks that a statement's writes call for, in order; those that can wait are put off to the commit.
    pub(super) fn run_events(
        &mut self,
        me: SessionId,
        events: &mut Vec<Event>,
        check: &mut Option<Box<Check>>,
    ) -> Run<()> {
        let mut begun = 0;
        let result = self.run_each_event(me, events, &mut begun, check);
        // A wait finds only what is left.
        events.drain(..begun);
        result
    }

    /// Checks are begun in order.
    fn run_each_event(
        &mut self,
        me: SessionId,
        events: &mut Vec<Event>,
        begun: &mut usize,
        check: &mut Option<Box<Check>>,
    ) -> Run<()> {
        loop {
            if let Some(current) = check {
                self.run_check(me, current, events)?;
                *check = None;
            }
            let Some(event) = events.get(*begun).cloned() else { return Ok(()) };
            if self.is_deferred(me, &event) {
                self.transaction(me).deferred.push(event);
            } else if let Some(new) = self.begin_check(me, event, None)? {
                *check = Some(Box::new(new));
            }
            *begun += 1;
        }
    }

    fn is_deferred(&self, me: SessionId, event: &Event) -> bool {
        let transaction = self.session(me).transaction.as_ref();
        event.key.deferrable
            && event.action() == ReferentialAction::NoAction
            && transaction.and_then(|it| it.constraints_deferred).unwrap_or(event.key.initially_deferred)
    }

    /// Makes the checks that were put off.
    pub(super) fn run_deferred(&mut self, me: SessionId) -> Run<()> {
        loop {
            if let Some(mut current) = self.transaction(me).checking.take() {
                let mut events = Vec::new();
                let result = self.run_check(me, &mut current, &mut events);
                if result == Err(Stop::Wait) {
                    self.transaction(me).checking = Some(current);
                }
                self.transaction(me).deferred.extend(events);
                result?;
            }
            let Some(event) = self.transaction(me).deferred.first().cloned() else { return Ok(()) };
            if let Some(new) = self.begin_check(me, event, None)? {
                self.transaction(me).checking = Some(Box::new(new));
            }
            self.transaction(me).deferred.remove(0);
        }
    }

    /// Plans a check; none if there is nothing to check any more.
    fn begin_check(&mut self, me: SessionId, event: Event, query: Option<Query>) -> Run<Option<Check>> {
        let key = Rc::clone(&event.key);
        let (Some(from), Some(to)) = (self.table_if_any(key.from), self.table_if_any(key.to)) else { return Ok(None) };
        if let EventKind::Refers { tid, .. } = &event.kind {
            // A row that was changed again or taken back since will be, or need not be, checked as it is then.
            let version = self.heap(&from).version(*tid);
            if version.is_none_or(|version| dirty(version, &self.xacts, me.into()) != Dirty::There) {
                return Ok(None);
            }
        }
        let query = query.unwrap_or_else(|| event.first_query());
        let (text, params, types) = question(&event, query, &from, &to);
        let statements = self.plans.parse(&text)?;
        let plan_key = (statements.as_ptr() as usize, 0);
        let prepared = self.plan(me, &statements[0], Some(plan_key), &types)?;
        let keeps_snapshot = self.transaction(me).isolation != Isolation::ReadCommitted;
        let newest = || Rc::new(self.xacts.snapshot());
        let (snapshot, crosscheck) = match (keeps_snapshot, query) {
            (false, _) => (newest(), None),
            (true, Query::FindReferred) => (self.statement_snapshot(me)?, None),
            (true, _) => (newest(), Some(self.statement_snapshot(me)?)),
        };
        let command = self.transaction(me).command;
        let execution = Execution::new(&prepared);
        Ok(Some(Check { event, query, execution, params, snapshot, crosscheck, command }))
    }

    fn run_check(&mut self, me: SessionId, check: &mut Check, events: &mut Vec<Event>) -> Run<()> {
        loop {
            let mut found = false;
            let mut context = Context {
                store: self,
                session: me,
                params: &check.params,
                snapshot: Rc::clone(&check.snapshot),
                crosscheck: check.crosscheck.clone(),
                command: check.command,
                recheck: None,
                events,
            };
            let quiet = context.store.history.take_if(|_| check.query != Query::Act);
            let row = check.execution.next(&mut context);
            if quiet.is_some() {
                context.store.history = quiet;
            }
            if row?.is_some() {
                found = true;
            }
            self.session_mut(me).answers.clear();
            match (check.query, found) {
                (Query::FindReferred, false) => return Err(self.violation(me, &check.event)),
                (Query::FindReferring, true) => return Err(self.violation(me, &check.event)),
                (Query::FindReplacement, false) => {
                    match self.begin_check(me, check.event.clone(), Some(Query::FindReferring))? {
                        Some(next) => *check = next,
                        None => return Ok(()),
                    }
                }
                (Query::Act, _) => {
                    self.count_command(me);
                    if check.event.action() != ReferentialAction::SetDefault {
                        return Ok(());
                    }
                    // The default may be the very key that is gone. (`RI_FKey_setdefault_del`)
                    match self.begin_check(me, check.event.clone(), Some(Query::FindReplacement))? {
                        Some(next) => *check = next,
                        None => return Ok(()),
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    /// 23503
    fn violation(&self, me: SessionId, event: &Event) -> Stop {
        let key = &event.key;
        let (from, to) = (self.catalog.table(key.from), self.catalog.table(key.to));
        let (table, columns, values) = match &event.kind {
            EventKind::Refers { values, .. } => (from, &key.from_columns, values),
            EventKind::Gone { old } | EventKind::Changed { old, .. } => (to, &key.to_columns, old),
        };
        let style = self.session(me).settings.style;
        let names: Vec<_> = columns.iter().map(|column| table.columns[*column].name.to_string()).collect();
        let shown =
            columns.iter().zip(values.iter()).map(|(column, value)| output(value, table.columns[*column].ty, &style));
        let shown: Vec<_> = shown.collect();
        let subject = format!("Key ({})=({})", names.join(", "), shown.join(", "));
        let error = match event.kind {
            EventKind::Refers { .. } => SqlError::new(
                "23503",
                format!("insert or update on table \"{}\" violates foreign key constraint \"{}\"", from.name, key.name),
            )
            .detail(format!("{subject} is not present in table \"{}\".", to.name)),
            _ => SqlError::new(
                "23503",
                format!(
                    "update or delete on table \"{}\" violates foreign key constraint \"{}\" on table \"{}\"",
                    to.name, key.name, from.name
                ),
            )
            .detail(format!("{subject} is still referenced from table \"{}\".", from.name)),
        };
        // Either way it is the table that refers which the constraint belongs to.
        error.table(&from.name).constraint(&key.name).into()
    }

    fn table_if_any(&self, oid: u32) -> Option<Rc<Table>> {
        match self.catalog.relations.get(&oid)? {
            crate::catalog::Relation::Table(table) => Some(Rc::clone(table)),
            _ => None,
        }
    }
}

/// The query of a check, with its parameters.
fn question(event: &Event, query: Query, from: &Table, to: &Table) -> (String, Rc<[Value]>, Vec<Type>) {
    let key = &event.key;
    let name = |table: &Table, column: usize| quote(&table.columns[column].name);
    let types = |table: &Table, columns: &[usize]| columns.iter().map(|it| table.columns[*it].ty).collect::<Vec<_>>();
    let condition = |table: &Table, columns: &[usize], first: usize| {
        let terms = columns.iter().enumerate().map(|(i, column)| format!("{} = ${}", name(table, *column), first + i));
        terms.collect::<Vec<_>>().join(" AND ")
    };
    let (old, new) = match &event.kind {
        EventKind::Refers { values, .. } => (values, None),
        EventKind::Gone { old } => (old, None),
        EventKind::Changed { old, new } => (old, Some(new)),
    };
    match query {
        Query::FindReferred | Query::FindReplacement => {
            let text = format!(
                "SELECT 1 FROM {} x WHERE {} FOR KEY SHARE OF x",
                quote(&to.name),
                condition(to, &key.to_columns, 1)
            );
            let types =
                if query == Query::FindReferred { types(from, &key.from_columns) } else { types(to, &key.to_columns) };
            (text, Rc::clone(old), types)
        }
        Query::FindReferring => {
            let text = format!(
                "SELECT 1 FROM {} x WHERE {} FOR KEY SHARE OF x",
                quote(&from.name),
                condition(from, &key.from_columns, 1)
            );
            (text, Rc::clone(old), types(to, &key.to_columns))
        }
        Query::Act => {
            let action = event.action();
            let count = key.from_columns.len();
            let table = quote(&from.name);
            if action == ReferentialAction::Cascade {
                let Some(new) = new else {
                    let text = format!("DELETE FROM {table} WHERE {}", condition(from, &key.from_columns, 1));
                    return (text, Rc::clone(old), types(to, &key.to_columns));
                };
                let sets = key
                    .from_columns
                    .iter()
                    .enumerate()
                    .map(|(i, column)| format!("{} = ${}", name(from, *column), i + 1));
                let text = format!(
                    "UPDATE {table} SET {} WHERE {}",
                    sets.collect::<Vec<_>>().join(", "),
                    condition(from, &key.from_columns, count + 1)
                );
                let both = [types(to, &key.to_columns), types(to, &key.to_columns)].concat();
                return (text, new.iter().chain(old.iter()).cloned().collect(), both);
            }
            let value = if action == ReferentialAction::SetDefault { "DEFAULT" } else { "NULL" };
            let sets = key.from_columns.iter().map(|column| format!("{} = {value}", name(from, *column)));
            let text = format!(
                "UPDATE {table} SET {} WHERE {}",
                sets.collect::<Vec<_>>().join(", "),
                condition(from, &key.from_columns, 1)
            );
            (text, Rc::clone(old), types(to, &key.to_columns))
        }
    }
}

/// A name in quotes.
pub fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
