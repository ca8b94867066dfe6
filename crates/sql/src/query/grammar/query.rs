//! Queries: their clauses, and how they are put together. (`select_no_parens` and `select_clause` of `gram.y`)

use super::Grammar;
use super::primary::Bracketed;
use crate::error::SqlError;
use crate::query::plan::{RowLock, SetOperation, WaitPolicy};
use crate::query::statement::{Locking, Name, With};
use crate::query::syntax::{Body, Distinct, Expr, ExprKind, FromItem, OrderItem, Query, Select, SelectItem, SetQuery};
use sqlparser::tokenizer::Token;

impl Grammar {
    /// Whether a word comes next that begins a query.
    pub(super) fn at_query_word(&self) -> bool {
        ["select", "values", "with", "table"].iter().any(|word| self.is(word))
    }

    /// Whether the bracket just opened is one of a query: brackets may stand in it first.
    pub(super) fn at_subquery(&self) -> bool {
        let mut n = 0;
        while *self.peek_nth(n) == Token::LParen {
            n += 1;
        }
        let begins = ["select", "values", "with", "table"].iter().any(|word| self.is_nth(n, word));
        // `IN ((SELECT 1), 2)`: the inner bracket is an expression's unless what follows it goes on as a query.
        begins && (n == 0 || self.bracket_is_query())
    }

    /// Whether what follows the bracket that comes next ends or continues a query.
    fn bracket_is_query(&self) -> bool {
        let mut depth = 0;
        for n in 0.. {
            match self.peek_nth(n) {
                Token::LParen => depth += 1,
                Token::RParen => depth -= 1,
                Token::EOF => return false,
                _ => {}
            }
            if depth == 0 {
                return *self.peek_nth(n + 1) == Token::RParen || self.continues_query_at(n + 1);
            }
        }
        false
    }

    /// Whether a word comes next that goes on with a query whose body has been read.
    pub(super) fn continues_query(&self) -> bool {
        *self.peek() == Token::RParen || self.continues_query_at(0)
    }

    fn continues_query_at(&self, n: usize) -> bool {
        ["union", "intersect", "except", "order", "limit", "offset", "fetch", "for"]
            .iter()
            .any(|word| self.is_nth(n, word))
    }

    pub(super) fn query(&mut self) -> Result<Query, SqlError> {
        self.nested(|grammar| {
            let with = grammar.with()?;
            grammar.query_of(with)
        })
    }

    /// A query whose WITH has been read.
    pub(super) fn query_of(&mut self, with: Option<With>) -> Result<Query, SqlError> {
        let first = self.operand()?;
        let mut query = self.query_after(first)?;
        if with.is_some() {
            if query.with.is_some() {
                return Err(SqlError::new("42601", "multiple WITH clauses not allowed"));
            }
            query.with = with;
        }
        Ok(query)
    }

    /// What follows a query's first operand.
    pub(super) fn query_after(&mut self, first: Query) -> Result<Query, SqlError> {
        let mut query = self.union(first)?;
        self.order_and_limits(&mut query)?;
        Ok(query)
    }

    /// SELECT, VALUES, TABLE, or a query in brackets.
    fn operand(&mut self) -> Result<Query, SqlError> {
        if *self.peek() == Token::LParen {
            return match self.nested(Self::bracketed)? {
                Bracketed::Query(query) => Ok(query),
                Bracketed::Expr(_) => Err(self.unexpected()),
            };
        }
        if self.accept("select") {
            return Ok(Query::of(Body::Select(Box::new(self.select()?))));
        }
        if self.accept("values") {
            let rows = self.list(|grammar| {
                grammar.expect_symbol(&Token::LParen)?;
                let row = grammar.list(Self::expr)?;
                grammar.expect_symbol(&Token::RParen)?;
                Ok(row)
            })?;
            return Ok(Query::of(Body::Values(rows)));
        }
        let position = self.here();
        self.expect("table")?;
        let name = self.relation()?;
        let select = Select {
            items: vec![SelectItem::Star(position)],
            from: vec![FromItem::Table { name, alias: None }],
            ..Select::default()
        };
        Ok(Query::of(Body::Select(Box::new(select))))
    }

