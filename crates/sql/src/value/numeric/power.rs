//! Powers and roots.

use super::*;
use crate::error::SqlError;

impl Numeric {
    /// The square root, with at least 16 digits that count. (`numeric_sqrt`)
    pub fn square_root(&self) -> Result<Numeric, SqlError> {
        if self.sign() < 0 {
            return Err(undefined("cannot take square root of a negative number"));
        }
        let (weight, _) = self.leading();
        let root_weight = (weight + 1) * 4 / 2 - 1;
        let scale = (MIN_SIGNIFICANT - root_weight).max(self.scale as i32).clamp(0, MAX_CHOSEN_SCALE) as u32;
        self.square_root_to(scale)
    }

    /// The square root of a number that is not negative, rounded to `scale`.
    pub fn square_root_to(&self, scale: u32) -> Result<Numeric, SqlError> {
        let Some(mantissa) = self.mantissa() else { return Ok(self.clone()) };
        // One digit more than asked for, to round by; the root cut off there tells enough.
        let digits = scale.max(self.scale) + 1;
        let root = (mantissa * power_of_ten(2 * digits - self.scale)).sqrt();
        Ok(Numeric::big(root, digits).rounded(scale as i32))
    }

    /// `self` to the power of `exponent`. (`numeric_power`)
    pub fn power(&self, exponent: &Numeric) -> Result<Numeric, SqlError> {
        if self.is_special() || exponent.is_special() {
            return self.power_special(exponent);
        }
        if self.is_zero() && exponent.sign() < 0 {
            return Err(undefined("zero raised to a negative power is undefined"));
        }
        if exponent.is_integral()
            && let Some(whole) = exponent.to_i64().and_then(|whole| i32::try_from(whole).ok())
        {
            return self.power_whole(whole, MIN_SIGNIFICANT.max(self.scale as i32).min(MAX_CHOSEN_SCALE));
        }
        if self.is_zero() {
            return Ok(Numeric::small(0, MIN_SIGNIFICANT as u32));
        }
        let negative = self.sign() < 0;
        if negative && !exponent.is_integral() {
            let message = "a negative number raised to a non-integer power yields a complex result";
            return Err(undefined(message));
        }
        let odd = exponent.remainder(&Numeric::small(2, 0))?.sign() != 0;
        let estimate = exponent.to_f64() * self.absolute().to_f64().ln();
        if estimate.abs() > 2000.0 * 3.01 {
            return if estimate > 0.0 {
                Err(super::arithmetic::overflow())
            } else {
                Ok(Numeric::small(0, MAX_CHOSEN_SCALE as u32))
            };
        }
        let weight = (estimate * std::f64::consts::LOG10_E) as i32;
        let least = (self.scale as i32).max(exponent.scale as i32);
        let scale = (MIN_SIGNIFICANT - weight).max(least).clamp(0, MAX_CHOSEN_SCALE);
        let precision = (scale + weight.max(0) + 12) as u32;
        let logarithm = self.absolute().logarithm_to(precision + 8)?;
        let power = logarithm.multiply(exponent)?.exponential_to(precision)?.rounded(scale);
        Ok(if negative && odd { power.negated() } else { power })
    }

    /// By squaring, with as many digits as count. (`power_var_int`)
    fn power_whole(&self, exponent: i32, scale: i32) -> Result<Numeric, SqlError> {
        match exponent {
            0 => return Ok(Numeric::small(1, 0).rounded(scale)),
            1 => return Ok(self.rounded(scale)),
            -1 => return Numeric::small(1, 0).divide_to(self, scale as u32),
            2 => return Ok(self.multiply(self)?.rounded(scale)),
            _ if self.is_zero() => return Ok(Numeric::small(0, scale as u32)),
            _ => {}
        }
        let size = f64::from(exponent) * self.decimal_logarithm();
        if size > f64::from(3 * 32767 * 4) {
            return Err(super::arithmetic::overflow());
        }
        if size + 1.0 < f64::from(-scale) || size + 1.0 < f64::from(-MAX_CHOSEN_SCALE) {
            return Ok(Numeric::small(0, scale as u32));
        }
        let significant = 1 + scale + size as i32 + f64::from(exponent).abs().ln() as i32 + 8;
        let mut bits = exponent.unsigned_abs();
        let mut square = self.clone();
        let mut result = if bits & 1 == 1 { self.clone() } else { Numeric::small(1, 0) };
        while bits > 1 {
            bits >>= 1;
            let (weight, _) = square.leading();
            square = square.multiply_to(&square, significant - 2 * weight * 4)?;
            let (weight, _) = square.leading();
            if bits & 1 == 1 {
                let (result_weight, _) = result.leading();
                result = result.multiply_to(&square, significant - (weight + result_weight) * 4)?;
            }
            if weight > 32767 || result.leading().0 > 32767 {
                return if exponent > 0 {
                    Err(super::arithmetic::overflow())
                } else {
                    Ok(Numeric::small(0, scale as u32))
                };
            }
        }
        if exponent < 0 {
            Numeric::small(1, 0).divide_to(&result, scale as u32)
        } else {
            result.rounded(scale).bounded()
        }
    }

    /// The product rounded to `scale`, or exact if that is shorter.
    fn multiply_to(&self, other: &Numeric, scale: i32) -> Result<Numeric, SqlError> {
        let scale = scale.min((self.scale + other.scale) as i32).max(0);
        let product = self.mantissa().unwrap_or_default() * other.mantissa().unwrap_or_default();
        Ok(Numeric::big(product, self.scale + other.scale).rounded(scale))
    }

