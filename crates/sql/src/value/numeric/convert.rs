//! To and from machine numbers.

use super::*;

impl From<i64> for Numeric {
    fn from(number: i64) -> Self {
        Numeric::small(i128::from(number), 0)
    }
}

impl From<i32> for Numeric {
    fn from(number: i32) -> Self {
        Numeric::small(i128::from(number), 0)
    }
}

impl From<i128> for Numeric {
    fn from(number: i128) -> Self {
        Numeric::small(number, 0)
    }
}

impl Numeric {
    /// A count of units of ten to the power of minus `scale`: `(1500, 3)` is `1.500`.
    pub fn with_scale(mantissa: i128, scale: u32) -> Self {
        Numeric::small(mantissa, scale)
    }

    /// A double, to its first 15 digits. (`float8_numeric`)
    pub fn from_f64(number: f64) -> Numeric {
        Numeric::from_digits(number, 15)
    }

    /// A real, to its first 6 digits. (`float4_numeric`)
    pub fn from_f32(number: f32) -> Numeric {
        Numeric::from_digits(f64::from(number), 6)
    }

    fn from_digits(number: f64, digits: usize) -> Numeric {
        if number.is_nan() {
            return Numeric::NAN;
        }
        if number.is_infinite() {
            return if number > 0.0 { Numeric::INFINITY } else { Numeric::NEGATIVE_INFINITY };
        }
        let text = format!("{number:.*e}", digits - 1);
        Numeric::parse(&text).map_or(Numeric::NAN, |number| number.trimmed())
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        match &self.digits {
            Small(mantissa) if self.scale == 0 => *mantissa as f64,
            NaN => f64::NAN,
            Infinity => f64::INFINITY,
            NegativeInfinity => f64::NEG_INFINITY,
            // Through text: dividing would round twice.
            _ => self.to_string().parse().unwrap_or(f64::NAN),
        }
    }

    /// The nearest whole number, halves away from zero, if it is one and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.digits {
            Small(mantissa) if self.scale == 0 => i64::try_from(*mantissa).ok(),
            Small(_) | Big(_) => match self.rounded(0).digits {
                Small(mantissa) => i64::try_from(mantissa).ok(),
                _ => None,
            },
            _ => None,
        }
    }

    /// Its digits in base 10,000 without the zeros at both ends, and the power of 10,000 that the first of them counts. None for zero
    /// and for what is no number.
    pub fn base_10_000(&self) -> Option<(i32, Vec<i16>)> {
        let mantissa = self.mantissa().filter(|mantissa| !super::is_zero(mantissa))?;
        let digits = mantissa.magnitude().to_string();
        let kept = digits.trim_end_matches('0');
        // Powers of ten of the last and the first digit, then of the first digit's group.
        let lowest = (digits.len() - kept.len()) as i64 - i64::from(self.scale);
        let highest = lowest + kept.len() as i64 - 1;
        let weight = highest.div_euclid(4);
        let zeros = |count: i64| "0".repeat(count as usize);
        let aligned = zeros(weight * 4 + 3 - highest) + kept + &zeros(lowest - lowest.div_euclid(4) * 4);
        let group = |group: &[u8]| group.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0'));
        Some((weight as i32, aligned.as_bytes().chunks(4).map(group).collect()))
    }

    /// Bytes it takes on a page, without the length in front of it. (Two for the header, two for each digit in base 10,000.)
    pub fn stored_bytes(&self) -> usize {
        let (Some(mantissa), scale) = (self.mantissa(), self.scale as i64) else { return 2 };
        if super::is_zero(&mantissa) {
            return 2;
        }
        let digits = mantissa.magnitude().to_string();
        let kept = digits.trim_end_matches('0');
        let lowest = (digits.len() - kept.len()) as i64 - scale;
        let highest = digits.len() as i64 - 1 - scale;
        let weight = highest.div_euclid(4);
        let short = (-64..=63).contains(&weight) && self.scale <= 63;
        let header = if short { 2 } else { 4 };
        header + 2 * (weight - lowest.div_euclid(4) + 1) as usize
    }
}
