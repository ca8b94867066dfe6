//! Which names are in sight, and what they stand for. (PostgreSQL's `parse_relation.c`)

use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::{Relation, SYSTEM_COLUMNS};
use crate::query::plan::{AggregateCall, SetFunction, SystemColumn};
use crate::query::statement::Locking;
use crate::value::{Type, Typmod};
use std::rc::Rc;

/// What lies between a query level and the one around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// Nothing is around it.
    Top,
    /// A subquery in an expression: the row around it is one level out.
    Expression,
    /// A subquery in FROM: it does not see its neighbours, and runs without a row around it.
    From,
    /// A LATERAL subquery: the neighbours to its left are one level out.
    Lateral,
}

/// One query level.
#[derive(Debug)]
pub struct Level {
    pub boundary: Boundary,
    pub relations: Vec<Relation>,
    /// Columns of the flat row.
    pub width: usize,
    pub namespace: Namespace,
    /// Aggregates that were found so far.
    pub calls: Vec<AggregateCall>,
    /// Where aggregates may not be: `WHERE`; empty where they may.
    pub clause: &'static str,
    pub in_aggregate: bool,
    /// Each use of a column of this level outside of aggregates, for errors about grouping.
    pub uses: Vec<ColumnUse>,
    /// Set-returning functions that were found so far, with the row of their arguments.
    pub sets: Vec<(SetFunction, Expr)>,
    /// Set-returning functions may not be here.
    pub in_set: bool,
    /// Its locking clauses.
    pub locking: Vec<Locking>,
    /// How many of its relations are of FROM: only those are locked.
    pub lockable: usize,
    /// A locking clause further out reaches into all of it.
    pub locked: bool,
}

/// A column was read.
#[derive(Clone, Debug)]
pub struct ColumnUse {
    pub column: usize,
    /// `t.a`
    pub name: String,
    pub position: u32,
    /// By a subquery of the level.
    pub from_inside: bool,
}

/// Names in sight.
#[derive(Clone, Debug, Default)]
pub struct Namespace {
    pub tables: Vec<TableName>,
    /// What may be named without a table, in the order of `*`.
    pub columns: Vec<ColumnName>,
}

/// A table, subquery or function under its alias.
#[derive(Clone, Debug)]
pub struct TableName {
    pub alias: Rc<str>,
    /// The table's own name, if it is one.
    pub real: Option<Rc<str>>,
    pub columns: Vec<ColumnName>,
    /// Its place among the level's relations, if it is a table with system columns.
    pub table: Option<usize>,
    /// The places among the level's relations of what it is made of.
    pub relations: Vec<usize>,
    /// What a locking clause that names it is told, if it cannot be locked: `a function`.
    pub unlockable: Option<&'static str>,
}

#[derive(Clone, Debug)]
pub struct ColumnName {
    pub name: Rc<str>,
    /// Over the level's flat row.
    pub expr: Expr,
    pub ty: Type,
    pub typmod: Option<Typmod>,
    /// The alias of its table.
    pub table: Rc<str>,
}

impl Level {
    pub fn new(boundary: Boundary) -> Self {
        Self {
            boundary,
            relations: Vec::new(),
            width: 0,
            namespace: Namespace::default(),
            calls: Vec::new(),
            clause: "",
            in_aggregate: false,
            uses: Vec::new(),
            sets: Vec::new(),
            in_set: false,
            locking: Vec::new(),
            lockable: 0,
            locked: false,
        }
    }
}

impl Namespace {
    /// Puts another one's names after these; a table's name may be there once.
    pub fn extend(&mut self, other: Namespace) -> Result<(), SqlError> {
        for table in &other.tables {
            if self.tables.iter().any(|present| present.alias == table.alias) {
                return Err(SqlError::new("42712", format!("table name \"{}\" specified more than once", table.alias)));
            }
        }
        self.tables.extend(other.tables);
        self.columns.extend(other.columns);
        Ok(())
    }

    fn named(&self, name: &str) -> Vec<&ColumnName> {
        self.columns.iter().filter(|column| &*column.name == name).collect()
    }

    /// The table of that alias.
    pub fn table(&self, alias: &str) -> Option<&TableName> {
        self.tables.iter().find(|table| &*table.alias == alias)
    }
}

impl<'a> Analyser<'a> {
    pub(super) fn level(&mut self) -> &mut Level {
        self.levels.last_mut().expect("an expression is in a query level")
    }

    /// Levels that are in sight, innermost first: their place, and how many rows further out theirs is.
    pub(super) fn in_sight(&self) -> Vec<(usize, u16)> {
        let mut found = Vec::new();
        let (mut outer, mut hidden) = (0, false);
        for (index, level) in self.levels.iter().enumerate().rev() {
            if !hidden {
                found.push((index, outer));
            }
            hidden = level.boundary == Boundary::From;
            outer += u16::from(matches!(level.boundary, Boundary::Expression | Boundary::Lateral));
            if level.boundary == Boundary::Top {
                break;
            }
        }
        found
    }

    /// A column by its name alone.
    pub(super) fn column(&mut self, name: &Rc<str>, position: u32) -> Run<Typed> {
        for (index, outer) in self.in_sight() {
            let namespace = &self.levels[index].namespace;
            let found = namespace.named(name);
            if found.len() > 1 {
                let message = format!("column reference \"{name}\" is ambiguous");
                return Err(SqlError::new("42702", message).at(position).into());
            }
            if let Some(column) = found.first() {
                let column = (*column).clone();
                return Ok(self.reference(index, outer, column, position));
            }
            if let Some((_, system)) = SYSTEM_COLUMNS.iter().find(|(known, _)| known == &&**name) {
                let tables: Vec<_> = namespace.tables.iter().filter(|table| table.table.is_some()).cloned().collect();
                match tables.as_slice() {
                    [] => {}
                    [table] => return Ok(self.system_column(index, outer, table, *system, position)),
                    _ => {
                        let message = format!("column reference \"{name}\" is ambiguous");
                        return Err(SqlError::new("42702", message).at(position).into());
                    }
                }
            }
        }
        if self.find_table(name).is_some() {
            return self.whole_row(name, position);
        }
        let message = format!("column \"{name}\" does not exist");
        Err(self.hint_column(SqlError::new("42703", message), None, name).at(position).into())
    }

