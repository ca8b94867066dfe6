//! Computing what does not depend on a row, once. (PostgreSQL's `eval_const_expressions`)

use crate::error::{Run, SqlError, Stop};
use crate::expr::{Call, Effect, Env, Expr, eval};
use crate::query::analyse::Environment;
use crate::query::plan::SubPlan;
use crate::query::rewrite::each_part;
use crate::value::{Style, Value};
use std::rc::Rc;

/// The expression with its constant parts computed. An error in one is the statement's, as it is PostgreSQL's.
pub fn fold(expr: Expr, environment: &Environment<'_>) -> Result<Expr, SqlError> {
    match expr {
        Expr::Case { whens, otherwise } => fold_case(whens, otherwise, environment),
        Expr::Coalesce(list) => {
            let mut kept = Vec::new();
            for part in list {
                let part = fold(part, environment)?;
                match part {
                    Expr::Const(Value::Null) => {}
                    Expr::Const(value) if kept.is_empty() => return Ok(Expr::Const(value)),
                    Expr::Const(_) => {
                        kept.push(part);
                        break;
                    }
                    part => kept.push(part),
                }
            }
            Ok(if kept.is_empty() { Expr::Const(Value::Null) } else { Expr::Coalesce(kept) })
        }
        Expr::And(list) => fold_logic(list, true, environment),
        Expr::Or(list) => fold_logic(list, false, environment),
        mut expr => {
            let mut failed = None;
            each_part(&mut expr, &mut |part| {
                let taken = std::mem::replace(part, Expr::Const(Value::Null));
                match fold(taken, environment) {
                    Ok(folded) => *part = folded,
                    Err(error) => {
                        failed.get_or_insert(error);
                    }
                }
            });
            if let Some(error) = failed {
                return Err(error);
            }
            if is_computable(&expr) { compute(&expr, environment).map(Expr::Const) } else { Ok(expr) }
        }
    }
}

fn fold_case(
    whens: Vec<(Expr, Expr)>,
    otherwise: Option<Box<Expr>>,
    environment: &Environment<'_>,
) -> Result<Expr, SqlError> {
    let mut kept = Vec::new();
    for (condition, result) in whens {
        match fold(condition, environment)? {
            Expr::Const(Value::Bool(true)) => {
                let result = fold(result, environment)?;
                if kept.is_empty() {
                    return Ok(result);
                }
                return Ok(Expr::Case { whens: kept, otherwise: Some(Box::new(result)) });
            }
            Expr::Const(_) => {}
            condition => kept.push((condition, fold(result, environment)?)),
        }
    }
    let otherwise = otherwise.map(|otherwise| fold(*otherwise, environment)).transpose()?;
    if kept.is_empty() {
        return Ok(otherwise.unwrap_or(Expr::Const(Value::Null)));
    }
    Ok(Expr::Case { whens: kept, otherwise: otherwise.map(Box::new) })
}

/// AND and OR lose what does not matter, and are decided by what does.
fn fold_logic(list: Vec<Expr>, is_and: bool, environment: &Environment<'_>) -> Result<Expr, SqlError> {
    let mut kept = Vec::new();
    for part in list {
        match fold(part, environment)? {
            Expr::Const(Value::Bool(value)) if value == is_and => {}
            Expr::Const(Value::Bool(value)) => return Ok(Expr::Const(Value::Bool(value))),
            part => kept.push(part),
        }
    }
    Ok(match kept.len() {
        0 => Expr::Const(Value::Bool(is_and)),
        1 => kept.remove(0),
        _ if is_and => Expr::And(kept),
        _ => Expr::Or(kept),
    })
}

fn is_computable(expr: &Expr) -> bool {
    let constant = |expr: &Expr| matches!(expr, Expr::Const(_));
    match expr {
        Expr::Cast { expr, .. } | Expr::Not(expr) | Expr::IsNull(expr) | Expr::IsBool { expr, .. } => constant(expr),
        Expr::Call { function, args, .. } => !matches!(function.call, Call::Effect(_)) && args.iter().all(constant),
        Expr::Array(list) | Expr::Extreme { list, .. } => list.iter().all(constant),
        Expr::IsDistinct { left, right, .. } | Expr::Any { left, right, .. } | Expr::NullIf { left, right, .. } => {
            constant(left) && constant(right)
        }
        _ => false,
    }
}

fn compute(expr: &Expr, environment: &Environment<'_>) -> Result<Value, SqlError> {
    match eval(expr, &[], &mut Nowhere { style: environment.style }) {
        Ok(value) => Ok(value),
        Err(Stop::Error(error)) => Err(*error),
        Err(Stop::Wait) => Err(SqlError::unsupported("waiting while a statement is planned")),
    }
}

/// Surroundings in which nothing but constants can be evaluated.
struct Nowhere {
    style: Style,
}

impl Env for Nowhere {
    fn outer(&self, _level: u16, _column: usize) -> Value {
        Value::Null
    }

    fn param(&self, index: usize) -> Result<Value, SqlError> {
        Err(SqlError::new("42P02", format!("there is no parameter ${}", index + 1)))
    }

    fn style(&self) -> Style {
        self.style
    }

    fn effect(&mut self, _effect: Effect, _args: &[Value], _site: u32) -> Run<Value> {
        Ok(Value::Null)
    }

    fn exists(&mut self, _plan: &Rc<SubPlan>, _row: &[Value]) -> Run<bool> {
        Ok(false)
    }

    fn scalar(&mut self, _plan: &Rc<SubPlan>, _row: &[Value]) -> Run<Value> {
        Ok(Value::Null)
    }

    fn list(&mut self, _plan: &Rc<SubPlan>, _row: &[Value]) -> Run<Rc<[Value]>> {
        Ok(Rc::new([]))
    }
}
