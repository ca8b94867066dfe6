//! Processes beside each other, in virtual time. (`postmaster.c`)
//!
//! A message is taken up when it has arrived and its process is free. What it does to the store happens at that moment, all at once; its
//! answer leaves when the [work](super::cost) on it is done, and only then does the process take up the next. So what a statement has
//! locked is let go a little early, by less than its own duration.

use super::process::Process;
use crate::error::SqlError;
use crate::isolation::{Reply, Server as _};
use crate::query::parse;
use crate::store::{SessionId, Store};
use interleave_kernel::{Dice, Exchange, Nanos, Packet, Remote, Segment, Served};
use std::collections::{BTreeMap, VecDeque};

/// The user for whom the last connections are kept.
pub const SUPERUSER: &str = "postgres";
/// How many. (`superuser_reserved_connections`)
const RESERVED: usize = 3;
/// Rows that one message may look at.
pub const FUEL: u64 = 3_000_000;
/// Nanoseconds in one of the store's.
pub const MICRO: Nanos = 1_000;

/// What a server is like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What a new connection takes: a process is forked, and somebody let in.
    pub connection_cost: Nanos,
    pub max_connections: usize,
    /// The one database there is; without a name it is called whatever clients call it.
    pub database: Option<String>,
    /// Seeds `random()`, and secrets.
    pub seed: u64,
    /// Whether the plans of statements are kept as they were run: [`Store::plan_log`].
    pub log_plans: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { connection_cost: 5_000_000, max_connections: 100, database: None, seed: 1, log_plans: false }
    }
}

/// A server and everybody who is connected to it.
pub struct Server {
    world: World,
    processes: BTreeMap<u32, Process>,
}

/// What processes share.
pub struct World {
    pub store: Store,
    pub settings: Settings,
    pub now: Nanos,
    pub sent: Vec<Packet>,
    pub served: Vec<Served>,
    /// Processes that somebody wants to stop what they do, with their secrets.
    pub cancel: Vec<(u32, u32)>,
    /// Sessions that are connected, and sessions that were.
    connected: usize,
    free: Vec<SessionId>,
    dice: Dice,
}

impl World {
    /// Why there is no connection for a user, if there is none.
    pub fn refuses(&self, user: &str) -> Option<SqlError> {
        let left = self.settings.max_connections.saturating_sub(self.connected);
        match left {
            0 => Some(SqlError::new("53300", "sorry, too many clients already")),
            1..=RESERVED if user != SUPERUSER => Some(SqlError::new(
                "53300",
                "remaining connection slots are reserved for non-replication superuser connections",
            )),
            _ => None,
        }
    }

    /// A session for a new connection.
    pub fn connect(&mut self, connection: u32) -> SessionId {
        self.connected += 1;
        match self.free.pop() {
            Some(session) => session,
            None => self.store.open_session(&format!("connection {}", connection + 1)),
        }
    }

    fn disconnect(&mut self, session: SessionId) {
        self.store.disconnect(session);
        self.connected -= 1;
        self.free.push(session);
    }

    /// What a client has to know to cancel what a process does.
    pub fn secret(&mut self) -> u32 {
        self.dice.roll() as u32
    }

    /// Time passes, and what the store does by itself until then happens.
    fn pass(&mut self, until: Nanos) {
        self.now = self.now.max(until);
        self.store.fuel = FUEL;
        self.store.advance_to(self.now / MICRO);
    }
}

impl Server {
    /// Starts a server whose database has been set up with a string of statements. That takes no time.
    ///
    /// # Errors
    /// A sentence that says which statement of the string failed and why.
    pub fn start(schema: &str, settings: Settings) -> Result<Self, String> {
        Ok(Self::with(Self::set_up(schema, settings.seed)?, settings))
    }

    /// A database that has been set up with a string of statements, to start any number of servers with. `seed` is for its `random()`.
    ///
    /// # Errors
    /// A sentence that says which statement of the string failed and why.
    pub fn set_up(schema: &str, seed: u64) -> Result<Store, String> {
        let mut store = Store::default();
        store.seed = seed;
        let session = store.open_session("setup");
        for parsed in parse(schema).map_err(|error| refused(schema, &error))? {
            store.fuel = FUEL;
            store.send(session, parsed.source.statement());
            while let Some(alarm) = store.next_alarm().filter(|_| store.is_busy(session)) {
                store.advance_to(alarm);
            }
            let error = store.take_replies(session).into_iter().find_map(|reply| match reply {
                Reply::Error { error, .. } => Some(error),
                _ => None,
            });
            if let Some(mut error) = error {
                let before = schema[..parsed.source.range.start].chars().count() as u32;
                error.position = Some(before + error.position.unwrap_or(1));
                return Err(refused(schema, &error));
            }
        }
        store.disconnect(session);
        store.clock = 0;
        Ok(store)
    }

