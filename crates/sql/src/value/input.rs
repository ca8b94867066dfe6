//! Values from text.

use super::datetime::input as datetime;
use super::{Numeric, Style, Type, Typmod, Value, cast, float};
use crate::error::SqlError;
use std::rc::Rc;

/// Reads a value as PostgreSQL's input functions do: `invalid input syntax for type integer: "abc"`. A modifier is applied as
/// an assignment would: too long a text is an error. A literal with an explicit cast is read without one and then given to
/// [`super::cast::cast`].
pub fn input(text: &str, ty: Type, typmod: Option<Typmod>, style: &Style) -> Result<Value, SqlError> {
    let value = read(text, ty, style)?;
    match typmod {
        Some(_) => cast::cast(&value, ty, ty, typmod, false, style),
        None => Ok(value),
    }
}

fn read(text: &str, ty: Type, style: &Style) -> Result<Value, SqlError> {
    Ok(match ty {
        Type::Bool => Value::Bool(boolean(text).ok_or_else(|| invalid(ty, text))?),
        Type::Int2 => Value::Int(i32::from(integer::<i16>(text, ty)?)),
        Type::Int4 => Value::Int(integer::<i32>(text, ty)?),
        Type::Int8 => Value::BigInt(integer::<i64>(text, ty)?),
        Type::Float4 => Value::Float(f64::from(float::input(text, ty.name())? as f32)),
        Type::Float8 => Value::Float(float::input(text, ty.name())?),
        Type::Numeric => Value::numeric(Numeric::parse(text)?),
        Type::Text | Type::Varchar | Type::Unknown => Value::text(text),
        Type::Bpchar => Value::Bpchar(text.into()),
        Type::Name => Value::text(name(text)),
        Type::Date => Value::Date(datetime::date(text, style)?),
        Type::Timestamp => Value::Timestamp(datetime::timestamp(text, style)?),
        Type::TimestampTz => Value::Timestamp(datetime::timestamp_tz(text, style)?),
        Type::Interval => super::datetime::span::interval(text)?.into(),
        Type::Oid => Value::Oid(oid(text)?),
        Type::Xid => Value::Oid(leading_number(text) as u32),
        Type::Xid8 => Value::BigInt(leading_number(text) as i64),
        Type::Tid => tid(text).ok_or_else(|| invalid(ty, text))?,
        Type::Regtype => match Type::parse(&text.trim().to_ascii_lowercase()) {
            Some(named) => Value::text(named.name()),
            None => return Err(SqlError::new("42704", format!("type \"{}\" does not exist", text.trim()))),
        },
        Type::Void => Value::Void,
        Type::Record => {
            return Err(SqlError::new("0A000", "input of anonymous composite types is not implemented"));
        }
        ty => match ty.element() {
            Some(element) => array(text, element, style)?,
            None => return Err(pseudo(ty)),
        },
    })
}

/// 22P02 `invalid input syntax for type integer: "abc"`
fn invalid(ty: Type, text: &str) -> SqlError {
    SqlError::new("22P02", format!("invalid input syntax for type {ty}: \"{text}\""))
}

fn pseudo(ty: Type) -> SqlError {
    SqlError::new("0A000", format!("cannot accept a value of type {ty}"))
}

/// C's `isspace`.
pub(super) fn is_blank(c: char) -> bool {
    c.is_ascii_whitespace() || c == '\x0b'
}

/// `t`, `yes`, `of`: any beginning that belongs to one word only. (`parse_bool_with_len`)
pub fn boolean(text: &str) -> Option<bool> {
    let word = text.trim_matches(is_blank).to_ascii_lowercase();
    let begins = |whole: &str, least: usize| word.len() >= least && whole.starts_with(&word);
    match word.as_str() {
        "1" => Some(true),
        "0" => Some(false),
        _ if begins("true", 1) || begins("yes", 1) || word == "on" => Some(true),
        _ if begins("false", 1) || begins("no", 1) || begins("off", 2) => Some(false),
        _ => None,
    }
}

