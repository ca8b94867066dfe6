//! Statements that are no queries: transactions, settings, locks. (`utility.c`) What defines things is in [`super::ddl`].

use super::session::NamedStatement;
use super::settings::{Settings, parse_isolation};
use super::{SessionId, Store};
use crate::catalog::Relation;
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::isolation::Reply;
use crate::lab::Isolation;
use crate::locks::{Hold, LockTag};
use crate::query::plan::OutputColumn;
use crate::query::statement::{Execute, IsolationLevel, Lock, Name, TransactionModes};
use crate::query::{Parsed, Statement};
use crate::value::{Type, Value};
use std::rc::Rc;

impl Statement {
    /// Whether it is let through in a transaction that failed.
    pub(super) fn ends_transaction(&self) -> bool {
        matches!(
            self,
            Statement::Commit { .. }
                | Statement::Rollback { .. }
                | Statement::RollbackTo(_)
                | Statement::PrepareTransaction(_)
        )
    }

    /// Whether it writes to the catalog, and so is a command that is counted.
    pub(super) fn changes_catalog(&self) -> bool {
        matches!(
            self,
            Statement::CreateTable(_)
                | Statement::CreateTableAs(_)
                | Statement::CreateIndex(_)
                | Statement::CreateView(_)
                | Statement::CreateSequence(_)
                | Statement::AlterSequence(_)
                | Statement::AlterTable(_)
                | Statement::Drop(_)
                | Statement::Truncate(_)
                | Statement::Analyze(_)
                | Statement::Vacuum { .. }
        )
    }
}

fn level(level: IsolationLevel) -> Isolation {
    match level {
        IsolationLevel::ReadUncommitted | IsolationLevel::ReadCommitted => Isolation::ReadCommitted,
        IsolationLevel::RepeatableRead => Isolation::RepeatableRead,
        IsolationLevel::Serializable => Isolation::Serializable,
    }
}

fn done(tag: &str) -> Run<Reply> {
    Ok(Reply::Command(tag.into()))
}

