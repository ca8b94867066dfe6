//! What exists: tables, indexes, views, sequences, and what must hold in them.
//!
//! Definitions are immutable and shared: a change puts a new one in the old one's place, and a rollback puts the old one back.

use crate::expr::Expr;
use crate::query::plan::Oid;
use crate::value::{Type, Typmod, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Everything by its oid, and the names.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    pub relations: BTreeMap<Oid, Relation>,
    pub names: BTreeMap<Rc<str>, Oid>,
    /// Counts changes: plans made before the last one are made anew.
    pub version: u64,
}

#[derive(Clone, Debug)]
pub enum Relation {
    Table(Rc<Table>),
    Index(Rc<Index>),
    View(Rc<View>),
    Sequence(Rc<Sequence>),
}

/// A table. (`pg_class`, `pg_attribute`, `pg_constraint`)
#[derive(Clone, Debug)]
pub struct Table {
    pub oid: Oid,
    pub name: Rc<str>,
    pub columns: Vec<Column>,
    /// In the order they were made, which is the order in which they are maintained. (By oid, as PostgreSQL does.)
    pub indexes: Vec<Oid>,
    pub checks: Vec<Check>,
    /// References this table makes.
    pub foreign_keys: Vec<Rc<ForeignKey>>,
    /// References that are made to this table.
    pub referenced_by: Vec<Rc<ForeignKey>>,
    /// Which heap holds its rows: TRUNCATE and a rewriting ALTER TABLE give it another one.
    pub storage: u32,
    /// What ANALYZE found, as pages and rows. `None` until then.
    pub statistics: Option<(u32, f64)>,
    /// Pages all of whose rows everybody saw then. (`relallvisible`)
    pub all_visible: u32,
    pub fillfactor: u16,
    pub temporary: bool,
}

#[derive(Clone, Debug)]
pub struct Column {
    pub name: Rc<str>,
    pub ty: Type,
    pub typmod: Option<Typmod>,
    pub not_null: bool,
    /// Over no row at all.
    pub default: Option<Expr>,
    /// Values of rows that are older than the column. (`attmissingval`)
    pub missing: Value,
    pub dropped: bool,
    /// `GENERATED ALWAYS AS IDENTITY`
    pub identity_always: bool,
    /// What ANALYZE found in it. `None` until then.
    pub statistics: Option<Rc<ColumnStatistics>>,
}

/// What ANALYZE found in a column. (`pg_statistic`)
#[derive(Clone, Debug)]
pub struct ColumnStatistics {
    /// The part of the rows that have a null.
    pub nulls: f64,
    /// Bytes a value takes.
    pub width: u32,
    /// How many different values there are; if it is negative, how many a row; 0 if that is not known.
    pub distinct: f64,
    /// Values that are there more than once, and the part of the rows that have them, the most common one first.
    pub common: Vec<(Value, f64)>,
    /// Bounds of parts of equal size of all other values. Empty if there are fewer than two.
    pub histogram: Vec<Value>,
    /// How well the order of the values is that of the rows: 1 if it is the same, -1 if it is the reverse.
    pub correlation: f64,
}

#[derive(Clone, Debug)]
pub struct Check {
    pub name: Rc<str>,
    /// Over a row of the table.
    pub expr: Expr,
    /// Existing rows are known to satisfy it. (`NOT VALID`)
    pub validated: bool,
}

/// A B-tree index.
#[derive(Clone, Debug)]
pub struct Index {
    pub oid: Oid,
    pub name: Rc<str>,
    pub table: Oid,
    pub unique: bool,
    pub primary: bool,
    /// It belongs to a constraint of its name.
    pub constraint: bool,
    pub keys: Vec<IndexKey>,
    /// `WHERE` of a partial index, over a row of the table.
    pub predicate: Option<Expr>,
    /// Which tree holds its entries.
    pub storage: u32,
}

#[derive(Clone, Debug)]
pub struct IndexKey {
    /// Over a row of the table. A plain column is [`Expr::Column`].
    pub expr: Expr,
    /// Its words, for messages: the name of a column as it was then, or the expression.
    pub text: Rc<str>,
    pub ty: Type,
    pub descending: bool,
    pub nulls_first: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferentialAction {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// `REFERENCES`
#[derive(Clone, Debug)]
pub struct ForeignKey {
    pub oid: Oid,
    pub name: Rc<str>,
    /// The table that refers.
    pub from: Oid,
    pub from_columns: Vec<usize>,
    /// The table that is referred to, and its unique index.
    pub to: Oid,
    pub to_columns: Vec<usize>,
    pub to_index: Oid,
    pub on_delete: ReferentialAction,
    pub on_update: ReferentialAction,
    pub deferrable: bool,
    pub initially_deferred: bool,
    /// Existing rows are known to satisfy it. (`NOT VALID`)
    pub validated: bool,
}

#[derive(Clone, Debug)]
pub struct View {
    pub oid: Oid,
    pub name: Rc<str>,
    pub columns: Vec<Rc<str>>,
    /// The query as SQL text; it is analysed where it is used.
    pub query: Rc<str>,
    pub temporary: bool,
}

#[derive(Clone, Debug)]
pub struct Sequence {
    pub oid: Oid,
    pub name: Rc<str>,
    pub start: i64,
    pub increment: i64,
    pub min: i64,
    pub max: i64,
    pub cycle: bool,
    /// The table and the column it belongs to: dropped with them.
    pub owner: Option<(Oid, usize)>,
    /// It is the column's identity, and cannot go without it.
    pub identity: bool,
    pub temporary: bool,
    /// Under which number [`crate::store::Store::sequences`] keeps its value: RESTART gives it another one.
    pub storage: u32,
}

impl Catalog {
    /// The relation of that name. Names are folded already.
    pub fn lookup(&self, name: &str) -> Option<&Relation> {
        self.relations.get(self.names.get(name)?)
    }

    /// A table that is known to exist.
    pub fn table(&self, oid: Oid) -> &Rc<Table> {
        match &self.relations[&oid] {
            Relation::Table(table) => table,
            _ => panic!("relation {oid} is not a table"),
        }
    }

    /// An index that is known to exist.
    #[expect(clippy::should_implement_trait, reason = "it finds an index, it is no operator")]
    pub fn index(&self, oid: Oid) -> &Rc<Index> {
        match &self.relations[&oid] {
            Relation::Index(index) => index,
            _ => panic!("relation {oid} is not an index"),
        }
    }

    /// Puts a definition in the place of another, and hands that back. `None` drops.
    pub fn set(&mut self, oid: Oid, relation: Option<Relation>) -> Option<Relation> {
        self.version += 1;
        let old = match &relation {
            Some(relation) => self.relations.insert(oid, relation.clone()),
            None => self.relations.remove(&oid),
        };
        if let Some(old) = &old
            && self.names.get(old.name()) == Some(&oid)
        {
            self.names.remove(old.name());
        }
        if let Some(relation) = &relation {
            self.names.insert(relation.name().clone(), oid);
        }
        old
    }

    /// The name of a relation.
    pub fn name_of(&self, oid: Oid) -> Option<&Rc<str>> {
        self.relations.get(&oid).map(Relation::name)
    }
}

impl Relation {
    /// Its name.
    pub fn name(&self) -> &Rc<str> {
        match self {
            Relation::Table(table) => &table.name,
            Relation::Index(index) => &index.name,
            Relation::View(view) => &view.name,
            Relation::Sequence(sequence) => &sequence.name,
        }
    }
}
