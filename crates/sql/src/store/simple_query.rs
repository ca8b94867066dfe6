//! Running a string of statements, one after the other, each as far as it gets. (`exec_simple_query` in `postgres.c`)

use super::explain::{Explaining, is_silent};
use super::extended_query::{Asked, aborted};
use super::plans::Sizes;
use super::references::{Check, Event};
use super::session::{WaitOn, Waiting};
use super::work::Work;
use super::xact::Snapshot;
use super::{Micros, SessionId, Store};
use crate::error::{Run, SqlError, Stop};
use crate::exec::{Context, Execution};
use crate::isolation::Reply;
use crate::lab::Isolation;
use crate::query::statement::ExplainOptions;
use crate::query::{Command, Environment, Parsed, Prepared, Statement, analyse};
use crate::value::output::output;
use crate::value::{Type, Value};
use std::cell::Cell;
use std::rc::Rc;

/// A string of statements that a session is busy with.
#[derive(Clone, Debug)]
pub struct Running {
    statements: Rc<[Parsed]>,
    /// The one at hand.
    at: usize,
    stage: Stage,
    asked: Asked,
}

/// How far the statement at hand is.
#[derive(Clone, Debug)]
enum Stage {
    /// It has not begun, or its first step has to be made again after a wait.
    Starts,
    /// It hands up rows.
    Executes(Box<Portal>),
    /// It is done but for what its reply may still become: the transaction around it commits.
    Ends { reply: Option<Reply>, commit: Option<Commit> },
}

/// A commit that is being made.
#[derive(Clone, Debug)]
struct Commit {
    how: CommitHow,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum CommitHow {
    Commit { chain: bool },
    Prepare(Rc<str>),
}

/// A plan that is being run.
#[derive(Clone, Debug)]
pub struct Portal {
    execution: Execution,
    prepared: Rc<Prepared>,
    params: Rc<[Value]>,
    snapshot: Rc<Snapshot>,
    command: u32,
    rows: Vec<Vec<Option<String>>>,
    /// Bytes of them.
    bytes: u64,
    count: u64,
    events: Vec<Event>,
    /// The rows are all there; checks are made.
    check: Option<Box<Check>>,
    through: bool,
    /// The plan is wanted, not the rows.
    explaining: Option<Explaining>,
    /// What planning took, and how much had been done when the statement was started. Nanoseconds.
    planning: u64,
    began: u64,
}

impl Running {
    /// Statements that have not begun.
    pub(super) fn new(statements: Rc<[Parsed]>, asked: Asked) -> Self {
        Self { statements, at: 0, stage: Stage::Starts, asked }
    }

    /// The snapshot of the statement at hand, which keeps old versions alive.
    pub fn snapshot(&self) -> Option<&Rc<Snapshot>> {
        match &self.stage {
            Stage::Executes(portal) => Some(&portal.snapshot),
            _ => None,
        }
    }
}

impl Store {
    /// A new session. The name is for people.
    pub fn open_session(&mut self, name: &str) -> SessionId {
        let id = SessionId(self.sessions.len() as u16);
        self.sessions.push(super::session::Session::new(id, name, Rc::clone(&self.defaults)));
        id
    }

    /// Gives an idle session a string of statements and runs it as far as it gets.
    pub fn start(&mut self, me: SessionId, text: &str) {
        self.session_mut(me).statement_began = self.clock;
        self.session_mut(me).work = Work::default();
        if self.session(me).connected {
            self.session_mut(me).query = text.into();
        }
        match self.plans.parse(text) {
            Ok(statements) if statements.is_empty() => self.session_mut(me).replies.push(Reply::Empty),
            Ok(statements) => {
                self.session_mut(me).running = Some(Box::new(Running::new(statements, Asked::Simple)));
                self.go_on(me);
            }
            Err(error) => self.report(me, error),
        }
    }

