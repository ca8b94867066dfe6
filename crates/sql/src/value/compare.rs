//! The order of values: that of PostgreSQL's B-trees, texts byte by byte (collation "C").

use super::Value;
use std::cmp::Ordering;

/// Compares two values of one type, or of two types that have a comparison without a cast (smallint, integer and bigint; date and
/// timestamp). Nulls are last and equal to one another.
pub fn compare(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => left.cmp(right),
        (Value::BigInt(left), Value::BigInt(right)) => left.cmp(right),
        (Value::Int(left), Value::BigInt(right)) => i64::from(*left).cmp(right),
        (Value::BigInt(left), Value::Int(right)) => left.cmp(&i64::from(*right)),
        (Value::Text(left), Value::Text(right)) => left.as_bytes().cmp(right.as_bytes()),
        (Value::Null, Value::Null) | (Value::Void, Value::Void) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::Numeric(left), Value::Numeric(right)) => left.compare(right),
        (Value::Float(left), Value::Float(right)) => floats(*left, *right),
        (Value::Bpchar(left), Value::Bpchar(right)) => {
            left.trim_end_matches(' ').as_bytes().cmp(right.trim_end_matches(' ').as_bytes())
        }
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Timestamp(left), Value::Timestamp(right)) => left.cmp(right),
        (Value::Date(left), Value::Timestamp(right)) => midnight(*left).cmp(&i128::from(*right)),
        (Value::Timestamp(left), Value::Date(right)) => i128::from(*left).cmp(&midnight(*right)),
        (Value::Interval { .. }, Value::Interval { .. }) => span(left).cmp(&span(right)),
        (Value::Tid(page, slot), Value::Tid(other_page, other_slot)) => (page, slot).cmp(&(other_page, other_slot)),
        (Value::Oid(left), Value::Oid(right)) => left.cmp(right),
        (Value::Array(left), Value::Array(right)) | (Value::Record(left), Value::Record(right)) => rows(left, right),
        // Values of two types are never compared: the analyser has cast one of them. An order all the same, so that nothing panics.
        _ => variant(left).cmp(&variant(right)),
    }
}

/// One after the other; of two that begin alike the shorter one is less.
pub fn rows(left: &[Value], right: &[Value]) -> Ordering {
    for (left, right) in left.iter().zip(right) {
        let order = compare(left, right);
        if order.is_ne() {
            return order;
        }
    }
    left.len().cmp(&right.len())
}

/// NaN is equal to itself and above all others; the two zeros are one.
fn floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

/// The microsecond at which a day begins; beyond every timestamp for the infinite ones.
fn midnight(day: i32) -> i128 {
    match day {
        i32::MIN => i128::from(i64::MIN),
        i32::MAX => i128::from(i64::MAX),
        day => i128::from(day) * 86_400_000_000,
    }
}

/// How long an interval is if months have thirty days. (`interval_cmp_value`)
fn span(interval: &Value) -> i128 {
    match interval {
        Value::Interval { months, days, micros } => {
            (i128::from(*months) * 30 + i128::from(*days)) * 86_400_000_000 + i128::from(*micros)
        }
        _ => 0,
    }
}

fn variant(value: &Value) -> u8 {
    match value {
        Value::Bool(_) => 0,
        Value::Int(_) => 1,
        Value::BigInt(_) => 2,
        Value::Float(_) => 3,
        Value::Numeric(_) => 4,
        Value::Text(_) => 5,
        Value::Bpchar(_) => 6,
        Value::Date(_) => 7,
        Value::Timestamp(_) => 8,
        Value::Interval { .. } => 9,
        Value::Tid(..) => 10,
        Value::Oid(_) => 11,
        Value::Array(_) => 12,
        Value::Record(_) => 13,
        Value::Void => 14,
        Value::Null => 15,
    }
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
