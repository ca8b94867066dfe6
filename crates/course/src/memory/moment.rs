//! A time, and which day it is for the learner.

/// Milliseconds in a minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds in a day.
pub const DAY: i64 = 24 * 60 * MINUTE;

/// When something happens. It is always told by the caller, in a browser with `Date.now()` and `-new Date().getTimezoneOffset()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// How far the learner's clock is ahead of UTC, in minutes: 60 in Berlin in winter, -300 in New York.
    pub offset: i32,
}

impl Moment {
    /// The learner's day, counted from 1970-01-01.
    pub fn day(self) -> i32 {
        day_of(self.local(self.at))
    }

    /// Which day of the learner's a time falls on, if their clock is not changed until then.
    pub fn day_at(self, at: i64) -> i32 {
        day_of(self.local(at))
    }

    fn local(self, at: i64) -> i64 {
        at.saturating_add(i64::from(self.offset) * MINUTE)
    }
}

/// The day of a time in milliseconds since 1970, by the clock that the time was read from; saturating.
pub fn day_of(at: i64) -> i32 {
    let days = at.div_euclid(DAY);
    i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX })
}
