//! Functions of text. Upper and lower case are those of ASCII, as in collation "C". (Manual, 9.4 "String Functions and Operators")

use super::{Answer, int, text, whole};
use crate::error::SqlError;
use crate::value::Value;

/// Texts are cut off where PostgreSQL would run out of room; this store is for pages, and stops earlier.
const MAX_LENGTH: usize = 16 << 20;

fn answer(text: impl Into<std::rc::Rc<str>>) -> Answer {
    Ok(Value::text(text))
}

fn too_long() -> SqlError {
    SqlError::new("54000", "requested length too large")
}

/// The bytes between two characters.
fn slice(text: &str, from: usize, to: usize) -> &str {
    let byte = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(at, _)| at);
    if text.is_ascii() {
        let end = to.min(text.len());
        return &text[from.min(end)..end];
    }
    let begin = byte(from);
    &text[begin..byte(to).max(begin)]
}

fn count(text: &str) -> usize {
    text.chars().count()
}

pub fn concatenate(args: &[Value]) -> Answer {
    answer(format!("{}{}", text(&args[0]), text(&args[1])))
}

/// `concat`: nulls are left out.
pub fn concat(args: &[Value]) -> Answer {
    answer(args.iter().map(text).collect::<String>())
}

pub fn concat_with_separator(args: &[Value]) -> Answer {
    if args[0].is_null() {
        return Ok(Value::Null);
    }
    let words: Vec<&str> = args[1..].iter().filter(|value| !value.is_null()).map(text).collect();
    answer(words.join(text(&args[0])))
}

pub fn length(args: &[Value]) -> Answer {
    Ok(Value::Int(count(text(&args[0])) as i32))
}

/// The blanks at the end of a `char(n)` do not count.
pub fn length_unpadded(args: &[Value]) -> Answer {
    Ok(Value::Int(count(text(&args[0]).trim_end_matches(' ')) as i32))
}

pub fn octet_length(args: &[Value]) -> Answer {
    Ok(Value::Int(text(&args[0]).len() as i32))
}

pub fn bit_length(args: &[Value]) -> Answer {
    Ok(Value::Int(text(&args[0]).len() as i32 * 8))
}

pub fn lower(args: &[Value]) -> Answer {
    answer(text(&args[0]).to_ascii_lowercase())
}

pub fn upper(args: &[Value]) -> Answer {
    answer(text(&args[0]).to_ascii_uppercase())
}

pub fn initcap(args: &[Value]) -> Answer {
    let mut in_word = false;
    let mut result = String::new();
    for c in text(&args[0]).chars() {
        result.push(if in_word { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() });
        in_word = c.is_ascii_alphanumeric();
    }
    answer(result)
}

fn trim_set(args: &[Value]) -> Vec<char> {
    args.get(1).map_or(vec![' '], |set| text(set).chars().collect())
}

pub fn trim(args: &[Value]) -> Answer {
    answer(text(&args[0]).trim_matches(&trim_set(args)[..]))
}

pub fn trim_left(args: &[Value]) -> Answer {
    answer(text(&args[0]).trim_start_matches(&trim_set(args)[..]))
}

pub fn trim_right(args: &[Value]) -> Answer {
    answer(text(&args[0]).trim_end_matches(&trim_set(args)[..]))
}

/// From a character, counted from 1, to the end or so many on. What is before the text is counted and is not there.
pub fn substring(args: &[Value]) -> Answer {
    let whole = text(&args[0]);
    let start = i64::from(int(&args[1]));
    let end = match args.get(2) {
        None => i64::MAX,
        Some(length) if int(length) < 0 => {
            return Err(SqlError::new("22011", "negative substring length not allowed"));
        }
        Some(length) => start + i64::from(int(length)),
    };
    if end <= 1 {
        return answer("");
    }
    let index = |position: i64| usize::try_from(position.max(1) - 1).unwrap_or(usize::MAX);
    answer(slice(whole, index(start), index(end)))
}