fn integer<T: std::str::FromStr>(text: &str, ty: Type) -> Result<T, SqlError> {
    let word = text.trim_matches(is_blank);
    let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid(ty, text));
    }
    word.parse().map_err(|_| SqlError::new("22003", format!("value \"{text}\" is out of range for type {ty}")))
}

fn oid(text: &str) -> Result<u32, SqlError> {
    let word = text.trim_matches(is_blank);
    let digits = word.strip_prefix(['+', '-']).unwrap_or(word);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(invalid(Type::Oid, text));
    }
    // Negative numbers wrap, as C's strtoul has it.
    let out_of_range = || SqlError::new("22003", format!("value \"{text}\" is out of range for type oid"));
    match word.parse::<i64>() {
        Ok(number) if number >= 0 => u32::try_from(number).map_err(|_| out_of_range()),
        Ok(number) => i32::try_from(number).map(|number| number as u32).map_err(|_| out_of_range()),
        Err(_) => Err(out_of_range()),
    }
}

/// The number a text begins with, or 0: xids are read without complaint.
fn leading_number(text: &str) -> u64 {
    let word = text.trim_start_matches(is_blank);
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    word[..end].parse().unwrap_or(0)
}

fn tid(text: &str) -> Option<Value> {
    let (page, slot) = text.trim_matches(is_blank).strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
    Some(Value::Tid(page.trim().parse().ok()?, slot.trim().parse().ok()?))
}

/// The first 63 bytes, without a piece of a character at their end.
pub(super) fn name(text: &str) -> &str {
    let mut end = text.len().min(63);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `{1, 2, NULL, "a b"}`, one dimension. (`array_in`)
fn array(text: &str, ty: Type, style: &Style) -> Result<Value, SqlError> {
    let malformed = |detail: &str| {
        SqlError::new("22P02", format!("malformed array literal: \"{text}\"")).detail(detail.to_string())
    };
    let word = text.trim_start_matches(is_blank);
    let Some(inside) = word.strip_prefix('{') else {
        return Err(malformed("Array value must start with \"{\" or dimension information."));
    };
    let mut elements = Vec::new();
    let mut rest = inside.trim_start_matches(is_blank);
    if let Some(after) = rest.strip_prefix('}') {
        return match after.trim_matches(is_blank) {
            "" => Ok(Value::Array(Rc::from([]))),
            _ => Err(malformed("Junk after closing right brace.")),
        };
    }
    loop {
        if rest.starts_with('{') {
            return Err(SqlError::unsupported("arrays of more than one dimension are"));
        }
        let (element, quoted, after) = element(rest).ok_or_else(|| malformed("Unexpected end of input."))?;
        let after = after.trim_start_matches(is_blank);
        let next = after.chars().next();
        match next {
            Some(',' | '}') if !quoted && element.is_empty() => {
                return Err(malformed(&format!("Unexpected \"{}\" character.", next.unwrap_or('}'))));
            }
            Some(',' | '}') => {}
            Some(_) => return Err(malformed("Unexpected array element.")),
            None => return Err(malformed("Unexpected end of input.")),
        }
        elements.push(match element.as_str() {
            word if !quoted && word.eq_ignore_ascii_case("null") => Value::Null,
            word => input(word, ty, None, style)?,
        });
        rest = after[1..].trim_start_matches(is_blank);
        if next == Some('}') {
            return match rest {
                "" => Ok(Value::Array(elements.into())),
                _ => Err(malformed("Junk after closing right brace.")),
            };
        }
    }
}

/// One element, whether it was quoted, and what follows it.
fn element(text: &str) -> Option<(String, bool, &str)> {
    let mut word = String::new();
    let mut chars = text.char_indices();
    if let Some(inside) = text.strip_prefix('"') {
        let mut chars = inside.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => return Some((word, true, &inside[at + 1..])),
                '\\' => word.push(chars.next()?.1),
                _ => word.push(c),
            }
        }
        return None;
    }
    while let Some((at, c)) = chars.next() {
        match c {
            ',' | '}' | '{' | '"' => return Some((word.trim_end_matches(is_blank).to_string(), false, &text[at..])),
            '\\' => word.push(chars.next()?.1),
            _ => word.push(c),
        }
    }
    None
}
