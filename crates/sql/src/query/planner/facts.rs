//! What the conditions of a join are thought to leave. (PostgreSQL's `eqjoinsel`, `relation_has_unique_index_for`)

use super::access::bare;
use super::join_cost::Conditions;
use super::search::{Item, Search};
use super::selectivity::{Estimate, calls};
use super::size::table_size;
use crate::expr::Expr;
use crate::query::logical::RelationSource;
use crate::query::rewrite::same;

impl Search<'_, '_> {
    /// What the conditions of a join are thought to leave.
    pub fn facts(
        &self,
        left_rows: f64,
        right_rows: f64,
        keys: &[(Expr, Expr)],
        on: &[Expr],
        right: &Item,
    ) -> Conditions {
        let mut selectivity = 1.0;
        let (mut matched, mut bucket) = (1.0f64, 1.0f64);
        for (l, r) in keys {
            let ((left, left_known), (right, right_known)) =
                (self.distinct(l, left_rows), self.distinct(r, right_rows));
            selectivity /= left.max(right).max(1.0);
            bucket = bucket.min(if right_known { 1.0 / right.max(1.0) } else { 0.1 });
            // What is left of the right cannot have more values than rows. (`eqjoinsel_semi`)
            let (right, right_known) = if right >= right_rows { (right_rows, true) } else { (right, right_known) };
            matched = matched.min(if left_known && right_known { (right / left).min(1.0) } else { 0.5 });
        }
        let right_unique = right.table.is_some_and(|index| self.is_unique(index, right, keys));
        let matches = if matched > 0.0 { (selectivity * right_rows / matched).max(1.0) } else { 1.0 };
        Conditions {
            keys: keys.len() as f64,
            calls: on.iter().map(calls).sum(),
            selectivity,
            right_unique,
            matched,
            matches,
            bucket,
        }
    }

    /// How many values a column is thought to have, and whether that is more than a guess.
    fn distinct(&self, expr: &Expr, rows: f64) -> (f64, bool) {
        let guess = (200f64.min(rows.max(1.0)), false);
        let Expr::Column(column) = bare(expr) else { return guess };
        let owner = self
            .relations
            .iter()
            .flatten()
            .find(|relation| (relation.base..relation.base + relation.source.width()).contains(column));
        let Some((relation, RelationSource::Table { table, .. })) = owner.map(|relation| (relation, &relation.source))
        else {
            return guess;
        };
        let table = self.environment.catalog.table(*table);
        let size = table_size(table, self.environment.statistics);
        let estimate = Estimate { catalog: self.environment.catalog, table, base: relation.base, rows: size.rows };
        let distinct = estimate.distinct(&Expr::Column(*column));
        (distinct, distinct == size.rows && size.rows > 200.0 || estimate.is_known_unique(*column))
    }

    /// Whether the keys and the right's own conditions hold all of a unique index. (`relation_has_unique_index_for`)
    pub(super) fn is_unique(&self, index: usize, right: &Item, keys: &[(Expr, Expr)]) -> bool {
        let relation = self.relation(index);
        let RelationSource::Table { table, .. } = relation.source else { return false };
        let catalog = self.environment.catalog;
        let fixed = super::access::constants(&right.own);
        let bound = |column: usize| {
            let column = Expr::Column(column + relation.base);
            keys.iter().any(|(_, key)| same(bare(key), &column)) || fixed.iter().any(|known| same(known, &column))
        };
        catalog.table(table).indexes.iter().map(|index| catalog.index(*index)).any(|index| {
            index.unique
                && index.predicate.is_none()
                && index.keys.iter().all(|key| matches!(key.expr, Expr::Column(column) if bound(column)))
        })
    }
}