/// Negative lengths leave so many away at the other end.
pub fn left(args: &[Value]) -> Answer {
    let (whole, length) = (text(&args[0]), int(&args[1]));
    let kept = if length < 0 { count(whole).saturating_sub(length.unsigned_abs() as usize) } else { length as usize };
    answer(slice(whole, 0, kept))
}

pub fn right(args: &[Value]) -> Answer {
    let (whole, length) = (text(&args[0]), int(&args[1]));
    let dropped =
        if length < 0 { length.unsigned_abs() as usize } else { count(whole).saturating_sub(length as usize) };
    answer(slice(whole, dropped, usize::MAX))
}

/// Where the second text begins in the first, from 1; 0 if nowhere.
pub fn position(args: &[Value]) -> Answer {
    let whole = text(&args[0]);
    Ok(Value::Int(whole.find(text(&args[1])).map_or(0, |at| count(&whole[..at]) as i32 + 1)))
}

pub fn starts_with(args: &[Value]) -> Answer {
    Ok(Value::Bool(text(&args[0]).starts_with(text(&args[1]))))
}

pub fn replace(args: &[Value]) -> Answer {
    let (whole, from, to) = (text(&args[0]), text(&args[1]), text(&args[2]));
    if from.is_empty() {
        return answer(whole);
    }
    if whole.matches(from).count().saturating_mul(to.len()) > MAX_LENGTH {
        return Err(too_long());
    }
    answer(whole.replace(from, to))
}

pub fn translate(args: &[Value]) -> Answer {
    let (from, to): (Vec<char>, Vec<char>) = (text(&args[1]).chars().collect(), text(&args[2]).chars().collect());
    let translated = |c: char| match from.iter().position(|from| *from == c) {
        None => Some(c),
        Some(index) => to.get(index).copied(),
    };
    answer(text(&args[0]).chars().filter_map(translated).collect::<String>())
}

pub fn repeat(args: &[Value]) -> Answer {
    let (word, times) = (text(&args[0]), usize::try_from(int(&args[1])).unwrap_or(0));
    if word.len().saturating_mul(times) > MAX_LENGTH {
        return Err(too_long());
    }
    answer(word.repeat(times))
}

fn padding(args: &[Value]) -> Result<(String, bool, usize), SqlError> {
    let whole = text(&args[0]);
    let length = usize::try_from(int(&args[1])).unwrap_or(0);
    if length > MAX_LENGTH {
        return Err(too_long());
    }
    let fill = args.get(2).map_or(" ", text);
    let missing = length.saturating_sub(count(whole));
    let fits = missing > 0 && !fill.is_empty();
    Ok((fill.chars().cycle().take(if fits { missing } else { 0 }).collect(), fits, length))
}

pub fn pad_left(args: &[Value]) -> Answer {
    let (blanks, _, length) = padding(args)?;
    answer(slice(&format!("{blanks}{}", text(&args[0])), 0, length))
}

pub fn pad_right(args: &[Value]) -> Answer {
    let (blanks, _, length) = padding(args)?;
    answer(slice(&format!("{}{blanks}", text(&args[0])), 0, length))
}

/// A part of a text cut at a delimiter, from 1, or from the end with -1.
pub fn split_part(args: &[Value]) -> Answer {
    let (whole, delimiter, wanted) = (text(&args[0]), text(&args[1]), i64::from(int(&args[2])));
    if wanted == 0 {
        return Err(SqlError::new("22023", "field position must not be zero"));
    }
    let parts: Vec<&str> = if delimiter.is_empty() { vec![whole] } else { whole.split(delimiter).collect() };
    let index = if wanted > 0 { wanted - 1 } else { parts.len() as i64 + wanted };
    answer(usize::try_from(index).ok().and_then(|index| parts.get(index).copied()).unwrap_or(""))
}

