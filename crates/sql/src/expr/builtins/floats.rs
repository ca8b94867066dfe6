//! Arithmetic of double precision and real. (`float.c`)

use super::{Answer, division_by_zero, float};
use crate::error::SqlError;
use crate::value::Value;

/// A result, unless it left the range of numbers on the way.
fn checked(result: f64, inputs_infinite: bool, zero_expected: bool) -> Answer {
    if result.is_infinite() && !inputs_infinite {
        return Err(SqlError::new("22003", "value out of range: overflow"));
    }
    if result == 0.0 && !zero_expected {
        return Err(SqlError::new("22003", "value out of range: underflow"));
    }
    Ok(Value::Float(result))
}

fn pair(args: &[Value]) -> (f64, f64) {
    (float(&args[0]), float(&args[1]))
}

fn infinite(left: f64, right: f64) -> bool {
    left.is_infinite() || right.is_infinite()
}

macro_rules! arithmetic {
    ($($double:ident $single:ident $operation:tt $zero:expr;)*) => { $(
        pub fn $double(args: &[Value]) -> Answer {
            let (left, right) = pair(args);
            checked(left $operation right, infinite(left, right), $zero(left, right))
        }

        pub fn $single(args: &[Value]) -> Answer {
            let (left, right) = pair(args);
            let result = (left as f32) $operation (right as f32);
            checked(f64::from(result), infinite(left, right), $zero(left, right))
        }
    )* };
}

arithmetic! {
    add add4 + |_, _| true;
    subtract subtract4 - |_, _| true;
    multiply multiply4 * |left, right| left == 0.0 || right == 0.0;
    quotient quotient4 / |left, right: f64| left == 0.0 || right.is_infinite();
}

pub fn divide(args: &[Value]) -> Answer {
    zero_check(args)?;
    quotient(args)
}

pub fn divide4(args: &[Value]) -> Answer {
    zero_check(args)?;
    quotient4(args)
}

fn zero_check(args: &[Value]) -> Result<(), SqlError> {
    let (left, right) = pair(args);
    if right == 0.0 && !left.is_nan() { Err(division_by_zero()) } else { Ok(()) }
}

pub fn negate(args: &[Value]) -> Answer {
    Ok(Value::Float(-float(&args[0])))
}

pub fn absolute(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).abs()))
}

pub fn round(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).round_ties_even()))
}

pub fn ceiling(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).ceil()))
}

pub fn floor(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).floor()))
}

pub fn truncate(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).trunc()))
}

pub fn sign(args: &[Value]) -> Answer {
    let number = float(&args[0]);
    Ok(Value::Float(if number > 0.0 {
        1.0
    } else if number < 0.0 {
        -1.0
    } else {
        0.0
    }))
}

pub fn square_root(args: &[Value]) -> Answer {
    let number = float(&args[0]);
    if number < 0.0 {
        return Err(SqlError::new("2201F", "cannot take square root of a negative number"));
    }
    checked(number.sqrt(), number.is_infinite(), number == 0.0)
}

pub fn cube_root(args: &[Value]) -> Answer {
    let number = float(&args[0]);
    checked(number.cbrt(), number.is_infinite(), number == 0.0)
}

pub fn power(args: &[Value]) -> Answer {
    let (base, exponent) = pair(args);
    if base == 0.0 && exponent < 0.0 {
        return Err(SqlError::new("2201F", "zero raised to a negative power is undefined"));
    }
    if base < 0.0 && exponent.floor() != exponent {
        let message = "a negative number raised to a non-integer power yields a complex result";
        return Err(SqlError::new("2201F", message));
    }
    checked(base.powf(exponent), infinite(base, exponent), base == 0.0 || infinite(base, exponent))
}

pub fn exponential(args: &[Value]) -> Answer {
    let number = float(&args[0]);
    checked(number.exp(), number.is_infinite(), number.is_infinite())
}

fn logarithm_of(args: &[Value], logarithm: fn(f64) -> f64) -> Answer {
    let number = float(&args[0]);
    if number == 0.0 {
        return Err(SqlError::new("2201E", "cannot take logarithm of zero"));
    }
    if number < 0.0 {
        return Err(SqlError::new("2201E", "cannot take logarithm of a negative number"));
    }
    checked(logarithm(number), number.is_infinite(), number == 1.0)
}

pub fn natural_logarithm(args: &[Value]) -> Answer {
    logarithm_of(args, f64::ln)
}

pub fn decimal_logarithm(args: &[Value]) -> Answer {
    logarithm_of(args, f64::log10)
}

pub fn pi(_: &[Value]) -> Answer {
    Ok(Value::Float(std::f64::consts::PI))
}

pub fn degrees(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]) / (std::f64::consts::PI / 180.0)))
}

pub fn radians(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]) * (std::f64::consts::PI / 180.0)))
}

pub fn sine(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).sin()))
}

pub fn cosine(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).cos()))
}

pub fn tangent(args: &[Value]) -> Answer {
    Ok(Value::Float(float(&args[0]).tan()))
}
