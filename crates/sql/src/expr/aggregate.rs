//! Aggregate functions. (Manual, 9.21 "Aggregate Functions")

use crate::error::SqlError;
use crate::value::datetime::interval::Span;
use crate::value::{Numeric, Type, Value, compare};
use std::rc::Rc;

/// An aggregate for one type of argument.
#[derive(Debug)]
pub struct Aggregate {
    pub name: &'static str,
    /// Empty for `count(*)`.
    pub args: &'static [Type],
    pub returns: Type,
    /// What an empty group starts from.
    pub start: fn() -> Accumulator,
}

/// The state of one group.
#[derive(Clone, Debug)]
pub enum Accumulator {
    /// `count(*)`
    Rows(i64),
    /// `count(x)`
    Count(i64),
    /// `sum` of smallint and integer.
    SumInt(Option<i64>),
    /// `sum` of bigint and numeric.
    SumNumeric(Option<Numeric>),
    SumFloat {
        sum: Option<f64>,
        single: bool,
    },
    SumInterval(Option<Span>),
    AvgNumeric(Numeric, i64),
    AvgFloat(f64, i64),
    AvgInterval(Span, i64),
    Extreme {
        best: Value,
        greatest: bool,
    },
    /// `bool_and`, `every`; `bool_or`.
    All(Option<bool>),
    Any(Option<bool>),
    /// `bit_and`, `bit_or`, `bit_xor`.
    Bits(Value, fn(i64, i64) -> i64),
    /// `string_agg`
    Text(Option<String>),
    /// `array_agg`: nulls are kept.
    Array(Vec<Value>),
    /// Sum, sum of squares and count, for the variances.
    Spread {
        sum: Numeric,
        squares: Numeric,
        count: i64,
        sample: bool,
        root: bool,
    },
}

use Accumulator::*;

impl Accumulator {
    /// Takes one row's arguments in. Nulls are passed over where PostgreSQL's aggregate passes over them.
    pub fn add(&mut self, args: &[Value]) -> Result<(), SqlError> {
        match self {
            Rows(count) => *count += 1,
            Array(elements) => elements.extend(args.first().cloned()),
            _ => match args {
                [] | [Value::Null, ..] => {}
                [value, rest @ ..] => self.take(value, rest)?,
            },
        }
        Ok(())
    }

    fn take(&mut self, value: &Value, rest: &[Value]) -> Result<(), SqlError> {
        match self {
            Count(count) => *count += 1,
            SumInt(sum) => {
                let total = sum.unwrap_or(0).checked_add(whole(value));
                *sum = Some(total.ok_or_else(|| SqlError::new("22003", "bigint out of range"))?);
            }
            SumNumeric(sum) => {
                *sum = Some(match sum.take() {
                    Some(sum) => sum.add(&numeric(value))?,
                    None => numeric(value),
                });
            }
            SumFloat { sum, single } => {
                let total = sum.unwrap_or(0.0) + float(value);
                let total = if *single { f64::from(total as f32) } else { total };
                check_overflow(total, &[sum.unwrap_or(0.0), float(value)])?;
                *sum = Some(total);
            }
            SumInterval(sum) => *sum = Some(sum.unwrap_or_default().plus(Span::of(value))?),
            AvgNumeric(sum, count) => {
                *sum = sum.add(&numeric(value))?;
                *count += 1;
            }
            AvgFloat(sum, count) => {
                let total = *sum + float(value);
                check_overflow(total, &[*sum, float(value)])?;
                *sum = total;
                *count += 1;
            }
            AvgInterval(sum, count) => {
                *sum = sum.plus(Span::of(value))?;
                *count += 1;
            }
            Extreme { best, greatest } => {
                let order = compare(best, value);
                let stays = if *greatest { order.is_gt() } else { order.is_lt() };
                // Of two equal ones the later is kept, but for `char(n)`. (`numeric_larger`, `bpchar_larger`)
                let equal = order.is_eq() && matches!(value, Value::Bpchar(_));
                if best.is_null() || !(stays || equal) {
                    *best = value.clone();
                }
            }
            All(all) => *all = Some(all.unwrap_or(true) && value.is_true()),
            Any(any) => *any = Some(any.unwrap_or(false) || value.is_true()),
            Bits(bits, combine) => {
                *bits = match (&*bits, value) {
                    (Value::Int(bits), Value::Int(value)) => {
                        Value::Int(combine((*bits).into(), (*value).into()) as i32)
                    }
                    (Value::BigInt(bits), Value::BigInt(value)) => Value::BigInt(combine(*bits, *value)),
                    _ => value.clone(),
                };
            }
            Text(joined) => match (joined, rest.first()) {
                (Some(joined), Some(Value::Text(delimiter))) => {
                    joined.push_str(delimiter);
                    joined.push_str(text(value));
                }
                (Some(joined), _) => joined.push_str(text(value)),
                (joined, _) => *joined = Some(text(value).to_string()),
            },
            Spread { sum, squares, count, .. } => {
                let number = numeric(value);
                *sum = sum.add(&number)?;
                *squares = squares.add(&number.multiply(&number)?)?;
                *count += 1;
            }
            Rows(_) | Array(_) => {}
        }
        Ok(())
    }

