//! From the store's events to the history that a verdict is made of: places become rows and versions, snapshots become what was
//! seen, conditions become the versions that satisfy them.

use super::scene::Session;
use super::verdict::history::{Fate, History, PredicateRead, Read, Row, RowId, Transaction, Tx, Version, VersionId};
use super::view;
use crate::error::{Run, SqlError};
use crate::expr::eval::eval;
use crate::expr::{Effect, Env};
use crate::history::{Entry, Event, Predicate, Uses};
use crate::query::SubPlan;
use crate::query::plan::Oid;
use crate::store::{Store, Tid, Xid};
use crate::value::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The history of what `sessions` sessions did, by the events of a store. `base` is the store before the first of them. Rows get
/// their names only when somebody will read them. `None`: there was too much to keep.
pub fn chronicle(store: &Store, base: &Store, sessions: usize, named: bool) -> Option<History> {
    let entries = store.history.as_ref()?.entries()?;
    let mut writer = Writer { base, named, sessions: vec![Desk::default(); sessions], ..Writer::new(base) };
    for entry in entries {
        if usize::from(entry.session.0) < sessions {
            writer.event(entry);
        }
    }
    Some(writer.finish())
}

/// A session's transaction.
#[derive(Clone, Debug, Default)]
struct Desk {
    open: Option<Tx>,
    /// Transactions it has begun.
    count: u32,
    /// How many had committed when its snapshot was taken.
    sees: u32,
}

/// What a version is besides what the verdict knows of it.
struct Facts {
    xid: Option<Xid>,
    /// `None`: the row is gone.
    values: Option<Rc<[Value]>>,
}

/// A scan, until everything is known that came after it.
struct Scan {
    tx: Tx,
    statement: u32,
    sees: u32,
    predicate: Rc<Predicate>,
}

struct Writer<'a> {
    base: &'a Store,
    named: bool,
    sessions: Vec<Desk>,
    history: History,
    /// Beside each row of the history: its table, and facts of its versions.
    tables: Vec<Oid>,
    facts: Vec<Vec<Facts>>,
    places: BTreeMap<(Oid, Tid), (RowId, VersionId)>,
    scans: Vec<Scan>,
    /// Rows that a statement followed to another version, or passed over: (transaction, statement, row), and what it saw at last.
    followed: Vec<((Tx, u32, RowId), Followed)>,
    prepared: BTreeMap<Rc<str>, Tx>,
    commits: u32,
}

#[derive(Clone, Copy)]
enum Followed {
    To(VersionId),
    /// Whatever had been committed then.
    AsOf(u32),
    Skipped,
}

impl<'a> Writer<'a> {
    fn new(base: &'a Store) -> Self {
        Self {
            base,
            named: false,
            sessions: Vec::new(),
            history: History::default(),
            tables: Vec::new(),
            facts: Vec::new(),
            places: BTreeMap::new(),
            scans: Vec::new(),
            followed: Vec::new(),
            prepared: BTreeMap::new(),
            commits: 0,
        }
    }

    fn event(&mut self, entry: &Entry) {
        let session = usize::from(entry.session.0);
        let statement = entry.statement;
        match &entry.event {
            Event::Begin => {}
            Event::Snapshot => {
                self.open(session);
                self.sessions[session].sees = self.commits;
            }
            Event::Scan(predicate) => {
                let (tx, sees) = (self.open(session), self.sessions[session].sees);
                self.scans.push(Scan { tx, statement, sees, predicate: Rc::clone(predicate) });
            }
            Event::Read { table, tid } => {
                let tx = self.open(session);
                if let Some((row, version)) = self.place(*table, *tid) {
                    self.history.reads.push(Read { tx, statement, row, version });
                }
            }
            Event::Exists { table, tid } => {
                let tx = self.open(session);
                if let Some((row, version)) = self.place(*table, *tid) {
                    self.history.found.push(Read { tx, statement, row, version });
                }
            }
            Event::Skip { table, tid } => {
                let tx = self.open(session);
                if let Some((row, version)) = self.place(*table, *tid) {
                    self.forget(Read { tx, statement, row, version });
                    self.followed.push(((tx, statement, row), Followed::Skipped));
                }
            }
            Event::Recheck { table, from, to } => {
                let tx = self.open(session);
                let Some((row, version)) = self.place(*table, *from) else { return };
                self.forget(Read { tx, statement, row, version });
                let to = to.and_then(|to| self.place(*table, to)).filter(|to| to.0 == row);
                let followed = to.map_or(Followed::AsOf(self.commits), |(_, version)| Followed::To(version));
                self.followed.push(((tx, statement, row), followed));
                if let Some((_, version)) = to {
                    self.history.reads.push(Read { tx, statement, row, version });
                }
            }
            Event::Write { table, xid, old, new, uses } => {
                let tx = self.open(session);
                self.write((tx, statement), (*table, *old), *xid, new.clone(), *uses);
            }
            Event::Undo(xids) => {
                for (row, facts) in self.history.rows.iter_mut().zip(&self.facts) {
                    for (version, facts) in row.versions.iter_mut().zip(facts) {
                        version.undone |= facts.xid.is_some_and(|xid| xids.contains(&xid));
                    }
                }
            }
            Event::Commit | Event::Abort => {
                if let Some(tx) = self.sessions[session].open.take() {
                    self.end(tx, matches!(entry.event, Event::Commit));
                }
            }
            Event::Prepare(name) => {
                if let Some(tx) = self.sessions[session].open.take() {
                    self.prepared.insert(Rc::clone(name), tx);
                }
            }
            Event::CommitPrepared(name) | Event::RollbackPrepared(name) => {
                if let Some(tx) = self.prepared.remove(name) {
                    self.end(tx, matches!(entry.event, Event::CommitPrepared(_)));
                }
            }
        }
    }

