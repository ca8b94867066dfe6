//! How a strategy is shown, everywhere: name, colour and shape.

use crate::draw::chart::Marker;
use interleave_sql::workload::Strategy;

/// The style sheet's role of a strategy.
pub fn role(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::None => "role-fault",
        Strategy::Atomic => "role-check",
        Strategy::ForUpdate => "role-poll",
        Strategy::Version => "role-microtask",
        Strategy::Serializable => "role-timers",
    }
}

pub fn marker(strategy: Strategy) -> Marker {
    match strategy {
        Strategy::None => Marker::Cross,
        Strategy::Atomic => Marker::Diamond,
        Strategy::ForUpdate => Marker::Square,
        Strategy::Version => Marker::Circle,
        Strategy::Serializable => Marker::Triangle,
    }
}

/// Beside a line of a chart.
pub fn short(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::None => "none",
        Strategy::Atomic => "atomic",
        Strategy::ForUpdate => "for update",
        Strategy::Version => "version",
        Strategy::Serializable => "serializable",
    }
}

/// What it does, in the SQL that makes the difference.
pub fn sql(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::None => "SELECT …, then UPDATE …",
        Strategy::Atomic => "SET v = v + 1",
        Strategy::ForUpdate => "SELECT … FOR UPDATE",
        Strategy::Version => "… AND version = 7",
        Strategy::Serializable => "retry on 40001",
    }
}