    /// The group's value.
    pub fn finish(self) -> Result<Value, SqlError> {
        let or_null = |value: Option<Value>| value.unwrap_or(Value::Null);
        Ok(match self {
            Rows(count) | Count(count) => Value::BigInt(count),
            SumInt(sum) => or_null(sum.map(Value::BigInt)),
            SumNumeric(sum) => or_null(sum.map(Value::numeric)),
            SumFloat { sum, .. } => or_null(sum.map(Value::Float)),
            SumInterval(sum) => or_null(sum.map(Value::from)),
            AvgNumeric(_, 0) | AvgFloat(_, 0) | AvgInterval(_, 0) => Value::Null,
            AvgNumeric(sum, count) => Value::numeric(sum.divide(&Numeric::from(count))?),
            AvgFloat(sum, count) => Value::Float(sum / count as f64),
            AvgInterval(sum, count) => sum.divide(count as f64)?.into(),
            Extreme { best, .. } | Bits(best, _) => best,
            All(truth) | Any(truth) => or_null(truth.map(Value::Bool)),
            Text(joined) => or_null(joined.map(Value::text)),
            Array(elements) if elements.is_empty() => Value::Null,
            Array(elements) => Value::Array(Rc::from(elements)),
            Spread { sum, squares, count, sample, root } => spread(&sum, &squares, count, sample, root)?,
        })
    }
}

/// The variance or its root. (`numeric_stddev_internal`)
fn spread(sum: &Numeric, squares: &Numeric, count: i64, sample: bool, root: bool) -> Result<Value, SqlError> {
    if count == 0 || (sample && count == 1) {
        return Ok(Value::Null);
    }
    let n = Numeric::from(count);
    let numerator = n.multiply(squares)?.subtract(&sum.multiply(sum)?)?;
    if numerator.sign() <= 0 {
        return Ok(Value::numeric(Numeric::ZERO));
    }
    let denominator = n.multiply(&Numeric::from(if sample { count - 1 } else { count }))?;
    let variance = numerator.divide(&denominator)?;
    Ok(Value::numeric(if root { variance.square_root_to(variance.scale())? } else { variance }))
}

fn whole(value: &Value) -> i64 {
    match value {
        Value::Int(number) => i64::from(*number),
        Value::BigInt(number) => *number,
        _ => 0,
    }
}

fn numeric(value: &Value) -> Numeric {
    match value {
        Value::Numeric(number) => (**number).clone(),
        _ => Numeric::from(whole(value)),
    }
}

fn float(value: &Value) -> f64 {
    match value {
        Value::Float(number) => *number,
        _ => 0.0,
    }
}

fn text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        _ => "",
    }
}

fn check_overflow(result: f64, inputs: &[f64]) -> Result<(), SqlError> {
    if result.is_infinite() && inputs.iter().all(|input| input.is_finite()) {
        return Err(SqlError::new("22003", "value out of range: overflow"));
    }
    Ok(())
}

macro_rules! aggregates {
    ($($name:literal ($($arg:ident),*) -> $returns:ident, $start:expr;)*) => {
        &[$(Aggregate { name: $name, args: &[$(Type::$arg),*], returns: Type::$returns, start: || $start },)*]
    };
}

