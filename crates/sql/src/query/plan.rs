//! The plan of a statement: a tree of nodes that hand rows up, one at a time. (PostgreSQL's `plannodes.h` is the model.)
//!
//! Plans are immutable and shared; what an execution has reached is in [`crate::exec`].

use crate::expr::Expr;
use crate::value::{Type, Typmod};
use std::rc::Rc;

/// Index of a table in the statement's range table: `FROM a, b` are 0 and 1. Every [`Plan::Scan`] has its own.
pub type Rti = usize;

/// Identifies a table, view, index or sequence.
pub type Oid = u32;

/// A column of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputColumn {
    pub name: Rc<str>,
    pub ty: Type,
    pub typmod: Option<Typmod>,
    /// The table and the number of its column, from 1, if it is nothing but that. (`resorigtbl`, `resorigcol`)
    pub origin: Option<(Oid, u16)>,
}

impl OutputColumn {
    /// A column of no table.
    pub fn new(name: impl Into<Rc<str>>, ty: Type, typmod: Option<Typmod>) -> Self {
        Self { name: name.into(), ty, typmod, origin: None }
    }
}

/// A subquery inside an expression, or a CTE.
#[derive(Clone, Debug)]
pub struct SubPlan {
    pub plan: Plan,
    pub columns: Vec<OutputColumn>,
    /// Whether it reads a column of an enclosing query: if not, it runs once a statement. (PostgreSQL's InitPlan.)
    pub correlated: bool,
    /// Numbers the subplans of one statement, from 0.
    pub id: u32,
}

/// How a scan finds its rows.
#[derive(Clone, Debug)]
pub enum Access {
    /// Every row, in the order of the heap.
    Seq,
    /// By an index, in its order.
    Index(IndexRange),
    /// By an index, in the order of the heap. The condition is checked again on each row.
    Bitmap(IndexRange),
}

/// Which keys of an index are looked at: equalities on leading columns, then bounds on the next one.
#[derive(Clone, Debug)]
pub struct IndexRange {
    pub index: Oid,
    /// One value per leading column. `None` asks for nulls (`IS NULL`).
    pub equal: Vec<Option<Expr>>,
    /// Values of the column after those, with whether the bound itself belongs to it.
    pub lower: Option<(Expr, bool)>,
    pub upper: Option<(Expr, bool)>,
    /// `= ANY (array)` on the first column instead of `equal`: one search a value.
    pub any: Option<Expr>,
    pub backward: bool,
    /// The index holds every column that is read: of pages all of whose rows everybody sees no row is fetched.
    pub only: bool,
}

/// The strength of a row lock, weakest first. (Manual, 13.3.2 "Row-Level Locks")
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowLock {
    KeyShare,
    Share,
    NoKeyUpdate,
    Update,
}

/// What a locking clause does when it would have to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitPolicy {
    Block,
    /// `NOWAIT`
    Error,
    /// `SKIP LOCKED`
    Skip,
}

/// One table of a locking clause.
#[derive(Clone, Debug)]
pub struct RowMark {
    pub rti: Rti,
    pub table: Oid,
    pub strength: RowLock,
    pub wait: WaitPolicy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    /// EXISTS and IN as a join: each left row at most once. Only for plans whose result cannot tell.
    Semi,
    Anti,
}

#[derive(Clone, Debug)]
pub struct SortKey {
    pub expr: Expr,
    pub descending: bool,
    pub nulls_first: bool,
}

/// `count(*)`, `sum(DISTINCT x)`.
#[derive(Clone, Debug)]
pub struct AggregateCall {
    pub function: &'static crate::expr::aggregate::Aggregate,
    pub args: Vec<Expr>,
    pub distinct: bool,
    pub filter: Option<Expr>,
    /// `string_agg(x, ',' ORDER BY y)`
    pub order: Vec<SortKey>,
}

/// How a nested loop comes by the right rows of its next left row.
#[derive(Clone, Debug)]
pub enum Again {
    /// The right is run again, for the left row if it is lateral.
    Run,
    /// All of its rows were kept when it ran for the first time. (`nodeMaterial.c`)
    Kept,
    /// The rows of each key were kept when they were first asked for. The keys are over the left row. (`nodeMemoize.c`)
    Remembered(Vec<Expr>),
}

