//! What goes wrong: words that cannot stand where they stand, and what the store does not have.

use super::Grammar;
use crate::error::SqlError;
use sqlparser::tokenizer::{Location, Token};

impl Grammar {
    /// The next token cannot stand here.
    pub(super) fn unexpected(&self) -> SqlError {
        match self.tokens.get(self.next) {
            Some(token) if token.token != Token::EOF => self.syntax_error(token.span.start, token.span.end),
            _ => self.ends_early(),
        }
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
