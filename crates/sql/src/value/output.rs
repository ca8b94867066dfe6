//! Values as a client sees them.

use super::datetime::{interval::Span, output as datetime};
use super::{Style, Type, Value, float};

/// The text of a value, byte for byte PostgreSQL's. Null is empty: whoever shows it decides what stands for it.
pub fn output(value: &Value, ty: Type, style: &Style) -> String {
    match value {
        Value::Null | Value::Void => String::new(),
        Value::Bool(value) => if *value { "t" } else { "f" }.into(),
        Value::Int(value) => value.to_string(),
        Value::BigInt(value) => value.to_string(),
        Value::Float(value) if ty == Type::Float4 => float::output_single(*value),
        Value::Float(value) => float::output(*value),
        Value::Numeric(value) => value.to_string(),
        Value::Text(value) | Value::Bpchar(value) => value.to_string(),
        Value::Date(value) => datetime::date(*value, style),
        Value::Timestamp(value) if ty == Type::TimestampTz => datetime::timestamp_tz(*value, style),
        Value::Timestamp(value) => datetime::timestamp(*value, style),
        Value::Interval { .. } => Span::of(value).output(style),
        Value::Tid(page, slot) => format!("({page},{slot})"),
        Value::Oid(value) => value.to_string(),
        Value::Array(elements) => array(elements, ty.element().unwrap_or(Type::Unknown), style),
        Value::Record(fields) => record(fields, style),
    }
}

/// `{1,2,NULL,"a b"}` (`array_out`)
fn array(elements: &[Value], ty: Type, style: &Style) -> String {
    let mut text = String::from("{");
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if element.is_null() {
            text += "NULL";
            continue;
        }
        let word = output(element, ty, style);
        let special = |c: char| matches!(c, '{' | '}' | ',' | '"' | '\\') || blank(c);
        if word.is_empty() || word.contains(special) || word.eq_ignore_ascii_case("null") {
            quote(&mut text, &word, '\\');
        } else {
            text += &word;
        }
    }
    text + "}"
}

/// `(1,foo,)` (`record_out`). A timestamp in it is shown without a time zone.
fn record(fields: &[Value], style: &Style) -> String {
    let mut text = String::from("(");
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        if field.is_null() {
            continue;
        }
        let word = output(field, Type::Unknown, style);
        let special = |c: char| matches!(c, '(' | ')' | ',' | '"' | '\\') || blank(c);
        if word.is_empty() || word.contains(special) {
            quote(&mut text, &word, '"');
        } else {
            text += &word;
        }
    }
    text + ")"
}

fn blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\x0b'
}

/// Quotes are doubled in records and escaped in arrays; backslashes are doubled in both.
fn quote(text: &mut String, word: &str, before_quote: char) {
    text.push('"');
    for c in word.chars() {
        match c {
            '"' => text.push(before_quote),
            '\\' => text.push('\\'),
            _ => {}
        }
        text.push(c);
    }
    text.push('"');
}
