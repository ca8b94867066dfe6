//! One run of a plan: the nodes' states, and everything an expression may ask for. (`execMain.c`, `execProcnode.c`)

use super::host::Host;
use super::instrument::{Instrument, Instruments};
use super::node::NodeState;
use super::{Context, Row, node};
use crate::error::{Run, SqlError};
use crate::expr::{Effect, Env, Expr, eval};
use crate::query::plan::{Plan, Rti};
use crate::query::{Prepared, SubPlan};
use crate::store::access::Found;
use crate::value::{Style, Value};
use std::rc::Rc;

/// A statement that is being run. A clone of it goes on in a clone of the store.
#[derive(Clone, Debug)]
pub struct Execution {
    plan: Rc<Plan>,
    root: NodeState,
    shared: Shared,
    /// WITH queries that change rows and have not been run to their end, in order.
    pending: Vec<Rc<SubPlan>>,
}

/// What all nodes of one statement share.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    /// By the number of the subplan.
    pub subplans: Vec<Sub>,
    /// Rows of the queries around a correlated subquery, outermost first.
    pub outer: Vec<Rc<[Value]>>,
    /// What the nodes do, if the plan is to be shown.
    pub instruments: Instruments,
}

/// What is known of a subquery or a CTE.
#[derive(Clone, Debug, Default)]
pub(super) struct Sub {
    /// It is being run, and its rows so far.
    running: Option<Box<NodeState>>,
    rows: Vec<Rc<[Value]>>,
    /// All rows are there.
    complete: bool,
}

impl Execution {
    /// Nothing has run yet.
    pub fn new(prepared: &Prepared) -> Self {
        let shared = Shared { subplans: vec![Sub::default(); prepared.subplans as usize], ..Shared::default() };
        let root = NodeState::new(&prepared.plan);
        Self { plan: Rc::clone(&prepared.plan), root, shared, pending: prepared.ctes.clone() }
    }

    /// The next row; none when the statement is at its end. Called again after a wait, it goes on where it was.
    pub fn next(&mut self, context: &mut Context<'_>) -> Run<Option<Row>> {
        let mut scope = Scope { context, shared: &mut self.shared };
        if let Some(row) = node::next(&self.plan, &mut self.root, &mut scope)? {
            return Ok(Some(row));
        }
        // WITH queries that change rows run to their end whether or not anybody reads them. (`ExecPostprocessPlan`)
        while let Some(cte) = self.pending.first().cloned() {
            scope.complete(&cte)?;
            self.pending.remove(0);
        }
        Ok(None)
    }

    /// What the nodes of a plan that has notes did.
    pub fn instruments(&self) -> &Instruments {
        &self.shared.instruments
    }

    /// How many rows the statement itself has changed.
    pub fn changed(&self) -> u64 {
        self.root.changed()
    }
}

/// The surroundings of an expression, and of a node.
pub(super) struct Scope<'s, 'a> {
    pub context: &'s mut Context<'a>,
    pub shared: &'s mut Shared,
}

impl Scope<'_, '_> {
    /// The value of an expression for a row.
    pub fn eval(&mut self, expr: &Expr, row: &[Value]) -> Run<Value> {
        match expr {
            Expr::Column(column) => Ok(row[*column].clone()),
            Expr::Const(value) => Ok(value.clone()),
            expr => eval(expr, row, self),
        }
    }

    /// Whether a condition holds. Null does not.
    pub fn holds(&mut self, condition: &Expr, row: &[Value]) -> Run<bool> {
        self.context.store.burn()?;
        Ok(self.eval(condition, row)?.is_true())
    }

    /// The node that runs, if what it does will be shown.
    pub fn instrument(&mut self, note: impl FnOnce(&mut Instrument)) {
        if let Some(current) = self.shared.instruments.current() {
            note(current);
        }
    }

    /// Virtual time that all statements have taken, in nanoseconds.
    pub fn nanos(&self) -> u64 {
        self.context.store.pace.nanos(&self.context.store.work)
    }

    fn sub(&mut self, plan: &SubPlan) -> &mut Sub {
        let at = plan.id as usize;
        if self.shared.subplans.len() <= at {
            self.shared.subplans.resize(at + 1, Sub::default());
        }
        &mut self.shared.subplans[at]
    }

    /// The `n`-th row of a CTE or of a subquery that reads nothing from outside; kept when it is first asked for.
    pub fn kept_row(&mut self, plan: &Rc<SubPlan>, n: usize) -> Run<Option<Rc<[Value]>>> {
        loop {
            let sub = self.sub(plan);
            if let Some(row) = sub.rows.get(n) {
                return Ok(Some(Rc::clone(row)));
            }
            if sub.complete {
                return Ok(None);
            }
            let mut state = sub.running.take().unwrap_or_else(|| Box::new(NodeState::new(&plan.plan)));
            // What it reads from outside is nothing: rows of queries around it are not its business.
            let outer = std::mem::take(&mut self.shared.outer);
            let row = node::next(&plan.plan, &mut state, self);
            self.shared.outer = outer;
            let sub = self.sub(plan);
            sub.running = Some(state);
            match row? {
                Some(row) => sub.rows.push(row.values.into()),
                None => {
                    sub.complete = true;
                    sub.running = None;
                }
            }
        }
    }