    fn decimal_logarithm(&self) -> f64 {
        let text = self.mantissa().unwrap_or_default().magnitude().to_string();
        let lead = &text[..text.len().min(16)];
        lead.parse::<f64>().unwrap_or(1.0).log10() + (text.len() - lead.len()) as f64 - f64::from(self.scale)
    }

    /// The natural logarithm. (`numeric_ln`)
    pub fn logarithm(&self) -> Result<Numeric, SqlError> {
        match self.sign() {
            _ if self.is_nan() => return Ok(Numeric::NAN),
            -1 => return Err(SqlError::new("2201E", "cannot take logarithm of a negative number")),
            0 => return Err(SqlError::new("2201E", "cannot take logarithm of zero")),
            _ if self.is_infinite() => return Ok(Numeric::INFINITY),
            _ => {}
        }
        let estimate = (self.decimal_logarithm() * std::f64::consts::LN_10).abs();
        let weight = if estimate == 0.0 { 0 } else { estimate.log10() as i32 };
        let scale = (MIN_SIGNIFICANT - weight).max(self.scale as i32).clamp(0, MAX_CHOSEN_SCALE);
        Ok(self.logarithm_to(scale as u32 + 4)?.rounded(scale))
    }

    /// The natural logarithm of a positive number to about `scale` digits: roots until it is near one, then a series.
    fn logarithm_to(&self, scale: u32) -> Result<Numeric, SqlError> {
        let working = scale + 16;
        let mut number = self.rounded(working as i32);
        let mut doublings = 0;
        if number.is_zero() {
            number = self.clone();
        }
        let (low, high) = (Numeric::small(9, 1), Numeric::small(11, 1));
        while number.compare(&low).is_lt() || number.compare(&high).is_gt() {
            number = number.square_root_to(working)?;
            doublings += 1;
        }
        let one = power_of_ten(working);
        let value = number.rounded(working as i32).mantissa().unwrap_or_default();
        // ln v = 2 artanh((v - 1) / (v + 1))
        let ratio = (&value - &one) * &one / (&value + &one);
        let square = &ratio * &ratio / &one;
        let (mut term, mut sum, mut odd) = (ratio.clone(), ratio, 3u32);
        while !super::is_zero(&term) {
            term = &term * &square / &one;
            sum += &term / odd;
            odd += 2;
        }
        let logarithm = (sum * 2) << doublings;
        Ok(Numeric::big(logarithm, working).rounded(scale as i32))
    }

    /// `e` to the power of this. (`numeric_exp`)
    pub fn exponential(&self) -> Result<Numeric, SqlError> {
        if self.is_special() {
            return Ok(if matches!(self.digits, NegativeInfinity) { Numeric::ZERO } else { self.clone() });
        }
        let estimate = self.to_f64() * std::f64::consts::LOG10_E;
        if estimate.abs() > 2000.0 * 3.0 * std::f64::consts::LOG10_E {
            return if estimate > 0.0 {
                Err(super::arithmetic::overflow())
            } else {
                Ok(Numeric::small(0, MAX_CHOSEN_SCALE as u32))
            };
        }
        let weight = (estimate as i32).clamp(-2000, 2000);
        let scale = (MIN_SIGNIFICANT - weight).max(self.scale as i32).clamp(0, MAX_CHOSEN_SCALE);
        Ok(self.exponential_to((scale + weight.max(0) + 8) as u32)?.rounded(scale))
    }

    fn exponential_to(&self, scale: u32) -> Result<Numeric, SqlError> {
        let halvings = 8 + (self.to_f64().abs().max(1.0).log2() as u32);
        let working = scale + 3 * halvings + 16;
        let one = power_of_ten(working);
        let argument = self.rounded(working as i32).mantissa().unwrap_or_default() >> halvings;
        let (mut term, mut sum, mut count) = (one.clone(), one.clone(), 1u32);
        while !super::is_zero(&term) {
            term = &term * &argument / (&one * count);
            sum += &term;
            count += 1;
        }
        for _ in 0..halvings {
            sum = &sum * &sum / &one;
        }
        Numeric::big(sum, working).rounded(scale as i32).bounded()
    }

    /// The cases of POSIX's `pow` for what is no number.
    fn power_special(&self, exponent: &Numeric) -> Result<Numeric, SqlError> {
        let one = Numeric::small(1, 0);
        if self.compare(&one).is_eq() || exponent.is_zero() {
            return Ok(one);
        }
        if self.is_nan() || exponent.is_nan() {
            return Ok(Numeric::NAN);
        }
        if self.is_zero() && exponent.sign() < 0 {
            return Err(undefined("zero raised to a negative power is undefined"));
        }
        if self.sign() < 0 && !exponent.is_integral() && !exponent.is_infinite() {
            return Err(undefined("a negative number raised to a non-integer power yields a complex result"));
        }
        if exponent.is_infinite() {
            let size = self.absolute().compare(&one);
            return Ok(match size.is_gt() == (exponent.sign() > 0) {
                _ if size.is_eq() => one,
                true => Numeric::INFINITY,
                false => Numeric::ZERO,
            });
        }
        if exponent.sign() < 0 {
            return Ok(Numeric::ZERO);
        }
        let odd = exponent.is_integral() && exponent.remainder(&Numeric::small(2, 0))?.sign() != 0;
        Ok(if self.sign() < 0 && odd { Numeric::NEGATIVE_INFINITY } else { Numeric::INFINITY })
    }
}

fn undefined(message: &str) -> SqlError {
    SqlError::new("2201F", message)
}
