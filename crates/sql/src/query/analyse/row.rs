//! Expressions over a row of one table, outside of any query: CHECK, DEFAULT, keys and predicates of indexes.

use super::scope::{Boundary, ColumnName, Level, Namespace};
use super::{Analyser, Environment, Typed};
use crate::catalog::Column;
use crate::error::{Run, SqlError, Stop};
use crate::expr::Expr;
use crate::query::rewrite::any;
use crate::query::source::Source;
use crate::query::statement::RawExpr;
use crate::value::cast::Context;
use crate::value::{Type, Typmod};
use std::rc::Rc;

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose<'p> {
    Check,
    /// Of a column of that name and type. No column may be read.
    Default {
        column: &'p str,
        ty: Type,
        typmod: Option<Typmod>,
    },
    IndexKey,
    IndexPredicate,
    /// `ALTER COLUMN … TYPE … USING`, to that type.
    Using {
        column: &'p str,
        ty: Type,
        typmod: Option<Typmod>,
    },
    /// Arguments of EXECUTE: no column, any type. [`Type::Unknown`] leaves the type open.
    Argument(Type),
}

/// Binds an expression over a row of `columns`. The type is the expression's own.
pub fn bind(
    environment: Environment<'_>,
    table: &str,
    columns: &[Column],
    raw: &RawExpr,
    source: &Rc<Source>,
    purpose: Purpose<'_>,
) -> Result<(Expr, Type), SqlError> {
    let mut lock = |_, _| Ok(());
    let mut analyser = Analyser::new(environment, source.clone(), &[], &mut lock);
    let mut level = Level::new(Boundary::Top);
    level.clause = purpose.clause();
    let table: Rc<str> = table.into();
    if purpose.reads_columns() {
        let live = columns.iter().enumerate().filter(|(_, column)| !column.dropped);
        let named = live.map(|(index, column)| ColumnName {
            name: column.name.clone(),
            expr: Expr::Column(index),
            ty: column.ty,
            typmod: column.typmod,
            table: table.clone(),
        });
        let named: Vec<ColumnName> = named.collect();
        level.namespace = Namespace {
            tables: vec![super::scope::TableName {
                alias: table.clone(),
                real: None,
                columns: named.clone(),
                table: None,
                relations: Vec::new(),
                unlockable: None,
            }],
            columns: named,
        };
    }
    analyser.levels.push(level);
    match analyser.bound(raw, purpose) {
        Ok(bound) => Ok(bound),
        Err(Stop::Error(error)) => Err(*error),
        Err(Stop::Wait) => unreachable!("nothing is locked here"),
    }
}

impl<'a> Analyser<'a> {
    fn bound(&mut self, raw: &RawExpr, purpose: Purpose<'_>) -> Run<(Expr, Type)> {
        let typed = self.expr(&raw.expr).map_err(|stop| purpose.reword(stop))?;
        let position = typed.position;
        let is_subquery = |expr: &Expr| matches!(expr, Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. });
        if any(&typed.expr, &mut |expr| is_subquery(expr)) {
            let message = format!("cannot use subquery in {}", purpose.singular());
            return Err(SqlError::new("0A000", message).at(position).into());
        }
        let ty = typed.ty;
        match purpose {
            Purpose::Check | Purpose::IndexPredicate => {
                let what = if purpose == Purpose::Check { "CHECK" } else { "WHERE" };
                Ok((self.as_condition(typed, what)?, Type::Bool))
            }
            Purpose::IndexKey => {
                let typed = self.settle(typed)?;
                Ok((typed.expr, typed.ty))
            }
            Purpose::Argument(Type::Unknown) => {
                let typed = self.settle(typed)?;
                Ok((typed.expr, typed.ty))
            }
            Purpose::Argument(wanted) => match self.coerce(typed, wanted, None, Context::Assignment)? {
                Some(Typed { expr, ty, .. }) => Ok((expr, ty)),
                None => {
                    let message = format!("parameter of type {wanted} but expression is of type {ty}");
                    Err(SqlError::new("42804", message).at(position).into())
                }
            },
            Purpose::Default { column, ty: wanted, typmod } => {
                match self.coerce(typed, wanted, typmod, Context::Assignment)? {
                    Some(Typed { expr, ty, .. }) => Ok((expr, ty)),
                    None => {
                        let message =
                            format!("column \"{column}\" is of type {wanted} but default expression is of type {ty}");
                        Err(SqlError::new("42804", message)
                            .hint("You will need to rewrite or cast the expression.")
                            .into())
                    }
                }
            }
            Purpose::Using { column, ty: wanted, typmod } => {
                match self.coerce(typed, wanted, typmod, Context::Assignment)? {
                    Some(Typed { expr, ty, .. }) => Ok((expr, ty)),
                    None => {
                        let message = format!(
                            "result of USING clause for column \"{column}\" cannot be cast automatically to type {wanted}"
                        );
                        Err(SqlError::new("42804", message).hint("You might need to add an explicit cast.").into())
                    }
                }
            }
        }
    }
}

impl Purpose<'_> {
    fn reads_columns(self) -> bool {
        !matches!(self, Purpose::Default { .. } | Purpose::Argument(_))
    }

    fn clause(self) -> &'static str {
        match self {
            Purpose::Check => "check constraints",
            Purpose::Default { .. } => "DEFAULT expressions",
            Purpose::IndexKey => "index expressions",
            Purpose::IndexPredicate => "index predicates",
            Purpose::Using { .. } => "transform expressions",
            Purpose::Argument(_) => "EXECUTE parameters",
        }
    }

    fn singular(self) -> &'static str {
        match self {
            Purpose::Check => "check constraint",
            Purpose::Default { .. } => "DEFAULT expression",
            Purpose::IndexKey => "index expression",
            Purpose::IndexPredicate => "index predicate",
            Purpose::Using { .. } => "transform expression",
            Purpose::Argument(_) => "EXECUTE parameter",
        }
    }

    /// A column where none may be is named by what it is in.
    fn reword(self, stop: Stop) -> Stop {
        match (self, stop) {
            (Purpose::Default { .. }, Stop::Error(error)) if error.code == "42703" => {
                let reworded = SqlError::new("0A000", "cannot use column reference in DEFAULT expression");
                Stop::Error(Box::new(SqlError { position: error.position, ..reworded }))
            }
            (_, stop) => stop,
        }
    }
}
