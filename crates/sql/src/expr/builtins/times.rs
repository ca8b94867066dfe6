//! Dates, timestamps and intervals. The rules are in [`crate::value::datetime`].

use super::{Answer, float, int, text};
use crate::error::SqlError;
use crate::value::datetime::calendar::{
    Moment, date_in_range, date_out_of_range, timestamp_in_range, timestamp_out_of_range,
};
use crate::value::datetime::interval::Span;
use crate::value::datetime::{DAY, HOUR, MINUTE, SECOND, parts};
use crate::value::style::Zone;
use crate::value::{Style, Value};

fn date(days: i64) -> Answer {
    if date_in_range(days) { Ok(Value::Date(days as i32)) } else { Err(date_out_of_range()) }
}

/// Days of the argument that is a date, and the number that is the other.
fn date_and_int(args: &[Value]) -> (i32, i64) {
    match args {
        [Value::Date(day), number] | [number, Value::Date(day)] => (*day, i64::from(int(number))),
        _ => (0, 0),
    }
}

/// A moment of an infinite one stays what it is.
const INFINITE: [i32; 2] = [i32::MIN, i32::MAX];

pub fn add_days(args: &[Value]) -> Answer {
    let (day, count) = date_and_int(args);
    if INFINITE.contains(&day) { Ok(Value::Date(day)) } else { date(i64::from(day) + count) }
}

pub fn subtract_days(args: &[Value]) -> Answer {
    let (day, count) = date_and_int(args);
    if INFINITE.contains(&day) { Ok(Value::Date(day)) } else { date(i64::from(day) - count) }
}

pub fn days_between(args: &[Value]) -> Answer {
    match args {
        [Value::Date(left), Value::Date(right)] if INFINITE.contains(left) || INFINITE.contains(right) => {
            Err(SqlError::new("22008", "cannot subtract infinite dates"))
        }
        [Value::Date(left), Value::Date(right)] => Ok(Value::Int(left - right)),
        _ => Ok(Value::Null),
    }
}

/// Microseconds of a timestamp, or of the midnight that begins a date.
fn micros(value: &Value) -> Result<i64, SqlError> {
    match value {
        Value::Timestamp(micros) => Ok(*micros),
        Value::Date(i32::MIN) => Ok(i64::MIN),
        Value::Date(i32::MAX) => Ok(i64::MAX),
        Value::Date(day) => i64::from(*day)
            .checked_mul(DAY)
            .filter(|micros| timestamp_in_range(*micros))
            .ok_or_else(|| SqlError::new("22008", "date out of range for timestamp")),
        _ => Ok(0),
    }
}

/// The moment and the span, in either order.
fn moment_and_span(args: &[Value]) -> Result<(i64, Span), SqlError> {
    match args {
        [span @ Value::Interval { .. }, moment] | [moment, span] => Ok((micros(moment)?, Span::of(span))),
        _ => Ok((0, Span::default())),
    }
}

pub fn add_span(args: &[Value]) -> Answer {
    let (at, span) = moment_and_span(args)?;
    parts::add(at, span).map(Value::Timestamp)
}

pub fn subtract_span(args: &[Value]) -> Answer {
    let (at, span) = moment_and_span(args)?;
    parts::add(at, span.negated()?).map(Value::Timestamp)
}

pub fn add_span_zoned(args: &[Value], style: &Style) -> Answer {
    let (at, span) = moment_and_span(args)?;
    parts::add_in(at, span, style.zone).map(Value::Timestamp)
}

pub fn subtract_span_zoned(args: &[Value], style: &Style) -> Answer {
    let (at, span) = moment_and_span(args)?;
    parts::add_in(at, span.negated()?, style.zone).map(Value::Timestamp)
}

pub fn difference(args: &[Value]) -> Answer {
    parts::difference(micros(&args[0])?, micros(&args[1])?).map(Value::from)
}

pub fn add_spans(args: &[Value]) -> Answer {
    Span::of(&args[0]).plus(Span::of(&args[1])).map(Value::from)
}

pub fn subtract_spans(args: &[Value]) -> Answer {
    Span::of(&args[0]).plus(Span::of(&args[1]).negated()?).map(Value::from)
}

pub fn negate_span(args: &[Value]) -> Answer {
    Span::of(&args[0]).negated().map(Value::from)
}

pub fn multiply_span(args: &[Value]) -> Answer {
    let (span, factor) = match args {
        [Value::Float(factor), span] | [span, Value::Float(factor)] => (Span::of(span), *factor),
        _ => (Span::default(), 0.0),
    };
    span.multiply(factor).map(Value::from)
}

pub fn divide_span(args: &[Value]) -> Answer {
    Span::of(&args[0]).divide(float(&args[1])).map(Value::from)
}

