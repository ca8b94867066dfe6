//! Doubles and reals as text.

use crate::error::SqlError;

/// The shortest text that reads back as the same double: `0.1`, `1e+15`, `Infinity`. (`float8out` with `extra_float_digits` 1)
pub fn output(number: f64) -> String {
    match special(number) {
        Some(word) => word.to_string(),
        None => layout(&format!("{number:e}")),
    }
}

/// The same for a real, which is kept as the double of the same value.
pub fn output_single(number: f64) -> String {
    match special(number) {
        Some(word) => word.to_string(),
        None => layout_below(&format!("{:e}", number as f32), 6),
    }
}

fn special(number: f64) -> Option<&'static str> {
    if number.is_nan() {
        Some("NaN")
    } else if number == f64::INFINITY {
        Some("Infinity")
    } else if number == f64::NEG_INFINITY {
        Some("-Infinity")
    } else {
        None
    }
}

fn layout(scientific: &str) -> String {
    layout_below(scientific, 15)
}

/// Turns `1.5e20` into C's form: plain for exponents from -4 up to `limit`, else with a sign and two digits.
fn layout_below(scientific: &str, limit: i32) -> String {
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    if exponent < -4 || exponent >= limit {
        let direction = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{mantissa}e{direction}{:02}", exponent.abs());
    }
    let digits = mantissa.replace('.', "");
    if exponent < 0 {
        return format!("{sign}0.{}{digits}", "0".repeat((-exponent - 1) as usize));
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        return format!("{sign}{digits}{}", "0".repeat(whole - digits.len()));
    }
    format!("{sign}{}.{}", &digits[..whole], &digits[whole..])
}

/// Reads a double; `name` is the type's for the messages.
pub fn input(text: &str, name: &str) -> Result<f64, SqlError> {
    let invalid = || SqlError::new("22P02", format!("invalid input syntax for type {name}: \"{text}\""));
    let word = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
    let unsigned = word.strip_prefix(['+', '-']).unwrap_or(word);
    match unsigned.to_ascii_lowercase().as_str() {
        "nan" => return Ok(f64::NAN),
        "inf" | "infinity" => return Ok(if word.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY }),
        _ => {}
    }
    if !unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-')) {
        return Err(invalid());
    }
    let number: f64 = word.parse().map_err(|_| invalid())?;
    let digits = unsigned.split(['e', 'E']).next().unwrap_or("");
    let is_zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let (too_large, too_small) = match name {
        "real" => ((number as f32).is_infinite(), (number as f32) == 0.0 && !is_zero),
        _ => (number.is_infinite(), number == 0.0 && !is_zero),
    };
    if too_large || too_small {
        return Err(SqlError::new("22003", format!("\"{word}\" is out of range for type {name}")));
    }
    Ok(if name == "real" { f64::from(number as f32) } else { number })
}
