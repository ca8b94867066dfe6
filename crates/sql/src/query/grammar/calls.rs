//! Calls of functions, and those with a syntax of their own. (`func_expr` of `gram.y`)

use super::Grammar;
use crate::error::SqlError;
use crate::query::statement::Name;
use crate::query::syntax::{Call, Expr, ExprKind, TypeName};
use crate::value::Type;
use sqlparser::tokenizer::Token;

/// Whether a function is called with words between its arguments.
pub(super) fn is_special(name: &str) -> bool {
    matches!(name, "extract" | "position" | "substring" | "trim")
}

/// Whether a function must have an argument by the grammar.
fn is_choice(name: &Name) -> bool {
    name.schema.is_none() && matches!(&*name.name, "coalesce" | "greatest" | "least")
}

impl Grammar {
    /// `(a, b)`, which may be empty.
    pub(super) fn arguments(&mut self) -> Result<Vec<Expr>, SqlError> {
        self.expect_symbol(&Token::LParen)?;
        let args = if *self.peek() == Token::RParen { Vec::new() } else { self.list(Self::expr)? };
        self.expect_symbol(&Token::RParen)?;
        Ok(args)
    }

    /// What follows the name of a function.
    pub(super) fn call(&mut self, name: Name) -> Result<Expr, SqlError> {
        let position = name.position;
        let mut call = Call { name, ..Call::plain("", Vec::new(), position) };
        self.expect_symbol(&Token::LParen)?;
        if self.symbol(&Token::Mul) {
            call.star = true;
        } else if *self.peek() != Token::RParen || is_choice(&call.name) {
            call.distinct = self.accept("distinct");
            if !call.distinct {
                self.accept("all");
            }
            call.args = self.list(|grammar| {
                if grammar.is("variadic") {
                    return Err(grammar.unsupported("VARIADIC"));
                }
                if matches!(grammar.peek_nth(1), Token::RArrow | Token::Assignment) {
                    return Err(grammar.unsupported("named arguments"));
                }
                grammar.expr()
            })?;
            call.order = self.order_by()?;
        }
        self.expect_symbol(&Token::RParen)?;
        if self.is("within") && self.is_nth(1, "group") {
            return Err(SqlError::unsupported("ordered-set aggregates").at(position));
        }
        if self.is("filter") && *self.peek_nth(1) == Token::LParen {
            self.advance();
            self.expect_symbol(&Token::LParen)?;
            self.expect("where")?;
            call.filter = Some(self.expr()?);
            self.expect_symbol(&Token::RParen)?;
        }
        if self.is("over") {
            return Err(SqlError::unsupported("window functions").at(position));
        }
        Ok(Expr::new(ExprKind::Call(Box::new(call)), position))
    }

    pub(super) fn special_call(&mut self) -> Result<Expr, SqlError> {
        let position = self.here();
        let word = self.word(0).unwrap_or_default();
        self.advance();
        self.expect_symbol(&Token::LParen)?;
        let (name, args) = match word.as_str() {
            "extract" => ("extract", self.extract_arguments()?),
            "position" => {
                let part = self.restricted()?;
                self.expect("in")?;
                ("position", vec![self.restricted()?, part])
            }
            "substring" => ("substring", self.substring_arguments()?),
            _ => self.trim_arguments()?,
        };
        self.expect_symbol(&Token::RParen)?;
        Ok(Expr::new(ExprKind::Call(Box::new(Call::special(name, args, position))), position))
    }

    /// `extract(epoch FROM t)`
    fn extract_arguments(&mut self) -> Result<Vec<Expr>, SqlError> {
        let at = self.here();
        let field = match self.word(0) {
            Some(word) => {
                self.advance();
                word.as_str().into()
            }
            None => self.string()?,
        };
        // The field is a text, never a literal that could become of another type.
        let ty = TypeName { resolved: Ok((Type::Text, None)), position: at };
        let field = Expr::new(ExprKind::Literal { ty, text: field, at }, at);
        self.expect("from")?;
        Ok(vec![field, self.expr()?])
    }

    /// `substring(s FROM 2 FOR 3)`, in either order, or `substring(s, 2, 3)`.
    fn substring_arguments(&mut self) -> Result<Vec<Expr>, SqlError> {
        let mut args = self.list(Self::expr)?;
        let mut from = None;
        let mut length = None;
        loop {
            if from.is_none() && self.accept("from") {
                from = Some(self.expr()?);
            } else if length.is_none() && self.accept("for") {
                length = Some(self.expr()?);
            } else if self.is("similar") {
                return Err(self.unsupported("SUBSTRING SIMILAR"));
            } else {
                break;
            }
        }
        if let (None, Some(length)) = (&from, &length) {
            from = Some(Expr::new(ExprKind::Number("1".into()), length.position));
        }
        args.extend(from);
        args.extend(length);
        Ok(args)
    }

    /// `trim(LEADING 'x' FROM s)`
    fn trim_arguments(&mut self) -> Result<(&'static str, Vec<Expr>), SqlError> {
        let name = if self.accept("leading") {
            "ltrim"
        } else if self.accept("trailing") {
            "rtrim"
        } else {
            self.accept("both");
            "btrim"
        };
        let mut characters = None;
        if !self.is("from") {
            let mut args = self.list(Self::expr)?;
            if args.len() > 1 || !self.is("from") {
                return Ok((name, args));
            }
            characters = args.pop();
        }
        self.expect("from")?;
        let mut args = self.list(Self::expr)?;
        args.extend(characters);
        Ok((name, args))
    }
}