pub fn justify(args: &[Value]) -> Answer {
    Span::of(&args[0]).justified().map(Value::from)
}

pub fn justify_hours(args: &[Value]) -> Answer {
    let span = Span::of(&args[0]);
    let mut days = i64::from(span.days) + span.micros / DAY;
    let mut micros = span.micros % DAY;
    if days > 0 && micros < 0 {
        (days, micros) = (days - 1, micros + DAY);
    } else if days < 0 && micros > 0 {
        (days, micros) = (days + 1, micros - DAY);
    }
    Ok(Span { months: span.months, days: days as i32, micros }.into())
}

pub fn justify_days(args: &[Value]) -> Answer {
    let span = Span::of(&args[0]);
    let mut months = span.months.saturating_add(span.days / 30);
    let mut days = span.days % 30;
    if months > 0 && days < 0 {
        (months, days) = (months - 1, days + 30);
    } else if months < 0 && days > 0 {
        (months, days) = (months + 1, days - 30);
    }
    Ok(Span { months, days, micros: span.micros }.into())
}

pub fn age(args: &[Value]) -> Answer {
    Ok(parts::age(micros(&args[0])?, micros(&args[1])?).into())
}

pub fn age_zoned(args: &[Value], style: &Style) -> Answer {
    let local = |value: &Value| micros(value).map(|utc| style.zone.to_local(utc));
    Ok(parts::age(local(&args[0])?, local(&args[1])?).into())
}

fn unknown_unit(field: &str, ty: &str) -> SqlError {
    if parts::is_unit(field) {
        return SqlError::new("0A000", format!("unit \"{field}\" not supported for type {ty}"));
    }
    SqlError::new("22023", format!("unit \"{field}\" not recognized for type {ty}"))
}

/// Units that only `extract` knows are no units to cut off at.
fn no_cut(field: &str, ty: &str) -> SqlError {
    if matches!(field, "dow" | "isodow" | "doy" | "isoyear" | "epoch" | "julian") {
        return SqlError::new("22023", format!("unit \"{field}\" not recognized for type {ty}"));
    }
    unknown_unit(field, ty)
}

pub fn truncate(args: &[Value]) -> Answer {
    let field = text(&args[0]).to_ascii_lowercase();
    let cut = parts::truncate(&field, micros(&args[1])?);
    cut.map(Value::Timestamp).ok_or_else(|| no_cut(&field, "timestamp without time zone"))
}

/// Days and larger units begin at midnight of the session's wall.
pub fn truncate_zoned(args: &[Value], style: &Style) -> Answer {
    truncate_in(args, style.zone)
}

fn truncate_in(args: &[Value], zone: Zone) -> Answer {
    let field = text(&args[0]).to_ascii_lowercase();
    let utc = micros(&args[1])?;
    if matches!(utc, i64::MIN | i64::MAX) {
        return Ok(args[1].clone());
    }
    let cut = parts::truncate(&field, zone.to_local(utc));
    let cut = cut.ok_or_else(|| no_cut(&field, "timestamp with time zone"))?;
    // An hour of the day the clocks go back is in the half of it that it was in.
    let within_day = ["hour", "minute", "second", "milliseconds", "microseconds"].contains(&field.as_str());
    Ok(Value::Timestamp(if within_day { cut - zone.offset(utc) } else { zone.to_utc(cut) }))
}

/// `date_trunc(unit, moment, zone)`
pub fn truncate_named(args: &[Value]) -> Answer {
    truncate_in(args, zone(&args[2])?)
}

pub fn truncate_span(args: &[Value]) -> Answer {
    let field = text(&args[0]).to_ascii_lowercase();
    let cut = parts::truncate_span(&field, Span::of(&args[1]));
    cut.map(Value::from).ok_or_else(|| match no_cut(&field, "interval") {
        error if matches!(&*field, "week" | "weeks") => error.detail("Months usually have fractional weeks."),
        error => error,
    })
}

/// `extract`: a numeric.
pub fn extract(args: &[Value]) -> Answer {
    part(args, None, "timestamp without time zone")
}

pub fn extract_date(args: &[Value]) -> Answer {
    let field = text(&args[0]).to_ascii_lowercase();
    let of_clock = ["hour", "minute", "second", "milliseconds", "microseconds", "timezone", "timezone_hour"];
    if of_clock.contains(&field.as_str()) {
        return Err(SqlError::new("0A000", format!("unit \"{field}\" not supported for type date")));
    }
    let answer = part(args, None, "date")?;
    Ok(match answer {
        Value::Numeric(number) => Value::numeric(number.rounded(0)),
        other => other,
    })
}

pub fn extract_zoned(args: &[Value], style: &Style) -> Answer {
    part(args, Some(style.zone), "timestamp with time zone")
}

