//! What is said of each frame, and how numbers are written in it.

use crate::detector::short;
use crate::scenario::Scenario;
use crate::scene::Run;
use interleave_kernel::Note;
use interleave_node::{Nanos, Outcome, Print, Query, Stream};

/// `1,234,567`
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 row`, `1,200 rows`
pub fn count(value: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(value), if value == 1 { one } else { many })
}

/// `1.08 ms`: three figures that count.
pub fn millis(nanos: Nanos) -> String {
    let ms = nanos as f64 / 1e6;
    match ms {
        ms if ms >= 99.95 => format!("{ms:.0} ms"),
        ms if ms >= 9.995 => format!("{ms:.1} ms"),
        ms => format!("{ms:.2} ms"),
    }
}

fn line(query: &Query) -> String {
    query.asker.line.map_or("The program".into(), |line| format!("Line {line}"))
}

fn text(run: &Run, query: &Query) -> String {
    Note::code(&run.log.texts.get(query.text as usize).map_or(String::new(), |text| short(text)))
}

/// Before anything happens.
pub fn opening(scenario: &Scenario) -> Note {
    let shop = &scenario.shop;
    if shop.empty {
        return Note::new(format!(
            "**The program starts.** The database is empty. The way there and back takes {}.",
            millis(u64::from(scenario.round_trip) * 1_000)
        ));
    }
    Note::new(format!(
        "**The program starts.** The database holds {} on the page and {} elsewhere, {} in all tables. The way there and back takes {}, and the pool may open {}.",
        count(shop.products.into(), "product", "products"),
        grouped(shop.others.into()),
        count(shop.rows(), "row", "rows"),
        millis(u64::from(scenario.round_trip) * 1_000),
        count(scenario.pool.into(), "connection", "connections"),
    ))
}

/// What a program and its packages do before a query leaves is no waiting.
const AT_ONCE: Nanos = 50_000;

/// Whether a query that left then had to wait.
pub fn waits(query: &Query, sent: Nanos) -> bool {
    sent.saturating_sub(query.asked) > AT_ONCE
}

/// A query is asked.
pub fn asked(run: &Run, query: &Query, nth: usize) -> Note {
    let again = if nth > 1 { format!(", for the {} time", ordinal(nth)) } else { String::new() };
    let then = match (query.sent, query.acquired) {
        (Some(sent), _) if !waits(query, sent) => "It leaves at once.",
        (Some(_), Some(acquired)) if acquired > query.asked => "It waits for a connection.",
        (Some(_), _) => "Its connection is busy with another one.",
        _ => "It never leaves.",
    };
    Note::new(format!("**{} asks**{again}: {}. {then}", line(query), text(run, query)))
}

/// A query that waited has its connection and leaves.
pub fn left(run: &Run, query: &Query, number: u32) -> Note {
    let waited = millis(query.sent.unwrap_or(query.asked) - query.asked);
    Note::new(format!(
        "**The query leaves** on connection {}, after {waited} of waiting: {}.",
        number + 1,
        text(run, query)
    ))
}

/// A query is answered.
pub fn answered(query: &Query) -> Note {
    let (Some(answered), sent) = (query.answered, query.sent.unwrap_or(query.asked)) else { return Note::default() };
    let time = millis(answered.saturating_sub(query.asked));
    if let Some(error) = &query.error {
        return Note::new(format!(
            "**The query of {} fails** with {} after {time}.",
            line(query).to_lowercase(),
            Note::code(error)
        ));
    }
    let served = query.ended.zip(query.began).map_or(0, |(ended, began)| ended.saturating_sub(began));
    let mut parts = vec![
        format!("{} on the way", millis(answered.saturating_sub(sent).saturating_sub(served))),
        format!("{} at work", millis(served.saturating_sub(query.waited))),
    ];
    if query.waited > 0 {
        parts.push(format!("{} waiting for a lock", millis(query.waited)));
    }
    if waits(query, sent) {
        parts.insert(0, format!("{} waiting for a connection", millis(sent - query.asked)));
    }
    Note::new(format!(
        "**{} for {}** after {time}: {}.",
        count(query.rows, "row comes", "rows come"),
        line(query).to_lowercase(),
        parts.join(", ")
    ))
}

/// A connection is opened; it can be used.
pub fn opens(number: usize) -> Note {
    Note::new(format!("**Connection {} is opened**: a way there and back, and a process on the server.", number + 1))
}

pub fn ready(number: usize, took: Nanos) -> Note {
    Note::new(format!("**Connection {} is ready** after {}.", number + 1, millis(took)))
}

/// The program writes something.
pub fn printed(print: &Print) -> Note {
    let shown: String = print.text.trim_end().chars().take(80).collect();
    let what = if print.stream == Stream::Stdout { "prints" } else { "writes to stderr" };
    Note::new(format!("**The program {what}** {}", Note::code(&shown)))
}

/// The end; `clock`: when the last thing happened.
pub fn over(run: &Run, clock: Nanos) -> Note {
    let how = match &run.outcome {
        Outcome::Exited { code: 0 } => "Done.".to_owned(),
        Outcome::Exited { code } => format!("The program ends with exit code {code}."),
        Outcome::Threw { message, .. } => format!("The program ends with an error: {}.", Note::code(message)),
        Outcome::Rejected { message, line, .. } => {
            format!("The program cannot be compiled: {} in line {line}.", Note::code(message))
        }
        Outcome::Stopped { message, .. } => message.clone(),
    };
    let totals = &run.totals;
    if totals.queries == 0 {
        return Note::new(format!("**{how}** It has asked the database nothing."));
    }
    let idle = match run.outcome {
        Outcome::Exited { .. } if run.end > clock + 1_000_000_000 => {
            format!(
                " The process itself ends {:.0} s later, when the pool closes its idle connections.",
                (run.end - clock) as f64 / 1e9
            )
        }
        _ => String::new(),
    };
    Note::new(format!(
        "**{how}** {} in {}: {}, {} one after the other.{idle}",
        count(totals.queries.into(), "query", "queries"),
        millis(totals.time),
        count(totals.rows, "row", "rows"),
        count(totals.in_a_row.into(), "way there and back", "ways there and back"),
    ))
}

/// `2nd`
fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", grouped(n as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_people_read_them() {
        assert_eq!([grouped(7), grouped(1_234), grouped(1_234_567)], ["7", "1,234", "1,234,567"]);
        assert_eq!([millis(80_000), millis(12_345_678), millis(281_000_000)], ["0.08 ms", "12.3 ms", "281 ms"]);
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 101, 112].map(ordinal),
            ["1st", "2nd", "3rd", "4th", "11th", "12th", "101st", "112th"]
        );
    }
}
