//! Several sessions and their scripts as a machine: whose statement runs next is what may happen in more than one order.

use super::ending::holds;
use super::journal::{Before, Journal};
use super::scene::{Failure, Lane, Outcome, Rows, Session};
use super::trace::{Came, Past, Trace};
use super::{Isolation, Scenario, budget, script};
use crate::isolation::Reply;
use crate::store::session::WaitOn;
use crate::store::{SessionId, Store};
use interleave_kernel::{Machine, Note, Violation};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What may happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Action {
    /// A session runs its next statement.
    Next(Session),
    /// A session that waited goes on.
    Wake(Session),
    /// Time passes until something happens by itself.
    Clock,
}

/// Sessions over a store, each with a script.
#[derive(Clone, Debug)]
pub struct Locking {
    pub(super) store: Store,
    pub(super) lanes: Rc<Vec<Lane>>,
    /// By session: the statement it runs next.
    pub(super) next: Vec<u32>,
    /// Sessions that can go on, in the order in which they were woken. One after the other does: which of two goes first is
    /// settled by who waited first, as in the server's queues.
    woken: Vec<Session>,
    pub(super) happened: Happened,
    /// What a recording needs. `None` while orders are counted.
    pub(super) journal: Option<Box<Journal>>,
    /// What a search needs to know two beginnings of a run for the same. `None`: each is looked at by itself.
    pub(super) trace: Option<Box<Trace>>,
    /// The invariant, as a query.
    rule: Rc<str>,
}

/// What happened to anybody so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Happened {
    pub waited: bool,
    pub failed: bool,
    pub deadlocks: u32,
    /// A statement failed otherwise than by being told to start again.
    pub faulty: bool,
}

/// Why there is no machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRun {
    /// A statement of the setup failed: its line, and the error.
    Setup(u32, Failure),
    /// The setup waits for itself.
    SetupWaits(u32),
    Sessions,
    /// Too much text: how many bytes.
    Long(usize),
    /// Too many statements: how many.
    Statements(usize),
}

impl Locking {
    /// The sessions before their first statement: the setup has run. Transactions that name no level are at `isolation`.
    pub fn new(scenario: &Scenario, isolation: Isolation) -> Result<Self, NoRun> {
        let scripts = scenario.sessions.iter().map(|script| script.sql.len()).sum::<usize>();
        let bytes = scenario.setup.len() + scripts + scenario.invariant.len();
        if bytes > budget::BYTES {
            return Err(NoRun::Long(bytes));
        }
        if !(1..=budget::SESSIONS).contains(&scenario.sessions.len()) {
            return Err(NoRun::Sessions);
        }
        let lane =
            |script: &super::Script| Lane { name: script.name.clone(), statements: script::statements(&script.sql) };
        let lanes: Vec<_> = scenario.sessions.iter().map(lane).collect();
        let count = lanes.iter().map(|lane| lane.statements.len()).sum();
        if count > budget::STATEMENTS {
            return Err(NoRun::Statements(count));
        }
        let mut store = Store::default();
        let level = format!("SET default_transaction_isolation = '{}'", isolation.sql().to_lowercase());
        for lane in &lanes {
            let session = store.open_session(&lane.name);
            store.start(session, &level);
            store.session_mut(session).replies.clear();
        }
        let mut machine = Self {
            store,
            next: vec![0; lanes.len()],
            lanes: Rc::new(lanes),
            woken: Vec::new(),
            happened: Happened::default(),
            journal: None,
            trace: None,
            rule: scenario.invariant.as_str().into(),
        };
        machine.set_up(&scenario.setup)?;
        Ok(machine)
    }

