//! What happened and why, in a sentence or two a step.

use super::Isolation;
use super::journal::Before;
use super::machine::Locking;
use super::scene::{Entry, Failure, Outcome, Progress, Rows, Session, SessionState, Status};
use super::verdict::capital;
use super::view::{self, duration};
use crate::history::Event;
use interleave_kernel::Note;

/// More characters of a statement than this are not quoted.
const QUOTED: usize = 90;

/// Before anything happens.
pub fn opening(machine: &Locking) -> Note {
    let names: Vec<_> = machine.lanes.iter().map(|lane| lane.name.clone()).collect();
    let tables = view::tables(&machine.store, 0);
    let rows: u32 = tables.iter().map(|table| table.total).sum();
    let ready = match tables.len() {
        0 => "There is no table yet".to_owned(),
        1 => format!("The table {} is ready, with {}", tables[0].name, count(rows, "row")),
        several => format!("{several} tables are ready, with {}", count(rows, "row")),
    };
    let who = if names.len() == 1 { "is connected" } else { "are connected" };
    Note::new(format!("**{ready}.** {} {who}, and nobody has run a statement.", capital(&list(&names))))
}

/// A statement was run, or went on.
pub fn statement(machine: &Locking, entry: &Entry, before: &Before, after: &SessionState, begins: bool) -> Note {
    let telling = Telling { machine, entry, before, after, begins, name: capital(&name(machine, entry.session)) };
    let sleeps = machine.store.session(crate::store::SessionId(u16::from(entry.session))).sleeps_until.is_some();
    let mut text = match &entry.progress {
        Progress::Waiting(waits) if sleeps => {
            format!("**{} pauses.** {}: {}.", telling.name, telling.quoted(), waits.what)
        }
        Progress::Waiting(waits) if begins => {
            format!("**{} waits.** {} needs {}.", telling.name, telling.quoted(), waits.what)
        }
        Progress::Waiting(waits) => {
            format!("**{} goes on, and waits again.** Now {} needs {}.", telling.name, telling.quoted(), waits.what)
        }
        Progress::Done(outcome) => telling.done(outcome),
    };
    let woken: Vec<_> = machine.woken().iter().map(|&session| name(machine, session)).collect();
    if !woken.is_empty() {
        text += &format!(" {} can go on.", capital(&list(&woken)));
    }
    Note::new(text)
}

/// Time has passed.
pub fn time(machine: &Locking) -> Note {
    let cycle = view::cycle(&machine.store, machine.lanes.len() as u16);
    let woken: Vec<_> = machine.woken().to_vec();
    let Some(&first) = woken.first() else {
        return Note::new(
            "**Time passes, and nothing happens.** Whoever waits has looked why: nobody waits in a circle, so nobody has a reason to give up.",
        );
    };
    let first_name = capital(&name(machine, first));
    let session = machine.store.session(crate::store::SessionId(u16::from(first)));
    let waited = duration(session.waiting.map_or(0, |waiting| machine.store.clock.saturating_sub(waiting.since)));
    Note::new(match session.interrupt.as_ref().map(|error| (error.code, error.message.as_str())) {
        Some(("40P01", _)) => {
            let circle: Vec<_> = cycle.iter().map(|&session| name(machine, session)).collect();
            let waits =
                (0..circle.len()).map(|at| format!("{} waits for {}", circle[at], circle[(at + 1) % circle.len()]));
            let waits: Vec<_> = waits.collect();
            format!(
                "**{first_name} has waited for {waited}: `deadlock_timeout`.** So it is looked why, and there is a circle: {}. \
                 It has no end, so {first_name} gives up its own statement.",
                list(&waits)
            )
        }
        Some((_, message)) => {
            format!(
                "**{first_name} has waited for {waited}.** That is as long as it was allowed to: {}.",
                Note::code(message)
            )
        }
        None => {
            let names: Vec<_> = woken.iter().map(|&session| name(machine, session)).collect();
            format!("**Time passes.** {} can go on.", capital(&list(&names)))
        }
    })
}

struct Telling<'a> {
    machine: &'a Locking,
    entry: &'a Entry,
    before: &'a Before,
    after: &'a SessionState,
    begins: bool,
    name: String,
}

