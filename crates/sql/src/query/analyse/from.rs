//! FROM: tables, views, subqueries, functions and joins. (PostgreSQL's `transformFromClause`)

use super::Analyser;
use super::scope::{Boundary, ColumnName, Namespace, TableName};
use super::system_views::system_view;
use crate::catalog;
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::locks::LockMode;
use crate::query::logical::{Body, Logical, Relation, RelationSource, SYSTEM_COLUMNS, Select, Tree};
use crate::query::plan::{OutputColumn, Plan};
use crate::query::rewrite::{any, substitute, substitute_plan};
use crate::query::statement::{Name, Statement};
use crate::query::syntax::{self, Alias, FromItem};
use std::rc::Rc;

/// One item of FROM.
pub(super) type Item = (Tree, Namespace);

impl<'a> Analyser<'a> {
    /// Fills the level's namespace; what is between the commas is handed up.
    pub(super) fn from(&mut self, items: &[FromItem]) -> Run<Vec<Tree>> {
        let mut trees = Vec::new();
        for item in items {
            let (tree, namespace) = self.item(item)?;
            self.level().namespace.extend(namespace)?;
            trees.push(tree);
        }
        Ok(trees)
    }

    pub(super) fn item(&mut self, item: &FromItem) -> Run<Item> {
        self.nested(|analyser| match item {
            FromItem::Table { name, alias } => analyser.named_relation(name, alias.as_ref()),
            FromItem::Function { name, args, alias } => analyser.table_function(name, args, alias.as_ref()),
            FromItem::Subquery { lateral, query, alias, position } => {
                analyser.derived(*lateral, query, alias.as_ref(), *position)
            }
            FromItem::Join(join) => {
                let (tree, names) = analyser.join(join)?;
                let Some(alias) = &join.alias else { return Ok((tree, names)) };
                let relations = tree.relations();
                Ok((tree, named(names.columns, &alias.name.name, Some(alias), relations, Some("a join"))?))
            }
        })
    }

    /// A CTE, table, view or system view.
    fn named_relation(&mut self, name: &Name, alias: Option<&Alias>) -> Run<Item> {
        let shown = alias.map_or(name.name.clone(), |alias| alias.name.name.clone());
        if name.schema.is_none()
            && let Some(item) = self.cte_item(name, &shown, alias)?
        {
            return Ok(item);
        }
        if let Some((function, columns)) = system_view(&name.name)
            && self.environment.catalog.lookup(&name.name).is_none()
        {
            let rti = self.rti();
            let plan = Plan::FunctionScan { rti, function, args: Vec::new() };
            let relation = self.add_plan(rti, plan, columns.len(), shown.clone());
            let columns = self.columns_of(relation, &columns, &shown);
            return Ok((Tree::Relation(relation), named(columns, &shown, alias, vec![relation], None)?));
        }
        match self.relation(name)? {
            catalog::Relation::Table(table) => {
                let mode = if self.is_locked(&shown) { LockMode::RowShare } else { LockMode::AccessShare };
                self.lock(table.oid, mode)?;
                let (relation, columns) = self.add_table(&table, &shown);
                let mut names = named(columns, &shown, alias, vec![relation], None)?;
                names.tables[0].table = Some(relation);
                names.tables[0].real = Some(table.name.clone());
                Ok((Tree::Relation(relation), names))
            }
            catalog::Relation::View(view) => self.view(&view, &shown, alias),
            catalog::Relation::Sequence(_) => {
                Err(SqlError::unsupported("reading a sequence as a table").at(name.position).into())
            }
            catalog::Relation::Index(_) => {
                Err(SqlError::new("42809", format!("\"{}\" is an index", name.name)).at(name.position).into())
            }
        }
    }

    /// Adds a table to the level: its place among the relations, and its columns.
    pub(super) fn add_table(&mut self, table: &catalog::Table, alias: &Rc<str>) -> (usize, Vec<ColumnName>) {
        let rti = self.rti();
        let level = self.level();
        let (relation, base, width) = (level.relations.len(), level.width, table.columns.len());
        level.relations.push(Relation {
            base,
            rti,
            source: RelationSource::Table { table: table.oid, width },
            system: Vec::new(),
            lateral: false,
            name: alias.clone(),
        });
        level.width += width + SYSTEM_COLUMNS.len();
        let live = table.columns.iter().enumerate().filter(|(_, column)| !column.dropped);
        let columns = live.map(|(index, column)| ColumnName {
            name: column.name.clone(),
            expr: Expr::Column(base + index),
            ty: column.ty,
            typmod: column.typmod,
            table: alias.clone(),
        });
        (relation, columns.collect())
    }