pub fn extract_span(args: &[Value]) -> Answer {
    let field = text(&args[0]).to_ascii_lowercase();
    let part = parts::span_part(&field, Span::of(&args[1]));
    part.map(Value::numeric).ok_or_else(|| unknown_unit(&field, "interval"))
}

fn part(args: &[Value], zone: Option<Zone>, ty: &str) -> Answer {
    let field = text(&args[0]).to_ascii_lowercase();
    let at = micros(&args[1])?;
    if matches!(at, i64::MIN | i64::MAX) {
        let grows = ["year", "decade", "century", "millennium", "julian", "isoyear", "epoch"].contains(&field.as_str());
        return Ok(match grows {
            true if at > 0 => Value::numeric(crate::value::Numeric::INFINITY),
            true => Value::numeric(crate::value::Numeric::NEGATIVE_INFINITY),
            false => Value::Null,
        });
    }
    parts::part(&field, at, zone).map(Value::numeric).ok_or_else(|| unknown_unit(&field, ty))
}

/// `date_part`: the same as a double.
macro_rules! as_double {
    ($($name:ident $of:ident;)*) => { $(
        pub fn $name(args: &[Value]) -> Answer {
            $of(args).map(double)
        }
    )* };
}

as_double! {
    part_of_timestamp extract;
    part_of_date extract_date;
    part_of_span extract_span;
}

pub fn part_zoned(args: &[Value], style: &Style) -> Answer {
    extract_zoned(args, style).map(double)
}

fn double(value: Value) -> Value {
    match value {
        Value::Numeric(number) => Value::Float(number.to_f64()),
        other => other,
    }
}

pub fn make_date(args: &[Value]) -> Answer {
    let [year, month, day] = [int(&args[0]), int(&args[1]), int(&args[2])];
    parts::make_date(year, month, day)
        .map(Value::Date)
        .ok_or_else(|| SqlError::new("22008", format!("date field value out of range: {year}-{month:02}-{day:02}")))
}

pub fn make_timestamp(args: &[Value]) -> Answer {
    let Value::Date(day) = make_date(args)? else { return Ok(Value::Null) };
    let (hour, minute, second) = (int(&args[3]), int(&args[4]), float(&args[5]));
    let valid = (0..=24).contains(&hour) && (0..60).contains(&minute) && (0.0..=60.0).contains(&second);
    let time = i64::from(hour) * HOUR + i64::from(minute) * MINUTE + (second * SECOND as f64).round() as i64;
    if !valid || time > DAY {
        let message = format!("time field value out of range: {hour}:{minute:02}:{second:02}");
        return Err(SqlError::new("22008", message));
    }
    Ok(Value::Timestamp(i64::from(day) * DAY + time))
}

/// Seconds since 1970-01-01.
pub fn from_epoch(args: &[Value]) -> Answer {
    let seconds = float(&args[0]);
    if seconds.is_infinite() {
        return Ok(Value::Timestamp(if seconds > 0.0 { i64::MAX } else { i64::MIN }));
    }
    if seconds.is_nan() {
        return Err(SqlError::new("22008", "timestamp cannot be NaN"));
    }
    let micros = ((seconds - 946_684_800.0) * 1e6).round_ties_even();
    if micros.abs() < 9.2e18 && timestamp_in_range(micros as i64) {
        return Ok(Value::Timestamp(micros as i64));
    }
    Err(SqlError::new("22008", format!("timestamp out of range: \"{seconds}\"")))
}

fn zone(value: &Value) -> Result<Zone, SqlError> {
    let name = text(value);
    Zone::parse(name).ok_or_else(|| SqlError::new("22023", format!("time zone \"{name}\" not recognized")))
}

/// `timestamp AT TIME ZONE zone`: when the wall there shows that.
pub fn at_zone(args: &[Value]) -> Answer {
    Ok(Value::Timestamp(zone(&args[0])?.to_utc(micros(&args[1])?)))
}

/// `timestamptz AT TIME ZONE zone`: what the wall there shows.
pub fn in_zone(args: &[Value]) -> Answer {
    Ok(Value::Timestamp(zone(&args[0])?.to_local(micros(&args[1])?)))
}

pub fn is_finite(args: &[Value]) -> Answer {
    Ok(Value::Bool(match args[0] {
        Value::Date(day) => !INFINITE.contains(&day),
        Value::Timestamp(micros) => !matches!(micros, i64::MIN | i64::MAX),
        _ => true,
    }))
}

/// What `to_char` takes apart.
pub fn wall(value: &Value, zone: Zone) -> Result<Moment, SqlError> {
    let utc = micros(value)?;
    if matches!(utc, i64::MIN | i64::MAX) {
        return Err(timestamp_out_of_range());
    }
    Ok(Moment::of(zone.to_local(utc)))
}