    /// Runs the setup in a session of its own, and commits it.
    fn set_up(&mut self, setup: &str) -> Result<(), NoRun> {
        let session = self.store.open_session("setup");
        let statements = script::statements(setup);
        if statements.len() > budget::SETUP {
            return Err(NoRun::Statements(statements.len()));
        }
        let line = |at: usize| statements.get(at).map_or(1, |statement| statement.line);
        for at in 0..=statements.len() {
            let text = statements.get(at).map_or("COMMIT", |statement| &statement.text);
            self.store.fuel = budget::FUEL;
            self.store.start(session, text);
            while self.store.session(session).is_busy() {
                let Some(alarm) = self.store.next_alarm() else { return Err(NoRun::SetupWaits(line(at))) };
                self.store.ring_next(alarm);
                self.store.settle();
                self.store.go_on(session);
            }
            let replies = std::mem::take(&mut self.store.session_mut(session).replies);
            if let Some(Outcome::Error(failure)) = outcome(&replies) {
                return Err(NoRun::Setup(line(at), failure));
            }
        }
        Ok(())
    }

    /// The session that ran the setup, and may be asked for more when all is over.
    pub(super) fn housekeeper(&self) -> SessionId {
        SessionId(self.lanes.len() as u16)
    }

    /// Sessions that are at leisure and have a statement left.
    pub fn ready(&self) -> Vec<Session> {
        let sessions = (0..).zip(&*self.lanes).zip(&self.next);
        let left = sessions.filter(|((id, lane), next)| {
            (**next as usize) < lane.statements.len() && !self.store.session(SessionId(u16::from(*id))).is_busy()
        });
        left.map(|((id, _), _)| id).collect()
    }

    /// Sessions that wait, and cannot go on yet.
    pub fn waiting(&self) -> impl Iterator<Item = Session> + '_ {
        let busy = |id: &Session| self.store.session(SessionId(u16::from(*id))).is_busy() && !self.woken.contains(id);
        (0..self.lanes.len() as Session).filter(busy)
    }

    /// Whether sessions wait in a circle, or in queues that have to be rearranged: nobody in it goes on before somebody looks,
    /// when `deadlock_timeout` has passed.
    fn deadlocked(&self) -> bool {
        let unchecked = |id: &Session| {
            let waiting = self.store.session(SessionId(u16::from(*id))).waiting;
            waiting.is_some_and(|waiting| matches!(waiting.on, WaitOn::Lock(_)) && !waiting.checked)
        };
        if self.waiting().count() < 2 {
            return false;
        }
        let look = |id: Session| {
            let mut locks = self.store.locks.clone();
            locks.check_deadlock(SessionId(u16::from(id))) != crate::locks::DeadlockCheck::None
        };
        self.waiting().filter(unchecked).any(look)
    }

    /// Notes who can go on now.
    fn collect_woken(&mut self) {
        for session in self.store.take_woken() {
            let session = session.0 as Session;
            if !self.woken.contains(&session) {
                self.woken.push(session);
            }
        }
    }

    /// What a session sent since it was asked last. Whether it failed is taken note of.
    fn replies(&mut self, session: Session) -> Vec<Reply> {
        let replies = std::mem::take(&mut self.store.session_mut(SessionId(u16::from(session))).replies);
        for reply in &replies {
            if let Reply::Error { error, .. } = reply {
                self.happened.failed = true;
                self.happened.deadlocks += u32::from(error.code == "40P01");
                self.happened.faulty |= !matches!(error.code, "40001" | "40P01" | "25P02");
            }
        }
        replies
    }

    fn run_next(&mut self, session: Session) -> Note {
        let lanes = Rc::clone(&self.lanes);
        let at = self.next[usize::from(session)];
        let id = SessionId(u16::from(session));
        if let Some(history) = &mut self.store.history {
            history.statement(id, at);
        }
        let before = self.look_back(session);
        self.next[usize::from(session)] += 1;
        self.store.clock += budget::STATEMENT_TIME;
        self.store.fuel = budget::FUEL;
        self.store.start(id, &lanes[usize::from(session)].statements[at as usize].text);
        self.after(session, before, true)
    }

    fn wake(&mut self, session: Session) -> Note {
        let before = self.look_back(session);
        self.woken.retain(|&woken| woken != session);
        self.store.go_on(SessionId(u16::from(session)));
        self.after(session, before, false)
    }

    fn look_back(&self, session: Session) -> (Option<Before>, Option<Past>) {
        let told = self.journal.as_ref().map(|_| self.before(session));
        (told, self.trace.as_ref().map(|_| Trace::past(&self.store, session)))
    }

    fn after(&mut self, session: Session, before: (Option<Before>, Option<Past>), begins: bool) -> Note {
        let replies = self.replies(session);
        let waits = self.store.session(SessionId(u16::from(session))).is_busy();
        self.happened.waited |= waits;
        self.collect_woken();
        let (told, past) = before;
        if let (Some(trace), Some(past)) = (&mut self.trace, past) {
            let failed = replies.iter().find_map(|reply| match reply {
                Reply::Error { error, .. } => Some(Came::Failed(error.code)),
                _ => None,
            });
            let came = failed.unwrap_or(if waits { Came::Waits } else { Came::Done });
            trace.went_on(&self.store, session, self.next[usize::from(session)] - 1, &past, came);
        }
        match told {
            Some(before) => self.tell(session, before, replies, begins),
            None => Note::default(),
        }
    }

    /// Time passes until somebody can go on because of it, or nothing more will happen by itself.
    fn pass_time(&mut self) -> Note {
        while self.woken.is_empty() {
            let Some(alarm) = self.store.next_alarm() else { break };
            if let Some(Some(session)) = self.store.ring_next(alarm) {
                self.woken.push(session.0 as Session);
            }
            self.collect_woken();
        }
        if let Some(trace) = &mut self.trace {
            trace.time_passes();
        }
        match self.journal {
            Some(_) => self.tell_time(),
            None => Note::default(),
        }
    }

    pub(super) fn woken(&self) -> &[Session] {
        &self.woken
    }
}

