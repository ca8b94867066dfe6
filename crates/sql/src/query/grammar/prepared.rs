//! PREPARE and EXECUTE, and cursors.

use super::Grammar;
use crate::error::SqlError;
use crate::query::statement::{DeclareCursor, Execute, Fetch, Prepare, Statement};
use sqlparser::tokenizer::Token;

impl Grammar {
    pub(super) fn prepare(&mut self) -> Result<Statement, SqlError> {
        self.expect("prepare")?;
        let name = self.name()?;
        let mut types = Vec::new();
        if self.symbol(&Token::LParen) {
            types = self.list(|grammar| Ok(grammar.data_type()?.0))?;
            self.expect_symbol(&Token::RParen)?;
        }
        self.expect("as")?;
        Ok(Statement::Prepare(Box::new(Prepare { name, types, statement: self.inner()? })))
    }

    pub(super) fn execute(&mut self) -> Result<Statement, SqlError> {
        self.expect("execute")?;
        let name = self.name()?;
        let mut args = Vec::new();
        if self.symbol(&Token::LParen) {
            args = self.list(Self::raw_expr)?;
            self.expect_symbol(&Token::RParen)?;
        }
        Ok(Statement::Execute(Box::new(Execute { name, args })))
    }

    pub(super) fn deallocate(&mut self) -> Result<Statement, SqlError> {
        self.expect("deallocate")?;
        self.accept("prepare");
        Ok(Statement::Deallocate(if self.accept("all") { None } else { Some(self.name()?) }))
    }

    pub(super) fn declare_cursor(&mut self) -> Result<Statement, SqlError> {
        self.expect("declare")?;
        let name = self.name()?;
        let mut scroll = false;
        loop {
            if self.accept("no") {
                self.expect("scroll")?;
            } else if self.accept("scroll") {
                scroll = true;
            } else if !(self.accept("binary") || self.accept("insensitive") || self.accept("asensitive")) {
                break;
            }
        }
        self.expect("cursor")?;
        let hold = self.accept("with");
        if hold || self.accept("without") {
            self.expect("hold")?;
        }
        self.expect("for")?;
        Ok(Statement::DeclareCursor(Box::new(DeclareCursor { name, scroll, hold, query: self.inner()? })))
    }

    pub(super) fn fetch(&mut self) -> Result<Statement, SqlError> {
        let moves = self.accept("move");
        if !moves {
            self.expect("fetch")?;
        }
        let mut count = Some(1);
        if self.accept("next") {
        } else if self.accept("prior") {
            count = Some(-1);
        } else if self.accept("all") {
            count = None;
        } else if self.accept("forward") {
            count = self.fetch_count()?;
        } else if self.accept("backward") {
            count = Some(-self.fetch_count()?.unwrap_or(i64::MAX));
        } else if ["first", "last", "absolute", "relative"].iter().any(|word| self.is(word)) {
            return Err(self.unsupported("FETCH to an absolute or relative place"));
        } else if matches!(self.peek(), Token::Number(..) | Token::Minus | Token::Plus) {
            count = Some(self.integer()?);
        }
        if !self.accept("from") {
            self.accept("in");
        }
        Ok(Statement::Fetch(Fetch { name: self.name()?, count, moves }))
    }

    pub(super) fn fetch_count(&mut self) -> Result<Option<i64>, SqlError> {
        if self.accept("all") {
            Ok(None)
        } else if matches!(self.peek(), Token::Number(..) | Token::Minus | Token::Plus) {
            Ok(Some(self.integer()?))
        } else {
            Ok(Some(1))
        }
    }

    pub(super) fn close_cursor(&mut self) -> Result<Statement, SqlError> {
        self.expect("close")?;
        Ok(Statement::CloseCursor(if self.accept("all") { None } else { Some(self.name()?) }))
    }
}
