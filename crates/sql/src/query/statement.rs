//! Statements as the parser leaves them: words are sorted, nothing is looked up yet.
//!
//! Their queries and expressions are in [`crate::query::syntax`].

use crate::catalog::ReferentialAction;
use crate::locks::LockMode;
use crate::query::plan::{RowLock, WaitPolicy};
use crate::query::source::Source;
use crate::query::syntax::{Expr, FromItem, Query, SelectItem};
use crate::value::{Type, Typmod};
use std::rc::Rc;

/// One statement and where it came from.
#[derive(Clone, Debug)]
pub struct Parsed {
    pub statement: Statement,
    pub source: Rc<Source>,
}

/// A statement. The first four are for [`crate::query::analyse`]; the session runs the others itself.
#[derive(Clone, Debug)]
pub enum Statement {
    /// SELECT, VALUES, TABLE.
    Query(Box<Query>),
    Insert(Box<Insert>),
    Update(Box<Update>),
    Delete(Box<Delete>),
    CreateTable(Box<CreateTable>),
    CreateTableAs(Box<CreateTableAs>),
    CreateIndex(Box<CreateIndex>),
    CreateView(Box<CreateView>),
    CreateSequence(Box<CreateSequence>),
    AlterSequence(Box<AlterSequence>),
    AlterTable(Box<AlterTable>),
    Drop(Box<Drop>),
    Truncate(Truncate),
    Lock(Lock),
    Begin(TransactionModes),
    Commit {
        chain: bool,
    },
    Rollback {
        chain: bool,
    },
    Savepoint(Name),
    RollbackTo(Name),
    Release(Name),
    PrepareTransaction(Rc<str>),
    CommitPrepared(Rc<str>),
    RollbackPrepared(Rc<str>),
    Set(Set),
    /// `SHOW name`; `SHOW ALL` is `all`.
    Show(Rc<str>),
    /// `RESET name`; `None` is `RESET ALL`.
    Reset(Option<Rc<str>>),
    SetTransaction(TransactionModes),
    /// `SET SESSION CHARACTERISTICS AS TRANSACTION`
    SetSessionCharacteristics(TransactionModes),
    /// `SET CONSTRAINTS`: `None` is `ALL`.
    SetConstraints {
        names: Option<Vec<Name>>,
        deferred: bool,
    },
    Vacuum {
        analyze: bool,
        full: bool,
        freeze: bool,
        tables: Vec<Name>,
    },
    Analyze(Vec<Name>),
    Explain(Box<Explain>),
    Prepare(Box<Prepare>),
    Execute(Box<Execute>),
    /// `None` is `ALL`.
    Deallocate(Option<Name>),
    /// `DECLARE name CURSOR FOR query`
    DeclareCursor(Box<DeclareCursor>),
    Fetch(Fetch),
    /// `CLOSE name`; `None` is `ALL`.
    CloseCursor(Option<Name>),
    /// `DISCARD ALL`, and whatever else it may be followed by.
    Discard,
    Checkpoint,
}

/// A name, folded to lower case unless it was quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub schema: Option<Rc<str>>,
    pub name: Rc<str>,
    /// Characters from 1.
    pub position: u32,
}

impl Name {
    /// As messages show it: `public.t`, or `t`.
    pub fn display(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{schema}.{}", self.name),
            None => self.name.to_string(),
        }
    }
}

/// An expression nobody has looked at yet.
#[derive(Clone, Debug)]
pub struct RawExpr {
    pub expr: Expr,
    /// Its words, as they were written.
    pub text: Rc<str>,
}

/// `WITH`
#[derive(Clone, Debug)]
pub struct With {
    pub recursive: bool,
    pub ctes: Vec<Cte>,
}

/// One `name AS (statement)`.
#[derive(Clone, Debug)]
pub struct Cte {
    pub name: Name,
    pub columns: Vec<Name>,
    /// A query or one that modifies data.
    pub statement: Statement,
    /// It is a union of WITH RECURSIVE that names itself.
    pub reads_itself: bool,
}

/// A table whose rows a statement changes.
#[derive(Clone, Debug)]
pub struct Target {
    pub table: Name,
    pub alias: Option<Name>,
}

#[derive(Clone, Debug)]
pub struct Insert {
    pub with: Option<With>,
    pub target: Target,
    pub columns: Option<Vec<Name>>,
    /// `OVERRIDING SYSTEM VALUE`
    pub overriding_system: bool,
    /// `OVERRIDING USER VALUE`
    pub overriding_user: bool,
    /// `None` is `DEFAULT VALUES`.
    pub source: Option<Query>,
    pub conflict: Option<Conflict>,
    pub returning: Option<Vec<SelectItem>>,
}

