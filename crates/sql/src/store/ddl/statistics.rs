//! What ANALYZE finds in a table. Tables are small enough for every row to be in the sample. (`analyze.c`: `do_analyze_rel`,
//! `compute_scalar_stats`)

use crate::catalog::{Column, ColumnStatistics, Table};
use crate::query::plan::Oid;
use crate::store::size::{data_size, layout};
use crate::store::{SessionId, Store};
use crate::value::{Type, Value, compare};
use std::rc::Rc;

/// Entries of a list of common values, and parts of a histogram. (`default_statistics_target`)
const TARGET: usize = 100;
/// Rows PostgreSQL looks at.
const SAMPLE: f64 = 300.0 * TARGET as f64;

impl Store {
    /// Notes how many pages and rows a table has, and what is in its columns. An empty table leaves what was known of them.
    pub(super) fn gather_statistics(&mut self, me: SessionId, oid: Oid) {
        let table = self.table(oid);
        let rows = self.rows_now(me, &table);
        let heap = self.heap(&table);
        let (statistics, all_visible) = (Some((heap.pages(), rows.len() as f64)), heap.visible_pages());
        let mut new = Table { statistics, all_visible, ..(*table).clone() };
        if !rows.is_empty() {
            for (at, column) in new.columns.iter_mut().enumerate().filter(|(_, column)| !column.dropped) {
                column.statistics = Some(Rc::new(describe(column, rows.iter().map(|row| &row[at]))));
            }
        }
        self.redefine_table(me, new);
    }
}

/// What is in a column: its values come in the order of the rows.
fn describe<'v>(column: &Column, values: impl Iterator<Item = &'v Value>) -> ColumnStatistics {
    let (nulls, mut values): (Vec<_>, Vec<_>) =
        values.enumerate().partition(|(_, value): &(usize, &Value)| value.is_null());
    let rows = (nulls.len() + values.len()) as f64;
    let width = width(column.ty, values.iter().map(|(_, value)| *value));
    // Nulls have no place in the order.
    values.iter_mut().enumerate().for_each(|(place, value)| value.0 = place);
    values.sort_by(|(_, left), (_, right)| compare(left, right));
    let nulls = single(nulls.len() as f64 / rows);
    let groups: Vec<&[(usize, &Value)]> =
        values.chunk_by(|(_, left), (_, right)| compare(left, right).is_eq()).collect();
    let mut common: Vec<&[(usize, &Value)]> = groups.iter().copied().filter(|group| group.len() > 1).collect();
    let mut distinct = match common.len() {
        _ if groups.is_empty() => 0.0,
        0 => nulls - 1.0,
        _ => groups.len() as f64,
    };
    // So many values will become more as the table grows.
    if distinct > 0.1 * rows {
        distinct = -(distinct / rows);
    }
    common.sort_by_key(|group| std::cmp::Reverse(group.len()));
    common.truncate(TARGET);
    let kept = worth_keeping(&common.iter().map(|group| group.len()).collect::<Vec<_>>(), distinct, nulls, rows);
    common.truncate(kept);
    let is_common = |group: &&&[(usize, &Value)]| common.iter().any(|common| std::ptr::eq(*common, **group));
    let others: Vec<&Value> = groups
        .iter()
        .filter(|group| !is_common(group))
        .flat_map(|group| group.iter().map(|(_, value)| *value))
        .collect();
    let bounds = (groups.len() - common.len()).min(TARGET + 1);
    let bound = |at: usize| others[at * (others.len() - 1) / (bounds - 1)].clone();
    ColumnStatistics {
        nulls,
        width,
        distinct: single(distinct),
        common: common.iter().map(|group| (group[0].1.clone(), single(group.len() as f64 / rows))).collect(),
        histogram: if bounds < 2 { Vec::new() } else { (0..bounds).map(bound).collect() },
        correlation: correlation(&values),
    }
}

/// How many of the most common values a list keeps. PostgreSQL looks at a sample of large tables, and keeps a value only if it is there so
/// often that this can be no accident: the same values are kept here, though all rows were looked at. (`analyze_mcv_list`)
fn worth_keeping(counts: &[usize], distinct: f64, nulls: f64, rows: f64) -> usize {
    if rows <= SAMPLE {
        return counts.len();
    }
    let in_sample = |count: usize| count as f64 * SAMPLE / rows;
    let distinct = if distinct < 0.0 { -distinct * rows } else { distinct };
    let mut sum: f64 = counts.iter().rev().skip(1).map(|count| in_sample(*count)).sum();
    for kept in (1..=counts.len()).rev() {
        let others = distinct - (kept - 1) as f64;
        let part = (1.0 - sum / SAMPLE - nulls).clamp(0.0, 1.0) / others.max(1.0);
        let all = rows * part;
        let variance = SAMPLE * all * (rows - all) * (rows - SAMPLE) / (rows * rows * (rows - 1.0));
        let expected = SAMPLE * part;
        if in_sample(counts[kept - 1]) > expected + 2.0 * variance.max(0.0).sqrt() + 0.5 {
            return kept;
        }
        sum -= if kept > 1 { in_sample(counts[kept - 2]) } else { 0.0 };
    }
    0
}

/// How well the order of the values is that of the rows.
fn correlation(values: &[(usize, &Value)]) -> f64 {
    let count = values.len() as f64;
    if count < 2.0 {
        return 0.0;
    }
    let sum = (count - 1.0) * count / 2.0;
    let squares = (count - 1.0) * count * (2.0 * count - 1.0) / 6.0;
    let products: f64 = values.iter().enumerate().map(|(place, (row, _))| place as f64 * *row as f64).sum();
    single((count * products - sum * sum) / (count * squares - sum * sum))
}

/// Bytes a value takes where it is stored.
fn width<'v>(ty: Type, values: impl ExactSizeIterator<Item = &'v Value>) -> u32 {
    let count = values.len() as u32;
    match layout(ty).0 {
        Some(width) => width,
        None if count == 0 => 0,
        None => values.map(|value| data_size(std::slice::from_ref(value), std::iter::once(ty))).sum::<u32>() / count,
    }
}

/// The catalog keeps numbers in single precision.
fn single(number: f64) -> f64 {
    f64::from(number as f32)
}
