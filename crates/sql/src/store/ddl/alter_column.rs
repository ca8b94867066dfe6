//! ALTER COLUMN. (`ATExecColumnDefault`, `ATExecSetNotNull`, `ATPrepAlterColumnType`)

use crate::catalog::{Column, Table};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::coerce::coerce;
use crate::query::analyse::row::Purpose;
use crate::query::plan::Oid;
use crate::query::source::Source;
use crate::query::statement::{Name, RawExpr};
use crate::store::{SessionId, Store};
use crate::value::cast::Context;
use crate::value::{Type, Typmod, Value};
use std::rc::Rc;

impl Store {
    /// SET DEFAULT; without an expression DROP DEFAULT.
    pub(super) fn set_default(
        &mut self,
        me: SessionId,
        oid: Oid,
        name: &Name,
        default: Option<&RawExpr>,
        source: &Rc<Source>,
    ) -> Run<()> {
        let mut table = (*self.table(oid)).clone();
        let at = table.column_named(&name.name)?;
        if self.is_identity(oid, at) {
            let message = format!("column \"{}\" of relation \"{}\" is an identity column", name.name, table.name);
            let error = SqlError::new("42601", message);
            return Err(match default {
                Some(_) => error,
                None => error.hint("Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead."),
            }
            .into());
        }
        let column = &table.columns[at];
        let default = match default {
            Some(raw) => {
                let purpose = Purpose::Default { column: &column.name, ty: column.ty, typmod: column.typmod };
                Some(self.bind(me, &table.name, &[], raw, source, purpose)?.0)
            }
            None => None,
        };
        table.columns[at].default = default;
        self.redefine_table(me, table);
        Ok(())
    }

    fn is_identity(&self, oid: Oid, column: usize) -> bool {
        self.owned_sequences(oid, Some(column)).iter().any(|sequence| sequence.identity)
    }

    pub(super) fn set_not_null(&mut self, me: SessionId, oid: Oid, name: &Name) -> Run<()> {
        let mut table = (*self.table(oid)).clone();
        let at = table.column_named(&name.name)?;
        self.check_not_null(me, &table, at)?;
        table.columns[at].not_null = true;
        self.redefine_table(me, table);
        Ok(())
    }

    pub(super) fn drop_not_null(&mut self, me: SessionId, oid: Oid, name: &Name) -> Run<()> {
        let mut table = (*self.table(oid)).clone();
        let at = table.column_named(&name.name)?;
        if self.is_identity(oid, at) {
            let message = format!("column \"{}\" of relation \"{}\" is an identity column", name.name, table.name);
            return Err(SqlError::new("42601", message).into());
        }
        let in_primary = |index: &&Oid| self.catalog.index(**index).primary && self.index_reads(**index, at);
        if table.indexes.iter().any(|index| in_primary(&index)) {
            return Err(SqlError::new("42P16", format!("column \"{}\" is in a primary key", name.name)).into());
        }
        table.columns[at].not_null = false;
        self.redefine_table(me, table);
        Ok(())
    }

    /// SET DATA TYPE.
    pub(super) fn set_type(
        &mut self,
        me: SessionId,
        oid: Oid,
        name: &Name,
        (ty, typmod): (Type, Option<Typmod>),
        using: Option<&RawExpr>,
        source: &Rc<Source>,
    ) -> Run<()> {
        let table = self.table(oid);
        let at = table.column_named(&name.name)?;
        let old = &table.columns[at];
        self.refuse_readers(me, &table, at)?;
        if self.is_identity(oid, at) && !matches!(ty, Type::Int2 | Type::Int4 | Type::Int8) {
            return Err(SqlError::new("22023", "identity column type must be smallint, integer, or bigint").into());
        }
        let style = self.session(me).settings.style;
        let conversion = match using {
            Some(raw) => {
                let purpose = Purpose::Using { column: &old.name, ty, typmod };
                self.bind(me, &table.name, &table.columns, raw, source, purpose)?.0
            }
            None => match coerce(Expr::Column(at), old.ty, ty, typmod, Context::Assignment, &style)? {
                Some(conversion) => conversion,
                None => {
                    let message = format!("column \"{}\" cannot be cast automatically to type {ty}", old.name);
                    let hint = format!("You might need to specify \"USING {}::{}\".", old.name, ty.name_with(typmod));
                    return Err(SqlError::new("42804", message).hint(hint).into());
                }
            },
        };
        let default = match &old.default {
            Some(default) => match coerce(default.clone(), old.ty, ty, typmod, Context::Assignment, &style)? {
                Some(default) => Some(default),
                None => {
                    let message =
                        format!("default for column \"{}\" cannot be cast automatically to type {ty}", old.name);
                    return Err(SqlError::new("42804", message).into());
                }
            },
            None => None,
        };
        let mut new = (*table).clone();
        new.columns[at] = Column { ty, typmod, default, statistics: None, ..old.clone() };
        if same_values(&conversion, at) || (using.is_none() && only_wider(old, ty, typmod)) {
            return self.rebuild_indexes(me, Table { statistics: table.statistics, ..new });
        }
        new.columns[at].missing = Value::Null;
        self.rewrite(me, new, &mut |store, row| {
            let value = store.evaluate(me, &conversion, row)?;
            let mut row = row.to_vec();
            row[at] = value;
            Ok(row)
        })
    }

    /// Whatever was bound to the column's old type.
    fn refuse_readers(&self, me: SessionId, table: &Table, at: usize) -> Result<(), SqlError> {
        let column = &table.columns[at].name;
        if let Some(view) = self.views_using_column(me, table.oid, at).first() {
            let view = self.catalog.name_of(*view).map_or("", |name| name);
            return Err(SqlError::new("0A000", "cannot alter type of a column used by a view or rule")
                .detail(format!("rule _RETURN on view {view} depends on column \"{column}\"")));
        }
        let reads = |expr: &Expr| crate::query::rewrite::columns(expr, 0).contains(&at);
        let in_index = |oid: &Oid| {
            let index = self.catalog.index(*oid);
            let exprs = index.keys.iter().map(|key| &key.expr).filter(|expr| !matches!(expr, Expr::Column(_)));
            exprs.chain(&index.predicate).any(reads)
        };
        if table.checks.iter().any(|check| reads(&check.expr)) || table.indexes.iter().any(in_index) {
            let what = "changing the type of a column that a CHECK constraint or an index expression reads is";
            return Err(SqlError::unsupported(what));
        }
        let refers = table.foreign_keys.iter().any(|key| key.from_columns.contains(&at));
        if refers || table.referenced_by.iter().any(|key| key.to_columns.contains(&at)) {
            return Err(SqlError::unsupported("changing the type of a column of a foreign key is"));
        }
        Ok(())
    }
}

/// Whether a conversion leaves values as they are stored.
fn same_values(conversion: &Expr, at: usize) -> bool {
    matches!(conversion, Expr::Column(column) if *column == at)
}

/// Whether every value of the old type is one of the new type as it is.
fn only_wider(old: &Column, ty: Type, typmod: Option<Typmod>) -> bool {
    if old.ty != ty {
        return false;
    }
    match (old.typmod, typmod) {
        (_, None) => true,
        (Some(Typmod::Length(old)), Some(Typmod::Length(new))) => ty == Type::Varchar && old <= new,
        (Some(Typmod::Numeric { precision, scale }), Some(Typmod::Numeric { precision: wider, scale: same })) => {
            scale == same && precision <= wider
        }
        (old, new) => old == new,
    }
}