impl Store {
    /// Runs a statement that is no query. It is called again after a wait. `several`: it is not alone in its string.
    pub(super) fn utility(&mut self, me: SessionId, parsed: &Parsed, several: bool) -> Run<Reply> {
        match &parsed.statement {
            Statement::Begin(modes) => self.begin_block(me, *modes),
            Statement::Rollback { chain } => {
                let transaction = self.transaction(me);
                let modes = (transaction.isolation, transaction.read_only, transaction.deferrable);
                if !transaction.explicit {
                    self.warn(me, "25P01", "there is no transaction in progress");
                }
                self.rollback(me);
                if *chain {
                    self.chain(me, Some(modes));
                }
                done("ROLLBACK")
            }
            Statement::Savepoint(name) => {
                self.only_in_block(me, "SAVEPOINT")?;
                self.savepoint(me, Rc::clone(&name.name));
                done("SAVEPOINT")
            }
            Statement::RollbackTo(name) => {
                self.only_in_block(me, "ROLLBACK TO SAVEPOINT")?;
                let undone: Vec<_> = self.transaction(me).levels.iter().filter_map(|level| level.xid).collect();
                self.rollback_to(me, &name.name)?;
                let undone: Vec<_> = undone.into_iter().filter(|xid| self.xacts.aborted(*xid)).collect();
                self.note_undo(me, undone);
                done("ROLLBACK")
            }
            Statement::Release(name) => {
                self.only_in_block(me, "RELEASE SAVEPOINT")?;
                self.release_savepoint(me, &name.name)?;
                done("RELEASE")
            }
            Statement::CommitPrepared(name) | Statement::RollbackPrepared(name) => {
                let commit = matches!(parsed.statement, Statement::CommitPrepared(_));
                let tag = if commit { "COMMIT PREPARED" } else { "ROLLBACK PREPARED" };
                self.never_in_block(me, tag, several)?;
                self.finish_prepared(name, commit)?;
                self.note_finish_prepared(me, name, commit);
                done(tag)
            }
            Statement::Set(set) => {
                if set.local && !self.transaction(me).explicit && !several {
                    self.warn(me, "25P01", "SET LOCAL can only be used in transaction blocks");
                }
                self.set(me, &set.name, set.value.as_deref(), set.local)?;
                done("SET")
            }
            Statement::Show(name) => {
                let value = self.show(me, name)?;
                let column = OutputColumn::new(Settings::heading(name), Type::Text, None);
                Ok(Reply::Rows { columns: vec![column], rows: vec![vec![Some(value)]], tag: "SHOW".into() })
            }
            Statement::Reset(Some(name)) => {
                self.set(me, name, None, false)?;
                done("RESET")
            }
            Statement::Reset(None) => {
                let defaults = Rc::clone(&self.defaults);
                self.session_mut(me).settings = defaults;
                done("RESET")
            }
            Statement::SetTransaction(modes) => {
                if !self.transaction(me).explicit && !several {
                    self.warn(me, "25P01", "SET TRANSACTION can only be used in transaction blocks");
                }
                self.set_modes(me, *modes)?;
                done("SET")
            }
            Statement::SetSessionCharacteristics(modes) => {
                let onoff = |on: bool| if on { "on" } else { "off" };
                if let Some(wanted) = modes.level {
                    let value = level(wanted).sql().to_lowercase();
                    self.set(me, "default_transaction_isolation", Some(&value), false)?;
                }
                if let Some(on) = modes.read_only {
                    self.set(me, "default_transaction_read_only", Some(onoff(on)), false)?;
                }
                if let Some(on) = modes.deferrable {
                    self.set(me, "default_transaction_deferrable", Some(onoff(on)), false)?;
                }
                done("SET")
            }
            Statement::SetConstraints { names: _, deferred } => {
                if !self.transaction(me).explicit && !several {
                    self.warn(me, "25P01", "SET CONSTRAINTS can only be used in transaction blocks");
                }
                self.transaction(me).constraints_deferred = Some(*deferred);
                if !*deferred {
                    self.run_deferred(me)?;
                }
                done("SET CONSTRAINTS")
            }
            Statement::Lock(lock) => self.lock_tables(me, lock),
            Statement::Prepare(prepare) => {
                let named = NamedStatement { statement: (*prepare.statement).clone(), types: prepare.types.clone() };
                let name = &prepare.name.name;
                if self.session(me).statements.contains_key(name) {
                    return Err(SqlError::new("42P05", format!("prepared statement \"{name}\" already exists")).into());
                }
                let plan = self.plan(me, &named.statement, None, &named.types)?;
                let named = NamedStatement { types: plan.params.clone(), ..named };
                self.session_mut(me).statements.insert(Rc::clone(name), Rc::new(named));
                done("PREPARE")
            }
            Statement::Deallocate(name) => {
                match name {
                    None => self.session_mut(me).statements.clear(),
                    Some(name) => {
                        if self.session_mut(me).statements.remove(&name.name).is_none() {
                            return Err(no_statement(&name.name).into());
                        }
                    }
                }
                done(if name.is_none() { "DEALLOCATE ALL" } else { "DEALLOCATE" })
            }
            Statement::Vacuum { analyze, full, freeze: _, tables } => {
                self.never_in_block(me, "VACUUM", several)?;
                self.vacuum(me, tables, *analyze, *full)?;
                done("VACUUM")
            }
            Statement::Analyze(tables) => {
                self.analyze(me, tables)?;
                done("ANALYZE")
            }
            Statement::Discard => {
                self.never_in_block(me, "DISCARD ALL", several)?;
                self.locks.release_session(me);
                let defaults = Rc::clone(&self.defaults);
                let session = self.session_mut(me);
                session.statements.clear();
                session.sequences.clear();
                session.last_sequence = None;
                session.settings = defaults;
                done("DISCARD ALL")
            }
            Statement::Checkpoint => done("CHECKPOINT"),
            Statement::DeclareCursor(_) | Statement::Fetch(_) | Statement::CloseCursor(_) => {
                Err(SqlError::unsupported("cursors are").into())
            }
            _ => {
                if self.transaction(me).read_only {
                    let tag = self.ddl_tag(&parsed.statement);
                    let message = format!("cannot execute {tag} in a read-only transaction");
                    return Err(SqlError::new("25006", message).into());
                }
                // Its snapshot is taken before it waits for a table. (`PlannedStmtRequiresSnapshot`)
                self.statement_snapshot(me)?;
                self.define(me, parsed)
            }
        }
    }

