//! Several sessions at one prompt.

use super::commands;
use super::input::Input;
use interleave_sql::isolation::{Reply, Server, report};
use interleave_sql::locks::{LockTag, Owner};
use interleave_sql::psql::aligned_psql;
use interleave_sql::query::plan::OutputColumn;
use interleave_sql::store::session::WaitOn;
use interleave_sql::store::{SessionId, Store};
use std::fmt::Write;

/// The database, its sessions, and who is at the keyboard.
pub struct Shell {
    pub(super) store: Store,
    pub(super) sessions: Vec<Session>,
    pub(super) current: usize,
    pub(super) input: Input,
}

/// A session as the shell knows it.
pub(super) struct Session {
    pub id: SessionId,
    pub name: String,
    /// What it was sent last: errors point into it.
    sql: String,
    /// The wait it was said to be in.
    told: Option<String>,
}

/// Whether there is a next line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    Line,
    Quit,
}

impl Default for Shell {
    fn default() -> Self {
        let mut shell = Self { store: Store::default(), sessions: Vec::new(), current: 0, input: Input::default() };
        shell.switch("a");
        shell
    }
}

impl Shell {
    /// `a=# `: the session, what is still open, and the state of its transaction (`*` in one, `!` in one that failed).
    pub fn prompt(&self) -> String {
        let Session { id, name, .. } = &self.sessions[self.current];
        let state = match self.store.session(*id).block() {
            (true, true) => "!",
            (true, false) => "*",
            _ => "",
        };
        format!("{name}{}{state}# ", self.input.sign())
    }

    /// Takes a line; returns what is to be shown.
    pub fn line(&mut self, line: &str) -> (String, Next) {
        if let Some(command) = line.trim_start().strip_prefix('\\')
            && !matches!(self.input.sign(), '\'' | '"' | '$' | '*')
        {
            return commands::run(self, command);
        }
        let mut shown = String::new();
        for statement in self.input.line(line) {
            shown += &self.execute(&statement);
        }
        (shown, Next::Line)
    }

    /// Time passes for everybody.
    pub fn pass(&mut self, micros: u64) -> String {
        let until = self.store.now().saturating_add(micros);
        self.store.advance_to(until);
        self.news()
    }

    /// The input is over: whoever waits for a moment that comes is waited for.
    pub fn end(&mut self) -> String {
        let mut shown = self.news();
        while self.sessions.iter().any(|session| self.store.is_busy(session.id)) {
            let Some(alarm) = self.store.next_alarm() else { break };
            self.store.advance_to(alarm);
            shown += &self.news();
        }
        shown
    }

    /// Goes to the session of that name; it is made if it is new.
    pub(super) fn switch(&mut self, name: &str) {
        let found = self.sessions.iter().position(|session| session.name == name);
        self.current = found.unwrap_or_else(|| {
            let id = self.store.connect(name);
            self.sessions.push(Session { id, name: name.to_owned(), sql: String::new(), told: None });
            self.sessions.len() - 1
        });
    }

    fn execute(&mut self, sql: &str) -> String {
        let id = self.sessions[self.current].id;
        // As psql would, it takes the next statement when the last one is done: that may be a matter of time.
        while self.store.is_busy(id)
            && let Some(alarm) = self.store.next_alarm()
        {
            self.store.advance_to(alarm);
        }
        let mut shown = self.news();
        if self.store.is_busy(id) {
            let waits = self.waits_for(self.current).unwrap_or_default();
            shown +=
                &format!("{} still {waits}: \\session goes to another one, \\cancel gives up.\n", self.name_of(id));
            return shown;
        }
        self.sessions[self.current].sql = sql.to_owned();
        self.store.send(id, sql);
        while self.is_asleep(id)
            && let Some(alarm) = self.store.next_alarm()
        {
            self.store.advance_to(alarm);
        }
        shown + &self.news()
    }

    fn is_asleep(&self, id: SessionId) -> bool {
        self.store.session(id).waiting.is_some_and(|waiting| waiting.on == WaitOn::Sleep)
    }

    /// What has come from each session, the current one's first, and who waits now.
    pub(super) fn news(&mut self) -> String {
        let mut order: Vec<_> = (0..self.sessions.len()).collect();
        order.swap(0, self.current);
        let mut shown = String::new();
        for index in order {
            let replies = self.store.take_replies(self.sessions[index].id);
            if !replies.is_empty() && index != self.current {
                let _ = writeln!(shown, "{}:", self.sessions[index].name); // a String takes everything
            }
            for reply in &replies {
                shown += &show(reply, &self.sessions[index].sql);
            }
            let waits = self.waits_for(index);
            if let Some(waits) = waits.as_ref().filter(|waits| self.sessions[index].told.as_ref() != Some(waits)) {
                let _ = writeln!(shown, "{} {waits}", self.sessions[index].name);
            }
            self.sessions[index].told = waits;
        }
        shown
    }

    /// `waits for b: …`
    pub(super) fn waits_for(&self, index: usize) -> Option<String> {
        let id = self.sessions[index].id;
        let waiting = self.store.session(id).waiting.filter(|_| self.store.is_busy(id))?;
        Some(match waiting.on {
            WaitOn::Sleep => "sleeps".to_owned(),
            WaitOn::SafeSnapshot => {
                "waits for a safe snapshot: a serializable transaction that writes is at work".to_owned()
            }
            WaitOn::Lock(lock) => {
                let blockers: Vec<_> =
                    self.store.locks.blockers(id).into_iter().map(|owner| self.owner(owner)).collect();
                let names = if blockers.is_empty() { "its turn".to_owned() } else { blockers.join(", ") };
                format!("waits for {names}: {}", self.locked(lock.tag))
            }
        })
    }

    fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Session(id) => self.name_of(id).to_owned(),
            Owner::Prepared(_) => "a prepared transaction".to_owned(),
        }
    }

    fn name_of(&self, id: SessionId) -> &str {
        self.sessions.iter().find(|session| session.id == id).map_or("?", |session| &session.name)
    }

    fn locked(&self, tag: LockTag) -> String {
        let name = |oid| self.store.catalog.name_of(oid).map_or_else(|| "a table".to_owned(), |name| name.to_string());
        match tag {
            LockTag::Relation(oid) => format!("the table {}", name(oid)),
            LockTag::Transaction(_) => "the end of the transaction".to_owned(),
            LockTag::Tuple(oid, tid) => format!("the row {tid} of {}", name(oid)),
            LockTag::SpeculativeToken(..) => "an insertion under way".to_owned(),
            LockTag::Advisory { key, two: false } => format!("advisory lock {key}"),
            LockTag::Advisory { key, two: true } => format!("advisory lock {}, {}", key >> 32, key as i32),
        }
    }
}

/// A reply as psql shows it.
fn show(reply: &Reply, sql: &str) -> String {
    match reply {
        Reply::Rows { columns, rows, tag } => {
            let tag =
                ["INSERT", "UPDATE", "DELETE"].iter().any(|verb| tag.starts_with(verb)).then(|| format!("{tag}\n"));
            table(columns, rows) + &tag.unwrap_or_default()
        }
        Reply::Command(tag) => format!("{tag}\n"),
        Reply::Empty => String::new(),
        Reply::Notice { severity, message } => report(severity, message, sql),
        Reply::Error { severity, error } => report(severity, error, sql),
    }
}

fn table(columns: &[OutputColumn], rows: &[Vec<Option<String>>]) -> String {
    let names: Vec<_> = columns.iter().map(|column| &*column.name).collect();
    let right: Vec<_> = columns.iter().map(|column| column.ty.psql_right()).collect();
    aligned_psql(&names, &right, rows)
}
