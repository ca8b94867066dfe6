//! Turning a value of one type into one of another. (PostgreSQL's `pg_cast`; manual, 10.4 "Value Storage")

use super::datetime::calendar;
use super::datetime::{DAY, interval::Span};
use super::input::{self, input};
use super::output::output;
use super::{Category, Numeric, Style, Type, Typmod, Value};
use crate::error::SqlError;
use std::rc::Rc;

/// When a cast is made without being asked for, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    Implicit,
    /// Storing into a column.
    Assignment,
    /// `CAST(x AS t)`, `x::t`
    Explicit,
}

use Context::{Assignment, Explicit, Implicit};

/// The weakest context in which `from` becomes `to`, if there is one. A literal of no type becomes anything.
/// (`find_coercion_pathway`)
pub fn cast_context(from: Type, to: Type) -> Option<Context> {
    if from == to || from == Type::Unknown || to == Type::Any {
        return Some(Implicit);
    }
    if let Some(context) = listed(from, to) {
        return Some(context);
    }
    if let (Some(from), Some(to)) = (from.element(), to.element()) {
        return cast_context(from, to);
    }
    // Whatever can be written can be stored as text; whatever can be read can be asked for.
    if to.category() == Category::String {
        return Some(Assignment);
    }
    if from.category() == Category::String && to.category() != Category::Pseudo {
        return Some(Explicit);
    }
    None
}

/// The entries of `pg_cast`.
fn listed(from: Type, to: Type) -> Option<Context> {
    use Type::*;
    Some(match (from, to) {
        (Bool, Int4) | (Int4, Bool) | (Xid8, Xid) => Explicit,
        (Int2, Int4 | Int8 | Float4 | Float8 | Numeric | Oid) => Implicit,
        (Int4, Int8 | Float4 | Float8 | Numeric | Oid) => Implicit,
        (Int4, Int2) => Assignment,
        (Int8, Float4 | Float8 | Numeric | Oid) => Implicit,
        (Int8, Int2 | Int4) => Assignment,
        (Numeric, Float4 | Float8) | (Float4, Float8) => Implicit,
        (Numeric, Int2 | Int4 | Int8) => Assignment,
        (Float4, Int2 | Int4 | Int8 | Numeric) => Assignment,
        (Float8, Int2 | Int4 | Int8 | Numeric | Float4) => Assignment,
        (Oid, Int4 | Int8) => Assignment,
        (Text, Name | Bpchar | Varchar) => Implicit,
        (Varchar, Name | Text | Bpchar) => Implicit,
        (Bpchar, Name | Text | Varchar) => Implicit,
        (Name, Text) => Implicit,
        (Date, Timestamp | TimestampTz) | (Timestamp, TimestampTz) => Implicit,
        (Timestamp | TimestampTz, Date) | (TimestampTz, Timestamp) => Assignment,
        _ => return None,
    })
}

/// Whether `from` becomes `to` in that context.
pub fn can_cast(from: Type, to: Type, context: Context) -> bool {
    cast_context(from, to).is_some_and(|needed| needed <= context)
}

/// Makes `value`, of type `from`, one of type `to` with that modifier. `from` and `to` may be the same: then the modifier alone is
/// applied. Explicit casts cut texts that are too long where assignments complain.
pub fn cast(
    value: &Value,
    from: Type,
    to: Type,
    typmod: Option<Typmod>,
    explicit: bool,
    style: &Style,
) -> Result<Value, SqlError> {
    if value.is_null() {
        return Ok(Value::Null);
    }
    let converted = if from == to { value.clone() } else { convert(value, from, to, style)? };
    match typmod {
        Some(typmod) => fit(converted, to, typmod, explicit),
        None => Ok(converted),
    }
}

