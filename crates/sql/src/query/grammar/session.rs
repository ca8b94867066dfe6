//! SET and SHOW, LOCK, VACUUM.

use super::Grammar;
use crate::error::SqlError;
use crate::locks::LockMode;
use crate::query::statement::{Lock, Name, Set, Statement};
use sqlparser::tokenizer::Token;
use std::rc::Rc;

impl Grammar {
    pub(super) fn session(&mut self) -> Result<Statement, SqlError> {
        if self.accept("set") {
            return self.set();
        }
        if self.accept("show") {
            return Ok(Statement::Show(self.setting_name()?));
        }
        if self.accept("reset") {
            return Ok(Statement::Reset(if self.accept("all") { None } else { Some(self.setting_name()?) }));
        }
        if self.accept("lock") {
            return self.lock();
        }
        if self.accept("vacuum") {
            return self.vacuum();
        }
        if self.accept("analyze") || self.accept("analyse") {
            self.accept("verbose");
            return Ok(Statement::Analyze(self.optional_tables()?));
        }
        if self.accept("checkpoint") {
            return Ok(Statement::Checkpoint);
        }
        self.expect("discard")?;
        if ["all", "plans", "sequences", "temp", "temporary"].iter().any(|word| self.accept(word)) {
            return Ok(Statement::Discard);
        }
        Err(self.unexpected())
    }

    fn set(&mut self) -> Result<Statement, SqlError> {
        if self.accept("transaction") {
            if self.is("snapshot") {
                return Err(self.unsupported("SET TRANSACTION SNAPSHOT"));
            }
            return Ok(Statement::SetTransaction(self.transaction_modes(true)?));
        }
        if self.accept_all(&["session", "characteristics"]) {
            self.expect("as")?;
            self.expect("transaction")?;
            return Ok(Statement::SetSessionCharacteristics(self.transaction_modes(true)?));
        }
        if self.accept("constraints") {
            let names = if self.accept("all") { None } else { Some(self.list(Self::qualified)?) };
            let deferred = self.accept("deferred");
            if !deferred {
                self.expect("immediate")?;
            }
            return Ok(Statement::SetConstraints { names, deferred });
        }
        let local = self.accept("local");
        if !local && self.is("session") && !self.is_nth(1, "authorization") {
            self.expect("session")?;
        }
        if local && self.accept("transaction") {
            return Ok(Statement::SetTransaction(self.transaction_modes(true)?));
        }
        if self.is("session") || self.is("role") {
            return Err(self.unsupported("SET ROLE and SET SESSION AUTHORIZATION"));
        }
        if self.accept_all(&["time", "zone"]) {
            let value = if self.accept("local") || self.accept("default") { None } else { Some(self.setting_value()?) };
            return Ok(Statement::Set(Set { name: "timezone".into(), value, local }));
        }
        let name = self.setting_name()?;
        if !self.symbol(&Token::Eq) {
            self.expect("to")?;
        }
        if self.accept("default") {
            return Ok(Statement::Set(Set { name, value: None, local }));
        }
        let values = self.list(Self::setting_value)?;
        Ok(Statement::Set(Set { name, value: Some(values.join(", ").into()), local }))
    }

    /// `work_mem`, `a.b`, or one of the settings whose name is several words.
    fn setting_name(&mut self) -> Result<Rc<str>, SqlError> {
        if self.accept_all(&["transaction", "isolation", "level"]) {
            return Ok("transaction_isolation".into());
        }
        if self.accept_all(&["time", "zone"]) {
            return Ok("timezone".into());
        }
        if self.accept_all(&["session", "authorization"]) {
            return Ok("session_authorization".into());
        }
        if self.accept("all") {
            return Ok("all".into());
        }
        let first = self.name()?.name;
        if !self.symbol(&Token::Period) {
            return Ok(first);
        }
        Ok(format!("{first}.{}", self.name()?.name).into())
    }

