//! From names to places: what each word of a statement means, and the type of everything. (PostgreSQL's `parser/analyze.c` and the
//! `parse_*.c` beside it; manual, chapter 10)
//!
//! Analysis changes nothing, so it can be run again after it had to wait for a lock.

mod aggregates;
mod cases;
mod comparisons;
mod conflict;
mod expressions;
mod from;
mod functions;
mod grouping;
mod hints;
mod insert;
mod joins;
mod literals;
mod locking;
mod modify;
pub mod names;
mod order;
pub mod row;
mod scope;
mod select;
mod semi;
mod sets;
mod subqueries;
mod system_views;
mod table_functions;
mod with;

use crate::catalog::{Catalog, Relation, Table};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::locks::LockMode;
use crate::query::plan::{Oid, OutputColumn, Plan, Rti, SubPlan};
use crate::query::planner::{Settings, Statistics};
use crate::query::source::Source;
use crate::query::statement::{Name, Parsed, Statement};
use crate::value::{Style, Type, Typmod};
pub use locking::nullable;
use scope::Level;
use std::cell::Cell;
use std::rc::Rc;

/// What analysis and planning read.
#[derive(Clone, Copy)]
pub struct Environment<'a> {
    pub catalog: &'a Catalog,
    pub statistics: &'a dyn Statistics,
    pub settings: Settings,
    /// How literals are read.
    pub style: Style,
    /// The number of the next node, if the plan is to be shown: then each keeps what the planner thought of it.
    pub numbers: Option<&'a Cell<u32>>,
}

/// A statement that can be run.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub plan: Rc<Plan>,
    /// What it returns; for a statement that changes rows, what RETURNING does.
    pub columns: Vec<OutputColumn>,
    pub command: Command,
    /// CTEs that change rows, in order: each runs to its end even if nobody reads it.
    pub ctes: Vec<Rc<SubPlan>>,
    /// How many subplans there are: they are numbered from 0.
    pub subplans: u32,
    /// The relations it touches with the lock each needs, in the order they are to be locked.
    pub relations: Vec<(Oid, LockMode)>,
    /// Types of `$1` and so on, as far as they were given or could be told.
    pub params: Vec<Type>,
    /// It changes rows, itself or in a CTE, or locks them: not for a read-only transaction. (A SELECT … FOR UPDATE is not allowed there.)
    pub writes: bool,
    /// It has a locking clause.
    pub locks_rows: bool,
}

/// The words of a locking clause.
pub fn locking_words(strength: crate::query::plan::RowLock) -> &'static str {
    locking::words(strength)
}

/// What kind of statement, for the command tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Select,
    Insert,
    Update,
    Delete,
}

/// Asked for each relation in the order PostgreSQL locks them. It may wait; then analysis is to be run again.
pub type LockRelation<'a> = &'a mut dyn FnMut(Oid, LockMode) -> Run<()>;

/// Analyses and plans a SELECT, INSERT, UPDATE or DELETE. `params` are the types of `$1` and so on; [`Type::Unknown`] is to be found out.
pub fn analyse(
    environment: Environment<'_>,
    parsed: &Parsed,
    params: &[Type],
    lock: LockRelation<'_>,
) -> Run<Prepared> {
    let mut analyser = Analyser::new(environment, parsed.source.clone(), params, lock);
    let statement = &parsed.statement;
    let (plan, columns) = analyser.statement(statement, true)?;
    analyser.lock_deferred()?;
    let command = match statement {
        Statement::Insert(_) => Command::Insert,
        Statement::Update(_) => Command::Update,
        Statement::Delete(_) => Command::Delete,
        _ => Command::Select,
    };
    Ok(Prepared {
        plan: Rc::new(plan),
        columns,
        command,
        writes: command != Command::Select || !analyser.modifying.is_empty(),
        ctes: analyser.modifying,
        subplans: analyser.next_subplan,
        relations: analyser.relations,
        params: analyser.params,
        locks_rows: analyser.locks_rows,
    })
}

/// An expression with its type and where it began, in characters from 1 (0: nowhere).
#[derive(Clone, Debug)]
pub struct Typed {
    pub expr: Expr,
    pub ty: Type,
    pub typmod: Option<Typmod>,
    pub position: u32,
}

/// The state of one analysis.
pub struct Analyser<'a> {
    pub(super) environment: Environment<'a>,
    /// The text the words being analysed are from: the statement's or a view's.
    source: Rc<Source>,
    /// Query levels around the expression at hand, innermost last.
    levels: Vec<Level>,
    /// CTEs in sight, innermost last.
    ctes: Vec<with::Visible>,
    modifying: Vec<Rc<SubPlan>>,
    lock: LockRelation<'a>,
    relations: Vec<(Oid, LockMode)>,
    /// Locks on what views are made of: PostgreSQL takes them after it has analysed the statement.
    deferred: Vec<(Oid, LockMode)>,
    views: u32,
    params: Vec<Type>,
    next_rti: Rti,
    pub(super) next_subplan: u32,
    pub(super) next_site: u32,
    locks_rows: bool,
    depth: u32,
    /// The next query level is reached into by a locking clause further out.
    lock_next: bool,
    /// Where the items of the last ORDER BY are.
    order_places: Vec<u32>,
    /// The types of parameters are to be found out. (PREPARE)
    infers_params: bool,
    /// The next item of FROM is on the right of an outer join.
    nullable: bool,
}

