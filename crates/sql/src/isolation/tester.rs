//! Runs a schedule file and prints what PostgreSQL's `isolationtester` prints, to the byte.
//!
//! The real tester looks every 10 ms whether a step that has not come back is waiting for a lock. So does this one, on the
//! server's clock; while nothing can happen it skips to the moment when something will.

use super::{Blocker, Permutation, PermutationStep, Reply, Server, Spec, StepId, report};
use crate::psql::aligned_pqprint;
use crate::query::plan::OutputColumn;
use crate::store::{Micros, SessionId};
use std::collections::VecDeque;
use std::fmt;

/// How often the tester looks whether a step waits.
pub const TICK: Micros = 10_000;

/// Where a piece of output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// The tester ended before the last permutation did: its exit code is 1. What it writes to stderr.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GaveUp(String);

impl fmt::Display for GaveUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GaveUp {}

/// Runs every permutation of `spec`. A step that takes longer than `patience` (PostgreSQL's is 300 seconds) is cancelled.
pub fn run(
    spec: &Spec,
    server: &mut dyn Server,
    patience: Micros,
    print: &mut dyn FnMut(Stream, &str),
) -> Result<(), GaveUp> {
    for name in &spec.unused {
        print(Stream::Stderr, &format!("unused step name: {name}\n"));
    }
    print(Stream::Stdout, &format!("Parsed test spec with {} sessions\n", spec.sessions.len()));
    let control = Connection::new(server, "control connection");
    let sessions: Vec<_> = spec.sessions.iter().map(|session| Connection::new(server, &session.name)).collect();
    let ids = sessions.iter().map(|session| session.id).collect();
    let mut tester = Tester { spec, server, patience, print, control, sessions, ids };
    if spec.permutations.is_empty() {
        return tester.every_interleaving();
    }
    spec.permutations.iter().try_for_each(|permutation| tester.permutation(permutation))
}

/// What the tester prints for the text of a schedule file, stdout and stderr in one, as PostgreSQL keeps its expected output.
pub fn transcript(text: &str, server: &mut dyn Server) -> String {
    let mut all = String::new();
    let ended = match Spec::parse(text) {
        Ok(spec) => run(&spec, server, 300_000_000, &mut |_, text| all.push_str(text)).map_err(|end| end.to_string()),
        Err(error) => Err(format!("{error}\n")),
    };
    if let Err(last) = ended {
        all.push_str(&last);
    }
    all
}

/// A session as the tester sees it.
struct Connection {
    id: SessionId,
    name: String,
    /// What came and was not looked at yet.
    inbox: VecDeque<Reply>,
    /// How much of it has been sent over: the rest is still with the server.
    arrived: usize,
    /// The text that was sent last: errors point into it.
    sql: String,
    /// Which step of the permutation it is busy with, reports that are held back included.
    active: Option<usize>,
    /// Notices that were printed.
    notices: i64,
}

impl Connection {
    fn new(server: &mut dyn Server, name: &str) -> Self {
        let id = server.connect(name);
        Self {
            id,
            name: name.to_owned(),
            inbox: VecDeque::new(),
            arrived: 0,
            sql: String::new(),
            active: None,
            notices: 0,
        }
    }
}

impl Connection {
    /// The next reply.
    fn take(&mut self) -> Option<Reply> {
        self.arrived = self.arrived.saturating_sub(1);
        self.inbox.pop_front()
    }
}

/// Whether a step was reported.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Report {
    Done,
    Waits,
}

/// How a step is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    /// A step that waits for a lock may go on waiting.
    may_wait: bool,
    /// It was reported as waiting before.
    again: bool,
}

struct Tester<'a> {
    spec: &'a Spec,
    server: &'a mut dyn Server,
    patience: Micros,
    print: &'a mut dyn FnMut(Stream, &str),
    control: Connection,
    sessions: Vec<Connection>,
    ids: Vec<SessionId>,
}

/// A permutation under way.
struct Course<'a> {
    steps: &'a [PermutationStep],
    /// Steps that were reported as waiting, by index, in the order in which they were sent.
    waiting: Vec<usize>,
    /// For each step, the number of notices each of its blockers waits for.
    targets: Vec<Vec<i64>>,
    /// A notice was printed since this was last cleared.
    new_notice: bool,
}

