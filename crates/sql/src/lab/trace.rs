//! When two beginnings of a run come to the same: what follows them need be found out only once.
//!
//! Statements that have nothing to do with each other may change places without anybody noticing. So a run is known by less than
//! the order of its steps: by what each step *depended* on. (Mazurkiewicz's traces; as sets of hashed causal pasts, in the manner
//! of Foata's normal form.) Every step gets a number made of its session, the step before it in that session, and all earlier steps
//! it depends on; the last number of each session stands for everything that has happened.
//!
//! What depends on what is taken generously: a dependence too many costs time, one too few would be wrong. A test compares the
//! figures with those of a search that merges nothing.

use super::machine::Locking;
use super::scene::Session;
use crate::catalog::{Catalog, Relation};
use crate::history::Event;
use crate::locks::{LockMode, LockTag};
use crate::query::plan::Oid;
use crate::query::statement::Statement;
use crate::query::{Parsed, parse};
use crate::store::{SessionId, Store};
use std::rc::Rc;

/// What has happened, up to changes of place.
#[derive(Clone, Debug)]
pub struct Trace {
    scripts: Rc<Scripts>,
    /// By session: its last step, and the tables its transaction has touched.
    last: Vec<u64>,
    touched: Vec<Vec<Oid>>,
    /// For each part that steps play, all that have played it, summed up.
    played: Vec<(Part, u64)>,
}

/// What is known of the scripts from their text.
#[derive(Debug)]
struct Scripts {
    kinds: Vec<Vec<Kind>>,
    /// Pairs of tables between which a foreign key leads, both ways.
    references: Vec<(Oid, Oid)>,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Nothing but reads and writes of rows, or transaction control.
    Plain,
    /// The same, and it locks the rows it reads.
    LocksRows,
    /// It may depend on anything.
    Any,
}

/// A part that a step plays. Which two parts depend on each other is in [`Part::against`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Part {
    /// Every step.
    Step,
    /// A step that may depend on anything.
    Any,
    /// A session comes to wait: who began first is the first to look for a deadlock.
    Wait,
    /// It sees what has been committed: in a table, or anywhere.
    Sees(Oid),
    SeesAll,
    /// Its transaction ends and has written in a table, or anywhere.
    Ends(Oid),
    EndsAny,
    /// It writes or locks rows, or tries to: versions have places, and rows have queues.
    Works(Oid),
    /// A serialisable transaction takes its snapshot, ends, reads, writes, or comes to be in conflict.
    Starts,
    Finishes,
    Reads(Oid),
    Writes(Oid),
    Follows,
    Conflicts,
}

impl Part {
    /// The parts whose earlier steps a step of this part depends on.
    fn against(self) -> &'static [fn(Oid) -> Part] {
        match self {
            Part::Step => &[|_| Part::Any],
            Part::Any => &[|_| Part::Any, |_| Part::Step],
            Part::Wait => &[|_| Part::Wait],
            Part::Sees(_) => &[Part::Ends],
            Part::SeesAll => &[|_| Part::EndsAny],
            Part::Ends(_) => &[Part::Sees],
            Part::EndsAny => &[|_| Part::SeesAll],
            Part::Works(_) => &[Part::Works],
            Part::Starts => &[|_| Part::Finishes],
            Part::Finishes => &[|_| Part::Starts, |_| Part::Finishes, |_| Part::Conflicts],
            Part::Reads(_) => &[Part::Writes],
            Part::Writes(_) => &[Part::Reads, Part::Writes],
            Part::Follows => &[|_| Part::Conflicts],
            Part::Conflicts => &[|_| Part::Conflicts, |_| Part::Follows, |_| Part::Finishes],
        }
    }

    fn table(self) -> Oid {
        match self {
            Part::Sees(oid) | Part::Ends(oid) | Part::Works(oid) | Part::Reads(oid) | Part::Writes(oid) => oid,
            _ => 0,
        }
    }
}

/// What a step is compared with: the session and the store before it.
#[derive(Clone, Debug)]
pub struct Past {
    events: usize,
    held: Vec<Oid>,
    conflicts: (usize, usize),
    serializable: bool,
}

/// What a step came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    Done,
    Waits,
    /// With that code.
    Failed(&'static str),
}

/// Words that let a statement see more than rows: times, numbers of transactions, places, locks, sequences.
const REVEALING: [&str; 16] = [
    "xmin",
    "xmax",
    "cmin",
    "cmax",
    "ctid",
    "tableoid",
    "xid",
    "now",
    "clock",
    "timestamp",
    "current_",
    "random",
    "pg_",
    "val",
    "set_config",
    "localtime",
];

