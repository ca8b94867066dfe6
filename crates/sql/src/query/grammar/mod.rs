//! Statements around queries, as PostgreSQL's grammar has them. `sqlparser` reads queries, expressions and types; what it lacks
//! (locking clauses, `ON CONFLICT` over expressions, statements of the session) is read here, over its tokens.

mod alter;
mod constraint;
mod create;
mod locking;
mod mistakes;
mod modify;
mod prepared;
mod session;
mod transaction;
pub mod types;
mod words;

pub use locking::find as find_locking;

use crate::error::SqlError;
use crate::query::source::Source;
use crate::query::statement::{Parsed, Query, Statement};
use sqlparser::ast;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Token, TokenWithSpan};
use std::rc::Rc;

static DIALECT: PostgreSqlDialect = PostgreSqlDialect {};

/// Reads one statement.
pub struct Grammar {
    source: Source,
    parser: Parser<'static>,
    /// No semicolon follows: what is missing at the end is missing at the end of the input.
    is_last: bool,
}

impl Grammar {
    /// A reader of `tokens`, which are the statement's part of the source's.
    pub fn new(mut source: Source, tokens: Vec<TokenWithSpan>, is_last: bool) -> Self {
        let tokens = locking::hide(tokens, &mut source);
        Self { source, parser: Parser::new(&DIALECT).with_tokens_with_locations(tokens), is_last }
    }

    /// Reads the statement to its end.
    pub fn parse(mut self) -> Result<Parsed, SqlError> {
        let statement = self.statement()?;
        if self.parser.peek_token_ref().token != Token::EOF {
            return Err(self.unexpected());
        }
        Ok(Parsed { statement, source: Rc::new(self.source) })
    }

    fn statement(&mut self) -> Result<Statement, SqlError> {
        if self.at_query() || ["with", "insert", "update", "delete"].iter().any(|word| self.is(word)) {
            return self.plannable();
        }
        let Some(word) = self.word(0) else { return Err(self.unexpected()) };
        match word.as_str() {
            "begin" | "start" | "commit" | "end" | "rollback" | "abort" | "savepoint" | "release" => self.transaction(),
            "prepare" if self.is_nth(1, "transaction") => self.transaction(),
            "set" | "show" | "reset" | "lock" | "vacuum" | "analyze" | "analyse" | "discard" | "checkpoint" => {
                self.session()
            }
            "create" => self.create(),
            "alter" => self.alter(),
            "drop" | "truncate" => self.remove(),
            "prepare" => self.prepare(),
            "execute" => self.execute(),
            "deallocate" => self.deallocate(),
            "declare" => self.declare_cursor(),
            "fetch" | "move" => self.fetch(),
            "close" => self.close_cursor(),
            "copy" | "explain" | "do" | "call" | "grant" | "revoke" | "comment" | "listen" | "notify" | "unlisten"
            | "merge" | "cluster" | "reindex" | "refresh" | "import" | "security" | "load" | "reassign" => {
                let what = word.to_uppercase();
                Err(self.unsupported(what))
            }
            _ => Err(self.unexpected()),
        }
    }

    fn at_query(&self) -> bool {
        ["select", "values", "table"].iter().any(|word| self.is(word))
            || self.parser.peek_token_ref().token == Token::LParen
    }

    /// A query or a statement that changes rows, with its CTEs.
    fn plannable(&mut self) -> Result<Statement, SqlError> {
        let with = self.with()?;
        if self.is("insert") {
            Ok(Statement::Insert(Box::new(self.insert(with)?)))
        } else if self.is("update") {
            Ok(Statement::Update(Box::new(self.update(with)?)))
        } else if self.is("delete") {
            Ok(Statement::Delete(Box::new(self.delete(with)?)))
        } else if self.at_query() {
            let body = self.query()?;
            Ok(Statement::Query(Box::new(Query { with, body })))
        } else if self.is("merge") {
            Err(self.unsupported("MERGE"))
        } else {
            Err(self.unexpected())
        }
    }

    fn query(&mut self) -> Result<ast::Query, SqlError> {
        match self.parser.parse_query() {
            Ok(query) => Ok(*query),
            Err(error) => Err(self.failed(error)),
        }
    }

    /// A plannable statement that is a part of this one and is kept.
    fn inner(&mut self) -> Result<Rc<Parsed>, SqlError> {
        let statement = self.plannable()?;
        Ok(Rc::new(Parsed { statement, source: Rc::new(self.source.clone()) }))
    }
}

/// A name as PostgreSQL keeps it: folded unless quoted, and at most 63 bytes long.
pub fn fold(value: &str, quote: Option<char>) -> Rc<str> {
    let folded = if quote.is_some() { value.to_string() } else { value.to_lowercase() };
    let mut end = folded.len().min(63);
    while !folded.is_char_boundary(end) {
        end -= 1;
    }
    folded[..end].into()
}

/// Words that are never names unless quoted. (Manual, appendix C)
pub fn is_reserved(word: &str) -> bool {
    const RESERVED: &[&str] = &[
        "all",
        "analyse",
        "analyze",
        "and",
        "any",
        "array",
        "as",
        "asc",
        "asymmetric",
        "both",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "constraint",
        "create",
        "current_catalog",
        "current_date",
        "current_role",
        "current_time",
        "current_timestamp",
        "current_user",
        "default",
        "deferrable",
        "desc",
        "distinct",
        "do",
        "else",
        "end",
        "except",
        "false",
        "fetch",
        "for",
        "foreign",
        "from",
        "grant",
        "group",
        "having",
        "in",
        "initially",
        "intersect",
        "into",
        "lateral",
        "leading",
        "limit",
        "localtime",
        "localtimestamp",
        "not",
        "null",
        "offset",
        "on",
        "only",
        "or",
        "order",
        "placing",
        "primary",
        "references",
        "returning",
        "select",
        "session_user",
        "some",
        "symmetric",
        "table",
        "then",
        "to",
        "trailing",
        "true",
        "union",
        "unique",
        "user",
        "using",
        "variadic",
        "when",
        "where",
        "window",
        "with",
    ];
    RESERVED.binary_search(&word).is_ok()
}
