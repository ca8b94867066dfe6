//! Virtual time in words.

/// A time in milliseconds with the digits that matter at its size: `0.0003 ms`, `0.412 ms`, `41.2 ms`, `1 250 ms`.
pub fn milliseconds(nanos: u64) -> String {
    let micros = nanos / 1000;
    match micros {
        0 if nanos == 0 => "0 ms".into(),
        0..10 => trimmed(nanos / 100, 10_000, 4),
        10..10_000 => trimmed(micros, 1000, 3),
        10_000..1_000_000 => trimmed(micros / 100, 10, 1),
        _ => format!("{} ms", grouped(micros / 1000)),
    }
}

/// `value / per` with at most `digits` decimals and no trailing zeros.
fn trimmed(value: u64, per: u64, digits: usize) -> String {
    let text = format!("{}.{:0digits$}", value / per, value % per);
    format!("{} ms", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Digits in groups of three, with the thin space of the SI.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_the_digits_that_matter_at_its_size() {
        assert_eq!(milliseconds(0), "0 ms");
        assert_eq!(milliseconds(300), "0.0003 ms");
        assert_eq!(milliseconds(412_345), "0.412 ms");
        assert_eq!(milliseconds(1_000_000), "1 ms");
        assert_eq!(milliseconds(41_250_000), "41.2 ms");
        assert_eq!(milliseconds(1_250_000_000), "1\u{202f}250 ms");
    }
}