impl<'a> Analyser<'a> {
    fn new(environment: Environment<'a>, source: Rc<Source>, params: &[Type], lock: LockRelation<'a>) -> Self {
        // Only PREPARE leaves types open: a plain string has no parameters but those that were given.
        let infers_params = source.statement().get(..7).is_some_and(|word| word.eq_ignore_ascii_case("prepare"));
        Self {
            environment,
            source,
            levels: Vec::new(),
            ctes: Vec::new(),
            modifying: Vec::new(),
            lock,
            relations: Vec::new(),
            deferred: Vec::new(),
            views: 0,
            params: params.to_vec(),
            next_rti: 0,
            next_subplan: 0,
            next_site: 0,
            locks_rows: false,
            depth: 0,
            lock_next: false,
            order_places: Vec::new(),
            infers_params,
            nullable: false,
        }
    }

    /// A statement that can be planned; `top` unless it is in WITH.
    fn statement(&mut self, statement: &Statement, top: bool) -> Run<(Plan, Vec<OutputColumn>)> {
        let with = match statement {
            Statement::Query(query) => &query.with,
            Statement::Insert(insert) => &insert.with,
            Statement::Update(update) => &update.with,
            Statement::Delete(delete) => &delete.with,
            _ => return Err(SqlError::unsupported("this statement").into()),
        };
        let visible = self.ctes.len();
        if let Some(with) = with {
            self.with(with, top, scope::Boundary::Top)?;
        }
        let planned = match statement {
            Statement::Query(query) => {
                let logical = self.nested(|analyser| analyser.body(query, scope::Boundary::Top, false))?;
                let columns = logical.columns();
                self.plan(logical).map(|plan| (plan, columns))
            }
            Statement::Insert(insert) => self.insert(insert),
            Statement::Update(update) => self.update(update),
            Statement::Delete(delete) => self.delete(delete),
            _ => unreachable!("other statements were refused above"),
        }?;
        self.ctes.truncate(visible);
        Ok(planned)
    }

    fn rti(&mut self) -> Rti {
        self.next_rti += 1;
        self.next_rti - 1
    }

    fn subplan_number(&mut self) -> u32 {
        self.next_subplan += 1;
        self.next_subplan - 1
    }

    fn site(&mut self) -> u32 {
        self.next_site += 1;
        self.next_site - 1
    }

    /// Locks a relation, now or after the analysis.
    fn lock(&mut self, oid: Oid, mode: LockMode) -> Run<()> {
        if self.views > 0 {
            self.deferred.push((oid, mode));
            return Ok(());
        }
        self.lock_now(oid, mode)
    }

    fn lock_now(&mut self, oid: Oid, mode: LockMode) -> Run<()> {
        (self.lock)(oid, mode)?;
        if !self.relations.contains(&(oid, mode)) {
            self.relations.push((oid, mode));
        }
        Ok(())
    }

    fn lock_deferred(&mut self) -> Run<()> {
        for (oid, mode) in std::mem::take(&mut self.deferred) {
            self.lock_now(oid, mode)?;
        }
        Ok(())
    }

    /// The relation of that name, or 42P01.
    fn relation(&self, name: &Name) -> Result<Relation, SqlError> {
        let missing =
            || SqlError::new("42P01", format!("relation \"{}\" does not exist", name.display())).at(name.position);
        if name.schema.as_deref().is_some_and(|schema| !["public", "pg_temp", "pg_catalog"].contains(&schema)) {
            return Err(missing());
        }
        self.environment.catalog.lookup(&name.name).cloned().ok_or_else(missing)
    }

    /// A table whose rows are to be changed.
    fn target_table(&mut self, name: &Name) -> Run<Rc<Table>> {
        let relation = self.relation(name)?;
        let what = match &relation {
            Relation::Table(table) => {
                self.lock(table.oid, LockMode::RowExclusive)?;
                return Ok(table.clone());
            }
            Relation::View(_) => {
                return Err(SqlError::unsupported("changing rows through a view").at(name.position).into());
            }
            Relation::Sequence(_) => "sequence",
            Relation::Index(_) => "index",
        };
        let message = match what {
            "index" => format!("\"{}\" is an index", name.name),
            what => format!("cannot change {what} \"{}\"", name.name),
        };
        Err(SqlError::new("42809", message).at(name.position).into())
    }

    /// Guards against recursion that would exhaust the stack.
    fn nested<T>(&mut self, f: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        if self.depth > 200 {
            return Err(crate::query::parse::too_deep().into());
        }
        self.depth += 1;
        let result = f(self);
        self.depth -= 1;
        result
    }
}
