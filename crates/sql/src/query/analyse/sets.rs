//! VALUES, and UNION, INTERSECT and EXCEPT. (PostgreSQL's `transformValuesClause`, `transformSetOperationStmt`)

use super::order::sort_key;
use super::scope::{Boundary, Level};
use super::{Analyser, Typed};
use crate::error::{Run, SqlError, Stop};
use crate::expr::Expr;
use crate::expr::resolve::common_type;
use crate::query::grammar::fold;
use crate::query::logical::{Body, Logical, Select, Target, Tree};
use crate::query::plan::{OutputColumn, Plan, SetOperation};
use crate::value::Type;
use sqlparser::ast::{self, OrderByKind, SetExpr, SetOperator, SetQuantifier};

impl<'a> Analyser<'a> {
    pub(super) fn values(&mut self, values: &ast::Values, query: &ast::Query, boundary: Boundary) -> Run<Logical> {
        if !query.locks.is_empty() {
            let clause = self.locking_clauses(query);
            let what = clause.first().map_or("FOR UPDATE", |clause| super::locking::words(clause.strength));
            return Err(SqlError::new("0A000", format!("{what} cannot be applied to VALUES")).into());
        }
        self.levels.push(Level::new(boundary));
        let result = self.values_in_level(values, query);
        self.levels.pop();
        result
    }

    fn values_in_level(&mut self, values: &ast::Values, query: &ast::Query) -> Run<Logical> {
        let rows = self.value_rows(values)?;
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
        let name = |index: usize| format!("column{}", index + 1).as_str().into();
        let columns: Vec<OutputColumn> = types
            .iter()
            .enumerate()
            .map(|(index, ty)| OutputColumn { name: name(index), ty: *ty, typmod: None })
            .collect();
        let rti = self.rti();
        let mut logical = Logical::new(Body::Values { rti, rows: plain, columns: columns.clone() });
        self.output_clauses(&mut logical, query, &columns)?;
        Ok(logical)
    }

    /// The rows of VALUES, each as long as the first.
    pub(super) fn value_rows(&mut self, values: &ast::Values) -> Run<Vec<Vec<Typed>>> {
        let mut rows: Vec<Vec<Typed>> = Vec::new();
        for row in &values.rows {
            let mut cells = Vec::new();
            for cell in &row.content {
                cells.push(self.in_clause("VALUES", |analyser| analyser.expr(cell))?);
            }
            if rows.first().is_some_and(|first| first.len() != cells.len()) {
                let position = row.content.first().map_or(0, |cell| self.position(cell));
                return Err(SqlError::new("42601", "VALUES lists must all be the same length").at(position).into());
            }
            rows.push(cells);
        }
        Ok(rows)
    }

