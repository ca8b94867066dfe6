//! FROM: tables, functions, subqueries and joins. (`table_ref` of `gram.y`)

use super::Grammar;
use super::primary::Bracketed;
use crate::error::SqlError;
use crate::query::statement::Name;
use crate::query::syntax::{Alias, FromItem, Join, JoinCondition, JoinKind, Query};
use sqlparser::tokenizer::Token;

/// What a pair of brackets in FROM holds.
enum Inside {
    Query(Query),
    Join(FromItem),
}

impl Grammar {
    /// The items between the commas.
    pub(super) fn tables(&mut self) -> Result<Vec<FromItem>, SqlError> {
        self.list(Self::table)
    }

    fn table(&mut self) -> Result<FromItem, SqlError> {
        self.nested(|grammar| {
            let first = grammar.factor()?;
            grammar.joins(first)
        })
    }

    /// Joins that follow an item. `a JOIN b JOIN c ON x ON y` joins b and c first.
    fn joins(&mut self, mut left: FromItem) -> Result<FromItem, SqlError> {
        loop {
            let natural = self.accept("natural");
            if !natural && self.accept_all(&["cross", "join"]) {
                let right = self.factor()?;
                left = join(JoinKind::Inner, left, right, JoinCondition::None);
                continue;
            }
            let Some(kind) = self.join_kind()? else {
                return if natural { Err(self.unexpected()) } else { Ok(left) };
            };
            if natural {
                let right = self.factor()?;
                left = join(kind, left, right, JoinCondition::Natural);
                continue;
            }
            let right = self.table()?;
            let condition = if self.accept("using") {
                let columns = self.bracketed_names()?;
                if self.is("as") {
                    return Err(self.unsupported("an alias of USING"));
                }
                JoinCondition::Using(columns)
            } else {
                self.expect("on")?;
                JoinCondition::On(self.expr()?)
            };
            left = join(kind, left, right, condition);
        }
    }

    /// `[INNER | LEFT [OUTER] | …] JOIN`, read.
    fn join_kind(&mut self) -> Result<Option<JoinKind>, SqlError> {
        if self.accept("join") {
            return Ok(Some(JoinKind::Inner));
        }
        if self.is("full") && (self.is_nth(1, "join") || self.is_nth(1, "outer")) {
            return Err(self.unsupported("FULL JOIN"));
        }
        let kind = match self.word(0).as_deref() {
            Some("inner") => JoinKind::Inner,
            Some("left") => JoinKind::Left,
            Some("right") => JoinKind::Right,
            _ => return Ok(None),
        };
        self.advance();
        if kind != JoinKind::Inner {
            self.accept("outer");
        }
        self.expect("join")?;
        Ok(Some(kind))
    }

    /// One item without its joins.
    fn factor(&mut self) -> Result<FromItem, SqlError> {
        let lateral = self.accept("lateral");
        if *self.peek() == Token::LParen {
            let position = self.here();
            return match self.nested(Self::inside)? {
                Inside::Query(query) => self.subquery(lateral, query, position),
                Inside::Join(item) => self.aliased_join(item),
            };
        }
        if self.is("rows") && self.is_nth(1, "from") {
            return Err(self.unsupported("ROWS FROM"));
        }
        let only = self.is("only");
        let name = self.relation()?;
        if !only && *self.peek() == Token::LParen {
            let args = self.arguments()?;
            if self.is("with") && self.is_nth(1, "ordinality") {
                return Err(self.unsupported("WITH ORDINALITY"));
            }
            return Ok(FromItem::Function { name, args, alias: self.alias()? });
        }
        if lateral {
            return Err(self.unexpected());
        }
        let alias = self.alias()?;
        if self.is("tablesample") {
            return Err(self.unsupported("TABLESAMPLE"));
        }
        Ok(FromItem::Table { name, alias })
    }

    /// From a bracket to the one that closes it: a query, or a join.
    fn inside(&mut self) -> Result<Inside, SqlError> {
        if *self.peek_nth(1) != Token::LParen {
            if self.at_query_word_in_bracket() {
                return match self.bracketed()? {
                    Bracketed::Query(query) => Ok(Inside::Query(query)),
                    Bracketed::Expr(_) => Err(self.unexpected()),
                };
            }
            self.expect_symbol(&Token::LParen)?;
            let item = self.table()?;
            return self.closed(item);
        }
        self.expect_symbol(&Token::LParen)?;
        let inner = self.here();
        let first = match self.nested(Self::inside)? {
            Inside::Query(query) if self.continues_query() => {
                let query = self.query_after(query)?;
                self.expect_symbol(&Token::RParen)?;
                return Ok(Inside::Query(query));
            }
            Inside::Query(query) => self.subquery(false, query, inner)?,
            Inside::Join(item) => self.aliased_join(item)?,
        };
        let item = self.joins(first)?;
        self.closed(item)
    }

    /// Only a join may stand in brackets.
    fn closed(&mut self, item: FromItem) -> Result<Inside, SqlError> {
        if !matches!(item, FromItem::Join(_)) {
            return Err(self.unexpected());
        }
        self.expect_symbol(&Token::RParen)?;
        Ok(Inside::Join(item))
    }

    fn at_query_word_in_bracket(&self) -> bool {
        ["select", "values", "with", "table"].iter().any(|word| self.is_nth(1, word))
    }

    fn subquery(&mut self, lateral: bool, query: Query, position: u32) -> Result<FromItem, SqlError> {
        Ok(FromItem::Subquery { lateral, query: Box::new(query), alias: self.alias()?, position })
    }

    fn aliased_join(&mut self, item: FromItem) -> Result<FromItem, SqlError> {
        let alias = self.alias()?;
        match item {
            FromItem::Join(mut join) if alias.is_some() => {
                join.alias = alias;
                Ok(FromItem::Join(join))
            }
            item => Ok(item),
        }
    }

    /// `[AS] name [(column, …)]`
    fn alias(&mut self) -> Result<Option<Alias>, SqlError> {
        let named = self.accept("as");
        if !named && !self.at_name() {
            return Ok(None);
        }
        if named && *self.peek() == Token::LParen {
            return Err(self.unsupported("a column definition list"));
        }
        let name = self.name()?;
        let columns = if *self.peek() == Token::LParen { self.alias_columns()? } else { Vec::new() };
        Ok(Some(Alias { name, columns }))
    }

    fn alias_columns(&mut self) -> Result<Vec<Name>, SqlError> {
        if matches!(self.peek_nth(2), Token::Word(_)) {
            return Err(self.unsupported("a column definition list"));
        }
        self.bracketed_names()
    }
}

fn join(kind: JoinKind, left: FromItem, right: FromItem, condition: JoinCondition) -> FromItem {
    FromItem::Join(Box::new(Join { kind, left, right, condition, alias: None }))
}