    /// `table.column`
    pub(super) fn qualified_column(&mut self, table: &Rc<str>, name: &Rc<str>, position: u32) -> Run<Typed> {
        let Some((index, outer, found)) = self.find_table(table) else {
            return Err(self.missing_table(table).at(position).into());
        };
        let mut columns = found.columns.iter().filter(|column| column.name == *name);
        if let Some(column) = columns.next().cloned() {
            if columns.next().is_some() {
                return Err(SqlError::new("42702", format!("column reference \"{name}\" is ambiguous"))
                    .at(position)
                    .into());
            }
            return Ok(self.reference(index, outer, column, position));
        }
        if let (Some(_), Some((_, system))) = (found.table, SYSTEM_COLUMNS.iter().find(|(known, _)| known == &&**name))
        {
            return Ok(self.system_column(index, outer, &found, *system, position));
        }
        let message = format!("column {table}.{name} does not exist");
        Err(self.hint_column(SqlError::new("42703", message), Some(table), name).at(position).into())
    }

    /// A table in sight by its alias: its level, and how many rows further out that is.
    pub(super) fn find_table(&self, alias: &str) -> Option<(usize, u16, TableName)> {
        self.in_sight().into_iter().find_map(|(index, outer)| {
            self.levels[index].namespace.table(alias).map(|table| (index, outer, table.clone()))
        })
    }

    /// 42P01 for a table that is not in FROM.
    pub(super) fn missing_table(&self, table: &str) -> SqlError {
        let levels = self.in_sight();
        let renamed = levels.iter().flat_map(|(index, _)| &self.levels[*index].namespace.tables);
        if let Some(renamed) = renamed.into_iter().find(|candidate| candidate.real.as_deref() == Some(table)) {
            return SqlError::new("42P01", format!("invalid reference to FROM-clause entry for table \"{table}\""))
                .hint(format!("Perhaps you meant to reference the table alias \"{}\".", renamed.alias));
        }
        let hidden = self.levels.iter().any(|level| level.namespace.table(table).is_some());
        if hidden {
            return SqlError::new("42P01", format!("invalid reference to FROM-clause entry for table \"{table}\""))
                .hint(format!(
                    "There is an entry for table \"{table}\", but it cannot be referenced from this part of the query."
                ));
        }
        SqlError::new("42P01", format!("missing FROM-clause entry for table \"{table}\""))
    }

    /// `t` or `t.*` as one value.
    pub(super) fn whole_row(&mut self, alias: &str, position: u32) -> Run<Typed> {
        let (index, outer, table) = self.find_table(alias).expect("the caller found it");
        let mut fields = Vec::new();
        for column in table.columns {
            let uses = self.levels[index].uses.len();
            fields.push(self.reference(index, outer, column, position).expr);
            self.levels[index].uses[uses..].iter_mut().for_each(|used| used.name = format!("{alias}.*"));
        }
        Ok(Typed { expr: Expr::Row(fields), ty: Type::Record, typmod: None, position })
    }

    /// A use of a column of a level.
    pub(super) fn reference(&mut self, index: usize, outer: u16, column: ColumnName, position: u32) -> Typed {
        let mut expr = column.expr;
        self.note_use(index, outer, &expr, &column.table, &column.name, position);
        expr = outwards(expr, outer);
        Typed { expr, ty: column.ty, typmod: column.typmod, position }
    }

    fn note_use(&mut self, index: usize, outer: u16, expr: &Expr, table: &str, name: &str, position: u32) {
        let inside_aggregate = self.levels[index].in_aggregate;
        if inside_aggregate {
            return;
        }
        let level = &mut self.levels[index];
        for column in crate::query::rewrite::columns(expr, 0) {
            let name = if table.is_empty() { name.to_string() } else { format!("{table}.{name}") };
            level.uses.push(ColumnUse { column, name, position, from_inside: outer > 0 });
        }
    }

    fn system_column(
        &mut self,
        index: usize,
        outer: u16,
        table: &TableName,
        system: SystemColumn,
        position: u32,
    ) -> Typed {
        let place = SYSTEM_COLUMNS.iter().position(|(_, column)| *column == system).expect("all are listed");
        let relation = &mut self.levels[index].relations[table.table.expect("the caller asked a table")];
        if !relation.system.contains(&system) {
            relation.system.push(system);
        }
        let expr = Expr::Column(relation.base + relation.source.width() + place);
        self.note_use(index, outer, &expr, &table.alias, SYSTEM_COLUMNS[place].0, position);
        let ty = match system {
            SystemColumn::Ctid => Type::Tid,
            SystemColumn::Xmin | SystemColumn::Xmax => Type::Xid,
            SystemColumn::Cmin | SystemColumn::Cmax => Type::Xid,
            SystemColumn::TableOid => Type::Oid,
        };
        Typed { expr: outwards(expr, outer), ty, typmod: None, position }
    }
}

/// An expression over the row of a level, as seen from `outer` rows further in.
fn outwards(mut expr: Expr, outer: u16) -> Expr {
    if outer > 0 {
        crate::query::rewrite::raise(&mut expr, outer, 0);
    }
    expr
}
