//! SELECT: its lists and its clauses. (PostgreSQL's `transformSelectStmt`, `parse_target.c`)

use super::names::output_name;
use super::scope::{Boundary, Level};
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::grammar::{fold, is_reserved};
use crate::query::logical::{Body, Distinct, Grouping, Logical, Select, Target, Tree};
use crate::query::plan::{OutputColumn, Plan};
use crate::value::Type;
use sqlparser::ast::{self, GroupByExpr, SelectItem, SelectItemQualifiedWildcardKind, SetExpr};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    /// A query with what is around its body.
    pub(super) fn query(&mut self, query: &ast::Query, boundary: Boundary) -> Run<Logical> {
        self.nested(|analyser| analyser.query_with(query, boundary, false))
    }

    /// The same, leaving literals of no type as they are: what they go into decides.
    pub(super) fn query_with(&mut self, query: &ast::Query, boundary: Boundary, keep_unknown: bool) -> Run<Logical> {
        refuse_foreign_clauses(query)?;
        let visible = self.ctes.len();
        if let Some(with) = &query.with {
            self.inner_with(with, boundary)?;
        }
        let logical = match &*query.body {
            SetExpr::Select(select) => self.select(select, query, boundary, keep_unknown),
            SetExpr::Values(values) => self.values(values, query, boundary),
            SetExpr::SetOperation { .. } => self.set_operation(query, boundary, keep_unknown),
            SetExpr::Table(table) => {
                let select = super::from::select_all(table);
                self.select(&select, query, boundary, keep_unknown)
            }
            SetExpr::Query(inner) => {
                let merged = merge(inner, query)?;
                self.query_with(&merged, boundary, keep_unknown)
            }
            SetExpr::Insert(_) | SetExpr::Update(_) | SetExpr::Delete(_) | SetExpr::Merge(_) => {
                let message = "WITH clause containing a data-modifying statement must be at the top level";
                Err(SqlError::new("0A000", message).into())
            }
        }?;
        self.ctes.truncate(visible);
        Ok(logical)
    }

    pub(super) fn plan(&mut self, logical: Logical) -> Run<Plan> {
        crate::query::planner::plan(&self.environment, logical).map_err(Into::into)
    }

    fn select(
        &mut self,
        select: &ast::Select,
        query: &ast::Query,
        boundary: Boundary,
        keep_unknown: bool,
    ) -> Run<Logical> {
        let mut level = Level::new(boundary);
        level.locked = std::mem::take(&mut self.lock_next);
        level.locking = self.locking_clauses(query);
        self.levels.push(level);
        let result = self.select_in_level(select, query, keep_unknown);
        self.levels.pop();
        result
    }

    fn select_in_level(&mut self, select: &ast::Select, query: &ast::Query, keep_unknown: bool) -> Run<Logical> {
        if select.into.is_some() {
            return Err(SqlError::unsupported("SELECT INTO").into());
        }
        if !select.named_window.is_empty() {
            return Err(SqlError::unsupported("window functions").into());
        }
        let items = self.from(&select.from)?;
        self.level().lockable = self.level().relations.len();
        let mut targets = self.targets(&select.projection)?;
        let (mut filter, mut semis) = (Vec::new(), Vec::new());
        if let Some(condition) = &select.selection {
            let uses = self.level().uses.len();
            (filter, semis) = self.in_clause("WHERE", |analyser| analyser.where_clause(condition))?;
            self.level().uses.truncate(uses);
        }
        let having = match &select.having {
            Some(having) => Some(self.condition(having, "HAVING")?),
            None => None,
        };
        let order = match &query.order_by {
            Some(order) => self.order_by(order, &targets)?,
            None => Vec::new(),
        };
        let keys = self.group_by(&select.group_by, &targets)?;
        let mut distinct = match &select.distinct {
            None | Some(ast::Distinct::All) => None,
            Some(ast::Distinct::Distinct) => Some(Distinct::All),
            Some(ast::Distinct::On(exprs)) => Some(Distinct::On(self.distinct_on(exprs, &targets, &order)?)),
        };
        let (limit, offset) = self.limit(query)?;
        if !keep_unknown {
            for target in &mut targets {
                self.settle_target(target)?;
            }
        }
        let mut logical = Logical::new(Body::Select(Box::default()));
        (logical.limit, logical.offset) = (limit, offset);
        logical.marks = self.marks(select, query, &keys, having.is_some())?;
        let mut order = order;
        let mut sets = std::mem::take(&mut self.level().sets);
        let calls = std::mem::take(&mut self.level().calls);
        let grouped = !keys.is_empty() || !calls.is_empty() || having.is_some();
        let mut grouping = None;
        if grouped {
            let subplans = calls.iter().map(|_| self.subplan_number()).collect();
            let mut group = Grouping { keys, calls, having, subplans };
            for target in &mut targets {
                self.regroup(&mut target.expr, &mut group)?;
            }
            for (_, args) in &mut sets {
                self.regroup(args, &mut group)?;
            }
            for key in &mut order {
                self.regroup(&mut key.expr, &mut group)?;
            }
            if let Some(mut having) = group.having.take() {
                self.regroup(&mut having, &mut group)?;
                group.having = Some(having);
            }
            if let Some(Distinct::On(exprs)) = &mut distinct {
                for expr in exprs {
                    self.regroup(expr, &mut group)?;
                }
            }
            grouping = Some(group);
        }
        let whole = matches!(distinct, Some(Distinct::All));
        if whole {
            self.order_output(&mut order, &targets)?;
            logical.order_on_output = true;
        }
        logical.order = order;
        let level = self.level();
        let body = Select {
            relations: std::mem::take(&mut level.relations),
            width: level.width,
            from: semis.into_iter().fold(Tree::Inner { items, filter }, |tree, semi| semi.around(tree)),
            targets,
            grouping,
            distinct,
            sets,
        };
        logical.body = Body::Select(Box::new(body));
        Ok(logical)
    }

    /// Analyses something where aggregates may not be.
    pub(super) fn in_clause<T>(&mut self, clause: &'static str, f: impl FnOnce(&mut Self) -> Run<T>) -> Run<T> {
        let before = std::mem::replace(&mut self.level().clause, clause);
        let result = f(self);
        self.level().clause = before;
        result
    }

    /// The list of a SELECT or of RETURNING.
    pub(super) fn targets(&mut self, items: &[SelectItem]) -> Run<Vec<Target>> {
        let mut targets = Vec::new();
        for item in items {
            match item {
                SelectItem::UnnamedExpr(expr) => {
                    refuse_reserved(self, expr)?;
                    let name = output_name(expr).as_str().into();
                    targets.push(self.target(expr, name)?);
                }
                SelectItem::ExprWithAlias { expr, alias } => {
                    targets.push(self.target(expr, fold(&alias.value, alias.quote_style))?);
                }
                SelectItem::Wildcard(options) => {
                    let position = self.at(options.wildcard_token.0.span.start);
                    self.star(position, &mut targets)?;
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(name), _) => {
                    self.table_star(name, &mut targets)?;
                }
                SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::Expr(expr), _) => {
                    return Err(SqlError::unsupported("fields of a row").at(self.position(expr)).into());
                }
                SelectItem::ExprWithAliases { expr, .. } => {
                    return Err(SqlError::unsupported("this alias").at(self.position(expr)).into());
                }
            }
        }
        Ok(targets)
    }

    fn target(&mut self, expr: &ast::Expr, name: Rc<str>) -> Run<Target> {
        let typed = self.expr(expr)?;
        let column = OutputColumn { name, ty: typed.ty, typmod: typed.typmod };
        Ok(Target { expr: typed.expr, column })
    }

    fn star(&mut self, position: u32, targets: &mut Vec<Target>) -> Run<()> {
        let index = self.levels.len() - 1;
        let columns = self.level().namespace.columns.clone();
        if self.level().namespace.tables.is_empty() && columns.is_empty() {
            return Err(SqlError::new("42601", "SELECT * with no tables specified is not valid").at(position).into());
        }
        for column in columns {
            let name = column.name.clone();
            let typed = self.reference(index, 0, column, position);
            let column = OutputColumn { name, ty: typed.ty, typmod: typed.typmod };
            targets.push(Target { expr: typed.expr, column });
        }
        Ok(())
    }

    fn table_star(&mut self, name: &ast::ObjectName, targets: &mut Vec<Target>) -> Run<()> {
        let Some(last) = name.0.last().and_then(|part| part.as_ident()) else {
            return Err(SqlError::unsupported("this name").into());
        };
        let position = name.0.first().and_then(|part| part.as_ident()).map_or(0, |first| self.at(first.span.start));
        let alias = fold(&last.value, last.quote_style);
        let Some((index, outer, table)) = self.find_table(&alias) else {
            return Err(self.missing_table(&alias).at(position).into());
        };
        for column in table.columns {
            let name = column.name.clone();
            let typed = self.reference(index, outer, column, position);
            let column = OutputColumn { name, ty: typed.ty, typmod: typed.typmod };
            targets.push(Target { expr: typed.expr, column });
        }
        Ok(())
    }

    pub(super) fn settle_target(&mut self, target: &mut Target) -> Run<()> {
        if target.column.ty == Type::Unknown {
            let typed = Typed { expr: target.expr.clone(), ty: Type::Unknown, typmod: None, position: 0 };
            target.expr = self.settle(typed)?.expr;
            target.column.ty = Type::Text;
        }
        Ok(())
    }

    fn group_by(&mut self, group_by: &GroupByExpr, targets: &[Target]) -> Run<Vec<Expr>> {
        let exprs = match group_by {
            GroupByExpr::Expressions(exprs, modifiers) if modifiers.is_empty() => exprs,
            _ => return Err(SqlError::unsupported("this GROUP BY").into()),
        };
        let uses = self.level().uses.len();
        let mut keys: Vec<Expr> = Vec::new();
        for expr in exprs {
            let key = self.in_clause("GROUP BY", |analyser| analyser.group_key(expr, targets))?;
            if !keys.iter().any(|known| crate::query::rewrite::same(known, &key)) {
                keys.push(key);
            }
        }
        self.level().uses.truncate(uses);
        Ok(keys)
    }
}