pub fn reverse(args: &[Value]) -> Answer {
    answer(text(&args[0]).chars().rev().collect::<String>())
}

pub fn overlay(args: &[Value]) -> Answer {
    let (whole, new, start) = (text(&args[0]), text(&args[1]), int(&args[2]));
    let length = args.get(3).map_or(count(new) as i64, |length| i64::from(int(length)));
    if start <= 0 {
        return Err(SqlError::new("22011", "negative substring length not allowed"));
    }
    let begin = start as usize - 1;
    let end = usize::try_from(i64::from(start) - 1 + length).unwrap_or(0);
    answer(format!("{}{new}{}", slice(whole, 0, begin), slice(whole, end, usize::MAX)))
}

pub fn ascii(args: &[Value]) -> Answer {
    Ok(Value::Int(text(&args[0]).chars().next().map_or(0, |c| u32::from(c) as i32)))
}

pub fn chr(args: &[Value]) -> Answer {
    match int(&args[0]) {
        0 => Err(SqlError::new("54000", "null character not permitted")),
        code if code < 0 => Err(SqlError::new("54000", "character number must be positive")),
        code => match char::from_u32(code as u32) {
            Some(c) => answer(c.to_string()),
            None => Err(SqlError::new("54000", format!("requested character not valid for encoding: {code}"))),
        },
    }
}

pub fn to_hex4(args: &[Value]) -> Answer {
    answer(format!("{:x}", int(&args[0])))
}

pub fn to_hex8(args: &[Value]) -> Answer {
    answer(format!("{:x}", whole(&args[0])))
}

pub fn quote_literal(args: &[Value]) -> Answer {
    answer(literal(text(&args[0])))
}

pub fn quote_nullable(args: &[Value]) -> Answer {
    answer(if args[0].is_null() { "NULL".into() } else { literal(text(&args[0])) })
}

pub fn quote_ident(args: &[Value]) -> Answer {
    answer(identifier(text(&args[0])))
}

/// As SQL would have to say it.
pub fn literal(text: &str) -> String {
    let quoted = text.replace('\'', "''").replace('\\', "\\\\");
    if text.contains('\\') { format!("E'{quoted}'") } else { format!("'{quoted}'") }
}

/// A name, in quotes if it needs them.
pub fn identifier(name: &str) -> String {
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !KEYWORDS.contains(&name);
    if plain { name.into() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Words that are no names without quotes. (The keywords of the manual's appendix C that are not unreserved.)
const KEYWORDS: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "between",
    "bigint",
    "binary",
    "bit",
    "boolean",
    "both",
    "case",
    "cast",
    "char",
    "character",
    "check",
    "coalesce",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "dec",
    "decimal",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "exists",
    "extract",
    "false",
    "fetch",
    "float",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "greatest",
    "group",
    "grouping",
    "having",
    "ilike",
    "in",
    "initially",
    "inner",
    "inout",
    "int",
    "integer",
    "intersect",
    "interval",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "least",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "national",
    "natural",
    "nchar",
    "none",
    "normalize",
    "not",
    "notnull",
    "null",
    "nullif",
    "numeric",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "out",
    "outer",
    "overlaps",
    "overlay",
    "placing",
    "position",
    "precision",
    "primary",
    "real",
    "references",
    "returning",
    "right",
    "row",
    "select",
    "session_user",
    "setof",
    "similar",
    "smallint",
    "some",
    "substring",
    "symmetric",
    "table",
    "tablesample",
    "then",
    "time",
    "timestamp",
    "to",
    "trailing",
    "treat",
    "trim",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "values",
    "varchar",
    "variadic",
    "verbose",
    "when",
    "where",
    "window",
    "with",
    "xmlattributes",
    "xmlconcat",
    "xmlelement",
    "xmlexists",
    "xmlforest",
    "xmlnamespaces",
    "xmlparse",
    "xmlpi",
    "xmlroot",
    "xmlserialize",
    "xmltable",
];
