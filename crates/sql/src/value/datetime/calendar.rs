//! Days since 2000-01-01 as years, months and days, and back. (Gregorian, forwards and backwards; the year 0 is 1 BC.)

use super::{DAY, HOUR, MINUTE, SECOND};
use crate::error::SqlError;

/// Days from 1970-01-01 to 2000-01-01.
const UNIX_EPOCH: i64 = 10_957;
/// 4714-11-24 BC: the first day there is. (`DATETIME_MIN_JULIAN`)
pub const FIRST_DAY: i64 = -2_451_545;
/// The first day there is no more for dates. (`DATE_END_JULIAN`)
const DATE_END: i64 = 2_147_483_494 - 2_451_545;
/// The first microsecond there is no more for timestamps, 294277-01-01. (`END_TIMESTAMP`)
const TIMESTAMP_END: i64 = 9_223_371_331_200_000_000;
const TIMESTAMP_FIRST: i64 = FIRST_DAY * DAY;

/// A moment on the calendar and the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// 0 is 1 BC.
    pub year: i64,
    pub month: u32,
    pub day: u32,
    /// Microseconds since midnight.
    pub time: i64,
}

impl Moment {
    /// What a count of microseconds since 2000-01-01 00:00 stands for.
    pub fn of(micros: i64) -> Moment {
        let (year, month, day) = civil(micros.div_euclid(DAY));
        Moment { year, month, day, time: micros.rem_euclid(DAY) }
    }

    /// Microseconds since 2000-01-01 00:00, if there is such a timestamp.
    pub fn micros(&self) -> Option<i64> {
        let days = days(self.year, self.month, self.day);
        days.checked_mul(DAY)?.checked_add(self.time).filter(|micros| timestamp_in_range(*micros))
    }

    pub fn hour(&self) -> i64 {
        self.time / HOUR
    }

    pub fn minute(&self) -> i64 {
        self.time % HOUR / MINUTE
    }

    pub fn second(&self) -> i64 {
        self.time % MINUTE / SECOND
    }

    pub fn microsecond(&self) -> i64 {
        self.time % SECOND
    }
}

/// Year, month and day of a count of days since 2000-01-01.
pub fn civil(days: i64) -> (i64, u32, u32) {
    let shifted = days + UNIX_EPOCH + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month as u32, day as u32)
}

/// Days since 2000-01-01.
pub fn days(year: i64, month: u32, day: u32) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468 - UNIX_EPOCH
}

pub fn is_leap(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

pub fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// 0 is Sunday.
pub fn weekday(days: i64) -> u32 {
    (days + 6).rem_euclid(7) as u32
}

/// The ISO week and the year it belongs to.
pub fn iso_week(days: i64) -> (i64, u32) {
    // The week belongs to the year of its Thursday.
    let thursday = days - i64::from((weekday(days) + 6) % 7) + 3;
    let (year, _, _) = civil(thursday);
    let first = self::days(year, 1, 1);
    (year, ((thursday - first) / 7 + 1) as u32)
}

pub fn date_in_range(days: i64) -> bool {
    (FIRST_DAY..DATE_END).contains(&days)
}

pub fn timestamp_in_range(micros: i64) -> bool {
    (TIMESTAMP_FIRST..TIMESTAMP_END).contains(&micros)
}

/// 22008 `timestamp out of range`
pub fn timestamp_out_of_range() -> SqlError {
    SqlError::new("22008", "timestamp out of range")
}

/// 22008 `date out of range`
pub fn date_out_of_range() -> SqlError {
    SqlError::new("22008", "date out of range")
}
