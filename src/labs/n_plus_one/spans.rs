//! Bars along a time axis. Those that nobody could tell apart become one, so that ten thousand of them are a path of a few hundred.

use interleave_queries::Nanos;
use std::fmt::Write;

/// Units of the whole axis.
pub const WIDTH: f64 = 1000.0;
/// A bar is no narrower: it happened.
const LEAST: f64 = 1.6;
/// Bars nearer than this are drawn as one. It is about half a pixel.
const GAP: f64 = 0.7;

/// A time axis that begins at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub end: Nanos,
}

impl Scale {
    /// Where a time is, in units.
    pub fn x(self, at: Nanos) -> f64 {
        at.min(self.end) as f64 / self.end.max(1) as f64 * WIDTH
    }

    /// Round times along the axis, at most so many beside 0.
    pub fn ticks(self, most: u32) -> Vec<Nanos> {
        let least = self.end.div_ceil(u64::from(most.max(1))).max(1);
        let mut power = 1;
        while power * 10 <= least {
            power *= 10;
        }
        let step =
            [1, 2, 5, 10].map(|digit| digit * power).into_iter().find(|step| *step >= least).unwrap_or(power * 10);
        (0..=self.end / step).map(|tick| tick * step).collect()
    }
}

/// From one time to another.
pub type Span = (Nanos, Nanos);

/// The bars of spans, in units: in order, none too narrow to be seen, none too near to the next.
pub fn bars(scale: Scale, mut spans: Vec<Span>) -> Vec<(f64, f64)> {
    spans.sort_unstable();
    let mut bars: Vec<(f64, f64)> = Vec::new();
    for (from, until) in spans {
        let from = scale.x(from);
        let until = scale.x(until).max(from + LEAST);
        match bars.last_mut() {
            Some(last) if from - last.1 < GAP => last.1 = last.1.max(until),
            _ => bars.push((from, until)),
        }
    }
    bars
}

/// Bars as one path, between two heights.
pub fn path(bars: &[(f64, f64)], top: f64, bottom: f64) -> String {
    let mut path = String::new();
    for (from, until) in bars {
        let _ = write!(path, "M{from:.1} {top}H{until:.1}V{bottom}H{from:.1}z"); // a String takes everything
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        let ticks = |end| Scale { end }.ticks(6);
        assert_eq!(ticks(281), [0, 50, 100, 150, 200, 250]);
        assert_eq!(ticks(12), [0, 2, 4, 6, 8, 10, 12]);
        assert_eq!(ticks(0), [0]);
        assert_eq!(ticks(60), [0, 10, 20, 30, 40, 50, 60]);
        for end in 1..5_000 {
            assert!((1..=7).contains(&ticks(end).len()), "{end}");
        }
    }

    #[test]
    fn what_nobody_can_tell_apart_is_one_bar() {
        let scale = Scale { end: 10_000 };
        assert_eq!(bars(scale, vec![(2_000, 3_000), (0, 1_000)]), [(0.0, 100.0), (200.0, 300.0)]);
        assert_eq!(bars(scale, vec![(0, 1_000), (1_005, 2_000)]), [(0.0, 200.0)]);
        assert_eq!(bars(scale, vec![(0, 5_000), (100, 200)]), [(0.0, 500.0)], "one inside of another");
        assert_eq!(bars(scale, vec![(5_000, 5_000)]), [(500.0, 501.6)], "as narrow as can be seen");
        let many = (0..100_000).map(|at| (at * 10, at * 10 + 1)).collect();
        assert!(bars(Scale { end: 1_000_000 }, many).len() < 800);
    }

    #[test]
    fn a_path_goes_around_each_bar() {
        assert_eq!(path(&[(0.0, 10.0), (20.0, 21.25)], 3.0, 13.0), "M0.0 3H10.0V13H0.0zM20.0 3H21.2V13H20.0z");
        assert_eq!(path(&[], 0.0, 1.0), "");
    }
}
