//! Evaluation: three-valued logic, left to right, stopping as soon as the answer is known.

use super::{Builtin, Call, Env, Expr};
use crate::error::Run;
use crate::value::{Value, cast::cast};
use std::rc::Rc;

/// The value of `expr` for a row.
pub fn eval(expr: &Expr, row: &[Value], env: &mut dyn Env) -> Run<Value> {
    match expr {
        Expr::Const(value) => Ok(value.clone()),
        Expr::Column(index) => Ok(row[*index].clone()),
        Expr::Outer { level, column } => Ok(env.outer(*level, *column)),
        Expr::Param(index) => Ok(env.param(*index)?),
        Expr::Call { function, args, site } => call(function, args, *site, row, env),
        Expr::Cast { expr, from, to, typmod, explicit } => {
            let value = eval(expr, row, env)?;
            Ok(cast(&value, *from, *to, *typmod, *explicit, &env.style())?)
        }
        Expr::And(list) => all(list, false, row, env),
        Expr::Or(list) => all(list, true, row, env),
        Expr::Not(expr) => Ok(match eval(expr, row, env)? {
            Value::Bool(truth) => Value::Bool(!truth),
            other => other,
        }),
        Expr::IsNull(expr) => Ok(Value::Bool(is_null(&eval(expr, row, env)?))),
        Expr::IsBool { expr, value } => Ok(Value::Bool(eval(expr, row, env)? == Value::Bool(*value))),
        Expr::IsDistinct { equal, left, right } => {
            let (left, right) = (eval(left, row, env)?, eval(right, row, env)?);
            Ok(Value::Bool(match (left.is_null(), right.is_null()) {
                (true, true) => false,
                (false, false) => !pure(equal, [left, right], env)?.is_true(),
                _ => true,
            }))
        }
        Expr::Case { whens, otherwise } => {
            for (condition, result) in whens {
                if eval(condition, row, env)?.is_true() {
                    return eval(result, row, env);
                }
            }
            match otherwise {
                Some(result) => eval(result, row, env),
                None => Ok(Value::Null),
            }
        }
        Expr::Any { op, left, right, all } => {
            let left = eval(left, row, env)?;
            match eval(right, row, env)? {
                Value::Array(elements) => any(op, &left, &elements, *all, env),
                _ => Ok(Value::Null),
            }
        }
        Expr::Array(list) => Ok(Value::Array(values(list, row, env)?)),
        Expr::Row(list) => Ok(Value::Record(values(list, row, env)?)),
        Expr::Coalesce(list) => {
            for expr in list {
                let value = eval(expr, row, env)?;
                if !value.is_null() {
                    return Ok(value);
                }
            }
            Ok(Value::Null)
        }
        Expr::NullIf { equal, left, right } => {
            let (left, right) = (eval(left, row, env)?, eval(right, row, env)?);
            if left.is_null() || right.is_null() {
                return Ok(left);
            }
            let same = pure(equal, [left.clone(), right], env)?.is_true();
            Ok(if same { Value::Null } else { left })
        }
        Expr::Extreme { less, list, greatest } => extreme(less, list, *greatest, row, env),
        Expr::Exists(plan) => Ok(Value::Bool(env.exists(plan, row)?)),
        Expr::Scalar(plan) => env.scalar(plan, row),
        Expr::AnySub { op, left, plan, all } => {
            let left = eval(left, row, env)?;
            let list = env.list(plan, row)?;
            any(op, &left, &list, *all, env)
        }
    }
}

/// Calls a function. The arguments of most fit on the stack.
fn call(function: &'static Builtin, args: &[Expr], site: u32, row: &[Value], env: &mut dyn Env) -> Run<Value> {
    match args {
        [] => apply(function, &[], site, env),
        [one] => apply(function, &[eval(one, row, env)?], site, env),
        [left, right] => {
            let args = [eval(left, row, env)?, eval(right, row, env)?];
            apply(function, &args, site, env)
        }
        [first, second, third] => {
            let args = [eval(first, row, env)?, eval(second, row, env)?, eval(third, row, env)?];
            apply(function, &args, site, env)
        }
        list => {
            let args = list.iter().map(|arg| eval(arg, row, env)).collect::<Run<Vec<Value>>>()?;
            apply(function, &args, site, env)
        }
    }
}

fn apply(function: &'static Builtin, args: &[Value], site: u32, env: &mut dyn Env) -> Run<Value> {
    if function.strict && args.iter().any(Value::is_null) {
        return Ok(Value::Null);
    }
    env.called();
    match function.call {
        Call::Pure(run) => Ok(run(args)?),
        Call::Styled(run) => Ok(run(args, &env.style())?),
        Call::Effect(effect) => env.effect(effect, args, site),
    }
}

/// An operator that is no effect, which is all that constructs call by themselves.
fn pure(operator: &'static Builtin, args: [Value; 2], env: &mut dyn Env) -> Run<Value> {
    apply(operator, &args, u32::MAX, env)
}

/// AND, or OR when one `true` decides.
fn all(list: &[Expr], decisive: bool, row: &[Value], env: &mut dyn Env) -> Run<Value> {
    let mut unknown = false;
    for expr in list {
        match eval(expr, row, env)? {
            Value::Bool(truth) if truth == decisive => return Ok(Value::Bool(decisive)),
            Value::Bool(_) => {}
            _ => unknown = true,
        }
    }
    Ok(if unknown { Value::Null } else { Value::Bool(!decisive) })
}

/// `left op ANY (list)`: true if one is, else null if one is null; the reverse for ALL.
fn any(op: &'static Builtin, left: &Value, list: &[Value], all: bool, env: &mut dyn Env) -> Run<Value> {
    let mut unknown = false;
    for right in list {
        match pure(op, [left.clone(), right.clone()], env)? {
            Value::Bool(truth) if truth != all => return Ok(Value::Bool(truth)),
            Value::Bool(_) => {}
            _ => unknown = true,
        }
    }
    Ok(if unknown { Value::Null } else { Value::Bool(all) })
}

/// GREATEST and LEAST pass over nulls.
fn extreme(less: &'static Builtin, list: &[Expr], greatest: bool, row: &[Value], env: &mut dyn Env) -> Run<Value> {
    let mut best = Value::Null;
    for expr in list {
        let value = eval(expr, row, env)?;
        if value.is_null() {
            continue;
        }
        let better = best.is_null() || {
            let pair = if greatest { [best.clone(), value.clone()] } else { [value.clone(), best.clone()] };
            pure(less, pair, env)?.is_true()
        };
        if better {
            best = value;
        }
    }
    Ok(best)
}

/// A row is null if all its fields are.
fn is_null(value: &Value) -> bool {
    match value {
        Value::Record(fields) => fields.iter().all(Value::is_null),
        value => value.is_null(),
    }
}

fn values(list: &[Expr], row: &[Value], env: &mut dyn Env) -> Run<Rc<[Value]>> {
    list.iter().map(|expr| eval(expr, row, env)).collect()
}