    /// Goes on with what a session is busy with, as far as it gets.
    pub fn go_on(&mut self, me: SessionId) {
        let before = self.work;
        self.began = self.spent().saturating_sub(self.pace.nanos(&self.session(me).work));
        while let Some(mut running) = self.session_mut(me).running.take() {
            self.see(me);
            self.session_mut(me).runs = true;
            let step = match self.session_mut(me).interrupt.take() {
                Some(error) => {
                    if matches!(running.stage, Stage::Ends { commit: Some(_), .. }) {
                        self.locks.cancel_wait(me);
                        self.rollback(me); // a commit that is interrupted fails, and the block is over
                    }
                    Err(error.into())
                }
                None => self.step(me, &mut running),
            };
            self.session_mut(me).runs = false;
            match step {
                Ok(true) => self.session_mut(me).running = Some(running),
                Ok(false) => {}
                Err(Stop::Wait) => {
                    self.session_mut(me).running = Some(running);
                    self.note_wait(me);
                    break;
                }
                Err(Stop::Error(error)) => self.report(me, *error),
            }
            self.session_mut(me).waiting = None;
        }
        let done = self.work - before;
        self.session_mut(me).work += done;
        self.see_all();
    }

    /// Virtual time that a session's last string of statements has taken so far, waits aside.
    pub fn took(&self, me: SessionId) -> Micros {
        self.pace.micros(&self.session(me).work)
    }

    /// An error ends the string and undoes what it belongs to.
    pub(super) fn report(&mut self, me: SessionId, error: SqlError) {
        let severity = "ERROR";
        self.fail(me);
        let session = self.session_mut(me);
        session.waiting = None;
        session.unsafe_snapshot = None;
        session.replies.push(Reply::Error { severity, error });
    }

    fn note_wait(&mut self, me: SessionId) {
        let on = match self.locks.waiting(me) {
            Some(waiting) => WaitOn::Lock(*waiting),
            None if self.session(me).sleeps_until.is_some() => WaitOn::Sleep,
            None => WaitOn::SafeSnapshot,
        };
        let clock = self.clock;
        let session = self.session_mut(me);
        if session.waiting.is_none_or(|waiting| waiting.on != on) {
            session.waiting = Some(Waiting { since: clock, checked: false, on });
        }
    }

    /// One step of a string: `false` when it is at its end.
    fn step(&mut self, me: SessionId, running: &mut Running) -> Run<bool> {
        let statements = Rc::clone(&running.statements);
        match &mut running.stage {
            Stage::Starts => {
                running.stage = self.begin_statement(me, &statements, running.at, &running.asked)?;
                Ok(true)
            }
            Stage::Executes(portal) => {
                let reply = self.run_portal(me, portal)?;
                running.stage = Stage::Ends { reply: Some(reply), commit: None };
                Ok(true)
            }
            Stage::Ends { reply, commit } => {
                let last = running.at + 1 == statements.len();
                let implicit = self.session(me).transaction.as_ref().is_some_and(|it| !it.explicit);
                if commit.is_none() && last && implicit {
                    *commit = Some(Commit { how: CommitHow::Commit { chain: false } });
                }
                if let Some(commit) = commit {
                    self.run_commit(me, commit)?;
                }
                if let Some(reply) = reply.take() {
                    self.session_mut(me).replies.push(reply);
                }
                running.at += 1;
                running.stage = Stage::Starts;
                Ok(!last)
            }
        }
    }

