//! Dates and times from text. (`DecodeDateTime`; manual, appendix B.1 "Date/Time Input Interpretation")
//!
//! `now`, `today` and their like need a clock, which reading has not: they are refused.

use super::calendar::{self, Moment, days_in_month};
use super::output::{MONTHS, WEEKDAYS};
use super::{HOUR, MINUTE, SECOND};
use crate::error::SqlError;
use crate::value::input::is_blank;
use crate::value::style::{DateOrder, Style, Zone};

/// What a text said.
enum Reading {
    Infinity,
    NegativeInfinity,
    Moment { at: Moment, zone: Option<ReadZone> },
}

/// The time zone that was written with it.
enum ReadZone {
    /// Microseconds east of Greenwich.
    Offset(i64),
    Named(Zone),
}

/// Why a text is no date.
enum Fault {
    Syntax,
    /// A month or day that no calendar has: perhaps they are in the other order.
    MonthOrDay,
    Field,
    Zone(String),
    Clock(String),
    ZoneField,
}

/// Reads a date: days since 2000-01-01.
pub fn date(text: &str, style: &Style) -> Result<i32, SqlError> {
    match read(text, style).map_err(|fault| fault.error(text, "date"))? {
        Reading::Infinity => Ok(i32::MAX),
        Reading::NegativeInfinity => Ok(i32::MIN),
        Reading::Moment { at, .. } => {
            let days = calendar::days(at.year, at.month, at.day);
            if !calendar::date_in_range(days) {
                return Err(SqlError::new("22008", format!("date out of range: \"{text}\"")));
            }
            Ok(days as i32)
        }
    }
}

/// Reads a timestamp; a time zone in it is passed over.
pub fn timestamp(text: &str, style: &Style) -> Result<i64, SqlError> {
    match read(text, style).map_err(|fault| fault.error(text, "timestamp"))? {
        Reading::Infinity => Ok(i64::MAX),
        Reading::NegativeInfinity => Ok(i64::MIN),
        Reading::Moment { at, .. } => at.micros().ok_or_else(|| out_of_range(text)),
    }
}

/// Reads a timestamp with time zone: microseconds in UTC.
pub fn timestamp_tz(text: &str, style: &Style) -> Result<i64, SqlError> {
    match read(text, style).map_err(|fault| fault.error(text, "timestamp with time zone"))? {
        Reading::Infinity => Ok(i64::MAX),
        Reading::NegativeInfinity => Ok(i64::MIN),
        Reading::Moment { at, zone } => {
            let local = at.micros().ok_or_else(|| out_of_range(text))?;
            let utc = match zone {
                Some(ReadZone::Offset(east)) => local - east,
                Some(ReadZone::Named(zone)) => zone.to_utc(local),
                None => style.zone.to_utc(local),
            };
            if calendar::timestamp_in_range(utc) { Ok(utc) } else { Err(out_of_range(text)) }
        }
    }
}

fn out_of_range(text: &str) -> SqlError {
    SqlError::new("22008", format!("timestamp out of range: \"{text}\""))
}

