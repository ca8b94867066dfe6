//! Expressions: operators, tightest last. (`a_expr` and `b_expr` of `gram.y`)

use super::Grammar;
use crate::error::SqlError;
use crate::query::syntax::{Call, Expr, ExprKind, Test};
use sqlparser::tokenizer::Token;
use std::rc::Rc;

/// How tightly an operator binds, as the `%left`, `%right` and `%nonassoc` lines of `gram.y` have it.
mod strength {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const NOT: u8 = 3;
    pub const IS: u8 = 4;
    pub const COMPARISON: u8 = 5;
    pub const LIKE: u8 = 6;
    pub const OPERATOR: u8 = 7;
    pub const SUM: u8 = 8;
    pub const PRODUCT: u8 = 9;
    pub const POWER: u8 = 10;
    pub const AT: u8 = 11;
    pub const COLLATE: u8 = 12;
    pub const SIGN: u8 = 13;
    pub const CAST: u8 = 14;

    /// `a < b < c` is a mistake.
    pub fn is_chain(strength: u8) -> bool {
        !matches!(strength, IS | COMPARISON | LIKE)
    }
}

/// The longest nesting of expressions and queries that is read.
const DEEPEST: u32 = 150;

impl Grammar {
    pub(super) fn expr(&mut self) -> Result<Expr, SqlError> {
        self.operators(0, false)
    }

    /// An expression that ends before a word that is not an operator: `DEFAULT 1 NOT NULL`. (`b_expr`)
    pub(super) fn restricted(&mut self) -> Result<Expr, SqlError> {
        self.operators(0, true)
    }

