//! What operators stand between: names, literals, brackets, calls. (`c_expr` of `gram.y`)

use super::{Grammar, fold, words};
use crate::error::SqlError;
use crate::query::statement::Name;
use crate::query::syntax::{Call, Expr, ExprKind, Query};
use sqlparser::tokenizer::Token;
use std::rc::Rc;

/// What a pair of brackets holds.
pub(super) enum Bracketed {
    Query(Query),
    Expr(Expr),
}

impl Grammar {
    pub(super) fn primary(&mut self) -> Result<Expr, SqlError> {
        let opens = matches!(self.peek(), Token::LParen | Token::Placeholder(_));
        let mut expr = self.atom()?;
        // Only names, parameters and brackets have elements and fields.
        if !opens && !matches!(expr.kind, ExprKind::Column(_)) {
            return Ok(expr);
        }
        loop {
            let position = expr.position;
            if self.symbol(&Token::LBracket) {
                if *self.peek() == Token::Colon {
                    return Err(self.unsupported("slices of arrays"));
                }
                let index = Box::new(self.expr()?);
                if *self.peek() == Token::Colon {
                    return Err(self.unsupported("slices of arrays"));
                }
                self.expect_symbol(&Token::RBracket)?;
                expr = Expr::new(ExprKind::Element { array: Box::new(expr), index }, position);
            } else if *self.peek() == Token::Period {
                self.advance();
                if *self.peek() == Token::Mul {
                    return Err(self.unsupported("fields of a row"));
                }
                let field = self.label()?;
                expr = Expr::new(ExprKind::Field { row: Box::new(expr), field }, position);
            } else {
                return Ok(expr);
            }
        }
    }

    fn atom(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        let kind = match self.peek() {
            Token::Number(digits, _) => ExprKind::Number(digits.as_str().into()),
            Token::Placeholder(name) => ExprKind::Param(name.as_str().into()),
            Token::LParen => return self.brackets(),
            Token::Word(_) => return self.named(),
            Token::HexStringLiteral(_) | Token::SingleQuotedByteStringLiteral(_) => {
                return Err(self.unsupported("bit strings"));
            }
            _ => return Ok(Expr::new(ExprKind::String(self.string()?), position)),
        };
        self.advance();
        Ok(Expr::new(kind, position))
    }

    /// A bracket around an expression, several, or a query.
    fn brackets(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        match self.nested(Self::bracketed)? {
            Bracketed::Query(query) => Ok(Expr::new(ExprKind::Subquery(Box::new(query)), position)),
            Bracketed::Expr(expr) => Ok(expr),
        }
    }

    /// From a bracket to the one that closes it. Whether a bracket in a bracket begins a query or an expression is known only
    /// behind it: `((SELECT 1) UNION …)`, `((SELECT 1) + 1)`.
    pub(super) fn bracketed(&mut self) -> Result<Bracketed, SqlError> {
        let position = self.here();
        self.expect_symbol(&Token::LParen)?;
        if self.at_query_word() {
            let query = self.query()?;
            self.expect_symbol(&Token::RParen)?;
            return Ok(Bracketed::Query(query));
        }
        let first = if *self.peek() == Token::LParen {
            let inside = self.here();
            match self.nested(Self::bracketed)? {
                Bracketed::Query(query) if self.continues_query() => {
                    let query = self.query_after(query)?;
                    self.expect_symbol(&Token::RParen)?;
                    return Ok(Bracketed::Query(query));
                }
                Bracketed::Query(query) => {
                    let expr = Expr::new(ExprKind::Subquery(Box::new(query)), inside);
                    self.continued(expr, 0, false)?
                }
                Bracketed::Expr(expr) => self.continued(expr, 0, false)?,
            }
        } else {
            self.expr()?
        };
        if self.symbol(&Token::RParen) {
            return Ok(Bracketed::Expr(first));
        }
        self.expect_symbol(&Token::Comma)?;
        let mut fields = vec![first];
        fields.extend(self.list(Self::expr)?);
        self.expect_symbol(&Token::RParen)?;
        Ok(Bracketed::Expr(Expr::new(ExprKind::Row(fields), position)))
    }

    /// Something that begins with a word.
    fn named(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        let Some(word) = self.word(0) else { return self.name_or_call() };
        let called = *self.peek_nth(1) == Token::LParen;
        let kind = match word.as_str() {
            "null" => ExprKind::Null,
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            "default" => ExprKind::Default,
            "case" => return self.nested(Self::case),
            "cast" => return self.cast(),
            "exists" if called => {
                self.advance();
                return match self.bracketed()? {
                    Bracketed::Query(query) => Ok(Expr::new(ExprKind::Exists(Box::new(query)), position)),
                    Bracketed::Expr(_) => Err(self.unexpected()),
                };
            }
            "array" => return self.array(),
            "row" if called => {
                self.advance();
                let fields = self.arguments()?;
                return Ok(Expr::new(ExprKind::Row(fields), position));
            }
            "interval" if self.is_string(1) || called => return self.interval(),
            "grouping" | "treat" | "normalize" | "overlay" | "xmlelement" | "xmlforest" if called => {
                return Err(self.unsupported(word.to_uppercase()));
            }
            word if called && super::calls::is_special(word) => return self.special_call(),
            "current_date" | "current_time" | "current_timestamp" | "localtime" | "localtimestamp" | "current_user"
            | "session_user" | "user" | "current_role" | "current_catalog" | "current_schema" => {
                if called && word != "current_schema" {
                    return Err(self.unsupported("a precision of seconds"));
                }
                if called {
                    return self.name_or_call();
                }
                ExprKind::Call(Box::new(Call::plain(&word, Vec::new(), position)))
            }
            _ if words::is_reserved(&word) => return Err(self.unexpected()),
            _ if words::names_type(&word) && self.at_typed_literal() => {
                return self.typed_literal();
            }
            _ => return self.name_or_call(),
        };
        self.advance();
        Ok(Expr::new(kind, position))
    }

