//! `= <> < <= > >=` of every type: one order tells them all.

use super::Answer;
use crate::value::datetime::DAY;
use crate::value::{Style, Value, compare};
use std::cmp::Ordering;

pub fn eq(args: &[Value]) -> Answer {
    Ok(Value::Bool(order(args).is_eq()))
}

pub fn ne(args: &[Value]) -> Answer {
    Ok(Value::Bool(order(args).is_ne()))
}

pub fn lt(args: &[Value]) -> Answer {
    Ok(Value::Bool(order(args).is_lt()))
}

pub fn le(args: &[Value]) -> Answer {
    Ok(Value::Bool(order(args).is_le()))
}

pub fn gt(args: &[Value]) -> Answer {
    Ok(Value::Bool(order(args).is_gt()))
}

pub fn ge(args: &[Value]) -> Answer {
    Ok(Value::Bool(order(args).is_ge()))
}

fn order(args: &[Value]) -> Ordering {
    match args {
        [Value::Int(left), Value::Int(right)] => left.cmp(right),
        [left, right] => compare(left, right),
        _ => Ordering::Equal,
    }
}

/// `xid = integer`
pub fn xid_eq_int(args: &[Value]) -> Answer {
    Ok(Value::Bool(matches!(args, [Value::Oid(xid), Value::Int(number)] if *xid as i32 == *number)))
}

pub fn xid_ne_int(args: &[Value]) -> Answer {
    Ok(Value::Bool(!matches!(args, [Value::Oid(xid), Value::Int(number)] if *xid as i32 == *number)))
}

/// A date or a timestamp on the left, a timestamp with time zone on the right: the left one is where the session is.
macro_rules! zoned {
    ($($left:ident $right:ident $test:ident;)*) => { $(
        pub fn $left(args: &[Value], style: &Style) -> Answer {
            Ok(Value::Bool(utc(&args[0], style).cmp(&moment(&args[1])).$test()))
        }

        pub fn $right(args: &[Value], style: &Style) -> Answer {
            Ok(Value::Bool(moment(&args[0]).cmp(&utc(&args[1], style)).$test()))
        }
    )* };
}

zoned! {
    local_eq tz_eq is_eq;
    local_ne tz_ne is_ne;
    local_lt tz_lt is_lt;
    local_le tz_le is_le;
    local_gt tz_gt is_gt;
    local_ge tz_ge is_ge;
}

fn moment(value: &Value) -> i64 {
    match value {
        Value::Timestamp(micros) => *micros,
        Value::Date(i32::MIN) => i64::MIN,
        Value::Date(i32::MAX) => i64::MAX,
        Value::Date(day) => i64::from(*day).saturating_mul(DAY),
        _ => 0,
    }
}

fn utc(value: &Value, style: &Style) -> i64 {
    match moment(value) {
        infinite @ (i64::MIN | i64::MAX) => infinite,
        local => style.zone.to_utc(local),
    }
}
