//! Arrays of one dimension. (`array_userfuncs.c`, `arrayfuncs.c`)

use super::{Answer, elements, int, text};
use crate::value::output::output;
use crate::value::{Style, Type, Value, compare};

fn array(elements: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(elements.into_iter().collect())
}

fn same(left: &Value, right: &Value) -> bool {
    compare(left, right).is_eq()
}

/// `array || element`, `array_append`: to append to null makes an array of one.
pub fn append(args: &[Value]) -> Answer {
    Ok(array(elements(&args[0]).iter().chain([&args[1]]).cloned()))
}

pub fn prepend(args: &[Value]) -> Answer {
    Ok(array([&args[0]].into_iter().chain(elements(&args[1])).cloned()))
}

pub fn concatenate(args: &[Value]) -> Answer {
    Ok(match args {
        [Value::Null, other] | [other, Value::Null] => other.clone(),
        _ => array(elements(&args[0]).iter().chain(elements(&args[1])).cloned()),
    })
}

pub fn overlaps(args: &[Value]) -> Answer {
    let right = elements(&args[1]);
    let shared = |left: &Value| !left.is_null() && right.iter().any(|right| same(left, right));
    Ok(Value::Bool(elements(&args[0]).iter().any(shared)))
}

/// `@>`: a null is in no array.
pub fn contains(args: &[Value]) -> Answer {
    Ok(Value::Bool(includes(elements(&args[0]), elements(&args[1]))))
}

pub fn contained(args: &[Value]) -> Answer {
    Ok(Value::Bool(includes(elements(&args[1]), elements(&args[0]))))
}

fn includes(whole: &[Value], part: &[Value]) -> bool {
    part.iter().all(|wanted| !wanted.is_null() && whole.iter().any(|have| same(have, wanted)))
}

pub fn cardinality(args: &[Value]) -> Answer {
    Ok(Value::Int(elements(&args[0]).len() as i32))
}

/// Nothing has no length, in one dimension or another.
pub fn length(args: &[Value]) -> Answer {
    let count = elements(&args[0]).len();
    Ok(if int(&args[1]) == 1 && count > 0 { Value::Int(count as i32) } else { Value::Null })
}

pub fn lower(args: &[Value]) -> Answer {
    length(args).map(|length| if length.is_null() { length } else { Value::Int(1) })
}

pub fn dimensions(args: &[Value]) -> Answer {
    Ok(if elements(&args[0]).is_empty() { Value::Null } else { Value::Int(1) })
}

pub fn remove(args: &[Value]) -> Answer {
    match &args[0] {
        Value::Null => Ok(Value::Null),
        whole => Ok(array(elements(whole).iter().filter(|element| !same(element, &args[1])).cloned())),
    }
}

pub fn replace(args: &[Value]) -> Answer {
    match &args[0] {
        Value::Null => Ok(Value::Null),
        whole => {
            let replaced = |element: &Value| if same(element, &args[1]) { args[2].clone() } else { element.clone() };
            Ok(array(elements(whole).iter().map(replaced)))
        }
    }
}

/// The element at a place, from 1. (It has no name in SQL: it is written `a[1]`.)
pub fn element(args: &[Value]) -> Answer {
    let place = usize::try_from(int(&args[1])).ok().and_then(|place| place.checked_sub(1));
    Ok(place.and_then(|place| elements(&args[0]).get(place)).cloned().unwrap_or(Value::Null))
}

/// Where the first such element is, from 1.
pub fn position(args: &[Value]) -> Answer {
    let found = elements(&args[0]).iter().position(|element| same(element, &args[1]));
    Ok(found.map_or(Value::Null, |index| Value::Int(index as i32 + 1)))
}

/// The elements as text, with something between them; nulls are left out unless a third argument stands for them.
pub fn join(args: &[Value]) -> Answer {
    if args[0].is_null() || args[1].is_null() {
        return Ok(Value::Null);
    }
    let null = args.get(2).filter(|null| !null.is_null());
    let word = |element: &Value| match element {
        Value::Null => null.map(|null| text(null).to_string()),
        element => Some(output(element, Type::Unknown, &Style::default())),
    };
    let words: Vec<String> = elements(&args[0]).iter().filter_map(word).collect();
    Ok(Value::text(words.join(text(&args[1]))))
}

/// A text cut at a delimiter; a null delimiter cuts it into characters. A third argument stands for null.
pub fn split(args: &[Value]) -> Answer {
    let Value::Text(whole) = &args[0] else { return Ok(Value::Null) };
    let null = args.get(2).filter(|null| !null.is_null()).map(text);
    let element = |word: &str| if Some(word) == null { Value::Null } else { Value::text(word) };
    Ok(match &args[1] {
        _ if whole.is_empty() => array([]),
        Value::Null => array(whole.chars().map(|c| element(c.encode_utf8(&mut [0; 4])))),
        delimiter if text(delimiter).is_empty() => array([element(whole)]),
        delimiter => array(whole.split(text(delimiter)).map(element)),
    })
}

/// How many of the arguments are null.
pub fn count_nulls(args: &[Value]) -> Answer {
    Ok(Value::Int(args.iter().filter(|value| value.is_null()).count() as i32))
}

pub fn count_non_nulls(args: &[Value]) -> Answer {
    Ok(Value::Int(args.iter().filter(|value| !value.is_null()).count() as i32))
}

/// Whether a row has no null in it.
pub fn row_not_null(args: &[Value]) -> Answer {
    Ok(Value::Bool(match &args[0] {
        Value::Null => false,
        row => elements(row).iter().all(|field| !field.is_null()),
    }))
}
