//! Statements whose parameters come apart from their text: parse, bind, execute. (`exec_parse_message`, `exec_bind_message` and
//! `exec_execute_message` in `postgres.c`; manual, 55.2.3 "Extended Query")
//!
//! What PostgreSQL does in three messages and ends with a fourth, Sync, is two steps of a session here: one that analyses, one that runs.
//! An implicit transaction ends with each of them and not with Sync, which only somebody could tell who runs two statements before one.

use super::session::NamedStatement;
use super::simple_query::Running;
use super::work::Work;
use super::{SessionId, Store};
use crate::error::{Run, SqlError};
use crate::isolation::Reply;
use crate::query::parse::tokenize;
use crate::query::plan::OutputColumn;
use crate::query::source::Places;
use crate::query::{Parsed, Statement};
use crate::value::input::input;
use crate::value::{Type, Value};
use sqlparser::tokenizer::Token;
use std::rc::Rc;

/// What a session is asked to do with the statements it was given.
#[derive(Clone, Debug, Default)]
pub enum Asked {
    /// Run them; they have no parameters.
    #[default]
    Simple,
    /// Find out the types of a statement's parameters and of its columns.
    Analyse { types: Rc<[Type]> },
    /// Run it with these parameters.
    Bound { types: Rc<[Type]>, params: Rc<[Value]>, declared: bool },
}

/// A statement that was analysed.
#[derive(Clone, Debug)]
pub struct Analysed {
    pub text: Rc<str>,
    /// Types of `$1` and so on.
    pub params: Rc<[Type]>,
    /// Types were declared with it, and not all found out.
    pub declared: bool,
    /// What it returns. `None`: it is no query, and only running it tells.
    pub columns: Option<Vec<OutputColumn>>,
    /// It may run in a transaction that failed.
    pub ends_transaction: bool,
    /// There is nothing in it.
    pub empty: bool,
}

impl Store {
    /// Gives an idle session one statement to be analysed, as far as that gets: `types` are those of its first parameters that are known
    /// already ([`Type::Unknown`] is to be found out). What came of it is [`Store::take_analysed`]'s.
    pub fn start_analysis(&mut self, me: SessionId, text: &str, types: &[Type]) {
        self.session_mut(me).analysed = None;
        self.session_mut(me).statement_began = self.clock;
        self.session_mut(me).work = Work::default();
        let statements = match self.plans.parse(text) {
            Ok(statements) => statements,
            Err(error) => return self.report(me, error),
        };
        let declared = types.iter().any(|ty| *ty != Type::Unknown);
        let (empty, one) = (statements.is_empty(), statements.len() == 1);
        if !empty && !one {
            let message = "cannot insert multiple commands into a prepared statement";
            return self.report(me, SqlError::new("42601", message));
        }
        let ends_transaction = statements.first().is_some_and(|parsed| parsed.statement.ends_transaction());
        let analysed =
            Analysed { text: text.into(), params: Rc::from([]), declared, columns: None, ends_transaction, empty };
        self.session_mut(me).analysed = Some(analysed);
        if empty {
            return;
        }
        let mut types = types.to_vec();
        types.resize(types.len().max(parameters(text)), Type::Unknown);
        self.run_asked(me, Running::new(statements, Asked::Analyse { types: types.into() }));
    }

    /// A client has given an analysed statement a name. SQL knows it by the same: `EXECUTE`, `DEALLOCATE`.
    pub fn name_statement(&mut self, me: SessionId, name: &str, analysed: &Analysed) {
        // It was parsed before: a string that is refused now has no statement.
        let parsed = self.plans.parse(&analysed.text).ok().and_then(|statements| statements.first().cloned());
        let session = self.session_mut(me);
        session.prepared.insert(name.into(), Rc::clone(&analysed.text));
        if let Some(statement) = parsed {
            let named = NamedStatement { statement, types: analysed.params.to_vec() };
            session.statements.insert(name.into(), Rc::new(named));
        }
    }

    /// A client has no more use for a statement.
    pub fn forget_statement(&mut self, me: SessionId, name: &str) {
        let session = self.session_mut(me);
        if session.prepared.remove(name).is_some() {
            session.statements.remove(name);
        }
    }

    /// The statement that was analysed last, if it was without an error.
    pub fn take_analysed(&mut self, me: SessionId) -> Option<Analysed> {
        self.session_mut(me).analysed.take()
    }

    /// Reads values as the types of a statement's parameters. An error is a reply of the session's, and its transaction has failed.
    pub fn bind_values(
        &mut self,
        me: SessionId,
        (statement, name): (&Analysed, &str),
        portal: &str,
        values: &[Option<String>],
    ) -> Option<Rc<[Value]>> {
        let result = self.try_bind_values(me, (statement, name), portal, values);
        result.map_err(|error| self.report(me, error)).ok()
    }