impl Trace {
    /// A trace of nothing yet. `None`: these scripts, or this store, hold something that makes places in the order too hard to tell.
    pub fn new(machine: &Locking) -> Option<Self> {
        let store = &machine.store;
        // A page that fills up is cleared of old versions at some moment or other.
        if store.heaps.iter().any(|heap| heap.pages() > 1) {
            return None;
        }
        let mut kinds = Vec::new();
        for lane in machine.lanes.iter() {
            kinds.push(lane.statements.iter().map(|statement| kind(&statement.text)).collect::<Option<Vec<_>>>()?);
        }
        let sessions = kinds.len();
        let scripts = Rc::new(Scripts { kinds, references: references(&store.catalog) });
        Some(Self { scripts, last: vec![0; sessions], touched: vec![Vec::new(); sessions], played: Vec::new() })
    }

    /// What stands for everything that has happened.
    pub fn key(&self) -> [u64; super::budget::SESSIONS] {
        let mut key = [0; super::budget::SESSIONS];
        key[..self.last.len()].copy_from_slice(&self.last);
        key
    }

    /// To be taken before a step of a session.
    pub fn past(store: &Store, session: Session) -> Past {
        let id = SessionId(u16::from(session));
        Past {
            events: store.history.as_ref().map_or(0, |history| history.len()),
            held: worked(store, id),
            conflicts: conflicts(store),
            serializable: serializable(store, id),
        }
    }

    /// Time passed: that may depend on anything.
    pub fn time_passes(&mut self) {
        for session in 0..self.last.len() {
            self.step(session, &[Part::Step, Part::Any]);
        }
    }

    /// A session made a step with its statement of that number.
    pub fn went_on(&mut self, store: &Store, session: Session, statement: u32, past: &Past, came: Came) {
        let (id, at) = (SessionId(u16::from(session)), usize::from(session));
        let kind = self.scripts.kinds[at].get(statement as usize).copied().unwrap_or(Kind::Any);
        let mut parts = vec![Part::Step];
        let told = matches!(came, Came::Done | Came::Waits | Came::Failed("40001" | "40P01" | "25P02"));
        if kind == Kind::Any || !told {
            parts.push(Part::Any);
        }
        let (mut scanned, mut works) = (Vec::new(), past.held.clone());
        let (mut snapshot, mut ended) = (false, false);
        for entry in store.history.as_ref().map(|history| history.since(past.events)).unwrap_or_default() {
            match &entry.event {
                Event::Snapshot => snapshot = true,
                Event::Scan(predicate) => scanned.push(predicate.table),
                Event::Read { table, .. } | Event::Exists { table, .. } => scanned.push(*table),
                Event::Recheck { table, .. } | Event::Skip { table, .. } | Event::Write { table, .. } => {
                    works.push(*table)
                }
                Event::Commit | Event::Abort => ended = true,
                Event::Begin | Event::Undo(_) => {}
                Event::Prepare(_) | Event::CommitPrepared(_) | Event::RollbackPrepared(_) => parts.push(Part::Any),
            }
        }
        // An error undoes the transaction, or what was done since a savepoint.
        ended |= matches!(came, Came::Failed(code) if code != "25P02");
        works.extend(worked(store, id));
        if kind == Kind::LocksRows || came == Came::Waits || matches!(came, Came::Failed("40001" | "40P01")) {
            works.extend(&scanned);
        }
        self.follow_references(&mut works);
        tidy(&mut scanned);
        tidy(&mut works);
        // A transaction that was told to go on by COMMIT alone has nothing at hand but its end.
        let idle = scanned.is_empty() && !snapshot && ended;
        if snapshot {
            parts.push(Part::SeesAll);
        }
        parts.extend(scanned.iter().map(|&table| Part::Sees(table)));
        if !idle {
            parts.extend(works.iter().flat_map(|&table| [Part::Works(table), Part::Sees(table)]));
        }
        if ended {
            parts.extend(works.iter().map(|&table| Part::Ends(table)));
            parts.extend((!works.is_empty()).then_some(Part::EndsAny));
        }
        if came == Came::Waits {
            parts.push(Part::Wait);
        }
        self.touched[at].extend(scanned.iter().chain(&works));
        if past.serializable || serializable(store, id) || conflicts(store) != past.conflicts {
            parts.extend(snapshot.then_some(Part::Starts));
            parts.extend(scanned.iter().map(|&table| Part::Reads(table)));
            if !idle {
                parts.extend(works.iter().map(|&table| Part::Writes(table)));
            }
            parts.push(if conflicts(store) == past.conflicts || ended { Part::Follows } else { Part::Conflicts });
            if ended {
                tidy(&mut self.touched[at]);
                parts.extend(self.touched[at].iter().map(|&table| Part::Writes(table)));
                parts.push(Part::Finishes);
            }
        }
        if ended {
            self.touched[at].clear();
        }
        // At READ COMMITTED a statement sees only what it looks at; above, its snapshot is for all that follow.
        if snapshot && !keeps_snapshot(store, id) && !ended {
            parts.retain(|part| *part != Part::SeesAll);
        }
        tidy(&mut parts);
        self.step(at, &parts);
    }

