//! Dates and times as text, in each `DateStyle`. (`EncodeDateOnly`, `EncodeDateTime`)

use super::calendar::{Moment, civil, weekday};
use super::{DAY, SECOND};
use crate::value::style::{DateOrder, DateStyle, Style};

pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
pub const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// A date.
pub fn date(day: i32, style: &Style) -> String {
    match day {
        i32::MIN => return "-infinity".into(),
        i32::MAX => return "infinity".into(),
        _ => {}
    }
    let (year, month, day) = civil(i64::from(day));
    let shown = if year > 0 { year } else { 1 - year };
    let separator = match style.date {
        DateStyle::Iso | DateStyle::Postgres => '-',
        DateStyle::Sql => '/',
        DateStyle::German => '.',
    };
    let day_first = style.date == DateStyle::German || style.order == DateOrder::Dmy;
    let text = if style.date == DateStyle::Iso {
        format!("{shown:04}-{month:02}-{day:02}")
    } else if day_first {
        format!("{day:02}{separator}{month:02}{separator}{shown:04}")
    } else {
        format!("{month:02}{separator}{day:02}{separator}{shown:04}")
    };
    if year > 0 { text } else { text + " BC" }
}

/// A timestamp without time zone.
pub fn timestamp(micros: i64, style: &Style) -> String {
    infinite(micros).unwrap_or_else(|| moment(micros, style, None))
}

/// A timestamp with time zone, on the wall of the session's.
pub fn timestamp_tz(utc: i64, style: &Style) -> String {
    infinite(utc).unwrap_or_else(|| moment(style.zone.to_local(utc), style, Some(utc)))
}

fn infinite(micros: i64) -> Option<String> {
    match micros {
        i64::MIN => Some("-infinity".into()),
        i64::MAX => Some("infinity".into()),
        _ => None,
    }
}

fn moment(local: i64, style: &Style, utc: Option<i64>) -> String {
    let at = Moment::of(local);
    let year = if at.year > 0 { at.year } else { 1 - at.year };
    let (month, day) = (at.month, at.day);
    let clock = format!("{:02}:{:02}:{}", at.hour(), at.minute(), seconds(at.second(), at.microsecond()));
    let name = |style: &Style| utc.map_or(String::new(), |utc| format!(" {}", style.zone.abbreviation(utc)));
    let text = match style.date {
        DateStyle::Iso => {
            let zone = utc.map_or(String::new(), |utc| style.zone.offset_text(utc));
            format!("{year:04}-{month:02}-{day:02} {clock}{zone}")
        }
        DateStyle::Postgres => {
            let weekday = WEEKDAYS[weekday(local.div_euclid(DAY)) as usize];
            let month = MONTHS[month as usize - 1];
            let date = match style.order {
                DateOrder::Dmy => format!("{day:02} {month}"),
                _ => format!("{month} {day:02}"),
            };
            format!("{weekday} {date} {clock} {year:04}{}", name(style))
        }
        DateStyle::Sql if style.order == DateOrder::Dmy => {
            format!("{day:02}/{month:02}/{year:04} {clock}{}", name(style))
        }
        DateStyle::Sql => format!("{month:02}/{day:02}/{year:04} {clock}{}", name(style)),
        DateStyle::German => format!("{day:02}.{month:02}.{year:04} {clock}{}", name(style)),
    };
    if at.year > 0 { text } else { text + " BC" }
}

/// Two digits, and what is behind the point without the zeros at its end: `05`, `05.25`.
pub fn seconds(seconds: i64, micros: i64) -> String {
    let text = format!("{seconds:02}");
    if micros == 0 { text } else { format!("{text}.{}", fraction(micros)) }
}

/// Microseconds below a second, without the zeros at the end.
pub fn fraction(micros: i64) -> String {
    debug_assert!((0..SECOND).contains(&micros), "less than a second");
    format!("{micros:06}").trim_end_matches('0').to_string()
}
