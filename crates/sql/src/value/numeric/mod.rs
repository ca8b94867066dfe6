//! An arbitrary-precision decimal: a whole number and how many of its digits are behind the point. (PostgreSQL's `numeric.c`)
//!
//! PostgreSQL computes in digits of base 10,000 and keeps what scale a result is shown with; the rules that choose that scale are
//! followed here to the digit. Numbers of up to 38 digits are machine integers.

mod arithmetic;
mod convert;
mod power;
mod round;
mod text;

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// Digits a quotient or root has at least, as far as they count. (`NUMERIC_MIN_SIG_DIGITS`)
const MIN_SIGNIFICANT: i32 = 16;
/// Digits behind the point that arithmetic chooses at most. (`NUMERIC_MAX_DISPLAY_SCALE`)
const MAX_CHOSEN_SCALE: i32 = 1000;
/// Digits behind the point that there can be. (`NUMERIC_DSCALE_MAX`)
const MAX_SCALE: u32 = 16383;
/// Digits before the point that there can be. (`NUMERIC_WEIGHT_MAX`)
const MAX_WHOLE_DIGITS: i64 = 131_072;

/// A decimal, with the scale it is shown in: `1.0` and `1.00` are equal and differ. (`==` on this type tells them apart;
/// [`Numeric::compare`] does not.)
#[derive(Clone, Debug, PartialEq)]
pub struct Numeric {
    digits: Digits,
    /// Digits behind the point. 0 for those that are no numbers.
    scale: u32,
}

#[derive(Clone, Debug, PartialEq)]
enum Digits {
    Small(i128),
    /// Only what does not fit above.
    Big(BigInt),
    NaN,
    Infinity,
    NegativeInfinity,
}

use Digits::{Big, Infinity, NaN, NegativeInfinity, Small};

impl Numeric {
    pub const ZERO: Numeric = Numeric { digits: Small(0), scale: 0 };
    pub const NAN: Numeric = Numeric { digits: NaN, scale: 0 };
    pub const INFINITY: Numeric = Numeric { digits: Infinity, scale: 0 };
    pub const NEGATIVE_INFINITY: Numeric = Numeric { digits: NegativeInfinity, scale: 0 };

    /// `mantissa` with its last `scale` digits behind the point.
    fn small(mantissa: i128, scale: u32) -> Self {
        Numeric { digits: Small(mantissa), scale }
    }

    /// The same for one of any size.
    fn big(mantissa: BigInt, scale: u32) -> Self {
        match mantissa.to_i128() {
            Some(small) => Numeric::small(small, scale),
            None => Numeric { digits: Big(mantissa), scale },
        }
    }

    /// The digits as one whole number, or `None` for NaN and the infinities.
    fn mantissa(&self) -> Option<BigInt> {
        match &self.digits {
            Small(mantissa) => Some(BigInt::from(*mantissa)),
            Big(mantissa) => Some(mantissa.clone()),
            NaN | Infinity | NegativeInfinity => None,
        }
    }

    pub fn is_nan(&self) -> bool {
        matches!(self.digits, NaN)
    }

    pub fn is_infinite(&self) -> bool {
        matches!(self.digits, Infinity | NegativeInfinity)
    }

    fn is_special(&self) -> bool {
        matches!(self.digits, NaN | Infinity | NegativeInfinity)
    }

    pub fn is_zero(&self) -> bool {
        matches!(self.digits, Small(0))
    }

    /// -1, 0 or 1; 0 for NaN.
    pub fn sign(&self) -> i32 {
        match &self.digits {
            Small(mantissa) => mantissa.signum() as i32,
            Big(mantissa) if mantissa.is_negative() => -1,
            Big(_) | Infinity => 1,
            NaN => 0,
            NegativeInfinity => -1,
        }
    }

    /// Digits behind the point.
    pub fn scale(&self) -> u32 {
        self.scale
    }

    /// Whether nothing but zeros is behind the point.
    pub fn is_integral(&self) -> bool {
        match &self.digits {
            Small(_) if self.scale == 0 => true,
            Small(_) | Big(_) => self.truncated(0).compare(self).is_eq(),
            NaN | Infinity | NegativeInfinity => false,
        }
    }

