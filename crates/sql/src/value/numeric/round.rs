//! Rounding, cutting off, and the bounds of `numeric(p, s)`.

use super::*;
use crate::error::SqlError;

/// How far to either side of the point `round` and `trunc` go. (`NUMERIC_MAX_RESULT_SCALE`)
const FARTHEST: i32 = 2000;

impl Numeric {
    /// Rounded to `places` digits behind the point, halves away from zero; shown with that many. Negative places round before the point.
    pub fn rounded(&self, places: i32) -> Numeric {
        self.cut(places, divide_rounded_small, divide_rounded)
    }

    /// Cut off after `places` digits behind the point.
    pub fn truncated(&self, places: i32) -> Numeric {
        self.cut(places, i128::checked_div, |dividend, divisor| dividend / divisor)
    }

    fn cut(&self, places: i32, small: fn(i128, i128) -> Option<i128>, big: fn(&BigInt, &BigInt) -> BigInt) -> Numeric {
        let places = places.clamp(-FARTHEST, MAX_SCALE as i32);
        let shown = places.max(0) as u32;
        let dropped = self.scale as i32 - places;
        if let Small(mantissa) = self.digits {
            if mantissa == 0 {
                return Numeric::small(0, shown);
            }
            let cut = if dropped <= 0 {
                shifted(mantissa, dropped.unsigned_abs())
            } else {
                10i128
                    .checked_pow(dropped as u32)
                    .and_then(|divisor| small(mantissa, divisor))
                    .and_then(|cut| shifted(cut, places.min(0).unsigned_abs()))
            };
            if let Some(mantissa) = cut {
                return Numeric::small(mantissa, shown);
            }
        }
        let Some(mantissa) = self.mantissa() else { return self.clone() };
        if dropped <= 0 {
            return Numeric::big(mantissa * power_of_ten(dropped.unsigned_abs()), shown);
        }
        let cut = big(&mantissa, &power_of_ten(dropped as u32)) * power_of_ten(places.min(0).unsigned_abs());
        Numeric::big(cut, shown)
    }

    /// The next whole number above.
    pub fn ceiling(&self) -> Result<Numeric, SqlError> {
        let whole = self.truncated(0);
        if whole.compare(self).is_lt() { whole.add(&Numeric::small(1, 0)) } else { Ok(whole) }
    }

    /// The next whole number below.
    pub fn floor(&self) -> Result<Numeric, SqlError> {
        let whole = self.truncated(0);
        if whole.compare(self).is_gt() { whole.add(&Numeric::small(-1, 0)) } else { Ok(whole) }
    }

    /// Rounded to a column of `numeric(precision, scale)`; 22003 `numeric field overflow` if it has too many digits.
    pub fn fit(&self, precision: u16, scale: i16) -> Result<Numeric, SqlError> {
        if self.is_nan() {
            return Ok(self.clone());
        }
        let fail = |detail: String| Err(SqlError::new("22003", "numeric field overflow").detail(detail));
        if self.is_infinite() {
            return fail(format!("A field with precision {precision}, scale {scale} cannot hold an infinite value."));
        }
        let rounded = self.rounded(i32::from(scale));
        let whole = i32::from(precision) - i32::from(scale);
        let (mantissa, places) = (rounded.mantissa().unwrap_or_default(), rounded.scale as i32);
        if !super::is_zero(&mantissa) {
            let digits = mantissa.magnitude().to_string().len() as i32 - places;
            if digits > whole {
                let bound = if whole == 0 { "1".to_string() } else { format!("10^{whole}") };
                return fail(format!(
                    "A field with precision {precision}, scale {scale} must round to an absolute value less than {bound}."
                ));
            }
        }
        Ok(rounded)
    }

    /// The same number without the zeros at its end. (`trim_scale`)
    pub fn trimmed(&self) -> Numeric {
        let mut best = self.clone();
        while best.scale > 0 {
            let shorter = best.truncated(best.scale as i32 - 1);
            if !shorter.compare(&best).is_eq() {
                break;
            }
            best = shorter;
        }
        best
    }
}
