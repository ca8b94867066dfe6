//! What is known of the values of an expression. (PostgreSQL's `selfuncs.c`: `examine_variable` and what asks about it)

use super::size::Statistics;
use crate::catalog::ColumnStatistics;
use crate::query::plan::Oid;
use crate::value::{Value, compare};
use std::cmp::Ordering;

/// What `<`, `<=`, `>` and `>=` leave when nothing is known.
pub const INEQUALITY: f64 = 0.333_333_333_333_333_3;
/// Different values there are thought to be when nothing is known.
const DISTINCT: f64 = 200.0;

/// An expression over one relation.
#[derive(Clone, Copy, Default)]
pub struct Variable<'v> {
    /// What ANALYZE found, if it is a column.
    pub statistics: Option<&'v ColumnStatistics>,
    /// A unique index says that no value is there twice.
    pub unique: bool,
    pub boolean: bool,
    /// Rows of the relation, and those its own conditions leave. None if the relation is not known.
    pub table_rows: f64,
    pub rows: f64,
    /// An index that begins with it and holds all rows.
    pub index: Option<(Oid, &'v dyn Statistics)>,
}

impl Variable<'_> {
    /// The part of the rows that have a null.
    pub fn nulls(&self) -> f64 {
        self.statistics.map_or(0.0, |found| found.nulls)
    }

    /// The most common values.
    pub fn common(&self) -> &[(Value, f64)] {
        self.statistics.map_or(&[], |found| &found.common)
    }

    /// How many values there are, and whether that is no more than a guess. (`get_variable_numdistinct`)
    pub fn distinct(&self) -> (f64, bool) {
        let known = match self.statistics {
            _ if self.unique => self.nulls() - 1.0,
            Some(found) => found.distinct,
            None if self.boolean => 2.0,
            None => 0.0,
        };
        if known > 0.0 {
            (super::cost::clamp_rows(known), false)
        } else if self.table_rows <= 0.0 {
            (DISTINCT, true)
        } else if known < 0.0 {
            (super::cost::clamp_rows(-known * self.table_rows), false)
        } else if self.table_rows < DISTINCT {
            (super::cost::clamp_rows(self.table_rows), false)
        } else {
            (DISTINCT, true)
        }
    }

    /// The part of the rows that have a value, which may not be known yet. (`var_eq_const`, `var_eq_non_const`)
    pub fn equal(&self, value: Option<&Value>) -> f64 {
        if value.is_some_and(Value::is_null) {
            return 0.0;
        }
        if self.unique && self.table_rows >= 1.0 {
            return 1.0 / self.table_rows;
        }
        let (distinct, _) = self.distinct();
        if self.statistics.is_none() {
            return 1.0 / distinct;
        }
        let common = self.common();
        let part = match value {
            Some(value) => match common.iter().find(|(known, _)| compare(known, value).is_eq()) {
                Some((_, part)) => *part,
                None => {
                    let rest = clamp(1.0 - common.iter().map(|(_, part)| part).sum::<f64>() - self.nulls());
                    let others = distinct - common.len() as f64;
                    let part = if others > 1.0 { rest / others } else { rest };
                    common.last().map_or(part, |(_, least)| part.min(*least))
                }
            },
            None => {
                let part = (1.0 - self.nulls()) / distinct.max(1.0);
                common.first().map_or(part, |(_, most)| part.min(*most))
            }
        };
        clamp(part)
    }

    /// The part of the rows that are not equal to a value.
    pub fn unequal(&self, value: Option<&Value>) -> f64 {
        if value.is_some_and(Value::is_null) { 0.0 } else { clamp(1.0 - self.equal(value) - self.nulls()) }
    }

    /// The part of the rows that are less than a value, or greater. (`scalarineqsel`)
    pub fn compared(&self, operator: &str, value: Option<&Value>) -> f64 {
        let Some(value) = value else { return INEQUALITY };
        if value.is_null() {
            return 0.0;
        }
        if self.statistics.is_none() {
            return INEQUALITY;
        }
        let all: f64 = self.common().iter().map(|(_, part)| part).sum();
        let held = self.common().iter().filter(|(known, _)| holds(operator, compare(known, value)));
        let rest = 1.0 - self.nulls() - all;
        clamp(rest * self.in_histogram(operator, value).unwrap_or(0.5) + held.map(|(_, part)| part).sum::<f64>())
    }

    /// The same among the values of the histogram. (`ineq_histogram_selectivity`)
    fn in_histogram(&self, operator: &str, value: &Value) -> Option<f64> {
        let mut bounds = self.statistics?.histogram.clone();
        let last = bounds.len().checked_sub(1).filter(|last| *last > 0)?;
        let (greater, or_equal) = (operator.starts_with('>'), operator.ends_with('='));
        // An index tells what the first and the last value are by now.
        let mut known = false;
        if last == 1
            && let Some((least, greatest)) = self.ends()
        {
            (bounds, known) = (vec![least, greatest], true);
        }
        let (mut from, mut to) = (0, last + 1);
        while from < to {
            let probe = (from + to) / 2;
            if last > 1 && (probe == 0 || probe == last) {
                let ends = self.ends();
                known = ends.is_some();
                if let Some((least, greatest)) = ends {
                    bounds[probe] = if probe == 0 { least } else { greatest };
                }
            }
            if holds(operator, compare(&bounds[probe], value)) != greater {
                from = probe + 1;
            } else {
                to = probe;
            }
        }
        let below = match from {
            0 => 0.0,
            at if at > last => 1.0,
            at => {
                let one = if at == 1 || greater == or_equal {
                    let others = self.distinct().0 - self.common().len() as f64;
                    if others > 1.0 { 1.0 / others } else { 0.0 }
                } else {
                    0.0
                };
                let part = between(&bounds[at - 1], value, &bounds[at]);
                let mut below = ((at - 1) as f64 + part) / last as f64;
                if at == 1 {
                    below += one * (1.0 - part);
                }
                if greater == or_equal { below - one } else { below }
            }
        };
        let part = if greater { 1.0 - below } else { below };
        let least = if known { 0.0 } else { 0.01 / last as f64 };
        Some(part.clamp(least, 1.0 - least))
    }

    fn ends(&self) -> Option<(Value, Value)> {
        let (index, statistics) = self.index?;
        statistics.index_ends(index)
    }

    /// The least and the greatest value. (`get_variable_range`)
    pub fn range(&self) -> Option<(Value, Value)> {
        let found = self.statistics?;
        let sum: f64 = found.common.iter().map(|(_, part)| part).sum();
        let common = if found.histogram.is_empty() && sum + found.nulls <= 0.99999 { &[] } else { &found.common[..] };
        let values = || found.histogram.iter().chain(common.iter().map(|(value, _)| value));
        let least = values().min_by(|left, right| compare(left, right))?;
        let greatest = values().max_by(|left, right| compare(left, right))?;
        Some((least.clone(), greatest.clone()))
    }
}

/// A part is between nothing and all.
pub fn clamp(part: f64) -> f64 {
    part.clamp(0.0, 1.0)
}

fn holds(operator: &str, order: Ordering) -> bool {
    match operator {
        "<" => order.is_lt(),
        "<=" => order.is_le(),
        ">" => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// How far a value is from one bound to the next.
fn between(low: &Value, value: &Value, high: &Value) -> f64 {
    let (Some(low), Some(value), Some(high)) = (scalar(low), scalar(value), scalar(high)) else { return 0.5 };
    if high <= low {
        return 0.5;
    }
    let part = clamp((value - low) / (high - low));
    if part.is_nan() { 0.5 } else { part }
}

/// A value as a number. (`convert_to_scalar`)
fn scalar(value: &Value) -> Option<f64> {
    Some(match value {
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Int(value) => f64::from(*value),
        Value::BigInt(value) | Value::Timestamp(value) => *value as f64,
        Value::Float(value) => *value,
        Value::Numeric(value) => value.to_string().parse().ok()?,
        Value::Date(day) => f64::from(*day) * 86_400_000_000.0,
        Value::Oid(value) => f64::from(*value),
        _ => return None,
    })
}