    fn begin_statement(&mut self, me: SessionId, statements: &Rc<[Parsed]>, at: usize, asked: &Asked) -> Run<Stage> {
        let parsed = &statements[at];
        let statement = &parsed.statement;
        let several = statements.len() > 1;
        if self.session(me).transaction.as_ref().is_some_and(|it| it.failed) && !statement.ends_transaction() {
            return Err(aborted().into());
        }
        self.begin(me);
        let key = (statements.as_ptr() as usize, at);
        if let Asked::Analyse { types } = asked {
            self.analyse_only(me, parsed, Asked::key(statements), types)?;
            return Ok(Stage::Ends { reply: None, commit: None });
        }
        match statement {
            Statement::Query(_) | Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_)
                if let Asked::Bound { types, params, declared } = asked =>
            {
                let key = (!declared).then(|| Asked::key(statements));
                self.plan_and_run(me, parsed, key, (types, params), None)
            }
            Statement::Query(_) | Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_) => {
                self.plan_and_run(me, parsed, Some(key), (&[], &Rc::from([])), None)
            }
            Statement::Execute(execute) => {
                let (named, params) = self.bind_execute(me, execute)?;
                self.plan_and_run(me, &named.statement, None, (&named.types, &params), None)
            }
            // Whoever has no use for EXPLAIN does not carry it.
            Statement::Explain(_) if !cfg!(feature = "explain") => Err(SqlError::unsupported("EXPLAIN is").into()),
            Statement::Explain(explain) => {
                let options = Some(explain.options);
                match &explain.statement.statement {
                    Statement::Execute(execute) => {
                        let (named, params) = self.bind_execute(me, execute)?;
                        self.plan_and_run(me, &named.statement, None, (&named.types, &params), options)
                    }
                    _ => match asked {
                        Asked::Bound { types, params, .. } => {
                            self.plan_and_run(me, &explain.statement, None, (types, params), options)
                        }
                        _ => self.plan_and_run(me, &explain.statement, None, (&[], &Rc::from([])), options),
                    },
                }
            }
            Statement::Commit { chain } => Ok(self.begin_commit(me, CommitHow::Commit { chain: *chain })),
            Statement::PrepareTransaction(name) => {
                let transaction = self.session(me).transaction.as_ref();
                if transaction.is_some_and(|it| it.explicit && !it.failed) {
                    return Ok(self.begin_commit(me, CommitHow::Prepare(Rc::clone(name))));
                }
                if transaction.is_some_and(|it| !it.explicit) {
                    self.warn(me, "25P01", "there is no transaction in progress");
                }
                self.rollback(me);
                Ok(Stage::Ends { reply: Some(Reply::Command("ROLLBACK".into())), commit: None })
            }
            _ => {
                let reply = self.utility(me, parsed, several)?;
                if statement.changes_catalog() {
                    self.count_command(me);
                }
                Ok(Stage::Ends { reply: Some(reply), commit: None })
            }
        }
    }

    fn begin_commit(&mut self, me: SessionId, how: CommitHow) -> Stage {
        let transaction = self.transaction(me);
        let (explicit, failed) = (transaction.explicit, transaction.failed);
        if failed {
            self.rollback(me);
            if how == (CommitHow::Commit { chain: true }) {
                self.chain(me, None);
            }
            return Stage::Ends { reply: Some(Reply::Command("ROLLBACK".into())), commit: None };
        }
        if !explicit {
            self.warn(me, "25P01", "there is no transaction in progress");
        }
        let tag = if matches!(how, CommitHow::Prepare(_)) { "PREPARE TRANSACTION" } else { "COMMIT" };
        Stage::Ends { reply: Some(Reply::Command(tag.into())), commit: Some(Commit { how }) }
    }

    fn run_commit(&mut self, me: SessionId, commit: &Commit) -> Run<()> {
        if self.session(me).transaction.is_none() {
            return Ok(());
        }
        let result = self.try_commit(me, commit);
        if let Err(Stop::Error(_)) = result {
            self.rollback(me); // a commit that fails is a rollback: the block is over
        }
        result
    }

    fn try_commit(&mut self, me: SessionId, commit: &Commit) -> Run<()> {
        self.run_deferred(me)?;
        match &commit.how {
            CommitHow::Commit { chain } => {
                let modes = self.session(me).transaction.as_ref().map(|it| (it.isolation, it.read_only, it.deferrable));
                self.merge_levels(me, 1);
                self.commit(me)?;
                if *chain {
                    self.chain(me, modes);
                }
                Ok(())
            }
            CommitHow::Prepare(name) => self.prepare(me, name),
        }
    }

    /// `AND CHAIN`: another transaction of the same kind.
    pub(super) fn chain(&mut self, me: SessionId, modes: Option<(Isolation, bool, bool)>) {
        let transaction = self.transaction(me);
        transaction.explicit = true;
        if let Some((isolation, read_only, deferrable)) = modes {
            (transaction.isolation, transaction.read_only, transaction.deferrable) = (isolation, read_only, deferrable);
        }
    }

    /// The statement changed or locked something: what comes next in the transaction sees it. (`CommandCounterIncrement`)
    pub(super) fn count_command(&mut self, me: SessionId) {
        if let Some(transaction) = &mut self.session_mut(me).transaction {
            transaction.command += 1;
        }
    }

    /// Analyses and plans a statement, with the locks that takes; from the cache if it was planned before.
    pub(super) fn plan(
        &mut self,
        me: SessionId,
        parsed: &Parsed,
        key: Option<(usize, usize)>,
        types: &[Type],
    ) -> Run<Rc<Prepared>> {
        self.plan_with(me, parsed, key, types, false)
    }

    /// The same; `noted`: with what the planner thought of each node.
    fn plan_with(
        &mut self,
        me: SessionId,
        parsed: &Parsed,
        key: Option<(usize, usize)>,
        types: &[Type],
        noted: bool,
    ) -> Run<Rc<Prepared>> {
        let settings = self.session(me).settings.planner;
        if let Some(plan) = key.and_then(|key| self.cached_plan(key, settings)) {
            for (oid, mode) in &plan.relations {
                self.lock_relation(me, *oid, *mode)?;
            }
            return Ok(plan);
        }
        let catalog = Rc::clone(&self.catalog);
        let sizes = Sizes::of(self);
        let style = self.session(me).settings.style;
        let numbers = Cell::new(0);
        let numbers = (noted || self.plan_log.is_some()).then_some(&numbers);
        let environment = Environment { catalog: &catalog, statistics: &sizes, settings, style, numbers };
        let prepared = analyse(environment, parsed, types, &mut |oid, mode| self.lock_relation(me, oid, mode))?;
        let prepared = Rc::new(prepared);
        if let Some(key) = key {
            self.keep_plan(key, settings, Rc::clone(&prepared), &sizes);
        }
        Ok(prepared)
    }

    fn plan_and_run(
        &mut self,
        me: SessionId,
        parsed: &Parsed,
        key: Option<(usize, usize)>,
        (types, params): (&[Type], &Rc<[Value]>),
        explain: Option<ExplainOptions>,
    ) -> Run<Stage> {
        // A transaction above READ COMMITTED takes its snapshot before it waits for a table.
        let early = self.session(me).transaction.as_ref().is_some_and(|it| it.isolation != Isolation::ReadCommitted);
        if early {
            self.statement_snapshot(me)?;
        }
        let prepared = self.plan_with(me, parsed, key, types, explain.is_some())?;
        let before = self.spent();
        self.work.statements += 1;
        self.work.relations += prepared.relations.len() as u64;
        let began = self.spent();
        let planning = began - before;
        let explaining = explain.filter(|_| cfg!(feature = "explain"));
        let explaining = explaining.map(|options| Explaining { options, planning, began });
        if let Some(explaining) = explaining.filter(|it| !it.options.analyze) {
            let reply = self.explained(me, &prepared, explaining, None);
            return Ok(Stage::Ends { reply: Some(reply), commit: None });
        }
        let read_only = self.transaction(me).read_only;
        if read_only && (prepared.writes || prepared.locks_rows) {
            let what = match prepared.command {
                Command::Insert => "INSERT",
                Command::Update => "UPDATE",
                Command::Delete => "DELETE",
                Command::Select if prepared.locks_rows => parsed.locking_words(),
                Command::Select => "SELECT",
            };
            return Err(SqlError::new("25006", format!("cannot execute {what} in a read-only transaction")).into());
        }
        let snapshot = self.statement_snapshot(me)?;
        let portal = Portal {
            execution: Execution::new(&prepared),
            prepared,
            params: Rc::clone(params),
            snapshot,
            command: self.transaction(me).command,
            rows: Vec::new(),
            bytes: 0,
            count: 0,
            events: Vec::new(),
            check: None,
            through: false,
            explaining,
            planning,
            began,
        };
        Ok(Stage::Executes(Box::new(portal)))
    }

    fn run_portal(&mut self, me: SessionId, portal: &mut Portal) -> Run<Reply> {
        let style = self.session(me).settings.style;
        while !portal.through {
            let mut context = Context {
                store: self,
                session: me,
                params: &portal.params,
                snapshot: Rc::clone(&portal.snapshot),
                crosscheck: None,
                command: portal.command,
                recheck: None,
                events: &mut portal.events,
            };
            match portal.execution.next(&mut context)? {
                Some(row) => {
                    self.session_mut(me).answers.clear();
                    let columns = portal.prepared.columns.iter();
                    let text = columns.zip(&row.values).map(|(column, value)| match value {
                        Value::Null => None,
                        value => Some(output(value, column.ty, &style)),
                    });
                    if portal.explaining.is_none() {
                        let row: Vec<Option<String>> = text.collect();
                        portal.bytes += row.iter().flatten().map(|cell| cell.len() as u64).sum::<u64>();
                        portal.rows.push(row);
                        self.bounds.check_result(portal.rows.len() as u64, portal.bytes)?;
                    }
                }
                None => {
                    self.session_mut(me).answers.clear();
                    portal.count = portal.execution.changed();
                    portal.through = true;
                    if portal.prepared.writes || portal.prepared.locks_rows {
                        self.count_command(me);
                    }
                }
            }
        }
        self.run_events(me, &mut portal.events, &mut portal.check)?;
        if let Some(explaining) = portal.explaining.filter(|_| cfg!(feature = "explain")) {
            return Ok(self.explained(me, &portal.prepared, explaining, Some(&portal.execution)));
        }
        if cfg!(feature = "explain") && self.plan_log.is_some() {
            self.log_plan(me, &portal.prepared, &portal.execution, (portal.planning, portal.began));
        }
        let rows = std::mem::take(&mut portal.rows);
        let count = portal.count;
        let tag = match portal.prepared.command {
            Command::Select => format!("SELECT {}", rows.len()),
            Command::Insert => format!("INSERT 0 {count}"),
            Command::Update => format!("UPDATE {count}"),
            Command::Delete => format!("DELETE {count}"),
        };
        if is_silent(&portal.prepared) {
            return Ok(Reply::Command(tag));
        }
        Ok(Reply::Rows { columns: portal.prepared.columns.clone(), rows, tag })
    }

    /// Says something that is no error.
    pub(super) fn notice(&mut self, me: SessionId, severity: &'static str, message: SqlError) {
        self.session_mut(me).replies.push(Reply::Notice { severity, message });
    }

    pub(super) fn warn(&mut self, me: SessionId, code: &'static str, message: &str) {
        self.notice(me, "WARNING", SqlError::new(code, message));
    }
}

impl Parsed {
    /// The words of the first locking clause, for messages.
    fn locking_words(&self) -> &'static str {
        use crate::query::plan::RowLock;
        match self.source.locks {
            Some(RowLock::KeyShare) => "SELECT FOR KEY SHARE",
            Some(RowLock::Share) => "SELECT FOR SHARE",
            Some(RowLock::NoKeyUpdate) => "SELECT FOR NO KEY UPDATE",
            _ => "SELECT FOR UPDATE",
        }
    }
}
