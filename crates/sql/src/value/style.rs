//! What the settings `DateStyle`, `IntervalStyle` and `TimeZone` say about reading and writing values.

/// How dates, times and intervals are written, and where midnight is. The default is PostgreSQL's own, in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub date: DateStyle,
    pub order: DateOrder,
    pub interval: IntervalStyle,
    pub zone: Zone,
}

/// (Manual, 8.5.2 "Date/Time Output")
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateStyle {
    #[default]
    Iso,
    Sql,
    Postgres,
    German,
}

/// Which of `01/02/03` is the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    #[default]
    Mdy,
    Dmy,
    Ymd,
}

/// (Manual, 8.5.5 "Interval Output")
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IntervalStyle {
    #[default]
    Postgres,
    PostgresVerbose,
}

/// The time zones this store knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    #[default]
    Utc,
    /// `PST8PDT`, with the rules of the United States: what PostgreSQL's own tests run in.
    Pst8Pdt,
    /// `+02`, `UTC+2`: seconds east of Greenwich.
    Fixed(i32),
}

impl Style {
    /// What PostgreSQL's own regression and isolation tests run with: `Postgres, MDY`, `PST8PDT`, `postgres_verbose`.
    pub const REGRESSION: Style = Style {
        date: DateStyle::Postgres,
        order: DateOrder::Mdy,
        interval: IntervalStyle::PostgresVerbose,
        zone: Zone::Pst8Pdt,
    };
}
