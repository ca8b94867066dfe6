//! INSERT. (PostgreSQL's `transformInsertStmt`)

use super::scope::{Boundary, Level};
use super::{Analyser, Typed};
use crate::catalog::{Column, Table};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::{Body, Logical};
use crate::query::plan::{Modify, ModifyKind, OutputColumn, Plan};
use crate::query::rewrite::each_part;
use crate::query::statement::{Insert, Name};
use crate::query::syntax::{self, SelectItem};
use crate::value::cast::Context;
use crate::value::{Type, Value};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn insert(&mut self, insert: &Insert) -> Run<(Plan, Vec<OutputColumn>)> {
        let table = self.target_table(&insert.target.table)?;
        let columns = self.insert_columns(&table, insert.columns.as_deref())?;
        let input = match &insert.source {
            None => {
                let row = self.complete(&table, Vec::new())?;
                let plan = Plan::Values { rti: self.rti(), rows: vec![row] };
                self.environment.noted_values(plan)
            }
            Some(query) => match &query.body {
                syntax::Body::Values(values) if query.is_bare() => {
                    self.insert_values(&table, &columns, values, insert)?
                }
                _ => self.insert_query(&table, &columns, query, insert)?,
            },
        };
        let conflict = match &insert.conflict {
            Some(conflict) => Some(self.conflict(&table, &insert.target, conflict)?),
            None => None,
        };
        let returning = match &insert.returning {
            Some(items) => Some(self.insert_returning(&table, insert, items)?),
            None => None,
        };
        let columns = returning.as_ref().map_or(Vec::new(), |(_, columns)| columns.clone());
        let kind = ModifyKind::Insert { conflict };
        let plan = Plan::Modify(Rc::new(Modify { table: table.oid, kind, returning, input }));
        let alias = insert.target.alias.as_ref().map_or(&table.name, |alias| &alias.name);
        Ok((self.environment.noted_change(plan, alias), columns))
    }

    /// The columns values are given for, as places in the table, with the names' places in the text.
    fn insert_columns(&mut self, table: &Table, names: Option<&[Name]>) -> Run<Vec<(usize, u32)>> {
        let Some(names) = names else {
            let live = table.columns.iter().enumerate().filter(|(_, column)| !column.dropped);
            return Ok(live.map(|(index, _)| (index, 0)).collect());
        };
        let mut columns: Vec<(usize, u32)> = Vec::new();
        for name in names {
            let index = target_column(table, name)?;
            if columns.iter().any(|(known, _)| *known == index) {
                let message = format!("column \"{}\" specified more than once", name.name);
                return Err(SqlError::new("42701", message).at(name.position).into());
            }
            columns.push((index, name.position));
        }
        Ok(columns)
    }

    fn insert_values(
        &mut self,
        table: &Table,
        columns: &[(usize, u32)],
        values: &[Vec<syntax::Expr>],
        insert: &Insert,
    ) -> Run<Plan> {
        self.levels.push(Level::new(Boundary::Top));
        let result = self.insert_rows(table, columns, values, insert);
        self.levels.pop();
        let plan = Plan::Values { rti: self.rti(), rows: result? };
        Ok(self.environment.noted_values(plan))
    }

    fn insert_rows(
        &mut self,
        table: &Table,
        columns: &[(usize, u32)],
        values: &[Vec<syntax::Expr>],
        insert: &Insert,
    ) -> Run<Vec<Vec<Expr>>> {
        let mut rows = Vec::new();
        let length = values.first().map_or(0, Vec::len);
        for row in values {
            if row.len() != length {
                let position = row.first().map_or(0, |cell| cell.position);
                return Err(SqlError::new("42601", "VALUES lists must all be the same length").at(position).into());
            }
            let mut given = Vec::new();
            for (index, cell) in row.iter().enumerate() {
                let target = columns.get(index).map(|(column, _)| *column);
                let value = match (cell.is_default(), target) {
                    (true, Some(target)) => self.default_of(&table.columns[target])?,
                    _ => self.in_clause("VALUES", |analyser| analyser.expr(cell))?,
                };
                given.push((value, cell.is_default()));
            }
            check_count(
                columns,
                &given.iter().map(|(value, _)| value.position).collect::<Vec<_>>(),
                insert.columns.is_some(),
            )?;
            let mut placed = Vec::new();
            for ((value, default), (column, _)) in given.into_iter().zip(columns) {
                let column = *column;
                if !default {
                    check_identity(&table.columns[column], insert)?;
                }
                let value = if insert.overriding_user && table.columns[column].identity_always {
                    self.default_of(&table.columns[column])?
                } else {
                    value
                };
                placed.push((column, self.assign(&table.columns[column], value)?));
            }
            rows.push(self.complete(table, placed)?);
        }
        Ok(rows)
    }

    fn insert_query(
        &mut self,
        table: &Table,
        columns: &[(usize, u32)],
        query: &syntax::Query,
        insert: &Insert,
    ) -> Run<Plan> {
        let mut logical = self.query_with(query, Boundary::Top, true)?;
        let selected = logical.columns();
        let places = selected_places(query, selected.len());
        check_count(columns, &places, insert.columns.is_some())?;
        self.settle_for(table, columns, &mut logical, &places)?;
        let selected = logical.columns();
        let plan = self.plan(logical)?;
        let mut placed = Vec::new();
        for (index, (column, (target, _))) in selected.iter().zip(columns).enumerate() {
            check_identity(&table.columns[*target], insert)?;
            let value =
                Typed { expr: Expr::Column(index), ty: column.ty, typmod: column.typmod, position: places[index] };
            placed.push((*target, self.assign(&table.columns[*target], value)?));
        }
        let exprs = self.complete(table, placed)?;
        Ok(Plan::Project { input: Box::new(plan), exprs })
    }

    /// Literals of no type that are selected become what the columns are.
    fn settle_for(
        &mut self,
        table: &Table,
        columns: &[(usize, u32)],
        logical: &mut Logical,
        places: &[u32],
    ) -> Run<()> {
        if let Body::Select(select) = &mut logical.body
            && select.distinct.is_none()
        {
            for (index, (target, (column, _))) in select.targets.iter_mut().zip(columns).enumerate() {
                if target.column.ty == Type::Unknown {
                    let value =
                        Typed { expr: target.expr.clone(), ty: Type::Unknown, typmod: None, position: places[index] };
                    let column = &table.columns[*column];
                    let value = self.assign_typed(column, value)?;
                    target.expr = value.expr;
                    target.column.ty = value.ty;
                    target.column.typmod = value.typmod;
                }
            }
        }
        let unknown = logical.columns().iter().any(|column| column.ty == Type::Unknown);
        if unknown {
            let types: Vec<Type> = logical
                .columns()
                .iter()
                .map(|column| if column.ty == Type::Unknown { Type::Text } else { column.ty })
                .collect();
            let taken = std::mem::replace(logical, Logical::new(Body::Select(Box::default())));
            *logical = self.coerce_columns(taken, &types)?;
        }
        Ok(())
    }

    /// A complete row of the table: what is not given is the default.
    fn complete(&mut self, table: &Table, placed: Vec<(usize, Expr)>) -> Run<Vec<Expr>> {
        let mut row: Vec<Option<Expr>> = vec![None; table.columns.len()];
        for (column, expr) in placed {
            row[column] = Some(expr);
        }
        let mut complete = Vec::new();
        for (index, (given, column)) in row.into_iter().zip(&table.columns).enumerate() {
            let expr = match given {
                Some(expr) => expr,
                None if column.dropped => Expr::Const(Value::Null),
                None => {
                    let default = self.default_of(&table.columns[index])?;
                    self.assign(column, default)?
                }
            };
            complete.push(expr);
        }
        Ok(complete)
    }

    /// A column's default, its calls numbered anew.
    pub(super) fn default_of(&mut self, column: &Column) -> Run<Typed> {
        let Some(default) = &column.default else {
            return Ok(Typed { expr: Expr::Const(Value::Null), ty: Type::Unknown, typmod: None, position: 0 });
        };
        let mut expr = default.clone();
        self.renumber(&mut expr);
        Ok(Typed { expr, ty: column.ty, typmod: column.typmod, position: 0 })
    }

    /// Gives the calls of a stored expression numbers of this statement.
    pub(super) fn renumber(&mut self, expr: &mut Expr) {
        if let Expr::Call { site, .. } = expr {
            *site = self.next_site;
            self.next_site += 1;
        }
        each_part(expr, &mut |part| self.renumber(part));
    }

    /// Makes a value one that can be stored in a column.
    pub(super) fn assign(&mut self, column: &Column, value: Typed) -> Run<Expr> {
        Ok(self.assign_typed(column, value)?.expr)
    }

    fn assign_typed(&mut self, column: &Column, value: Typed) -> Run<Typed> {
        let (from, position) = (value.ty, value.position);
        match self.coerce(value, column.ty, column.typmod, Context::Assignment)? {
            Some(value) => Ok(value),
            None => {
                let message =
                    format!("column \"{}\" is of type {} but expression is of type {from}", column.name, column.ty);
                let error = SqlError::new("42804", message).hint("You will need to rewrite or cast the expression.");
                Err(if position > 0 { error.at(position) } else { error }.into())
            }
        }
    }

    /// RETURNING of an INSERT, over the new row.
    fn insert_returning(
        &mut self,
        table: &Rc<Table>,
        insert: &Insert,
        items: &[SelectItem],
    ) -> Run<(Vec<Expr>, Vec<OutputColumn>)> {
        self.levels.push(Level::new(Boundary::Top));
        let result = self.returning_in_level(table, insert, items);
        self.levels.pop();
        result
    }

    fn returning_in_level(
        &mut self,
        table: &Rc<Table>,
        insert: &Insert,
        items: &[SelectItem],
    ) -> Run<(Vec<Expr>, Vec<OutputColumn>)> {
        self.add_target(table, &insert.target)?;
        self.returning(items)
    }
}

