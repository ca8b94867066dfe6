//! Arithmetic of smallint, integer and bigint: every overflow is an error.

use super::{Answer, division_by_zero, int, out_of_range, whole};
use crate::error::SqlError;
use crate::value::Value;

fn small(number: Option<i32>) -> Answer {
    match number.and_then(|number| i16::try_from(number).ok()) {
        Some(number) => Ok(Value::Int(number.into())),
        None => Err(out_of_range("smallint")),
    }
}

fn medium(number: Option<i32>) -> Answer {
    number.map(Value::Int).ok_or_else(|| out_of_range("integer"))
}

fn large(number: Option<i64>) -> Answer {
    number.map(Value::BigInt).ok_or_else(|| out_of_range("bigint"))
}

macro_rules! arithmetic {
    ($($small:ident $medium:ident $large:ident $operation:ident;)*) => { $(
        pub fn $small(args: &[Value]) -> Answer {
            small(int(&args[0]).$operation(int(&args[1])))
        }

        pub fn $medium(args: &[Value]) -> Answer {
            medium(int(&args[0]).$operation(int(&args[1])))
        }

        pub fn $large(args: &[Value]) -> Answer {
            large(whole(&args[0]).$operation(whole(&args[1])))
        }
    )* };
}

arithmetic! {
    add2 add4 add8 checked_add;
    subtract2 subtract4 subtract8 checked_sub;
    multiply2 multiply4 multiply8 checked_mul;
}

fn divisor(value: &Value) -> Result<i64, SqlError> {
    match whole(value) {
        0 => Err(division_by_zero()),
        number => Ok(number),
    }
}

pub fn divide2(args: &[Value]) -> Answer {
    small(int(&args[0]).checked_div(divisor(&args[1])? as i32))
}

pub fn divide4(args: &[Value]) -> Answer {
    medium(int(&args[0]).checked_div(divisor(&args[1])? as i32))
}

pub fn divide8(args: &[Value]) -> Answer {
    large(whole(&args[0]).checked_div(divisor(&args[1])?))
}

/// The remainder of smallint and integer. The lowest number by -1 is 0, not an overflow.
pub fn modulo4(args: &[Value]) -> Answer {
    Ok(Value::Int(int(&args[0]).wrapping_rem(divisor(&args[1])? as i32)))
}

pub fn modulo8(args: &[Value]) -> Answer {
    Ok(Value::BigInt(whole(&args[0]).wrapping_rem(divisor(&args[1])?)))
}

pub fn negate2(args: &[Value]) -> Answer {
    small(int(&args[0]).checked_neg())
}

pub fn negate4(args: &[Value]) -> Answer {
    medium(int(&args[0]).checked_neg())
}

pub fn negate8(args: &[Value]) -> Answer {
    large(whole(&args[0]).checked_neg())
}

pub fn absolute2(args: &[Value]) -> Answer {
    small(int(&args[0]).checked_abs())
}

pub fn absolute4(args: &[Value]) -> Answer {
    medium(int(&args[0]).checked_abs())
}

pub fn absolute8(args: &[Value]) -> Answer {
    large(whole(&args[0]).checked_abs())
}

/// Unary plus, of every type.
pub fn same(args: &[Value]) -> Answer {
    Ok(args[0].clone())
}

fn greatest_divisor(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

pub fn gcd4(args: &[Value]) -> Answer {
    let divisor = greatest_divisor(whole(&args[0]).unsigned_abs(), whole(&args[1]).unsigned_abs());
    medium(i32::try_from(divisor).ok())
}

pub fn gcd8(args: &[Value]) -> Answer {
    let divisor = greatest_divisor(whole(&args[0]).unsigned_abs(), whole(&args[1]).unsigned_abs());
    large(i64::try_from(divisor).ok())
}

fn least_multiple(args: &[Value]) -> Option<i64> {
    let (left, right) = (whole(&args[0]).unsigned_abs(), whole(&args[1]).unsigned_abs());
    if left == 0 || right == 0 {
        return Some(0);
    }
    i64::try_from((left / greatest_divisor(left, right)).checked_mul(right)?).ok()
}

pub fn lcm4(args: &[Value]) -> Answer {
    medium(least_multiple(args).and_then(|number| i32::try_from(number).ok()))
}

pub fn lcm8(args: &[Value]) -> Answer {
    large(least_multiple(args))
}