impl Fault {
    /// (`DateTimeParseError`)
    fn error(self, text: &str, ty: &str) -> SqlError {
        match self {
            Fault::Syntax => SqlError::new("22007", format!("invalid input syntax for type {ty}: \"{text}\"")),
            Fault::Field => SqlError::new("22008", format!("date/time field value out of range: \"{text}\"")),
            Fault::MonthOrDay => SqlError::new("22008", format!("date/time field value out of range: \"{text}\""))
                .hint("Perhaps you need a different \"datestyle\" setting."),
            Fault::Zone(name) => SqlError::new("22023", format!("time zone \"{name}\" not recognized")),
            Fault::ZoneField => SqlError::new("22009", format!("time zone displacement out of range: \"{text}\"")),
            Fault::Clock(word) => SqlError::unsupported(format!("the literal '{word}', which reads the clock, is")),
        }
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    year: Option<i64>,
    /// How many digits the year was written with.
    year_digits: usize,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<i64>,
    zone: Option<ReadZone>,
    before_christ: bool,
    /// Whether the hour is one of twelve, and of which half.
    afternoon: Option<bool>,
    text_month: bool,
}

fn read(text: &str, style: &Style) -> Result<Reading, Fault> {
    let lower = text.trim_matches(is_blank).to_ascii_lowercase();
    match lower.as_str() {
        "infinity" | "+infinity" => return Ok(Reading::Infinity),
        "-infinity" => return Ok(Reading::NegativeInfinity),
        "epoch" => {
            let at = Moment { year: 1970, month: 1, day: 1, time: 0 };
            return Ok(Reading::Moment { at, zone: Some(ReadZone::Offset(0)) });
        }
        "now" | "today" | "tomorrow" | "yesterday" | "allballs" => return Err(Fault::Clock(lower)),
        _ => {}
    }
    let mut reader = Reader::default();
    for field in fields(&lower)? {
        reader.field(&field, style)?;
    }
    reader.finish()
}

/// Cuts a text into fields: dates with their separators, clocks, words, numbers, zones. (`ParseDateTime`)
fn fields(text: &str) -> Result<Vec<String>, Fault> {
    let bytes = text.as_bytes();
    let mut fields = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begin = at;
        match bytes[at] {
            c if is_blank(c as char) || c == b',' => {
                at += 1;
                continue;
            }
            c if c.is_ascii_digit() => {
                while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b':' | b'.')) {
                    at += 1;
                }
                let clock = text[begin..at].contains(':');
                // `2024-01-31`, `31/jan/2024`: the separator and what follows belong to the date.
                if !clock && at < bytes.len() && matches!(bytes[at], b'-' | b'/') {
                    let separator = bytes[at];
                    while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == separator) {
                        // The `t` between a date and a time of day.
                        if bytes[at] == b't' && bytes[at - 1].is_ascii_digit() && digit_follows(bytes, at) {
                            break;
                        }
                        at += 1;
                    }
                }
            }
            c if c.is_ascii_alphabetic() => {
                while at < bytes.len() && (bytes[at].is_ascii_alphabetic() || matches!(bytes[at], b'/' | b'_')) {
                    at += 1;
                }
                if &text[begin..at] == "pst" && text[at..].starts_with("8pdt") {
                    at += 4;
                }
                if at < bytes.len() && bytes[at] == b'.' {
                    at += 1;
                    fields.push(text[begin..at - 1].to_string());
                    continue;
                }
                // `jan-08-1999`
                if at < bytes.len()
                    && bytes[at] == b'-'
                    && digit_follows(bytes, at)
                    && month(&text[begin..at]).is_some()
                {
                    while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'-') {
                        at += 1;
                    }
                }
            }
            b'+' | b'-' => {
                at += 1;
                while at < bytes.len() && (bytes[at].is_ascii_digit() || matches!(bytes[at], b':' | b'.')) {
                    at += 1;
                }
                if at == begin + 1 {
                    return Err(Fault::Syntax);
                }
            }
            _ => return Err(Fault::Syntax),
        }
        fields.push(text[begin..at].to_string());
    }
    Ok(fields)
}

fn digit_follows(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
}

impl Reader {
    fn field(&mut self, field: &str, style: &Style) -> Result<(), Fault> {
        let first = field.as_bytes()[0];
        if matches!(first, b'+' | b'-') {
            return self.offset(field);
        }
        if first.is_ascii_alphabetic() {
            if field.contains('-') {
                return self.date(field, style);
            }
            return self.word(field);
        }
        if field.contains(':') {
            return self.clock(field);
        }
        if field.contains(['-', '/']) || field.matches('.').count() == 2 {
            return self.date(field, style);
        }
        self.number(field, style)
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        if let Some(month) = month(word) {
            // `08 jan 1999`: what was taken for the month is the day.
            if let (Some(number), None) = (self.month, self.day) {
                self.day = Some(number);
            }
            self.month = Some(month);
            self.text_month = true;
            return Ok(());
        }
        match word {
            "ad" => self.before_christ = false,
            "bc" => self.before_christ = true,
            "am" => self.afternoon = Some(false),
            "pm" => self.afternoon = Some(true),
            "t" | "at" | "on" => {}
            "z" | "utc" | "gmt" | "zulu" | "ut" => self.zone = Some(ReadZone::Offset(0)),
            "pst" => self.zone = Some(ReadZone::Offset(-8 * HOUR)),
            "pdt" | "mst" => self.zone = Some(ReadZone::Offset(-7 * HOUR)),
            "mdt" | "cst" => self.zone = Some(ReadZone::Offset(-6 * HOUR)),
            "cdt" | "est" => self.zone = Some(ReadZone::Offset(-5 * HOUR)),
            "edt" => self.zone = Some(ReadZone::Offset(-4 * HOUR)),
            "bst" | "cet" => self.zone = Some(ReadZone::Offset(HOUR)),
            "cest" | "eet" => self.zone = Some(ReadZone::Offset(2 * HOUR)),
            _ if is_weekday(word) => {}
            _ => match zone_name(word) {
                Some(zone) => self.zone = Some(ReadZone::Named(zone)),
                None if word.contains('/') => return Err(Fault::Zone(word.to_string())),
                None => return Err(Fault::Syntax),
            },
        }
        Ok(())
    }

