//! One strategy on one workload: clients and a store in virtual time.

use super::agenda::Agenda;
use super::client::{Client, State};
use super::program::{self, Seen, Step};
use super::tally::Tally;
use super::{Doing, Figures, Strategy, Workload};
use crate::isolation::{Reply, Server};
use crate::store::{Micros, SessionId};

/// The most statements of one run.
const BUDGET: u32 = 20_000;

pub struct Run<S> {
    server: S,
    workload: Workload,
    strategy: Strategy,
    steps: Vec<Step>,
    clients: Vec<Client>,
    /// Those whose statement waits, in the order in which they began to.
    waiting: Vec<usize>,
    agenda: Agenda,
    /// A session that looks and never takes part.
    observer: SessionId,
    tally: Tally,
    /// When the watching began: the store's clock is not at zero once its table is there.
    start: Micros,
    statements: u32,
    stopped: Option<String>,
}

impl<S: Server> Run<S> {
    /// A store with its table and its clients, at time zero. The workload is within its bounds.
    pub fn new(mut server: S, workload: &Workload, strategy: Strategy) -> Self {
        let observer = server.connect("observer");
        let mut stopped = None;
        for statement in program::setup(workload.rows) {
            server.send(observer, &statement);
            if let Some(failure) = failure(&server.take_replies(observer)) {
                stopped.get_or_insert(failure.message);
            }
        }
        let start = server.now();
        let mut agenda = Agenda::default();
        let clients: Vec<Client> = (0..workload.clients)
            .map(|number| Client::new(server.connect(&format!("client {}", number + 1)), number, workload))
            .collect();
        for (at, client) in clients.iter().enumerate() {
            agenda.put(start + client.errand.think, at);
        }
        let accounts = if workload.transfers { 2 } else { 1 };
        Self {
            server,
            workload: workload.clone(),
            strategy,
            steps: program::program(strategy, accounts),
            clients,
            waiting: Vec::new(),
            agenda,
            observer,
            tally: Tally::default(),
            start,
            statements: 0,
            stopped,
        }
    }

    /// Lets time pass until `time`, in microseconds from the start.
    pub fn run_until(&mut self, time: Micros) {
        let end = self.start + time;
        while self.stopped.is_none() {
            let alarm = self.server.next_alarm().filter(|&alarm| alarm <= end);
            let event = self.agenda.next_time().filter(|&event| event <= end);
            match (alarm, event) {
                (None, None) => break,
                (Some(alarm), event) if event.is_none_or(|event| alarm <= event) => self.server.advance_to(alarm),
                (_, Some(event)) => {
                    self.server.advance_to(event);
                    if let Some(client) = self.agenda.take() {
                        self.go_on(client);
                    }
                }
                (Some(_), None) => break,
            }
            self.wake();
        }
        self.server.advance_to(end);
    }

    pub fn strategy(&self) -> Strategy {
        self.strategy
    }

    /// Why the run cannot go on.
    pub fn stopped(&self) -> Option<&str> {
        self.stopped.as_deref()
    }

    /// What was counted so far.
    pub fn figures(&mut self) -> Figures {
        let kept = self.kept();
        self.tally.figures(kept)
    }

    /// What every client is at.
    pub fn doing(&self) -> Vec<Doing> {
        self.clients.iter().map(Client::doing).collect()
    }

    /// How many changes the table has: counted there, not worked out here.
    fn kept(&mut self) -> u64 {
        self.server.send(self.observer, program::COUNT);
        let replies = self.server.take_replies(self.observer);
        first_row(&replies).and_then(|row| row.first()?.as_deref()?.parse().ok()).unwrap_or(0)
    }

    /// What a client planned has come due.
    fn go_on(&mut self, at: usize) {
        let now = self.server.now();
        match self.clients[at].state {
            State::Thinking => {
                self.clients[at].begin(now);
                self.proceed(at);
            }
            State::BackingOff => {
                self.tally.counted.retries += 1;
                self.clients[at].again();
                self.proceed(at);
            }
            State::Working => {
                self.clients[at].step += 1;
                self.proceed(at);
            }
            State::Sending => {
                let sql = self.sql(at);
                self.send(at, &sql);
                if self.server.is_busy(self.clients[at].session) {
                    self.clients[at].state = State::Waiting;
                    self.clients[at].asked = now;
                    self.waiting.push(at);
                } else {
                    self.answered(at);
                }
            }
            State::Leaving => {
                self.send(at, "ROLLBACK");
                self.server.take_replies(self.clients[at].session);
                self.stay_away(at);
            }
            // It is not on the agenda: the store wakes it.
            State::Waiting => {}
        }
    }

