//! Locking clauses: which tables they lock, and where they may not be. (PostgreSQL's `transformLockingClause`)

use super::Analyser;
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::{Body, Logical, Mark, Relation, RelationSource, Tree};
use crate::query::plan::{RowLock, WaitPolicy};
use crate::query::statement::Locking;
use crate::query::syntax;

impl<'a> Analyser<'a> {
    /// Whether a locking clause of the level, or one around it, reaches into that item of FROM.
    pub(super) fn is_locked(&self, alias: &str) -> bool {
        let Some(level) = self.levels.last() else { return false };
        let named = |clause: &Locking| clause.of.is_empty() || clause.of.iter().any(|name| &*name.name == alias);
        level.locked || level.locking.iter().any(named)
    }

    /// The tables the level's locking clauses lock. Subqueries lock theirs themselves.
    pub(super) fn marks(
        &mut self,
        select: &syntax::Select,
        query: &syntax::Query,
        keys: &[Expr],
        having: bool,
    ) -> Run<Vec<Mark>> {
        let clauses = &query.locking;
        let Some(first) = clauses.first() else { return Ok(Vec::new()) };
        self.locks_rows = true;
        let grouped = !keys.is_empty();
        let level = self.levels.last_mut().expect("a SELECT has a level");
        let sets = !level.sets.is_empty();
        let obstacle = if select.distinct.is_some() {
            Some("DISTINCT clause")
        } else if grouped {
            Some("GROUP BY clause")
        } else if having {
            Some("HAVING clause")
        } else if !level.calls.is_empty() {
            Some("aggregate functions")
        } else if sets {
            Some("set-returning functions in the target list")
        } else {
            None
        };
        if let Some(obstacle) = obstacle {
            return Err(
                SqlError::new("0A000", format!("{} is not allowed with {obstacle}", words(first.strength))).into()
            );
        }
        let mut marks = Vec::new();
        for clause in clauses {
            if clause.of.is_empty() {
                for relation in &mut level.relations[..level.lockable] {
                    mark(relation, clause, &mut marks);
                }
            }
            for name in &clause.of {
                if name.schema.is_some() {
                    let message = format!("{} must specify unqualified relation names", words(clause.strength));
                    return Err(SqlError::new("42601", message).at(name.position).into());
                }
                let Some(table) = level.namespace.table(&name.name) else {
                    let message = format!(
                        "relation \"{}\" in {} clause not found in FROM clause",
                        name.name,
                        words(clause.strength)
                    );
                    return Err(SqlError::new("42P01", message).at(name.position).into());
                };
                if let Some(what) = table.unlockable {
                    let message = format!("{} cannot be applied to {what}", words(clause.strength));
                    return Err(SqlError::new("0A000", message).at(name.position).into());
                }
                for index in table.relations.clone() {
                    mark(&mut level.relations[index], clause, &mut marks);
                }
            }
        }
        Ok(marks)
    }
}

fn mark(relation: &mut Relation, clause: &Locking, marks: &mut Vec<Mark>) {
    match &mut relation.source {
        RelationSource::Table { table, .. } => add(marks, relation.rti, *table, clause),
        RelationSource::Subquery(query) => mark_all(query, clause),
        RelationSource::Plan { .. } => {}
    }
}

/// A subquery that stays one locks its rows itself.
fn mark_all(logical: &mut Logical, clause: &Locking) {
    if let Body::Select(select) = &mut logical.body {
        for relation in &mut select.relations {
            mark(relation, clause, &mut logical.marks);
        }
    }
}

/// The strongest lock and the least patient policy count.
fn add(marks: &mut Vec<Mark>, rti: usize, table: crate::query::plan::Oid, clause: &Locking) {
    let patience = |wait: WaitPolicy| match wait {
        WaitPolicy::Block => 0,
        WaitPolicy::Skip => 1,
        WaitPolicy::Error => 2,
    };
    match marks.iter_mut().find(|mark| mark.rti == rti) {
        Some(mark) => {
            mark.strength = mark.strength.max(clause.strength);
            if patience(clause.wait) > patience(mark.wait) {
                mark.wait = clause.wait;
            }
        }
        None => marks.push(Mark { rti, table, strength: clause.strength, wait: clause.wait }),
    }
}

/// The clause's words.
pub(super) fn words(strength: RowLock) -> &'static str {
    match strength {
        RowLock::KeyShare => "FOR KEY SHARE",
        RowLock::Share => "FOR SHARE",
        RowLock::NoKeyUpdate => "FOR NO KEY UPDATE",
        RowLock::Update => "FOR UPDATE",
    }
}

/// Relations that may be absent from a row: the right sides of outer joins.
pub fn nullable(tree: &Tree, found: &mut Vec<usize>) {
    match tree {
        Tree::Relation(_) => {}
        Tree::Inner { items, .. } => items.iter().for_each(|item| nullable(item, found)),
        Tree::Semi { left, .. } => nullable(left, found),
        Tree::Left { left, right, .. } => {
            nullable(left, found);
            found.extend(right.relations());
        }
    }
}
