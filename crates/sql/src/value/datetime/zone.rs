//! What a clock on the wall shows.

use super::calendar::{civil, days, weekday};
use super::{DAY, HOUR, SECOND};
use crate::value::style::Zone;

const STANDARD: i64 = -8 * HOUR;
const SUMMER: i64 = -7 * HOUR;

impl Zone {
    /// The zone of that name (`SET TimeZone`), if it is one of those known.
    pub fn parse(name: &str) -> Option<Zone> {
        match name.to_ascii_lowercase().as_str() {
            "utc" | "gmt" | "etc/utc" | "z" | "zulu" | "universal" | "uct" => return Some(Zone::Utc),
            "pst8pdt" | "america/los_angeles" | "us/pacific" => return Some(Zone::Pst8Pdt),
            _ => {}
        }
        let hours: f64 = name.parse().ok().filter(|hours: &f64| hours.abs() <= 15.0)?;
        Some(Zone::Fixed((hours * 3600.0) as i32))
    }

    /// Microseconds the wall is ahead of Greenwich at a moment in UTC.
    pub fn offset(self, utc: i64) -> i64 {
        match self {
            Zone::Utc => 0,
            Zone::Fixed(seconds) => i64::from(seconds) * SECOND,
            Zone::Pst8Pdt => {
                let (year, _, _) = civil((utc + STANDARD).div_euclid(DAY));
                match summer(year) {
                    Some((begin, end)) if (begin - STANDARD..end - SUMMER).contains(&utc) => SUMMER,
                    _ => STANDARD,
                }
            }
        }
    }

    /// The moment in UTC at which the wall shows that. An hour that does not exist, or exists twice, is taken as standard time.
    /// (`DetermineTimeZoneOffset`)
    pub fn to_utc(self, local: i64) -> i64 {
        match self {
            Zone::Utc | Zone::Fixed(_) => local.saturating_sub(self.offset(0)),
            Zone::Pst8Pdt => {
                let (year, _, _) = civil(local.div_euclid(DAY));
                match summer(year) {
                    Some((begin, end)) if (begin + HOUR..end - HOUR).contains(&local) => local.saturating_sub(SUMMER),
                    _ => local.saturating_sub(STANDARD),
                }
            }
        }
    }

    /// What the wall shows at a moment in UTC.
    pub fn to_local(self, utc: i64) -> i64 {
        utc.saturating_add(self.offset(utc))
    }

    /// The zone's name for that moment: `PST`, `PDT`, `UTC`, `+02`.
    pub fn abbreviation(self, utc: i64) -> String {
        match self {
            Zone::Utc => "UTC".into(),
            Zone::Pst8Pdt if self.offset(utc) == SUMMER => "PDT".into(),
            Zone::Pst8Pdt => "PST".into(),
            Zone::Fixed(_) => self.offset_text(utc),
        }
    }

    /// The zone as a number: `+00`, `-08`, `+05:30`.
    pub fn offset_text(self, utc: i64) -> String {
        let seconds = self.offset(utc) / SECOND;
        let (sign, size) = (if seconds < 0 { '-' } else { '+' }, seconds.abs());
        let mut text = format!("{sign}{:02}", size / 3600);
        if size % 3600 != 0 {
            text += &format!(":{:02}", size % 3600 / 60);
        }
        if size % 60 != 0 {
            text += &format!(":{:02}", size % 60);
        }
        text
    }
}

/// Between which two clocks on the wall, both in what was shown until then, the United States have summer time.
fn summer(year: i64) -> Option<(i64, i64)> {
    let sunday = |month: u32, nth: i64| {
        let first = days(year, month, 1);
        first + (7 - i64::from(weekday(first))) % 7 + 7 * (nth - 1)
    };
    let last_sunday = |month: u32, length: u32| {
        let last = days(year, month, length);
        last - i64::from(weekday(last))
    };
    let (begin, end) = match year {
        2007.. => (sunday(3, 2), sunday(11, 1)),
        1987..=2006 => (sunday(4, 1), last_sunday(10, 31)),
        1974 => (days(1974, 1, 6), last_sunday(10, 31)),
        1975 => (days(1975, 2, 23), last_sunday(10, 31)),
        1967..=1986 => (last_sunday(4, 30), last_sunday(10, 31)),
        _ => return None,
    };
    Some((begin * DAY + 2 * HOUR, end * DAY + 2 * HOUR))
}