    pub(super) fn add_relation(&mut self, rti: usize, source: RelationSource, lateral: bool, name: Rc<str>) -> usize {
        let level = self.level();
        let base = level.width;
        level.width += source.width();
        level.relations.push(Relation { base, rti, source, system: Vec::new(), lateral, name });
        level.relations.len() - 1
    }

    pub(super) fn add_plan(&mut self, rti: usize, plan: Plan, width: usize, name: Rc<str>) -> usize {
        self.add_relation(rti, RelationSource::Plan { plan: Box::new(plan), width }, false, name)
    }

    pub(super) fn columns_of(&mut self, relation: usize, columns: &[OutputColumn], table: &Rc<str>) -> Vec<ColumnName> {
        let base = self.level().relations[relation].base;
        let columns = columns.iter().enumerate().map(|(index, column)| ColumnName {
            name: column.name.clone(),
            expr: Expr::Column(base + index),
            ty: column.ty,
            typmod: column.typmod,
            table: table.clone(),
        });
        columns.collect()
    }

    /// A view is the subquery it was made of.
    fn view(&mut self, view: &catalog::View, shown: &Rc<str>, alias: Option<&Alias>) -> Run<Item> {
        let parsed = crate::query::parse(&view.query)?;
        let [parsed] = parsed.as_slice() else { return Err(SqlError::unsupported("this view").into()) };
        let Statement::Query(query) = &parsed.statement else { return Err(SqlError::unsupported("this view").into()) };
        let locked = self.is_locked(shown);
        self.lock(view.oid, if locked { LockMode::RowShare } else { LockMode::AccessShare })?;
        let source = std::mem::replace(&mut self.source, parsed.source.clone());
        let ctes = std::mem::take(&mut self.ctes);
        self.views += 1;
        self.lock_next = locked;
        let logical = self.nested(|analyser| analyser.query_with(query, Boundary::Top, false));
        self.views -= 1;
        (self.source, self.ctes) = (source, ctes);
        let mut logical = logical?;
        rename(&mut logical, &view.columns);
        self.subquery_item(logical, false, shown, alias)
    }

    fn derived(&mut self, lateral: bool, query: &syntax::Query, alias: Option<&Alias>, position: u32) -> Run<Item> {
        let Some(alias) = alias else {
            let is_values = matches!(query.body, syntax::Body::Values(_));
            let (what, example) = if is_values { ("VALUES", "VALUES") } else { ("subquery", "SELECT") };
            let error = SqlError::new("42601", format!("{what} in FROM must have an alias"))
                .hint(format!("For example, FROM ({example} ...) [AS] foo."));
            return Err(error.at(position).into());
        };
        let shown = alias.name.name.clone();
        self.lock_next = self.is_locked(&shown);
        let boundary = if lateral { Boundary::Lateral } else { Boundary::From };
        let logical = self.query(query, boundary)?;
        self.lock_next = false;
        self.subquery_item(logical, lateral, &shown, Some(alias))
    }

    /// Puts a subquery into the level: its parts if it is simple, itself otherwise. (`pull_up_simple_subquery`)
    pub(super) fn subquery_item(
        &mut self,
        logical: Logical,
        lateral: bool,
        shown: &Rc<str>,
        alias: Option<&Alias>,
    ) -> Run<Item> {
        let columns = logical.columns();
        if !lateral && is_simple(&logical, std::mem::take(&mut self.nullable)) {
            let Body::Select(select) = logical.body else { unreachable!("only a SELECT is simple") };
            return self.pull_up(*select, columns, shown, alias);
        }
        let rti = self.rti();
        let source = if lateral {
            let width = columns.len();
            RelationSource::Plan { plan: Box::new(Plan::Subquery { rti, plan: Box::new(self.plan(logical)?) }), width }
        } else {
            RelationSource::Subquery(Box::new(logical))
        };
        let relation = self.add_relation(rti, source, lateral, shown.clone());
        let columns = self.columns_of(relation, &columns, shown);
        Ok((Tree::Relation(relation), named(columns, shown, alias, vec![relation], None)?))
    }