/// Every aggregate, by name.
pub static AGGREGATES: &[Aggregate] = aggregates! {
    "array_agg" (AnyNonArray) -> AnyArray, Array(Vec::new());
    "avg" (Int2) -> Numeric, AvgNumeric(self::Numeric::ZERO, 0);
    "avg" (Int4) -> Numeric, AvgNumeric(self::Numeric::ZERO, 0);
    "avg" (Int8) -> Numeric, AvgNumeric(self::Numeric::ZERO, 0);
    "avg" (Numeric) -> Numeric, AvgNumeric(self::Numeric::ZERO, 0);
    "avg" (Float4) -> Float8, AvgFloat(0.0, 0);
    "avg" (Float8) -> Float8, AvgFloat(0.0, 0);
    "avg" (Interval) -> Interval, AvgInterval(Span::default(), 0);
    "bit_and" (Int2) -> Int2, Bits(Value::Null, |a, b| a & b);
    "bit_and" (Int4) -> Int4, Bits(Value::Null, |a, b| a & b);
    "bit_and" (Int8) -> Int8, Bits(Value::Null, |a, b| a & b);
    "bit_or" (Int2) -> Int2, Bits(Value::Null, |a, b| a | b);
    "bit_or" (Int4) -> Int4, Bits(Value::Null, |a, b| a | b);
    "bit_or" (Int8) -> Int8, Bits(Value::Null, |a, b| a | b);
    "bit_xor" (Int2) -> Int2, Bits(Value::Null, |a, b| a ^ b);
    "bit_xor" (Int4) -> Int4, Bits(Value::Null, |a, b| a ^ b);
    "bit_xor" (Int8) -> Int8, Bits(Value::Null, |a, b| a ^ b);
    "bool_and" (Bool) -> Bool, All(None);
    "bool_or" (Bool) -> Bool, Any(None);
    "count" () -> Int8, Rows(0);
    "count" (Any) -> Int8, Count(0);
    "every" (Bool) -> Bool, All(None);
    "max" (Int8) -> Int8, Extreme { best: Value::Null, greatest: true };
    "max" (Int4) -> Int4, Extreme { best: Value::Null, greatest: true };
    "max" (Int2) -> Int2, Extreme { best: Value::Null, greatest: true };
    "max" (Oid) -> Oid, Extreme { best: Value::Null, greatest: true };
    "max" (Float4) -> Float4, Extreme { best: Value::Null, greatest: true };
    "max" (Float8) -> Float8, Extreme { best: Value::Null, greatest: true };
    "max" (Numeric) -> Numeric, Extreme { best: Value::Null, greatest: true };
    "max" (Date) -> Date, Extreme { best: Value::Null, greatest: true };
    "max" (Timestamp) -> Timestamp, Extreme { best: Value::Null, greatest: true };
    "max" (TimestampTz) -> TimestampTz, Extreme { best: Value::Null, greatest: true };
    "max" (Interval) -> Interval, Extreme { best: Value::Null, greatest: true };
    "max" (Text) -> Text, Extreme { best: Value::Null, greatest: true };
    "max" (Bpchar) -> Bpchar, Extreme { best: Value::Null, greatest: true };
    "max" (Tid) -> Tid, Extreme { best: Value::Null, greatest: true };
    "max" (Xid8) -> Xid8, Extreme { best: Value::Null, greatest: true };
    "max" (AnyArray) -> AnyArray, Extreme { best: Value::Null, greatest: true };
    "min" (Int8) -> Int8, Extreme { best: Value::Null, greatest: false };
    "min" (Int4) -> Int4, Extreme { best: Value::Null, greatest: false };
    "min" (Int2) -> Int2, Extreme { best: Value::Null, greatest: false };
    "min" (Oid) -> Oid, Extreme { best: Value::Null, greatest: false };
    "min" (Float4) -> Float4, Extreme { best: Value::Null, greatest: false };
    "min" (Float8) -> Float8, Extreme { best: Value::Null, greatest: false };
    "min" (Numeric) -> Numeric, Extreme { best: Value::Null, greatest: false };
    "min" (Date) -> Date, Extreme { best: Value::Null, greatest: false };
    "min" (Timestamp) -> Timestamp, Extreme { best: Value::Null, greatest: false };
    "min" (TimestampTz) -> TimestampTz, Extreme { best: Value::Null, greatest: false };
    "min" (Interval) -> Interval, Extreme { best: Value::Null, greatest: false };
    "min" (Text) -> Text, Extreme { best: Value::Null, greatest: false };
    "min" (Bpchar) -> Bpchar, Extreme { best: Value::Null, greatest: false };
    "min" (Tid) -> Tid, Extreme { best: Value::Null, greatest: false };
    "min" (Xid8) -> Xid8, Extreme { best: Value::Null, greatest: false };
    "min" (AnyArray) -> AnyArray, Extreme { best: Value::Null, greatest: false };
    "stddev" (Int8) -> Numeric, deviation(true, true);
    "stddev" (Int4) -> Numeric, deviation(true, true);
    "stddev" (Int2) -> Numeric, deviation(true, true);
    "stddev" (Numeric) -> Numeric, deviation(true, true);
    "stddev_pop" (Int8) -> Numeric, deviation(false, true);
    "stddev_pop" (Int4) -> Numeric, deviation(false, true);
    "stddev_pop" (Int2) -> Numeric, deviation(false, true);
    "stddev_pop" (Numeric) -> Numeric, deviation(false, true);
    "stddev_samp" (Int8) -> Numeric, deviation(true, true);
    "stddev_samp" (Int4) -> Numeric, deviation(true, true);
    "stddev_samp" (Int2) -> Numeric, deviation(true, true);
    "stddev_samp" (Numeric) -> Numeric, deviation(true, true);
    "string_agg" (Text, Text) -> Text, Text(None);
    "sum" (Int8) -> Numeric, SumNumeric(None);
    "sum" (Int4) -> Int8, SumInt(None);
    "sum" (Int2) -> Int8, SumInt(None);
    "sum" (Float4) -> Float4, SumFloat { sum: None, single: true };
    "sum" (Float8) -> Float8, SumFloat { sum: None, single: false };
    "sum" (Interval) -> Interval, SumInterval(None);
    "sum" (Numeric) -> Numeric, SumNumeric(None);
    "var_pop" (Int8) -> Numeric, deviation(false, false);
    "var_pop" (Int4) -> Numeric, deviation(false, false);
    "var_pop" (Int2) -> Numeric, deviation(false, false);
    "var_pop" (Numeric) -> Numeric, deviation(false, false);
    "var_samp" (Int8) -> Numeric, deviation(true, false);
    "var_samp" (Int4) -> Numeric, deviation(true, false);
    "var_samp" (Int2) -> Numeric, deviation(true, false);
    "var_samp" (Numeric) -> Numeric, deviation(true, false);
    "variance" (Int8) -> Numeric, deviation(true, false);
    "variance" (Int4) -> Numeric, deviation(true, false);
    "variance" (Int2) -> Numeric, deviation(true, false);
    "variance" (Numeric) -> Numeric, deviation(true, false);
};

