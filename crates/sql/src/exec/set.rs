//! INTERSECT and EXCEPT. (`nodeSetOp.c`)

use super::{Row, hash_table};
use crate::query::plan::{AggStrategy, SetOperation};
use crate::value::{Key, Value};
use std::collections::BTreeMap;

/// Rows of two sets, as often as the operation leaves them. The order is that of the strategy.
pub(super) fn combine(
    (kind, all): (SetOperation, bool),
    strategy: AggStrategy,
    left: Vec<Row>,
    right: Vec<Row>,
) -> Vec<Row> {
    let key = |row: &Row| row.values.iter().cloned().map(Key).collect::<Vec<_>>();
    let mut index = BTreeMap::new();
    // What is in the right set alone is never left, and gets no group.
    let mut groups: Vec<(Row, usize, usize)> = Vec::new();
    let mut followed = false;
    for row in left {
        let at = *index.entry(key(&row)).or_insert(groups.len());
        followed = at < groups.len();
        match groups.get_mut(at) {
            Some(group) => group.1 += 1,
            None => groups.push((row, 1, 0)),
        }
    }
    for row in &right {
        if let Some(at) = index.get(&key(row)) {
            groups[*at].2 += 1;
        }
    }
    let order: Vec<usize> = match strategy {
        AggStrategy::Hashed { expected } => {
            let keys = groups.iter().map(|(row, ..)| -> &[Value] { &row.values });
            hash_table::order(keys, expected, followed)
        }
        AggStrategy::Sorted => index.into_values().collect(),
    };
    let times = |left: usize, right: usize| match (kind, all) {
        (SetOperation::Union, true) => left + right,
        (SetOperation::Union, false) => 1,
        (SetOperation::Intersect, true) => left.min(right),
        (SetOperation::Intersect, false) => usize::from(right > 0),
        (SetOperation::Except, true) => left.saturating_sub(right),
        (SetOperation::Except, false) => usize::from(right == 0),
    };
    let copies = |at: usize| {
        let (row, left, right) = &groups[at];
        std::iter::repeat_n(row.clone(), times(*left, *right))
    };
    order.into_iter().flat_map(copies).collect()
}
