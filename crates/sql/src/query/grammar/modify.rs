//! WITH, INSERT, UPDATE and DELETE around their queries and expressions.

use super::{Grammar, fold};
use crate::error::SqlError;
use crate::query::statement::{
    Assignment, Conflict, ConflictTarget, Cte, Delete, Insert, Name, Statement, Target, Update, With,
};
use crate::query::syntax::{Body, Expr, SelectItem};
use sqlparser::tokenizer::{Token, TokenWithSpan};

impl Grammar {
    /// `WITH …`. Its statements may change rows; that they may only do so at the top is found out later.
    pub(super) fn with(&mut self) -> Result<Option<With>, SqlError> {
        if !self.accept("with") {
            return Ok(None);
        }
        let recursive = self.accept("recursive");
        let ctes = self.list(|grammar| {
            let name = grammar.name()?;
            let columns = if *grammar.peek() == Token::LParen { grammar.bracketed_names()? } else { Vec::new() };
            grammar.expect("as")?;
            if grammar.accept("not") {
                grammar.expect("materialized")?;
            } else {
                grammar.accept("materialized");
            }
            grammar.expect_symbol(&Token::LParen)?;
            let start = grammar.next;
            let statement = grammar.plannable()?;
            let reads_itself = recursive && grammar.reads_itself(&statement, &name, start);
            grammar.expect_symbol(&Token::RParen)?;
            Ok(Cte { name, columns, statement, reads_itself })
        })?;
        Ok(Some(With { recursive, ctes }))
    }

    /// Whether a union in WITH has its own name among the words read since `start`.
    fn reads_itself(&self, statement: &Statement, name: &Name, start: usize) -> bool {
        let is_name = |token: &TokenWithSpan| matches!(&token.token, Token::Word(word) if fold(&word.value, word.quote_style) == name.name);
        matches!(statement, Statement::Query(query) if matches!(query.body, Body::Set(_)))
            && self.tokens[start..self.next].iter().any(is_name)
    }

    pub(super) fn insert(&mut self, with: Option<With>) -> Result<Insert, SqlError> {
        self.expect("insert")?;
        self.expect("into")?;
        let table = self.qualified()?;
        let alias = if self.accept("as") { Some(self.name()?) } else { None };
        let columns = self.insert_columns()?;
        let (mut overriding_system, mut overriding_user) = (false, false);
        if self.accept("overriding") {
            overriding_system = self.accept("system");
            if !overriding_system {
                self.expect("user")?;
                overriding_user = true;
            }
            self.expect("value")?;
        }
        let source = if self.accept("default") {
            self.expect("values")?;
            None
        } else if self.at_query() || self.is("with") {
            Some(self.query()?)
        } else {
            return Err(self.unexpected());
        };
        let conflict = self.conflict()?;
        let returning = self.returning()?;
        let target = Target { table, alias };
        Ok(Insert { with, target, columns, overriding_system, overriding_user, source, conflict, returning })
    }

    /// `(a, b)`, unless the bracket begins a query.
    fn insert_columns(&mut self) -> Result<Option<Vec<Name>>, SqlError> {
        let mut n = 0;
        while *self.peek_nth(n) == Token::LParen {
            n += 1;
        }
        if n == 0 || ["select", "values", "with", "table"].iter().any(|word| self.is_nth(n, word)) {
            return Ok(None);
        }
        self.expect_symbol(&Token::LParen)?;
        let names = self.list(|grammar| {
            let name = grammar.name()?;
            if matches!(grammar.peek(), Token::LBracket | Token::Period) {
                return Err(grammar.unsupported("assignment to a part of a column"));
            }
            Ok(name)
        })?;
        self.expect_symbol(&Token::RParen)?;
        Ok(Some(names))
    }

    fn conflict(&mut self) -> Result<Option<Conflict>, SqlError> {
        let position = self.here();
        if !self.accept("on") {
            return Ok(None);
        }
        self.expect("conflict")?;
        let mut target = ConflictTarget::Any;
        if self.accept_all(&["on", "constraint"]) {
            target = ConflictTarget::Constraint(self.name()?);
        } else if *self.peek() == Token::LParen {
            let position = self.here();
            let keys = self.arguments()?;
            target = ConflictTarget::Keys { keys, filter: self.filter()?, position };
        }
        self.expect("do")?;
        if self.accept("nothing") {
            return Ok(Some(Conflict { target, update: None, position }));
        }
        self.expect("update")?;
        self.expect("set")?;
        let assignments = self.list(Self::assignment)?;
        let update = Some((assignments, self.filter()?));
        Ok(Some(Conflict { target, update, position }))
    }

    pub(super) fn update(&mut self, with: Option<With>) -> Result<Update, SqlError> {
        self.expect("update")?;
        let target = self.target("set")?;
        self.expect("set")?;
        let assignments = self.list(Self::assignment)?;
        let from = if self.accept("from") { self.tables()? } else { Vec::new() };
        let filter = self.filter()?;
        Ok(Update { with, target, assignments, from, filter, returning: self.returning()? })
    }

    pub(super) fn delete(&mut self, with: Option<With>) -> Result<Delete, SqlError> {
        self.expect("delete")?;
        self.expect("from")?;
        let target = self.target("using")?;
        let using = if self.accept("using") { self.tables()? } else { Vec::new() };
        let filter = self.filter()?;
        Ok(Delete { with, target, using, filter, returning: self.returning()? })
    }

    /// `[ONLY] name [*] [[AS] alias]`; the alias is not the word that follows.
    fn target(&mut self, next: &str) -> Result<Target, SqlError> {
        let table = self.relation()?;
        let here = self.word(0);
        let follows =
            here.as_deref() == Some(next) || here.is_some_and(|word| super::is_reserved(&word) && word != "as");
        let is_word = matches!(self.peek(), Token::Word(_));
        let alias = if self.accept("as") || (is_word && !follows) { Some(self.name()?) } else { None };
        Ok(Target { table, alias })
    }

    fn assignment(&mut self) -> Result<Assignment, SqlError> {
        if *self.peek() == Token::LParen {
            let columns = self.bracketed_names()?;
            self.expect_symbol(&Token::Eq)?;
            return Ok(Assignment::Many(columns, self.expr()?));
        }
        let column = self.qualified()?;
        if *self.peek() == Token::LBracket {
            return Err(self.unsupported("assignment to an array's element"));
        }
        self.expect_symbol(&Token::Eq)?;
        Ok(Assignment::One(column, self.expr()?))
    }

    pub(super) fn filter(&mut self) -> Result<Option<Expr>, SqlError> {
        if !self.accept("where") {
            return Ok(None);
        }
        if self.is("current") && self.is_nth(1, "of") {
            return Err(self.unsupported("WHERE CURRENT OF"));
        }
        Ok(Some(self.expr()?))
    }

    fn returning(&mut self) -> Result<Option<Vec<SelectItem>>, SqlError> {
        if !self.accept("returning") {
            return Ok(None);
        }
        Ok(Some(self.items()?))
    }
}