    /// Guards against recursion that would exhaust the stack.
    pub(super) fn nested<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T, SqlError>) -> Result<T, SqlError> {
        if self.depth >= DEEPEST {
            return Err(crate::query::parse::too_deep());
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        result
    }

    /// Operators that bind at least as tightly as `least`.
    fn operators(&mut self, least: u8, restricted: bool) -> Result<Expr, SqlError> {
        self.nested(|grammar| {
            let left = grammar.prefixed(restricted)?;
            grammar.continued(left, least, restricted)
        })
    }

    fn prefixed(&mut self, restricted: bool) -> Result<Expr, SqlError> {
        let position = self.here();
        if !restricted && self.is("not") {
            self.advance();
            let operand = Box::new(self.operators(strength::NOT, false)?);
            return Ok(Expr::new(ExprKind::Not(operand), position));
        }
        let sign = match self.peek() {
            Token::Plus => Some("+"),
            Token::Minus => Some("-"),
            _ => None,
        };
        if let Some(sign) = sign {
            self.advance();
            let operand = self.operators(strength::SIGN, restricted)?;
            return Ok(signed(sign, operand, position));
        }
        if let Some((op, strength::OPERATOR)) = self.symbol_operator() {
            let op = Rc::from(op.as_str());
            self.advance();
            let operand = Box::new(self.operators(strength::OPERATOR + 1, restricted)?);
            return Ok(Expr::new(ExprKind::Unary { op, operand }, position));
        }
        self.primary()
    }

    /// What follows an expression that has been read.
    pub(super) fn continued(&mut self, mut left: Expr, least: u8, restricted: bool) -> Result<Expr, SqlError> {
        // The strength of the operator before, if another of that strength may not follow.
        let mut closed = 0;
        loop {
            let Some(strength) = self.strength(restricted) else { return Ok(left) };
            if strength < least {
                return Ok(left);
            }
            if strength == closed {
                return Err(self.unexpected());
            }
            let ends_in_operand;
            (left, ends_in_operand) = self.infix(left, strength, restricted)?;
            closed = if ends_in_operand && !strength::is_chain(strength) { strength } else { 0 };
        }
    }

    /// How tightly the operator that comes next binds.
    fn strength(&self, restricted: bool) -> Option<u8> {
        if let Some((_, strength)) = self.symbol_operator() {
            return Some(strength);
        }
        if *self.peek() == Token::DoubleColon {
            return Some(strength::CAST);
        }
        if restricted {
            let distinct =
                self.is("is") && (self.is_nth(1, "distinct") || self.is_nth(1, "not") && self.is_nth(2, "distinct"));
            return distinct.then_some(strength::IS);
        }
        let word = self.word(0)?;
        match word.as_str() {
            "or" => Some(strength::OR),
            "and" => Some(strength::AND),
            "is" | "isnull" | "notnull" => Some(strength::IS),
            "in" | "between" | "like" | "ilike" => Some(strength::LIKE),
            "similar" if self.is_nth(1, "to") => Some(strength::LIKE),
            "not" if ["in", "between", "like", "ilike", "similar"].iter().any(|word| self.is_nth(1, word)) => {
                Some(strength::LIKE)
            }
            "operator" if *self.peek_nth(1) == Token::LParen => Some(strength::OPERATOR),
            "at" if self.is_nth(1, "time") => Some(strength::AT),
            "collate" => Some(strength::COLLATE),
            _ => None,
        }
    }

    /// One operator and what is to its right, and whether that ends in an operand.
    fn infix(&mut self, left: Expr, strength: u8, restricted: bool) -> Result<(Expr, bool), SqlError> {
        let (at, position) = (self.here(), left.position);
        if *self.peek() == Token::DoubleColon {
            self.advance();
            let ty = self.type_name()?;
            return Ok((Expr::new(ExprKind::Cast { operand: Box::new(left), ty, at }, position), false));
        }
        if self.symbol_operator().is_some() || self.is("operator") {
            let op = self.operator()?;
            return self.binary(left, op, at, strength, restricted);
        }
        let word = self.word(0).unwrap_or_default();
        self.advance();
        match word.as_str() {
            "or" => Ok((chain(left, self.operators(strength + 1, restricted)?, true), true)),
            "and" => Ok((chain(left, self.operators(strength + 1, restricted)?, false), true)),
            "isnull" | "notnull" => {
                let negated = word == "notnull";
                Ok((Expr::new(ExprKind::Is { operand: Box::new(left), test: Test::Null, negated }, position), false))
            }
            "is" => self.is_test(left, at, restricted),
            "at" => {
                self.expect("time")?;
                self.expect("zone")?;
                let zone = self.operators(strength::AT + 1, restricted)?;
                let call = Call::special("timezone", vec![zone, left], at);
                Ok((Expr::new(ExprKind::Call(Box::new(call)), position), true))
            }
            "collate" => {
                self.qualified()?;
                Ok((left, false))
            }
            _ => self.matching(left, word, at),
        }
    }

    /// IN, BETWEEN, LIKE, and NOT before them.
    fn matching(&mut self, left: Expr, word: String, at: u32) -> Result<(Expr, bool), SqlError> {
        let position = left.position;
        let negated = word == "not";
        let word = if negated {
            let word = self.word(0).unwrap_or_default();
            self.advance();
            word
        } else {
            word
        };
        let operand = Box::new(left);
        match word.as_str() {
            "in" => {
                self.expect_symbol(&Token::LParen)?;
                let kind = if self.at_subquery() {
                    let query = Box::new(self.query()?);
                    ExprKind::InQuery { operand, query, negated, at }
                } else {
                    ExprKind::InList { operand, list: self.list(Self::expr)?, negated, at }
                };
                self.expect_symbol(&Token::RParen)?;
                Ok((Expr::new(kind, position), false))
            }
            "between" => {
                if self.accept("symmetric") {
                    return Err(self.unsupported("BETWEEN SYMMETRIC"));
                }
                self.accept("asymmetric");
                let low = Box::new(self.restricted()?);
                self.expect("and")?;
                let high = Box::new(self.operators(strength::LIKE + 1, false)?);
                Ok((Expr::new(ExprKind::Between { operand, low, high, negated, at }, position), true))
            }
            "similar" => Err(self.unsupported("SIMILAR TO")),
            _ => {
                let op = match (word.as_str(), negated) {
                    ("like", false) => "~~",
                    ("like", true) => "!~~",
                    (_, false) => "~~*",
                    (_, true) => "!~~*",
                };
                let (mut like, _) = self.binary(*operand, op.into(), at, strength::LIKE, false)?;
                if let (true, ExprKind::Binary { right, .. }) = (self.accept("escape"), &mut like.kind) {
                    let escape = self.operators(strength::LIKE + 1, false)?;
                    let pattern = std::mem::replace(&mut **right, Expr::new(ExprKind::Null, at));
                    let position = pattern.position;
                    let call = Call::special("like_escape", vec![pattern, escape], at);
                    **right = Expr::new(ExprKind::Call(Box::new(call)), position);
                }
                Ok((like, true))
            }
        }
    }

    /// The right side of an operator: an expression, or ANY, SOME or ALL of an array or a query.
    fn binary(
        &mut self,
        left: Expr,
        op: Rc<str>,
        at: u32,
        strength: u8,
        restricted: bool,
    ) -> Result<(Expr, bool), SqlError> {
        let position = left.position;
        let left = Box::new(left);
        let all = self.is("all");
        if !restricted && (all || self.is("any") || self.is("some")) && *self.peek_nth(1) == Token::LParen {
            self.advance();
            let right = Box::new(self.primary()?);
            return Ok((Expr::new(ExprKind::Quantified { left, op, at, right, all }, position), false));
        }
        let right = Box::new(self.operators(strength + 1, restricted)?);
        Ok((Expr::new(ExprKind::Binary { op, at, left, right }, position), true))
    }

    fn is_test(&mut self, left: Expr, at: u32, restricted: bool) -> Result<(Expr, bool), SqlError> {
        let position = left.position;
        let operand = Box::new(left);
        let negated = self.accept("not");
        if self.accept("distinct") {
            self.expect("from")?;
            let right = Box::new(self.operators(strength::IS + 1, restricted)?);
            return Ok((Expr::new(ExprKind::IsDistinct { left: operand, right, negated, at }, position), true));
        }
        let word = self.word(0).unwrap_or_default();
        let test = match word.as_str() {
            "null" => Test::Null,
            "true" => Test::True,
            "false" => Test::False,
            "unknown" => Test::Unknown,
            "document" | "normalized" | "nfc" | "nfd" | "nfkc" | "nfkd" => {
                return Err(self.unsupported(format_args!("IS {}", word.to_uppercase())));
            }
            _ => return Err(self.unexpected()),
        };
        self.advance();
        Ok((Expr::new(ExprKind::Is { operand, test, negated }, position), false))
    }

    /// An operator that is written in symbols or as `OPERATOR(pg_catalog.+)`, read.
    fn operator(&mut self) -> Result<Rc<str>, SqlError> {
        if let Some((op, _)) = self.symbol_operator() {
            self.advance();
            return Ok(op.as_str().into());
        }
        self.expect("operator")?;
        self.expect_symbol(&Token::LParen)?;
        if matches!(self.peek(), Token::Word(_)) {
            self.name()?;
            self.expect_symbol(&Token::Period)?;
        }
        let Some((op, _)) = self.symbol_operator() else { return Err(self.unexpected()) };
        self.advance();
        self.expect_symbol(&Token::RParen)?;
        Ok(op.as_str().into())
    }

    /// The operator that comes next, if it is one of symbols, and how tightly it binds.
    fn symbol_operator(&self) -> Option<(String, u8)> {
        let strength = match self.peek() {
            Token::Eq | Token::Neq | Token::Lt | Token::Gt | Token::LtEq | Token::GtEq => strength::COMPARISON,
            Token::Plus | Token::Minus => strength::SUM,
            Token::Mul | Token::Div | Token::Mod => strength::PRODUCT,
            Token::Caret => strength::POWER,
            Token::Tilde
            | Token::TildeAsterisk
            | Token::ExclamationMark
            | Token::DoubleExclamationMark
            | Token::ExclamationMarkTilde
            | Token::ExclamationMarkTildeAsterisk
            | Token::DoubleTilde
            | Token::DoubleTildeAsterisk
            | Token::ExclamationMarkDoubleTilde
            | Token::ExclamationMarkDoubleTildeAsterisk
            | Token::StringConcat
            | Token::Ampersand
            | Token::Pipe
            | Token::Sharp
            | Token::DoubleSharp
            | Token::ShiftLeft
            | Token::ShiftRight
            | Token::Overlap
            | Token::AtSign
            | Token::CaretAt
            | Token::PGSquareRoot
            | Token::PGCubeRoot
            | Token::Spaceship
            | Token::DoubleEq
            | Token::Arrow
            | Token::LongArrow
            | Token::HashArrow
            | Token::HashLongArrow
            | Token::HashMinus
            | Token::AtArrow
            | Token::ArrowAt
            | Token::AtQuestion
            | Token::AtAt
            | Token::Question
            | Token::QuestionAnd
            | Token::QuestionPipe
            | Token::QuestionMarkDash
            | Token::QuestionMarkSharp
            | Token::QuestionMarkDashVerticalBar
            | Token::QuestionMarkDoubleVerticalBar
            | Token::AtDashAt
            | Token::TwoWayArrow
            | Token::TildeEqual
            | Token::AmpersandLeftAngleBracket
            | Token::AmpersandRightAngleBracket
            | Token::AmpersandLeftAngleBracketVerticalBar
            | Token::VerticalBarAmpersandRightAngleBracket
            | Token::LeftAngleBracketCaret
            | Token::RightAngleBracketCaret
            | Token::ShiftLeftVerticalBar
            | Token::VerticalBarShiftRight
            | Token::VerticalBarRightAngleBracket
            | Token::CustomBinaryOperator(_) => strength::OPERATOR,
            _ => return None,
        };
        Some((self.peek().to_string(), strength))
    }
}