/// What the planner thought of a node, and the words EXPLAIN has for it. Costs are in units of `seq_page_cost`.
#[derive(Clone, Debug)]
pub struct Note {
    /// Numbers the nodes of one statement: what they turn out to do is counted by it.
    pub id: u32,
    pub startup: f64,
    pub total: f64,
    pub rows: f64,
    /// What is read, as the query calls it, and the names of its columns if no table tells them.
    pub alias: Option<Rc<str>>,
    pub columns: Vec<Rc<str>>,
    /// Conditions of a scan that its index takes care of, and all others.
    pub searched: Vec<Expr>,
    pub filter: Vec<Expr>,
    /// An outer join that is run the other way round: PostgreSQL's outer side is the right one.
    pub reversed: bool,
    /// What the search of the index alone is thought to cost and to find, for a bitmap.
    pub search: Option<(f64, f64)>,
}

/// A plan node. Each hands up rows whose values are described with it.
#[derive(Clone, Debug)]
pub enum Plan {
    /// A node with what the planner thought of it. Only plans that are to be shown have such.
    Noted {
        input: Box<Plan>,
        note: Box<Note>,
    },
    /// One row without columns (`SELECT 1`), if the condition, which reads no column, holds.
    Result {
        filter: Option<Expr>,
    },
    /// `VALUES`
    Values {
        rti: Rti,
        rows: Vec<Vec<Expr>>,
    },
    /// A table: all its columns (dropped ones too), and the row's [`crate::store::Tid`].
    Scan {
        rti: Rti,
        table: Oid,
        access: Access,
        filter: Option<Expr>,
        /// System columns that the query reads (`ctid`, `xmin`, `xmax`, `cmin`, `cmax`, `tableoid`), appended after the table's own.
        system: Vec<SystemColumn>,
    },
    /// `generate_series` and whatever else returns rows.
    FunctionScan {
        rti: Rti,
        function: SetFunction,
        args: Vec<Expr>,
    },
    /// Rows of a CTE, kept when they are first read. `id` is the CTE's [`SubPlan::id`].
    CteScan {
        rti: Rti,
        cte: Rc<SubPlan>,
    },
    /// A subquery in FROM: its own row identities are hidden. (Simple views and subqueries have become part of the query around them, so
    /// that FOR UPDATE reaches into them.)
    Subquery {
        rti: Rti,
        plan: Box<Plan>,
    },
    Filter {
        input: Box<Plan>,
        filter: Expr,
    },
    /// The left row's values, then the right row's. `right` is run anew for each left row when `lateral`.
    NestedLoop {
        kind: JoinKind,
        left: Box<Plan>,
        right: Box<Plan>,
        on: Option<Expr>,
        right_width: usize,
        lateral: bool,
        again: Again,
    },
    /// `merge`: both sides are in the order of the keys. Rows come as a merge hands them up.
    HashJoin {
        kind: JoinKind,
        left: Box<Plan>,
        right: Box<Plan>,
        left_keys: Vec<Expr>,
        right_keys: Vec<Expr>,
        on: Option<Expr>,
        right_width: usize,
        merge: bool,
    },
    /// Group keys, then aggregates. Without keys exactly one row; without aggregates it is DISTINCT.
    Aggregate {
        input: Box<Plan>,
        keys: Vec<Expr>,
        calls: Vec<AggregateCall>,
        strategy: AggStrategy,
    },
    Project {
        input: Box<Plan>,
        exprs: Vec<Expr>,
    },
    /// As `Project`, but some expressions hand up several values for one row (`SELECT generate_series(1, 3)`): `Some` of `sets` for
    /// those, whose arguments are an [`Expr::Row`].
    ProjectSet {
        input: Box<Plan>,
        exprs: Vec<Expr>,
        sets: Vec<Option<SetFunction>>,
    },
    /// The first row of each group of rows that are equal in these.
    DistinctOn {
        input: Box<Plan>,
        on: Vec<Expr>,
        strategy: AggStrategy,
    },
    /// The input is in the order of the first `presorted` keys already.
    Sort {
        input: Box<Plan>,
        keys: Vec<SortKey>,
        presorted: usize,
    },
    Limit {
        input: Box<Plan>,
        count: Option<Expr>,
        offset: Option<Expr>,
    },
    /// The rows of one, then those of the other. (UNION ALL)
    Append {
        left: Box<Plan>,
        right: Box<Plan>,
    },
    /// INTERSECT and EXCEPT.
    SetOperation {
        kind: SetOperation,
        all: bool,
        left: Box<Plan>,
        right: Box<Plan>,
        strategy: AggStrategy,
    },
    /// SELECT … FOR UPDATE: locks the rows each input row is made of, and follows them when they changed meanwhile.
    LockRows {
        input: Box<Plan>,
        marks: Vec<RowMark>,
    },
    /// INSERT, UPDATE, DELETE. Hands up the RETURNING rows, or none.
    Modify(Rc<Modify>),
}

