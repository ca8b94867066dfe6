//! SELECT: its lists and its clauses. (PostgreSQL's `transformSelectStmt`, `parse_target.c`)

use super::names::output_name;
use super::scope::{Boundary, Level};
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::{Body, Distinct, Grouping, Logical, Relation, RelationSource, Select, Target, Tree};
use crate::query::plan::{OutputColumn, Plan};
use crate::query::statement::Name;
use crate::query::syntax::{self, SelectItem};
use crate::value::Type;
use std::rc::Rc;

impl<'a> Analyser<'a> {
    /// A query with what is around its body.
    pub(super) fn query(&mut self, query: &syntax::Query, boundary: Boundary) -> Run<Logical> {
        self.nested(|analyser| analyser.query_with(query, boundary, false))
    }

    /// The same, leaving literals of no type as they are: what they go into decides.
    pub(super) fn query_with(&mut self, query: &syntax::Query, boundary: Boundary, keep_unknown: bool) -> Run<Logical> {
        let visible = self.ctes.len();
        if let Some(with) = &query.with {
            self.with(with, false, boundary)?;
        }
        let logical = self.body(query, boundary, keep_unknown)?;
        self.ctes.truncate(visible);
        Ok(logical)
    }

    /// A query whose WITH is in sight.
    pub(super) fn body(&mut self, query: &syntax::Query, boundary: Boundary, keep_unknown: bool) -> Run<Logical> {
        match &query.body {
            syntax::Body::Select(select) => self.select(select, query, boundary, keep_unknown),
            syntax::Body::Values(rows) => self.values(rows, query, boundary),
            syntax::Body::Set(set) => self.set_operation(set, query, boundary, keep_unknown),
        }
    }

    pub(super) fn plan(&mut self, logical: Logical) -> Run<Plan> {
        crate::query::planner::plan(&self.environment, logical).map_err(Into::into)
    }

    fn select(
        &mut self,
        select: &syntax::Select,
        query: &syntax::Query,
        boundary: Boundary,
        keep_unknown: bool,
    ) -> Run<Logical> {
        let mut level = Level::new(boundary);
        level.locked = std::mem::take(&mut self.lock_next);
        level.locking.clone_from(&query.locking);
        self.levels.push(level);
        let result = self.select_in_level(select, query, keep_unknown);
        self.levels.pop();
        result
    }

    fn select_in_level(&mut self, select: &syntax::Select, query: &syntax::Query, keep_unknown: bool) -> Run<Logical> {
        let items = self.from(&select.from)?;
        self.level().lockable = self.level().relations.len();
        let mut targets = self.targets(&select.items)?;
        let (mut filter, mut semis) = (Vec::new(), Vec::new());
        if let Some(condition) = &select.filter {
            let uses = self.level().uses.len();
            (filter, semis) = self.in_clause("WHERE", |analyser| analyser.where_clause(condition))?;
            self.level().uses.truncate(uses);
        }
        let having = match &select.having {
            Some(having) => Some(self.condition(having, "HAVING")?),
            None => None,
        };
        let order = self.order_by(&query.order, &targets)?;
        let keys = self.group_by(&select.group_by, &targets)?;
        let mut distinct = match &select.distinct {
            None => None,
            Some(syntax::Distinct::All) => Some(Distinct::All),
            Some(syntax::Distinct::On(exprs)) => Some(Distinct::On(self.distinct_on(exprs, &targets, &order)?)),
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
                SelectItem::Expr { expr, alias: Some(alias) } => targets.push(self.target(expr, alias.name.clone())?),
                SelectItem::Expr { expr, alias: None } => {
                    let name = output_name(expr).as_str().into();
                    targets.push(self.target(expr, name)?);
                }
                SelectItem::Star(position) => self.star(*position, &mut targets)?,
                SelectItem::TableStar(name) => self.table_star(name, &mut targets)?,
            }
        }
        Ok(targets)
    }

    fn target(&mut self, expr: &syntax::Expr, name: Rc<str>) -> Run<Target> {
        let typed = self.expr(expr)?;
        let column = self.named_column(name, &typed);
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
            let column = self.named_column(name, &typed);
            targets.push(Target { expr: typed.expr, column });
        }
        Ok(())
    }

    fn table_star(&mut self, name: &Name, targets: &mut Vec<Target>) -> Run<()> {
        let (alias, position) = (&name.name, name.position);
        let Some((index, outer, table)) = self.find_table(alias) else {
            return Err(self.missing_table(alias).at(position).into());
        };
        for column in table.columns {
            let name = column.name.clone();
            let typed = self.reference(index, outer, column, position);
            let column = self.named_column(name, &typed);
            targets.push(Target { expr: typed.expr, column });
        }
        Ok(())
    }

    fn named_column(&mut self, name: Rc<str>, typed: &Typed) -> OutputColumn {
        let table = |at: usize, relation: &Relation| match relation.source {
            RelationSource::Table { table, width } if (relation.base..relation.base + width).contains(&at) => {
                Some((table, (at - relation.base) as u16 + 1))
            }
            _ => None,
        };
        let origin = match typed.expr {
            Expr::Column(at) => self.level().relations.iter().find_map(|relation| table(at, relation)),
            _ => None,
        };
        OutputColumn { origin, ..OutputColumn::new(name, typed.ty, typed.typmod) }
    }

    pub(super) fn settle_target(&mut self, target: &mut Target) -> Run<()> {
        if target.column.ty == Type::Unknown {
            let typed = Typed { expr: target.expr.clone(), ty: Type::Unknown, typmod: None, position: 0 };
            target.expr = self.settle(typed)?.expr;
            target.column.ty = Type::Text;
        }
        Ok(())
    }

    fn group_by(&mut self, exprs: &[syntax::Expr], targets: &[Target]) -> Run<Vec<Expr>> {
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
