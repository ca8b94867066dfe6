//! Times that are drawn from a seed. All of them are computed in software, so that they are the same on every machine.

use crate::agenda::Micros;
use interleave_kernel::Dice;

/// A number above 0 and no greater than 1, each of 2⁵³ as likely as any other.
fn unit(dice: &mut Dice) -> f64 {
    ((dice.roll() >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

/// An exponentially distributed number with mean 1: the time until the next event of those that have no memory.
pub fn exponential(dice: &mut Dice) -> f64 {
    -libm::log(unit(dice))
}

/// A log-normally distributed number with mean 1 whose logarithm has the standard deviation 1: the median is 0.61, and one in a hundred is
/// longer than 6.2. Many small ones and a long tail, as the times of real queries have.
pub fn log_normal(dice: &mut Dice) -> f64 {
    libm::exp(normal(dice) - 0.5)
}

/// A normally distributed number with mean 0 and standard deviation 1. (Marsaglia, Bray, *A Convenient Method for Generating Normal Variables*,
/// SIAM Review, 1964)
fn normal(dice: &mut Dice) -> f64 {
    loop {
        let (x, y) = (2.0 * unit(dice) - 1.0, 2.0 * unit(dice) - 1.0);
        let square = x * x + y * y;
        if square > 0.0 && square < 1.0 {
            return x * libm::sqrt(-2.0 * libm::log(square) / square);
        }
    }
}

/// So many times the mean, in whole microseconds.
pub fn times(mean: Micros, factor: f64) -> Micros {
    libm::round(mean as f64 * factor) as Micros
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of many, and how many of a thousand are above some bounds.
    fn shape(draw: fn(&mut Dice) -> f64, bounds: [f64; 2]) -> (f64, [usize; 2]) {
        const MANY: usize = 200_000;
        let mut dice = Dice::new(7);
        let drawn: Vec<f64> = (0..MANY).map(|_| draw(&mut dice)).collect();
        let above = bounds.map(|bound| drawn.iter().filter(|&&value| value > bound).count() * 1000 / MANY);
        (drawn.iter().sum::<f64>() / MANY as f64, above)
    }

    #[test]
    fn exponential_times_have_their_mean_and_their_tail() {
        let (mean, above) = shape(exponential, [1.0, 3.0]);
        assert!((0.99..1.01).contains(&mean), "{mean}");
        // e⁻¹ and e⁻³
        assert!((364..=371).contains(&above[0]) && (48..=51).contains(&above[1]), "{above:?}");
    }

    #[test]
    fn log_normal_times_have_their_mean_their_median_and_their_tail() {
        let (mean, above) = shape(log_normal, [0.6065, 6.2]);
        assert!((0.99..1.01).contains(&mean), "{mean}");
        assert!((496..=504).contains(&above[0]) && (9..=11).contains(&above[1]), "{above:?}");
    }

    #[test]
    fn a_time_is_the_same_on_every_machine() {
        let mut dice = Dice::new(1);
        let drawn: Vec<_> = (0..3).map(|_| times(5_000, exponential(&mut dice))).collect();
        let long: Vec<_> = (0..3).map(|_| times(5_000, log_normal(&mut dice))).collect();
        assert_eq!((drawn, long), (vec![2_841, 1_467, 147], vec![444, 4_221, 3_690]));
    }
}
