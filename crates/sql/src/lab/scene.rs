//! One frame of a locking run: the lanes, the rows as version chains, the locks, who waits for whom, and what the run is called.

use super::Isolation;
use interleave_kernel::Tape;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// The recording of one run.
pub type LockingTape = Tape<Scene>;

/// A session, by its column from the left.
pub type Session = u8;

/// A statement of a script, as it stands in its lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The SQL as the learner wrote it, without the `;`.
    pub text: String,
    /// Line of the script it begins on, from 1.
    pub line: u32,
}

/// A session as it is introduced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    pub name: String,
    pub statements: Vec<Statement>,
}

/// What a statement came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// `UPDATE 1`, `BEGIN`.
    Command(String),
    Rows(Rows),
    Error(Failure),
}

/// A result set as text. Only the first rows are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    pub columns: Vec<String>,
    /// `None` is NULL.
    pub rows: Vec<Vec<Option<String>>>,
    /// How many there were in all.
    pub total: u32,
}

/// An error as PostgreSQL words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// `40001`
    pub code: String,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
    /// Character of the statement, from 1.
    pub position: Option<u32>,
}

/// What a session waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitsFor {
    /// In words: `the row (id)=(1) of accounts, which Bob changed and has not committed`.
    pub what: String,
    /// The sessions that stand in its way, nearest first. Empty for a pause (`pg_sleep`).
    pub blockers: Vec<Session>,
}

/// How far a statement is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Progress {
    Waiting(WaitsFor),
    Done(Outcome),
}

/// A statement that was begun: one mark in a lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub session: Session,
    /// Index into the lane's statements.
    pub statement: u32,
    /// Frame in which it began.
    pub began: u32,
    /// Frame in which it ended: in the same one unless it waited. `None` while it waits.
    pub ended: Option<u32>,
    pub progress: Progress,
    /// What it waited for last, if it waited: kept when it is done.
    pub waited: Option<WaitsFor>,
    /// The session's transaction once it is done; while it waits, as it was before. The bracket around a transaction is drawn from it.
    pub status: Status,
    /// NOTICEs and WARNINGs.
    pub notices: Vec<String>,
}

/// A transaction's state, as the prompt of psql would show it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Outside a transaction.
    #[default]
    Idle,
    InTransaction,
    /// In a transaction that can only be rolled back.
    Failed,
}

/// A session as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionState {
    pub status: Status,
    pub isolation: Isolation,
    /// The transaction's number, once it has written.
    pub xid: Option<u32>,
    /// The snapshot that its statements read, when it keeps one: `730:734:731,733`.
    pub snapshot: Option<String>,
    /// Index of the statement it runs next.
    pub next: u32,
}

/// A table's content: chains of versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub name: String,
    pub columns: Vec<String>,
    /// Each a row: its versions, oldest first. Only the first rows are kept.
    pub rows: Vec<Chain>,
    pub total: u32,
}

/// A row through time.
pub type Chain = Vec<Version>;

/// A row version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// `(0,1)`
    pub ctid: String,
    /// `None` is NULL.
    pub values: Vec<Option<String>>,
    pub xmin: u32,
    /// Who deleted, replaced or locked it; 0 is nobody.
    pub xmax: u32,
    pub cmin: u32,
    pub cmax: u32,
    /// What became of the transaction that made it, and of the one that ended it.
    pub made: Fate,
    /// `None`: nobody ended it. (A lock is no end.)
    pub ended: Option<Fate>,
    /// Row locks on this version: who, and how strong: `FOR UPDATE`.
    pub locks: Vec<(Session, String)>,
    /// For each session: whether its next statement would see it, and why or why not.
    pub seen: Vec<Seen>,
}

/// What became of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// Still running, in that session (or prepared).
    Running(Option<Session>),
    Committed,
    Aborted,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub visible: bool,
    /// `made by 732, which had not committed when the snapshot was taken`
    pub why: String,
}

/// A row of the lock table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Lock {
    pub session: Session,
    /// `accounts`, `transaction 732`, `tuple (0,1) of accounts`, `advisory 42`.
    pub object: String,
    /// `RowExclusiveLock`; `SIReadLock` for predicate locks.
    pub mode: String,
    pub granted: bool,
}

/// One session waits for another, or must come before it in a serial order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edge {
    pub from: Session,
    pub to: Session,
    pub kind: EdgeKind,
    /// `ShareLock on transaction 732`
    pub why: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EdgeKind {
    /// `from` waits for a lock that `to` holds.
    Waits,
    /// `from` waits behind `to` in a queue.
    Queued,
    /// `from` read what `to` wrote over: a read/write conflict that a serialisable transaction keeps in mind.
    ReadWrite,
}

/// The name of something that no serial order could have produced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anomaly {
    DirtyWrite,
    DirtyRead,
    IntermediateRead,
    CircularInformationFlow,
    NonRepeatableRead,
    Phantom,
    LostUpdate,
    ReadSkew,
    WriteSkew,
    ReadOnlyAnomaly,
    /// A cycle that has no name of its own.
    Other,
}