    /// Starts a server with a database.
    pub fn with(mut store: Store, settings: Settings) -> Self {
        store.seed = settings.seed;
        store.plan_log = settings.log_plans.then(Box::default);
        let dice = Dice::new(settings.seed);
        // The session that has set it up is free.
        let free = (0..store.sessions.len() as u16).map(SessionId).collect();
        let world = World {
            store,
            settings,
            now: 0,
            sent: Vec::new(),
            served: Vec::new(),
            cancel: Vec::new(),
            connected: 0,
            free,
            dice,
        };
        Self { world, processes: BTreeMap::new() }
    }

    /// The store behind it, for whoever wants to look.
    pub fn store(&self) -> &Store {
        &self.world.store
    }

    fn next(&self) -> Option<Nanos> {
        let now = self.world.now;
        let processes = self.processes.values().filter_map(|process| process.next(now));
        let alarm = self.world.store.next_alarm().map(|alarm| (alarm * MICRO).max(now));
        let patience = self.processes.values().filter_map(|process| process.patience(&self.world));
        processes.chain(alarm).chain(patience.map(|(at, _)| at.max(now))).min()
    }

    /// What arrives at this moment.
    fn accept(&mut self, packet: Packet) {
        let Packet { connection, carries, .. } = packet;
        match carries {
            Segment::Open => {
                self.processes.insert(connection, Process::new(connection));
            }
            Segment::Data(bytes) => match self.processes.get_mut(&connection) {
                Some(process) => process.push(&bytes),
                None => {
                    let at = self.world.now;
                    self.world.sent.push(Packet { connection, at, carries: Segment::Reset });
                }
            },
            // A process notices when it has done what it was asked before. (`client_connection_check_interval` is off.)
            Segment::End | Segment::Reset => {
                if let Some(process) = self.processes.get_mut(&connection) {
                    process.end();
                }
            }
        }
    }

    /// Lets a process that is free take up its next message; the first of them that were connected goes first.
    fn work(&mut self) {
        let now = self.world.now;
        let ready = self.processes.values_mut().find(|process| process.next(now).is_some_and(|at| at <= now));
        if let Some(process) = ready {
            process.work(&mut self.world);
        }
        self.cancel();
        self.resume();
    }

    /// Lets processes go on whose session is done with what it waited for, and buries those that are gone.
    fn resume(&mut self) {
        for process in self.processes.values_mut() {
            process.resume(&mut self.world);
            process.heed(&mut self.world);
        }
        let gone: Vec<u32> = self.processes.iter().filter(|(_, process)| process.gone).map(|(key, _)| *key).collect();
        for key in gone {
            let process = self.processes.remove(&key);
            if let Some(session) = process.and_then(|process| process.session) {
                self.world.disconnect(session);
                self.resume(); // what it had locked is free
            }
        }
    }

    fn cancel(&mut self) {
        for (number, secret) in std::mem::take(&mut self.world.cancel) {
            let session = |process: &&Process| {
                process.secret == secret
                    && process.session.is_some_and(|session| self.world.store.session(session).pid() == number)
            };
            if let Some(session) = self.processes.values().find(session).and_then(|process| process.session) {
                self.world.store.cancel(session);
            }
        }
    }
}

impl Remote for Server {
    fn exchange(&mut self, arrived: Vec<Packet>, until: Nanos) -> Exchange {
        let mut arrived = VecDeque::from(arrived);
        loop {
            let arrival = arrived.front().map(|packet| packet.at.max(self.world.now));
            let Some(at) = arrival.into_iter().chain(self.next()).min().filter(|at| *at <= until) else { break };
            self.world.pass(at);
            self.resume();
            match arrived.pop_front_if(|packet| packet.at <= at) {
                Some(packet) => self.accept(packet),
                None => self.work(),
            }
        }
        self.world.pass(until);
        self.resume();
        let (sent, served) = (std::mem::take(&mut self.world.sent), std::mem::take(&mut self.world.served));
        Exchange { sent, due: self.next(), served }
    }
}

/// Which line of a schema failed, and why.
fn refused(schema: &str, error: &SqlError) -> String {
    let place = error.position.map_or(String::new(), |position| {
        let line = schema.chars().take(position as usize - 1).filter(|c| *c == '\n').count() + 1;
        format!(" on line {line}")
    });
    format!("The schema cannot be set up: PostgreSQL says{place}: {} ({}).", error.message, error.code)
}