fn convert(value: &Value, from: Type, to: Type, style: &Style) -> Result<Value, SqlError> {
    match (value, to) {
        (Value::Array(elements), _) if to.is_array() => {
            let (from, to) = (from.element().unwrap_or(Type::Text), to.element().unwrap_or(Type::Text));
            let cast: Result<Rc<[Value]>, SqlError> =
                elements.iter().map(|element| cast(element, from, to, None, true, style)).collect();
            Ok(Value::Array(cast?))
        }
        (_, Type::Unknown) => Ok(Value::text(output(value, from, style))),
        // Characters lose their padding on the way to any other text.
        (Value::Bpchar(text), Type::Text | Type::Varchar) => Ok(Value::text(text.trim_end_matches(' '))),
        (Value::Bpchar(text), Type::Name) => Ok(Value::text(input::name(text.trim_end_matches(' ')))),
        (Value::Bool(truth), Type::Text | Type::Varchar) => Ok(Value::text(if *truth { "true" } else { "false" })),
        (Value::Bool(truth), Type::Bpchar) => Ok(Value::Bpchar(if *truth { "true" } else { "false" }.into())),
        (Value::Text(text), Type::Text | Type::Varchar) => Ok(Value::Text(text.clone())),
        (_, Type::Text | Type::Varchar) => Ok(Value::text(output(value, from, style))),
        (_, Type::Name) => Ok(Value::text(input::name(&output(value, from, style)))),
        (_, Type::Bpchar) => Ok(Value::Bpchar(output(value, from, style).into())),
        (Value::Text(text), _) => input(text, to, None, style),
        (Value::Bpchar(text), _) => input(text, to, None, style),
        (Value::Date(_) | Value::Timestamp(_), _) => moment(value, from, to, style),
        _ => number(value, from, to),
    }
}

fn number(value: &Value, from: Type, to: Type) -> Result<Value, SqlError> {
    let out_of_range = || SqlError::new("22003", format!("{to} out of range"));
    match to {
        Type::Bool => Ok(Value::Bool(!matches!(value, Value::Int(0)))),
        Type::Int2 | Type::Int4 | Type::Int8 => {
            let number = whole(value, to)?.ok_or_else(out_of_range)?;
            match to {
                Type::Int2 => i16::try_from(number).map(|number| Value::Int(number.into())).map_err(|_| out_of_range()),
                Type::Int4 => i32::try_from(number).map(Value::Int).map_err(|_| out_of_range()),
                _ => Ok(Value::BigInt(number)),
            }
        }
        Type::Float8 => double(value).map(Value::Float),
        Type::Float4 => {
            let number = double(value)?;
            let single = number as f32;
            if single.is_infinite() && number.is_finite() {
                return Err(match from {
                    Type::Numeric => SqlError::new(
                        "22003",
                        format!("\"{}\" is out of range for type real", output(value, from, &Style::default())),
                    ),
                    _ => SqlError::new("22003", "value out of range: overflow"),
                });
            }
            if single == 0.0 && number != 0.0 {
                return Err(SqlError::new("22003", "value out of range: underflow"));
            }
            Ok(Value::Float(f64::from(single)))
        }
        Type::Numeric => Ok(Value::numeric(match value {
            Value::Int(number) => Numeric::from(*number),
            Value::BigInt(number) => Numeric::from(*number),
            Value::Float(number) if from == Type::Float4 => Numeric::from_f32(*number as f32),
            Value::Float(number) => Numeric::from_f64(*number),
            _ => return Ok(value.clone()),
        })),
        Type::Oid => match value {
            Value::Int(number) => Ok(Value::Oid(*number as u32)),
            Value::BigInt(number) => {
                u32::try_from(*number).map(Value::Oid).map_err(|_| SqlError::new("22003", "OID out of range"))
            }
            _ => Ok(value.clone()),
        },
        Type::Xid => match value {
            Value::BigInt(number) => Ok(Value::Oid(*number as u32)),
            _ => Ok(value.clone()),
        },
        _ => Ok(value.clone()),
    }
}

/// The nearest whole number: of doubles halves go to the even one, of decimals away from zero.
fn whole(value: &Value, to: Type) -> Result<Option<i64>, SqlError> {
    Ok(match value {
        Value::Int(number) => Some(i64::from(*number)),
        Value::BigInt(number) => Some(*number),
        Value::Bool(truth) => Some(i64::from(*truth)),
        // An oid becomes an integer bit by bit, a bigint by its value.
        Value::Oid(number) if to == Type::Int4 => Some(i64::from(*number as i32)),
        Value::Oid(number) => Some(i64::from(*number)),
        Value::Float(number) => {
            let rounded = number.round_ties_even();
            // 2^63 itself is a double and no bigint.
            (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&rounded).then_some(rounded as i64)
        }
        Value::Numeric(number) if number.is_nan() => {
            return Err(SqlError::new("0A000", format!("cannot convert NaN to {to}")));
        }
        Value::Numeric(number) if number.is_infinite() => {
            return Err(SqlError::new("0A000", format!("cannot convert infinity to {to}")));
        }
        Value::Numeric(number) => number.to_i64(),
        _ => None,
    })
}