/// `SELECT from`: a word that is no name is a mistake PostgreSQL finds earlier.
fn refuse_reserved(analyser: &Analyser<'_>, expr: &ast::Expr) -> Result<(), SqlError> {
    if let ast::Expr::Identifier(name) = expr
        && name.quote_style.is_none()
        && is_reserved(&name.value.to_lowercase())
        && !name.value.to_lowercase().starts_with("current_")
        && !["user", "session_user", "localtime", "localtimestamp", "default"]
            .contains(&name.value.to_lowercase().as_str())
    {
        let message = format!("syntax error at or near \"{}\"", name.value);
        return Err(SqlError::new("42601", message).at(analyser.position(expr)));
    }
    Ok(())
}

/// `(SELECT …) ORDER BY …`: what is outside the brackets is said of what is inside.
fn merge(inner: &ast::Query, outer: &ast::Query) -> Result<ast::Query, SqlError> {
    let mut merged = inner.clone();
    let twice = |what: &str| SqlError::new("42601", format!("multiple {what} clauses not allowed"));
    if let Some(order) = &outer.order_by {
        if merged.order_by.is_some() {
            return Err(twice("ORDER BY"));
        }
        merged.order_by = Some(order.clone());
    }
    if let Some(limit) = &outer.limit_clause {
        if merged.limit_clause.is_some() {
            return Err(twice("LIMIT"));
        }
        merged.limit_clause = Some(limit.clone());
    }
    merged.fetch = merged.fetch.or(outer.fetch.clone());
    merged.locks.extend(outer.locks.clone());
    Ok(merged)
}

/// Clauses of other databases that `sqlparser` lets through.
fn refuse_foreign_clauses(query: &ast::Query) -> Result<(), SqlError> {
    if query.for_clause.is_some()
        || query.settings.is_some()
        || query.format_clause.is_some()
        || !query.pipe_operators.is_empty()
    {
        return Err(SqlError::unsupported("this clause"));
    }
    Ok(())
}