    fn try_bind_values(
        &self,
        me: SessionId,
        (statement, name): (&Analysed, &str),
        portal: &str,
        values: &[Option<String>],
    ) -> Result<Rc<[Value]>, SqlError> {
        if values.len() != statement.params.len() {
            let (given, needed) = (values.len(), statement.params.len());
            let message = format!(
                "bind message supplies {given} parameters, but prepared statement \"{name}\" requires {needed}"
            );
            return Err(SqlError::new("08P01", message));
        }
        if self.session(me).block().1 && !statement.ends_transaction {
            return Err(aborted());
        }
        let style = self.session(me).settings.style;
        let read = |(index, (value, ty)): (usize, (&Option<String>, &Type))| match value {
            None => Ok(Value::Null),
            // Whatever PostgreSQL would show of the value, it shows no character of it. (`log_parameter_max_length_on_error`)
            Some(text) => input(text, *ty, None, &style).map_err(|error| {
                let portal = if portal.is_empty() { "unnamed portal".into() } else { format!("portal \"{portal}\"") };
                error.context(format!("{portal} parameter ${} = '...'", index + 1))
            }),
        };
        values.iter().zip(statement.params.iter()).enumerate().map(read).collect()
    }

    /// Gives an idle session an analysed statement to run with the values of its parameters, and runs it as far as it gets.
    pub fn start_bound(&mut self, me: SessionId, statement: &Analysed, params: Rc<[Value]>) {
        self.session_mut(me).statement_began = self.clock;
        self.session_mut(me).work = Work::default();
        self.session_mut(me).query = Rc::clone(&statement.text);
        match self.plans.parse(&statement.text) {
            Ok(statements) if statements.is_empty() => self.session_mut(me).replies.push(Reply::Empty),
            Ok(statements) => {
                let asked = Asked::Bound { types: Rc::clone(&statement.params), params, declared: statement.declared };
                self.run_asked(me, Running::new(statements, asked));
            }
            Err(error) => self.report(me, error),
        }
    }

    /// An error that is not a statement's own fails the session's transaction all the same.
    pub fn refuse(&mut self, me: SessionId, error: SqlError) {
        self.report(me, error);
        self.settle();
    }

    fn run_asked(&mut self, me: SessionId, running: Running) {
        self.session_mut(me).running = Some(Box::new(running));
        self.go_on(me);
        self.settle();
    }

    /// Analyses a statement and keeps what was found out.
    pub(super) fn analyse_only(
        &mut self,
        me: SessionId,
        parsed: &Parsed,
        key: (usize, usize),
        types: &[Type],
    ) -> Run<()> {
        // The parameters of a statement that is to be explained are those of EXPLAIN; its columns are not.
        let (planned, explained) = match &parsed.statement {
            Statement::Explain(explain) => (&*explain.statement, true),
            _ => (parsed, false),
        };
        let plannable = matches!(
            planned.statement,
            Statement::Query(_) | Statement::Insert(_) | Statement::Update(_) | Statement::Delete(_)
        );
        if !plannable {
            return Ok(());
        }
        let declared = types.iter().any(|ty| *ty != Type::Unknown);
        let plan = self.plan(me, planned, (!declared && !explained).then_some(key), types)?;
        let nothing = |ty: &Type| matches!(ty, Type::Unknown | Type::Any) || ty.is_polymorphic();
        if let Some(unknown) = plan.params.iter().position(nothing) {
            let message = format!("could not determine data type of parameter ${}", unknown + 1);
            return Err(SqlError::new("42P18", message).into());
        }
        if let Some(analysed) = &mut self.session_mut(me).analysed {
            analysed.params = plan.params.clone().into();
            analysed.columns = (!explained).then(|| plan.columns.clone());
        }
        Ok(())
    }
}

impl Asked {
    /// Where a plan for a statement with parameters is kept: beside the one for a string without, *never* in its place.
    pub(super) fn key(statements: &Rc<[Parsed]>) -> (usize, usize) {
        (statements.as_ptr() as usize, usize::MAX)
    }
}

/// 25P02
pub(super) fn aborted() -> SqlError {
    SqlError::new("25P02", "current transaction is aborted, commands ignored until end of transaction block")
}

/// How many parameters a text has: the greatest number that follows a `$`.
fn parameters(text: &str) -> usize {
    let number = |token: sqlparser::tokenizer::TokenWithSpan| match token.token {
        Token::Placeholder(name) => name.strip_prefix('$')?.parse::<u16>().ok(),
        _ => None,
    };
    // What is not a text of tokens has been refused before.
    let tokens = tokenize(text, &Places::new(text)).unwrap_or_default();
    tokens.into_iter().filter_map(number).max().map_or(0, usize::from)
}
