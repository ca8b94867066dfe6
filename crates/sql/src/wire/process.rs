//! The server's process behind one connection: it takes a message, does what it says, and answers. (`PostgresMain` in `postgres.c`)

use super::backend::Writer;
use super::frontend::{Message, Reader, Target, not_utf8, protocol};
use super::server::{FUEL, MICRO, World};
use super::types;
use crate::error::SqlError;
use crate::isolation::{Reply, Server as _};
use crate::query::plan::OutputColumn;
use crate::store::SessionId;
use crate::store::extended_query::Analysed;
use crate::value::Value;
use interleave_kernel::{Nanos, Packet, Segment, Served};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Parameters whose value a client is told, at first and whenever it changes. (Manual, 55.2.7)
const REPORTED: &[&str] =
    &["application_name", "client_encoding", "DateStyle", "IntervalStyle", "standard_conforming_strings", "TimeZone"];

/// Nanoseconds until a process runs again that somebody has woken: a signal, and the scheduler.
const WAKING: Nanos = 20_000;

/// One process.
#[derive(Default)]
pub struct Process {
    connection: u32,
    reader: Reader,
    pub session: Option<SessionId>,
    pub secret: u32,
    /// What it has written and not sent.
    out: Writer,
    /// Until when it works on what it has taken.
    free_at: Nanos,
    /// What it waits to be able to go on with, and since when.
    doing: Option<(Doing, Nanos)>,
    /// The client has sent its last byte.
    ended: bool,
    /// It is over.
    pub gone: bool,
    statements: BTreeMap<String, Rc<Analysed>>,
    portals: BTreeMap<String, Portal>,
    /// An error: everything up to the next Sync is left out.
    skips: bool,
    /// What has been done since the client was last told that it may ask.
    serving: Option<Served>,
    reported: Vec<String>,
}

/// What a session is busy with on behalf of a client.
enum Doing {
    Query,
    Parse { name: String },
    Execute { portal: String, most: u32 },
}

/// A statement with values, and what is left of its result.
struct Portal {
    statement: Rc<Analysed>,
    values: Rc<[Value]>,
    /// It is to be described as soon as that is known: it is no query.
    describe: bool,
    result: Option<Outcome>,
}

struct Outcome {
    rows: std::vec::IntoIter<Vec<Option<String>>>,
    tag: String,
}

impl Process {
    pub fn new(connection: u32) -> Self {
        Self { connection, ..Self::default() }
    }

