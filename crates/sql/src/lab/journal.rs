//! What a recording keeps of a run besides the store: the statements that were begun, and what is said about each step.

use super::machine::{Locking, outcome};
use super::scene::{Change, Entry, Outcome, Progress, Scene, Session, SessionState, Stopped, Verdict};
use super::telling;
use super::view;
use crate::isolation::Reply;
use crate::store::SessionId;
use interleave_kernel::{Mark, Note, Staged};
use std::rc::Rc;

/// The record of a run so far.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    /// The frame that is being made.
    pub frame: u32,
    pub entries: Vec<Rc<Entry>>,
    /// The entries that the frame is about.
    pub current: Vec<u32>,
    pub mark: Mark,
    pub verdict: Option<Rc<Verdict>>,
    pub stopped: Option<Rc<Stopped>>,
}

/// A session before a step, to be compared with what it is after it.
#[derive(Clone, Debug)]
pub struct Before {
    pub state: SessionState,
    /// Events in the history.
    pub events: usize,
}

impl Locking {
    /// The machine with a journal: what it does is told from now on.
    pub(super) fn observed(mut self) -> Self {
        self.journal = Some(Box::default());
        self
    }

    pub(super) fn before(&self, session: Session) -> Before {
        let events = self.store.history.as_ref().map_or(0, |history| history.len());
        Before { state: self.state(session), events }
    }

    fn state(&self, session: Session) -> SessionState {
        view::session(&self.store, SessionId(u16::from(session)), self.next[usize::from(session)])
    }

    fn sessions(&self) -> u16 {
        self.lanes.len() as u16
    }

    /// A session's statement went on: writes it down, and says what happened.
    pub(super) fn tell(&mut self, session: Session, before: Before, replies: Vec<Reply>, begins: bool) -> Note {
        let after = self.state(session);
        let waits = view::waits_for(&self.store, &self.lanes, SessionId(u16::from(session)));
        let done = outcome(&replies).unwrap_or_else(|| Outcome::Command(String::new()));
        let Some(journal) = &mut self.journal else { return Note::default() };
        journal.frame += 1;
        let frame = journal.frame;
        let at = match begins {
            true => journal.entries.len(),
            false => journal.entries.iter().rposition(|entry| entry.session == session).unwrap_or(0),
        };
        let mut entry = match journal.entries.get(at) {
            Some(entry) => Entry::clone(entry),
            None => Entry {
                session,
                statement: after.next.saturating_sub(1),
                began: frame,
                ended: None,
                progress: Progress::Done(Outcome::Command(String::new())),
                waited: None,
                status: before.state.status,
                notices: Vec::new(),
            },
        };
        entry.notices.extend(replies.iter().filter_map(|reply| match reply {
            Reply::Notice { severity, message } => Some(format!("{severity}: {message}")),
            _ => None,
        }));
        match waits {
            Some(waits) => {
                entry.waited = Some(waits.clone());
                entry.progress = Progress::Waiting(waits);
            }
            None => {
                entry.ended = Some(frame);
                entry.progress = Progress::Done(done);
                entry.status = after.status;
            }
        }
        let entry = Rc::new(entry);
        match journal.entries.get_mut(at) {
            Some(slot) => *slot = Rc::clone(&entry),
            None => journal.entries.push(Rc::clone(&entry)),
        }
        journal.current = vec![at as u32];
        journal.mark = match (begins, before.state.status == after.status && before.state.xid == after.xid) {
            (_, false) if before.state.status != after.status => Mark::Section,
            (true, _) => Mark::Unit,
            (false, _) => Mark::Step,
        };
        telling::statement(self, &entry, &before, &after, begins)
    }

    /// Time has passed.
    pub(super) fn tell_time(&mut self) -> Note {
        let note = telling::time(self);
        let woken = self.woken().to_vec();
        if let Some(journal) = &mut self.journal {
            journal.frame += 1;
            journal.mark = Mark::Step;
            let about = |session: &Session| journal.entries.iter().rposition(|entry| entry.session == *session);
            journal.current = woken.iter().filter_map(about).map(|at| at as u32).collect();
        }
        note
    }
}

impl Staged for Locking {
    type Scene = Scene;

    fn changes(&self, shown: &Scene) -> Vec<Change> {
        let mut changes = Vec::new();
        let Some(journal) = &self.journal else { return changes };
        if *shown.lanes != *self.lanes {
            changes.push(Change::Lanes(Rc::clone(&self.lanes)));
        }
        for id in 0..self.lanes.len() as Session {
            let state = self.state(id);
            // Introducing the lanes gives everybody a state nobody has set.
            if shown.sessions.get(usize::from(id)).unwrap_or(&SessionState::default()) != &state {
                changes.push(Change::Session(id, state));
            }
        }
        for (at, entry) in journal.entries.iter().enumerate() {
            match shown.entries.get(at) {
                None => changes.push(Change::Begin(Rc::clone(entry))),
                Some(old) if old != entry => changes.push(Change::Entry(at as u32, Rc::clone(entry))),
                Some(_) => {}
            }
        }
        if shown.current != journal.current {
            changes.push(Change::Current(journal.current.clone()));
        }
        let tables = view::tables(&self.store, self.sessions());
        if shown.tables.len() > tables.len() {
            changes.push(Change::Tables(tables.len() as u32));
        }
        for (at, table) in tables.into_iter().enumerate() {
            if shown.tables.get(at).is_none_or(|old| **old != table) {
                changes.push(Change::Table(at as u32, Rc::new(table)));
            }
        }
        let locks = view::locks(&self.store, self.sessions());
        let edges = view::edges(&self.store, self.sessions());
        let cycle = view::cycle(&self.store, self.sessions());
        let ready = if self.woken().is_empty() && cycle.is_empty() { self.ready() } else { Vec::new() };
        changes.extend((shown.locks != locks).then_some(Change::Locks(locks)));
        changes.extend((shown.edges != edges).then_some(Change::Edges(edges)));
        changes.extend((shown.cycle != cycle).then_some(Change::Cycle(cycle)));
        changes.extend((shown.clock != self.store.clock).then_some(Change::Clock(self.store.clock)));
        changes.extend((shown.ready != ready).then_some(Change::Ready(ready)));
        changes.extend(journal.verdict.clone().filter(|it| shown.verdict.as_ref() != Some(it)).map(Change::Verdict));
        changes.extend(journal.stopped.clone().filter(|it| shown.stopped.as_ref() != Some(it)).map(Change::Stopped));
        changes
    }

    fn opening(&self) -> Note {
        telling::opening(self)
    }

    fn mark(&self) -> Mark {
        self.journal.as_ref().map_or(Mark::Step, |journal| journal.mark)
    }
}