impl Tester<'_> {
    /// Every order of all steps that keeps each session's own; the first session's steps come first.
    fn every_interleaving(&mut self) -> Result<(), GaveUp> {
        let total: usize = self.spec.sessions.iter().map(|session| session.steps.len()).sum();
        let (mut taken, mut order) = (vec![0; self.spec.sessions.len()], Vec::new());
        // The next session to try at each place of `order`.
        let mut next = vec![0];
        while let Some(session) = next.last_mut() {
            if order.len() == total {
                let steps = order.iter().map(|&id| PermutationStep { id, blockers: Vec::new() }).collect();
                self.permutation(&Permutation { steps })?;
            }
            while *session < taken.len() && taken[*session] == self.spec.sessions[*session].steps.len() {
                *session += 1;
            }
            if let Some(step) = taken.get_mut(*session) {
                order.push(StepId { session: *session, step: *step });
                *step += 1;
                *session += 1;
                next.push(0);
            } else {
                next.pop();
                if let Some(last) = order.pop() {
                    taken[last.session] -= 1;
                }
            }
        }
        Ok(())
    }

    fn permutation(&mut self, permutation: &Permutation) -> Result<(), GaveUp> {
        let spec = self.spec;
        let names = permutation.steps.iter().map(|step| format!(" {}", spec.step(step.id).name));
        self.out(&format!("\nstarting permutation:{}\n", names.collect::<String>()));
        self.set_up()?;
        let steps = &permutation.steps;
        let mut course =
            Course { steps, waiting: Vec::new(), targets: vec![Vec::new(); steps.len()], new_notice: false };
        for index in 0..steps.len() {
            self.step(&mut course, index)?;
        }
        self.look_at_waiting(&mut course, Look { may_wait: false, again: true })?;
        if !course.waiting.is_empty() {
            return Err(GaveUp("failed to complete permutation due to mutually-blocking steps\n".into()));
        }
        self.tear_down()
    }

    fn set_up(&mut self) -> Result<(), GaveUp> {
        for sql in &self.spec.setups {
            let failed = self.exec(None, sql)?;
            failed.map_or(Ok(()), |why| Err(GaveUp(format!("setup failed: {why}"))))?;
        }
        for (index, session) in self.spec.sessions.iter().enumerate() {
            let Some(sql) = &session.setup else { continue };
            if let Some(why) = self.exec(Some(index), sql)? {
                return Err(GaveUp(format!("setup of session {} failed: {why}", session.name)));
            }
        }
        Ok(())
    }

    fn tear_down(&mut self) -> Result<(), GaveUp> {
        for (index, session) in self.spec.sessions.iter().enumerate() {
            let Some(sql) = &session.teardown else { continue };
            if let Some(why) = self.exec(Some(index), sql)? {
                (self.print)(Stream::Stderr, &format!("teardown of session {} failed: {why}", session.name));
            }
        }
        if let Some(sql) = &self.spec.teardown
            && let Some(why) = self.exec(None, sql)?
        {
            (self.print)(Stream::Stderr, &format!("teardown failed: {why}"));
        }
        Ok(())
    }

    /// Sends a step, once its session is free.
    fn step(&mut self, course: &mut Course<'_>, index: usize) -> Result<(), GaveUp> {
        let step = &course.steps[index];
        self.wait_for_session(course, step.id.session)?;
        let spec = self.spec;
        self.send(Some(step.id.session), &spec.step(step.id).sql);
        self.sessions[step.id.session].active = Some(index);
        let target = |blocker: &Blocker| match blocker {
            Blocker::Notices { session, count } => self.sessions[*session].notices + i64::from(*count),
            _ => 0,
        };
        course.targets[index] = step.blockers.iter().map(target).collect();

        let report = self.look_at(course, index, Look { may_wait: true, again: false })?;
        self.look_at_waiting(course, Look { may_wait: true, again: true })?;
        if report == Report::Waits {
            course.waiting.push(index);
        }
        Ok(())
    }

    /// Waits until the session's earlier step is reported.
    fn wait_for_session(&mut self, course: &mut Course<'_>, session: usize) -> Result<(), GaveUp> {
        let start = self.server.now();
        while let Some(old) = self.sessions[session].active {
            let before = course.waiting.len();
            if self.look_at(course, old, Look { may_wait: false, again: true })? == Report::Done {
                course.waiting.retain(|&waiting| waiting != old);
            }
            self.look_at_waiting(course, Look { may_wait: true, again: true })?;
            let Some(active) = self.sessions[session].active else { return Ok(()) };
            // Nothing that is done can be reported: only time can change that.
            let limit = start + 2 * self.patience;
            if course.waiting.len() == before && self.server.now() <= limit {
                let until = self.server.next_alarm().unwrap_or(Micros::MAX).min(limit + TICK);
                self.server.advance_to(until);
            }
            let past = self.server.now() - start;
            if past > 2 * self.patience {
                let name = |index: usize| &self.spec.step(course.steps[index].id).name;
                let others = self.sessions.iter().filter_map(|session| session.active);
                return Err(GaveUp(format!(
                    "step {} timed out after {} seconds\nactive steps are:{}\n",
                    name(active),
                    past / 1_000_000,
                    others.map(|index| format!(" {}", name(index))).collect::<String>()
                )));
            }
        }
        Ok(())
    }

    /// Reports what can be reported of the steps that were reported as waiting.
    fn look_at_waiting(&mut self, course: &mut Course<'_>, look: Look) -> Result<(), GaveUp> {
        loop {
            course.new_notice = false;
            let before = course.waiting.len();
            let (mut at, mut held_back) = (0, false);
            while at < course.waiting.len() {
                let index = course.waiting[at];
                match self.look_at(course, index, look)? {
                    Report::Done => {
                        course.waiting.remove(at);
                    }
                    Report::Waits => {
                        held_back |= !course.steps[index].blockers.is_empty();
                        at += 1;
                    }
                }
            }
            // One of them may have been what an earlier one is held back for.
            if !held_back || (course.waiting.len() == before && !course.new_notice) {
                return Ok(());
            }
        }
    }

    /// Waits until a step is done, or is seen to wait for a lock, or is done and held back.
    fn look_at(&mut self, course: &mut Course<'_>, index: usize, look: Look) -> Result<Report, GaveUp> {
        let pstep = &course.steps[index];
        let (session, step) = (pstep.id.session, self.spec.step(pstep.id));
        if !look.again && pstep.blockers.contains(&Blocker::Once) {
            self.out(&format!("step {}: {} <waiting ...>\n", step.name, step.sql));
            return Ok(Report::Waits);
        }
        let id = self.sessions[session].id;
        let (start, mut cancelled) = (self.server.now(), false);
        while self.is_busy(session, course) {
            let jump = look.may_wait && self.server.is_blocked(id, &self.ids);
            if self.wait_a_tick(session, course, jump, start + (1 + u64::from(cancelled)) * self.patience) {
                continue;
            }
            if look.may_wait && self.server.is_blocked(id, &self.ids) {
                if !look.again {
                    self.out(&format!("step {}: {} <waiting ...>\n", step.name, step.sql));
                }
                return Ok(Report::Waits);
            }
            let past = self.server.now() - start;
            if past > self.patience && !cancelled {
                let seconds = past / 1_000_000;
                self.out(&format!("isolationtester: canceling step {} after {seconds} seconds\n", step.name));
                self.server.cancel(id);
                cancelled = true;
            }
            if past > 2 * self.patience {
                return Err(GaveUp(format!("step {} timed out after {} seconds\n", step.name, past / 1_000_000)));
            }
        }
        if self.is_held_back(course, index) {
            if !look.again {
                self.out(&format!("step {}: {} <waiting ...>\n", step.name, step.sql));
            }
            return Ok(Report::Waits);
        }
        self.out(&match look.again {
            true => format!("step {}: <... completed>\n", step.name),
            false => format!("step {}: {}\n", step.name, step.sql),
        });
        self.print_results(session, course)?;
        self.sessions[session].active = None;
        Ok(Report::Done)
    }

    /// One round of waiting: the clock moves by a tick, or, unless `short`, to the next alarm and at the latest just
    /// beyond `limit`. True when something came from the session meanwhile.
    fn wait_a_tick(&mut self, session: usize, course: &mut Course<'_>, short: bool, limit: Micros) -> bool {
        let now = self.server.now();
        let end = if short { now + TICK } else { self.server.next_alarm().unwrap_or(limit).min(limit) + TICK };
        while let Some(alarm) = self.server.next_alarm().filter(|alarm| *alarm <= end) {
            self.server.advance_to(alarm.max(self.server.now()));
            if !self.is_busy(session, course) {
                return true;
            }
        }
        self.server.advance_to(end);
        !self.is_busy(session, course)
    }

    fn is_held_back(&self, course: &Course<'_>, index: usize) -> bool {
        let blockers = course.steps[index].blockers.iter().zip(&course.targets[index]);
        blockers.into_iter().any(|(blocker, target)| match blocker {
            Blocker::Once => false,
            Blocker::Step(id) => self.sessions[id.session].active.is_some_and(|active| course.steps[active].id == *id),
            Blocker::Notices { session, .. } => self.sessions[*session].notices < *target,
        })
    }

    /// Prints the notices that have come, up to the second result. False when there is a result to look at, or nothing
    /// will come any more.
    fn is_busy(&mut self, session: usize, course: &mut Course<'_>) -> bool {
        let connection = &mut self.sessions[session];
        collect(connection, self.server);
        course.new_notice |= print_notices(connection, self.print);
        connection.arrived == 0 && self.server.is_busy(connection.id)
    }

    /// Prints everything that a string of statements comes to. A string whose first result was seen is waited for to its end.
    fn print_results(&mut self, session: usize, course: &mut Course<'_>) -> Result<(), GaveUp> {
        loop {
            let connection = &mut self.sessions[session];
            collect(connection, self.server);
            course.new_notice |= print_notices(connection, self.print);
            let text = match connection.take() {
                Some(Reply::Error { severity, error }) => format!("{severity}:  {}\n", error.message),
                Some(Reply::Rows { columns, rows, .. }) => table(&columns, &rows),
                Some(_) => continue,
                None if self.server.is_busy(connection.id) => {
                    self.pass_time()?;
                    continue;
                }
                None => return Ok(()),
            };
            self.out(&text);
        }
    }

    /// Runs a string to its end. Prints the last result if it is a set of rows; returns the error's text if it failed.
    fn exec(&mut self, session: Option<usize>, sql: &str) -> Result<Option<String>, GaveUp> {
        self.send(session, sql);
        let mut last = None;
        loop {
            let connection = match session {
                Some(index) => &mut self.sessions[index],
                None => &mut self.control,
            };
            collect(connection, self.server);
            match (connection.inbox.front(), session) {
                (Some(Reply::Notice { .. }), Some(_)) => drop(print_notices(connection, self.print)),
                // Nobody wants to know what the control connection is told.
                (Some(Reply::Notice { .. }), None) => drop(connection.take()),
                (Some(_), _) => last = connection.take(),
                (None, _) if self.server.is_busy(connection.id) => self.pass_time()?,
                (None, _) => break,
            }
        }
        Ok(match last {
            Some(Reply::Rows { columns, rows, .. }) => {
                self.out(&table(&columns, &rows));
                None
            }
            Some(Reply::Command(_)) => None,
            Some(Reply::Error { severity, error }) => Some(report(severity, &error, sql)),
            _ => Some(String::new()),
        })
    }

    fn send(&mut self, session: Option<usize>, sql: &str) {
        let connection = match session {
            Some(index) => &mut self.sessions[index],
            None => &mut self.control,
        };
        connection.sql.clear();
        connection.sql.push_str(sql);
        self.server.send(connection.id, sql);
    }

    /// The clock moves to the next alarm. The real tester hangs when there is none.
    fn pass_time(&mut self) -> Result<(), GaveUp> {
        let Some(alarm) = self.server.next_alarm() else {
            return Err(GaveUp("nothing can end this wait: isolationtester would hang here\n".into()));
        };
        self.server.advance_to(alarm.max(self.server.now()));
        Ok(())
    }

    fn out(&mut self, text: &str) {
        (self.print)(Stream::Stdout, text);
    }
}