    pub(super) fn set_operation(&mut self, query: &ast::Query, boundary: Boundary, keep_unknown: bool) -> Run<Logical> {
        if !query.locks.is_empty() {
            let clause = self.locking_clauses(query);
            let what = clause.first().map_or("FOR UPDATE", |clause| super::locking::words(clause.strength));
            return Err(SqlError::new("0A000", format!("{what} is not allowed with UNION/INTERSECT/EXCEPT")).into());
        }
        let mut logical = self.set_expr(&query.body, boundary)?;
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

    fn set_expr(&mut self, body: &SetExpr, boundary: Boundary) -> Run<Logical> {
        self.nested(|analyser| analyser.set_expr_of_kind(body, boundary))
    }

    fn set_expr_of_kind(&mut self, body: &SetExpr, boundary: Boundary) -> Run<Logical> {
        let SetExpr::SetOperation { left, op, set_quantifier, right } = body else {
            let query = bare(body);
            return self.query_with(&query, boundary, true);
        };
        let kind = match op {
            SetOperator::Union => SetOperation::Union,
            SetOperator::Intersect => SetOperation::Intersect,
            SetOperator::Except => SetOperation::Except,
            SetOperator::Minus => return Err(SqlError::unsupported("MINUS").into()),
        };
        let all = match set_quantifier {
            SetQuantifier::All => true,
            SetQuantifier::Distinct | SetQuantifier::None => false,
            _ => return Err(SqlError::unsupported("BY NAME").into()),
        };
        let (left_body, right_body) = (left, right);
        let left = self.set_expr(left_body, boundary)?;
        let right = self.set_expr(right_body, boundary)?;
        let what = match kind {
            SetOperation::Union => "UNION",
            SetOperation::Intersect => "INTERSECT",
            SetOperation::Except => "EXCEPT",
        };
        let (left_columns, right_columns) = (left.columns(), right.columns());
        if left_columns.len() != right_columns.len() {
            let error = SqlError::new("42601", format!("each {what} query must have the same number of columns"));
            let position = first_place(self, right_body);
            return Err(if position > 0 { error.at(position) } else { error }.into());
        }
        let mut columns = Vec::new();
        for (left, right) in left_columns.iter().zip(&right_columns) {
            let ty = common_type(&[left.ty, right.ty], what).map_err(|(error, _)| {
                let position = first_place(self, right_body);
                if position > 0 { error.at(position) } else { error }
            })?;
            let typmod = if left.typmod == right.typmod { left.typmod } else { None };
            columns.push(OutputColumn { name: left.name.clone(), ty, typmod });
        }
        let types: Vec<Type> = columns.iter().map(|column| column.ty).collect();
        // A literal that cannot be read is shown where the query it is in begins.
        let placed = |stop: Stop, place: u32| match stop {
            Stop::Error(error) => Stop::Error(Box::new(error.at(place))),
            stop => stop,
        };
        let (left_place, right_place) = (first_place(self, left_body), first_place(self, right_body));
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
    fn output_clauses(&mut self, logical: &mut Logical, query: &ast::Query, columns: &[OutputColumn]) -> Run<()> {
        if let Some(order) = &query.order_by {
            let OrderByKind::Expressions(items) = &order.kind else {
                return Err(SqlError::unsupported("ORDER BY ALL").into());
            };
            for item in items {
                let column = self.output_column(&item.expr, columns)?;
                logical.order.push(sort_key(Expr::Column(column), &item.options));
            }
            logical.order_on_output = true;
        }
        (logical.limit, logical.offset) = self.limit(query)?;
        Ok(())
    }

    fn output_column(&mut self, expr: &ast::Expr, columns: &[OutputColumn]) -> Run<usize> {
        let position = self.position(expr);
        match expr {
            ast::Expr::Identifier(name) => {
                let folded = fold(&name.value, name.quote_style);
                if let Some(index) = columns.iter().position(|column| column.name == folded) {
                    return Ok(index);
                }
                Err(SqlError::new("42703", format!("column \"{folded}\" does not exist")).at(position).into())
            }
            ast::Expr::Value(value) if matches!(value.value, ast::Value::Number(..)) => {
                let number = value.value.to_string();
                match number.parse::<usize>() {
                    Ok(number) if (1..=columns.len()).contains(&number) => Ok(number - 1),
                    _ => {
                        let message = format!("ORDER BY position {number} is not in select list");
                        Err(SqlError::new("42P10", message).at(position).into())
                    }
                }
            }
            _ => {
                let error = SqlError::new("0A000", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                    .detail("Only result column names can be used, not expressions or functions.")
                    .hint("Add the expression/function to every SELECT, or move the UNION into a FROM clause.");
                Err(error.at(position).into())
            }
        }
    }
}

/// A body as a query of its own.
pub(super) fn bare(body: &SetExpr) -> ast::Query {
    if let SetExpr::Query(query) = body {
        return (**query).clone();
    }
    ast::Query {
        with: None,
        body: Box::new(body.clone()),
        order_by: None,
        limit_clause: None,
        fetch: None,
        locks: Vec::new(),
        for_clause: None,
        settings: None,
        format_clause: None,
        pipe_operators: Vec::new(),
    }
}

fn first_place(analyser: &Analyser<'_>, body: &SetExpr) -> u32 {
    match body {
        SetExpr::Select(select) => match select.projection.first() {
            Some(ast::SelectItem::UnnamedExpr(expr) | ast::SelectItem::ExprWithAlias { expr, .. }) => {
                analyser.position(expr)
            }
            _ => 0,
        },
        SetExpr::Query(query) => first_place(analyser, &query.body),
        SetExpr::SetOperation { left, .. } => first_place(analyser, left),
        _ => 0,
    }
}