    /// Those whose wait is over go on.
    fn wake(&mut self) {
        let now = self.server.now();
        let (server, clients) = (&self.server, &self.clients);
        let (still, woken): (Vec<usize>, Vec<usize>) =
            self.waiting.iter().partition(|&&at| server.is_busy(clients[at].session));
        self.waiting = still;
        for at in woken {
            let client = &mut self.clients[at];
            client.waited += now - client.asked;
            self.answered(at);
        }
    }

    /// Turns to the next step of the transaction.
    fn proceed(&mut self, at: usize) {
        let now = self.server.now();
        let client = &mut self.clients[at];
        let (state, takes) = match self.steps[client.step] {
            Step::Work => (State::Working, client.errand.work),
            _ => (State::Sending, client.errand.latency(&self.workload)),
        };
        client.state = state;
        self.agenda.put(now + takes, at);
    }

    fn sql(&self, at: usize) -> String {
        let client = &self.clients[at];
        match self.steps[client.step] {
            Step::Begin => program::begin(self.strategy).into(),
            Step::Read(index) => program::read(self.strategy, client.errand.accounts[index].0),
            Step::Write(index) => {
                let (id, amount) = client.errand.accounts[index];
                program::write(self.strategy, id, amount, client.seen[index])
            }
            Step::Commit | Step::Work => "COMMIT".into(),
        }
    }

    fn send(&mut self, at: usize, sql: &str) {
        self.server.send(self.clients[at].session, sql);
        self.statements += 1;
        if self.statements >= BUDGET {
            self.stopped = Some(format!("after {BUDGET} statements"));
        }
    }

    /// The statement of the current step was run, or refused.
    fn answered(&mut self, at: usize) {
        let replies = self.server.take_replies(self.clients[at].session);
        let step = self.steps[self.clients[at].step];
        if let Some(failure) = failure(&replies) {
            match failure.code {
                "40001" => self.tally.counted.refused += 1,
                "40P01" => self.tally.counted.deadlocks += 1,
                _ => self.stopped = Some(failure.message),
            }
            // A commit that fails has ended its transaction.
            return if step == Step::Commit { self.stay_away(at) } else { self.leave(at) };
        }
        match step {
            Step::Read(index) => self.clients[at].seen[index] = seen(&replies),
            Step::Write(_) if replies.contains(&Reply::Command("UPDATE 0".into())) => {
                self.tally.counted.stale += 1;
                return self.leave(at);
            }
            Step::Commit => return self.committed(at),
            _ => {}
        }
        self.clients[at].step += 1;
        self.proceed(at);
    }

    fn committed(&mut self, at: usize) {
        let now = self.server.now();
        let client = &self.clients[at];
        self.tally.commit(client.errand.accounts.len(), client.waited, now - client.begun);
        self.next(at);
    }

    /// Rolls back.
    fn leave(&mut self, at: usize) {
        let now = self.server.now();
        let client = &mut self.clients[at];
        client.state = State::Leaving;
        let takes = client.errand.latency(&self.workload);
        self.agenda.put(now + takes, at);
    }

    /// An attempt has failed and is rolled back: there will be another, after a while, or none.
    fn stay_away(&mut self, at: usize) {
        let now = self.server.now();
        let client = &mut self.clients[at];
        if client.attempt >= self.workload.attempts {
            self.tally.counted.given_up += 1;
            return self.next(at);
        }
        client.state = State::BackingOff;
        let pause = client.errand.backoff(&self.workload, client.attempt);
        self.agenda.put(now + pause, at);
    }

    fn next(&mut self, at: usize) {
        let now = self.server.now();
        let think = self.clients[at].next_errand(&self.workload);
        self.agenda.put(now + think, at);
    }
}

/// An error that the store answered with.
pub struct Failure {
    code: &'static str,
    message: String,
}

/// The first error among some replies.
pub fn failure(replies: &[Reply]) -> Option<Failure> {
    replies.iter().find_map(|reply| match reply {
        Reply::Error { error, .. } => Some(Failure { code: error.code, message: error.message.clone() }),
        _ => None,
    })
}

fn first_row(replies: &[Reply]) -> Option<&Vec<Option<String>>> {
    replies.iter().find_map(|reply| match reply {
        Reply::Rows { rows, .. } => rows.first(),
        _ => None,
    })
}

fn seen(replies: &[Reply]) -> Seen {
    let number = |column: usize| first_row(replies)?.get(column)?.as_deref()?.parse().ok();
    Seen { balance: number(0).unwrap_or_default(), version: number(1).unwrap_or_default() }
}
