//! WITH, INSERT, UPDATE and DELETE around their queries and expressions.

use super::Grammar;
use crate::error::SqlError;
use crate::query::statement::{Assignment, Conflict, ConflictTarget, Cte, Delete, Insert, Name, Target, Update, With};
use sqlparser::ast;
use sqlparser::tokenizer::Token;

impl Grammar {
    /// `WITH …`, whose statements may change rows. (Those inside queries may not, and `sqlparser` reads them.)
    pub(super) fn with(&mut self) -> Result<Option<With>, SqlError> {
        if !self.accept("with") {
            return Ok(None);
        }
        let recursive = self.accept("recursive");
        let ctes = self.list(|grammar| {
            let name = grammar.name()?;
            let columns = if grammar.parser.peek_token_ref().token == Token::LParen {
                grammar.bracketed_names()?
            } else {
                Vec::new()
            };
            grammar.expect("as")?;
            if grammar.accept("not") {
                grammar.expect("materialized")?;
            } else {
                grammar.accept("materialized");
            }
            grammar.expect_symbol(&Token::LParen)?;
            let statement = grammar.plannable()?;
            grammar.expect_symbol(&Token::RParen)?;
            Ok(Cte { name, columns, statement })
        })?;
        Ok(Some(With { recursive, ctes }))
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
        while self.parser.peek_nth_token_ref(n).token == Token::LParen {
            n += 1;
        }
        if n == 0 || ["select", "values", "with", "table"].iter().any(|word| self.is_nth(n, word)) {
            return Ok(None);
        }
        Ok(Some(self.bracketed_names()?))
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
        } else if self.symbol(&Token::LParen) {
            let keys = self.list(Self::expr)?;
            self.expect_symbol(&Token::RParen)?;
            target = ConflictTarget::Keys(keys, self.filter()?);
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
        let is_word = matches!(self.parser.peek_token_ref().token, Token::Word(_));
        let alias = if self.accept("as") || (is_word && !follows) { Some(self.name()?) } else { None };
        Ok(Target { table, alias })
    }

    fn assignment(&mut self) -> Result<Assignment, SqlError> {
        if self.parser.peek_token_ref().token == Token::LParen {
            let columns = self.bracketed_names()?;
            self.expect_symbol(&Token::Eq)?;
            return Ok(Assignment::Many(columns, self.expr()?));
        }
        let column = self.qualified()?;
        if self.parser.peek_token_ref().token == Token::LBracket {
            return Err(self.unsupported("assignment to an array's element"));
        }
        self.expect_symbol(&Token::Eq)?;
        Ok(Assignment::One(column, self.expr()?))
    }

    fn tables(&mut self) -> Result<Vec<ast::TableWithJoins>, SqlError> {
        self.list(|grammar| grammar.parser.parse_table_and_joins().map_err(|error| grammar.failed(error)))
    }

    fn filter(&mut self) -> Result<Option<ast::Expr>, SqlError> {
        if !self.accept("where") {
            return Ok(None);
        }
        if self.is("current") && self.is_nth(1, "of") {
            return Err(self.unsupported("WHERE CURRENT OF"));
        }
        Ok(Some(self.expr()?))
    }

    fn returning(&mut self) -> Result<Option<Vec<ast::SelectItem>>, SqlError> {
        if !self.accept("returning") {
            return Ok(None);
        }
        let items = self.list(|grammar| grammar.parser.parse_select_item().map_err(|error| grammar.failed(error)))?;
        Ok(Some(items))
    }
}
