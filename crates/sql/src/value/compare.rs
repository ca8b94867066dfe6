//! The order of values: that of PostgreSQL's B-trees, texts byte by byte (collation "C").

use super::Value;
use std::cmp::Ordering;

/// Compares two values of one type, or of two types that have a comparison without a cast (smallint, integer and bigint; date and
/// timestamp). Nulls are last and equal to one another.
pub fn compare(_left: &Value, _right: &Value) -> Ordering {
    todo!()
}

/// A value in that order: for sorting, grouping, DISTINCT and index keys.
#[derive(Clone, Debug)]
pub struct Key(pub Value);

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        compare(&self.0, &other.0)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Key {}
