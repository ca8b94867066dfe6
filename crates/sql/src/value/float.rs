//! Doubles and reals as text.

use crate::error::SqlError;

/// The shortest text that reads back as the same double: `0.1`, `1e+15`, `Infinity`. (`float8out` with `extra_float_digits` 1)
pub fn output(number: f64) -> String {
    match special(number) {
        Some(word) => word.to_string(),
        None => layout_below(&shortest(number), 15),
    }
}

/// The same for a real, which is kept as the double of the same value.
pub fn output_single(number: f64) -> String {
    match special(number) {
        Some(word) => word.to_string(),
        None => layout_below(&shortest_single(number as f32), 6),
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

/// The shortest digits that are nearer to the number than to any other, as `1.5e20`.
fn shortest(number: f64) -> String {
    let bits = number.abs().to_bits();
    let mantissa = u128::from(bits & ((1 << 52) - 1) | 1 << 52);
    let middle = |text: &str| {
        number.abs() >= 9_007_199_254_740_992.0 && in_the_middle(text, mantissa, (bits >> 52) as i32 - 1075)
    };
    settled(
        &format!("{number:e}"),
        17,
        |digits| format!("{number:.digits$e}"),
        |text| text.parse() == Ok(number) && !middle(text),
    )
}

fn shortest_single(number: f32) -> String {
    let bits = number.abs().to_bits();
    let mantissa = u128::from(bits & ((1 << 23) - 1) | 1 << 23);
    let middle = |text: &str| number.abs() >= 16_777_216.0 && in_the_middle(text, mantissa, (bits >> 23) as i32 - 150);
    settled(
        &format!("{number:e}"),
        9,
        |digits| format!("{number:.digits$e}"),
        |text| text.parse() == Ok(number) && !middle(text),
    )
}

/// As many digits as the shortest text has, or the first number of more that will do. Two things set PostgreSQL apart from its neighbours:
/// of two equally near texts it takes the even one, and a text in the very middle between two numbers is for it neither's.
fn settled(shortest: &str, most: usize, digits: impl Fn(usize) -> String, valid: impl Fn(&str) -> bool) -> String {
    let count = shortest.split('e').next().map_or(1, |mantissa| mantissa.bytes().filter(u8::is_ascii_digit).count());
    let mut texts = (count - 1..most).map(digits);
    texts.find(|text| valid(text)).unwrap_or_else(|| shortest.to_string())
}

/// Whether `1.5e20` is half a step above or below `mantissa * 2^exponent`. Both are made odd numbers times a power of two.
fn in_the_middle(text: &str, mantissa: u128, exponent: i32) -> bool {
    let (digits, power) = text.trim_start_matches('-').split_once('e').unwrap_or((text, "0"));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let tens = power.parse::<i32>().unwrap_or(0) - rest.len() as i32;
    let number: u128 = format!("{whole}{rest}").parse().unwrap_or(0);
    // An odd number that large is no number of 54 bits: it is no middle.
    let Some(fives) = u32::try_from(tens).ok().and_then(|tens| 5u128.checked_pow(tens)) else { return false };
    let Some(odd) = number.checked_mul(fives).filter(|odd| *odd > 0) else { return false };
    let decimal = (odd >> odd.trailing_zeros(), odd.trailing_zeros() as i32 + tens);
    [2 * mantissa - 1, 2 * mantissa + 1].into_iter().any(|middle| decimal == (middle, exponent - 1))
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