impl Call {
    /// A call that is written as syntax: `extract(year FROM d)`.
    pub fn special(name: &str, args: Vec<Expr>, position: u32) -> Self {
        Self { special: true, ..Self::plain(name, args, position) }
    }

    /// A call of a function by a name of one word.
    pub fn plain(name: &str, args: Vec<Expr>, position: u32) -> Self {
        let name = crate::query::statement::Name { schema: None, name: name.into(), position };
        Self { name, args, star: false, distinct: false, order: Vec::new(), filter: None, special: false }
    }
}

/// A number with a minus is a number; a plus before one says nothing. (`doNegate`)
fn signed(sign: &str, operand: Expr, position: u32) -> Expr {
    match (&operand.kind, sign) {
        (ExprKind::Number(digits), "-") => {
            let digits = digits.strip_prefix('-').map_or_else(|| format!("-{digits}"), str::to_owned);
            Expr::new(ExprKind::Number(digits.into()), position)
        }
        _ => Expr::new(ExprKind::Unary { op: sign.into(), operand: Box::new(operand) }, position),
    }
}

/// ANDs and ORs side by side are one list.
fn chain(left: Expr, right: Expr, or: bool) -> Expr {
    let position = left.position;
    let mut list = Vec::new();
    for side in [left, right] {
        match side.kind {
            ExprKind::Or(inner) if or => list.extend(inner),
            ExprKind::And(inner) if !or => list.extend(inner),
            kind => list.push(Expr::new(kind, side.position)),
        }
    }
    Expr::new(if or { ExprKind::Or(list) } else { ExprKind::And(list) }, position)
}