/// What a finished run is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// None: the committed transactions are equivalent to a serial order, given in `serial`.
    pub anomaly: Option<Anomaly>,
    /// The statements that make it (session, index of the statement), in order.
    pub evidence: Vec<(Session, u32)>,
    /// How they depend on each other, a sentence an edge.
    pub because: Vec<String>,
    /// The sessions' transactions in an equivalent serial order, when there is one: (session, its n-th transaction).
    pub serial: Vec<(Session, u32)>,
    /// The cheapest thing that would have prevented it, found by running it: `REPEATABLE READ`, `FOR UPDATE on the first SELECT`.
    pub cure: Option<String>,
    /// The invariant, and whether it holds; the text of what it returned otherwise.
    pub invariant: Option<Result<bool, String>>,
    pub committed: u32,
    pub aborted: u32,
    pub deadlocks: u32,
}

/// Everything one can see in one frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scene {
    /// Known from the first frame on.
    pub lanes: Rc<Vec<Lane>>,
    pub sessions: Vec<SessionState>,
    /// Statements in the order in which they began.
    pub entries: Vec<Rc<Entry>>,
    /// The entries that this frame is about.
    pub current: Vec<u32>,
    pub tables: Vec<Rc<Table>>,
    pub locks: Vec<Lock>,
    pub edges: Vec<Edge>,
    /// Sessions that wait in a circle, in its order. Empty: no deadlock.
    pub cycle: Vec<Session>,
    /// Virtual time in microseconds.
    pub clock: u64,
    /// Sessions that may run their next statement now.
    pub ready: Vec<Session>,
    /// In the last frame.
    pub verdict: Option<Rc<Verdict>>,
    /// Why there is no run, or why it was cut short: an error in the setup, a budget. Where: `setup` or a session's name, and the line.
    pub stopped: Option<Rc<Stopped>>,
}

/// Why a run is not whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    pub title: String,
    pub advice: String,
    /// `None`: the setup, or the run as a whole.
    pub session: Option<Session>,
    /// From 1.
    pub line: Option<u32>,
}

/// What can be different between two frames.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Lanes(Rc<Vec<Lane>>),
    Session(Session, SessionState),
    /// A statement began.
    Begin(Rc<Entry>),
    /// The entry of that index is now this.
    Entry(u32, Rc<Entry>),
    Current(Vec<u32>),
    Table(u32, Rc<Table>),
    /// Only so many tables are left.
    Tables(u32),
    Locks(Vec<Lock>),
    Edges(Vec<Edge>),
    Cycle(Vec<Session>),
    Clock(u64),
    Ready(Vec<Session>),
    Verdict(Rc<Verdict>),
    Stopped(Rc<Stopped>),
}

impl interleave_kernel::Scene for Scene {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change.clone() {
            Change::Lanes(lanes) => {
                self.sessions = vec![SessionState::default(); lanes.len()];
                self.lanes = lanes;
            }
            Change::Session(id, state) => {
                if let Some(slot) = self.sessions.get_mut(usize::from(id)) {
                    *slot = state;
                }
            }
            Change::Begin(entry) => self.entries.push(entry),
            Change::Entry(at, entry) => {
                if let Some(slot) = self.entries.get_mut(at as usize) {
                    *slot = entry;
                }
            }
            Change::Current(current) => self.current = current,
            Change::Table(at, table) => match self.tables.get_mut(at as usize) {
                Some(slot) => *slot = table,
                None => self.tables.push(table),
            },
            Change::Tables(count) => self.tables.truncate(count as usize),
            Change::Locks(locks) => self.locks = locks,
            Change::Edges(edges) => self.edges = edges,
            Change::Cycle(cycle) => self.cycle = cycle,
            Change::Clock(now) => self.clock = now,
            Change::Ready(ready) => self.ready = ready,
            Change::Verdict(verdict) => self.verdict = Some(verdict),
            Change::Stopped(stopped) => self.stopped = Some(stopped),
        }
    }
}

/// How many orders of a scenario's statements end in which way, at one isolation level. What "every order" found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Census {
    pub isolation: Isolation,
    /// Orders that exist: complete schedules, a session that waits being passed over.
    pub orders: u64,
    /// One line a way to end. An order may be counted in several (it waited *and* committed).
    pub rows: Vec<CensusRow>,
    /// The search was cut short after this many orders: the figures are lower bounds.
    pub cut: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CensusRow {
    pub ending: Ending,
    pub orders: u64,
    /// The shortest schedule that ends so, first by length, then by the sessions' order: [`super::Scenario::schedule`].
    pub example: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ending {
    /// Every transaction committed.
    Committed,
    /// Somebody waited.
    Waited,
    /// At least one transaction failed with a serialization failure or another error.
    Aborted,
    Deadlocked,
    /// The invariant does not hold, or its query fails.
    InvariantBroken,
    /// No serial order explains the committed transactions.
    Anomaly(Anomaly),
}