    /// The session's transaction. One that does nothing never begins here.
    fn open(&mut self, session: usize) -> Tx {
        let desk = &mut self.sessions[session];
        if let Some(tx) = desk.open {
            return tx;
        }
        let transaction = Transaction { session: session as Session, number: desk.count, fate: Fate::Open };
        let tx = self.history.transactions.len();
        self.history.transactions.push(transaction);
        desk.count += 1;
        desk.open = Some(tx);
        desk.sees = self.commits;
        tx
    }

    fn end(&mut self, tx: Tx, committed: bool) {
        self.history.transactions[tx].fate = match committed {
            true => Fate::Committed(self.commits),
            false => Fate::Aborted,
        };
        self.commits += u32::from(committed);
    }

    /// The row and version at a place: one that was written in this run, or one from before.
    fn place(&mut self, table: Oid, tid: Tid) -> Option<(RowId, VersionId)> {
        if let Some(known) = self.places.get(&(table, tid)) {
            return Some(*known);
        }
        let definition = match self.base.catalog.relations.get(&table)? {
            crate::catalog::Relation::Table(table) => table,
            _ => return None,
        };
        let values = &self.base.heap(definition).version(tid)?.values;
        let values = crate::store::access::complete(definition, values);
        let row = self.row(table, tid, &values);
        self.push(
            row,
            Version { maker: None, statement: 0, dead: false, uses: None, undone: false },
            None,
            Some(values),
        );
        self.places.insert((table, tid), (row, 0));
        Some((row, 0))
    }

    fn row(&mut self, table: Oid, tid: Tid, values: &[Value]) -> RowId {
        let label = match (self.named, view::table(self.base, table)) {
            (true, Some(definition)) => view::row_label(self.base, definition, values),
            (true, None) => format!("the row at {tid} of a new table"),
            (false, _) => String::new(),
        };
        self.history.rows.push(Row { label, versions: Vec::new() });
        self.tables.push(table);
        self.facts.push(Vec::new());
        self.history.rows.len() - 1
    }

    fn push(&mut self, row: RowId, version: Version, xid: Option<Xid>, values: Option<Rc<[Value]>>) -> VersionId {
        self.history.rows[row].versions.push(version);
        self.facts[row].push(Facts { xid, values });
        self.facts[row].len() - 1
    }

    fn write(
        &mut self,
        (tx, statement): (Tx, u32),
        (table, old): (Oid, Option<Tid>),
        xid: Xid,
        new: Option<(Tid, Rc<[Value]>)>,
        uses: Uses,
    ) {
        let old = old.and_then(|old| self.place(table, old));
        let values = new.as_ref().map(|(_, values)| Rc::clone(values));
        let row = match (old, &new) {
            (Some((row, _)), _) => row,
            (None, Some((tid, values))) => self.row(table, *tid, values),
            (None, None) => return,
        };
        let used = old.map(|(_, old)| old).filter(|&old| uses.values || self.carries_over(tx, row, old, uses));
        if let (Some((_, old)), false) = (old, uses.values) {
            // It looked at the row only to find it: that says nothing about what it wrote.
            let located = Read { tx, statement, row, version: old };
            self.history.reads.retain(|read| *read != located);
        }
        let version = Version { maker: Some(tx), statement, dead: new.is_none(), uses: used, undone: false };
        let version = self.push(row, version, Some(xid), values);
        if let Some((tid, _)) = new {
            self.places.insert((table, tid), (row, version));
        }
    }

    /// Whether a write keeps what others changed since the transaction read the row: it gives other columns a value than they did.
    /// Then nothing of theirs is lost, though the row is a new one.
    fn carries_over(&self, tx: Tx, row: RowId, old: VersionId, uses: Uses) -> bool {
        let mut reads = self.history.reads.iter().rev();
        let Some(read) = reads.find(|read| read.tx == tx && read.row == row && read.version < old) else {
            return false;
        };
        let facts = &self.facts[row];
        let (Some(read), Some(over)) = (&facts[read.version].values, &facts[old].values) else { return false };
        (0..read.len().max(over.len())).all(|column| !uses.assigns(column) || read.get(column) == over.get(column))
    }

