//! Intervals from text. (`DecodeInterval`, `DecodeISO8601Interval`; manual, 8.5.4 "Interval Input")

use super::input::micros;
use super::interval::Span;
use super::{DAY, HOUR, MINUTE, SECOND};
use crate::error::SqlError;

/// Reads an interval: `1 day`, `1 year 2 mons -3 days 04:05:06`, `@ 2 hours ago`, `P1DT2H`, `90` (seconds).
pub fn interval(text: &str) -> Result<Span, SqlError> {
    let invalid = || SqlError::new("22007", format!("invalid input syntax for type interval: \"{text}\""));
    let out_of_range = || SqlError::new("22015", format!("interval field value out of range: \"{text}\""));
    let lower = text.trim().to_ascii_lowercase();
    let sum = match lower.strip_prefix('p') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 't' | '-')) => iso(rest),
        _ => words(&lower),
    };
    sum.ok_or_else(invalid)?.span().ok_or_else(out_of_range)
}

/// Parts of a span while it is read; fractions of months and days are already smaller units.
#[derive(Default)]
struct Sum {
    months: f64,
    days: f64,
    micros: f64,
    /// Units that have been named: none may be twice.
    seen: Vec<&'static str>,
}

impl Sum {
    /// So many of a unit; what is left of a month is days of a thirtieth, what is left of a day is time.
    fn add(&mut self, count: f64, unit: &str) -> Option<()> {
        let unit = unit_name(unit)?;
        self.see(unit)?;
        match unit {
            "microsecond" => self.micros += count,
            "millisecond" => self.micros += count * 1e3,
            "second" => self.micros += count * SECOND as f64,
            "minute" => self.micros += count * MINUTE as f64,
            "hour" => self.micros += count * HOUR as f64,
            "day" => self.add_days(count),
            "week" => {
                self.days += count.trunc() * 7.0;
                self.add_days(settled(count.fract() * 7.0));
            }
            "month" => {
                self.months += count.trunc();
                self.add_days(settled(count.fract() * 30.0));
            }
            // Years, and what is counted in them.
            "year" => self.months += (count * 12.0).round_ties_even(),
            "decade" => self.months += (count * 120.0).round_ties_even(),
            "century" => self.months += (count * 1200.0).round_ties_even(),
            _ => self.months += (count * 12_000.0).round_ties_even(),
        }
        Some(())
    }

    fn see(&mut self, unit: &'static str) -> Option<()> {
        let new = !self.seen.contains(&unit);
        self.seen.push(unit);
        new.then_some(())
    }

    fn add_days(&mut self, count: f64) {
        self.days += count.trunc();
        self.micros += settled(count.fract() * DAY as f64);
    }

    fn span(&self) -> Option<Span> {
        let bound = f64::from(i32::MAX);
        if self.months.abs() > bound || self.days.abs() > bound || self.micros.abs() > 9.2e18 {
            return None;
        }
        Some(Span { months: self.months as i32, days: self.days as i32, micros: self.micros.round_ties_even() as i64 })
    }
}

/// What a unit is called, of all its names. (`deltatktbl`)
fn unit_name(word: &str) -> Option<&'static str> {
    Some(match word {
        "us" | "usec" | "usecs" | "useconds" | "microsecond" | "microseconds" => "microsecond",
        "ms" | "msec" | "msecs" | "mseconds" | "millisecond" | "milliseconds" => "millisecond",
        "s" | "sec" | "secs" | "second" | "seconds" => "second",
        "m" | "min" | "mins" | "minute" | "minutes" => "minute",
        "h" | "hr" | "hrs" | "hour" | "hours" => "hour",
        "d" | "day" | "days" => "day",
        "w" | "week" | "weeks" => "week",
        "mon" | "mons" | "month" | "months" => "month",
        "y" | "yr" | "yrs" | "year" | "years" => "year",
        "dec" | "decs" | "decade" | "decades" => "decade",
        "c" | "cent" | "century" | "centuries" => "century",
        "mil" | "mils" | "millennia" | "millennium" => "millennium",
        _ => return None,
    })
}

