//! What joins cost. (PostgreSQL's `final_cost_nestloop`, `final_cost_hashjoin`, `final_cost_mergejoin`)

use super::cost::{Cost, Settings, clamp_rows};
use crate::query::plan::JoinKind;

/// One side of a join.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    pub cost: Cost,
    pub rows: f64,
}

/// What the conditions of a join are like.
#[derive(Clone, Copy, Debug)]
pub struct Conditions {
    pub kind: JoinKind,
    /// Equalities that can be hashed and merged.
    pub keys: f64,
    /// Calls that all conditions cost.
    pub calls: f64,
    /// There are no other conditions.
    pub only_keys: bool,
    /// The part of all pairs that the equalities leave.
    pub selectivity: f64,
    /// No left row needs more than one right row.
    pub one_match: bool,
    /// The part of the left rows that have a right one.
    pub matched: f64,
    /// Right rows such a left row has.
    pub matches: f64,
    /// The part of the right rows that are in one bucket of a hash table.
    pub bucket: f64,
    /// No two left rows have the same key.
    pub left_unique: bool,
    /// The parts of the left and of the right at which a merge begins and ends.
    pub merged: [(f64, f64); 2],
}

impl Settings {
    /// Right rows are kept: what they cost the first time, and each time after.
    pub fn material(&self, side: Side) -> (Cost, Cost) {
        let total = side.cost.total + 2.0 * self.cpu_operator_cost * side.rows;
        let again = Cost { startup: 0.0, total: self.cpu_operator_cost * side.rows };
        (Cost { startup: side.cost.startup, total }, again)
    }

    /// A loop over the right for each row of the left. `again` is what the right costs after the first time; `indexed`: it is searched
    /// for the left row by an index, and `rows` are those of one search.
    pub fn nested_loop(&self, left: Side, right: Side, again: Cost, on: &Conditions, indexed: bool) -> Cost {
        let mut startup = left.cost.startup + right.cost.startup;
        let mut run = left.cost.total - left.cost.startup;
        if left.rows > 1.0 {
            run += (left.rows - 1.0) * again.startup;
        }
        let first = right.cost.total - right.cost.startup;
        let next = again.total - again.startup;
        let calls = on.calls * self.cpu_operator_cost;
        let pairs;
        if on.one_match {
            let mut matched = (left.rows * on.matched).round_ties_even();
            let mut unmatched = left.rows - matched;
            let part = 2.0 / (on.matches + 1.0);
            if indexed {
                pairs = matched * right.rows * part;
                run += first * part + (matched - 1.0).max(0.0) * next * part + unmatched * next / right.rows;
            } else {
                pairs = matched * right.rows * part + unmatched * right.rows;
                run += first;
                if unmatched >= 1.0 {
                    unmatched -= 1.0;
                } else {
                    matched -= 1.0;
                }
                run += matched.max(0.0) * next * part + unmatched * next;
            }
        } else {
            pairs = left.rows * right.rows;
            run += first + (left.rows - 1.0).max(0.0) * next;
        }
        run += (self.cpu_tuple_cost + calls) * pairs;
        if !self.enable_nestloop {
            startup += super::cost::DISABLED;
        }
        Cost { startup, total: startup + run }
    }

    /// The right in a hash table that each left row looks into.
    pub fn hash_join(&self, left: Side, right: Side, on: &Conditions) -> Cost {
        let mut startup = left.cost.startup + right.cost.total;
        let mut run = left.cost.total - left.cost.startup;
        startup += (self.cpu_operator_cost * on.keys + self.cpu_tuple_cost) * right.rows;
        run += self.cpu_operator_cost * on.keys * left.rows;
        let buckets = hash_buckets(right.rows);
        let compare = on.keys * self.cpu_operator_cost;
        let rows = if on.one_match {
            let matched = (left.rows * on.matched).round_ties_even();
            let part = 2.0 / (on.matches + 1.0);
            run += compare * matched * clamp_rows(right.rows * on.bucket * part) * 0.5;
            run += compare * (left.rows - matched) * clamp_rows(right.rows / buckets) * 0.05;
            if on.kind == JoinKind::Anti { left.rows - matched } else { matched }
        } else {
            run += compare * left.rows * clamp_rows(right.rows * on.bucket) * 0.5;
            clamp_rows(on.selectivity * left.rows * right.rows)
        };
        run += (self.cpu_tuple_cost + (on.calls - on.keys).max(0.0) * self.cpu_operator_cost) * rows;
        if !self.enable_hashjoin {
            startup += super::cost::DISABLED;
        }
        Cost { startup, total: startup + run }
    }

    /// Both in the order of the key, side by side.
    pub fn merge_join(&self, left: Side, right: Side, on: &Conditions) -> Cost {
        // Rows before the first pair, and those up to the last one.
        let bounds =
            |side: Side, (start, end): (f64, f64)| ((side.rows * start).round_ties_even(), clamp_rows(side.rows * end));
        let ((left_skip, left_rows), (right_skip, right_rows)) =
            (bounds(left, on.merged[0]), bounds(right, on.merged[1]));
        let split = |side: Side, skip: f64, rows: f64| {
            let run = side.cost.total - side.cost.startup;
            (side.cost.startup + run * (skip / side.rows), run * (rows / side.rows - skip / side.rows))
        };
        let (left_startup, mut run) = split(left, left_skip, left_rows);
        let (right_startup, inner) = split(right, right_skip, right_rows);
        let rows = clamp_rows(on.selectivity * left.rows * right.rows);
        let simple = on.one_match && on.only_keys;
        let rescanned = if on.left_unique || simple { 0.0 } else { (rows - right.rows).max(0.0) };
        let ratio = 1.0 + rescanned / right_rows;
        let bare = inner * ratio;
        let kept = inner + self.cpu_operator_cost * right_rows * ratio;
        run += if self.enable_material && !simple && kept < bare { kept } else { bare };
        let compare = on.keys * self.cpu_operator_cost;
        let mut startup = left_startup + right_startup + compare * (left_skip + right_skip * ratio);
        run += compare * ((left_rows - left_skip) + (right_rows - right_skip) * ratio);
        run += (self.cpu_tuple_cost + (on.calls - on.keys).max(0.0) * self.cpu_operator_cost) * rows;
        if !self.enable_mergejoin {
            startup += super::cost::DISABLED;
        }
        Cost { startup, total: startup + run }
    }

    /// Searching for a left row again, if the answers to those before are kept: `rows` left rows have `distinct` keys.
    /// (`cost_memoize_rescan`)
    pub fn memoized(&self, search: Side, rows: f64, distinct: f64) -> Cost {
        let missed = 1.0 - (1.0 - distinct / rows).max(0.0);
        let kept = self.cpu_tuple_cost + self.cpu_operator_cost * search.rows;
        Cost {
            startup: search.cost.startup * missed + self.cpu_tuple_cost,
            total: search.cost.total * missed + self.cpu_operator_cost + kept,
        }
    }
}

/// Buckets of a hash table. (`ExecChooseHashTableSize`)
pub fn hash_buckets(rows: f64) -> f64 {
    rows.max(1.0).log2().ceil().exp2().max(1024.0)
}
