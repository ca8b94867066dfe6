//! What goes wrong: words that cannot stand where they stand, and what the store does not have.

use super::Grammar;
use crate::error::SqlError;
use crate::query::parse::too_deep;
use sqlparser::parser::ParserError;
use sqlparser::tokenizer::{Location, Token};

impl Grammar {
    /// The next token cannot stand here.
    pub(super) fn unexpected(&self) -> SqlError {
        let mut token = self.parser.peek_token_ref();
        if (self.is("order") || self.is("group")) && !self.is_nth(1, "by") {
            token = self.parser.peek_nth_token_ref(1);
        }
        if token.token == Token::EOF { self.ends_early() } else { self.syntax_error(token.span.start, token.span.end) }
    }

    pub(super) fn ends_early(&self) -> SqlError {
        let end = self.source.text[..self.source.range.end].chars().count() as u32;
        if self.is_last {
            let end = self.source.text.chars().count() as u32;
            SqlError::new("42601", "syntax error at end of input").at(end + 1)
        } else {
            let gap = self.source.text[self.source.range.end..].find(';').unwrap_or(0) as u32;
            SqlError::new("42601", "syntax error at or near \";\"").at(end + gap + 1)
        }
    }

    pub(super) fn syntax_error(&self, start: Location, end: Location) -> SqlError {
        let position = self.source.position(start).unwrap_or(1);
        let places = &self.source.places;
        let end = self.source.position(end).map_or(0, |end| places.byte(end));
        let text = self.source.text.get(places.byte(position)..end).unwrap_or("");
        SqlError::new("42601", format!("syntax error at or near \"{text}\"")).at(position)
    }

    /// What `sqlparser` says, as PostgreSQL would: only the place is of use.
    pub(super) fn failed(&self, error: ParserError) -> SqlError {
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
    pub(super) fn syntax_error_at(&self, location: Location) -> SqlError {
        let tokens = crate::query::parse::tokenize(&self.source.text, &self.source.places).unwrap_or_default();
        match tokens.iter().find(|token| token.span.start == location && token.token != Token::EOF) {
            Some(token) if token.token != Token::SemiColon || self.is_last => {
                self.syntax_error(token.span.start, token.span.end)
            }
            _ => self.ends_early(),
        }
    }

    /// `CREATE FUNCTION` and the like: kinds of objects the store does not have.
    pub(super) fn unsupported_object(&self, verb: &str, start: u32) -> SqlError {
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
    pub(super) fn unsupported(&self, what: impl std::fmt::Display) -> SqlError {
        SqlError::unsupported(what).at(self.here())
    }
}

/// ` at Line: 1, Column: 8` of a message.
fn place_in(message: &str) -> Option<Location> {
    let (_, place) = message.rsplit_once(" at Line: ")?;
    let (line, column) = place.split_once(", Column: ")?;
    Some(Location { line: line.parse().ok()?, column: column.trim().parse().ok()? })
}