fn double(value: &Value) -> Result<f64, SqlError> {
    Ok(match value {
        Value::Int(number) => f64::from(*number),
        Value::BigInt(number) => *number as f64,
        Value::Float(number) => *number,
        Value::Numeric(number) => {
            let double = number.to_f64();
            if double.is_infinite() && !number.is_infinite() {
                let text = format!("\"{number}\" is out of range for type double precision");
                return Err(SqlError::new("22003", text));
            }
            double
        }
        _ => f64::NAN,
    })
}

/// Between dates, timestamps and timestamps with time zone.
fn moment(value: &Value, from: Type, to: Type, style: &Style) -> Result<Value, SqlError> {
    let local = match *value {
        Value::Date(i32::MIN) => i64::MIN,
        Value::Date(i32::MAX) => i64::MAX,
        Value::Date(day) => i64::from(day)
            .checked_mul(DAY)
            .filter(|micros| calendar::timestamp_in_range(*micros))
            .ok_or_else(|| SqlError::new("22008", "date out of range for timestamp"))?,
        Value::Timestamp(micros) => micros,
        _ => return Ok(value.clone()),
    };
    let infinite = matches!(local, i64::MIN | i64::MAX);
    Ok(match (from, to) {
        (Type::TimestampTz, Type::Timestamp) if !infinite => Value::Timestamp(style.zone.to_local(local)),
        (Type::Date | Type::Timestamp, Type::TimestampTz) if !infinite => Value::Timestamp(style.zone.to_utc(local)),
        (_, Type::Date) => Value::Date(match local {
            i64::MIN => i32::MIN,
            i64::MAX => i32::MAX,
            _ => {
                let shown = if from == Type::TimestampTz { style.zone.to_local(local) } else { local };
                shown.div_euclid(DAY) as i32
            }
        }),
        _ => Value::Timestamp(local),
    })
}

/// Applies a modifier.
fn fit(value: Value, ty: Type, typmod: Typmod, explicit: bool) -> Result<Value, SqlError> {
    match (value, typmod) {
        (Value::Text(text), Typmod::Length(length)) if ty == Type::Varchar => {
            Ok(Value::Text(shortened(&text, length, ty, explicit)?.map_or(text.clone(), Into::into)))
        }
        (Value::Bpchar(text), Typmod::Length(length)) => {
            let missing = (length as usize).saturating_sub(text.chars().count());
            if missing > 0 {
                return Ok(Value::Bpchar(format!("{text}{}", " ".repeat(missing)).into()));
            }
            Ok(Value::Bpchar(shortened(&text, length, ty, explicit)?.map_or(text.clone(), Into::into)))
        }
        (Value::Numeric(number), Typmod::Numeric { precision, scale }) => {
            Ok(Value::numeric(number.fit(precision, scale)?))
        }
        (Value::Timestamp(micros), Typmod::Seconds(digits)) => Ok(Value::Timestamp(rounded(micros, digits))),
        (value @ Value::Interval { .. }, Typmod::Seconds(digits)) => {
            let span = Span::of(&value);
            Ok(Span { micros: rounded(span.micros, digits), ..span }.into())
        }
        (value, _) => Ok(value),
    }
}

/// The first `length` characters, if there are more.
fn shortened(text: &str, length: u32, ty: Type, explicit: bool) -> Result<Option<&str>, SqlError> {
    let Some((end, _)) = text.char_indices().nth(length as usize) else { return Ok(None) };
    if !explicit && !text[end..].bytes().all(|byte| byte == b' ') {
        return Err(SqlError::new("22001", format!("value too long for type {ty}({length})")));
    }
    Ok(Some(&text[..end]))
}

/// Microseconds rounded to that many digits of a second, halves away from zero.
fn rounded(micros: i64, digits: u8) -> i64 {
    if matches!(micros, i64::MIN | i64::MAX) || digits >= 6 {
        return micros;
    }
    let unit = 10i64.pow(6 - u32::from(digits));
    let size = (micros.unsigned_abs() + unit.unsigned_abs() / 2) / unit.unsigned_abs() * unit.unsigned_abs();
    if micros < 0 { -(size as i64) } else { size as i64 }
}