    /// UNION and EXCEPT, from left to right; INTERSECT binds more tightly.
    fn union(&mut self, first: Query) -> Result<Query, SqlError> {
        let mut left = self.intersect(first)?;
        loop {
            let operation = if self.accept("union") {
                SetOperation::Union
            } else if self.accept("except") {
                SetOperation::Except
            } else {
                return Ok(left);
            };
            let all = self.all();
            let right = self.operand()?;
            let right = self.intersect(right)?;
            left = combined(operation, all, left, right);
        }
    }

    fn intersect(&mut self, first: Query) -> Result<Query, SqlError> {
        let mut left = first;
        while self.accept("intersect") {
            let all = self.all();
            let right = self.operand()?;
            left = combined(SetOperation::Intersect, all, left, right);
        }
        Ok(left)
    }

    fn all(&mut self) -> bool {
        let all = self.accept("all");
        if !all {
            self.accept("distinct");
        }
        all
    }

    fn select(&mut self) -> Result<Select, SqlError> {
        let mut select = Select::default();
        if self.accept("distinct") {
            select.distinct = Some(Distinct::All);
            if self.accept("on") {
                self.expect_symbol(&Token::LParen)?;
                select.distinct = Some(Distinct::On(self.list(Self::expr)?));
                self.expect_symbol(&Token::RParen)?;
            }
        } else {
            self.accept("all");
        }
        if !self.at_end_of_items() {
            select.items = self.items()?;
        }
        if self.is("into") {
            return Err(self.unsupported("SELECT INTO"));
        }
        if self.accept("from") {
            select.from = self.tables()?;
        }
        select.filter = self.filter()?;
        if self.accept("group") {
            self.expect("by")?;
            if !self.accept("all") {
                self.accept("distinct");
            }
            select.group_by = self.list(|grammar| {
                let sets = ["rollup", "cube"].iter().any(|word| grammar.is(word))
                    && *grammar.peek_nth(1) == Token::LParen
                    || grammar.is("grouping") && grammar.is_nth(1, "sets");
                if sets { Err(grammar.unsupported("grouping sets")) } else { grammar.expr() }
            })?;
        }
        if self.accept("having") {
            select.having = Some(self.expr()?);
        }
        if self.is("window") {
            return Err(self.unsupported("window functions"));
        }
        Ok(select)
    }

    /// A list may be empty: `SELECT FROM t`.
    fn at_end_of_items(&self) -> bool {
        matches!(self.peek(), Token::EOF | Token::RParen)
            || self.continues_query_at(0)
            || ["from", "where", "group", "having", "window", "into"].iter().any(|word| self.is(word))
    }

    /// The list of a SELECT or of RETURNING.
    pub(super) fn items(&mut self) -> Result<Vec<SelectItem>, SqlError> {
        self.list(Self::item)
    }

    fn item(&mut self) -> Result<SelectItem, SqlError> {
        let position = self.here();
        if self.symbol(&Token::Mul) {
            return Ok(SelectItem::Star(position));
        }
        if let Some(name) = self.table_star()? {
            return Ok(SelectItem::TableStar(name));
        }
        let expr = self.expr()?;
        let alias = if self.accept("as") || self.at_bare_label() { Some(self.label()?) } else { None };
        Ok(SelectItem::Expr { expr, alias })
    }

    /// `t.*`, `public.t.*`
    fn table_star(&mut self) -> Result<Option<Name>, SqlError> {
        let is_word = |n| matches!(self.peek_nth(n), Token::Word(_)) && *self.peek_nth(n + 1) == Token::Period;
        let mut n = 0;
        while is_word(n) {
            n += 2;
        }
        if n == 0 || *self.peek_nth(n) != Token::Mul {
            return Ok(None);
        }
        let mut name = self.name()?;
        while self.symbol(&Token::Period) && *self.peek() != Token::Mul {
            let next = self.label()?;
            name = Name { schema: Some(name.name), name: next.name, position: name.position };
        }
        self.advance();
        Ok(Some(name))
    }

    pub(super) fn order_by(&mut self) -> Result<Vec<OrderItem>, SqlError> {
        if !self.accept("order") {
            return Ok(Vec::new());
        }
        self.expect("by")?;
        self.list(|grammar| {
            let expr = grammar.expr()?;
            if grammar.is("using") {
                return Err(grammar.unsupported("ORDER BY … USING"));
            }
            let (descending, nulls_first) = grammar.direction()?;
            Ok(OrderItem { expr, descending, nulls_first })
        })
    }