    /// `a`, `t.a`, `f(…)`, `date '…'`
    fn name_or_call(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        if self.is_string(1) {
            return self.typed_literal();
        }
        let mut parts = vec![self.part()?];
        while *self.peek() == Token::Period && matches!(self.peek_nth(1), Token::Word(_)) {
            self.advance();
            parts.push(self.label()?.name);
        }
        if *self.peek() != Token::LParen {
            return Ok(Expr::new(ExprKind::Column(parts), position));
        }
        let name = match parts.as_slice() {
            [name] => Name { schema: None, name: name.clone(), position },
            [schema, name] => Name { schema: Some(schema.clone()), name: name.clone(), position },
            _ => return Err(SqlError::unsupported("this name").at(position)),
        };
        self.call(name)
    }

    /// The first word of a name in an expression. Words that name kinds of joins may name functions: `left('abc', 1)`.
    fn part(&mut self) -> Result<Rc<str>, SqlError> {
        let Token::Word(word) = self.peek() else { return Err(self.unexpected()) };
        let name = fold(&word.value, word.quote_style);
        if word.quote_style.is_none() && words::is_join_word(&name) && *self.peek_nth(1) != Token::LParen {
            return Err(self.unexpected());
        }
        self.advance();
        Ok(name)
    }

    fn case(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        self.expect("case")?;
        let operand = if self.is("when") { None } else { Some(Box::new(self.expr()?)) };
        let mut whens = Vec::new();
        self.expect("when")?;
        loop {
            let condition = self.expr()?;
            self.expect("then")?;
            whens.push((condition, self.expr()?));
            if !self.accept("when") {
                break;
            }
        }
        let otherwise = if self.accept("else") { Some(Box::new(self.expr()?)) } else { None };
        self.expect("end")?;
        Ok(Expr::new(ExprKind::Case { operand, whens, otherwise }, position))
    }

    fn cast(&mut self) -> Result<Expr, SqlError> {
        let at = self.here();
        self.expect("cast")?;
        self.expect_symbol(&Token::LParen)?;
        let operand = Box::new(self.expr()?);
        self.expect("as")?;
        let ty = self.type_name()?;
        self.expect_symbol(&Token::RParen)?;
        Ok(Expr::new(ExprKind::Cast { operand, ty, at }, at))
    }

    /// `ARRAY[1, 2]`; the inner lists of `ARRAY[[1], [2]]` go without the word.
    fn array(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        self.expect("array")?;
        if *self.peek() == Token::LParen {
            return Err(SqlError::unsupported("ARRAY(SELECT …)").at(position));
        }
        self.array_items(position)
    }

    fn array_items(&mut self, position: u32) -> Result<Expr, SqlError> {
        self.expect_symbol(&Token::LBracket)?;
        let mut items = Vec::new();
        if *self.peek() != Token::RBracket {
            items = self.list(|grammar| {
                let position = grammar.here();
                if *grammar.peek() == Token::LBracket {
                    grammar.nested(|grammar| grammar.array_items(position))
                } else {
                    grammar.expr()
                }
            })?;
        }
        self.expect_symbol(&Token::RBracket)?;
        Ok(Expr::new(ExprKind::Array(items), position))
    }

    /// `date '…'`, `timestamp with time zone '…'`, `numeric(4, 1) '…'`
    fn typed_literal(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        let ty = self.type_name()?;
        let at = self.here();
        let text = self.string()?;
        Ok(Expr::new(ExprKind::Literal { ty, text, at }, position))
    }

    /// `interval '1' day`
    fn interval(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        self.expect("interval")?;
        if *self.peek() == Token::LParen {
            return Err(self.unsupported("a precision of seconds"));
        }
        let at = self.here();
        let text = self.string()?;
        let fields = ["year", "month", "day", "hour", "minute", "second"];
        let field = self.word(0).filter(|word| fields.contains(&word.as_str()));
        if field.is_some() {
            self.advance();
            if self.is("to") {
                return Err(self.unsupported("a range of fields"));
            }
        }
        Ok(Expr::new(ExprKind::Interval { text, at, field: field.as_deref().map(Rc::from) }, position))
    }
}
