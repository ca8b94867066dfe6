//! Adding to dates, taking them apart, cutting them off. (`timestamp_pl_interval`, `timestamp_part`, `timestamp_trunc`, `timestamp_age`)

use super::calendar::{
    self, Moment, civil, days, days_in_month, iso_week, timestamp_in_range, timestamp_out_of_range, weekday,
};
use super::interval::Span;
use super::{DAY, HOUR, MINUTE, SECOND};
use crate::error::SqlError;
use crate::value::Numeric;
use crate::value::style::Zone;

/// A timestamp and a span: months first (a day that the month has not becomes its last), then days, then time.
pub fn add(micros: i64, span: Span) -> Result<i64, SqlError> {
    add_in(micros, span, Zone::Utc)
}

/// The same for a moment in UTC: months and days are those of the wall in `zone`.
pub fn add_in(utc: i64, span: Span, zone: Zone) -> Result<i64, SqlError> {
    if matches!(utc, i64::MIN | i64::MAX) {
        return Ok(utc);
    }
    let mut at = utc;
    if span.months != 0 {
        let mut moment = Moment::of(zone.to_local(at));
        let months = moment.year * 12 + i64::from(moment.month) - 1 + i64::from(span.months);
        moment.year = months.div_euclid(12);
        moment.month = months.rem_euclid(12) as u32 + 1;
        moment.day = moment.day.min(days_in_month(moment.year, moment.month));
        at = zone.to_utc(moment.micros().ok_or_else(timestamp_out_of_range)?);
    }
    if span.days != 0 {
        let local = zone.to_local(at);
        let shifted = local.checked_add(i64::from(span.days) * DAY).filter(|micros| timestamp_in_range(*micros));
        at = zone.to_utc(shifted.ok_or_else(timestamp_out_of_range)?);
    }
    at.checked_add(span.micros).filter(|micros| timestamp_in_range(*micros)).ok_or_else(timestamp_out_of_range)
}

/// The span from one timestamp to another, in days and time.
pub fn difference(left: i64, right: i64) -> Result<Span, SqlError> {
    let infinite = |micros| matches!(micros, i64::MIN | i64::MAX);
    if infinite(left) || infinite(right) {
        return Err(SqlError::new("22008", "cannot subtract infinite timestamps"));
    }
    let micros = left.checked_sub(right).ok_or_else(super::interval::out_of_range)?;
    Ok(Span { months: 0, days: (micros / DAY) as i32, micros: micros % DAY })
}

/// The span in years, months, days and time, as a person tells an age.
pub fn age(left: i64, right: i64) -> Span {
    let (late, early) = (Moment::of(left.max(right)), Moment::of(left.min(right)));
    let mut months = (late.year - early.year) * 12 + i64::from(late.month) - i64::from(early.month);
    let mut days = i64::from(late.day) - i64::from(early.day);
    let mut time = late.time - early.time;
    if time < 0 {
        time += DAY;
        days -= 1;
    }
    while days < 0 {
        // Borrowed from the month of the earlier one.
        days += i64::from(days_in_month(early.year, early.month));
        months -= 1;
    }
    let sign = if left < right { -1 } else { 1 };
    Span { months: (sign * months) as i32, days: (sign * days) as i32, micros: sign * time }
}

/// A field of a timestamp, of its wall clock; `zone` for those of a timestamp with time zone. `None`: there is no such field.
pub fn part(field: &str, micros: i64, zone: Option<Zone>) -> Option<Numeric> {
    let local = zone.map_or(micros, |zone| zone.to_local(micros));
    let at = Moment::of(local);
    let day = local.div_euclid(DAY);
    let whole = |number: i64| Some(Numeric::from(number));
    let shown_year = if at.year > 0 { at.year } else { at.year - 1 };
    match unit(field) {
        "year" => whole(shown_year),
        "month" => whole(i64::from(at.month)),
        "day" => whole(i64::from(at.day)),
        "epoch" => Some(Numeric::with_scale(i128::from(micros) + 946_684_800_000_000, 6)),
        "julian" => {
            let numerator = Numeric::from(at.time);
            let fraction = numerator.divide(&Numeric::from(DAY)).ok()?;
            let number = Numeric::from(day - calendar::FIRST_DAY).add(&fraction).ok()?;
            Some(if at.time == 0 { Numeric::from(day - calendar::FIRST_DAY) } else { number })
        }
        "dow" => whole(i64::from(weekday(day))),
        "isodow" => whole(i64::from((weekday(day) + 6) % 7 + 1)),
        "doy" => whole(day - days(at.year, 1, 1) + 1),
        "week" => whole(i64::from(iso_week(day).1)),
        "isoyear" => whole(match iso_week(day).0 {
            year if year > 0 => year,
            year => year - 1,
        }),
        "quarter" => whole(i64::from((at.month - 1) / 3 + 1)),
        "decade" => whole(at.year.div_euclid(10)),
        "century" => whole(century(at.year, 100)),
        "millennium" => whole(century(at.year, 1000)),
        "timezone" => whole(zone?.offset(micros) / SECOND),
        "timezone_hour" => whole(zone?.offset(micros) / HOUR),
        "timezone_minute" => whole(zone?.offset(micros) % HOUR / MINUTE),
        field => clock_part(field, at.time),
    }
}

/// The first one is 1, the one before it -1.
fn century(year: i64, length: i64) -> i64 {
    if year > 0 { (year + length - 1) / length } else { -((length - 1 - (year - 1)) / length) }
}