    /// `-08`, `+05:30`, `+0530`.
    fn offset(&mut self, field: &str) -> Result<(), Fault> {
        if self.time.is_none() && self.day.is_none() {
            return Err(Fault::Syntax);
        }
        let digits = &field[1..];
        let parts: Vec<&str> = match digits.contains(':') {
            true => digits.split(':').collect(),
            false if digits.len() > 2 => vec![&digits[..digits.len() - 2], &digits[digits.len() - 2..]],
            false => vec![digits],
        };
        let mut units = [HOUR, MINUTE, SECOND].into_iter();
        let mut east = 0;
        for (index, part) in parts.iter().enumerate() {
            let number: i64 = part.parse().map_err(|_| Fault::Syntax)?;
            if number > if index == 0 { 15 } else { 59 } {
                return Err(Fault::ZoneField);
            }
            east += number * units.next().ok_or(Fault::Syntax)?;
        }
        self.zone = Some(ReadZone::Offset(if field.starts_with('-') { -east } else { east }));
        Ok(())
    }

    /// `13:37`, `13:37:05.25`.
    fn clock(&mut self, field: &str) -> Result<(), Fault> {
        if self.time.is_some() {
            return Err(Fault::Syntax);
        }
        self.time = Some(clock(field).ok_or(Fault::Syntax)?.ok_or(Fault::Field)?);
        Ok(())
    }

    /// `1999-01-08`, `1/8/1999`, `08-jan-1999`.
    fn date(&mut self, field: &str, style: &Style) -> Result<(), Fault> {
        if self.day.is_some() {
            return Err(Fault::Syntax);
        }
        let parts: Vec<&str> = field.split(['-', '/', '.']).collect();
        if parts.len() > 3 || parts.iter().any(|part| part.is_empty()) {
            return Err(Fault::Syntax);
        }
        for part in &parts {
            match month(part) {
                Some(month) => {
                    if let (Some(number), None) = (self.month, self.day) {
                        self.day = Some(number);
                    }
                    self.month = Some(month);
                    self.text_month = true;
                }
                None => self.part(part, style)?,
            }
        }
        Ok(())
    }

    /// A number by itself: a date or a time without separators, or a part. (`DecodeNumberField`)
    fn number(&mut self, field: &str, style: &Style) -> Result<(), Fault> {
        let digits = field.bytes().all(|byte| byte.is_ascii_digit());
        let nothing = self.year.is_none() && self.month.is_none() && self.day.is_none();
        if digits && field.len() >= 6 && nothing {
            // `19990108`, `990108`
            let (year, rest) = field.split_at(field.len() - 4);
            self.set_year(year)?;
            self.month = Some(rest[..2].parse().map_err(|_| Fault::Syntax)?);
            self.day = Some(rest[2..].parse().map_err(|_| Fault::Syntax)?);
            return Ok(());
        }
        if digits && field.len() == 6 && self.day.is_some() && self.time.is_none() {
            let text = format!("{}:{}:{}", &field[..2], &field[2..4], &field[4..]);
            return self.clock(&text);
        }
        self.part(field, style)
    }