    /// `ASC`, `DESC`, `NULLS FIRST`: ascending with nulls last unless it says otherwise, descending with nulls first.
    pub(super) fn direction(&mut self) -> Result<(bool, bool), SqlError> {
        let descending = self.accept("desc");
        if !descending {
            self.accept("asc");
        }
        let mut nulls_first = descending;
        if self.accept("nulls") {
            nulls_first = self.accept("first");
            if !nulls_first {
                self.expect("last")?;
            }
        }
        Ok((descending, nulls_first))
    }

    /// ORDER BY, LIMIT, OFFSET and locking clauses, of a query that may have some in its brackets. (`insertSelectOptions`)
    fn order_and_limits(&mut self, query: &mut Query) -> Result<(), SqlError> {
        let twice = |what: &str, position: u32| {
            Err(SqlError::new("42601", format!("multiple {what} clauses not allowed")).at(position))
        };
        let order = self.order_by()?;
        if let Some(first) = order.first() {
            if !query.order.is_empty() {
                return twice("ORDER BY", first.expr.position);
            }
            query.order = order;
        }
        let (mut limited, mut skipped) = (query.limit.is_some(), query.offset.is_some());
        loop {
            if self.is("limit") || self.is("fetch") {
                let (limit, position) = if self.accept("limit") { self.limit()? } else { self.fetch_first()? };
                if limited {
                    return twice("LIMIT", position);
                }
                (query.limit, limited) = (limit, true);
            } else if self.accept("offset") {
                let offset = self.expr()?;
                if !self.accept("row") {
                    self.accept("rows");
                }
                if skipped {
                    return twice("OFFSET", offset.position);
                }
                (query.offset, skipped) = (Some(offset), true);
            } else if self.is("for") {
                match self.locking()? {
                    Some(locking) => query.locking.push(locking),
                    None => return Ok(()),
                }
            } else {
                return Ok(());
            }
        }
    }

    fn limit(&mut self) -> Result<(Option<Expr>, u32), SqlError> {
        let position = self.here();
        let limit = if self.accept("all") { None } else { Some(self.expr()?) };
        if *self.peek() == Token::Comma {
            let error = SqlError::new("42601", "LIMIT #,# syntax is not supported");
            return Err(error.hint("Use separate LIMIT and OFFSET clauses.").at(position));
        }
        Ok((limit.filter(|limit| !matches!(limit.kind, ExprKind::Null)), position))
    }

    /// `FETCH FIRST 3 ROWS ONLY`
    fn fetch_first(&mut self) -> Result<(Option<Expr>, u32), SqlError> {
        self.expect("fetch")?;
        if !self.accept("first") {
            self.expect("next")?;
        }
        let position = self.here();
        let rows = |grammar: &Self| grammar.is("row") || grammar.is("rows");
        let count = if rows(self) { Expr::new(ExprKind::Number("1".into()), position) } else { self.primary()? };
        if !rows(self) {
            return Err(self.unexpected());
        }
        self.advance();
        if self.is("with") {
            return Err(self.unsupported("WITH TIES"));
        }
        self.expect("only")?;
        Ok((Some(count), position))
    }

    /// `FOR UPDATE OF a, b NOWAIT`; `FOR READ ONLY` locks nothing.
    fn locking(&mut self) -> Result<Option<Locking>, SqlError> {
        let position = self.here();
        self.expect("for")?;
        if self.accept_all(&["read", "only"]) {
            return Ok(None);
        }
        let strength = if self.accept_all(&["no", "key", "update"]) {
            RowLock::NoKeyUpdate
        } else if self.accept_all(&["key", "share"]) {
            RowLock::KeyShare
        } else if self.accept("update") {
            RowLock::Update
        } else {
            self.expect("share")?;
            RowLock::Share
        };
        self.source.locks.get_or_insert(strength);
        let of = if self.accept("of") { self.list(Self::qualified)? } else { Vec::new() };
        let wait = if self.accept("nowait") {
            WaitPolicy::Error
        } else if self.accept_all(&["skip", "locked"]) {
            WaitPolicy::Skip
        } else {
            WaitPolicy::Block
        };
        Ok(Some(Locking { strength, of, wait, position }))
    }
}

fn combined(operation: SetOperation, all: bool, left: Query, right: Query) -> Query {
    Query::of(Body::Set(Box::new(SetQuery { operation, all, left, right })))
}
