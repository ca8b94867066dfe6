//! Columns of CREATE TABLE and ADD COLUMN. (`transformColumnDefinition`, `AddRelationNewConstraints`)

use crate::catalog::{Column, Relation, Sequence};
use crate::error::{Run, SqlError};
use crate::expr::resolve::{Callee, resolve_function};
use crate::expr::{Expr, coerce::coerce};
use crate::query::analyse::row::Purpose;
use crate::query::plan::Oid;
use crate::query::source::Source;
use crate::query::statement::{ColumnDef, ColumnSequence};
use crate::store::references::quote;
use crate::store::{SessionId, Store};
use crate::value::cast::Context;
use crate::value::{Type, Value};
use std::rc::Rc;

/// Whether every table has a column of that name.
pub(super) fn is_system(name: &str) -> bool {
    ["ctid", "xmin", "cmin", "xmax", "cmax", "tableoid"].contains(&name)
}

/// A column that is to be, and the sequence that is to give its values.
pub(super) struct NewColumn {
    pub column: Column,
    /// Its name, and whether it is the column's identity.
    pub sequence: Option<(Rc<str>, bool)>,
}

impl Store {
    /// A column of a table that is not there yet or will have it. `taken`: names of sequences that are to be made, too.
    pub(super) fn new_column(
        &mut self,
        me: SessionId,
        table: &str,
        def: &ColumnDef,
        source: &Rc<Source>,
        taken: &[Rc<str>],
    ) -> Run<NewColumn> {
        let name = &def.name.name;
        if is_system(name) {
            let message = format!("column name \"{name}\" conflicts with a system column name");
            return Err(SqlError::new("42701", message).into());
        }
        if def.default.is_some()
            && let Some(sequence) = def.sequence
        {
            let message = if sequence == ColumnSequence::Serial {
                format!("multiple default values specified for column \"{name}\" of table \"{table}\"")
            } else {
                format!("both default and identity specified for column \"{name}\" of table \"{table}\"")
            };
            return Err(SqlError::new("42601", message).into());
        }
        if matches!(def.ty, Type::Unknown | Type::Record | Type::Void) || def.ty.is_polymorphic() {
            let message = format!("column \"{name}\" has pseudo-type {}", def.ty);
            return Err(SqlError::new("42P16", message).into());
        }
        let identity = matches!(def.sequence, Some(ColumnSequence::IdentityAlways | ColumnSequence::IdentityByDefault));
        if identity && !matches!(def.ty, Type::Int2 | Type::Int4 | Type::Int8) {
            let message = "identity column type must be smallint, integer, or bigint";
            return Err(SqlError::new("22023", message).into());
        }
        let sequence = def.sequence.map(|_| (self.free_name(table, name, "seq", taken), identity));
        let default = match (&sequence, &def.default) {
            (Some((sequence, _)), _) => Some(self.next_value_of(me, sequence, def.ty)?),
            (None, Some(raw)) => Some(self.default(me, table, name, def, raw, source)?),
            (None, None) => None,
        };
        let column = Column {
            name: Rc::clone(name),
            ty: def.ty,
            typmod: def.typmod,
            not_null: def.not_null,
            default,
            missing: Value::Null,
            dropped: false,
            identity_always: def.sequence == Some(ColumnSequence::IdentityAlways),
            statistics: None,
        };
        Ok(NewColumn { column, sequence })
    }

    fn default(
        &mut self,
        me: SessionId,
        table: &str,
        name: &str,
        def: &ColumnDef,
        raw: &crate::query::statement::RawExpr,
        source: &Rc<Source>,
    ) -> Result<Expr, SqlError> {
        let purpose = Purpose::Default { column: name, ty: def.ty, typmod: def.typmod };
        Ok(self.bind(me, table, &[], raw, source, purpose)?.0)
    }

    /// `nextval('sequence')` as a value of a type.
    fn next_value_of(&mut self, me: SessionId, sequence: &str, ty: Type) -> Result<Expr, SqlError> {
        let Callee::Function(resolved) = resolve_function("nextval", &[Type::Text])? else {
            return Err(SqlError::unsupported("nextval is"));
        };
        let call =
            Expr::Call { function: resolved.function, args: vec![Expr::Const(Value::text(quote(sequence)))], site: 0 };
        let style = self.session(me).settings.style;
        let coerced = coerce(call.clone(), Type::Int8, ty, None, Context::Assignment, &style)?;
        Ok(coerced.unwrap_or(call))
    }

    /// Makes the sequence of a column, with the limits of the column's type.
    pub(super) fn add_column_sequence(
        &mut self,
        me: SessionId,
        (name, identity): (Rc<str>, bool),
        oid: Oid,
        owner: (Oid, usize),
        ty: Type,
        temporary: bool,
    ) {
        let max = match ty {
            Type::Int2 => i64::from(i16::MAX),
            Type::Int4 => i64::from(i32::MAX),
            _ => i64::MAX,
        };
        let storage = self.new_oid();
        let sequence = Sequence {
            oid,
            name,
            start: 1,
            increment: 1,
            min: 1,
            max,
            cycle: false,
            owner: Some(owner),
            identity,
            temporary,
            storage,
        };
        self.redefine(me, oid, Some(Relation::Sequence(Rc::new(sequence))));
    }
}

/// Whether an expression reads a sequence: `nextval('name')`.
pub(super) fn reads_sequence(expr: &Expr, sequence: &str) -> bool {
    let quoted = quote(sequence);
    crate::query::rewrite::any(expr, &mut |part| {
        let Expr::Call { function, args, .. } = part else { return false };
        let named =
            |arg: &Expr| matches!(arg, Expr::Const(Value::Text(text)) if **text == *quoted || **text == *sequence);
        matches!(function.name, "nextval" | "currval" | "setval") && args.first().is_some_and(named)
    })
}
