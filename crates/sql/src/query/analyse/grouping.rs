//! GROUP BY: what may be said above it, and where it is then. (PostgreSQL's `parseCheckAggregates`)

use super::Analyser;
use super::scope::ColumnUse;
use crate::error::SqlError;
use crate::expr::Expr;
use crate::query::logical::{GROUP_KEYS, Grouping, Relation, RelationSource};
use crate::query::rewrite::{each_expr, each_part, same, subplan};
use std::rc::Rc;

impl<'a> Analyser<'a> {
    /// Rewrites an expression over the flat row as one over the grouped row.
    pub(super) fn regroup(&mut self, expr: &mut Expr, grouping: &mut Grouping) -> Result<(), SqlError> {
        let mut stray = None;
        let catalog = self.environment.catalog;
        let level = self.levels.last().expect("grouping is of a level");
        let determined = |column: usize, keys: &[Expr]| determined(&level.relations, catalog, column, keys);
        visit(expr, 0, &mut grouping.keys, &determined, &mut stray);
        let Some((column, inside)) = stray else { return Ok(()) };
        let found = level.uses.iter().find(|used| used.column == column && used.from_inside == inside);
        let found = found.or_else(|| level.uses.iter().find(|used| used.column == column)).cloned();
        let used = found.unwrap_or(ColumnUse { column, name: String::new(), position: 0, from_inside: inside });
        let message = if inside {
            format!("subquery uses ungrouped column \"{}\" from outer query", used.name)
        } else {
            format!("column \"{}\" must appear in the GROUP BY clause or be used in an aggregate function", used.name)
        };
        let error = SqlError::new("42803", message);
        Err(if used.position > 0 { error.at(used.position) } else { error })
    }
}

/// Whether the grouped columns tell this one: they hold its table's primary key.
fn determined(relations: &[Relation], catalog: &crate::catalog::Catalog, column: usize, keys: &[Expr]) -> bool {
    let owner =
        relations.iter().find(|relation| (relation.base..relation.base + relation.source.width()).contains(&column));
    let Some((relation, RelationSource::Table { table, .. })) = owner.map(|relation| (relation, &relation.source))
    else {
        return false;
    };
    let indexes = catalog.table(*table).indexes.iter().map(|index| catalog.index(*index));
    let Some(primary) = indexes.into_iter().find(|index| index.primary) else { return false };
    primary.keys.iter().all(|part| {
        let Expr::Column(of_table) = part.expr else { return false };
        keys.iter().any(|key| matches!(key, Expr::Column(key) if *key == relation.base + of_table))
    })
}

type Determined<'d> = &'d dyn Fn(usize, &[Expr]) -> bool;

/// `depth` is how many subqueries further in `expr` is. The first column that is not grouped goes to `stray`.
fn visit(
    expr: &mut Expr,
    depth: u16,
    keys: &mut Vec<Expr>,
    determined: Determined<'_>,
    stray: &mut Option<(usize, bool)>,
) {
    if depth == 0
        && let Some(index) = keys.iter().position(|key| same(key, expr))
    {
        *expr = Expr::Column(GROUP_KEYS + index);
        return;
    }
    match expr {
        Expr::Column(column) if depth == 0 && *column < GROUP_KEYS => {
            if determined(*column, keys) {
                keys.push(Expr::Column(*column));
                *column = GROUP_KEYS + keys.len() - 1;
            } else {
                stray.get_or_insert((*column, false));
            }
        }
        Expr::Outer { level, column } if *level == depth && *column < GROUP_KEYS => {
            let index = keys.iter().position(|key| matches!(key, Expr::Column(key) if key == column));
            match index {
                Some(index) => *column = GROUP_KEYS + index,
                None if determined(*column, keys) => {
                    keys.push(Expr::Column(*column));
                    *column = GROUP_KEYS + keys.len() - 1;
                }
                None => {
                    stray.get_or_insert((*column, true));
                }
            }
        }
        _ => {
            each_part(expr, &mut |part| visit(part, depth, keys, determined, stray));
            if let Some(plan) = subplan(expr) {
                let plan = &mut Rc::make_mut(plan).plan;
                each_expr(plan, depth + 1, &mut |expr, depth| visit(expr, depth, keys, determined, stray));
            }
        }
    }
}
