//! CREATE, ALTER, DROP and what keeps tables in order.

use super::{SessionId, Store};
use crate::catalog::View;
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::isolation::Reply;
use crate::query::statement::{Name, RawExpr};
use crate::query::{Parsed, Statement};
use crate::value::Type;
use std::rc::Rc;

impl Store {
    pub(super) fn define(&mut self, _me: SessionId, parsed: &Parsed) -> Run<Reply> {
        Err(SqlError::unsupported(format!("{} is", self.ddl_tag(&parsed.statement))).into())
    }

    pub(super) fn ddl_tag(&self, _statement: &Statement) -> &'static str {
        "this statement"
    }

    pub(super) fn vacuum(&mut self, _me: SessionId, _tables: &[Name], _analyze: bool, _full: bool) -> Run<()> {
        Ok(())
    }

    pub(super) fn analyze(&mut self, _me: SessionId, _tables: &[Name]) -> Run<()> {
        Ok(())
    }

    pub(super) fn tables_of_view(&mut self, _me: SessionId, _view: &Rc<View>) -> Run<Vec<u32>> {
        Ok(Vec::new())
    }

    pub(super) fn constant(&mut self, _me: SessionId, _expr: &RawExpr, _ty: Type) -> Run<Expr> {
        Err(SqlError::unsupported("this expression is").into())
    }
}
