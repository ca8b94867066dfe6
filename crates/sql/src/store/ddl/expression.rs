//! Expressions of definitions: over a row of the table, or over nothing.

use crate::catalog::Column;
use crate::error::{Run, SqlError, Stop};
use crate::expr::{Call, Effect, Env, Expr, eval};
use crate::query::analyse::row::{self, Purpose};
use crate::query::source::Source;
use crate::query::statement::RawExpr;
use crate::query::{Environment, Settings, SubPlan};
use crate::store::plans::Sizes;
use crate::store::{SessionId, Store};
use crate::value::{Style, Type, Value};
use std::rc::Rc;

/// How much the value of an expression depends on when it is evaluated. (Manual, 38.7 "Function Volatility Categories")
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volatility {
    Immutable,
    /// The same throughout a statement.
    Stable,
    Volatile,
}

/// The volatility of an expression: that of its most volatile call.
pub fn volatility(expr: &Expr) -> Volatility {
    let mut most = Volatility::Immutable;
    crate::query::rewrite::any(expr, &mut |part| {
        if let Expr::Call { function, .. } = part {
            most = most.max(match function.call {
                Call::Pure(_) => Volatility::Immutable,
                Call::Styled(_) => Volatility::Stable,
                Call::Effect(effect) => of_effect(effect),
            });
        }
        false
    });
    most
}

fn of_effect(effect: Effect) -> Volatility {
    use Effect::*;
    match effect {
        Now | StatementTimestamp | CurrentDate | LocalTimestamp | BackendPid | CurrentSetting | CurrentUser
        | CurrentDatabase | CurrentSchema | Version | CurrentXid | CurrentXidIfAssigned | CurrentSnapshot => {
            Volatility::Stable
        }
        _ => Volatility::Volatile,
    }
}

impl Store {
    /// Binds an expression over a row of these columns.
    pub(super) fn bind(
        &self,
        me: SessionId,
        table: &str,
        columns: &[Column],
        raw: &RawExpr,
        source: &Rc<Source>,
        purpose: Purpose<'_>,
    ) -> Result<(Expr, Type), SqlError> {
        let settings = &self.session(me).settings;
        let sizes = Sizes::of(self);
        let environment = Environment {
            catalog: &self.catalog,
            statistics: &sizes,
            settings: Settings::of(|name| settings.is_on(name)),
            style: settings.style,
            numbers: None,
        };
        row::bind(environment, table, columns, raw, source, purpose)
    }

    /// The value of a bound expression for a row. It cannot wait.
    pub(super) fn evaluate(&mut self, me: SessionId, expr: &Expr, row: &[Value]) -> Run<Value> {
        self.session_mut(me).answers.clear();
        let value = eval(expr, row, &mut Surroundings { store: self, me });
        self.session_mut(me).answers.clear();
        match value {
            Err(Stop::Wait) => {
                self.locks.cancel_wait(me);
                self.session_mut(me).sleeps_until = None;
                Err(SqlError::unsupported("an expression that waits, in a definition, is").into())
            }
            value => value,
        }
    }

    /// An expression without columns, coerced to a type: an argument of EXECUTE.
    pub(in crate::store) fn constant(&mut self, me: SessionId, expr: &RawExpr, ty: Type) -> Run<Expr> {
        let (expr, _) = self.bind(me, "", &[], expr, &Rc::default(), Purpose::Argument(ty))?;
        Ok(expr)
    }
}

/// What an expression of a definition may ask for.
struct Surroundings<'a> {
    store: &'a mut Store,
    me: SessionId,
}

fn no_subquery<T>() -> Run<T> {
    Err(SqlError::new("0A000", "cannot use subquery here").into())
}

impl Env for Surroundings<'_> {
    fn outer(&self, _: u16, _: usize) -> Value {
        Value::Null
    }

    fn param(&self, index: usize) -> Result<Value, SqlError> {
        Err(SqlError::new("42P02", format!("there is no parameter ${}", index + 1)))
    }

    fn style(&self) -> Style {
        self.store.session(self.me).settings.style
    }

    fn effect(&mut self, effect: Effect, args: &[Value], site: u32) -> Run<Value> {
        self.store.effect(self.me, effect, args, site)
    }

    fn exists(&mut self, _: &Rc<SubPlan>, _: &[Value]) -> Run<bool> {
        no_subquery()
    }

    fn scalar(&mut self, _: &Rc<SubPlan>, _: &[Value]) -> Run<Value> {
        no_subquery()
    }

    fn list(&mut self, _: &Rc<SubPlan>, _: &[Value]) -> Run<Rc<[Value]>> {
        no_subquery()
    }
}