    /// Something has arrived.
    pub fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes);
    }

    /// The client will send nothing more.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// When it takes up the next message, if there is one and it does not wait for something else.
    pub fn next(&self, now: Nanos) -> Option<Nanos> {
        let ready = self.doing.is_none() && !self.gone && (self.reader.is_ready() || self.ended);
        ready.then(|| self.free_at.max(now))
    }

    /// Takes up the next message.
    pub fn work(&mut self, world: &mut World) {
        let message = match self.reader.take() {
            Ok(Some(message)) => message,
            Ok(None) => return self.hang_up(world),
            Err(error) => return self.fatal(world, &error),
        };
        world.store.fuel = FUEL;
        if self.session.is_none() {
            return self.begin(world, message);
        }
        if !matches!(message, Message::Sync | Message::Terminate | Message::Flush) {
            let now = world.now;
            self.serving.get_or_insert_with(|| Served { connection: self.connection, began: now, ..Served::default() });
        }
        match message {
            Message::Terminate => self.hang_up(world),
            Message::Query(text) => self.query(world, &text),
            Message::Sync => self.sync(world),
            Message::Flush => self.flush(world),
            _ if self.skips => {}
            Message::Parse { name, text, types } => self.parse(world, name, &text, &types),
            Message::Bind { portal, statement, formats, values, results } => {
                self.bind(world, portal, statement, &formats, values, &results);
            }
            Message::Describe(target) => self.describe(world, target),
            Message::Execute { portal, most } => self.execute(world, portal, most),
            Message::Close(Target::Statement(name)) => {
                self.statements.remove(&name);
                if let Some(session) = self.session {
                    world.store.forget_statement(session, &name);
                }
                self.out.close_complete();
            }
            Message::Close(Target::Portal(name)) => {
                self.portals.remove(&name);
                self.out.close_complete();
            }
            // Passwords that nobody asked for, and the rest of a COPY that is over.
            Message::Other(b'p' | b'd' | b'c' | b'f') => {}
            Message::Other(kind) => self.fatal(world, &protocol(&format!("invalid frontend message type {kind}"))),
            Message::Startup(_) | Message::Encrypt | Message::Cancel { .. } => {}
        }
    }

    /// When it has been idle for so long that it ends, and in which words.
    pub fn patience(&self, world: &World) -> Option<(Nanos, SqlError)> {
        let session = world.store.session(self.session?);
        if self.gone || self.doing.is_some() || self.serving.is_some() || self.reader.is_ready() {
            return None;
        }
        let (setting, code, why) = match session.block().0 {
            true => ("idle_in_transaction_session_timeout", "25P03", "idle-in-transaction"),
            false => ("idle_session_timeout", "57P05", "idle-session"),
        };
        let patience = session.settings.time(setting)? * 1_000;
        Some((self.free_at + patience, SqlError::new(code, format!("terminating connection due to {why} timeout"))))
    }

    /// Ends if somebody has said that it has to, or it has been idle for too long. (`ProcessInterrupts`)
    pub fn heed(&mut self, world: &mut World) {
        if let Some((_, error)) = self.patience(world).filter(|(at, _)| *at <= world.now) {
            return self.fatal(world, &error);
        }
        if self.session.is_some_and(|session| world.store.session(session).terminated) && !self.gone {
            let error = SqlError::new("57P01", "terminating connection due to administrator command");
            self.fatal(world, &error);
        }
    }

    /// Goes on if what it waited for has come about.
    pub fn resume(&mut self, world: &mut World) {
        let Some(session) = self.session.filter(|session| self.doing.is_some() && !world.store.is_busy(*session))
        else {
            return;
        };
        let Some((doing, since)) = self.doing.take() else { return };
        if let Some(serving) = &mut self.serving {
            serving.waited += world.now - since;
        }
        // Whom a deadlock or its own patience ended tells its client before it lets go of anything, so before anybody else goes on.
        let failed = world.store.session(session).replies.iter().any(|reply| matches!(reply, Reply::Error { .. }));
        if !failed {
            self.spend(world, WAKING);
        }
        self.finish(world, session, doing);
    }

    // ---- The beginning and the end of a connection ----

    fn begin(&mut self, world: &mut World, message: Message) {
        match message {
            Message::Encrypt => {
                self.out.bytes.push(b'N');
                self.flush(world);
            }
            Message::Cancel { process, secret } => {
                world.cancel.push((process, secret));
                self.hang_up(world);
            }
            Message::Startup(parameters) => self.log_in(world, &parameters),
            _ => self.fatal(world, &protocol("expected a startup message")),
        }
    }

    /// Authentication (none: everybody is trusted), settings, and the first prompt. (`InitPostgres`, `BeginReportingGUCOptions`)
    fn log_in(&mut self, world: &mut World, parameters: &[(String, String)]) {
        self.spend(world, world.settings.connection_cost);
        let user = parameters.iter().find(|(name, _)| name == "user").map_or("", |(_, user)| user);
        if user.is_empty() {
            let error = SqlError::new("28000", "no PostgreSQL user name specified in startup packet");
            return self.fatal(world, &error);
        }
        if let Some(error) = world.refuses(user) {
            return self.fatal(world, &error);
        }
        let database = parameters.iter().find(|(name, _)| name == "database").map_or(user, |(_, database)| database);
        if world.settings.database.as_ref().is_some_and(|only| only != database) {
            return self.fatal(world, &SqlError::new("3D000", format!("database \"{database}\" does not exist")));
        }
        let session = world.connect(self.connection);
        world.store.session_mut(session).user = user.into();
        world.store.session_mut(session).database = database.into();
        world.store.session_mut(session).connected = true;
        self.session = Some(session);
        self.secret = world.secret();
        for (name, value) in parameters {
            if matches!(name.as_str(), "user" | "database" | "replication" | "options") {
                continue;
            }
            let settings = Rc::make_mut(&mut world.store.session_mut(session).settings);
            if let Err(error) = settings.set(name, Some(value), false) {
                return self.fatal(world, &error);
            }
        }
        self.out.authentication_ok();
        let fixed = [
            ("server_version", "15.18"),
            ("server_encoding", "UTF8"),
            ("integer_datetimes", "on"),
            ("is_superuser", if user == super::server::SUPERUSER { "on" } else { "off" }),
            ("session_authorization", user),
        ];
        for (name, value) in fixed {
            self.out.parameter_status(name, value);
        }
        self.report_parameters(world, session);
        let process = world.store.session(session).pid();
        self.out.backend_key_data(process, self.secret);
        self.out.ready_for_query(b'I');
        self.flush(world);
    }

    /// Tells the client about parameters that have another value than it knows.
    fn report_parameters(&mut self, world: &World, session: SessionId) {
        let settings = &world.store.session(session).settings;
        self.reported.resize(REPORTED.len(), String::new());
        for (name, known) in REPORTED.iter().zip(&mut self.reported) {
            let value = settings.show(name).unwrap_or_default();
            if *known != value {
                self.out.parameter_status(name, &value);
                *known = value;
            }
        }
    }

    /// The connection ends from this side.
    fn hang_up(&mut self, world: &mut World) {
        self.flush(world);
        let at = self.free_at.max(world.now);
        world.sent.push(Packet { connection: self.connection, at, carries: Segment::End });
        self.gone = true;
    }

    /// An error that ends the connection.
    pub fn fatal(&mut self, world: &mut World, error: &SqlError) {
        self.out.error_response("FATAL", error);
        self.hang_up(world);
    }

    // ---- Simple queries ----

    fn query(&mut self, world: &mut World, text: &str) {
        let Some(session) = self.session else { return };
        self.skips = false;
        self.portals.remove("");
        world.store.start(session, text);
        world.store.settle();
        self.wait_or_finish(world, session, Doing::Query);
    }

    fn wait_or_finish(&mut self, world: &mut World, session: SessionId, doing: Doing) {
        if world.store.is_busy(session) {
            self.doing = Some((doing, world.now));
        } else {
            self.finish(world, session, doing);
        }
    }

    /// The store has done what it was asked.
    fn finish(&mut self, world: &mut World, session: SessionId, doing: Doing) {
        let replies = world.store.take_replies(session);
        self.spend(world, world.store.took(session) * MICRO);
        match doing {
            Doing::Query => {
                for reply in replies {
                    self.simple_reply(reply);
                }
                self.ready(world, session);
            }
            Doing::Parse { name } => {
                let failed = self.notices_and_errors(replies);
                match world.store.take_analysed(session).filter(|_| !failed) {
                    Some(analysed) => {
                        if !name.is_empty() {
                            world.store.name_statement(session, &name, &analysed);
                        }
                        self.statements.insert(name, Rc::new(analysed));
                        self.out.parse_complete();
                    }
                    None => self.skips = true,
                }
            }
            Doing::Execute { portal, most } => self.executed(&portal, most, replies),
        }
    }

    fn simple_reply(&mut self, reply: Reply) {
        match reply {
            Reply::Rows { columns, rows, tag } => {
                self.out.row_description(&columns);
                rows.iter().for_each(|row| self.out.data_row(row));
                self.out.command_complete(&tag);
                self.count(&tag, rows.len());
            }
            Reply::Command(tag) => {
                self.out.command_complete(&tag);
                self.count(&tag, 0);
            }
            Reply::Empty => self.out.empty_query_response(),
            other => {
                self.notices_and_errors(vec![other]);
            }
        }
    }

    /// Counts rows for whoever watches: those that came back, or those that were changed.
    fn count(&mut self, tag: &str, returned: usize) {
        let changes = tag.starts_with("INSERT ") || tag.starts_with("UPDATE ") || tag.starts_with("DELETE ");
        let changed = || tag.rsplit(' ').next().filter(|_| changes).and_then(|number| number.parse().ok()).unwrap_or(0);
        if let Some(serving) = &mut self.serving {
            serving.rows += if returned > 0 { returned as u64 } else { changed() };
        }
    }

    /// Writes them; whether there was an error.
    fn notices_and_errors(&mut self, replies: Vec<Reply>) -> bool {
        let mut failed = false;
        for reply in replies {
            match reply {
                Reply::Notice { severity, message } => self.out.notice_response(severity, &message),
                Reply::Error { severity, error } => {
                    self.out.error_response(severity, &error);
                    if let Some(serving) = &mut self.serving {
                        serving.error = Some(error.code.to_owned());
                    }
                    failed = true;
                }
                _ => {}
            }
        }
        failed
    }

    /// An error that is no statement's own.
    fn refuse(&mut self, world: &mut World, error: SqlError) {
        if let Some(session) = self.session {
            world.store.refuse(session, error);
            let replies = world.store.take_replies(session);
            self.notices_and_errors(replies);
        }
        self.skips = true;
    }

    // ---- Extended queries ----

    fn parse(&mut self, world: &mut World, name: String, text: &str, types: &[u32]) {
        let Some(session) = self.session else { return };
        if !name.is_empty() && self.statements.contains_key(&name) {
            let message = format!("prepared statement \"{name}\" already exists");
            return self.refuse(world, SqlError::new("42P05", message));
        }
        self.statements.remove("");
        let types: Vec<_> = types.iter().map(|oid| types::of(*oid)).collect();
        world.store.start_analysis(session, text, &types);
        self.wait_or_finish(world, session, Doing::Parse { name });
    }

    fn bind(
        &mut self,
        world: &mut World,
        portal: String,
        name: String,
        formats: &[u16],
        values: Vec<Option<Vec<u8>>>,
        results: &[u16],
    ) {
        let Some(session) = self.session else { return };
        let Some(statement) = self.statements.get(&name).cloned() else {
            return self.refuse(world, no_statement(&name));
        };
        let mut texts = Vec::new();
        for (index, value) in values.into_iter().enumerate() {
            let format = formats.get(index).or(formats.first().filter(|_| formats.len() == 1)).copied().unwrap_or(0);
            match value.map(String::from_utf8).transpose() {
                _ if format != 0 => {
                    return self.refuse(world, SqlError::unsupported("parameters in binary format are"));
                }
                Ok(text) => texts.push(text),
                Err(error) => return self.refuse(world, not_utf8(error.as_bytes())),
            }
        }
        if results.iter().any(|format| *format != 0) {
            return self.refuse(world, SqlError::unsupported("results in binary format are"));
        }
        match world.store.bind_values(session, (&statement, &name), &portal, &texts) {
            Some(values) => {
                self.portals.insert(portal, Portal { statement, values, describe: false, result: None });
                self.out.bind_complete();
            }
            None => {
                let replies = world.store.take_replies(session);
                self.notices_and_errors(replies);
                self.skips = true;
            }
        }
    }

    fn describe(&mut self, world: &mut World, target: Target) {
        match target {
            Target::Statement(name) => match self.statements.get(&name).cloned() {
                Some(statement) => {
                    self.out.parameter_description(&statement.params);
                    self.columns(statement.columns.as_deref());
                }
                None => self.refuse(world, no_statement(&name)),
            },
            Target::Portal(name) => match self.portals.get_mut(&name) {
                Some(portal) if portal.statement.columns.is_none() && !portal.statement.empty => portal.describe = true,
                Some(portal) => {
                    let statement = Rc::clone(&portal.statement);
                    self.columns(statement.columns.as_deref());
                }
                None => self.refuse(world, no_portal(&name)),
            },
        }
    }

    fn columns(&mut self, columns: Option<&[OutputColumn]>) {
        match columns {
            Some(columns) if !columns.is_empty() => self.out.row_description(columns),
            _ => self.out.no_data(),
        }
    }

    fn execute(&mut self, world: &mut World, name: String, most: u32) {
        let Some(session) = self.session else { return };
        let Some(portal) = self.portals.get(&name) else { return self.refuse(world, no_portal(&name)) };
        if portal.result.is_some() {
            return self.fetch(&name, most);
        }
        let (statement, values) = (Rc::clone(&portal.statement), Rc::clone(&portal.values));
        world.store.start_bound(session, &statement, values);
        self.wait_or_finish(world, session, Doing::Execute { portal: name, most });
    }

    /// The statement of a portal has run, to its end: what is left of its rows is kept.
    fn executed(&mut self, name: &str, most: u32, replies: Vec<Reply>) {
        let Some(portal) = self.portals.get_mut(name) else { return };
        let describe = std::mem::take(&mut portal.describe);
        let mut others = Vec::new();
        for reply in replies {
            match reply {
                Reply::Rows { columns, rows, tag } => {
                    if describe {
                        self.out.row_description(&columns);
                    }
                    self.count(&tag, rows.len());
                    self.keep(name, rows, tag);
                }
                Reply::Command(tag) => {
                    if describe {
                        self.out.no_data();
                    }
                    self.count(&tag, 0);
                    self.keep(name, Vec::new(), tag);
                }
                Reply::Empty => {
                    self.out.empty_query_response();
                }
                other => others.push(other),
            }
        }
        let failed = self.notices_and_errors(others);
        self.skips |= failed;
        if !failed && self.portals.get(name).is_some_and(|portal| portal.result.is_some()) {
            self.fetch(name, most);
        }
    }

    fn keep(&mut self, name: &str, rows: Vec<Vec<Option<String>>>, tag: String) {
        if let Some(portal) = self.portals.get_mut(name) {
            portal.result = Some(Outcome { rows: rows.into_iter(), tag });
        }
    }

    /// Sends rows of a portal, at most so many unless that is zero.
    fn fetch(&mut self, name: &str, most: u32) {
        let Some(Portal { result: Some(result), .. }) = self.portals.get_mut(name) else { return };
        let many = if most == 0 { usize::MAX } else { most as usize };
        let suspends = result.rows.len() >= many;
        let mut sent = 0;
        for row in result.rows.by_ref().take(many) {
            self.out.data_row(&row);
            sent += 1;
        }
        if suspends {
            return self.out.portal_suspended();
        }
        // Who fetched the rows before these was told of those.
        let tag = if result.tag.starts_with("SELECT ") { format!("SELECT {sent}") } else { result.tag.clone() };
        self.out.command_complete(&tag);
    }

    fn sync(&mut self, world: &mut World) {
        let Some(session) = self.session else { return };
        self.skips = false;
        if !world.store.session(session).block().0 {
            self.portals.clear();
        }
        self.ready(world, session);
    }

    // ---- Sending ----

    /// The client may ask again.
    fn ready(&mut self, world: &mut World, session: SessionId) {
        self.report_parameters(world, session);
        let status = match world.store.session(session).block() {
            (_, true) => b'E',
            (true, false) => b'T',
            (false, false) => b'I',
        };
        self.out.ready_for_query(status);
        let bytes = self.out.bytes.len() as u64;
        self.flush(world);
        if let Some(served) = self.serving.take() {
            world.served.push(Served { ended: self.free_at.max(world.now), bytes, ..served });
        }
    }

    /// Works for a while.
    fn spend(&mut self, world: &World, time: Nanos) {
        self.free_at = self.free_at.max(world.now) + time;
    }

    /// Sends what has been written, when the work on it is done.
    fn flush(&mut self, world: &mut World) {
        let bytes = std::mem::take(&mut self.out.bytes);
        if bytes.is_empty() {
            return;
        }
        let at = self.free_at.max(world.now);
        world.sent.push(Packet { connection: self.connection, at, carries: Segment::Data(bytes) });
    }
}

fn no_statement(name: &str) -> SqlError {
    SqlError::new(
        "26000",
        if name.is_empty() {
            "unnamed prepared statement does not exist".into()
        } else {
            format!("prepared statement \"{name}\" does not exist")
        },
    )
}

fn no_portal(name: &str) -> SqlError {
    SqlError::new("34000", format!("portal \"{name}\" does not exist"))
}
