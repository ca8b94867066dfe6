//! WITH: queries that have a name, and statements in it that change rows. (PostgreSQL's `parse_cte.c`)

use super::Analyser;
use super::from::{named, rename_columns};
use super::scope::{Boundary, Namespace};
use crate::error::{Run, SqlError};
use crate::query::grammar::fold;
use crate::query::logical::{Body, Logical, Tree};
use crate::query::plan::{OutputColumn, Plan, SubPlan};
use crate::query::statement::{Name, Statement, With};
use crate::query::syntax::Alias;
use sqlparser::tokenizer::Token;
use std::rc::Rc;

/// A CTE in sight.
#[derive(Clone, Debug)]
pub struct Visible {
    name: Rc<str>,
    kind: Kind,
    /// How many query levels were around it.
    levels: usize,
}

#[derive(Clone, Debug)]
enum Kind {
    /// It becomes part of the one query that reads it.
    Inline(Box<Logical>),
    /// It runs once, and keeps its rows.
    Shared(Rc<SubPlan>),
    /// It returns nothing that could be read.
    Silent,
}

impl<'a> Analyser<'a> {
    /// The WITH of a statement, or of a query inside one.
    pub(super) fn with(&mut self, with: &With, top: bool, boundary: Boundary) -> Run<()> {
        for (index, cte) in with.ctes.iter().enumerate() {
            if with.ctes[..index].iter().any(|other| other.name.name == cte.name.name) {
                let message = format!("WITH query name \"{}\" specified more than once", cte.name.name);
                return Err(SqlError::new("42712", message).at(cte.name.position).into());
            }
            let kind = match &cte.statement {
                Statement::Query(query) => {
                    if cte.reads_itself {
                        return Err(SqlError::unsupported("WITH RECURSIVE").at(cte.name.position).into());
                    }
                    let logical = self.query(query, boundary)?;
                    self.query_cte(&cte.name, &cte.columns, logical)?
                }
                changing if top => self.changing_cte(changing, &cte.name, &cte.columns)?,
                _ => {
                    let message = "WITH clause containing a data-modifying statement must be at the top level";
                    return Err(SqlError::new("0A000", message).at(cte.name.position).into());
                }
            };
            self.ctes.push(Visible { name: cte.name.name.clone(), kind, levels: self.levels.len() });
        }
        Ok(())
    }

    fn query_cte(&mut self, name: &Name, names: &[Name], mut logical: Logical) -> Run<Kind> {
        let columns = logical.columns();
        check_names(name, names, &columns)?;
        rename_columns(&mut logical, names);
        // PostgreSQL makes it part of the query if it is read once, changes nothing and is not volatile. (`SS_process_ctes`)
        if self.uses(&name.name) <= 2 && logical.marks.is_empty() && !is_volatile(&logical) {
            return Ok(Kind::Inline(Box::new(logical)));
        }
        let columns = logical.columns();
        let plan = self.plan(logical)?;
        Ok(Kind::Shared(Rc::new(self.shared(plan, columns))))
    }

    fn shared(&mut self, plan: Plan, columns: Vec<OutputColumn>) -> SubPlan {
        SubPlan { plan, columns, correlated: false, id: self.subplan_number() }
    }

    fn changing_cte(&mut self, statement: &Statement, name: &Name, names: &[Name]) -> Run<Kind> {
        let (plan, mut columns) = self.statement(statement, false)?;
        let returns = !columns.is_empty();
        if returns {
            check_names(name, names, &columns)?;
        }
        columns.iter_mut().zip(names).for_each(|(column, name)| column.name = name.name.clone());
        let shared = Rc::new(self.shared(plan, columns));
        self.modifying.push(shared.clone());
        Ok(if returns { Kind::Shared(shared) } else { Kind::Silent })
    }

    /// The CTE of that name as an item of FROM.
    pub(super) fn cte_item(
        &mut self,
        name: &Name,
        shown: &Rc<str>,
        alias: Option<&Alias>,
    ) -> Run<Option<(Tree, Namespace)>> {
        let Some(visible) = self.ctes.iter().rev().find(|cte| cte.name == name.name).cloned() else { return Ok(None) };
        match visible.kind {
            Kind::Silent => {
                let message = format!("WITH query \"{}\" does not have a RETURNING clause", name.name);
                Err(SqlError::new("0A000", message).at(name.position).into())
            }
            Kind::Inline(logical) => {
                let deeper = self.levels[visible.levels.min(self.levels.len())..]
                    .iter()
                    .skip(1)
                    .any(|level| matches!(level.boundary, Boundary::Expression | Boundary::Lateral));
                if deeper && visible.levels > 0 {
                    return Err(SqlError::unsupported("a WITH query read from a subquery of its query").into());
                }
                let mut item = self.subquery_item(*logical, false, shown, alias)?;
                item.1.tables[0].unlockable = Some("a WITH query");
                Ok(Some(item))
            }
            Kind::Shared(cte) => {
                let rti = self.rti();
                let columns = cte.columns.clone();
                let relation = self.add_plan(rti, Plan::CteScan { rti, cte }, columns.len(), shown.clone());
                let columns = self.columns_of(relation, &columns, shown);
                let names = named(columns, shown, alias, vec![relation], Some("a WITH query"))?;
                Ok(Some((Tree::Relation(relation), names)))
            }
        }
    }

    /// How often a name stands in the statement, its definition included, not counting `name.column`.
    fn uses(&self, name: &str) -> usize {
        let tokens = crate::query::parse::tokenize(&self.source.text, &self.source.places).unwrap_or_default();
        let words: Vec<&Token> =
            tokens.iter().map(|token| &token.token).filter(|token| !matches!(token, Token::Whitespace(_))).collect();
        let is_name =
            |token: &Token| matches!(token, Token::Word(word) if &*fold(&word.value, word.quote_style) == name);
        words
            .iter()
            .enumerate()
            .filter(|(index, token)| is_name(token) && words.get(index + 1) != Some(&&Token::Period))
            .count()
    }
}

fn check_names(name: &Name, names: &[Name], columns: &[OutputColumn]) -> Result<(), SqlError> {
    if names.len() <= columns.len() {
        return Ok(());
    }
    let message = format!(
        "WITH query \"{}\" has {} columns available but {} columns specified",
        name.name,
        columns.len(),
        names.len()
    );
    Err(SqlError::new("42P10", message).at(name.position))
}

fn is_volatile(logical: &Logical) -> bool {
    match &logical.body {
        Body::Select(select) => select
            .targets
            .iter()
            .any(|target| crate::query::rewrite::any(&target.expr, &mut crate::query::planner::is_volatile)),
        Body::Values { rows, .. } => {
            rows.iter().flatten().any(|expr| crate::query::rewrite::any(expr, &mut crate::query::planner::is_volatile))
        }
        Body::Set { left, right, .. } => is_volatile(left) || is_volatile(right),
        Body::Ready { .. } => true,
    }
}
