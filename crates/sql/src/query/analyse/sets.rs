//! VALUES, and UNION, INTERSECT and EXCEPT. (PostgreSQL's `transformValuesClause`, `transformSetOperationStmt`)

use super::order::sort_key;
use super::scope::{Boundary, Level};
use super::{Analyser, Typed};
use crate::error::{Run, SqlError, Stop};
use crate::expr::Expr;
use crate::expr::resolve::common_type;
use crate::query::logical::{Body, Logical, Select, Target, Tree};
use crate::query::plan::{OutputColumn, Plan, SetOperation};
use crate::query::syntax::{self, ExprKind, Query, SelectItem, SetQuery};
use crate::value::Type;

impl<'a> Analyser<'a> {
    pub(super) fn values(&mut self, rows: &[Vec<syntax::Expr>], query: &Query, boundary: Boundary) -> Run<Logical> {
        if let Some(clause) = query.locking.first() {
            let what = super::locking::words(clause.strength);
            return Err(SqlError::new("0A000", format!("{what} cannot be applied to VALUES")).into());
        }
        self.levels.push(Level::new(boundary));
        let result = self.values_in_level(rows, query);
        self.levels.pop();
        result
    }

    fn values_in_level(&mut self, rows: &[Vec<syntax::Expr>], query: &Query) -> Run<Logical> {
        let rows = self.value_rows(rows)?;
        let width = rows.first().map_or(0, Vec::len);
        let mut types = Vec::new();
        for column in 0..width {
            let cells: Vec<Typed> = rows.iter().map(|row| row[column].clone()).collect();
            types.push(self.common(&cells, "VALUES")?);
        }
        let mut plain = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for (cell, ty) in row.into_iter().zip(&types) {
                cells.push(self.implicit(cell, *ty)?.expr);
            }
            plain.push(cells);
        }
        let name = |index: usize| format!("column{}", index + 1);
        let columns: Vec<OutputColumn> =
            types.iter().enumerate().map(|(index, ty)| OutputColumn::new(name(index), *ty, None)).collect();
        let rti = self.rti();
        let mut logical = Logical::new(Body::Values { rti, rows: plain, columns: columns.clone() });
        self.output_clauses(&mut logical, query, &columns)?;
        Ok(logical)
    }

    /// The rows of VALUES, each as long as the first.
    pub(super) fn value_rows(&mut self, given: &[Vec<syntax::Expr>]) -> Run<Vec<Vec<Typed>>> {
        let mut rows: Vec<Vec<Typed>> = Vec::new();
        for row in given {
            let mut cells = Vec::new();
            for cell in row {
                cells.push(self.in_clause("VALUES", |analyser| analyser.expr(cell))?);
            }
            if rows.first().is_some_and(|first| first.len() != cells.len()) {
                let position = row.first().map_or(0, |cell| cell.position);
                return Err(SqlError::new("42601", "VALUES lists must all be the same length").at(position).into());
            }
            rows.push(cells);
        }
        Ok(rows)
    }

    pub(super) fn set_operation(
        &mut self,
        set: &SetQuery,
        query: &Query,
        boundary: Boundary,
        keep_unknown: bool,
    ) -> Run<Logical> {
        if let Some(clause) = query.locking.first() {
            let what = super::locking::words(clause.strength);
            return Err(SqlError::new("0A000", format!("{what} is not allowed with UNION/INTERSECT/EXCEPT")).into());
        }
        let mut logical = self.set(set, boundary)?;
        if !keep_unknown {
            self.settle_columns(&mut logical)?;
        }
        let columns = logical.columns();
        self.levels.push(Level::new(boundary));
        let result = self.output_clauses(&mut logical, query, &columns);
        self.levels.pop();
        result?;
        Ok(logical)
    }

    /// One side of a set operation: an operation of its own, or a query.
    fn side(&mut self, query: &Query, boundary: Boundary) -> Run<Logical> {
        self.nested(|analyser| match &query.body {
            syntax::Body::Set(set) if query.is_bare() => analyser.set(set, boundary),
            _ => analyser.query_with(query, boundary, true),
        })
    }

    fn set(&mut self, set: &SetQuery, boundary: Boundary) -> Run<Logical> {
        let (kind, all) = (set.operation, set.all);
        let left = self.side(&set.left, boundary)?;
        let right = self.side(&set.right, boundary)?;
        let what = match kind {
            SetOperation::Union => "UNION",
            SetOperation::Intersect => "INTERSECT",
            SetOperation::Except => "EXCEPT",
        };
        let (left_columns, right_columns) = (left.columns(), right.columns());
        if left_columns.len() != right_columns.len() {
            let error = SqlError::new("42601", format!("each {what} query must have the same number of columns"));
            let position = first_place(&set.right);
            return Err(if position > 0 { error.at(position) } else { error }.into());
        }
        let mut columns = Vec::new();
        for (left, right) in left_columns.iter().zip(&right_columns) {
            let ty = common_type(&[left.ty, right.ty], what).map_err(|(error, _)| {
                let position = first_place(&set.right);
                if position > 0 { error.at(position) } else { error }
            })?;
            let typmod = if left.typmod == right.typmod { left.typmod } else { None };
            columns.push(OutputColumn::new(left.name.clone(), ty, typmod));
        }
        let types: Vec<Type> = columns.iter().map(|column| column.ty).collect();
        // A literal that cannot be read is shown where the query it is in begins.
        let placed = |stop: Stop, place: u32| match stop {
            Stop::Error(error) => Stop::Error(Box::new(error.at(place))),
            stop => stop,
        };
        let (left_place, right_place) = (first_place(&set.left), first_place(&set.right));
        let left = Box::new(self.coerce_columns(left, &types).map_err(|stop| placed(stop, left_place))?);
        let right = Box::new(self.coerce_columns(right, &types).map_err(|stop| placed(stop, right_place))?);
        Ok(Logical::new(Body::Set { kind, all, left, right, columns }))
    }

    fn settle_columns(&mut self, logical: &mut Logical) -> Run<()> {
        let types: Vec<Type> = logical
            .columns()
            .iter()
            .map(|column| if column.ty == Type::Unknown { Type::Text } else { column.ty })
            .collect();
        let taken = std::mem::replace(logical, Logical::new(Body::Select(Box::default())));
        *logical = self.coerce_columns(taken, &types)?;
        Ok(())
    }

    /// Makes the columns of a query ones of other types.
    pub(super) fn coerce_columns(&mut self, mut logical: Logical, types: &[Type]) -> Run<Logical> {
        let columns = logical.columns();
        if columns.iter().zip(types).all(|(column, ty)| column.ty == *ty) {
            return Ok(logical);
        }
        if let Body::Select(select) = &mut logical.body
            && select.distinct.is_none()
            && !logical.order_on_output
        {
            for (target, ty) in select.targets.iter_mut().zip(types) {
                let typed = Typed {
                    expr: target.expr.clone(),
                    ty: target.column.ty,
                    typmod: target.column.typmod,
                    position: 0,
                };
                target.expr = self.implicit(typed, *ty)?.expr;
                target.column.ty = *ty;
            }
            return Ok(logical);
        }
        // Around everything else goes a SELECT that converts.
        self.levels.push(Level::new(Boundary::From));
        let result = self.converted(logical, columns, types);
        self.levels.pop();
        result
    }

    fn converted(&mut self, logical: Logical, columns: Vec<OutputColumn>, types: &[Type]) -> Run<Logical> {
        let rti = self.rti();
        let plan = Plan::Subquery { rti, plan: Box::new(self.plan(logical)?) };
        let relation = self.add_plan(rti, plan, columns.len(), "".into());
        let mut targets = Vec::new();
        for (index, (column, ty)) in columns.into_iter().zip(types).enumerate() {
            let typed = Typed { expr: Expr::Column(index), ty: column.ty, typmod: column.typmod, position: 0 };
            let expr = self.implicit(typed, *ty)?.expr;
            targets.push(Target { expr, column: OutputColumn { ty: *ty, ..column } });
        }
        let level = self.level();
        let select = Select {
            relations: std::mem::take(&mut level.relations),
            width: level.width,
            from: Tree::Relation(relation),
            targets,
            ..Select::default()
        };
        Ok(Logical::new(Body::Select(Box::new(select))))
    }

    /// ORDER BY of a set operation or VALUES: names and numbers of output columns only. And LIMIT.
    fn output_clauses(&mut self, logical: &mut Logical, query: &Query, columns: &[OutputColumn]) -> Run<()> {
        for item in &query.order {
            let column = self.output_column(&item.expr, columns)?;
            logical.order.push(sort_key(Expr::Column(column), item));
        }
        logical.order_on_output |= !query.order.is_empty();
        (logical.limit, logical.offset) = self.limit(query)?;
        Ok(())
    }

    fn output_column(&mut self, expr: &syntax::Expr, columns: &[OutputColumn]) -> Run<usize> {
        let position = expr.position;
        match &expr.kind {
            ExprKind::Column(names) if names.len() == 1 => {
                let name = &names[0];
                if let Some(index) = columns.iter().position(|column| column.name == *name) {
                    return Ok(index);
                }
                Err(SqlError::new("42703", format!("column \"{name}\" does not exist")).at(position).into())
            }
            ExprKind::Number(number) => match number.parse::<usize>() {
                Ok(number) if (1..=columns.len()).contains(&number) => Ok(number - 1),
                _ => {
                    let message = format!("ORDER BY position {number} is not in select list");
                    Err(SqlError::new("42P10", message).at(position).into())
                }
            },
            _ => {
                let error = SqlError::new("0A000", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                    .detail("Only result column names can be used, not expressions or functions.")
                    .hint("Add the expression/function to every SELECT, or move the UNION into a FROM clause.");
                Err(error.at(position).into())
            }
        }
    }
}

/// Where what a query selects first is; 0 where that cannot be told.
fn first_place(query: &Query) -> u32 {
    match &query.body {
        syntax::Body::Select(select) => match select.items.first() {
            Some(SelectItem::Expr { expr, .. }) => expr.position,
            _ => 0,
        },
        syntax::Body::Set(set) => first_place(&set.left),
        syntax::Body::Values(_) => 0,
    }
}
