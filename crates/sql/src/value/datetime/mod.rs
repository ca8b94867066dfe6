//! Dates, times and spans of time. (PostgreSQL's `datetime.c`, `timestamp.c`, `date.c`)

pub mod calendar;
pub mod input;
pub mod interval;
pub mod output;
pub mod parts;
pub mod span;
pub mod zone;

/// Microseconds.
pub const SECOND: i64 = 1_000_000;
pub const MINUTE: i64 = 60 * SECOND;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
