//! CASE, COALESCE, NULLIF, GREATEST and LEAST.

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::expr::resolve::resolve_operator;
use crate::query::syntax;
use crate::value::{Type, Value};

impl<'a> Analyser<'a> {
    pub(super) fn case(
        &mut self,
        operand: Option<&syntax::Expr>,
        conditions: &[(syntax::Expr, syntax::Expr)],
        otherwise: Option<&syntax::Expr>,
        position: u32,
    ) -> Run<Typed> {
        let operand = match operand {
            Some(operand) => {
                let operand = self.expr(operand)?;
                Some(self.settle(operand)?)
            }
            None => None,
        };
        let mut tests = Vec::new();
        let mut results = Vec::new();
        for (condition, result) in conditions {
            tests.push(match &operand {
                None => self.condition(condition, "CASE/WHEN")?,
                Some(operand) => {
                    let value = self.expr(condition)?;
                    let at = value.position;
                    let equal = self.operate("=", operand.clone(), value, at)?;
                    self.as_condition(equal, "CASE/WHEN")?
                }
            });
            results.push(self.expr(result)?);
        }
        let null = Typed { expr: Expr::Const(Value::Null), ty: Type::Unknown, typmod: None, position: 0 };
        let otherwise = otherwise.map_or(Ok(null), |otherwise| self.expr(otherwise))?;
        // ELSE comes first when the type is chosen.
        let mut all = vec![otherwise];
        all.extend(results);
        let ty = self.common(&all, "CASE")?;
        let mut coerced = Vec::new();
        for result in all {
            coerced.push(self.implicit(result, ty)?.expr);
        }
        let otherwise = Some(Box::new(coerced.remove(0)));
        let expr = Expr::Case { whens: tests.into_iter().zip(coerced).collect(), otherwise };
        Ok(Typed { expr, ty, typmod: None, position })
    }

    /// COALESCE, GREATEST and LEAST of analysed arguments.
    pub(super) fn choice(&mut self, name: &str, args: Vec<Typed>, position: u32) -> Run<Typed> {
        let ty = self.common(&args, &name.to_uppercase())?;
        let mut list = Vec::new();
        for arg in args {
            list.push(self.implicit(arg, ty)?.expr);
        }
        let expr = if name == "coalesce" {
            Expr::Coalesce(list)
        } else {
            let less = resolve_operator("<", ty, ty).map_err(|error| error.at(position))?.function;
            Expr::Extreme { less, list, greatest: name == "greatest" }
        };
        Ok(Typed { expr, ty, typmod: None, position })
    }

    pub(super) fn nullif(&mut self, args: Vec<Typed>, position: u32) -> Run<Typed> {
        let Ok([left, right]) = <[Typed; 2]>::try_from(args) else {
            return Err(SqlError::new("42601", "NULLIF requires two arguments").at(position).into());
        };
        let ty = left.ty;
        let equality = self.operate("=", left, right, position)?;
        let Expr::Call { function, args, .. } = equality.expr else {
            return Err(SqlError::unsupported("this NULLIF").at(position).into());
        };
        let [left, right] = <[Expr; 2]>::try_from(args).expect("equality has two operands").map(Box::new);
        let ty = if ty == Type::Unknown { function.args[0] } else { ty };
        Ok(Typed { expr: Expr::NullIf { equal: function, left, right }, ty, typmod: None, position })
    }
}