/// Without the dust that a binary fraction leaves.
fn settled(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

/// `1 year 2 mons 3 days 04:05:06 ago`
fn words(text: &str) -> Option<Sum> {
    let mut sum = Sum::default();
    let mut ago = false;
    let mut pending: Option<f64> = None;
    let mut any = false;
    for token in tokens(text) {
        let first = token.as_bytes()[0];
        if token == "@" {
            continue;
        } else if token.contains(':') {
            // A number before a clock counts days: `1 04:05`.
            if let Some(days) = pending.take() {
                sum.add(days, "day")?;
            }
            for unit in ["hour", "minute", "second"] {
                sum.see(unit)?;
            }
            sum.micros += clock(token)?;
        } else if first.is_ascii_alphabetic() {
            if token == "ago" {
                ago = true;
                continue;
            }
            sum.add(pending.take()?, token)?;
        } else {
            if pending.is_some() {
                return None;
            }
            if let Some((years, months)) = year_month(token) {
                sum.months += years * 12.0 + months;
            } else {
                pending = Some(number(token)?);
            }
        }
        any = true;
    }
    if let Some(seconds) = pending {
        sum.add(seconds, "second")?;
    }
    if ago {
        (sum.months, sum.days, sum.micros) = (-sum.months, -sum.days, -sum.micros);
    }
    any.then_some(sum)
}

/// Numbers, words and clocks, with or without blanks between them: `1day` is two.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in text.split(|c: char| c.is_ascii_whitespace() || c == ',') {
        let mut rest = word;
        while !rest.is_empty() {
            let letters = rest.as_bytes()[0].is_ascii_alphabetic();
            let end = rest.find(|c: char| c.is_ascii_alphabetic() != letters).unwrap_or(rest.len());
            tokens.push(&rest[..end]);
            rest = &rest[end..];
        }
    }
    tokens
}

fn number(token: &str) -> Option<f64> {
    let valid = token.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    token.parse().ok().filter(|_| valid)
}

/// `1-2`: a year and two months.
fn year_month(token: &str) -> Option<(f64, f64)> {
    let (sign, rest) = token.strip_prefix('-').map_or((1.0, token), |rest| (-1.0, rest));
    let (years, months) = rest.split_once('-')?;
    let months: f64 = months.parse().ok().filter(|months| (0.0..12.0).contains(months))?;
    Some((sign * number(years)?, sign * months))
}

/// `04:05:06.7`, `-04:05`, in microseconds.
fn clock(token: &str) -> Option<f64> {
    let (sign, rest) = match token.as_bytes()[0] {
        b'-' => (-1.0, &token[1..]),
        b'+' => (1.0, &token[1..]),
        _ => (1.0, token),
    };
    let parts: Vec<&str> = rest.split(':').collect();
    let whole = |part: &str| part.parse::<u32>().ok().map(f64::from);
    let (hours, minutes, seconds) = match parts[..] {
        // `05:06.7` is minutes and seconds.
        [minutes, seconds] if seconds.contains('.') => ("0", minutes, seconds),
        [hours, minutes] => (hours, minutes, "0"),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, ""));
    let (minutes, seconds) = (whole(minutes)?, whole(seconds)?);
    if minutes >= 60.0 || seconds >= 60.0 {
        return None;
    }
    let time = whole(hours)? * HOUR as f64 + minutes * MINUTE as f64 + seconds * SECOND as f64;
    Some(sign * (time + micros(fraction)? as f64))
}

/// `1Y2M3DT4H5M6S`, after the P.
fn iso(text: &str) -> Option<Sum> {
    let mut sum = Sum::default();
    let mut in_time = false;
    let mut rest = text;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('t') {
            (in_time, rest) = (true, after);
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let count = number(&rest[..end])?;
        let unit = match (&rest[end..=end], in_time) {
            ("y", false) => "year",
            ("m", false) => "month",
            ("w", false) => "week",
            ("d", false) => "day",
            ("h", true) => "hour",
            ("m", true) => "minute",
            ("s", true) => "second",
            _ => return None,
        };
        sum.add(count, unit)?;
        rest = &rest[end + 1..];
    }
    Some(sum)
}