fn deviation(sample: bool, root: bool) -> Accumulator {
    Spread { sum: Numeric::ZERO, squares: Numeric::ZERO, count: 0, sample, root }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str, arg: Type, values: &[Value]) -> Value {
        let aggregate =
            AGGREGATES.iter().find(|aggregate| aggregate.name == name && aggregate.args.first() == Some(&arg));
        let mut state = (aggregate.expect("an aggregate").start)();
        for value in values {
            state.add(std::slice::from_ref(value)).expect("no overflow");
        }
        state.finish().expect("a value")
    }

    #[test]
    fn are_sorted_by_name_so_that_they_are_found() {
        assert!(AGGREGATES.is_sorted_by(|left, right| left.name <= right.name));
    }

    #[test]
    fn the_sum_of_integers_is_a_bigint_and_of_nothing_null() {
        let values = [Value::Int(i32::MAX), Value::Null, Value::Int(1)];
        assert_eq!(run("sum", Type::Int4, &values), Value::BigInt(2_147_483_648));
        assert_eq!(run("sum", Type::Int4, &[Value::Null]), Value::Null);
    }

    #[test]
    fn the_average_of_integers_has_sixteen_digits_that_count() {
        let average = run("avg", Type::Int4, &[Value::Int(1), Value::Int(2), Value::Int(2)]);
        assert_eq!(average, Value::numeric(Numeric::parse("1.6666666666666667").expect("a number")));
    }

    #[test]
    fn a_copy_of_a_state_goes_on_by_itself() {
        let mut one = Accumulator::Rows(0);
        one.add(&[]).expect("no overflow");
        let mut other = one.clone();
        other.add(&[]).expect("no overflow");
        assert_eq!((one.finish(), other.finish()), (Ok(Value::BigInt(1)), Ok(Value::BigInt(2))));
    }
}
