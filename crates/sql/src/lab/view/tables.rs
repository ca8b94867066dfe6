//! Tables as chains of versions, and who sees which.

use crate::catalog::{Relation, Table as Definition};
use crate::lab::budget;
use crate::lab::budget::cut;
use crate::lab::scene::{Chain, Fate, Seen, Table, Version as Shown};
use crate::locks::Owner;
use crate::query::plan::RowLock;
use crate::store::access::complete;
use crate::store::heap::{Heap, Version};
use crate::store::visibility::visible;
use crate::store::xact::{FROZEN, Snapshot, Status};
use crate::store::{SessionId, Store, Tid, Xid};
use crate::value::output::output;
use crate::value::{Style, Value};
use std::rc::Rc;

/// Every table, in the order in which they were made. `sessions` is how many sessions look at it, from 0.
pub fn tables(store: &Store, sessions: u16) -> Vec<Table> {
    let tables = store.catalog.relations.values().filter_map(|relation| match relation {
        Relation::Table(table) => Some(table),
        _ => None,
    });
    let eyes: Vec<_> = (0..sessions).map(|id| Eyes::of(store, SessionId(id))).collect();
    tables.take(budget::TABLES).map(|table| shown(store, table, &eyes)).collect()
}

fn shown(store: &Store, table: &Definition, eyes: &[Eyes]) -> Table {
    let kept: Vec<_> = table.columns.iter().enumerate().filter(|(_, column)| !column.dropped).collect();
    let heap = store.heap(table);
    let chains = chains(heap);
    let version = |&tid: &Tid| {
        let version = heap.version(tid)?;
        let values = complete(table, &version.values);
        let text = |&(at, column): &(usize, &crate::catalog::Column)| match values.get(at)? {
            Value::Null => None,
            value => Some(cut(&output(value, column.ty, &Style::default()))),
        };
        let changer = version.xmax.changer().filter(|xid| !store.xacts.aborted(*xid) || version.next != tid);
        Some(Shown {
            ctid: tid.to_string(),
            values: kept.iter().map(text).collect(),
            xmin: version.xmin.0,
            xmax: version.xmax.number(),
            cmin: version.cmin,
            cmax: version.cmax,
            made: fate(store, version.xmin),
            ended: changer.map(|xid| fate(store, xid)),
            locks: locks(store, version),
            seen: eyes.iter().map(|eyes| eyes.see(store, version)).collect(),
        })
    };
    let newest = |chain: &Vec<Tid>| -> Chain {
        chain[chain.len().saturating_sub(budget::VERSIONS)..].iter().filter_map(version).collect()
    };
    Table {
        name: table.name.to_string(),
        columns: kept.iter().map(|(_, column)| column.name.to_string()).collect(),
        rows: chains.iter().take(budget::TABLE_ROWS).map(newest).collect(),
        total: chains.len() as u32,
    }
}

/// The places of each row's versions, oldest first; rows in the order of the heap.
fn chains(heap: &Heap) -> Vec<Vec<Tid>> {
    let follows = |tid: Tid, version: &Version| {
        let next = heap.version(version.next).filter(|_| version.next != tid)?;
        (version.xmax.changer() == Some(next.xmin)).then_some(version.next)
    };
    let mut later: Vec<Tid> = heap.versions().filter_map(|(tid, version)| follows(tid, version)).collect();
    later.sort_unstable();
    let mut chains = Vec::new();
    for (tid, version) in heap.versions().filter(|(tid, _)| later.binary_search(tid).is_err()) {
        let mut chain = vec![tid];
        let mut next = follows(tid, version);
        while let Some(tid) = next {
            chain.push(tid);
            next = heap.version(tid).and_then(|version| follows(tid, version));
        }
        chains.push(chain);
    }
    chains
}

/// What became of a transaction.
fn fate(store: &Store, xid: Xid) -> Fate {
    match store.xacts.status(xid) {
        Status::Committed => Fate::Committed,
        Status::Aborted => Fate::Aborted,
        Status::InProgress => Fate::Running(match store.xacts.owner(xid) {
            Some(Owner::Session(session)) => u8::try_from(session.0).ok(),
            _ => None,
        }),
    }
}

/// Who holds a version without having changed it.
fn locks(store: &Store, version: &Version) -> Vec<(u8, String)> {
    let held = version.xmax.each().filter(|(xid, hand)| !hand.changes() && store.xacts.in_progress(*xid));
    let held = held.filter_map(|(xid, hand)| match store.xacts.owner(xid)? {
        Owner::Session(session) => Some((session.0 as u8, strength(hand.lock()).to_owned())),
        Owner::Prepared(_) => None,
    });
    held.collect()
}

fn strength(lock: RowLock) -> &'static str {
    match lock {
        RowLock::KeyShare => "FOR KEY SHARE",
        RowLock::Share => "FOR SHARE",
        RowLock::NoKeyUpdate => "FOR NO KEY UPDATE",
        RowLock::Update => "FOR UPDATE",
    }
}

/// What a session's next statement will look with.
struct Eyes {
    me: Owner,
    snapshot: Rc<Snapshot>,
    command: u32,
    /// It keeps one snapshot for the whole transaction.
    kept: bool,
    failed: bool,
}

impl Eyes {
    fn of(store: &Store, id: SessionId) -> Self {
        let session = store.session(id);
        let transaction = session.transaction.as_ref();
        let kept = transaction.and_then(|transaction| transaction.snapshot.clone());
        Self {
            me: id.into(),
            kept: kept.is_some(),
            snapshot: kept.unwrap_or_else(|| Rc::new(store.xacts.snapshot())),
            command: u32::MAX,
            failed: session.block().1,
        }
    }

    /// Whether it sees a version, and why or why not. (The cases are those of [`visible`].)
    fn see(&self, store: &Store, version: &Version) -> Seen {
        if self.failed {
            return Seen { visible: false, why: "its transaction has failed: it can only be rolled back".to_owned() };
        }
        let visible = visible(version, &store.xacts, &self.snapshot, self.me, self.command);
        Seen { visible, why: self.why(store, version, visible) }
    }

    fn why(&self, store: &Store, version: &Version, visible: bool) -> String {
        let made = version.xmin;
        let own = store.xacts.is_current(made, self.me);
        let maker = if made == FROZEN { "made long ago".to_owned() } else { format!("made by {}", made.0) };
        if !own && let Some(why) = self.hidden(store, made) {
            return format!("{maker}, {why}");
        }
        let maker = match own {
            true => "made by its own transaction".to_owned(),
            false => format!("{maker}, which had committed"),
        };
        let Some(changer) = version.xmax.changer() else { return maker };
        if store.xacts.is_current(changer, self.me) {
            return "ended by its own transaction".to_owned();
        }
        match self.hidden(store, changer) {
            Some(why) => format!("{maker}; ended by {}, {why}", changer.0),
            None if visible => maker,
            None => format!("ended by {}, which had committed", changer.0),
        }
    }

    /// Why what another transaction did does not count.
    fn hidden(&self, store: &Store, xid: Xid) -> Option<&'static str> {
        match store.xacts.status(xid) {
            Status::Aborted => Some("which rolled back"),
            Status::InProgress => Some("which has not committed"),
            Status::Committed if !self.snapshot.leaves_out(xid) => None,
            Status::Committed if self.kept => Some("which had not committed when the snapshot was taken"),
            Status::Committed => Some("which has not committed"),
        }
    }
}
