//! Function calls. (PostgreSQL's `parse_func.c`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError, Stop};
use crate::expr::Expr;
use crate::expr::coerce::cannot_cast;
use crate::expr::resolve::{Callee, is_aggregate, resolve_function};
use crate::query::logical::SETS;
use crate::query::plan::SetFunction;
use crate::query::statement::Name;
use crate::query::syntax::{self, Call};
use crate::value::Type;
use crate::value::cast::Context;
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn function(&mut self, function: &Call) -> Run<Typed> {
        let position = function.name.position;
        let name = function_name(&function.name)?;
        if is_aggregate(&name) {
            return self.aggregate(&name, function, position);
        }
        if let Some(set) = set_function(&name) {
            return self.set_column(set, function, position);
        }
        let mut args = Vec::new();
        for arg in &function.args {
            args.push(self.expr(arg)?);
        }
        if function.distinct || !function.order.is_empty() {
            let what = if function.distinct { "DISTINCT" } else { "ORDER BY" };
            let message = format!("{what} specified, but {name} is not an aggregate function");
            return Err(SqlError::new("42809", message).at(position).into());
        }
        if function.filter.is_some() {
            let message = format!("FILTER specified, but {name} is not an aggregate function");
            return Err(SqlError::new("42809", message).at(position).into());
        }
        match &*name {
            "coalesce" | "greatest" | "least" => self.choice(&name, args, position),
            "nullif" => self.nullif(args, position),
            _ if function.star => {
                self.call(&name, args, position)?;
                let message = format!("{name}(*) specified, but {name} is not an aggregate function");
                Err(SqlError::new("42809", message).at(position).into())
            }
            _ if function.special => self.special(&name, args, position),
            _ => self.call(&name, args, position),
        }
    }

    /// A set-returning function in a SELECT list: what it returns is a column of the rows it makes of one.
    fn set_column(&mut self, set: SetFunction, function: &Call, position: u32) -> Run<Typed> {
        let level = self.level();
        if !level.clause.is_empty() {
            let message = format!("set-returning functions are not allowed in {}", level.clause);
            return Err(SqlError::new("0A000", message).at(position).into());
        }
        if level.in_aggregate {
            let message = "aggregate function calls cannot contain set-returning function calls";
            return Err(SqlError::new("0A000", message)
                .hint("You might be able to move the set-returning function into a LATERAL FROM item.")
                .at(position)
                .into());
        }
        if std::mem::replace(&mut level.in_set, true) {
            return Err(SqlError::unsupported("a set-returning function of a set-returning function")
                .at(position)
                .into());
        }
        let called = self.set_call(set, &function.args, position);
        let level = self.level();
        level.in_set = false;
        let (args, ty) = called?;
        level.sets.push((set, Expr::Row(args)));
        Ok(Typed { expr: Expr::Column(SETS + level.sets.len() - 1), ty, typmod: None, position })
    }

    /// A function by its name, with analysed arguments.
    pub(super) fn call(&mut self, name: &str, args: Vec<Typed>, position: u32) -> Run<Typed> {
        let types: Vec<Type> = args.iter().map(|arg| arg.ty).collect();
        match resolve_function(name, &types).map_err(|error| error.at(position))? {
            Callee::Function(resolved) => self.apply(resolved, args, position),
            Callee::Cast(ty) => {
                let arg = args.into_iter().next().expect("a cast has one argument");
                let from = arg.ty;
                match self.coerce(arg, ty, None, Context::Explicit)? {
                    Some(typed) => Ok(Typed { position, ..typed }),
                    None => Err(cannot_cast(from, ty).at(position).into()),
                }
            }
        }
    }

    /// A function that has a syntax of its own: `extract(epoch FROM x)`. Messages name it with its schema.
    fn special(&mut self, name: &str, args: Vec<Typed>, position: u32) -> Run<Typed> {
        self.call(name, args, position).map_err(|stop| match stop {
            Stop::Error(mut error) if error.code == "42883" => {
                error.message = error.message.replacen("function ", "function pg_catalog.", 1);
                Stop::Error(error)
            }
            stop => stop,
        })
    }

    /// A set-returning function: its arguments, and the type of its rows.
    pub(super) fn set_call(
        &mut self,
        function: SetFunction,
        args: &[syntax::Expr],
        position: u32,
    ) -> Run<(Vec<Expr>, Type)> {
        let mut typed = Vec::new();
        for arg in args {
            typed.push(self.expr(arg)?);
        }
        match function {
            SetFunction::Unnest => self.unnest(typed, position),
            SetFunction::GenerateSeries => self.generate_series(typed, position),
            SetFunction::PgLocks
            | SetFunction::PgPreparedXacts
            | SetFunction::PgPreparedStatements
            | SetFunction::PgStatActivity => Err(SqlError::unsupported("calling a system view").at(position).into()),
        }
    }

    fn unnest(&mut self, mut args: Vec<Typed>, position: u32) -> Run<(Vec<Expr>, Type)> {
        let missing =
            |types: &str| {
                SqlError::new("42883", format!("function unnest({types}) does not exist"))
            .hint("No function matches the given name and argument types. You might need to add explicit type casts.")
            .at(position)
            };
        if args.len() != 1 {
            return Err(missing(&args.iter().map(|arg| arg.ty.name()).collect::<Vec<_>>().join(", ")).into());
        }
        let arg = args.remove(0);
        match arg.ty.element() {
            Some(element) => Ok((vec![arg.expr], element)),
            None if arg.ty == Type::Unknown => Err(SqlError::new("42725", "function unnest(unknown) is not unique")
                .hint("Could not choose a best candidate function. You might need to add explicit type casts.")
                .at(position)
                .into()),
            None => Err(missing(arg.ty.name()).into()),
        }
    }

    /// Of integers, bigints, numerics, or timestamps with an interval.
    fn generate_series(&mut self, args: Vec<Typed>, position: u32) -> Run<(Vec<Expr>, Type)> {
        let types: Vec<Type> = args.iter().map(|arg| arg.ty).collect();
        if types.iter().all(|ty| *ty == Type::Unknown) && matches!(types.len(), 2 | 3) {
            let types = vec!["unknown"; types.len()].join(", ");
            return Err(SqlError::new("42725", format!("function generate_series({types}) is not unique"))
                .hint("Could not choose a best candidate function. You might need to add explicit type casts.")
                .at(position)
                .into());
        }
        let has = |ty: Type| types.contains(&ty);
        let wanted: Option<Vec<Type>> = match args.len() {
            3 if has(Type::TimestampTz) => Some(vec![Type::TimestampTz, Type::TimestampTz, Type::Interval]),
            3 if has(Type::Timestamp) || has(Type::Date) || has(Type::Interval) => {
                let ty = if has(Type::Timestamp) { Type::Timestamp } else { Type::TimestampTz };
                Some(vec![ty, ty, Type::Interval])
            }
            count @ (2 | 3) => {
                let widest = [Type::Numeric, Type::Int8].into_iter().find(|ty| has(*ty));
                let known = types
                    .iter()
                    .all(|ty| matches!(ty, Type::Numeric | Type::Int8 | Type::Int4 | Type::Int2 | Type::Unknown));
                known.then(|| vec![widest.unwrap_or(Type::Int4); count])
            }
            _ => None,
        };
        let Some(wanted) = wanted else {
            let types = types.iter().map(|ty| ty.name()).collect::<Vec<_>>().join(", ");
            let error = SqlError::new("42883", format!("function generate_series({types}) does not exist")).hint(
                "No function matches the given name and argument types. You might need to add explicit type casts.",
            );
            return Err(error.at(position).into());
        };
        let ty = wanted[0];
        let mut coerced = Vec::new();
        for (arg, ty) in args.into_iter().zip(wanted) {
            coerced.push(self.implicit(arg, ty)?.expr);
        }
        Ok((coerced, ty))
    }
}

/// The set-returning functions this store has.
pub(super) fn set_function(name: &str) -> Option<SetFunction> {
    match name {
        "generate_series" => Some(SetFunction::GenerateSeries),
        "unnest" => Some(SetFunction::Unnest),
        _ => None,
    }
}

/// A function's name without `pg_catalog`.
pub(super) fn function_name(name: &Name) -> Result<Rc<str>, SqlError> {
    match name.schema.as_deref() {
        None | Some("pg_catalog") => Ok(name.name.clone()),
        Some(schema) => Err(SqlError::new("3F000", format!("schema \"{schema}\" does not exist")).at(name.position)),
    }
}
