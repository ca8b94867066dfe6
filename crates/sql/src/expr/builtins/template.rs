//! `to_char` of dates and times: the patterns people use. (Manual, table 9.27 "Template Patterns for Date/Time Formatting")

use super::{Answer, text, times};
use crate::value::datetime::calendar::{Moment, days, iso_week, weekday};
use crate::value::style::Zone;
use crate::value::{Style, Value};

pub fn timestamp(args: &[Value]) -> Answer {
    if let Value::Timestamp(i64::MIN | i64::MAX) = args[0] {
        return Ok(Value::Null);
    }
    write(&times::wall(&args[0], Zone::Utc)?, text(&args[1]), None)
}

pub fn timestamp_tz(args: &[Value], style: &Style) -> Answer {
    let Value::Timestamp(utc) = args[0] else { return Ok(Value::Null) };
    if matches!(utc, i64::MIN | i64::MAX) {
        return Ok(Value::Null);
    }
    write(&times::wall(&args[0], style.zone)?, text(&args[1]), Some((utc, style.zone)))
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// Longest first, so that none is taken for the beginning of another.
const PATTERNS: [&str; 46] = [
    "HH24", "HH12", "YYYY", "IYYY", "SSSS", "MONTH", "Month", "month", "Y,YYY", "YYY", "DDD", "DAY", "Day", "day",
    "MON", "Mon", "mon", "HH", "MI", "SS", "MS", "US", "YY", "IW", "WW", "MM", "DD", "DY", "Dy", "dy", "AM", "PM",
    "am", "pm", "BC", "AD", "CC", "RM", "TZ", "tz", "OF", "ID", "Q", "D", "J", "W",
];

fn write(at: &Moment, pattern: &str, zone: Option<(i64, Zone)>) -> Answer {
    let mut result = String::new();
    let mut rest = pattern;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix('"') {
            let end = after.find('"').unwrap_or(after.len());
            result += &after[..end];
            rest = after.get(end + 1..).unwrap_or("");
            continue;
        }
        let (fill, body) = match rest.strip_prefix("FM").or_else(|| rest.strip_prefix("fm")) {
            Some(body) => (false, body),
            None => (true, rest),
        };
        let known = PATTERNS.iter().find(|known| body.starts_with(**known) || lower_case(body, known));
        let Some(known) = known else {
            result.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let word = field(at, &body[..known.len()], zone);
        let word = if fill { word } else { without_filling(&word) };
        rest = &body[known.len()..];
        if let Some(after) = rest.strip_prefix("th").filter(|_| word.ends_with(|c: char| c.is_ascii_digit())) {
            result += &word;
            result += ordinal(&word);
            rest = after;
        } else {
            result += &word;
        }
    }
    Ok(Value::text(result))
}

/// Numbers may be asked for in small letters.
fn lower_case(text: &str, pattern: &str) -> bool {
    text.len() >= pattern.len()
        && text.is_char_boundary(pattern.len())
        && text[..pattern.len()].eq_ignore_ascii_case(pattern)
        && !matches!(
            pattern.to_ascii_uppercase().as_str(),
            "MONTH" | "MON" | "DAY" | "DY" | "AM" | "PM" | "TZ" | "BC" | "AD"
        )
}

fn without_filling(word: &str) -> String {
    match word.trim_end() {
        word if word.bytes().all(|byte| byte.is_ascii_digit()) => {
            let digits = word.trim_start_matches('0');
            if digits.is_empty() { "0".into() } else { digits.into() }
        }
        word => word.into(),
    }
}

fn ordinal(number: &str) -> &'static str {
    match number.as_bytes() {
        [.., b'1', _] => "th",
        [.., b'1'] => "st",
        [.., b'2'] => "nd",
        [.., b'3'] => "rd",
        _ => "th",
    }
}

fn field(at: &Moment, pattern: &str, zone: Option<(i64, Zone)>) -> String {
    let day = days(at.year, at.month, at.day);
    let year = if at.year > 0 { at.year } else { 1 - at.year };
    let half_day = if at.hour() < 12 { "am" } else { "pm" };
    let cased = |word: &str| match pattern {
        p if p.chars().all(|c| c.is_ascii_uppercase()) => word.to_ascii_uppercase(),
        p if p.starts_with(|c: char| c.is_ascii_uppercase()) => word.to_string(),
        _ => word.to_ascii_lowercase(),
    };
    let month = MONTHS[at.month as usize - 1];
    let weekday_name = DAYS[weekday(day) as usize];
    let day_of_year = day - days(at.year, 1, 1) + 1;
    match pattern.to_ascii_uppercase().as_str() {
        "YYYY" => format!("{year:04}"),
        "YYY" => format!("{:03}", year % 1000),
        "YY" => format!("{:02}", year % 100),
        "Y,YYY" => format!("{},{:03}", year / 1000, year % 1000),
        "IYYY" => format!("{:04}", iso_week(day).0),
        "IW" => format!("{:02}", iso_week(day).1),
        "WW" => format!("{:02}", (day_of_year - 1) / 7 + 1),
        "W" => format!("{}", (at.day - 1) / 7 + 1),
        "MM" => format!("{:02}", at.month),
        "MONTH" => format!("{:9}", cased(month)),
        "MON" => cased(&month[..3]),
        "DD" => format!("{:02}", at.day),
        "DDD" => format!("{day_of_year:03}"),
        "D" => format!("{}", weekday(day) + 1),
        "ID" => format!("{}", (weekday(day) + 6) % 7 + 1),
        "DAY" => format!("{:9}", cased(weekday_name)),
        "DY" => cased(&weekday_name[..3]),
        "HH24" => format!("{:02}", at.hour()),
        "HH" | "HH12" => format!("{:02}", (at.hour() + 11) % 12 + 1),
        "MI" => format!("{:02}", at.minute()),
        "SS" => format!("{:02}", at.second()),
        "MS" => format!("{:03}", at.microsecond() / 1000),
        "US" => format!("{:06}", at.microsecond()),
        "SSSS" => format!("{}", at.time / 1_000_000),
        "AM" | "PM" => cased(half_day),
        "BC" | "AD" => if at.year > 0 { "AD" } else { "BC" }.into(),
        "CC" => format!("{:02}", (year + 99) / 100),
        "Q" => format!("{}", (at.month - 1) / 3 + 1),
        "J" => format!("{}", day - crate::value::datetime::calendar::FIRST_DAY),
        "TZ" => zone.map_or(String::new(), |(utc, zone)| cased(&zone.abbreviation(utc))),
        "OF" => zone.map_or("+00".into(), |(utc, zone)| zone.offset_text(utc)),
        _ => pattern.into(),
    }
}
