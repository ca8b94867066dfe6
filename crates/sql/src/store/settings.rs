//! `SET` and `SHOW`: the parameters a session can change. (Manual, chapter 20)

use super::Micros;
use crate::error::SqlError;
use crate::lab::Isolation;
use crate::value::Style;
use std::collections::BTreeMap;
use std::rc::Rc;

/// How a parameter's value is read and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Bool,
    /// Milliseconds.
    Time,
    Integer,
    Text,
    Isolation,
    /// It can be shown but not changed.
    Fixed,
}

/// Every parameter there is, with its default.
const PARAMETERS: &[(&str, Kind, &str)] = &[
    ("application_name", Kind::Text, ""),
    ("bytea_output", Kind::Text, "hex"),
    ("client_encoding", Kind::Text, "UTF8"),
    ("client_min_messages", Kind::Text, "notice"),
    ("cpu_index_tuple_cost", Kind::Text, "0.005"),
    ("cpu_operator_cost", Kind::Text, "0.0025"),
    ("cpu_tuple_cost", Kind::Text, "0.01"),
    ("DateStyle", Kind::Text, "ISO, MDY"),
    ("deadlock_timeout", Kind::Time, "1000"),
    ("debug_discard_caches", Kind::Integer, "0"),
    ("default_transaction_deferrable", Kind::Bool, "off"),
    ("default_transaction_isolation", Kind::Isolation, "read committed"),
    ("default_transaction_read_only", Kind::Bool, "off"),
    ("enable_bitmapscan", Kind::Bool, "on"),
    ("enable_hashagg", Kind::Bool, "on"),
    ("enable_hashjoin", Kind::Bool, "on"),
    ("enable_indexonlyscan", Kind::Bool, "on"),
    ("enable_indexscan", Kind::Bool, "on"),
    ("enable_material", Kind::Bool, "on"),
    ("enable_mergejoin", Kind::Bool, "on"),
    ("enable_nestloop", Kind::Bool, "on"),
    ("enable_seqscan", Kind::Bool, "on"),
    ("enable_sort", Kind::Bool, "on"),
    ("extra_float_digits", Kind::Integer, "1"),
    ("force_parallel_mode", Kind::Text, "off"),
    ("idle_in_transaction_session_timeout", Kind::Time, "0"),
    ("idle_session_timeout", Kind::Time, "0"),
    ("IntervalStyle", Kind::Text, "postgres"),
    ("jit", Kind::Bool, "on"),
    ("lock_timeout", Kind::Time, "0"),
    ("log_lock_waits", Kind::Bool, "off"),
    ("log_min_duration_statement", Kind::Integer, "-1"),
    ("log_statement", Kind::Text, "none"),
    ("max_parallel_workers_per_gather", Kind::Integer, "2"),
    ("max_prepared_transactions", Kind::Fixed, "10"),
    ("min_parallel_table_scan_size", Kind::Integer, "1024"),
    ("parallel_leader_participation", Kind::Bool, "on"),
    ("parallel_setup_cost", Kind::Text, "1000"),
    ("parallel_tuple_cost", Kind::Text, "0.1"),
    ("plan_cache_mode", Kind::Text, "auto"),
    ("random_page_cost", Kind::Text, "4"),
    ("search_path", Kind::Text, "\"$user\", public"),
    ("seq_page_cost", Kind::Text, "1"),
    ("server_version", Kind::Fixed, "15.18"),
    ("server_version_num", Kind::Fixed, "150018"),
    ("standard_conforming_strings", Kind::Bool, "on"),
    ("statement_timeout", Kind::Time, "0"),
    ("synchronous_commit", Kind::Text, "on"),
    ("TimeZone", Kind::Text, "UTC"),
    ("transaction_deferrable", Kind::Bool, "off"),
    ("transaction_isolation", Kind::Isolation, "read committed"),
    ("transaction_read_only", Kind::Bool, "off"),
    ("work_mem", Kind::Text, "4MB"),
];

