//! CREATE, DROP and TRUNCATE.

use super::Grammar;
use crate::error::SqlError;
use crate::query::statement::{
    ColumnDef, ColumnSequence, Constraint, ConstraintKind, CreateIndex, CreateSequence, CreateTable, CreateTableAs,
    CreateView, Drop, IndexKeyDef, Name, ObjectKind, SequenceOptions, Statement, Truncate,
};
use crate::value::Type;
use sqlparser::tokenizer::Token;
use std::rc::Rc;

impl Grammar {
    pub(super) fn create(&mut self) -> Result<Statement, SqlError> {
        let start = self.here();
        self.expect("create")?;
        let or_replace = self.accept_all(&["or", "replace"]);
        if self.is("global") || self.is("local") {
            self.advance();
        }
        let temporary = self.accept("temporary") || self.accept("temp");
        self.accept("unlogged");
        if self.accept("table") {
            self.create_table(temporary)
        } else if self.accept("view") {
            self.create_view(temporary, or_replace)
        } else if self.accept("sequence") {
            self.create_sequence(temporary)
        } else if self.is("index") || self.is("unique") {
            self.create_index()
        } else {
            Err(self.unsupported_object("CREATE", start))
        }
    }

    fn if_not_exists(&mut self) -> bool {
        self.accept_all(&["if", "not", "exists"])
    }

    pub(super) fn if_exists(&mut self) -> bool {
        self.accept_all(&["if", "exists"])
    }

    fn create_table(&mut self, temporary: bool) -> Result<Statement, SqlError> {
        let if_not_exists = self.if_not_exists();
        let name = self.qualified()?;
        if self.is("as") || self.bracketed_names_then_as() {
            return self.create_table_as(name, temporary, if_not_exists);
        }
        if self.is("partition") || self.is("of") {
            return Err(self.unsupported("partitions and typed tables"));
        }
        self.expect_symbol(&Token::LParen)?;
        let (mut columns, mut constraints) = (Vec::new(), Vec::new());
        if *self.peek() != Token::RParen {
            self.list(|grammar| {
                if grammar.at_table_constraint() {
                    constraints.push(grammar.table_constraint()?);
                } else if grammar.is("like") {
                    return Err(grammar.unsupported("LIKE in CREATE TABLE"));
                } else {
                    columns.push(grammar.column(&mut constraints)?);
                }
                Ok(())
            })?;
        }
        self.expect_symbol(&Token::RParen)?;
        if self.is("inherits") || self.is("partition") {
            return Err(self.unsupported("inheritance and partitions"));
        }
        let fillfactor = if self.accept("with") { self.storage_parameters()? } else { None }.unwrap_or(100);
        if self.accept_all(&["on", "commit"]) {
            return Err(self.unsupported("ON COMMIT"));
        }
        if self.accept("tablespace") {
            self.name()?;
        }
        let table = CreateTable { name, temporary, if_not_exists, columns, constraints, fillfactor };
        Ok(Statement::CreateTable(Box::new(table)))
    }

    fn bracketed_names_then_as(&self) -> bool {
        let mut n = 0;
        if *self.peek_nth(0) != Token::LParen {
            return false;
        }
        while matches!(self.peek_nth(n + 1), Token::Word(_)) {
            match self.peek_nth(n + 2) {
                Token::Comma => n += 2,
                Token::RParen => return self.is_nth(n + 3, "as"),
                _ => return false,
            }
        }
        false
    }

    fn create_table_as(&mut self, name: Name, temporary: bool, if_not_exists: bool) -> Result<Statement, SqlError> {
        let columns = if self.is("as") { Vec::new() } else { self.bracketed_names()? };
        self.expect("as")?;
        let query = self.inner()?;
        let mut with_data = true;
        if self.accept("with") {
            with_data = !self.accept("no");
            self.expect("data")?;
        }
        Ok(Statement::CreateTableAs(Box::new(CreateTableAs {
            name,
            temporary,
            if_not_exists,
            columns,
            query,
            with_data,
        })))
    }

