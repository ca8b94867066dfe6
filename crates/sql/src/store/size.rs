//! How many bytes a row takes, which decides where it is put. (`heap_compute_data_size`; manual, 73.6.1)

use crate::value::{Type, Value};

/// The header of a row version, with its padding.
const HEADER: u32 = 24;

/// Bytes of a type's values, and what their place is a multiple of; no bytes for those that say it themselves.
/// (`typlen`, `typalign`)
pub fn layout(ty: Type) -> (Option<u32>, u32) {
    match ty {
        Type::Bool => (Some(1), 1),
        Type::Int2 => (Some(2), 2),
        Type::Int4 | Type::Date | Type::Oid | Type::Xid | Type::Float4 => (Some(4), 4),
        Type::Int8 | Type::Float8 | Type::Timestamp | Type::TimestampTz | Type::Xid8 => (Some(8), 8),
        Type::Interval => (Some(16), 8),
        Type::Name => (Some(64), 1),
        Type::Tid => (Some(6), 2),
        _ => (None, 4),
    }
}

/// Bytes of the values of a row or an index entry, one after the other.
pub fn data_size(values: &[Value], types: impl Iterator<Item = Type>) -> u32 {
    let mut at = 0u32;
    for (value, ty) in values.iter().zip(types) {
        if value.is_null() {
            continue;
        }
        let (length, align) = layout(ty);
        match length {
            Some(length) => at = at.next_multiple_of(align) + length,
            None => {
                let bytes = variable(value);
                // Short values have a header of one byte and need no padding.
                at = if bytes < 127 { at + 1 + bytes } else { at.next_multiple_of(4) + 4 + bytes };
            }
        }
    }
    at
}

fn variable(value: &Value) -> u32 {
    match value {
        Value::Text(text) | Value::Bpchar(text) => text.len() as u32,
        // Groups of four digits on either side of the point, two bytes each, and a short header.
        Value::Numeric(number) => 2 + 2 * groups(&number.to_string()),
        Value::Array(values) => 20 + values.iter().map(|value| 4 + variable(value)).sum::<u32>(),
        Value::Record(values) => 24 + values.iter().map(|value| 4 + variable(value)).sum::<u32>(),
        _ => 4,
    }
}

/// Groups of four digits of a number, without those that are zero at its ends.
fn groups(number: &str) -> u32 {
    let (whole, part) = number.trim_start_matches('-').split_once('.').unwrap_or((number.trim_start_matches('-'), ""));
    let whole = whole.trim_start_matches('0');
    let padding = whole.len().next_multiple_of(4) - whole.len();
    let digits = "0".repeat(padding) + whole + part + &"0".repeat(part.len().next_multiple_of(4) - part.len());
    let groups: Vec<&[u8]> = digits.as_bytes().chunks(4).collect();
    let is_zero = |group: &&[u8]| group.iter().all(|digit| *digit == b'0');
    let first = groups.iter().position(|group| !is_zero(group)).unwrap_or(groups.len());
    let last = groups.iter().rposition(|group| !is_zero(group)).map_or(first, |last| last + 1);
    (last - first) as u32
}

/// Bytes of a row version on its page.
pub fn tuple_size(values: &[Value], types: impl Iterator<Item = Type>) -> u32 {
    let nulls = if values.iter().any(Value::is_null) { (values.len() as u32).div_ceil(8) } else { 0 };
    let header = if nulls > 1 { (HEADER - 1 + nulls).next_multiple_of(8) } else { HEADER };
    (header + data_size(values, types)).next_multiple_of(8)
}
