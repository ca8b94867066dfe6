//! Statements around queries, as PostgreSQL's grammar has them. `sqlparser` reads queries, expressions and types; what it lacks
//! (locking clauses, `ON CONFLICT` over expressions, statements of the session) is read here, over its tokens.

mod alter;
mod create;
mod locking;
mod modify;
mod session;
mod transaction;
pub mod types;

pub use locking::find as find_locking;

use crate::error::SqlError;
use crate::query::parse::too_deep;
use crate::query::source::Source;
use crate::query::statement::{DeclareCursor, Execute, Fetch, Name, Parsed, Prepare, Query, RawExpr, Statement};
use sqlparser::ast;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan};
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

    fn prepare(&mut self) -> Result<Statement, SqlError> {
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

    fn execute(&mut self) -> Result<Statement, SqlError> {
        self.expect("execute")?;
        let name = self.name()?;
        let mut args = Vec::new();
        if self.symbol(&Token::LParen) {
            args = self.list(Self::raw_expr)?;
            self.expect_symbol(&Token::RParen)?;
        }
        Ok(Statement::Execute(Box::new(Execute { name, args })))
    }

    fn deallocate(&mut self) -> Result<Statement, SqlError> {
        self.expect("deallocate")?;
        self.accept("prepare");
        Ok(Statement::Deallocate(if self.accept("all") { None } else { Some(self.name()?) }))
    }

    fn declare_cursor(&mut self) -> Result<Statement, SqlError> {
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

    fn fetch(&mut self) -> Result<Statement, SqlError> {
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
        } else if matches!(self.parser.peek_token_ref().token, Token::Number(..) | Token::Minus | Token::Plus) {
            count = Some(self.integer()?);
        }
        if !self.accept("from") {
            self.accept("in");
        }
        Ok(Statement::Fetch(Fetch { name: self.name()?, count, moves }))
    }

    fn fetch_count(&mut self) -> Result<Option<i64>, SqlError> {
        if self.accept("all") {
            Ok(None)
        } else if matches!(self.parser.peek_token_ref().token, Token::Number(..) | Token::Minus | Token::Plus) {
            Ok(Some(self.integer()?))
        } else {
            Ok(Some(1))
        }
    }

    fn close_cursor(&mut self) -> Result<Statement, SqlError> {
        self.expect("close")?;
        Ok(Statement::CloseCursor(if self.accept("all") { None } else { Some(self.name()?) }))
    }
}

/// Reading words.
impl Grammar {
    /// The `n`-th word from here, folded; `None` if it is something else or quoted.
    fn word(&self, n: usize) -> Option<String> {
        match &self.parser.peek_nth_token_ref(n).token {
            Token::Word(word) if word.quote_style.is_none() => Some(word.value.to_lowercase()),
            _ => None,
        }
    }

    fn is(&self, word: &str) -> bool {
        self.is_nth(0, word)
    }

    fn is_nth(&self, n: usize, expected: &str) -> bool {
        match &self.parser.peek_nth_token_ref(n).token {
            Token::Word(word) => word.quote_style.is_none() && word.value.eq_ignore_ascii_case(expected),
            _ => false,
        }
    }

    fn accept(&mut self, word: &str) -> bool {
        let found = self.is(word);
        if found {
            self.parser.advance_token();
        }
        found
    }