impl Plan {
    /// The plans a node's rows come from.
    pub fn inputs(&self) -> Vec<&Plan> {
        match self {
            Plan::Result { .. }
            | Plan::Values { .. }
            | Plan::Scan { .. }
            | Plan::FunctionScan { .. }
            | Plan::CteScan { .. } => Vec::new(),
            Plan::NestedLoop { left, right, .. }
            | Plan::HashJoin { left, right, .. }
            | Plan::Append { left, right }
            | Plan::SetOperation { left, right, .. } => vec![left, right],
            Plan::Noted { input, .. }
            | Plan::Subquery { plan: input, .. }
            | Plan::Filter { input, .. }
            | Plan::Aggregate { input, .. }
            | Plan::Project { input, .. }
            | Plan::ProjectSet { input, .. }
            | Plan::DistinctOn { input, .. }
            | Plan::Sort { input, .. }
            | Plan::Limit { input, .. }
            | Plan::LockRows { input, .. } => vec![input],
            Plan::Modify(modify) => vec![&modify.input],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SystemColumn {
    Ctid,
    Xmin,
    Xmax,
    Cmin,
    Cmax,
    TableOid,
}

/// How rows that are equal are brought together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AggStrategy {
    /// They are beside each other: the rows are sorted by the keys.
    Sorted,
    /// In a hash table that is made for so many groups. Which these are decides the order in which it hands them up.
    Hashed { expected: f64 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperation {
    Union,
    Intersect,
    Except,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetFunction {
    /// Of int, bigint, numeric or timestamps with an interval: the arguments tell.
    GenerateSeries,
    Unnest,
    /// `pg_prepared_xacts`, `pg_locks` and so on: system views this store offers.
    PgLocks,
    PgPreparedXacts,
    PgPreparedStatements,
    PgStatActivity,
}

/// INSERT, UPDATE or DELETE.
#[derive(Clone, Debug)]
pub struct Modify {
    pub table: Oid,
    pub kind: ModifyKind,
    /// For RETURNING: over the new row of the table (the old one for DELETE), followed for UPDATE and DELETE by the rest of the input row.
    pub returning: Option<(Vec<Expr>, Vec<OutputColumn>)>,
    /// `WITH CHECK OPTION` and the like are not supported; CHECK and NOT NULL constraints are in the catalog.
    pub input: Plan,
}

#[derive(Clone, Debug)]
pub enum ModifyKind {
    /// The input's rows are complete new rows of the table: defaults are in them.
    Insert {
        conflict: Option<OnConflict>,
    },
    /// The input's rows begin with the old row of the target (all its columns); `rti` tells which identity in the row is the target's.
    /// Each assignment is over the input row.
    Update {
        rti: Rti,
        assignments: Vec<(usize, Expr)>,
    },
    Delete {
        rti: Rti,
    },
}

/// `ON CONFLICT`.
#[derive(Clone, Debug)]
pub struct OnConflict {
    /// Unique indexes whose conflicts are arbitrated; empty means any.
    pub arbiters: Vec<Oid>,
    pub action: ConflictAction,
}

#[derive(Clone, Debug)]
pub enum ConflictAction {
    Nothing,
    /// Over the existing row followed by the row that was to be inserted (`excluded`).
    Update {
        assignments: Vec<(usize, Expr)>,
        filter: Option<Expr>,
    },
}