impl Machine for Locking {
    type Action = Action;

    fn actions(&self) -> Vec<Action> {
        if let Some(&first) = self.woken.first() {
            return vec![Action::Wake(first)];
        }
        if self.deadlocked() {
            return vec![Action::Clock];
        }
        let ready = self.ready();
        if ready.is_empty() && self.store.next_alarm().is_some() {
            return vec![Action::Clock];
        }
        ready.into_iter().map(Action::Next).collect()
    }

    fn step(&mut self, action: &Action) -> Note {
        match *action {
            Action::Next(session) => self.run_next(session),
            Action::Wake(session) => self.wake(session),
            Action::Clock => self.pass_time(),
        }
    }

    /// The invariant, once all is over: while transactions run it may be broken and mended again.
    fn violations(&self) -> Vec<Violation> {
        if !self.actions().is_empty() {
            return Vec::new();
        }
        let broken = |why: &str| Violation { rule: self.rule.to_string(), note: Note::new(why) };
        match holds(self, &self.rule) {
            None | Some(Ok(true)) => Vec::new(),
            Some(Ok(false)) => vec![broken("It returned false.")],
            Some(Err(why)) => vec![broken(&why)],
        }
    }
}

/// What the replies to one statement come to.
pub(super) fn outcome(replies: &[Reply]) -> Option<Outcome> {
    replies.iter().rev().find_map(|reply| match reply {
        Reply::Rows { columns, rows, .. } => Some(Outcome::Rows(Rows {
            columns: columns.iter().map(|column| column.name.to_string()).collect(),
            rows: rows
                .iter()
                .take(budget::RESULT_ROWS)
                .map(|row| row.iter().map(|cell| cell.as_deref().map(budget::cut)).collect())
                .collect(),
            total: rows.len() as u32,
        })),
        Reply::Command(tag) => Some(Outcome::Command(tag.clone())),
        Reply::Empty => Some(Outcome::Command(String::new())),
        Reply::Error { error, .. } => Some(Outcome::Error(failure(error))),
        Reply::Notice { .. } => None,
    })
}

fn failure(error: &crate::error::SqlError) -> Failure {
    Failure {
        code: error.code.to_owned(),
        message: error.message.clone(),
        detail: error.detail.clone(),
        hint: error.hint.clone(),
        position: error.position,
    }
}
