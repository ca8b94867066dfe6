//! A query after its names are known and before it is planned.
//!
//! The row of a query level is *flat*: the columns of all its relations one after the other, in the order of FROM, each table followed by its
//! six system columns. [`Expr::Column`] counts in it until the planner has laid the real row out.

use crate::expr::Expr;
use crate::query::plan::{
    AggregateCall, Oid, OutputColumn, Plan, RowLock, Rti, SetFunction, SetOperation, SortKey, SystemColumn, WaitPolicy,
};
use std::rc::Rc;

/// System columns of a table in the flat row, in the order of their places there.
pub const SYSTEM_COLUMNS: [(&str, SystemColumn); 6] = [
    ("ctid", SystemColumn::Ctid),
    ("xmin", SystemColumn::Xmin),
    ("xmax", SystemColumn::Xmax),
    ("cmin", SystemColumn::Cmin),
    ("cmax", SystemColumn::Cmax),
    ("tableoid", SystemColumn::TableOid),
];

/// In the expressions above a grouping, keys and aggregates are columns from here on; the planner puts them in their place.
pub const GROUP_KEYS: usize = 1 << 28;
pub const AGGREGATES: usize = 1 << 29;

/// What set-returning functions of the SELECT list return is a column from here on.
pub const SETS: usize = 1 << 30;

/// A query.
#[derive(Clone, Debug)]
pub struct Logical {
    pub body: Body,
    /// Over the flat row, or the output row when `order_on_output`.
    pub order: Vec<SortKey>,
    /// DISTINCT and set operations sort what they hand up.
    pub order_on_output: bool,
    pub limit: Option<Expr>,
    pub offset: Option<Expr>,
    pub marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
pub enum Body {
    Select(Box<Select>),
    Values {
        rti: Rti,
        rows: Vec<Vec<Expr>>,
        columns: Vec<OutputColumn>,
    },
    Set {
        kind: SetOperation,
        all: bool,
        left: Box<Logical>,
        right: Box<Logical>,
        columns: Vec<OutputColumn>,
    },
    /// INSERT, UPDATE or DELETE in WITH.
    Ready {
        plan: Box<Plan>,
        columns: Vec<OutputColumn>,
    },
}

/// One SELECT.
#[derive(Clone, Debug, Default)]
pub struct Select {
    pub relations: Vec<Relation>,
    /// Columns of the flat row.
    pub width: usize,
    pub from: Tree,
    pub targets: Vec<Target>,
    pub grouping: Option<Grouping>,
    pub distinct: Option<Distinct>,
    /// Set-returning functions of the SELECT list, with the row of their arguments.
    pub sets: Vec<(SetFunction, Expr)>,
}

#[derive(Clone, Debug)]
pub enum Distinct {
    All,
    /// Over the flat row, or the grouped one.
    On(Vec<Expr>),
}

/// GROUP BY and aggregates. Without keys there is one group.
#[derive(Clone, Debug, Default)]
pub struct Grouping {
    pub keys: Vec<Expr>,
    pub calls: Vec<AggregateCall>,
    pub having: Option<Expr>,
    /// Numbers for subplans, one a call, should `min` and `max` be looked up in indexes.
    pub subplans: Vec<u32>,
}

#[derive(Clone, Debug)]
pub struct Target {
    pub expr: Expr,
    pub column: OutputColumn,
}

/// Something rows come from.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its first column in the flat row.
    pub base: usize,
    pub rti: Rti,
    pub source: RelationSource,
    /// System columns that are read.
    pub system: Vec<SystemColumn>,
    /// It reads relations to its left: it runs for each row of theirs, which is its level 1.
    pub lateral: bool,
    pub name: Rc<str>,
}

#[derive(Clone, Debug)]
pub enum RelationSource {
    Table {
        table: Oid,
        width: usize,
    },
    Subquery(Box<Logical>),
    /// Already planned: functions, VALUES, CTEs.
    Plan {
        plan: Box<Plan>,
        width: usize,
    },
}

/// How relations are joined.
#[derive(Clone, Debug)]
pub enum Tree {
    Relation(usize),
    /// All of them, in any order, where all conditions hold.
    Inner {
        items: Vec<Tree>,
        filter: Vec<Expr>,
    },
    Left {
        left: Box<Tree>,
        right: Box<Tree>,
        on: Vec<Expr>,
    },
    /// EXISTS and IN among the conditions: rows of the left that have a row on the right, or (`anti`) have none.
    Semi {
        left: Box<Tree>,
        right: Box<Tree>,
        on: Vec<Expr>,
        anti: bool,
    },
}

impl Default for Tree {
    fn default() -> Self {
        Tree::Inner { items: Vec::new(), filter: Vec::new() }
    }
}

/// FOR UPDATE of one table.
#[derive(Clone, Debug)]
pub struct Mark {
    pub rti: Rti,
    pub table: Oid,
    pub strength: RowLock,
    pub wait: WaitPolicy,
}

impl RelationSource {
    /// Its own columns.
    pub fn width(&self) -> usize {
        match self {
            RelationSource::Table { width, .. } | RelationSource::Plan { width, .. } => *width,
            RelationSource::Subquery(query) => query.columns().len(),
        }
    }
}

impl Logical {
    pub fn new(body: Body) -> Self {
        Self { body, order: Vec::new(), order_on_output: false, limit: None, offset: None, marks: Vec::new() }
    }

    /// What it hands up.
    pub fn columns(&self) -> Vec<OutputColumn> {
        match &self.body {
            Body::Select(select) => select.targets.iter().map(|target| target.column.clone()).collect(),
            Body::Values { columns, .. } | Body::Set { columns, .. } | Body::Ready { columns, .. } => columns.clone(),
        }
    }
}

impl Tree {
    /// The relations below, in order.
    pub fn relations(&self) -> Vec<usize> {
        match self {
            Tree::Relation(relation) => vec![*relation],
            Tree::Inner { items, .. } => items.iter().flat_map(Tree::relations).collect(),
            Tree::Left { left, right, .. } | Tree::Semi { left, right, .. } => {
                [left.relations(), right.relations()].concat()
            }
        }
    }

    /// Calls `f` on each condition.
    pub fn each_expr(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        match self {
            Tree::Relation(_) => {}
            Tree::Inner { items, filter } => {
                items.iter_mut().for_each(|item| item.each_expr(f));
                filter.iter_mut().for_each(f);
            }
            Tree::Left { left, right, on } | Tree::Semi { left, right, on, .. } => {
                left.each_expr(f);
                right.each_expr(f);
                on.iter_mut().for_each(f);
            }
        }
    }

    /// Renumbers the relations, when a query becomes part of another.
    pub fn shift(&mut self, by: usize) {
        match self {
            Tree::Relation(relation) => *relation += by,
            Tree::Inner { items, .. } => items.iter_mut().for_each(|item| item.shift(by)),
            Tree::Left { left, right, .. } | Tree::Semi { left, right, .. } => {
                left.shift(by);
                right.shift(by);
            }
        }
    }
}
