//! Functions in FROM. (`nodeFunctionscan.c`)

use super::execution::Scope;
use super::{Context, Row};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::plan::SetFunction;
use crate::value::Value;
use std::rc::Rc;

/// A function returns no more rows than this: a learner's page has no use for more.
const MOST_ROWS: usize = 1_000_000;

/// All rows of a function.
pub(super) fn rows(function: SetFunction, args: &[Value], context: &mut Context<'_>) -> Run<Rc<[Row]>> {
    let values = match function {
        SetFunction::GenerateSeries => series(args)?.into_iter().map(|value| vec![value]).collect(),
        SetFunction::Unnest => match &args[0] {
            Value::Array(values) => values.iter().map(|value| vec![value.clone()]).collect(),
            _ => Vec::new(),
        },
        SetFunction::PgLocks => context.store.pg_locks(),
        SetFunction::PgPreparedXacts => context.store.pg_prepared_xacts(),
        SetFunction::PgPreparedStatements => context.store.pg_prepared_statements(context.session),
        SetFunction::PgStatActivity => context.store.pg_stat_activity(),
    };
    let rows: Vec<Vec<Value>> = values;
    Ok(rows.into_iter().map(|values| Row { values, sources: Vec::new() }).collect())
}

/// The rows that one row becomes when functions among its expressions return several values: as many as the longest has, with
/// nulls where another has ended. (`nodeProjectSet.c`)
pub(super) fn projected(
    row: &Row,
    exprs: &[Expr],
    sets: &[Option<SetFunction>],
    scope: &mut Scope<'_, '_>,
) -> Run<Vec<Row>> {
    let mut columns = Vec::with_capacity(exprs.len());
    for (expr, set) in exprs.iter().zip(sets) {
        let value = scope.eval(expr, &row.values)?;
        columns.push(match (set, value) {
            (Some(function), Value::Record(args)) => Err(rows(*function, &args, scope.context)?),
            (_, value) => Ok(value),
        });
    }
    let length = columns.iter().map(|column| column.as_ref().err().map_or(0, |rows| rows.len())).max().unwrap_or(0);
    let at = |n: usize| {
        let values = columns.iter().map(|column| match column {
            Ok(value) => value.clone(),
            Err(rows) => rows.get(n).and_then(|row| row.values.first()).cloned().unwrap_or(Value::Null),
        });
        Row { values: values.collect(), sources: row.sources.clone() }
    };
    Ok((0..length).map(at).collect())
}

/// `generate_series(start, stop [, step])`
fn series(args: &[Value]) -> Run<Vec<Value>> {
    if args.iter().any(Value::is_null) {
        return Ok(Vec::new());
    }
    let integer = |value: &Value| match value {
        Value::Int(number) => Some(i64::from(*number)),
        Value::BigInt(number) => Some(*number),
        _ => None,
    };
    let small = matches!(args[0], Value::Int(_));
    match (integer(&args[0]), integer(&args[1]), args.get(2).map_or(Some(1), integer)) {
        (Some(start), Some(stop), Some(step)) => {
            if step == 0 {
                return Err(SqlError::new("22023", "step size cannot equal zero").into());
            }
            let mut values = Vec::new();
            let mut at = Some(start);
            while let Some(number) = at.filter(|at| if step > 0 { *at <= stop } else { *at >= stop }) {
                if values.len() == MOST_ROWS {
                    return Err(
                        SqlError::new("54000", format!("more than {MOST_ROWS} rows are not supported here")).into()
                    );
                }
                values.push(if small { Value::Int(number as i32) } else { Value::BigInt(number) });
                at = number.checked_add(step);
            }
            Ok(values)
        }
        _ => Err(SqlError::unsupported("generate_series of anything but integers is").into()),
    }
}