    fn begin_block(&mut self, me: SessionId, modes: TransactionModes) -> Run<Reply> {
        if self.transaction(me).explicit {
            self.warn(me, "25001", "there is already a transaction in progress");
        }
        self.transaction(me).explicit = true;
        self.set_modes(me, modes)?;
        done(if modes.start { "START TRANSACTION" } else { "BEGIN" })
    }

    fn set_modes(&mut self, me: SessionId, modes: TransactionModes) -> Run<()> {
        if let Some(named) = modes.level {
            let wanted = level(named);
            let nested = self.level(me) > 1;
            let transaction = self.transaction(me);
            if wanted != transaction.isolation {
                if transaction.has_read {
                    return Err(SqlError::new(
                        "25001",
                        "SET TRANSACTION ISOLATION LEVEL must be called before any query",
                    )
                    .into());
                }
                if nested {
                    let message = "SET TRANSACTION ISOLATION LEVEL must not be called in a subtransaction";
                    return Err(SqlError::new("25001", message).into());
                }
                transaction.isolation = wanted;
            }
            transaction.uncommitted = named == IsolationLevel::ReadUncommitted;
        }
        if let Some(read_only) = modes.read_only {
            let nested = self.level(me) > 1;
            let transaction = self.transaction(me);
            if transaction.read_only && !read_only {
                if nested {
                    let message = "cannot set transaction read-write mode inside a read-only transaction";
                    return Err(SqlError::new("25001", message).into());
                }
                if transaction.has_read {
                    return Err(
                        SqlError::new("25001", "transaction read-write mode must be set before any query").into()
                    );
                }
            }
            transaction.read_only = read_only;
        }
        if let Some(deferrable) = modes.deferrable {
            let nested = self.level(me) > 1;
            let transaction = self.transaction(me);
            if nested {
                let message = "SET TRANSACTION [NOT] DEFERRABLE cannot be called within a subtransaction";
                return Err(SqlError::new("25001", message).into());
            }
            if transaction.has_read {
                return Err(
                    SqlError::new("25001", "SET TRANSACTION [NOT] DEFERRABLE must be called before any query").into()
                );
            }
            transaction.deferrable = deferrable;
        }
        Ok(())
    }

    /// `SET`
    pub(super) fn set(&mut self, me: SessionId, name: &str, value: Option<&str>, local: bool) -> Run<()> {
        let modes = match name.to_ascii_lowercase().as_str() {
            "transaction_isolation" => {
                let isolation = value.and_then(parse_isolation).unwrap_or_default();
                let level = match isolation {
                    Isolation::ReadCommitted => IsolationLevel::ReadCommitted,
                    Isolation::RepeatableRead => IsolationLevel::RepeatableRead,
                    Isolation::Serializable => IsolationLevel::Serializable,
                };
                Some(TransactionModes { level: Some(level), ..TransactionModes::default() })
            }
            "transaction_read_only" => {
                Some(TransactionModes { read_only: value.map(is_on), ..TransactionModes::default() })
            }
            "transaction_deferrable" => {
                Some(TransactionModes { deferrable: value.map(is_on), ..TransactionModes::default() })
            }
            _ => None,
        };
        match modes {
            Some(modes) => self.set_modes(me, modes),
            None => Ok(Rc::make_mut(&mut self.session_mut(me).settings).set(name, value, local)?),
        }
    }

