//! Numbers, times and places in words.

use crate::draw::time::grouped;
use interleave_queries::{Group, Run, short};

/// Bytes with the digits that matter: `0 B`, `812 B`, `48.2 kB`.
pub fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..100_000 => format!("{}.{} kB", bytes / 1_000, bytes % 1_000 / 100),
        100_000..10_000_000 => format!("{} kB", grouped(bytes / 1_000)),
        _ => format!("{} MB", grouped(bytes / 1_000_000)),
    }
}

/// `1 row`, `1 200 rows`
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(value), if value == 1 { one } else { many })
}

/// `line 9`
pub fn place(line: Option<u32>) -> String {
    line.map_or_else(|| "no line".into(), |line| format!("line {line}"))
}

/// What a group asks, in short.
pub fn asks(run: &Run, group: &Group) -> String {
    run.log.texts.get(group.text as usize).map_or_else(String::new, |text| short(text))
}

/// A part of a whole in hundredths.
pub fn share(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_the_digits_that_matter() {
        let sizes = [0, 812, 48_230, 151_900, 12_000_000].map(bytes);
        assert_eq!(sizes, ["0 B", "812 B", "48.2 kB", "151 kB", "12 MB"]);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([count(1, "row", "rows"), count(0, "row", "rows")], ["1 row", "0 rows"]);
        assert_eq!([place(Some(9)), place(None)], ["line 9", "no line"]);
    }
}
