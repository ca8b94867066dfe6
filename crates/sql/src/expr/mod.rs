//! Expressions, as the analyser leaves them: names are columns, operators are functions, casts are explicit.

pub mod aggregate;
pub mod builtins;
pub mod coerce;
pub mod eval;
mod polymorphic;
pub mod resolve;

pub use eval::eval;

use crate::error::{Run, SqlError};
use crate::query::SubPlan;
use crate::value::{Style, Type, Typmod, Value};
use std::rc::Rc;

/// A bound expression. (PostgreSQL's `primnodes.h` is the model.)
#[derive(Clone, Debug)]
pub enum Expr {
    Const(Value),
    /// A column of the row at hand.
    Column(usize),
    /// A column of the row of an enclosing query: `level` 1 is the next one out.
    Outer {
        level: u16,
        column: usize,
    },
    /// `$1` is 0.
    Param(usize),
    Cast {
        expr: Box<Expr>,
        from: Type,
        to: Type,
        typmod: Option<Typmod>,
        explicit: bool,
    },
    /// A function or an operator. `site` numbers the calls of one statement, so that a volatile one that is evaluated
    /// again after a wait is not *called* again (see [`Env::effect`]).
    Call {
        function: &'static Builtin,
        args: Vec<Expr>,
        site: u32,
    },
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    IsNull(Box<Expr>),
    /// `IS [NOT] TRUE`, `IS [NOT] FALSE`: `IsTrue(e, true)` is `e IS TRUE`.
    IsBool {
        expr: Box<Expr>,
        value: bool,
    },
    /// `IS DISTINCT FROM`, with the equality operator of the operands' common type.
    IsDistinct {
        equal: &'static Builtin,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// Conditions in order and their results. `CASE x WHEN …` has been rewritten to conditions.
    Case {
        whens: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    /// `left op ANY (array)`, and `left IN (list)` as `= ANY`; `all` for `ALL` and `NOT IN` (as `<> ALL`).
    Any {
        op: &'static Builtin,
        left: Box<Expr>,
        right: Box<Expr>,
        all: bool,
    },
    /// `ARRAY[…]`, and the list of an `IN`.
    Array(Vec<Expr>),
    Row(Vec<Expr>),
    Coalesce(Vec<Expr>),
    NullIf {
        equal: &'static Builtin,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// GREATEST / LEAST with the `<` operator of the common type.
    Extreme {
        less: &'static Builtin,
        list: Vec<Expr>,
        greatest: bool,
    },
    Exists(Rc<SubPlan>),
    Scalar(Rc<SubPlan>),
    /// `left op ANY (SELECT …)`; `all` for `ALL`. One column only.
    AnySub {
        op: &'static Builtin,
        left: Box<Expr>,
        plan: Rc<SubPlan>,
        all: bool,
    },
}

/// A function or operator that is built in.
#[derive(Debug)]
pub struct Builtin {
    /// `lower`, `+`, `=`.
    pub name: &'static str,
    pub args: &'static [Type],
    pub returns: Type,
    /// Null in, null out, without a call.
    pub strict: bool,
    pub call: Call,
}

/// How a built-in does its work.
#[derive(Clone, Copy, Debug)]
pub enum Call {
    /// It depends on its arguments alone.
    Pure(fn(&[Value]) -> Result<Value, SqlError>),
    /// It also depends on the session's time zone and date style.
    Styled(fn(&[Value], &Style) -> Result<Value, SqlError>),
    /// It reads or changes the session or the store, or waits.
    Effect(Effect),
}

/// Functions that need the session or the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    PgSleep,
    /// `now()`, `current_timestamp`, `transaction_timestamp()`.
    Now,
    StatementTimestamp,
    ClockTimestamp,
    /// `current_date`, `localtimestamp`.
    CurrentDate,
    LocalTimestamp,
    Random,
    BackendPid,
    TerminateBackend,
    CurrentXid,
    CurrentXidIfAssigned,
    CurrentSetting,
    SetConfig,
    CurrentUser,
    CurrentDatabase,
    CurrentSchema,
    Version,
    NextVal,
    CurrVal,
    SetVal,
    LastVal,
    AdvisoryLock,
    AdvisoryLockShared,
    TryAdvisoryLock,
    TryAdvisoryLockShared,
    AdvisoryXactLock,
    AdvisoryXactLockShared,
    TryAdvisoryXactLock,
    TryAdvisoryXactLockShared,
    AdvisoryUnlock,
    AdvisoryUnlockShared,
    AdvisoryUnlockAll,
    BlockingPids,
    /// The session's snapshot as text.
    CurrentSnapshot,
}

/// What evaluation may ask of its surroundings. The executor implements it.
pub trait Env {
    /// The row of the enclosing query, `level` from 1.
    fn outer(&self, level: u16, column: usize) -> Value;
    fn param(&self, index: usize) -> Result<Value, SqlError>;
    /// An operator or a function is called.
    fn called(&mut self) {}
    /// The session's time zone and date style.
    fn style(&self) -> Style {
        Style::default()
    }
    /// Runs a function that is not pure. A call that was answered before the statement waited is answered alike after it:
    /// answers are kept by `site` until the row at hand is done.
    fn effect(&mut self, effect: Effect, args: &[Value], site: u32) -> Run<Value>;
    /// Whether the subquery returns a row. `row` is the row at hand, its level 1.
    fn exists(&mut self, plan: &Rc<SubPlan>, row: &[Value]) -> Run<bool>;
    /// The one value of a scalar subquery; `more than one row returned by a subquery used as an expression`.
    fn scalar(&mut self, plan: &Rc<SubPlan>, row: &[Value]) -> Run<Value>;
    /// All values of a one-column subquery.
    fn list(&mut self, plan: &Rc<SubPlan>, row: &[Value]) -> Run<Rc<[Value]>>;
}