    fn accept_all(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(n, word)| self.is_nth(n, word));
        if found {
            words.iter().for_each(|_| self.parser.advance_token());
        }
        found
    }

    fn expect(&mut self, word: &str) -> Result<(), SqlError> {
        if self.accept(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn symbol(&mut self, token: &Token) -> bool {
        self.parser.consume_token(token)
    }

    fn expect_symbol(&mut self, token: &Token) -> Result<(), SqlError> {
        if self.symbol(token) { Ok(()) } else { Err(self.unexpected()) }
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, SqlError>) -> Result<Vec<T>, SqlError> {
        let mut items = vec![item(self)?];
        while self.symbol(&Token::Comma) {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// One word of a name. (`ColId`)
    fn name(&mut self) -> Result<Name, SqlError> {
        let token = self.parser.peek_token_ref();
        let position = self.source.position(token.span.start).unwrap_or(1);
        let Token::Word(word) = &token.token else { return Err(self.unexpected()) };
        if word.quote_style.is_none() && is_reserved(&word.value.to_lowercase()) {
            return Err(self.unexpected());
        }
        let name = fold(&word.value, word.quote_style);
        self.parser.advance_token();
        Ok(Name { schema: None, name, position })
    }

    /// A name that may have a schema.
    fn qualified(&mut self) -> Result<Name, SqlError> {
        let first = self.name()?;
        if !self.symbol(&Token::Period) {
            return Ok(first);
        }
        let second = self.name()?;
        Ok(Name { schema: Some(first.name), name: second.name, position: first.position })
    }

    fn names(&mut self) -> Result<Vec<Name>, SqlError> {
        self.list(Self::name)
    }

    fn bracketed_names(&mut self) -> Result<Vec<Name>, SqlError> {
        self.expect_symbol(&Token::LParen)?;
        let names = self.names()?;
        self.expect_symbol(&Token::RParen)?;
        Ok(names)
    }

    fn expr(&mut self) -> Result<ast::Expr, SqlError> {
        self.parser.parse_expr().map_err(|error| self.failed(error))
    }

    fn raw_expr(&mut self) -> Result<RawExpr, SqlError> {
        let start = self.here();
        let expr = self.expr()?;
        Ok(RawExpr { expr, text: self.text_since(start) })
    }

    /// An expression that ends before a word that is not an operator: `DEFAULT 1 NOT NULL`. (`b_expr`)
    fn restricted_expr(&mut self) -> Result<RawExpr, SqlError> {
        let start = self.here();
        // The strength of NOT in the dialect, so that `NOT NULL` after it is not part of it; IS and comparisons bind tighter.
        let expr = self.parser.parse_subexpr(61).map_err(|error| self.failed(error))?;
        Ok(RawExpr { expr, text: self.text_since(start) })
    }

    fn string(&mut self) -> Result<Rc<str>, SqlError> {
        match &self.parser.peek_token_ref().token {
            Token::SingleQuotedString(text) | Token::EscapedStringLiteral(text) => {
                let text = text.as_str().into();
                self.parser.advance_token();
                Ok(text)
            }
            _ => Err(self.unexpected()),
        }
    }

    fn integer(&mut self) -> Result<i64, SqlError> {
        let negative = self.symbol(&Token::Minus);
        if !negative {
            self.symbol(&Token::Plus);
        }
        let Token::Number(digits, _) = &self.parser.peek_token_ref().token else { return Err(self.unexpected()) };
        let Ok(value) = digits.parse::<i64>() else { return Err(self.unexpected()) };
        self.parser.advance_token();
        Ok(if negative { -value } else { value })
    }

    /// The place of the next token, in characters from 1.
    fn here(&self) -> u32 {
        self.source.position(self.parser.peek_token_ref().span.start).unwrap_or(1)
    }

    fn text_since(&self, start: u32) -> Rc<str> {
        let end = self.source.position(self.parser.get_current_token().span.end).unwrap_or(start);
        let places = &self.source.places;
        self.source.text.get(places.byte(start)..places.byte(end)).unwrap_or("").into()
    }
}

/// What goes wrong.
impl Grammar {
    /// The next token cannot stand here.
    fn unexpected(&self) -> SqlError {
        let mut token = self.parser.peek_token_ref();
        if (self.is("order") || self.is("group")) && !self.is_nth(1, "by") {
            token = self.parser.peek_nth_token_ref(1);
        }
        if token.token == Token::EOF { self.ends_early() } else { self.syntax_error(token.span.start, token.span.end) }
    }

    fn ends_early(&self) -> SqlError {
        let end = self.source.text[..self.source.range.end].chars().count() as u32;
        if self.is_last {
            let end = self.source.text.chars().count() as u32;
            SqlError::new("42601", "syntax error at end of input").at(end + 1)
        } else {
            let gap = self.source.text[self.source.range.end..].find(';').unwrap_or(0) as u32;
            SqlError::new("42601", "syntax error at or near \";\"").at(end + gap + 1)
        }
    }

    fn syntax_error(&self, start: Location, end: Location) -> SqlError {
        let position = self.source.position(start).unwrap_or(1);
        let places = &self.source.places;
        let end = self.source.position(end).map_or(0, |end| places.byte(end));
        let text = self.source.text.get(places.byte(position)..end).unwrap_or("");
        SqlError::new("42601", format!("syntax error at or near \"{text}\"")).at(position)
    }

    /// What `sqlparser` says, as PostgreSQL would: only the place is of use.
    fn failed(&self, error: ParserError) -> SqlError {
        let message = match error {
            ParserError::RecursionLimitExceeded => return too_deep(),
            ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
        };
        let Some(location) = place_in(&message) else { return self.unexpected() };
        if message.contains("found: EOF") {
            return self.ends_early();
        }
        self.syntax_error_at(location)
    }

    /// A syntax error at a place whose token is read again to know its end.
    fn syntax_error_at(&self, location: Location) -> SqlError {
        let tokens = crate::query::parse::tokenize(&self.source.text, &self.source.places).unwrap_or_default();
        match tokens.iter().find(|token| token.span.start == location && token.token != Token::EOF) {
            Some(token) if token.token != Token::SemiColon || self.is_last => {
                self.syntax_error(token.span.start, token.span.end)
            }
            _ => self.ends_early(),
        }
    }

    /// `CREATE FUNCTION` and the like: kinds of objects the store does not have.
    fn unsupported_object(&self, verb: &str, start: u32) -> SqlError {
        const KINDS: &[&str] = &[
            "access",
            "aggregate",
            "cast",
            "collation",
            "constraint",
            "conversion",
            "database",
            "default",
            "domain",
            "event",
            "extension",
            "foreign",
            "function",
            "group",
            "index",
            "language",
            "large",
            "materialized",
            "operator",
            "owned",
            "policy",
            "procedure",
            "publication",
            "recursive",
            "role",
            "routine",
            "rule",
            "schema",
            "sequence",
            "server",
            "statistics",
            "subscription",
            "system",
            "tablespace",
            "text",
            "transform",
            "trigger",
            "trusted",
            "type",
            "user",
            "view",
        ];
        match self.word(0) {
            Some(word) if KINDS.contains(&word.as_str()) => {
                SqlError::unsupported(format_args!("{verb} {}", word.to_uppercase())).at(start)
            }
            _ => self.unexpected(),
        }
    }

    /// PostgreSQL has it, the store does not.
    fn unsupported(&self, what: impl std::fmt::Display) -> SqlError {
        SqlError::unsupported(what).at(self.here())
    }
}

/// ` at Line: 1, Column: 8` of a message.
fn place_in(message: &str) -> Option<Location> {
    let (_, place) = message.rsplit_once(" at Line: ")?;
    let (line, column) = place.split_once(", Column: ")?;
    Some(Location { line: line.parse().ok()?, column: column.trim().parse().ok()? })
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