    /// `SHOW`
    pub(super) fn show(&mut self, me: SessionId, name: &str) -> Run<String> {
        let transaction = self.transaction(me);
        let onoff = |on: bool| if on { "on" } else { "off" }.to_owned();
        Ok(match name.to_ascii_lowercase().as_str() {
            "transaction_isolation" | "transaction isolation level" if transaction.uncommitted => {
                "read uncommitted".to_owned()
            }
            "transaction_isolation" | "transaction isolation level" => transaction.isolation.sql().to_lowercase(),
            "transaction_read_only" => onoff(transaction.read_only),
            "transaction_deferrable" => onoff(transaction.deferrable),
            _ => self.session(me).settings.show(name)?,
        })
    }

    fn only_in_block(&mut self, me: SessionId, what: &str) -> Run<()> {
        if self.transaction(me).explicit {
            return Ok(());
        }
        Err(SqlError::new("25P01", format!("{what} can only be used in transaction blocks")).into())
    }

    /// Several statements in one string are a block as well.
    fn never_in_block(&mut self, me: SessionId, what: &str, several: bool) -> Run<()> {
        if self.transaction(me).explicit || several {
            return Err(SqlError::new("25001", format!("{what} cannot run inside a transaction block")).into());
        }
        Ok(())
    }

    fn lock_tables(&mut self, me: SessionId, lock: &Lock) -> Run<Reply> {
        if !self.transaction(me).explicit {
            return Err(SqlError::new("25P01", "LOCK TABLE can only be used in transaction blocks").into());
        }
        for name in &lock.tables {
            let oid = self.relation(name)?;
            let mut oids = vec![oid];
            if let Some(Relation::View(view)) = self.catalog.relations.get(&oid) {
                oids.extend(self.tables_of_view(me, &Rc::clone(view))?);
            }
            for oid in oids {
                if !lock.nowait {
                    self.lock_relation(me, oid, lock.mode)?;
                    continue;
                }
                let hold = Hold::Transaction { level: self.level(me) };
                if !self.locks.try_acquire(me, LockTag::Relation(oid), lock.mode, hold) {
                    let message = format!("could not obtain lock on relation \"{}\"", name.name);
                    return Err(SqlError::new("55P03", message).into());
                }
            }
        }
        done("LOCK TABLE")
    }

    /// The relation of that name.
    pub(super) fn relation(&self, name: &Name) -> Result<u32, SqlError> {
        let known = name.schema.as_deref().is_none_or(|schema| schema == "public");
        let found = known.then(|| self.catalog.names.get(&name.name).copied()).flatten();
        found.ok_or_else(|| SqlError::new("42P01", format!("relation \"{}\" does not exist", name.display())))
    }

    /// `EXECUTE`: the statement that was prepared and the values it is given.
    pub(super) fn bind_execute(&mut self, me: SessionId, execute: &Execute) -> Run<(Rc<NamedStatement>, Rc<[Value]>)> {
        let name = &execute.name.name;
        let named = self.session(me).statements.get(name).cloned().ok_or_else(|| no_statement(name))?;
        if named.types.len() != execute.args.len() {
            let message = format!("wrong number of parameters for prepared statement \"{name}\"");
            let detail = format!("Expected {} parameters but got {}.", named.types.len(), execute.args.len());
            return Err(SqlError::new("42601", message).detail(detail).into());
        }
        let mut params = Vec::new();
        for (arg, ty) in execute.args.iter().zip(&named.types) {
            let expr: Expr = self.constant(me, arg, *ty)?;
            params.push(crate::expr::eval(&expr, &[], &mut crate::exec::NoEnv)?);
        }
        Ok((named, params.into()))
    }
}

fn is_on(value: &str) -> bool {
    matches!(value.to_ascii_lowercase().as_str(), "on" | "true" | "t" | "yes" | "1")
}

fn no_statement(name: &str) -> SqlError {
    SqlError::new("26000", format!("prepared statement \"{name}\" does not exist"))
}