/// A column of a table that is to be changed: 42703 `column "x" of relation "t" does not exist`.
pub(super) fn target_column(table: &Table, name: &Name) -> Result<usize, SqlError> {
    let found = table.columns.iter().position(|column| !column.dropped && column.name == name.name);
    found.ok_or_else(|| {
        if crate::query::logical::SYSTEM_COLUMNS.iter().any(|(system, _)| **system == *name.name) {
            return SqlError::new("0A000", format!("cannot assign to system column \"{}\"", name.name))
                .at(name.position);
        }
        let message = format!("column \"{}\" of relation \"{}\" does not exist", name.name, table.name);
        SqlError::new("42703", message).at(name.position)
    })
}

fn check_count(columns: &[(usize, u32)], places: &[u32], named: bool) -> Result<(), SqlError> {
    if places.len() > columns.len() {
        let error = SqlError::new("42601", "INSERT has more expressions than target columns");
        let position = places[columns.len()];
        return Err(if position > 0 { error.at(position) } else { error });
    }
    if named && places.len() < columns.len() {
        let error = SqlError::new("42601", "INSERT has more target columns than expressions");
        return Err(error.at(columns[places.len()].1));
    }
    Ok(())
}

fn check_identity(column: &Column, insert: &Insert) -> Result<(), SqlError> {
    if column.identity_always && !insert.overriding_system && !insert.overriding_user {
        let name = &column.name;
        return Err(SqlError::new("428C9", format!("cannot insert a non-DEFAULT value into column \"{name}\""))
            .detail(format!("Column \"{name}\" is an identity column defined as GENERATED ALWAYS."))
            .hint("Use OVERRIDING SYSTEM VALUE to override."));
    }
    Ok(())
}

/// Where the items of a SELECT list are; 0 where that cannot be told.
fn selected_places(query: &syntax::Query, count: usize) -> Vec<u32> {
    let mut places = vec![0; count];
    if let syntax::Body::Select(select) = &query.body
        && select.items.len() == count
    {
        for (place, item) in places.iter_mut().zip(&select.items) {
            if let SelectItem::Expr { expr, .. } = item {
                *place = expr.position;
            }
        }
    }
    places
}
