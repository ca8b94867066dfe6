//! UPDATE and DELETE. (PostgreSQL's `transformUpdateStmt`, `transformDeleteStmt`)

use super::insert::target_column;
use super::scope::{Boundary, Level};
use super::{Analyser, Typed};
use crate::catalog::Table;
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::{Select, Target, Tree};
use crate::query::plan::{Modify, ModifyKind, OutputColumn, Plan};
use crate::query::planner;
use crate::query::statement::{self, Assignment, Delete, Name, Update};
use crate::query::syntax::{self, ExprKind, SelectItem};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn update(&mut self, update: &Update) -> Run<(Plan, Vec<OutputColumn>)> {
        let table = self.target_table(&update.target.table)?;
        self.levels.push(Level::new(Boundary::Top));
        let result = self.update_in_level(&table, update);
        self.levels.pop();
        result
    }

    fn update_in_level(&mut self, table: &Rc<Table>, update: &Update) -> Run<(Plan, Vec<OutputColumn>)> {
        let target = self.add_target(table, &update.target)?;
        let mut items = vec![target];
        items.extend(self.from(&update.from)?);
        let from = self.modify_tree(items, update.filter.as_ref())?;
        let returning = self.modify_returning(update.returning.as_deref(), false)?;
        let assignments = self.assignments(table, &update.assignments)?;
        let rti = self.level().relations[0].rti;
        self.finish(table, from, returning, assignments, |assignments| ModifyKind::Update { rti, assignments })
    }

    pub(super) fn delete(&mut self, delete: &Delete) -> Run<(Plan, Vec<OutputColumn>)> {
        let table = self.target_table(&delete.target.table)?;
        self.levels.push(Level::new(Boundary::Top));
        let result = self.delete_in_level(&table, delete);
        self.levels.pop();
        result
    }

    fn delete_in_level(&mut self, table: &Rc<Table>, delete: &Delete) -> Run<(Plan, Vec<OutputColumn>)> {
        let target = self.add_target(table, &delete.target)?;
        let mut items = vec![target];
        items.extend(self.from(&delete.using)?);
        let from = self.modify_tree(items, delete.filter.as_ref())?;
        let returning = self.modify_returning(delete.returning.as_deref(), true)?;
        let rti = self.level().relations[0].rti;
        self.finish(table, from, returning, Vec::new(), |_| ModifyKind::Delete { rti })
    }

    /// Puts the table whose rows are changed into sight, as the first relation.
    pub(super) fn add_target(&mut self, table: &Rc<Table>, target: &statement::Target) -> Run<Tree> {
        let shown = target.alias.as_ref().map_or(table.name.clone(), |alias| alias.name.clone());
        let (relation, columns) = self.add_table(table, &shown);
        let mut names = super::from::named(columns, &shown, None, vec![relation], None)?;
        names.tables[0].table = Some(relation);
        names.tables[0].real = Some(table.name.clone());
        self.level().namespace.extend(names)?;
        Ok(Tree::Relation(relation))
    }

    /// FROM and WHERE of the rows that are to be changed.
    fn modify_tree(&mut self, items: Vec<Tree>, filter: Option<&syntax::Expr>) -> Run<Tree> {
        let Some(filter) = filter else { return Ok(Tree::Inner { items, filter: Vec::new() }) };
        let (filter, semis) = self.in_clause("WHERE", |analyser| analyser.where_clause(filter))?;
        Ok(semis.into_iter().fold(Tree::Inner { items, filter }, |tree, semi| semi.around(tree)))
    }

    fn modify_returning(
        &mut self,
        items: Option<&[SelectItem]>,
        old: bool,
    ) -> Run<Option<(Vec<Expr>, Vec<OutputColumn>)>> {
        let Some(items) = items else { return Ok(None) };
        let before = self.level().relations[0].system.len();
        let result = self.returning(items)?;
        if !old && self.level().relations[0].system.len() > before {
            return Err(SqlError::unsupported("system columns of the new row in RETURNING").into());
        }
        Ok(Some(result))
    }

    /// The list of RETURNING, over the flat row.
    pub(super) fn returning(&mut self, items: &[SelectItem]) -> Run<(Vec<Expr>, Vec<OutputColumn>)> {
        let mut targets = self.in_clause("RETURNING", |analyser| analyser.targets(items))?;
        for target in &mut targets {
            self.settle_target(target)?;
        }
        Ok(targets.into_iter().map(|Target { expr, column, .. }| (expr, column)).unzip())
    }

    /// `SET a = 1, (b, c) = (SELECT …)`: places in the table and values over the flat row.
    pub(super) fn assignments(&mut self, table: &Table, assignments: &[Assignment]) -> Run<Vec<(usize, Expr)>> {
        let mut found: Vec<(usize, Expr)> = Vec::new();
        for assignment in assignments {
            match assignment {
                Assignment::One(name, value) => {
                    let value = (!value.is_default())
                        .then(|| self.in_clause("UPDATE", |analyser| analyser.expr(value)))
                        .transpose()?;
                    self.assign_one(table, name, value, &mut found)?;
                }
                Assignment::Many(names, value) => self.assign_many(table, names, value, &mut found)?,
            }
        }
        Ok(found)
    }

    fn assign_one(
        &mut self,
        table: &Table,
        name: &Name,
        value: Option<Typed>,
        found: &mut Vec<(usize, Expr)>,
    ) -> Run<()> {
        let name = &match &name.schema {
            // `SET t.a`: PostgreSQL takes `t` for the column.
            Some(column) => Name { schema: None, name: column.clone(), position: name.position },
            None => name.clone(),
        };
        let index = target_column(table, name)?;
        if found.iter().any(|(known, _)| *known == index) {
            let message = format!("multiple assignments to same column \"{}\"", name.name);
            return Err(SqlError::new("42601", message).into());
        }
        let column = &table.columns[index];
        if column.identity_always && value.is_some() {
            return Err(SqlError::new("428C9", format!("column \"{}\" can only be updated to DEFAULT", name.name))
                .detail(format!("Column \"{}\" is an identity column defined as GENERATED ALWAYS.", name.name))
                .into());
        }
        let value = match value {
            Some(value) => value,
            None => self.default_of(column)?,
        };
        let expr = self.assign(column, value)?;
        found.push((index, expr));
        Ok(())
    }

    fn assign_many(
        &mut self,
        table: &Table,
        names: &[Name],
        value: &syntax::Expr,
        found: &mut Vec<(usize, Expr)>,
    ) -> Run<()> {
        let position = value.position;
        let mismatch =
            || SqlError::new("42601", "number of columns does not match number of values").at(position.max(1));
        if let ExprKind::Subquery(query) = &value.kind {
            return self.assign_subquery(table, names, query, position, found);
        }
        let fields = value.fields();
        let is_row = value.is_row();
        if !is_row && names.len() > 1 {
            let message = "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression";
            return Err(SqlError::new("0A000", message).at(position).into());
        }
        if fields.len() != names.len() {
            return Err(mismatch().into());
        }
        for (name, field) in names.iter().zip(fields) {
            let value =
                (!field.is_default()).then(|| self.in_clause("UPDATE", |analyser| analyser.expr(field))).transpose()?;
            self.assign_one(table, name, value, found)?;
        }
        Ok(())
    }

    /// `(a, b) = (SELECT x, y …)`: one subquery for each column, all alike.
    fn assign_subquery(
        &mut self,
        table: &Table,
        names: &[Name],
        query: &syntax::Query,
        position: u32,
        found: &mut Vec<(usize, Expr)>,
    ) -> Run<()> {
        for (index, name) in names.iter().enumerate() {
            let mut subplan = self.subplan(query)?;
            if subplan.columns.len() != names.len() {
                return Err(SqlError::new("42601", "number of columns does not match number of values")
                    .at(position)
                    .into());
            }
            let column = subplan.columns.swap_remove(index);
            let input = Box::new(std::mem::replace(&mut subplan.plan, Plan::Result { filter: None }));
            subplan.plan = Plan::Project { input, exprs: vec![Expr::Column(index)] };
            subplan.columns = vec![column.clone()];
            let expr = Expr::Scalar(Rc::new(subplan));
            let value = Typed { expr, ty: column.ty, typmod: column.typmod, position };
            self.assign_one(table, name, Some(value), found)?;
        }
        Ok(())
    }

    /// Plans the rows to be changed: the target's columns first, then the rest of the joined row.
    fn finish(
        &mut self,
        table: &Rc<Table>,
        from: Tree,
        mut returning: Option<(Vec<Expr>, Vec<OutputColumn>)>,
        mut assignments: Vec<(usize, Expr)>,
        kind: impl FnOnce(Vec<(usize, Expr)>) -> ModifyKind,
    ) -> Run<(Plan, Vec<OutputColumn>)> {
        let level = self.level();
        let alias = level.relations[0].name.clone();
        let select =
            Select { relations: std::mem::take(&mut level.relations), width: level.width, from, ..Select::default() };
        let (input, layout) = planner::plan_target(&self.environment, select, table.columns.len())?;
        for (_, expr) in &mut assignments {
            layout.place(expr);
        }
        for expr in returning.iter_mut().flat_map(|(exprs, _)| exprs) {
            layout.place(expr);
        }
        let columns = returning.as_ref().map_or(Vec::new(), |(_, columns)| columns.clone());
        let kind = kind(assignments);
        let plan = Plan::Modify(Rc::new(Modify { table: table.oid, kind, returning, input }));
        Ok((self.environment.noted_change(plan, &alias), columns))
    }
}
