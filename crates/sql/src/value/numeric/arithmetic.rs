//! `+ - * / %`, and the scales of their results.

use super::*;
use crate::error::SqlError;

impl Numeric {
    /// The sum. Its scale is the larger one.
    pub fn add(&self, other: &Numeric) -> Result<Numeric, SqlError> {
        if let (Small(left), Small(right)) = (&self.digits, &other.digits) {
            let scale = self.scale.max(other.scale);
            let sum = shifted(*left, scale - self.scale)
                .and_then(|left| left.checked_add(shifted(*right, scale - other.scale)?));
            if let Some(sum) = sum {
                return Ok(Numeric::small(sum, scale));
            }
        }
        match (self.mantissa(), other.mantissa()) {
            (Some(left), Some(right)) => {
                let scale = self.scale.max(other.scale);
                let sum = left * power_of_ten(scale - self.scale) + right * power_of_ten(scale - other.scale);
                Numeric::big(sum, scale).bounded()
            }
            _ if self.is_nan() || other.is_nan() || self.rank() * other.rank() < 0 => Ok(Numeric::NAN),
            (None, _) => Ok(self.clone()),
            (_, None) => Ok(other.clone()),
        }
    }

    /// The difference. Its scale is the larger one.
    pub fn subtract(&self, other: &Numeric) -> Result<Numeric, SqlError> {
        self.add(&other.negated())
    }

    pub fn negated(&self) -> Numeric {
        let digits = match &self.digits {
            Small(mantissa) => match mantissa.checked_neg() {
                Some(negated) => Small(negated),
                None => Big(-BigInt::from(*mantissa)),
            },
            Big(mantissa) => return Numeric::big(-mantissa, self.scale),
            NaN => NaN,
            Infinity => NegativeInfinity,
            NegativeInfinity => Infinity,
        };
        Numeric { digits, scale: self.scale }
    }

    pub fn absolute(&self) -> Numeric {
        if self.sign() < 0 { self.negated() } else { self.clone() }
    }

    /// The product, exact: its scale is the sum of the scales.
    pub fn multiply(&self, other: &Numeric) -> Result<Numeric, SqlError> {
        let scale = self.scale + other.scale;
        if let (Small(left), Small(right)) = (&self.digits, &other.digits)
            && let Some(product) = left.checked_mul(*right)
            && scale <= MAX_SCALE
        {
            return Ok(Numeric::small(product, scale));
        }
        match (self.mantissa(), other.mantissa()) {
            (Some(left), Some(right)) => {
                let product = Numeric::big(left * right, scale);
                if scale > MAX_SCALE { product.rounded(MAX_SCALE as i32).bounded() } else { product.bounded() }
            }
            _ => Ok(match self.sign() * other.sign() {
                1 => Numeric::INFINITY,
                -1 => Numeric::NEGATIVE_INFINITY,
                _ => Numeric::NAN,
            }),
        }
    }

    /// The quotient, with at least 16 digits that count. (`select_div_scale`)
    pub fn divide(&self, other: &Numeric) -> Result<Numeric, SqlError> {
        if let Some(answer) = self.divide_special(other)? {
            return Ok(answer);
        }
        self.divide_to(other, self.quotient_scale(other))
    }

    /// The quotient rounded to a scale that is not below `self`'s.
    pub(super) fn divide_to(&self, other: &Numeric, scale: u32) -> Result<Numeric, SqlError> {
        let places = scale + other.scale - self.scale.min(scale + other.scale);
        let less = self.scale.saturating_sub(scale + other.scale);
        if let (Small(left), Small(right)) = (&self.digits, &other.digits)
            && let (Some(left), Some(right)) = (shifted(*left, places), shifted(*right, less))
            && let Some(quotient) = divide_rounded_small(left, right)
        {
            return Ok(Numeric::small(quotient, scale));
        }
        match (self.mantissa(), other.mantissa()) {
            (Some(left), Some(right)) if !super::is_zero(&right) => {
                let quotient = divide_rounded(&(left * power_of_ten(places)), &(right * power_of_ten(less)));
                Numeric::big(quotient, scale).bounded()
            }
            _ => Err(division_by_zero()),
        }
    }