impl Telling<'_> {
    fn done(&self, outcome: &Outcome) -> String {
        let (name, quoted) = (&self.name, self.quoted());
        let mut text = match outcome {
            Outcome::Error(failure) => return self.failed(failure),
            Outcome::Rows(rows) => self.rows(rows),
            Outcome::Command(tag) => match tag.split(' ').collect::<Vec<_>>()[..] {
                ["BEGIN"] | ["START", "TRANSACTION"] => {
                    format!("**{name} begins a transaction.** {}", promise(self.after.isolation))
                }
                ["COMMIT"] => match self.before.state.xid {
                    Some(xid) => format!(
                        "**{name} commits.** What transaction {xid} wrote is in every snapshot that is taken from now on."
                    ),
                    None => format!("**{name} commits.** The transaction only read: nothing changes for the others."),
                },
                ["ROLLBACK"] if self.after.status == Status::InTransaction => {
                    format!(
                        "**{name} goes back to its savepoint.** {quoted}: what it did since then is undone, what it did before stays."
                    )
                }
                ["SAVEPOINT"] => {
                    format!("**{name} sets a savepoint.** {quoted}: the transaction can come back to what it is now.")
                }
                ["ROLLBACK"] if self.before.state.status == Status::Failed => {
                    format!(
                        "**{name}’s transaction is rolled back.** After the error there was nothing else to do: {quoted}."
                    )
                }
                ["ROLLBACK"] => match self.before.state.xid {
                    Some(xid) => {
                        format!("**{name} rolls back.** What transaction {xid} wrote will never be seen by anybody.")
                    }
                    None => format!("**{name} rolls back.** There was nothing to undo."),
                },
                ["UPDATE", "0"] | ["DELETE", "0"] => format!("**{name} finds no row to change.** {quoted}."),
                ["UPDATE", n] => self.wrote(n, "changes", "leaves the old version and adds a new one"),
                ["DELETE", n] => self.wrote(n, "deletes", "only marks the version as ended"),
                ["INSERT", _, "0"] => format!("**{name} inserts nothing.** {quoted}."),
                ["INSERT", _, n] => self.wrote(n, "inserts", "has made a version"),
                [""] => format!("**{name}’s statement is empty.**"),
                _ => format!("**{name}: `{}`.** {quoted}.", tag.replace('`', "ʼ")),
            },
        };
        if !self.begins {
            text = format!("**{name} goes on.** {}{}", self.again(), text.replacen("**", "", 2));
        }
        text
    }

    /// What a statement that waited finds when it goes on.
    fn again(&self) -> String {
        let history = self.machine.store.history.as_ref();
        let entries = history.and_then(|history| history.entries()).unwrap_or_default();
        let mine =
            entries.iter().skip(self.before.events).filter(|entry| entry.session.0 == u16::from(self.entry.session));
        let mut rechecks = mine.filter_map(|entry| match &entry.event {
            Event::Recheck { to, .. } => Some(to.is_some()),
            _ => None,
        });
        match rechecks.next() {
            Some(true) => "The row has changed meanwhile, so its newest version is checked again, and still satisfies the condition. ".into(),
            Some(false) => "The row has changed meanwhile, so its newest version is checked again: it no longer satisfies the condition. ".into(),
            None => match &self.entry.waited {
                Some(waited) if !waited.blockers.is_empty() => {
                    let names: Vec<_> = waited.blockers.iter().map(|&session| name(self.machine, session)).collect();
                    format!("{} no longer {} in the way. ", capital(&list(&names)), if names.len() == 1 { "stands" } else { "stand" })
                }
                _ => String::new(),
            },
        }
    }

    fn rows(&self, rows: &Rows) -> String {
        let (name, quoted) = (&self.name, self.quoted());
        if rows.total == 1 && rows.columns.len() == 1 && rows.columns[0] == "pg_sleep" {
            return format!("**{name}’s pause is over.** {quoted}.");
        }
        let verb = if self.writes() { "writes and gets back" } else { "reads" };
        let text = match (rows.total, rows.rows.first()) {
            (0, _) => format!("**{name} finds no row.** {quoted}."),
            (1, Some(row)) => {
                let cells: Vec<_> = row.iter().map(|cell| cell.as_deref().unwrap_or("null").to_owned()).collect();
                format!("**{name} {verb} {}.** {quoted}.{}", Note::code(&short(&cells.join(", "), 40)), self.holds())
            }
            (total, _) => format!("**{name} {verb} {}.** {quoted}.{}", count(total, "row"), self.holds()),
        };
        match (&self.before.state.snapshot, &self.after.snapshot) {
            (None, Some(_)) => {
                format!("{text} This first statement takes the snapshot that the whole transaction reads from.")
            }
            (Some(_), Some(_)) => format!("{text} It reads from the snapshot of the transaction’s first statement."),
            _ => text,
        }
    }

    /// What a locking clause does beside reading.
    fn holds(&self) -> &'static str {
        let words = short(self.sql(), usize::MAX).to_ascii_uppercase();
        let clauses = ["FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE", "FOR KEY SHARE"];
        let locks = words.starts_with("SELECT") && clauses.iter().any(|clause| words.contains(clause));
        match (locks, self.after.status) {
            (true, Status::InTransaction) => " What it has read is locked until its transaction ends.",
            _ => "",
        }
    }

    fn writes(&self) -> bool {
        self.before.state.xid.is_none() && self.after.xid.is_some() || {
            let first = self.sql().trim_start().get(..6).unwrap_or_default().to_ascii_uppercase();
            ["INSERT", "UPDATE", "DELETE"].contains(&first.as_str())
        }
    }

    fn wrote(&self, rows: &str, verb: &str, how: &str) -> String {
        let (name, quoted) = (&self.name, self.quoted());
        let number: u32 = rows.parse().unwrap_or(0);
        let unseen = match (self.after.status, self.after.xid) {
            (Status::InTransaction, Some(xid)) => {
                format!(" Transaction {xid} {how}, which nobody else sees before it commits.")
            }
            _ => " It is committed at once: no transaction block is open.".to_owned(),
        };
        format!("**{name} {verb} {}.** {quoted}.{unseen}", count(number, "row"))
    }

    fn failed(&self, failure: &Failure) -> String {
        let (name, message) = (&self.name, Note::code(&failure.message));
        let why = match failure.code.as_str() {
            "40001" if failure.message.contains("concurrent") => {
                "Another transaction changed the row and committed after this one’s snapshot was taken: from REPEATABLE READ on, the first to change a row wins."
            }
            "40001" => {
                "It is in the middle of a pattern that no serial order may allow: somebody did not see what it wrote, and it did not see what somebody wrote. One of them has to start again."
            }
            "40P01" => "It gives up its statement and its locks, so that the others can go on.",
            "55P03" => "It was told not to wait, or not as long as this.",
            "23505" => "The key is taken.",
            "23503" => "A reference would lead nowhere.",
            "25P02" => "After an error nothing runs but ROLLBACK.",
            _ => "",
        };
        let session = self.machine.store.session(crate::store::SessionId(u16::from(self.entry.session)));
        let savepoint = session.transaction.as_ref().is_some_and(|transaction| transaction.levels.len() > 1);
        let then = match (self.before.state.status, self.after.status) {
            (Status::InTransaction, Status::Failed) if savepoint => {
                "The transaction can only be rolled back now, or go back to its savepoint."
            }
            (Status::InTransaction, Status::Failed) => "The transaction can only be rolled back now.",
            (Status::InTransaction, Status::Idle) => "The transaction is rolled back.",
            _ => "",
        };
        let text = format!("**{name}’s statement fails ({}):** {message}.", failure.code);
        [text.as_str(), why, then].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    fn sql(&self) -> &str {
        let lane = &self.machine.lanes[usize::from(self.entry.session)];
        lane.statements.get(self.entry.statement as usize).map_or("", |statement| &statement.text)
    }

    fn quoted(&self) -> String {
        Note::code(&short(self.sql(), QUOTED))
    }
}

/// What a level promises.
fn promise(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::ReadCommitted => "At READ COMMITTED every statement sees what has been committed when it begins.",
        Isolation::RepeatableRead => {
            "At REPEATABLE READ its first statement takes the snapshot that all of them read from."
        }
        Isolation::Serializable => {
            "At SERIALIZABLE it reads from one snapshot, and it is remembered what it read, to find out whether some serial order explains it all."
        }
    }
}

/// A statement in one line, without its comments, or its beginning.
pub fn short(sql: &str, most: usize) -> String {
    let lines = sql.lines().map(|line| line.trim_start()).filter(|line| !line.starts_with("--"));
    let words = lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

fn name(machine: &Locking, session: Session) -> String {
    machine
        .lanes
        .get(usize::from(session))
        .map_or_else(|| "Somebody".to_owned(), |lane| lane.name.replace(['*', '`'], ""))
}

fn count(number: u32, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// `a`, `a and b`, `a, b and c`.
pub fn list(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
