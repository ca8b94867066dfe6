//! Arithmetic of numeric. The rules are in [`crate::value::Numeric`].

use super::{Answer, int, numeric, whole};
use crate::error::SqlError;
use crate::value::{Numeric, Value};

pub fn add(args: &[Value]) -> Answer {
    numeric(&args[0]).add(numeric(&args[1])).map(Value::numeric)
}

pub fn subtract(args: &[Value]) -> Answer {
    numeric(&args[0]).subtract(numeric(&args[1])).map(Value::numeric)
}

pub fn multiply(args: &[Value]) -> Answer {
    numeric(&args[0]).multiply(numeric(&args[1])).map(Value::numeric)
}

pub fn divide(args: &[Value]) -> Answer {
    numeric(&args[0]).divide(numeric(&args[1])).map(Value::numeric)
}

pub fn divide_whole(args: &[Value]) -> Answer {
    numeric(&args[0]).divide_whole(numeric(&args[1])).map(Value::numeric)
}

pub fn modulo(args: &[Value]) -> Answer {
    numeric(&args[0]).remainder(numeric(&args[1])).map(Value::numeric)
}

pub fn power(args: &[Value]) -> Answer {
    numeric(&args[0]).power(numeric(&args[1])).map(Value::numeric)
}

pub fn negate(args: &[Value]) -> Answer {
    Ok(Value::numeric(numeric(&args[0]).negated()))
}

pub fn absolute(args: &[Value]) -> Answer {
    Ok(Value::numeric(numeric(&args[0]).absolute()))
}

pub fn sign(args: &[Value]) -> Answer {
    let number = numeric(&args[0]);
    Ok(Value::numeric(if number.is_nan() { Numeric::NAN } else { Numeric::from(number.sign()) }))
}

pub fn round(args: &[Value]) -> Answer {
    Ok(Value::numeric(numeric(&args[0]).rounded(args.get(1).map_or(0, int))))
}

pub fn truncate(args: &[Value]) -> Answer {
    Ok(Value::numeric(numeric(&args[0]).truncated(args.get(1).map_or(0, int))))
}

pub fn ceiling(args: &[Value]) -> Answer {
    numeric(&args[0]).ceiling().map(Value::numeric)
}

pub fn floor(args: &[Value]) -> Answer {
    numeric(&args[0]).floor().map(Value::numeric)
}

pub fn square_root(args: &[Value]) -> Answer {
    numeric(&args[0]).square_root().map(Value::numeric)
}

pub fn exponential(args: &[Value]) -> Answer {
    numeric(&args[0]).exponential().map(Value::numeric)
}

pub fn natural_logarithm(args: &[Value]) -> Answer {
    numeric(&args[0]).logarithm().map(Value::numeric)
}

pub fn scale(args: &[Value]) -> Answer {
    let number = numeric(&args[0]);
    Ok(if number.is_nan() || number.is_infinite() { Value::Null } else { Value::Int(number.scale() as i32) })
}

pub fn trim_scale(args: &[Value]) -> Answer {
    Ok(Value::numeric(numeric(&args[0]).trimmed()))
}

pub fn factorial(args: &[Value]) -> Answer {
    let count = whole(&args[0]);
    if count < 0 {
        return Err(SqlError::new("22003", "factorial of a negative number is undefined"));
    }
    if count > 32_177 {
        return Err(SqlError::new("22003", "value overflows numeric format"));
    }
    let mut product = Numeric::from(1);
    for factor in 2..=count {
        product = product.multiply(&Numeric::from(factor))?;
    }
    Ok(Value::numeric(product))
}

/// Euclid's, with the larger scale. (`gcd_var`)
pub fn greatest_divisor(args: &[Value]) -> Answer {
    gcd(numeric(&args[0]), numeric(&args[1])).map(Value::numeric)
}

fn gcd(left: &Numeric, right: &Numeric) -> Result<Numeric, SqlError> {
    if left.is_nan() || left.is_infinite() || right.is_nan() || right.is_infinite() {
        return Ok(Numeric::NAN);
    }
    let scale = left.scale().max(right.scale());
    let (mut left, mut right) = (left.absolute(), right.absolute());
    while !right.is_zero() {
        (left, right) = (right.clone(), left.remainder(&right)?);
    }
    Ok(left.rounded(scale as i32))
}

pub fn least_multiple(args: &[Value]) -> Answer {
    let (left, right) = (numeric(&args[0]), numeric(&args[1]));
    let divisor = gcd(left, right)?;
    let scale = left.scale().max(right.scale()) as i32;
    if divisor.is_nan() || divisor.is_zero() {
        return Ok(Value::numeric(divisor));
    }
    let multiple = left.divide_whole(&divisor)?.multiply(right)?.absolute();
    Ok(Value::numeric(multiple.rounded(scale)))
}
