//! Numbers and times in words.

use interleave_course::memory::{DAY, MINUTE};

/// `1 question`, `3 questions`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// How long until something comes back: `in 10 minutes`, `tomorrow`, `in 3 weeks`.
pub fn until(wait: i64) -> String {
    match wait {
        ..=0 => "now".into(),
        1..DAY if wait < 60 * MINUTE => format!("in {}", count(((wait + MINUTE - 1) / MINUTE) as usize, "minute")),
        1..DAY => format!("in {}", count((wait / (60 * MINUTE)) as usize, "hour")),
        _ => match wait / DAY {
            1 => "tomorrow".into(),
            days @ 2..=13 => format!("in {days} days"),
            days @ 14..=60 => format!("in {} weeks", days / 7),
            days @ 61..=729 => format!("in {} months", days / 30),
            days => format!("in {} years", days / 365),
        },
    }
}

/// The same in a few characters: `10 min`, `3 d`.
pub fn short(wait: i64) -> String {
    match wait {
        _ if wait < 60 * MINUTE => format!("{} min", ((wait + MINUTE - 1) / MINUTE).max(1)),
        _ if wait < DAY => format!("{} h", wait / (60 * MINUTE)),
        _ => match wait / DAY {
            days @ ..=60 => format!("{days} d"),
            days @ 61..=729 => format!("{} mo", days / 30),
            days => format!("{} y", days / 365),
        },
    }
}

/// What a clock shows: `4:05`, `1:04:05`. Begun seconds count.
pub fn clock(milliseconds: i64) -> String {
    let seconds = (milliseconds.max(0) + 999) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A share in per cent: `83 %`.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// How long something took: `40 seconds`, `12 minutes`.
pub fn lasted(milliseconds: u64) -> String {
    let seconds = milliseconds.div_ceil(1000) as usize;
    if seconds < 90 { count(seconds, "second") } else { count(seconds.div_ceil(60), "minute") }
}

/// What a kind of question is called where one chooses among kinds.
pub fn kind(name: &str) -> &'static str {
    match name {
        "choice" => "Single choice",
        "several" => "Several choices",
        "true-false" => "True or false",
        "short" => "Short answer",
        "number" => "Number",
        "output" => "Predict the output",
        "order" => "Put in order",
        "match" => "Match",
        "gap" => "Fill the gaps",
        "anomaly" => "Find the anomaly",
        "lab" => "Do it in the lab",
        _ => "Open, with a rubric",
    }
}

/// What a format of files is called, by its name.
pub fn format(name: &str) -> &str {
    match name {
        "interleave" => "our own TOML",
        "gift" => "GIFT",
        "markdown" => "Markdown",
        // mdbook-quiz writes itself so.
        other => other,
    }
}

/// Every kind, by its name in files.
pub const KINDS: [&str; 12] =
    ["choice", "several", "true-false", "short", "number", "output", "order", "match", "gap", "anomaly", "lab", "open"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_the_unit_that_one_would_use() {
        let waits = [MINUTE, 10 * MINUTE, 90 * MINUTE, DAY, 3 * DAY, 21 * DAY, 100 * DAY, 800 * DAY];
        let words = waits.map(until);
        let wanted =
            ["in 1 minute", "in 10 minutes", "in 1 hour", "tomorrow", "in 3 days", "in 3 weeks", "in 3 months"];
        assert_eq!(words[..7], wanted);
        assert_eq!(words[7], "in 2 years");
        assert_eq!(waits.map(short), ["1 min", "10 min", "1 h", "1 d", "3 d", "21 d", "3 mo", "2 y"]);
        assert_eq!(until(0), "now");
    }

    #[test]
    fn clocks_show_begun_seconds() {
        assert_eq!([0, 1, 59_000, 245_000, 3_845_000].map(clock), ["0:00", "0:01", "0:59", "4:05", "1:04:05"]);
    }

    #[test]
    fn one_is_not_plural() {
        assert_eq!([count(1, "question"), count(0, "question")], ["1 question", "0 questions"]);
        assert_eq!([lasted(40_000), lasted(700_000)], ["40 seconds", "12 minutes"]);
        assert_eq!(percent(0.834), "83 %");
    }
}