    /// `(fillfactor = 70, …)`: the fill factor, in percent.
    pub(super) fn storage_parameters(&mut self) -> Result<Option<u16>, SqlError> {
        self.expect_symbol(&Token::LParen)?;
        let mut fillfactor = None;
        self.list(|grammar| {
            let name = grammar.qualified()?;
            if grammar.symbol(&Token::Eq) {
                let negative = grammar.symbol(&Token::Minus);
                let value = grammar.peek().clone();
                grammar.advance();
                if &*name.name == "fillfactor" {
                    fillfactor = match value {
                        Token::Number(digits, _) | Token::SingleQuotedString(digits) if !negative => {
                            digits.parse().ok().filter(|percent| (10..=100).contains(percent))
                        }
                        _ => None,
                    };
                    if fillfactor.is_none() {
                        return Err(SqlError::new("22023", "value out of bounds for option \"fillfactor\"")
                            .detail("Valid values are between \"10\" and \"100\"."));
                    }
                }
            }
            Ok(())
        })?;
        self.expect_symbol(&Token::RParen)?;
        Ok(fillfactor)
    }

    /// A column; its constraints go to the list.
    pub(super) fn column(&mut self, constraints: &mut Vec<Constraint>) -> Result<ColumnDef, SqlError> {
        let name = self.name()?;
        let serial = match self.word(0).as_deref() {
            Some("serial" | "serial4") => Some(Type::Int4),
            Some("bigserial" | "serial8") => Some(Type::Int8),
            Some("smallserial" | "serial2") => Some(Type::Int2),
            _ => None,
        };
        let (ty, typmod) = if let Some(ty) = serial {
            self.advance();
            (ty, None)
        } else {
            self.data_type()?
        };
        let sequence = serial.map(|_| ColumnSequence::Serial);
        let mut column = ColumnDef { name, ty, typmod, default: None, not_null: serial.is_some(), sequence };
        if self.accept("collate") {
            self.qualified()?;
        }
        loop {
            let position = self.here();
            let name = if self.accept("constraint") { Some(self.name()?) } else { None };
            if self.accept_all(&["not", "null"]) {
                column.not_null = true;
            } else if self.accept("null") {
            } else if self.accept("default") {
                column.default = Some(self.with_text(Self::restricted)?);
            } else if self.accept("generated") {
                self.generated(&mut column)?;
            } else if self.accept("primary") {
                self.expect("key")?;
                let kind = ConstraintKind::PrimaryKey(vec![column.name.clone()]);
                constraints.push(self.finish_constraint(name, kind, position, true)?);
            } else if self.accept("unique") {
                let kind = ConstraintKind::Unique(vec![column.name.clone()]);
                constraints.push(self.finish_constraint(name, kind, position, true)?);
            } else if self.is("check") {
                let kind = self.check()?;
                constraints.push(self.finish_constraint(name, kind, position, true)?);
            } else if self.is("references") {
                let kind = self.references(vec![column.name.clone()])?;
                constraints.push(self.finish_constraint(name, kind, position, true)?);
            } else if name.is_some() {
                return Err(self.unexpected());
            } else {
                return Ok(column);
            }
        }
    }

    fn generated(&mut self, column: &mut ColumnDef) -> Result<(), SqlError> {
        let always = self.accept("always");
        if !always {
            self.expect("by")?;
            self.expect("default")?;
        }
        self.expect("as")?;
        if always && *self.peek() == Token::LParen {
            return Err(self.unsupported("generated columns"));
        }
        self.expect("identity")?;
        if *self.peek() == Token::LParen {
            return Err(self.unsupported("options of an identity column"));
        }
        column.not_null = true;
        column.sequence = Some(if always { ColumnSequence::IdentityAlways } else { ColumnSequence::IdentityByDefault });
        Ok(())
    }

    fn create_index(&mut self) -> Result<Statement, SqlError> {
        let unique = self.accept("unique");
        self.expect("index")?;
        let concurrently = self.accept("concurrently");
        let if_not_exists = self.if_not_exists();
        let name = if self.is("on") { None } else { Some(self.name()?) };
        self.expect("on")?;
        let table = self.relation()?;
        if self.accept("using") && !self.accept("btree") {
            return Err(self.unsupported("an index that is not a btree"));
        }
        self.expect_symbol(&Token::LParen)?;
        let keys = self.list(Self::index_key)?;
        self.expect_symbol(&Token::RParen)?;
        self.included()?;
        if self.accept("nulls") {
            return Err(self.unsupported("NULLS NOT DISTINCT"));
        }
        if self.accept("with") {
            self.storage_parameters()?;
        }
        let predicate = if self.accept("where") { Some(self.raw_expr()?) } else { None };
        let index = CreateIndex { name, table, unique, concurrently, if_not_exists, keys, predicate };
        Ok(Statement::CreateIndex(Box::new(index)))
    }

    /// `INCLUDE (a, b)`: columns an index carries along. They decide nothing, and are read from the table here.
    pub(super) fn included(&mut self) -> Result<(), SqlError> {
        if self.accept("include") {
            self.bracketed_names()?;
        }
        Ok(())
    }

