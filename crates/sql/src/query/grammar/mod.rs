//! Statements, as PostgreSQL's grammar has them (`gram.y`), over the tokens `sqlparser` makes of the text.
//!
//! `sqlparser`'s own trees would be most of what a reader downloads, know no places of operators, and have no room for lists of
//! locking clauses: so they are not used.

mod alter;
mod calls;
mod constraint;
mod create;
mod explain;
mod expressions;
mod from;
mod mistakes;
mod modify;
mod prepared;
mod primary;
mod query;
mod session;
mod transaction;
mod types;
mod words;

pub use words::is_reserved;

use crate::error::SqlError;
use crate::query::source::Source;
use crate::query::statement::{Parsed, Statement};
use sqlparser::tokenizer::{Token, TokenWithSpan};
use std::rc::Rc;

/// Reads one statement.
pub struct Grammar {
    source: Source,
    /// The statement's tokens without white space.
    tokens: Vec<TokenWithSpan>,
    /// The index of the next token.
    next: usize,
    /// How deep expressions and queries are nested here.
    depth: u32,
    /// No semicolon follows: what is missing at the end is missing at the end of the input.
    is_last: bool,
}

impl Grammar {
    /// A reader of `tokens`, which are the statement's part of the source's.
    pub fn new(source: Source, tokens: Vec<TokenWithSpan>, is_last: bool) -> Self {
        Self { source, tokens, next: 0, depth: 0, is_last }
    }

    /// Reads the statement to its end.
    pub fn parse(mut self) -> Result<Parsed, SqlError> {
        let statement = self.statement()?;
        if *self.peek() != Token::EOF {
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
            "explain" => self.explain(),
            "copy" | "do" | "call" | "grant" | "revoke" | "comment" | "listen" | "notify" | "unlisten" | "merge"
            | "cluster" | "reindex" | "refresh" | "import" | "security" | "load" | "reassign" => {
                let what = word.to_uppercase();
                Err(self.unsupported(what))
            }
            _ => Err(self.unexpected()),
        }
    }

    fn at_query(&self) -> bool {
        ["select", "values", "table"].iter().any(|word| self.is(word)) || *self.peek() == Token::LParen
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
            Ok(Statement::Query(Box::new(self.query_of(with)?)))
        } else if self.is("merge") {
            Err(self.unsupported("MERGE"))
        } else {
            Err(self.unexpected())
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