    /// Writing a row looks at those it refers to and at those that refer to it.
    fn follow_references(&self, tables: &mut Vec<Oid>) {
        let mut from = 0;
        while let Some(&table) = tables.get(from) {
            for &(one, other) in &self.scripts.references {
                if one == table && !tables.contains(&other) {
                    tables.push(other);
                }
            }
            from += 1;
        }
    }

    fn step(&mut self, session: usize, parts: &[Part]) {
        let mut hash = mix(self.last[session] ^ (session as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        for &part in parts {
            for against in part.against() {
                let other = against(part.table());
                let sum = self.played.iter().find(|played| played.0 == other).map_or(0, |played| played.1);
                hash = mix(hash ^ sum);
            }
        }
        for &part in parts {
            match self.played.iter_mut().find(|played| played.0 == part) {
                Some(played) => played.1 = played.1.wrapping_add(hash),
                None => self.played.push((part, hash)),
            }
        }
        self.last[session] = hash;
    }
}

fn tidy<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

/// A finalizer of good avalanche. (SplitMix64's)
fn mix(mut z: u64) -> u64 {
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// What a statement is; `None` for one that changes what exists.
fn kind(text: &str) -> Option<Kind> {
    let Ok(parsed) = parse(text) else { return Some(Kind::Any) };
    let [Parsed { statement, source }] = parsed.as_slice() else { return Some(Kind::Any) };
    let lower = text.to_lowercase();
    let reveals = REVEALING.iter().any(|word| lower.replace("values", "").contains(word));
    match statement {
        Statement::Query(_) | Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) if reveals => {
            Some(Kind::Any)
        }
        Statement::Query(_) | Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => {
            Some(if source.locks.is_none() { Kind::Plain } else { Kind::LocksRows })
        }
        Statement::Begin(_)
        | Statement::Commit { chain: false }
        | Statement::Rollback { chain: false }
        | Statement::Savepoint(_)
        | Statement::Release(_)
        | Statement::SetTransaction(_) => Some(Kind::Plain),
        Statement::Commit { .. }
        | Statement::Rollback { .. }
        | Statement::RollbackTo(_)
        | Statement::Lock(_)
        | Statement::Set(_)
        | Statement::Show(_)
        | Statement::Reset(_)
        | Statement::SetConstraints { .. } => Some(Kind::Any),
        _ => None,
    }
}

/// Foreign keys, both ways.
fn references(catalog: &Catalog) -> Vec<(Oid, Oid)> {
    let tables = catalog.relations.values().filter_map(|relation| match relation {
        Relation::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(|table| &table.foreign_keys).flat_map(|key| [(key.from, key.to), (key.to, key.from)]).collect()
}

/// Tables in which a session's transaction writes or locks rows.
fn worked(store: &Store, id: SessionId) -> Vec<Oid> {
    let held = store.locks.held_by(id).into_iter();
    held.filter_map(|(tag, mode)| match tag {
        LockTag::Relation(oid)
            if mode >= LockMode::RowShare && matches!(store.catalog.relations.get(&oid), Some(Relation::Table(_))) =>
        {
            Some(oid)
        }
        _ => None,
    })
    .collect()
}

fn serializable(store: &Store, id: SessionId) -> bool {
    store.ssi.is_tracked(id)
}

/// How many rw-conflicts there are, and how many transactions that will fail because of them.
fn conflicts(store: &Store) -> (usize, usize) {
    let doomed = store.ssi.transactions().iter().filter(|it| it.fate == crate::ssi::Fate::Doomed).count();
    (store.ssi.conflicts().len(), doomed)
}

fn keeps_snapshot(store: &Store, id: SessionId) -> bool {
    store.session(id).transaction.as_ref().is_some_and(|transaction| transaction.snapshot.is_some())
}