    /// Year, month or day: which one depends on what is missing. (`DecodeNumber`)
    fn part(&mut self, field: &str, style: &Style) -> Result<(), Fault> {
        if !field.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Fault::Syntax);
        }
        let number: i64 = field.parse().map_err(|_| Fault::Field)?;
        let small = u32::try_from(number).unwrap_or(u32::MAX);
        match (self.year.is_some(), self.month.is_some(), self.day.is_some()) {
            (false, false, false) if field.len() >= 3 || style.order == DateOrder::Ymd => self.set_year(field)?,
            (false, false, false) if style.order == DateOrder::Dmy => self.day = Some(small),
            (false, false, false) => self.month = Some(small),
            (true, false, false) => self.month = Some(small),
            (false, true, false) if self.text_month && (field.len() >= 3 || style.order == DateOrder::Ymd) => {
                self.set_year(field)?;
            }
            (_, true, false) => self.day = Some(small),
            (false, false, true) => self.month = Some(small),
            (false, true, true) => self.set_year(field)?,
            _ => return Err(Fault::Syntax),
        }
        Ok(())
    }

    fn set_year(&mut self, digits: &str) -> Result<(), Fault> {
        self.year = Some(digits.parse().map_err(|_| Fault::Field)?);
        self.year_digits = digits.len();
        Ok(())
    }

    /// Checks the fields. (`ValidateDate`)
    fn finish(self) -> Result<Reading, Fault> {
        let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day) else {
            return Err(Fault::Syntax);
        };
        let year = match year {
            _ if self.before_christ && year < 1 => return Err(Fault::Field),
            _ if self.before_christ => 1 - year,
            0..70 if self.year_digits <= 2 => year + 2000,
            70..100 if self.year_digits <= 2 => year + 1900,
            0 => return Err(Fault::Field),
            _ => year,
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return Err(Fault::MonthOrDay);
        }
        if day > days_in_month(year, month) {
            return Err(Fault::Field);
        }
        if year > 6_000_000 {
            return Err(Fault::Field);
        }
        let mut time = self.time.unwrap_or(0);
        if let Some(afternoon) = self.afternoon {
            if time >= 13 * HOUR {
                return Err(Fault::Field);
            }
            time = time % (12 * HOUR) + if afternoon { 12 * HOUR } else { 0 };
        }
        Ok(Reading::Moment { at: Moment { year, month, day, time }, zone: self.zone })
    }
}

/// A time of day in microseconds: `None` is no clock, `Some(None)` one that has no such hour. (`DecodeTime`)
fn clock(text: &str) -> Option<Option<i64>> {
    let mut parts = text.split(':');
    let number = |part: &str| match part.bytes().all(|byte| byte.is_ascii_digit()) {
        true if !part.is_empty() => part.parse::<i64>().ok(),
        _ => None,
    };
    let hours = number(parts.next()?)?;
    let minutes = number(parts.next()?)?;
    let (seconds, micros) = match parts.next() {
        None => (0, 0),
        Some(part) => {
            let (whole, rest) = part.split_once('.').unwrap_or((part, ""));
            (number(whole)?, micros(rest)?)
        }
    };
    if parts.next().is_some() {
        return None;
    }
    let time = hours * HOUR + minutes * MINUTE + seconds * SECOND + micros;
    let fits = hours <= 24 && minutes < 60 && seconds <= 60 && time <= 24 * HOUR;
    Some(fits.then_some(time))
}

/// What is behind the point of the seconds, in microseconds.
pub(super) fn micros(digits: &str) -> Option<i64> {
    if digits.is_empty() {
        return Some(0);
    }
    let fraction: f64 = format!("0.{digits}").parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    Some((fraction * 1e6).round_ties_even() as i64)
}

fn month(word: &str) -> Option<u32> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let position = (0..12).find(|&month| {
        word == NAMES[month] || word.eq_ignore_ascii_case(MONTHS[month]) || (month == 8 && word == "sept")
    })?;
    Some(position as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    const NAMES: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    NAMES.contains(&word)
        || WEEKDAYS.iter().any(|short| word.eq_ignore_ascii_case(short))
        || matches!(word, "tues" | "weds" | "thur" | "thurs")
}

fn zone_name(word: &str) -> Option<Zone> {
    Zone::parse(word)
}