/// `ON CONFLICT`
#[derive(Clone, Debug)]
pub struct Conflict {
    pub target: ConflictTarget,
    /// `None` is `DO NOTHING`.
    pub update: Option<(Vec<Assignment>, Option<Expr>)>,
    pub position: u32,
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // a statement has one at most
pub enum ConflictTarget {
    Any,
    /// Columns or expressions, and the predicate of a partial index.
    Keys {
        keys: Vec<Expr>,
        filter: Option<Expr>,
        /// Of the bracket around the keys.
        position: u32,
    },
    Constraint(Name),
}

/// One item of `SET`.
#[derive(Clone, Debug)]
pub enum Assignment {
    One(Name, Expr),
    /// `(a, b) = (1, 2)` or `(a, b) = (SELECT …)`
    Many(Vec<Name>, Expr),
}

#[derive(Clone, Debug)]
pub struct Update {
    pub with: Option<With>,
    pub target: Target,
    pub assignments: Vec<Assignment>,
    pub from: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub returning: Option<Vec<SelectItem>>,
}

#[derive(Clone, Debug)]
pub struct Delete {
    pub with: Option<With>,
    pub target: Target,
    pub using: Vec<FromItem>,
    pub filter: Option<Expr>,
    pub returning: Option<Vec<SelectItem>>,
}

/// `FOR UPDATE OF a, b NOWAIT`
#[derive(Clone, Debug)]
pub struct Locking {
    pub strength: RowLock,
    pub of: Vec<Name>,
    pub wait: WaitPolicy,
    pub position: u32,
}

#[derive(Clone, Debug)]
pub struct CreateTable {
    pub name: Name,
    pub temporary: bool,
    pub if_not_exists: bool,
    pub columns: Vec<ColumnDef>,
    /// In the order they were written; those written with a column are among them, that column being the only one.
    pub constraints: Vec<Constraint>,
    pub fillfactor: u16,
}

#[derive(Clone, Debug)]
pub struct CreateTableAs {
    pub name: Name,
    pub temporary: bool,
    pub if_not_exists: bool,
    pub columns: Vec<Name>,
    pub query: Rc<Parsed>,
    pub with_data: bool,
}

/// A column of CREATE TABLE or ADD COLUMN. Its constraints are beside it.
#[derive(Clone, Debug)]
pub struct ColumnDef {
    pub name: Name,
    pub ty: Type,
    pub typmod: Option<Typmod>,
    pub default: Option<RawExpr>,
    pub not_null: bool,
    /// `serial` and its like, and identity columns: a sequence gives the default.
    pub sequence: Option<ColumnSequence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnSequence {
    Serial,
    IdentityAlways,
    IdentityByDefault,
}

#[derive(Clone, Debug)]
pub struct Constraint {
    pub name: Option<Name>,
    pub kind: ConstraintKind,
    pub deferrable: bool,
    pub initially_deferred: bool,
    /// Characters from 1: its first word.
    pub position: u32,
    /// It was written with a column.
    pub of_column: bool,
}

#[derive(Clone, Debug)]
#[allow(clippy::large_enum_variant)] // a statement has few
pub enum ConstraintKind {
    PrimaryKey(Vec<Name>),
    Unique(Vec<Name>),
    Check(RawExpr),
    ForeignKey {
        columns: Vec<Name>,
        to: Name,
        /// Empty: the primary key.
        to_columns: Vec<Name>,
        on_delete: ReferentialAction,
        on_update: ReferentialAction,
    },
}

#[derive(Clone, Debug)]
pub struct CreateIndex {
    pub name: Option<Name>,
    pub table: Name,
    pub unique: bool,
    pub concurrently: bool,
    pub if_not_exists: bool,
    pub keys: Vec<IndexKeyDef>,
    pub predicate: Option<RawExpr>,
}

#[derive(Clone, Debug)]
pub struct IndexKeyDef {
    pub expr: RawExpr,
    pub descending: bool,
    pub nulls_first: bool,
}

#[derive(Clone, Debug)]
pub struct CreateView {
    pub name: Name,
    pub or_replace: bool,
    pub temporary: bool,
    pub columns: Vec<Name>,
    pub query: Rc<Parsed>,
    /// The words of the query, to be kept in the catalog.
    pub text: Rc<str>,
}

#[derive(Clone, Debug)]
pub struct CreateSequence {
    pub name: Name,
    pub temporary: bool,
    pub if_not_exists: bool,
    pub options: SequenceOptions,
}

#[derive(Clone, Debug)]
pub struct AlterSequence {
    pub name: Name,
    pub if_exists: bool,
    pub options: SequenceOptions,
}

/// What CREATE and ALTER SEQUENCE may say; `None` was not said.
#[derive(Clone, Debug, Default)]
pub struct SequenceOptions {
    pub start: Option<i64>,
    /// `RESTART [WITH value]`, of ALTER alone.
    pub restart: Option<Option<i64>>,
    pub increment: Option<i64>,
    /// `NO MINVALUE` is `Some(None)`.
    pub min: Option<Option<i64>>,
    pub max: Option<Option<i64>>,
    pub cycle: Option<bool>,
    /// `OWNED BY table.column`; `NONE` is `Some(None)`.
    pub owned_by: Option<Option<(Name, Rc<str>)>>,
}

#[derive(Clone, Debug)]
pub struct AlterTable {
    pub name: Name,
    pub if_exists: bool,
    pub operations: Vec<AlterOperation>,
}

#[derive(Clone, Debug)]
pub enum AlterOperation {
    AddColumn {
        column: Box<ColumnDef>,
        constraints: Vec<Constraint>,
        if_not_exists: bool,
    },
    DropColumn {
        name: Name,
        if_exists: bool,
        cascade: bool,
    },
    AddConstraint {
        constraint: Constraint,
        not_valid: bool,
    },
    DropConstraint {
        name: Name,
        if_exists: bool,
        cascade: bool,
    },
    ValidateConstraint(Name),
    RenameColumn {
        from: Name,
        to: Name,
    },
    RenameConstraint {
        from: Name,
        to: Name,
    },
    RenameTable(Name),
    SetDefault {
        column: Name,
        default: RawExpr,
    },
    DropDefault {
        column: Name,
    },
    SetNotNull {
        column: Name,
    },
    DropNotNull {
        column: Name,
    },
    SetType {
        column: Name,
        ty: Type,
        typmod: Option<Typmod>,
        using: Option<RawExpr>,
    },
    /// `SET (fillfactor = 70)`, `RESET (…)`, and whatever else changes nothing here but takes the lock.
    Parameters {
        fillfactor: Option<u16>,
        lock: LockMode,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ObjectKind {
    Table,
    Index,
    View,
    Sequence,
}

#[derive(Clone, Debug)]
pub struct Drop {
    pub kind: ObjectKind,
    pub names: Vec<Name>,
    pub if_exists: bool,
    pub cascade: bool,
    /// `DROP INDEX CONCURRENTLY`
    pub concurrently: bool,
}

#[derive(Clone, Debug)]
pub struct Truncate {
    pub tables: Vec<Name>,
    pub restart_identity: bool,
    pub cascade: bool,
}

#[derive(Clone, Debug)]
pub struct Lock {
    pub tables: Vec<Name>,
    pub mode: LockMode,
    pub nowait: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IsolationLevel {
    ReadUncommitted,
    ReadCommitted,
    RepeatableRead,
    Serializable,
}

/// What BEGIN and SET TRANSACTION may say; `None` was not said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TransactionModes {
    pub level: Option<IsolationLevel>,
    pub read_only: Option<bool>,
    pub deferrable: Option<bool>,
    /// `START TRANSACTION` has its own command tag.
    pub start: bool,
}

/// `SET [LOCAL] name = value`
#[derive(Clone, Debug)]
pub struct Set {
    pub name: Rc<str>,
    /// `None` is `DEFAULT`. A list's items are joined by `, `.
    pub value: Option<Rc<str>>,
    pub local: bool,
}

/// `EXPLAIN`
#[derive(Clone, Debug)]
pub struct Explain {
    pub options: ExplainOptions,
    /// A query, a statement that changes rows, or EXECUTE.
    pub statement: Rc<Parsed>,
}

/// What EXPLAIN is to do and to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplainOptions {
    /// The statement is run.
    pub analyze: bool,
    pub costs: bool,
    pub timing: bool,
    pub summary: bool,
    pub format: ExplainFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainFormat {
    Text,
    Json,
}

#[derive(Clone, Debug)]
pub struct Prepare {
    pub name: Name,
    pub types: Vec<Type>,
    pub statement: Rc<Parsed>,
}

#[derive(Clone, Debug)]
pub struct Execute {
    pub name: Name,
    pub args: Vec<RawExpr>,
}

#[derive(Clone, Debug)]
pub struct DeclareCursor {
    pub name: Name,
    pub scroll: bool,
    pub hold: bool,
    pub query: Rc<Parsed>,
}

/// `FETCH 2 FROM c`, `MOVE`.
#[derive(Clone, Debug)]
pub struct Fetch {
    pub name: Name,
    /// How many rows; `None` is all. Negative goes backward.
    pub count: Option<i64>,
    pub moves: bool,
}
