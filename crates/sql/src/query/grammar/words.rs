//! Reading words, names and numbers, and which words may be names.

use super::{Grammar, fold};
use crate::error::SqlError;
use crate::query::statement::{Name, RawExpr};
use crate::query::syntax::Expr;
use sqlparser::tokenizer::{Token, TokenWithSpan};
use std::rc::Rc;

impl Grammar {
    /// The next token.
    pub(super) fn peek(&self) -> &Token {
        self.peek_nth(0)
    }

    /// The `n`-th token from here.
    pub(super) fn peek_nth(&self, n: usize) -> &Token {
        self.tokens.get(self.next + n).map_or(&Token::EOF, |token| &token.token)
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    /// The `n`-th word from here, folded; `None` if it is something else or quoted.
    pub(super) fn word(&self, n: usize) -> Option<String> {
        match self.peek_nth(n) {
            Token::Word(word) if word.quote_style.is_none() => Some(word.value.to_lowercase()),
            _ => None,
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.is_nth(0, word)
    }

    pub(super) fn is_nth(&self, n: usize, expected: &str) -> bool {
        match self.peek_nth(n) {
            Token::Word(word) => word.quote_style.is_none() && word.value.eq_ignore_ascii_case(expected),
            _ => false,
        }
    }

    pub(super) fn accept(&mut self, word: &str) -> bool {
        let found = self.is(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn accept_all(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(n, word)| self.is_nth(n, word));
        if found {
            words.iter().for_each(|_| self.advance());
        }
        found
    }

    pub(super) fn expect(&mut self, word: &str) -> Result<(), SqlError> {
        if self.accept(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(super) fn symbol(&mut self, token: &Token) -> bool {
        let found = self.peek() == token;
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect_symbol(&mut self, token: &Token) -> Result<(), SqlError> {
        if self.symbol(token) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(super) fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, SqlError>,
    ) -> Result<Vec<T>, SqlError> {
        let mut items = vec![item(self)?];
        while self.symbol(&Token::Comma) {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// One word of a name. (`ColId`)
    pub(super) fn name(&mut self) -> Result<Name, SqlError> {
        if self.at_name() { self.label() } else { Err(self.unexpected()) }
    }

    /// Whether a word comes next that may be the name of a column or a table.
    pub(super) fn at_name(&self) -> bool {
        match self.peek() {
            Token::Word(word) if word.quote_style.is_none() => {
                let word = word.value.to_lowercase();
                !is_reserved(&word) && !is_join_word(&word)
            }
            Token::Word(_) => true,
            _ => false,
        }
    }

    /// Whether a word comes next that may name an item of a SELECT list without AS. (`BareColLabel`)
    pub(super) fn at_bare_label(&self) -> bool {
        match self.peek() {
            Token::Word(word) => word.quote_style.is_some() || !NEEDS_AS.contains(&word.value.to_lowercase().as_str()),
            _ => false,
        }
    }

    /// Any word at all as a name, as after AS or a period. (`ColLabel`)
    pub(super) fn label(&mut self) -> Result<Name, SqlError> {
        let Token::Word(word) = self.peek() else { return Err(self.unexpected()) };
        let name = fold(&word.value, word.quote_style);
        let position = self.here();
        self.advance();
        Ok(Name { schema: None, name, position })
    }

    /// A name that may have a schema.
    pub(super) fn qualified(&mut self) -> Result<Name, SqlError> {
        let first = self.name()?;
        if !self.symbol(&Token::Period) {
            return Ok(first);
        }
        let second = self.label()?;
        if self.symbol(&Token::Period) {
            let third = self.label()?.name;
            let full = format!("{}.{}.{third}", first.name, second.name);
            let message = format!("cross-database references are not implemented: \"{full}\"");
            return Err(SqlError::new("0A000", message).at(first.position));
        }
        Ok(Name { schema: Some(first.name), name: second.name, position: first.position })
    }

    pub(super) fn names(&mut self) -> Result<Vec<Name>, SqlError> {
        self.list(Self::name)
    }

    pub(super) fn bracketed_names(&mut self) -> Result<Vec<Name>, SqlError> {
        self.expect_symbol(&Token::LParen)?;
        let names = self.names()?;
        self.expect_symbol(&Token::RParen)?;
        Ok(names)
    }

    pub(super) fn raw_expr(&mut self) -> Result<RawExpr, SqlError> {
        self.with_text(Self::expr)
    }

    /// An expression and its words.
    pub(super) fn with_text(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Expr, SqlError>,
    ) -> Result<RawExpr, SqlError> {
        let start = self.here();
        let expr = read(self)?;
        Ok(RawExpr { expr, text: self.text_since(start) })
    }

    /// Whether the `n`-th token from here is a string.
    pub(super) fn is_string(&self, n: usize) -> bool {
        string_of(self.peek_nth(n)).is_some()
    }

    /// A string; what stands on the next line goes on with it.
    pub(super) fn string(&mut self) -> Result<Rc<str>, SqlError> {
        let Some(mut text) = string_of(self.peek()).map(str::to_owned) else { return Err(self.unexpected()) };
        self.advance();
        let line = |token: Option<&TokenWithSpan>, of: fn(&TokenWithSpan) -> u64| token.map_or(0, of);
        while let Token::SingleQuotedString(more) = self.peek()
            && line(self.tokens.get(self.next - 1), |token| token.span.end.line)
                < line(self.tokens.get(self.next), |token| token.span.start.line)
        {
            text.push_str(more);
            self.advance();
        }
        Ok(text.into())
    }

    pub(super) fn integer(&mut self) -> Result<i64, SqlError> {
        let negative = self.symbol(&Token::Minus);
        if !negative {
            self.symbol(&Token::Plus);
        }
        let Token::Number(digits, _) = self.peek() else { return Err(self.unexpected()) };
        let Ok(value) = digits.parse::<i64>() else { return Err(self.unexpected()) };
        self.advance();
        Ok(if negative { -value } else { value })
    }

    /// The place of the next token, in characters from 1.
    pub(super) fn here(&self) -> u32 {
        let token = self.tokens.get(self.next);
        token.and_then(|token| self.source.position(token.span.start)).unwrap_or(1)
    }

    pub(super) fn text_since(&self, start: u32) -> Rc<str> {
        let last = self.next.checked_sub(1).and_then(|index| self.tokens.get(index));
        let end = last.and_then(|token| self.source.position(token.span.end)).unwrap_or(start);
        let places = &self.source.places;
        self.source.text.get(places.byte(start)..places.byte(end)).unwrap_or("").into()
    }

    /// Whether the words of a type and a string come next: `timestamp with time zone '…'`.
    pub(super) fn at_typed_literal(&self) -> bool {
        let mut n = 1;
        loop {
            let follows = ["precision", "varying", "character", "char", "with", "without", "time", "zone"];
            if follows.iter().any(|word| self.is_nth(n, word)) {
                n += 1;
            } else if *self.peek_nth(n) == Token::LParen && matches!(self.peek_nth(n + 1), Token::Number(..)) {
                n += 2;
                while matches!(self.peek_nth(n), Token::Number(..) | Token::Comma) {
                    n += 1;
                }
                n += 1;
            } else {
                return self.is_string(n);
            }
        }
    }
}

fn string_of(token: &Token) -> Option<&str> {
    match token {
        Token::SingleQuotedString(text)
        | Token::EscapedStringLiteral(text)
        | Token::UnicodeStringLiteral(text)
        | Token::NationalStringLiteral(text) => Some(text),
        Token::DollarQuotedString(text) => Some(&text.value),
        _ => None,
    }
}

/// Words that are never names unless quoted. (Manual, appendix C)
pub fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// Words that name kinds of joins and the like: they may name functions and types, never columns or tables.
pub(super) fn is_join_word(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "authorization",
        "binary",
        "collation",
        "concurrently",
        "cross",
        "current_schema",
        "freeze",
        "full",
        "ilike",
        "inner",
        "is",
        "isnull",
        "join",
        "left",
        "like",
        "natural",
        "notnull",
        "outer",
        "overlaps",
        "right",
        "similar",
        "tablesample",
        "verbose",
    ];
    WORDS.binary_search(&word).is_ok()
}

/// Words that begin the name of a type of several words, or one that takes numbers in brackets.
pub(super) fn names_type(word: &str) -> bool {
    [
        "bit",
        "char",
        "character",
        "dec",
        "decimal",
        "double",
        "float",
        "national",
        "nchar",
        "numeric",
        "time",
        "timestamp",
        "varchar",
    ]
    .contains(&word)
}

/// Words that name an item of a SELECT list only after AS. (Manual, appendix C)
const NEEDS_AS: &[&str] = &[
    "array",
    "as",
    "char",
    "character",
    "create",
    "day",
    "except",
    "fetch",
    "filter",
    "for",
    "from",
    "grant",
    "group",
    "having",
    "hour",
    "intersect",
    "into",
    "isnull",
    "limit",
    "minute",
    "month",
    "notnull",
    "offset",
    "on",
    "order",
    "over",
    "overlaps",
    "precision",
    "returning",
    "second",
    "to",
    "union",
    "varying",
    "where",
    "window",
    "with",
    "within",
    "without",
    "year",
];

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
