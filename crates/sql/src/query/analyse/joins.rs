//! JOIN: conditions, and the names that are in sight of what is joined. (PostgreSQL's `transformFromClauseItem`)

use super::from::Item;
use super::scope::{ColumnName, Namespace};
use super::{Analyser, Typed};
use crate::error::{Run, SqlError};
use crate::expr::Expr;
use crate::query::logical::Tree;
use crate::query::syntax::{Join, JoinCondition, JoinKind};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    pub(super) fn join(&mut self, join: &Join) -> Run<Item> {
        let (kind, condition) = (join.kind, &join.condition);
        let left = self.item(&join.left)?;
        // What is to the left is in sight of LATERAL on the right.
        let outside = self.level().namespace.clone();
        if kind != JoinKind::Right {
            self.level().namespace.extend(left.1.clone())?;
        }
        self.nullable = kind == JoinKind::Left;
        let right = self.item(&join.right);
        self.nullable = false;
        self.level().namespace = outside;
        let right = right?;
        let (left_tree, left_names) = left;
        let (right_tree, right_names) = right;
        let merged = match condition {
            JoinCondition::Using(columns) => columns.iter().map(|name| (name.name.clone(), name.position)).collect(),
            JoinCondition::Natural => {
                let shared = |column: &&ColumnName| right_names.columns.iter().any(|other| other.name == column.name);
                left_names.columns.iter().filter(shared).map(|column| (column.name.clone(), 0)).collect()
            }
            _ => Vec::new(),
        };
        let (mut conditions, mut names) = self.merge_columns(&left_names, &right_names, merged, kind)?;
        names.tables = left_names.tables.clone();
        let mut all = Namespace { tables: left_names.tables, columns: Vec::new() };
        all.extend(Namespace { tables: right_names.tables.clone(), columns: Vec::new() })?;
        names.tables = all.tables;
        if let JoinCondition::On(condition) = condition {
            let outside = std::mem::replace(&mut self.level().namespace, names.clone());
            let condition = self.in_clause("JOIN conditions", |analyser| analyser.condition(condition, "JOIN/ON"));
            self.level().namespace = outside;
            conditions.push(condition?);
        }
        let tree = match kind {
            JoinKind::Inner => Tree::Inner { items: vec![left_tree, right_tree], filter: conditions },
            JoinKind::Left => Tree::Left { left: Box::new(left_tree), right: Box::new(right_tree), on: conditions },
            JoinKind::Right => Tree::Left { left: Box::new(right_tree), right: Box::new(left_tree), on: conditions },
        };
        Ok((tree, names))
    }

    /// The columns of USING: conditions, and the names of the join. Those that are used come first and once.
    fn merge_columns(
        &mut self,
        left: &Namespace,
        right: &Namespace,
        merged: Vec<(Rc<str>, u32)>,
        kind: JoinKind,
    ) -> Run<(Vec<Expr>, Namespace)> {
        let mut conditions = Vec::new();
        let mut columns = Vec::new();
        for (name, position) in &merged {
            let side = |names: &Namespace, side: &str| -> Result<ColumnName, SqlError> {
                let mut found = names.columns.iter().filter(|column| column.name == *name);
                let problem = |message: String, code| SqlError::new(code, message);
                match (found.next(), found.next()) {
                    (Some(column), None) => Ok(column.clone()),
                    (None, _) => Err(problem(
                        format!("column \"{name}\" specified in USING clause does not exist in {side} table"),
                        "42703",
                    )),
                    _ => Err(problem(
                        format!("common column name \"{name}\" appears more than once in {side} table"),
                        "42702",
                    )),
                }
            };
            let (l, r) = (side(left, "left")?, side(right, "right")?);
            let typed = |column: &ColumnName| Typed {
                expr: column.expr.clone(),
                ty: column.ty,
                typmod: column.typmod,
                position: *position,
            };
            conditions.push(self.operate("=", typed(&l), typed(&r), *position)?.expr);
            columns.push(if kind == JoinKind::Right { r } else { l });
        }
        let rest = |column: &&ColumnName| !merged.iter().any(|(name, _)| *name == column.name);
        columns.extend(left.columns.iter().filter(rest).cloned());
        columns.extend(right.columns.iter().filter(rest).cloned());
        Ok((conditions, Namespace { tables: Vec::new(), columns }))
    }
}