/// A session's parameters. Only those that differ from the default are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    values: BTreeMap<Rc<str>, Rc<str>>,
    /// What `SET LOCAL` hides until the transaction ends.
    hidden: BTreeMap<Rc<str>, Option<Rc<str>>>,
    /// How values are written.
    pub style: Style,
    /// What the planner may choose from, and what it thinks things cost.
    pub planner: crate::query::Settings,
}

fn find(name: &str) -> Option<&'static (&'static str, Kind, &'static str)> {
    PARAMETERS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name))
}

impl Settings {
    /// The value as it is kept: `on`, `1000` (milliseconds).
    fn raw(&self, name: &str) -> &str {
        self.values.get(name).map(|value| &**value).or_else(|| find(name).map(|it| it.2)).unwrap_or("")
    }

    /// Whether a switch is on.
    pub fn is_on(&self, name: &str) -> bool {
        self.raw(name) == "on"
    }

    /// Whether a parameter has that value.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.raw(name) == value
    }

    /// A time, if it is not zero, which means *never*.
    pub fn time(&self, name: &str) -> Option<Micros> {
        self.raw(name).parse::<u64>().ok().filter(|ms| *ms > 0).map(|ms| ms * 1000)
    }

    /// The level of transactions that do not name one.
    pub fn isolation(&self) -> Isolation {
        parse_isolation(self.raw("default_transaction_isolation")).unwrap_or_default()
    }

    /// Gives a parameter a value; `None` gives it its default. `local`: until the transaction ends.
    pub fn set(&mut self, name: &str, value: Option<&str>, local: bool) -> Result<(), SqlError> {
        let Some((name, kind, _)) = find(name) else {
            if name.contains('.') {
                self.put(name, value.map(Into::into), local);
                return Ok(());
            }
            return Err(unknown(name));
        };
        if *kind == Kind::Fixed {
            return Err(SqlError::new(
                "55P02",
                format!("parameter \"{name}\" cannot be changed without restarting the server"),
            ));
        }
        let value = value.map(|value| check(name, *kind, value)).transpose()?;
        self.put(name, value, local);
        self.read();
        Ok(())
    }

    fn put(&mut self, name: &str, value: Option<Rc<str>>, local: bool) {
        let name: Rc<str> = name.into();
        if local {
            let now = self.values.get(&name).cloned();
            self.hidden.entry(Rc::clone(&name)).or_insert(now);
        } else {
            self.hidden.remove(&name);
        }
        match value {
            Some(value) => self.values.insert(name, value),
            None => self.values.remove(&name),
        };
    }

    /// Undoes every `SET LOCAL`: the transaction has ended well.
    pub fn end_transaction(&mut self) {
        for (name, value) in std::mem::take(&mut self.hidden) {
            match value {
                Some(value) => self.values.insert(name, value),
                None => self.values.remove(&name),
            };
        }
        self.read();
    }

    /// Reads what is asked for often.
    fn read(&mut self) {
        self.style = self.read_style();
        let number = |name| self.raw(name).trim().parse().unwrap_or_default();
        self.planner = crate::query::Settings {
            enable_seqscan: self.is_on("enable_seqscan"),
            enable_indexscan: self.is_on("enable_indexscan"),
            enable_bitmapscan: self.is_on("enable_bitmapscan"),
            enable_sort: self.is_on("enable_sort"),
            enable_nestloop: self.is_on("enable_nestloop"),
            enable_hashjoin: self.is_on("enable_hashjoin"),
            enable_mergejoin: self.is_on("enable_mergejoin"),
            enable_hashagg: self.is_on("enable_hashagg"),
            enable_material: self.is_on("enable_material"),
            seq_page_cost: number("seq_page_cost"),
            random_page_cost: number("random_page_cost"),
            cpu_tuple_cost: number("cpu_tuple_cost"),
            cpu_index_tuple_cost: number("cpu_index_tuple_cost"),
            cpu_operator_cost: number("cpu_operator_cost"),
            ..crate::query::Settings::default()
        };
    }

    fn read_style(&self) -> Style {
        use crate::value::style::{DateOrder, DateStyle, IntervalStyle, Zone};
        let mut style = Style::default();
        for word in self.raw("DateStyle").to_ascii_lowercase().split(',').map(str::trim) {
            match word {
                "iso" => style.date = DateStyle::Iso,
                "sql" => style.date = DateStyle::Sql,
                "postgres" => style.date = DateStyle::Postgres,
                "german" => style.date = DateStyle::German,
                "mdy" | "us" => style.order = DateOrder::Mdy,
                "dmy" | "european" => style.order = DateOrder::Dmy,
                "ymd" => style.order = DateOrder::Ymd,
                _ => {}
            }
        }
        if self.raw("IntervalStyle").eq_ignore_ascii_case("postgres_verbose") {
            style.interval = IntervalStyle::PostgresVerbose;
        }
        let zone = self.raw("TimeZone").to_ascii_uppercase();
        if zone == "PST8PDT" || zone == "AMERICA/LOS_ANGELES" {
            style.zone = Zone::Pst8Pdt;
        }
        style
    }

    /// Whether there is something for [`Settings::end_transaction`] to undo.
    pub fn has_local(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// The value as `SHOW` shows it.
    pub fn show(&self, name: &str) -> Result<String, SqlError> {
        match find(name) {
            Some((name, Kind::Time, _)) => Ok(show_time(self.raw(name))),
            Some((name, ..)) => Ok(self.raw(name).to_owned()),
            None => self.values.get(name).map(|value| value.to_string()).ok_or_else(|| unknown(name)),
        }
    }

    /// The name as `SHOW` heads its column.
    pub fn heading(name: &str) -> String {
        find(name).map_or(name, |it| it.0).to_owned()
    }
}