    /// The scale PostgreSQL shows `self / other` with.
    pub(super) fn quotient_scale(&self, other: &Numeric) -> u32 {
        let (weight, first) = self.leading();
        let (other_weight, other_first) = other.leading();
        // With equal first digits the quotient is taken to be below one.
        let quotient_weight = weight - other_weight - i32::from(first <= other_first);
        let scale = (MIN_SIGNIFICANT - quotient_weight * 4).max(self.scale as i32).max(other.scale as i32);
        scale.clamp(0, MAX_CHOSEN_SCALE) as u32
    }

    /// The quotient's whole part. (`div`)
    pub fn divide_whole(&self, other: &Numeric) -> Result<Numeric, SqlError> {
        if let Some(answer) = self.divide_special(other)? {
            return Ok(answer);
        }
        let (Some(left), Some(right)) = (self.mantissa(), other.mantissa()) else { return Ok(Numeric::NAN) };
        let scale = self.scale.max(other.scale);
        let quotient = (left * power_of_ten(scale - self.scale)) / (right * power_of_ten(scale - other.scale));
        Numeric::big(quotient, 0).bounded()
    }

    /// The remainder, with the sign of the dividend. Its scale is the larger one.
    pub fn remainder(&self, other: &Numeric) -> Result<Numeric, SqlError> {
        if self.is_nan() || other.is_nan() {
            return Ok(Numeric::NAN);
        }
        if other.is_zero() {
            return Err(division_by_zero());
        }
        if self.is_infinite() {
            return Ok(Numeric::NAN);
        }
        if other.is_infinite() {
            return Ok(self.clone());
        }
        let scale = self.scale.max(other.scale);
        if let (Small(left), Small(right)) = (&self.digits, &other.digits)
            && let (Some(left), Some(right)) =
                (shifted(*left, scale - self.scale), shifted(*right, scale - other.scale))
        {
            return Ok(Numeric::small(left.checked_rem(right).unwrap_or(0), scale));
        }
        let (Some(left), Some(right)) = (self.mantissa(), other.mantissa()) else { return Ok(Numeric::NAN) };
        Ok(Numeric::big((left * power_of_ten(scale - self.scale)) % (right * power_of_ten(scale - other.scale)), scale))
    }

    /// The quotient where a side is no number, and the error where the divisor is zero.
    fn divide_special(&self, other: &Numeric) -> Result<Option<Numeric>, SqlError> {
        if self.is_nan() || other.is_nan() {
            return Ok(Some(Numeric::NAN));
        }
        if self.is_infinite() {
            return match other.sign() {
                _ if other.is_infinite() => Ok(Some(Numeric::NAN)),
                0 => Err(division_by_zero()),
                sign if sign == self.sign() => Ok(Some(Numeric::INFINITY)),
                _ => Ok(Some(Numeric::NEGATIVE_INFINITY)),
            };
        }
        if other.is_infinite() {
            return Ok(Some(Numeric::ZERO));
        }
        if other.is_zero() {
            return Err(division_by_zero());
        }
        Ok(None)
    }

    /// Itself, unless it has more digits than PostgreSQL stores.
    pub(super) fn bounded(self) -> Result<Numeric, SqlError> {
        if let Big(mantissa) = &self.digits {
            // A bit is a little more than 0.3 digits: whoever is far from the bound need not be counted exactly.
            let whole_digits = (mantissa.bits() as f64 * std::f64::consts::LOG10_2) as i64 + 1 - i64::from(self.scale);
            if whole_digits > MAX_WHOLE_DIGITS {
                return Err(overflow());
            }
        }
        Ok(self)
    }
}

/// 22003 `value overflows numeric format`
pub(super) fn overflow() -> SqlError {
    SqlError::new("22003", "value overflows numeric format")
}

/// 22012 `division by zero`
pub(super) fn division_by_zero() -> SqlError {
    SqlError::new("22012", "division by zero")
}
