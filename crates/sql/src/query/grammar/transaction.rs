//! BEGIN to COMMIT, savepoints and two-phase commit.

use super::Grammar;
use crate::error::SqlError;
use crate::query::statement::{IsolationLevel, Statement, TransactionModes};
use sqlparser::tokenizer::Token;

impl Grammar {
    pub(super) fn transaction(&mut self) -> Result<Statement, SqlError> {
        if self.accept("begin") {
            self.accept_work();
            return Ok(Statement::Begin(self.transaction_modes(false)?));
        }
        if self.accept("start") {
            self.expect("transaction")?;
            let modes = self.transaction_modes(false)?;
            return Ok(Statement::Begin(TransactionModes { start: true, ..modes }));
        }
        if self.accept("prepare") {
            self.expect("transaction")?;
            return Ok(Statement::PrepareTransaction(self.string()?));
        }
        if self.accept("savepoint") {
            return Ok(Statement::Savepoint(self.name()?));
        }
        if self.accept("release") {
            self.accept("savepoint");
            return Ok(Statement::Release(self.name()?));
        }
        if self.accept("commit") || self.accept("end") {
            if self.accept("prepared") {
                return Ok(Statement::CommitPrepared(self.string()?));
            }
            self.accept_work();
            return Ok(Statement::Commit { chain: self.chain()? });
        }
        if !self.accept("abort") {
            self.expect("rollback")?;
        }
        if self.accept("prepared") {
            return Ok(Statement::RollbackPrepared(self.string()?));
        }
        self.accept_work();
        if self.accept("to") {
            self.accept("savepoint");
            return Ok(Statement::RollbackTo(self.name()?));
        }
        Ok(Statement::Rollback { chain: self.chain()? })
    }

    fn accept_work(&mut self) {
        if !self.accept("work") {
            self.accept("transaction");
        }
    }

    fn chain(&mut self) -> Result<bool, SqlError> {
        if !self.accept("and") {
            return Ok(false);
        }
        let chain = !self.accept("no");
        self.expect("chain")?;
        Ok(chain)
    }

    /// Modes, with or without commas between them. The last of a kind counts.
    pub(super) fn transaction_modes(&mut self, required: bool) -> Result<TransactionModes, SqlError> {
        let mut modes = TransactionModes::default();
        let mut expected = required;
        loop {
            if self.accept("isolation") {
                self.expect("level")?;
                modes.level = Some(self.isolation_level()?);
            } else if self.accept("read") {
                let read_only = self.accept("only");
                if !read_only {
                    self.expect("write")?;
                }
                modes.read_only = Some(read_only);
            } else if self.accept("deferrable") {
                modes.deferrable = Some(true);
            } else if self.accept_all(&["not", "deferrable"]) {
                modes.deferrable = Some(false);
            } else if expected {
                return Err(self.unexpected());
            } else {
                return Ok(modes);
            }
            expected = self.symbol(&Token::Comma);
        }
    }

    fn isolation_level(&mut self) -> Result<IsolationLevel, SqlError> {
        if self.accept("serializable") {
            Ok(IsolationLevel::Serializable)
        } else if self.accept("repeatable") {
            self.expect("read")?;
            Ok(IsolationLevel::RepeatableRead)
        } else {
            self.expect("read")?;
            if self.accept("committed") {
                return Ok(IsolationLevel::ReadCommitted);
            }
            self.expect("uncommitted")?;
            Ok(IsolationLevel::ReadUncommitted)
        }
    }
}
