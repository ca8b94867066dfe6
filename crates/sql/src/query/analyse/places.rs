//! Where words stand, for errors.

use super::Analyser;
use sqlparser::ast::{self, Spanned};
use sqlparser::tokenizer::Location;

impl<'a> Analyser<'a> {
    pub(super) fn at(&self, location: Location) -> u32 {
        self.source.position(location).unwrap_or(0)
    }

    /// Where an expression begins, in characters from 1; 0 if nobody knows.
    pub(super) fn position(&self, expr: &ast::Expr) -> u32 {
        self.at(expr.span().start)
    }

    /// Where `word` stands between two expressions.
    pub(super) fn between_places(&self, left: &ast::Expr, word: &str, right: &ast::Expr) -> u32 {
        let (from, to) = (left.span().end, right.span().start);
        self.find_word(word, |place| place >= from && place < to).unwrap_or_else(|| self.position(left))
    }

    /// Where `word` first stands after an expression.
    pub(super) fn after(&self, expr: &ast::Expr, word: &str) -> Option<u32> {
        let from = expr.span().end;
        self.find_word(word, |place| place >= from)
    }

    /// Looks the text through again: only errors need to know.
    pub(super) fn find_word(&self, word: &str, mut fits: impl FnMut(Location) -> bool) -> Option<u32> {
        let tokens = crate::query::parse::tokenize(&self.source.text, &self.source.places).ok()?;
        let found =
            tokens.iter().find(|token| token.token.to_string().eq_ignore_ascii_case(word) && fits(token.span.start));
        found.and_then(|token| self.source.position(token.span.start))
    }

    /// Where the bracket around a query is.
    pub(super) fn bracket(&self, query: &ast::Query) -> u32 {
        let to = query.span().start;
        self.last_before("(", to).unwrap_or_else(|| self.at(to))
    }

    /// Where `word` last stands before an expression.
    pub(super) fn before(&self, expr: &ast::Expr, word: &str) -> Option<u32> {
        self.last_before(word, expr.span().start)
    }

    fn last_before(&self, word: &str, to: Location) -> Option<u32> {
        let mut found = None;
        self.find_word(word, |place| {
            if place < to {
                found = Some(place);
            }
            false
        });
        found.and_then(|place| self.source.position(place))
    }

    /// The place of the word after a place.
    pub(super) fn next_word(&self, place: u32) -> u32 {
        let Ok(tokens) = crate::query::parse::tokenize(&self.source.text, &self.source.places) else { return place };
        let white = |token: &sqlparser::tokenizer::Token| matches!(token, sqlparser::tokenizer::Token::Whitespace(_));
        let places = tokens
            .iter()
            .filter(|token| !white(&token.token))
            .filter_map(|token| self.source.position(token.span.start));
        places.into_iter().find(|found| *found > place).unwrap_or(place)
    }
}