/// A field of a span.
pub fn span_part(field: &str, span: Span) -> Option<Numeric> {
    let whole = |number: i64| Some(Numeric::from(number));
    let months = i64::from(span.months);
    match unit(field) {
        "millennium" => whole(months / 12_000),
        "century" => whole(months / 1200),
        "decade" => whole(months / 120),
        "year" => whole(months / 12),
        "quarter" => whole(months % 12 / 3 + 1),
        "month" => whole(months % 12),
        "day" => whole(i64::from(span.days)),
        "hour" => whole(span.micros / HOUR),
        "epoch" => {
            // A year has 365 and a quarter days here, a month thirty.
            let days =
                i128::from(months / 12) * 365_250 + i128::from(months % 12) * 30_000 + i128::from(span.days) * 1000;
            Some(Numeric::with_scale(days * i128::from(DAY) / 1000 + i128::from(span.micros), 6))
        }
        field => clock_part(field, span.micros),
    }
}

fn clock_part(field: &str, time: i64) -> Option<Numeric> {
    let seconds = time % MINUTE;
    Some(match field {
        "hour" => Numeric::from(time / HOUR),
        "minute" => Numeric::from(time % HOUR / MINUTE),
        "second" => Numeric::with_scale(i128::from(seconds), 6),
        "milliseconds" => Numeric::with_scale(i128::from(seconds), 3),
        "microseconds" => Numeric::from(seconds),
        _ => return None,
    })
}

/// Cut off to a unit. `None`: there is no such unit.
pub fn truncate(field: &str, micros: i64) -> Option<i64> {
    if matches!(micros, i64::MIN | i64::MAX) {
        return Some(micros);
    }
    let at = Moment::of(micros);
    let year_of = |length: i64, first: i64| match at.year {
        year if year > 0 => (year - first).div_euclid(length) * length + first,
        year => -((length - 1 - (year - first)).div_euclid(length)) * length + first,
    };
    let begin = |year: i64, month: u32, day: u32| Some(days(year, month, day) * DAY);
    match unit(field) {
        "millennium" => begin(year_of(1000, 1), 1, 1),
        "century" => begin(year_of(100, 1), 1, 1),
        "decade" => begin(at.year.div_euclid(10) * 10, 1, 1),
        "year" => begin(at.year, 1, 1),
        "quarter" => begin(at.year, (at.month - 1) / 3 * 3 + 1, 1),
        "month" => begin(at.year, at.month, 1),
        "week" => {
            let day = micros.div_euclid(DAY);
            Some((day - i64::from((weekday(day) + 6) % 7)) * DAY)
        }
        "day" => Some(micros.div_euclid(DAY) * DAY),
        "hour" => Some(micros.div_euclid(HOUR) * HOUR),
        "minute" => Some(micros.div_euclid(MINUTE) * MINUTE),
        "second" => Some(micros.div_euclid(SECOND) * SECOND),
        "milliseconds" => Some(micros.div_euclid(1000) * 1000),
        "microseconds" => Some(micros),
        _ => None,
    }
}

/// A span cut off to a unit.
pub fn truncate_span(field: &str, span: Span) -> Option<Span> {
    let months = |length: i32| Some(Span { months: span.months / length * length, days: 0, micros: 0 });
    let clock = |length: i64| Some(Span { micros: span.micros / length * length, ..span });
    match unit(field) {
        "millennium" => months(12_000),
        "century" => months(1200),
        "decade" => months(120),
        "year" => months(12),
        "quarter" => months(3),
        "month" => months(1),
        "day" => Some(Span { micros: 0, ..span }),
        "hour" => clock(HOUR),
        "minute" => clock(MINUTE),
        "second" => clock(SECOND),
        "milliseconds" => clock(1000),
        "microseconds" => Some(span),
        _ => None,
    }
}

/// A field's own name. (`DecodeUnits`)
fn unit(field: &str) -> &str {
    match field {
        "years" | "y" | "yr" | "yrs" => "year",
        "mon" | "mons" | "months" => "month",
        "d" | "days" => "day",
        "h" | "hr" | "hrs" | "hours" => "hour",
        "m" | "min" | "mins" | "minutes" => "minute",
        "s" | "sec" | "secs" | "seconds" => "second",
        "ms" | "msec" | "msecs" | "millisecond" | "milliseconds" | "mseconds" => "milliseconds",
        "us" | "usec" | "usecs" | "microsecond" | "useconds" => "microseconds",
        "weeks" | "w" => "week",
        "decades" | "dec" | "decs" => "decade",
        "centuries" | "c" | "cent" => "century",
        "millennia" | "mil" | "mils" | "millenniums" => "millennium",
        "qtr" => "quarter",
        "j" | "jd" => "julian",
        other => other,
    }
}

/// Whether there is such a unit at all, of one type or another.
pub fn is_unit(field: &str) -> bool {
    const UNITS: [&str; 23] = [
        "millennium",
        "century",
        "decade",
        "year",
        "quarter",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "second",
        "milliseconds",
        "microseconds",
        "dow",
        "isodow",
        "doy",
        "isoyear",
        "julian",
        "epoch",
        "timezone",
        "timezone_h",
        "timezone_hour",
        "timezone_minute",
    ];
    UNITS.contains(&unit(field))
}

/// A date from its parts; `None` if there is none such.
pub fn make_date(year: i32, month: i32, day: i32) -> Option<i32> {
    let year = if year < 0 { i64::from(year) + 1 } else { i64::from(year) };
    let (month, day) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    let valid = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    let days = days(year, month, day);
    (valid && calendar::date_in_range(days)).then_some(days as i32)
}

/// Year, month and day of a date, for whoever shows them.
pub fn date_parts(day: i32) -> (i64, u32, u32) {
    civil(i64::from(day))
}
