//! Reading and writing.

use super::*;
use crate::error::SqlError;
use std::fmt;

impl Numeric {
    /// Reads what PostgreSQL reads: `-1.50`, `1e-3`, `.5`, `NaN`, `Infinity`, with blanks around.
    pub fn parse(text: &str) -> Result<Numeric, SqlError> {
        let invalid = || SqlError::new("22P02", format!("invalid input syntax for type numeric: \"{text}\""));
        let word = text.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b');
        let (negative, digits) = match word.as_bytes().first() {
            Some(b'-') => (true, &word[1..]),
            Some(b'+') => (false, &word[1..]),
            _ => (false, word),
        };
        match digits.to_ascii_lowercase().as_str() {
            "nan" if digits.len() == word.len() => return Ok(Numeric::NAN),
            "infinity" | "inf" if negative => return Ok(Numeric::NEGATIVE_INFINITY),
            "infinity" | "inf" => return Ok(Numeric::INFINITY),
            _ => {}
        }
        let (mantissa, exponent) = match digits.find(['e', 'E']) {
            Some(at) => (&digits[..at], Some(&digits[at + 1..])),
            None => (digits, None),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + fraction.len() == 0 || !all_digits(whole) || !all_digits(fraction) {
            return Err(invalid());
        }
        let exponent: i64 = match exponent {
            None => 0,
            Some(exponent) => {
                let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if unsigned.is_empty() || !all_digits(unsigned) {
                    return Err(invalid());
                }
                exponent
                    .parse()
                    .ok()
                    .filter(|exponent: &i64| exponent.abs() < i64::from(i32::MAX / 2))
                    .ok_or_else(|| SqlError::new("22003", "value overflows numeric format"))?
            }
        };
        let joined = format!("{whole}{fraction}");
        let sign = if negative { -1 } else { 1 };
        let scale = fraction.len() as i64 - exponent;
        if whole.len() as i64 + exponent > MAX_WHOLE_DIGITS && joined.bytes().any(|digit| digit != b'0') {
            return Err(super::arithmetic::overflow());
        }
        // A number of nothing but places far behind the point is zero by the time it is stored.
        if scale > i64::from(MAX_SCALE) + joined.len() as i64 {
            return Ok(Numeric::small(0, MAX_SCALE));
        }
        let number = match joined.parse::<i128>() {
            Ok(mantissa) => Numeric::small(sign * mantissa, scale.max(0) as u32),
            Err(_) => {
                let mantissa: BigInt = joined.parse().map_err(|_| invalid())?;
                Numeric::big(mantissa * sign, scale.max(0) as u32)
            }
        };
        let number = if scale < 0 && !number.is_zero() {
            Numeric::big(number.mantissa().unwrap_or_default() * power_of_ten(scale.unsigned_abs() as u32), 0)
        } else {
            number
        };
        if number.scale > MAX_SCALE { Ok(number.rounded(MAX_SCALE as i32)) } else { number.bounded() }
    }
}

impl fmt::Display for Numeric {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = match &self.digits {
            Small(mantissa) if self.scale == 0 => return write!(f, "{mantissa}"),
            Small(mantissa) => mantissa.unsigned_abs().to_string(),
            Big(mantissa) => mantissa.magnitude().to_string(),
            NaN => return f.write_str("NaN"),
            Infinity => return f.write_str("Infinity"),
            NegativeInfinity => return f.write_str("-Infinity"),
        };
        if self.sign() < 0 {
            f.write_str("-")?;
        }
        let scale = self.scale as usize;
        if scale == 0 {
            return f.write_str(&digits);
        }
        let padded = format!("{digits:0>width$}", width = scale + 1);
        let (whole, fraction) = padded.split_at(padded.len() - scale);
        write!(f, "{whole}.{fraction}")
    }
}