    /// The statement did not rely on what it read there.
    fn forget(&mut self, read: Read) {
        if let Some(at) = self.history.reads.iter().rposition(|other| *other == read) {
            self.history.reads.remove(at);
        }
    }

    fn finish(mut self) -> History {
        let predicates = self.scans.iter().filter_map(|scan| self.predicate(scan)).collect();
        self.history.predicates = predicates;
        by_session(self.history)
    }

    /// What a scan saw, and which versions satisfy what it asked for.
    fn predicate(&self, scan: &Scan) -> Option<PredicateRead> {
        if scan.predicate.opaque {
            return None;
        }
        let (mut seen, mut matching) = (Vec::new(), Vec::new());
        for (row, facts) in self.facts.iter().enumerate() {
            let changed = facts.iter().any(|facts| facts.xid.is_some());
            if self.tables[row] != scan.predicate.table || !changed {
                continue;
            }
            let key = (scan.tx, scan.statement, row);
            let followed = self.followed.iter().rev().find(|followed| followed.0 == key).map(|followed| followed.1);
            let version = match followed {
                Some(Followed::Skipped) => continue,
                Some(Followed::To(version)) => Some(version),
                Some(Followed::AsOf(sees)) => self.visible(row, scan, sees),
                None => self.visible(row, scan, scan.sees),
            };
            seen.extend(version.map(|version| (row, version)));
            let satisfies =
                |facts: &Facts| facts.values.as_deref().is_some_and(|row| self.satisfies(&scan.predicate, row));
            matching.extend(facts.iter().enumerate().filter(|(_, facts)| satisfies(facts)).map(|(at, _)| (row, at)));
        }
        Some(PredicateRead { tx: scan.tx, statement: scan.statement, seen, matching })
    }

    /// The newest version of a row that a scan sees, with a snapshot that sees so many commits.
    fn visible(&self, row: RowId, scan: &Scan, sees: u32) -> Option<VersionId> {
        self.history.rows[row].versions.iter().rposition(|version| {
            !version.undone
                && version.maker.is_none_or(|maker| match self.history.transactions[maker].fate {
                    _ if maker == scan.tx => version.statement < scan.statement,
                    Fate::Committed(order) => order < sees,
                    _ => false,
                })
        })
    }

    fn satisfies(&self, predicate: &Predicate, row: &[Value]) -> bool {
        let in_range = predicate.range.as_ref().is_none_or(|(oid, range)| {
            let Some(crate::catalog::Relation::Index(index)) = self.base.catalog.relations.get(oid) else {
                return true;
            };
            let keys: Run<Vec<_>> = index.keys.iter().map(|key| eval(&key.expr, row, &mut Alone)).collect();
            let order = &self.base.trees[index.storage as usize].order;
            keys.is_ok_and(|keys| range.holds(order, &keys))
        });
        let filter = predicate.filter.as_ref();
        in_range && filter.is_none_or(|filter| eval(filter, row, &mut Alone).is_ok_and(|value| value.is_true()))
    }
}

/// The same history with its transactions in the order of their sessions: who happened to begin first shall not decide which of
/// two names an anomaly gets.
fn by_session(mut history: History) -> History {
    let mut order: Vec<Tx> = (0..history.transactions.len()).collect();
    order.sort_by_key(|&tx| (history.transactions[tx].session, history.transactions[tx].number));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(at, &tx)| place[tx] = at);
    history.transactions.sort_by_key(|transaction| (transaction.session, transaction.number));
    let makers = history.rows.iter_mut().flat_map(|row| &mut row.versions).filter_map(|version| version.maker.as_mut());
    let reads = history.reads.iter_mut().chain(&mut history.found).map(|read| &mut read.tx);
    let predicates = history.predicates.iter_mut().map(|read| &mut read.tx);
    makers.chain(reads).chain(predicates).for_each(|tx| *tx = place[*tx]);
    history
}

/// Nothing but the row: everything from outside was filled in when the scan began.
struct Alone;

fn nobody<T>() -> Run<T> {
    Err(SqlError::new("XX000", "a condition asked for something outside of its row").into())
}

impl Env for Alone {
    fn outer(&self, _level: u16, _column: usize) -> Value {
        Value::Null
    }
    fn param(&self, _index: usize) -> Result<Value, SqlError> {
        Ok(Value::Null)
    }
    fn effect(&mut self, _effect: Effect, _args: &[Value], _site: u32) -> Run<Value> {
        nobody()
    }
    fn exists(&mut self, _plan: &Rc<SubPlan>, _row: &[Value]) -> Run<bool> {
        nobody()
    }
    fn scalar(&mut self, _plan: &Rc<SubPlan>, _row: &[Value]) -> Run<Value> {
        nobody()
    }
    fn list(&mut self, _plan: &Rc<SubPlan>, _row: &[Value]) -> Run<Rc<[Value]>> {
        nobody()
    }
}