    /// A word, a string or a number, as text.
    fn setting_value(&mut self) -> Result<Rc<str>, SqlError> {
        let token = self.peek().clone();
        match token {
            Token::SingleQuotedString(text) => {
                self.advance();
                Ok(text.into())
            }
            Token::Number(text, _) => {
                self.advance();
                Ok(text.into())
            }
            Token::Minus | Token::Plus => {
                self.advance();
                let Token::Number(text, _) = self.peek().clone() else {
                    return Err(self.unexpected());
                };
                self.advance();
                Ok(if token == Token::Minus { format!("-{text}").into() } else { text.into() })
            }
            Token::Word(word)
                if word.quote_style.is_none()
                    && ["true", "false", "on"].contains(&word.value.to_lowercase().as_str()) =>
            {
                self.advance();
                Ok(word.value.to_lowercase().into())
            }
            _ => Ok(self.name()?.name),
        }
    }

    fn lock(&mut self) -> Result<Statement, SqlError> {
        self.accept("table");
        let tables = self.list(Self::relation)?;
        let mut mode = LockMode::AccessExclusive;
        if self.accept("in") {
            mode = self.lock_mode()?;
            self.expect("mode")?;
        }
        Ok(Statement::Lock(Lock { tables, mode, nowait: self.accept("nowait") }))
    }

    fn lock_mode(&mut self) -> Result<LockMode, SqlError> {
        let modes: [(&[&str], LockMode); 8] = [
            (&["access", "share"], LockMode::AccessShare),
            (&["access", "exclusive"], LockMode::AccessExclusive),
            (&["row", "share"], LockMode::RowShare),
            (&["row", "exclusive"], LockMode::RowExclusive),
            (&["share", "update", "exclusive"], LockMode::ShareUpdateExclusive),
            (&["share", "row", "exclusive"], LockMode::ShareRowExclusive),
            (&["share"], LockMode::Share),
            (&["exclusive"], LockMode::Exclusive),
        ];
        for (words, mode) in modes {
            if self.accept_all(words) {
                return Ok(mode);
            }
        }
        // The error is at the first word that fits nothing.
        if ["access", "row", "share"].iter().any(|word| self.is(word)) {
            self.advance();
        }
        Err(self.unexpected())
    }

    /// `[ONLY] name [*]`
    pub(super) fn relation(&mut self) -> Result<Name, SqlError> {
        self.accept("only");
        let name = self.qualified()?;
        self.symbol(&Token::Mul);
        Ok(name)
    }

    fn vacuum(&mut self) -> Result<Statement, SqlError> {
        let (mut full, mut freeze, mut analyze) = (false, false, false);
        if self.symbol(&Token::LParen) {
            self.list(|grammar| {
                let option = grammar.word(0).ok_or_else(|| grammar.unexpected())?;
                grammar.advance();
                let off = grammar.accept("off") || grammar.accept("false");
                if !off && !matches!(grammar.peek(), Token::Comma | Token::RParen) {
                    grammar.advance();
                }
                match option.as_str() {
                    "full" => full = !off,
                    "freeze" => freeze = !off,
                    "analyze" | "analyse" => analyze = !off,
                    _ => {}
                }
                Ok(())
            })?;
            self.expect_symbol(&Token::RParen)?;
        } else {
            full = self.accept("full");
            freeze = self.accept("freeze");
            self.accept("verbose");
            analyze = self.accept("analyze") || self.accept("analyse");
        }
        Ok(Statement::Vacuum { analyze, full, freeze, tables: self.optional_tables()? })
    }

    fn optional_tables(&mut self) -> Result<Vec<Name>, SqlError> {
        if *self.peek() == Token::EOF {
            return Ok(Vec::new());
        }
        self.list(|grammar| {
            let table = grammar.relation()?;
            if *grammar.peek() == Token::LParen {
                grammar.bracketed_names()?;
            }
            Ok(table)
        })
    }
}