/// Takes in what the session sent. PostgreSQL keeps results back until the string is at its end, or a notice takes
/// them along.
fn collect(connection: &mut Connection, server: &mut dyn Server) {
    connection.inbox.extend(server.take_replies(connection.id));
    if !server.is_busy(connection.id) {
        connection.arrived = connection.inbox.len();
        return;
    }
    let last = connection.inbox.iter().rposition(|reply| matches!(reply, Reply::Notice { .. } | Reply::Error { .. }));
    connection.arrived = connection.arrived.max(last.map_or(0, |last| last + 1));
}

/// Prints the notices that have arrived before the first result, and those right behind it: libpq reads on to the next
/// message that is none. True when there was one.
fn print_notices(connection: &mut Connection, print: &mut dyn FnMut(Stream, &str)) -> bool {
    let before = connection.notices;
    let mut at = 0;
    while at < connection.arrived.min(2) {
        let Some(Reply::Notice { severity, message }) = connection.inbox.get(at) else {
            at += 1;
            if at > 1 {
                break;
            }
            continue;
        };
        print(Stream::Stdout, &format!("{}: {}", connection.name, report(severity, message, &connection.sql)));
        connection.inbox.remove(at);
        connection.arrived -= 1;
        connection.notices += 1;
    }
    connection.notices > before
}

fn table(columns: &[OutputColumn], rows: &[Vec<Option<String>>]) -> String {
    aligned_pqprint(&columns.iter().map(|column| &*column.name).collect::<Vec<_>>(), rows)
}