    fn pull_up(
        &mut self,
        mut select: Select,
        columns: Vec<OutputColumn>,
        shown: &Rc<str>,
        alias: Option<&Alias>,
    ) -> Run<Item> {
        let level = self.level();
        let (first, shift) = (level.relations.len(), level.width);
        let mut moved = |column: usize| Some(Expr::Column(column + shift));
        for relation in &mut select.relations {
            relation.base += shift;
            if let (RelationSource::Plan { plan, .. }, true) = (&mut relation.source, relation.lateral) {
                substitute_plan(plan, 1, &mut moved);
            }
        }
        select.from.each_expr(&mut |expr| substitute(expr, 0, &mut moved));
        select.from.shift(first);
        let mut names = Vec::new();
        for (target, column) in select.targets.into_iter().zip(columns) {
            let mut expr = target.expr;
            substitute(&mut expr, 0, &mut moved);
            names.push(ColumnName {
                name: column.name,
                expr,
                ty: column.ty,
                typmod: column.typmod,
                table: shown.clone(),
            });
        }
        let relations = (first..first + select.relations.len()).collect();
        let level = self.level();
        level.relations.extend(select.relations);
        level.width += select.width;
        Ok((select.from, named(names, shown, alias, relations, None)?))
    }
}

/// Names of a table under its alias, whose columns the alias may rename.
pub(super) fn named(
    mut columns: Vec<ColumnName>,
    shown: &Rc<str>,
    alias: Option<&Alias>,
    relations: Vec<usize>,
    unlockable: Option<&'static str>,
) -> Result<Namespace, SqlError> {
    if let Some(alias) = alias {
        if alias.columns.len() > columns.len() {
            let (available, specified) = (columns.len(), alias.columns.len());
            let message =
                format!("table \"{shown}\" has {available} columns available but {specified} columns specified");
            return Err(SqlError::new("42P10", message));
        }
        for (column, name) in columns.iter_mut().zip(&alias.columns) {
            column.name = name.name.clone();
        }
    }
    for column in &mut columns {
        column.table = shown.clone();
    }
    let table =
        TableName { alias: shown.clone(), real: None, columns: columns.clone(), table: None, relations, unlockable };
    Ok(Namespace { tables: vec![table], columns })
}

/// Gives a query's columns other names.
fn rename(logical: &mut Logical, names: &[Rc<str>]) {
    match &mut logical.body {
        Body::Select(select) => {
            select.targets.iter_mut().zip(names).for_each(|(target, name)| target.column.name = name.clone());
        }
        Body::Values { columns, .. } | Body::Set { columns, .. } | Body::Ready { columns, .. } => {
            columns.iter_mut().zip(names).for_each(|(column, name)| column.name = name.clone());
        }
    }
}

pub(super) fn rename_columns(logical: &mut Logical, names: &[Name]) {
    let names: Vec<Rc<str>> = names.iter().map(|name| name.name.clone()).collect();
    rename(logical, &names);
}

/// Whether a subquery can become part of the query around it. On the right of an outer join what it selects must be null when its tables
/// have no row. (`is_simple_subquery`)
fn is_simple(logical: &Logical, nullable: bool) -> bool {
    let Body::Select(select) = &logical.body else { return false };
    logical.order.is_empty()
        && logical.limit.is_none()
        && logical.offset.is_none()
        && logical.marks.is_empty()
        && select.grouping.is_none()
        && select.distinct.is_none()
        && !select.relations.is_empty()
        && select.sets.is_empty()
        && select
            .targets
            .iter()
            .all(|target| matches!(target.expr, Expr::Column(_)) || (!nullable && is_tame(&target.expr)))
}

/// It is neither volatile nor a subquery: it may be evaluated elsewhere and more than once.
fn is_tame(expr: &Expr) -> bool {
    !any(expr, &mut |part| {
        matches!(part, Expr::Exists(_) | Expr::Scalar(_) | Expr::AnySub { .. })
            || crate::query::planner::is_volatile(part)
    })
}
