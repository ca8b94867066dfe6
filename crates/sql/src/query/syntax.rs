//! Queries and expressions as they were written: PostgreSQL's raw parse tree. (`parsenodes.h`)
//!
//! Every node knows its place, in characters from 1, because every error says where it is.

use crate::error::SqlError;
use crate::query::plan::SetOperation;
use crate::query::statement::{Locking, Name, With};
use crate::value::{Type, Typmod};
use std::rc::Rc;

/// A query with what is around its body. Brackets around it are gone.
#[derive(Clone, Debug)]
pub struct Query {
    pub with: Option<With>,
    pub body: Body,
    pub order: Vec<OrderItem>,
    /// `None` as well for `LIMIT ALL`.
    pub limit: Option<Expr>,
    pub offset: Option<Expr>,
    pub locking: Vec<Locking>,
}

#[derive(Clone, Debug)]
pub enum Body {
    Select(Box<Select>),
    Values(Vec<Vec<Expr>>),
    Set(Box<SetQuery>),
}

/// `left UNION right`
#[derive(Clone, Debug)]
pub struct SetQuery {
    pub operation: SetOperation,
    pub all: bool,
    pub left: Query,
    pub right: Query,
}

#[derive(Clone, Debug, Default)]
pub struct Select {
    pub distinct: Option<Distinct>,
    pub items: Vec<SelectItem>,
    pub from: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub group_by: Vec<Expr>,
    pub having: Option<Expr>,
}

#[derive(Clone, Debug)]
pub enum Distinct {
    All,
    On(Vec<Expr>),
}

/// An item of a SELECT list or of RETURNING.
#[derive(Clone, Debug)]
pub enum SelectItem {
    Expr {
        expr: Expr,
        alias: Option<Name>,
    },
    /// `*`, and its place.
    Star(u32),
    /// `t.*`
    TableStar(Name),
}

#[derive(Clone, Debug)]
pub struct OrderItem {
    pub expr: Expr,
    pub descending: bool,
    pub nulls_first: bool,
}

#[derive(Clone, Debug)]
pub enum FromItem {
    Table {
        name: Name,
        alias: Option<Alias>,
    },
    Function {
        name: Name,
        args: Vec<Expr>,
        alias: Option<Alias>,
    },
    Subquery {
        lateral: bool,
        query: Box<Query>,
        alias: Option<Alias>,
        /// Of its bracket.
        position: u32,
    },
    Join(Box<Join>),
}

/// `AS name (column, …)`
#[derive(Clone, Debug)]
pub struct Alias {
    pub name: Name,
    pub columns: Vec<Name>,
}

#[derive(Clone, Debug)]
pub struct Join {
    pub kind: JoinKind,
    pub left: FromItem,
    pub right: FromItem,
    pub condition: JoinCondition,
    /// `(a JOIN b …) AS name`
    pub alias: Option<Alias>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoinKind {
    Inner,
    Left,
    Right,
}

#[derive(Clone, Debug)]
pub enum JoinCondition {
    /// CROSS JOIN
    None,
    Natural,
    On(Expr),
    Using(Vec<Name>),
}

/// An expression and where it begins: the leftmost of its parts. (`exprLocation`)
#[derive(Clone, Debug)]
pub struct Expr {
    pub kind: ExprKind,
    pub position: u32,
}

/// `at` is the place of the operator or keyword that makes it what it is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `a`, `t.a`, `public.t.a`: folded.
    Column(Vec<Rc<str>>),
    /// The word DEFAULT where a value could be.
    Default,
    Number(Rc<str>),
    String(Rc<str>),
    Bool(bool),
    Null,
    /// `$1`
    Param(Rc<str>),
    /// `date '2024-01-01'`; `at` is the string's place.
    Literal {
        ty: TypeName,
        text: Rc<str>,
        at: u32,
    },
    /// `interval '1' day`; `at` is the string's place.
    Interval {
        text: Rc<str>,
        at: u32,
        field: Option<Rc<str>>,
    },
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    /// A prefix operator.
    Unary {
        op: Rc<str>,
        operand: Box<Expr>,
    },
    /// Also LIKE and its kin, which are the operators `~~`, `!~~`, `~~*` and `!~~*`.
    Binary {
        op: Rc<str>,
        at: u32,
        left: Box<Expr>,
        right: Box<Expr>,
    },
    Cast {
        operand: Box<Expr>,
        ty: TypeName,
        at: u32,
    },
    Is {
        operand: Box<Expr>,
        test: Test,
        negated: bool,
    },
    IsDistinct {
        left: Box<Expr>,
        right: Box<Expr>,
        negated: bool,
        at: u32,
    },
    InList {
        operand: Box<Expr>,
        list: Vec<Expr>,
        negated: bool,
        at: u32,
    },
    InQuery {
        operand: Box<Expr>,
        query: Box<Query>,
        negated: bool,
        at: u32,
    },
    Between {
        operand: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
        negated: bool,
        at: u32,
    },
    /// `left op ANY (right)`, or ALL; the right side is an array or a subquery.
    Quantified {
        left: Box<Expr>,
        op: Rc<str>,
        at: u32,
        right: Box<Expr>,
        all: bool,
    },
    Case {
        operand: Option<Box<Expr>>,
        whens: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Exists(Box<Query>),
    Subquery(Box<Query>),
    Row(Vec<Expr>),
    Array(Vec<Expr>),
    Call(Box<Call>),
    /// `array[index]`
    Element {
        array: Box<Expr>,
        index: Box<Expr>,
    },
    /// `(row).field`
    Field {
        row: Box<Expr>,
        field: Name,
    },
}

/// What IS asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Null,
    True,
    False,
    Unknown,
}

/// A call of a function.
#[derive(Clone, Debug)]
pub struct Call {
    pub name: Name,
    pub args: Vec<Expr>,
    /// `count(*)`
    pub star: bool,
    pub distinct: bool,
    pub order: Vec<OrderItem>,
    pub filter: Option<Expr>,
    /// It has a syntax of its own, `extract(epoch FROM x)`: messages name it with its schema.
    pub special: bool,
}

/// The name of a type, and what it stands for or why it does not.
#[derive(Clone, Debug)]
pub struct TypeName {
    pub resolved: Result<(Type, Option<Typmod>), Box<SqlError>>,
    pub position: u32,
}

impl Query {
    /// A body with nothing around it.
    pub fn of(body: Body) -> Self {
        Self { with: None, body, order: Vec::new(), limit: None, offset: None, locking: Vec::new() }
    }

    /// Whether there is nothing around its body.
    pub fn is_bare(&self) -> bool {
        self.with.is_none()
            && self.order.is_empty()
            && self.limit.is_none()
            && self.offset.is_none()
            && self.locking.is_empty()
    }
}

impl Expr {
    pub fn new(kind: ExprKind, position: u32) -> Self {
        Self { kind, position }
    }

    /// `(a, b)` or `ROW(a, b)`
    pub fn is_row(&self) -> bool {
        matches!(self.kind, ExprKind::Row(_))
    }

    /// The fields of a row; another expression is its own only field.
    pub fn fields(&self) -> &[Expr] {
        match &self.kind {
            ExprKind::Row(fields) => fields,
            _ => std::slice::from_ref(self),
        }
    }

    /// The word DEFAULT.
    pub fn is_default(&self) -> bool {
        matches!(self.kind, ExprKind::Default)
    }
}