    /// Runs a CTE to its end.
    fn complete(&mut self, plan: &Rc<SubPlan>) -> Run<()> {
        let mut n = self.sub(plan).rows.len();
        while self.kept_row(plan, n)?.is_some() {
            n += 1;
        }
        Ok(())
    }

    /// Runs a subquery for a row of the query around it, at most `limit` rows of it.
    fn rows(&mut self, plan: &Rc<SubPlan>, row: &[Value], limit: usize) -> Run<Vec<Rc<[Value]>>> {
        let mut rows = Vec::new();
        if !plan.correlated {
            while rows.len() < limit
                && let Some(row) = self.kept_row(plan, rows.len())?
            {
                rows.push(row);
            }
            return Ok(rows);
        }
        self.shared.outer.push(row.into());
        let mut state = NodeState::new(&plan.plan);
        let result = loop {
            match node::next(&plan.plan, &mut state, self) {
                Ok(Some(row)) => rows.push(row.values.into()),
                Ok(None) => break Ok(rows),
                Err(stop) => break Err(stop),
            }
            if rows.len() == limit {
                break Ok(rows);
            }
        };
        self.shared.outer.pop();
        result
    }
}

impl Env for Scope<'_, '_> {
    fn called(&mut self) {
        self.context.store.work.operators += 1;
    }

    fn outer(&self, level: u16, column: usize) -> Value {
        let depth = self.shared.outer.len();
        let row = depth.checked_sub(usize::from(level)).and_then(|at| self.shared.outer.get(at));
        row.and_then(|row| row.get(column)).cloned().unwrap_or(Value::Null)
    }

    fn param(&self, index: usize) -> Result<Value, SqlError> {
        let value = self.context.params.get(index).cloned();
        value.ok_or_else(|| SqlError::new("42P02", format!("there is no parameter ${}", index + 1)))
    }

    fn style(&self) -> Style {
        self.context.store.session(self.context.session).settings.style
    }

    fn effect(&mut self, effect: Effect, args: &[Value], site: u32) -> Run<Value> {
        self.context.store.effect(self.context.session, effect, args, site)
    }

    fn exists(&mut self, plan: &Rc<SubPlan>, row: &[Value]) -> Run<bool> {
        Ok(!self.rows(plan, row, 1)?.is_empty())
    }

    fn scalar(&mut self, plan: &Rc<SubPlan>, row: &[Value]) -> Run<Value> {
        match self.rows(plan, row, 2)?.as_slice() {
            [] => Ok(Value::Null),
            [row] => Ok(row.first().cloned().unwrap_or(Value::Null)),
            _ => {
                let message = "more than one row returned by a subquery used as an expression";
                Err(SqlError::new("21000", message).into())
            }
        }
    }

    fn list(&mut self, plan: &Rc<SubPlan>, row: &[Value]) -> Run<Rc<[Value]>> {
        let rows = self.rows(plan, row, usize::MAX)?;
        Ok(rows.iter().map(|row| row.first().cloned().unwrap_or(Value::Null)).collect())
    }
}

/// A node that changes or locks rows, with its input.
pub(super) struct Nested<'n, 's, 'a> {
    pub scope: &'n mut Scope<'s, 'a>,
    pub input: &'n Plan,
    pub state: &'n mut NodeState,
}

impl<'a> Host<'a> for Nested<'_, '_, 'a> {
    fn context(&mut self) -> &mut Context<'a> {
        self.scope.context
    }

    fn child(&mut self) -> Run<Option<Row>> {
        node::next(self.input, self.state, self.scope)
    }

    fn eval(&mut self, expr: &Expr, row: &[Value]) -> Run<Value> {
        self.scope.eval(expr, row)
    }

    fn again(&mut self, versions: Rc<[(Rti, Option<Found>)]>) -> Run<Option<Row>> {
        let around = self.scope.context.recheck.replace(versions);
        let mut state = NodeState::new(self.input);
        let row = node::next(self.input, &mut state, self.scope);
        self.scope.context.recheck = around;
        row
    }
}

/// Surroundings in which there is nothing: for expressions over one row of one table.
pub struct NoEnv;

impl Env for NoEnv {
    fn outer(&self, _: u16, _: usize) -> Value {
        Value::Null
    }

    fn param(&self, index: usize) -> Result<Value, SqlError> {
        Err(SqlError::new("42P02", format!("there is no parameter ${}", index + 1)))
    }

    fn effect(&mut self, _: Effect, _: &[Value], _: u32) -> Run<Value> {
        Err(SqlError::new("0A000", "a function that depends on the session is not supported here").into())
    }

    fn exists(&mut self, _: &Rc<SubPlan>, _: &[Value]) -> Run<bool> {
        Err(SqlError::new("0A000", "cannot use subquery here").into())
    }

    fn scalar(&mut self, _: &Rc<SubPlan>, _: &[Value]) -> Run<Value> {
        Err(SqlError::new("0A000", "cannot use subquery here").into())
    }

    fn list(&mut self, _: &Rc<SubPlan>, _: &[Value]) -> Run<Rc<[Value]>> {
        Err(SqlError::new("0A000", "cannot use subquery here").into())
    }
}