    fn index_key(&mut self) -> Result<IndexKeyDef, SqlError> {
        let bracketed = self.symbol(&Token::LParen);
        let expr = if bracketed { self.raw_expr()? } else { self.with_text(Self::primary)? };
        if bracketed {
            self.expect_symbol(&Token::RParen)?;
        }
        // Neither a collation nor an operator class changes anything here.
        if self.accept("collate") {
            self.qualified()?;
        }
        if self.at_name() && !self.is("nulls") {
            self.qualified()?;
        }
        let (descending, nulls_first) = self.direction()?;
        Ok(IndexKeyDef { expr, descending, nulls_first })
    }

    fn create_view(&mut self, temporary: bool, or_replace: bool) -> Result<Statement, SqlError> {
        let name = self.qualified()?;
        let columns = if *self.peek() == Token::LParen { self.bracketed_names()? } else { Vec::new() };
        if self.accept("with") {
            self.storage_parameters()?;
        }
        self.expect("as")?;
        let start = self.here();
        let query = self.inner()?;
        let text: Rc<str> = self.text_since(start);
        if self.is("with") {
            return Err(self.unsupported("WITH CHECK OPTION"));
        }
        Ok(Statement::CreateView(Box::new(CreateView { name, or_replace, temporary, columns, query, text })))
    }

    fn create_sequence(&mut self, temporary: bool) -> Result<Statement, SqlError> {
        let if_not_exists = self.if_not_exists();
        let name = self.qualified()?;
        let options = self.sequence_options()?;
        Ok(Statement::CreateSequence(Box::new(CreateSequence { name, temporary, if_not_exists, options })))
    }

    pub(super) fn sequence_options(&mut self) -> Result<SequenceOptions, SqlError> {
        let mut options = SequenceOptions::default();
        loop {
            if self.accept("increment") {
                self.accept("by");
                options.increment = Some(self.integer()?);
            } else if self.accept("start") {
                self.accept("with");
                options.start = Some(self.integer()?);
            } else if self.accept("restart") {
                let with = self.accept("with");
                let number = matches!(self.peek(), Token::Number(..) | Token::Minus);
                options.restart = Some(if with || number { Some(self.integer()?) } else { None });
            } else if self.accept("minvalue") {
                options.min = Some(Some(self.integer()?));
            } else if self.accept("maxvalue") {
                options.max = Some(Some(self.integer()?));
            } else if self.accept("cache") {
                self.integer()?;
            } else if self.accept("cycle") {
                options.cycle = Some(true);
            } else if self.accept("as") {
                self.data_type()?;
            } else if self.accept("no") {
                if self.accept("minvalue") {
                    options.min = Some(None);
                } else if self.accept("maxvalue") {
                    options.max = Some(None);
                } else {
                    self.expect("cycle")?;
                    options.cycle = Some(false);
                }
            } else if self.accept_all(&["owned", "by"]) {
                options.owned_by = Some(None);
                if !self.accept("none") {
                    let table = self.name()?;
                    self.expect_symbol(&Token::Period)?;
                    options.owned_by = Some(Some((table, self.name()?.name)));
                }
            } else {
                return Ok(options);
            }
        }
    }

    pub(super) fn remove(&mut self) -> Result<Statement, SqlError> {
        let start = self.here();
        if self.accept("truncate") {
            self.accept("table");
            let tables = self.list(Self::relation)?;
            let restart_identity = self.accept_all(&["restart", "identity"]);
            if !restart_identity {
                self.accept_all(&["continue", "identity"]);
            }
            return Ok(Statement::Truncate(Truncate { tables, restart_identity, cascade: self.cascade() }));
        }
        self.expect("drop")?;
        let kinds = [
            ("table", ObjectKind::Table),
            ("index", ObjectKind::Index),
            ("view", ObjectKind::View),
            ("sequence", ObjectKind::Sequence),
        ];
        let Some((_, kind)) = kinds.into_iter().find(|(word, _)| self.accept(word)) else {
            return Err(self.unsupported_object("DROP", start));
        };
        let concurrently = kind == ObjectKind::Index && self.accept("concurrently");
        let if_exists = self.if_exists();
        let names = self.list(Self::qualified)?;
        Ok(Statement::Drop(Box::new(Drop { kind, names, if_exists, cascade: self.cascade(), concurrently })))
    }

    pub(super) fn cascade(&mut self) -> bool {
        let cascade = self.accept("cascade");
        if !cascade {
            self.accept("restrict");
        }
        cascade
    }
}
