//! LIKE and ILIKE. (`like_match.c`)

use super::{Answer, text};
use crate::error::SqlError;
use crate::value::Value;

pub fn like(args: &[Value]) -> Answer {
    test(args, false).map(Value::Bool)
}

pub fn not_like(args: &[Value]) -> Answer {
    test(args, false).map(|matched| Value::Bool(!matched))
}

pub fn ilike(args: &[Value]) -> Answer {
    test(args, true).map(Value::Bool)
}

pub fn not_ilike(args: &[Value]) -> Answer {
    test(args, true).map(|matched| Value::Bool(!matched))
}

/// A pattern with another escape character, made one with a backslash. (`like_escape`)
pub fn escape(args: &[Value]) -> Answer {
    let (pattern, escape) = (text(&args[0]), text(&args[1]));
    let mut chars = escape.chars();
    let escape = chars.next();
    if chars.next().is_some() {
        return Err(
            SqlError::new("22025", "invalid escape string").hint("Escape string must be empty or one character.")
        );
    }
    let mut result = String::new();
    let mut after_escape = false;
    for c in pattern.chars() {
        if Some(c) == escape && !after_escape {
            result.push('\\');
            after_escape = true;
        } else {
            if c == '\\' && !after_escape {
                result.push('\\');
            }
            result.push(c);
            after_escape = false;
        }
    }
    Ok(Value::text(result))
}

fn test(args: &[Value], folded: bool) -> Result<bool, SqlError> {
    let chars = |value: &Value| -> Vec<char> {
        let text = text(value).chars();
        if folded { text.map(|c| c.to_ascii_lowercase()).collect() } else { text.collect() }
    };
    matches(&chars(&args[0]), &chars(&args[1]))
}

/// Whether the whole text is what the pattern describes. A percent sign is first taken for nothing, then for more and more; only the
/// last one met need ever be lengthened.
fn matches(text: &[char], pattern: &[char]) -> Result<bool, SqlError> {
    let (mut at, mut next) = (0, 0);
    let mut retry: Option<(usize, usize)> = None;
    loop {
        let advanced = match pattern.get(next) {
            Some('%') => {
                retry = Some((at, next + 1));
                next += 1;
                continue;
            }
            None if at == text.len() => return Ok(true),
            None => false,
            Some('\\') => {
                let Some(literal) = pattern.get(next + 1) else {
                    if at < text.len() {
                        return Err(SqlError::new("22025", "LIKE pattern must not end with escape character"));
                    }
                    return Ok(false);
                };
                let same = text.get(at) == Some(literal);
                next += usize::from(same);
                same
            }
            Some('_') => at < text.len(),
            Some(literal) => text.get(at) == Some(literal),
        };
        if advanced {
            at += 1;
            next += 1;
            continue;
        }
        match retry {
            Some((from, after)) if from < text.len() => {
                retry = Some((from + 1, after));
                (at, next) = (from + 1, after);
            }
            _ => return Ok(false),
        }
    }
}
