//! What is worked out of the counted figures to compare runs.

use crate::draw::chart::number;
use interleave_sql::workload::Figures;

/// Commits a second of virtual time; the clock is in microseconds.
pub fn rate(figures: &Figures, clock: u64) -> f64 {
    f64::from(figures.commits) * 1e6 / clock.max(1) as f64
}

/// Attempts made again, for every hundred commits.
pub fn again(figures: &Figures) -> f64 {
    100.0 * f64::from(figures.retries) / f64::from(figures.commits.max(1))
}

/// Microseconds in milliseconds.
pub fn ms(micros: u32) -> f64 {
    f64::from(micros) / 1000.0
}

/// A mean in milliseconds, given what 95 of a hundred stay within. Less than a twentieth is called next to nothing.
pub fn mean(mean: u32, within: u32) -> String {
    match (mean, within) {
        (0, 0) => "–".into(),
        (0..50, 0..50) => "≈ 0".into(),
        _ => format!("{} ms", number(ms(mean))),
    }
}

/// A mean and what 95 of a hundred stay within: `3.1 ms · 20 ms`.
pub fn mean_and_95(mean: u32, within: u32) -> String {
    let text = self::mean(mean, within);
    if text.ends_with("ms") { format!("{text} · {} ms", number(ms(within))) } else { text }
}

/// A count; a dash for none.
pub fn count(value: u32) -> String {
    if value == 0 { "–".into() } else { number(f64::from(value)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_made_comparable() {
        let figures = Figures { commits: 150, retries: 30, ..Figures::default() };
        assert_eq!((rate(&figures, 2_000_000), again(&figures)), (75.0, 20.0));
        assert_eq!(
            [(3_100, 20_000), (9, 0), (0, 0)].map(|(mean, most)| mean_and_95(mean, most)),
            ["3.1 ms · 20 ms", "≈ 0", "–"]
        );
        assert_eq!((count(0), count(12_000)), ("–".into(), "12\u{202f}000".into()));
    }
}
