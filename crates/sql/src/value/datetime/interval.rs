//! Spans of time as text, and sums of them.

use super::output::{fraction, seconds};
use super::{DAY, HOUR, MINUTE, SECOND};
use crate::error::SqlError;
use crate::value::Value;
use crate::value::style::{IntervalStyle, Style};

/// A span: months and days have no fixed length and are kept apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    pub months: i32,
    pub days: i32,
    pub micros: i64,
}

impl From<Span> for Value {
    fn from(span: Span) -> Value {
        Value::Interval { months: span.months, days: span.days, micros: span.micros }
    }
}

impl Span {
    /// The span that a value is; nothing for any other value.
    pub fn of(value: &Value) -> Span {
        match value {
            Value::Interval { months, days, micros } => Span { months: *months, days: *days, micros: *micros },
            _ => Span::default(),
        }
    }

    pub fn plus(self, other: Span) -> Result<Span, SqlError> {
        let sum = || {
            Some(Span {
                months: self.months.checked_add(other.months)?,
                days: self.days.checked_add(other.days)?,
                micros: self.micros.checked_add(other.micros)?,
            })
        };
        sum().ok_or_else(out_of_range)
    }

    pub fn negated(self) -> Result<Span, SqlError> {
        let negated = || {
            Some(Span {
                months: self.months.checked_neg()?,
                days: self.days.checked_neg()?,
                micros: self.micros.checked_neg()?,
            })
        };
        negated().ok_or_else(out_of_range)
    }

    /// Times a number; what is left of a month becomes days, what is left of a day becomes time. (`interval_mul`)
    pub fn multiply(self, factor: f64) -> Result<Span, SqlError> {
        self.scale(|part| part * factor)
    }

    /// Divided by a number, in the same way. (`interval_div`)
    pub fn divide(self, divisor: f64) -> Result<Span, SqlError> {
        if divisor == 0.0 {
            return Err(SqlError::new("22012", "division by zero"));
        }
        self.scale(|part| part / divisor)
    }

    fn scale(self, by: impl Fn(f64) -> f64) -> Result<Span, SqlError> {
        let settled = |number: f64| (number * 1e6).round() / 1e6;
        let months = by(f64::from(self.months));
        let days = by(f64::from(self.days));
        if !(months.abs() < f64::from(i32::MAX) && days.abs() < f64::from(i32::MAX)) {
            return Err(out_of_range());
        }
        let whole_months = months.trunc();
        let mut month_days = settled((months - whole_months) * 30.0);
        let mut seconds = settled((days - days.trunc() + month_days - month_days.trunc()) * 86_400.0);
        if seconds.abs() >= 86_400.0 {
            month_days += (seconds / 86_400.0).trunc();
            seconds -= (seconds / 86_400.0).trunc() * 86_400.0;
        }
        let whole_days = days.trunc() + month_days.trunc();
        let micros = (by(self.micros as f64) + seconds * 1e6).round_ties_even();
        if !(micros.abs() < 9.2e18 && whole_days.abs() < f64::from(i32::MAX)) {
            return Err(out_of_range());
        }
        Ok(Span { months: whole_months as i32, days: whole_days as i32, micros: micros as i64 })
    }

    /// Whole days out of the time, whole months out of the days, all with one sign. (`justify_interval`)
    pub fn justified(self) -> Result<Span, SqlError> {
        let days = i64::from(self.days) + self.micros / DAY;
        let mut micros = self.micros % DAY;
        let mut months = i64::from(self.months) + days / 30;
        let mut days = days % 30;
        if months > 0 && (days < 0 || (days == 0 && micros < 0)) {
            days += 30;
            months -= 1;
        } else if months < 0 && (days > 0 || (days == 0 && micros > 0)) {
            days -= 30;
            months += 1;
        }
        if days > 0 && micros < 0 {
            micros += DAY;
            days -= 1;
        } else if days < 0 && micros > 0 {
            micros -= DAY;
            days += 1;
        }
        let months = i32::try_from(months).map_err(|_| out_of_range())?;
        Ok(Span { months, days: days as i32, micros })
    }

    /// As text. (`EncodeInterval`)
    pub fn output(self, style: &Style) -> String {
        match style.interval {
            IntervalStyle::Postgres => self.plain(),
            IntervalStyle::PostgresVerbose => self.verbose(),
        }
    }

    /// `1 year 2 mons 3 days 04:05:06`
    fn plain(self) -> String {
        let mut text = String::new();
        let mut before = false;
        let parts = [(self.months / 12, "year"), (self.months % 12, "mon"), (self.days, "day")];
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count != 0) {
            if !text.is_empty() {
                text.push(' ');
            }
            let sign = if before && count > 0 { "+" } else { "" };
            text += &format!("{sign}{count} {unit}{}", if count == 1 { "" } else { "s" });
            before = count < 0;
        }
        if text.is_empty() || self.micros != 0 {
            if !text.is_empty() {
                text.push(' ');
            }
            text += match self.micros {
                ..0 => "-",
                _ if before => "+",
                _ => "",
            };
            let (hours, minutes, whole, rest) = self.clock();
            text += &format!("{:02}:{:02}:{}", hours.abs(), minutes.abs(), seconds(whole.abs(), rest.abs()));
        }
        text
    }

    /// `@ 1 year 2 mons 3 days 4 hours 5 mins 6 secs`
    fn verbose(self) -> String {
        let (hours, minutes, whole, rest) = self.clock();
        let parts = [
            (i64::from(self.months / 12), "year"),
            (i64::from(self.months % 12), "mon"),
            (i64::from(self.days), "day"),
            (hours, "hour"),
            (minutes, "min"),
        ];
        let mut text = String::from("@");
        let mut before = None;
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count != 0) {
            let ago = *before.get_or_insert(count < 0);
            let count = if ago { -count } else { count };
            text += &format!(" {count} {unit}{}", if count == 1 { "" } else { "s" });
        }
        if whole != 0 || rest != 0 {
            let negative = whole < 0 || rest < 0;
            let ago = *before.get_or_insert(negative);
            let sign = if ago == negative { "" } else { "-" };
            let point = if rest == 0 { String::new() } else { format!(".{}", fraction(rest.abs())) };
            let plural = if whole.abs() == 1 && rest == 0 { "" } else { "s" };
            text += &format!(" {sign}{}{point} sec{plural}", whole.abs());
        }
        match before {
            None => text += " 0",
            Some(true) => text += " ago",
            Some(false) => {}
        }
        text
    }

    /// Hours, minutes, seconds and microseconds, all with the sign of the time.
    pub fn clock(self) -> (i64, i64, i64, i64) {
        (self.micros / HOUR, self.micros % HOUR / MINUTE, self.micros % MINUTE / SECOND, self.micros % SECOND)
    }
}

/// 22008 `interval out of range`
pub fn out_of_range() -> SqlError {
    SqlError::new("22008", "interval out of range")
}
