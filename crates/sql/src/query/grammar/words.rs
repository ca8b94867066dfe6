//! Reading words, names, expressions and numbers.

use super::{Grammar, fold, is_reserved};
use crate::error::SqlError;
use crate::query::statement::{Name, RawExpr};
use sqlparser::ast;
use sqlparser::tokenizer::Token;
use std::rc::Rc;

impl Grammar {
    /// The `n`-th word from here, folded; `None` if it is something else or quoted.
    pub(super) fn word(&self, n: usize) -> Option<String> {
        match &self.parser.peek_nth_token_ref(n).token {
            Token::Word(word) if word.quote_style.is_none() => Some(word.value.to_lowercase()),
            _ => None,
        }
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.is_nth(0, word)
    }

    pub(super) fn is_nth(&self, n: usize, expected: &str) -> bool {
        match &self.parser.peek_nth_token_ref(n).token {
            Token::Word(word) => word.quote_style.is_none() && word.value.eq_ignore_ascii_case(expected),
            _ => false,
        }
    }

    pub(super) fn accept(&mut self, word: &str) -> bool {
        let found = self.is(word);
        if found {
            self.parser.advance_token();
        }
        found
    }

    pub(super) fn accept_all(&mut self, words: &[&str]) -> bool {
        let found = words.iter().enumerate().all(|(n, word)| self.is_nth(n, word));
        if found {
            words.iter().for_each(|_| self.parser.advance_token());
        }
        found
    }

    pub(super) fn expect(&mut self, word: &str) -> Result<(), SqlError> {
        if self.accept(word) { Ok(()) } else { Err(self.unexpected()) }
    }

    pub(super) fn symbol(&mut self, token: &Token) -> bool {
        self.parser.consume_token(token)
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
    pub(super) fn qualified(&mut self) -> Result<Name, SqlError> {
        let first = self.name()?;
        if !self.symbol(&Token::Period) {
            return Ok(first);
        }
        let second = self.name()?;
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

    pub(super) fn expr(&mut self) -> Result<ast::Expr, SqlError> {
        self.parser.parse_expr().map_err(|error| self.failed(error))
    }

    pub(super) fn raw_expr(&mut self) -> Result<RawExpr, SqlError> {
        let start = self.here();
        let expr = self.expr()?;
        Ok(RawExpr { expr, text: self.text_since(start) })
    }

    /// An expression that ends before a word that is not an operator: `DEFAULT 1 NOT NULL`. (`b_expr`)
    pub(super) fn restricted_expr(&mut self) -> Result<RawExpr, SqlError> {
        let start = self.here();
        // The strength of NOT in the dialect, so that `NOT NULL` after it is not part of it; IS and comparisons bind tighter.
        let expr = self.parser.parse_subexpr(61).map_err(|error| self.failed(error))?;
        Ok(RawExpr { expr, text: self.text_since(start) })
    }

    pub(super) fn string(&mut self) -> Result<Rc<str>, SqlError> {
        match &self.parser.peek_token_ref().token {
            Token::SingleQuotedString(text) | Token::EscapedStringLiteral(text) => {
                let text = text.as_str().into();
                self.parser.advance_token();
                Ok(text)
            }
            _ => Err(self.unexpected()),
        }
    }

    pub(super) fn integer(&mut self) -> Result<i64, SqlError> {
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
    pub(super) fn here(&self) -> u32 {
        self.source.position(self.parser.peek_token_ref().span.start).unwrap_or(1)
    }

    pub(super) fn text_since(&self, start: u32) -> Rc<str> {
        let end = self.source.position(self.parser.get_current_token().span.end).unwrap_or(start);
        let places = &self.source.places;
        self.source.text.get(places.byte(start)..places.byte(end)).unwrap_or("").into()
    }
}