fn unknown(name: &str) -> SqlError {
    SqlError::new("42704", format!("unrecognized configuration parameter \"{name}\""))
}

/// The level of that name, as settings spell it.
pub fn parse_isolation(value: &str) -> Option<Isolation> {
    match value.to_ascii_lowercase().as_str() {
        "serializable" => Some(Isolation::Serializable),
        "repeatable read" => Some(Isolation::RepeatableRead),
        // READ UNCOMMITTED is READ COMMITTED by another name. (Manual, 13.2)
        "read committed" | "read uncommitted" => Some(Isolation::ReadCommitted),
        _ => None,
    }
}

fn check(name: &str, kind: Kind, value: &str) -> Result<Rc<str>, SqlError> {
    let invalid = || SqlError::new("22023", format!("invalid value for parameter \"{name}\": \"{value}\""));
    let lower = value.trim().to_ascii_lowercase();
    Ok(match kind {
        Kind::Bool => match lower.as_str() {
            "on" | "true" | "t" | "yes" | "y" | "1" => "on".into(),
            "off" | "false" | "f" | "no" | "n" | "0" => "off".into(),
            _ => return Err(SqlError::new("22023", format!("parameter \"{name}\" requires a Boolean value"))),
        },
        Kind::Time => parse_time(&lower).ok_or_else(invalid)?.to_string().into(),
        Kind::Integer => lower.parse::<i64>().map_err(|_| invalid())?.to_string().into(),
        Kind::Isolation => {
            parse_isolation(&lower).ok_or_else(invalid)?;
            lower.into()
        }
        Kind::Text | Kind::Fixed => value.into(),
    })
}

/// A time in milliseconds: `10`, `10ms`, `5s`, `1min`.
fn parse_time(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = (text[..digits].parse::<f64>().ok()?, text[digits..].trim());
    let factor = match unit {
        "" | "ms" => 1.0,
        "us" => 0.001,
        "s" => 1000.0,
        "min" => 60_000.0,
        "h" => 3_600_000.0,
        "d" => 86_400_000.0,
        _ => return None,
    };
    let ms = (number * factor).round();
    (ms <= f64::from(i32::MAX)).then_some(ms as u64)
}

/// In the largest unit that divides it.
fn show_time(ms: &str) -> String {
    let ms: u64 = ms.parse().unwrap_or(0);
    if ms == 0 {
        return "0".into();
    }
    let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1000, "s"), (1, "ms")];
    let (size, unit) = units.into_iter().find(|(size, _)| ms.is_multiple_of(*size)).unwrap_or((1, "ms"));
    format!("{}{unit}", ms / size)
}