    /// The order of numbers; NaN is equal to itself and above all others.
    pub fn compare(&self, other: &Numeric) -> Ordering {
        if let (Small(left), Small(right)) = (&self.digits, &other.digits) {
            if self.scale == other.scale {
                return left.cmp(right);
            }
            let scale = self.scale.max(other.scale);
            if let (Some(left), Some(right)) =
                (shifted(*left, scale - self.scale), shifted(*right, scale - other.scale))
            {
                return left.cmp(&right);
            }
        }
        match (self.mantissa(), other.mantissa()) {
            (Some(left), Some(right)) => {
                let scale = self.scale.max(other.scale);
                (left * power_of_ten(scale - self.scale)).cmp(&(right * power_of_ten(scale - other.scale)))
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }

    /// Where it stands among those that are no numbers.
    fn rank(&self) -> i32 {
        match self.digits {
            NegativeInfinity => -1,
            Small(_) | Big(_) => 0,
            Infinity => 1,
            NaN => 2,
        }
    }

    /// Which power of ten the first digit that is not zero stands for, and the first digits in base 10,000: their weight and their value.
    /// (Zero for zero, as `select_div_scale` has it.)
    fn leading(&self) -> (i32, i32) {
        let text = match &self.digits {
            Small(0) | NaN | Infinity | NegativeInfinity => return (0, 0),
            Small(mantissa) => {
                let magnitude = mantissa.unsigned_abs();
                let count = magnitude.ilog10() as i32 + 1;
                let exponent = count - 1 - self.scale as i32;
                let weight = exponent.div_euclid(4);
                let wanted = exponent - weight * 4 + 1;
                let first = if count >= wanted {
                    magnitude / 10u128.pow((count - wanted) as u32)
                } else {
                    magnitude * 10u128.pow((wanted - count) as u32)
                };
                return (weight, first as i32);
            }
            Big(mantissa) => mantissa.magnitude().to_string(),
        };
        let exponent = text.len() as i32 - 1 - self.scale as i32;
        let weight = exponent.div_euclid(4);
        let wanted = (exponent - weight * 4 + 1) as usize;
        (weight, text[..wanted].parse().unwrap_or(0))
    }
}

/// `mantissa` times ten to the power of `places`, if that still is a machine integer.
fn shifted(mantissa: i128, places: u32) -> Option<i128> {
    if places == 0 || mantissa == 0 {
        return Some(mantissa);
    }
    mantissa.checked_mul(10i128.checked_pow(places)?)
}

fn power_of_ten(places: u32) -> BigInt {
    BigInt::from(10u32).pow(places)
}

/// `dividend / divisor`, halves away from zero.
fn divide_rounded(dividend: &BigInt, divisor: &BigInt) -> BigInt {
    let quotient = dividend / divisor;
    let remainder: BigInt = (dividend - &quotient * divisor).abs() * 2;
    if remainder < divisor.abs() {
        quotient
    } else if dividend.is_negative() == divisor.is_negative() {
        quotient + 1
    } else {
        quotient - 1
    }
}

/// The same for machine integers.
fn divide_rounded_small(dividend: i128, divisor: i128) -> Option<i128> {
    let quotient = dividend.checked_div(divisor)?;
    let remainder = dividend.checked_rem(divisor)?.unsigned_abs();
    let divisor_size = divisor.unsigned_abs();
    if remainder < divisor_size - remainder {
        Some(quotient)
    } else if (dividend < 0) == (divisor < 0) {
        quotient.checked_add(1)
    } else {
        quotient.checked_sub(1)
    }
}

fn is_zero(mantissa: &BigInt) -> bool {
    mantissa.is_zero()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(text: &str) -> Numeric {
        Numeric::parse(text).expect("a number")
    }

    /// Numbers of few and of very many digits.
    fn any_number() -> impl Strategy<Value = Numeric> {
        "-?[0-9]{1,60}(\\.[0-9]{1,30})?".prop_map(|text| number(&text))
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(one in any_number()) {
            prop_assert_eq!(number(&one.to_string()), one);
        }

        #[test]
        fn a_sum_taken_apart_is_what_it_was_made_of(one in any_number(), other in any_number()) {
            let sum = one.add(&other).expect("in range");
            prop_assert_eq!(sum.subtract(&other).expect("in range").compare(&one), Ordering::Equal);
        }

        #[test]
        fn the_difference_has_the_sign_of_the_order(one in any_number(), other in any_number()) {
            let sign = one.subtract(&other).expect("in range").sign();
            prop_assert_eq!(sign.cmp(&0), one.compare(&other));
        }

        #[test]
        fn quotient_and_remainder_make_the_dividend(one in any_number(), other in any_number()) {
            prop_assume!(!other.is_zero());
            let quotient = one.divide_whole(&other).expect("in range");
            let rest = one.remainder(&other).expect("in range");
            let again = quotient.multiply(&other).and_then(|product| product.add(&rest)).expect("in range");
            prop_assert_eq!(again.compare(&one), Ordering::Equal);
        }
    }

    #[test]
    fn equal_numbers_of_two_scales_are_equal_and_shown_apart() {
        assert_eq!(number("1.0").compare(&number("1.00")), Ordering::Equal);
        assert_ne!(number("1.0"), number("1.00"));
    }

    #[test]
    fn a_number_of_more_than_38_digits_and_one_of_fewer_are_one_kind() {
        let large = number("170141183460469231731687303715884105728");
        assert_eq!(large.subtract(&number("1")).expect("in range"), Numeric::small(i128::MAX, 0));
    }
}
