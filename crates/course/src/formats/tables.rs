//! A TOML file that consists of tables of one name, read one by one, so that a mistake in one costs no other.

use toml::{Table, Value};

/// What is wrong, and on which line.
pub(super) type Trouble = (u32, String);

/// What is in a file.
pub(super) struct Tables {
    /// What does not belong to a question.
    pub(super) head: Table,
    /// The tables, each with its line, or what is wrong with it and where.
    pub(super) tables: Vec<(u32, Result<Table, Trouble>)>,
    /// What is wrong elsewhere, and on which line.
    pub(super) problems: Vec<Trouble>,
}

/// Takes a file apart at its lines `[[name]]`. Each part is TOML by itself.
pub(super) fn tables(text: &str, name: &str) -> Tables {
    let mut found = Tables { head: Table::new(), tables: vec![], problems: vec![] };
    let mut line = 1;
    for (at, part) in parts(text, name).into_iter().enumerate() {
        let lines = part.bytes().filter(|&byte| byte == b'\n').count() as u32;
        match toml::from_str::<Table>(part) {
            Ok(mut table) => {
                match table.remove(name) {
                    Some(Value::Array(all)) => all.into_iter().for_each(|one| match one {
                        Value::Table(one) => found.tables.push((line, Ok(one))),
                        _ => found.problems.push((line, format!("“{name}” is a list of tables"))),
                    }),
                    Some(_) => found.problems.push((line, format!("“{name}” is a list of tables: [[{name}]]"))),
                    None => {}
                }
                for (key, value) in table {
                    merge(&mut found.head, key, value);
                }
            }
            Err(error) => {
                let before = error.span().map_or(0, |span| span.start).min(part.len());
                let within = part.as_bytes()[..before].iter().filter(|&&byte| byte == b'\n').count() as u32;
                // Of several lines the first one says what it is about.
                let message = error.message().lines().next().unwrap_or("this is not TOML").to_string();
                match at {
                    0 => found.problems.push((line + within, message)),
                    _ => found.tables.push((line, Err((line + within, message)))),
                }
            }
        }
        line += lines;
    }
    found
}

/// `[multipart.a]` after one question and `[multipart.b]` after another are one table.
fn merge(head: &mut Table, key: String, value: Value) {
    match (head.get_mut(&key), value) {
        (Some(Value::Table(there)), Value::Table(more)) => there.extend(more),
        (Some(_), _) => {}
        (None, value) => {
            head.insert(key, value);
        }
    }
}

/// The text before the first header, and then each part from header to header.
fn parts<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let (mut parts, mut start, mut at) = (vec![], 0, 0);
    // Which quotes have been opened and not closed, and where the part began.
    let mut open: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        if is_header(line, name) && (open.is_none() || !closes(text, at, open)) {
            parts.push(&text[start..at]);
            start = at;
            open = None;
        }
        open = quotes(line, open);
        at += line.len();
    }
    parts.push(&text[start..]);
    parts
}

/// Whether a string of several lines is closed somewhere after `at` and before anything that only a part's own text has.
///
/// A header within a string is text. But whoever forgets to close a string would lose all that follows; so a header with
/// an even number of quotes up to the next one is taken for a header.
fn closes(text: &str, at: usize, open: Option<&str>) -> bool {
    let Some(quotes) = open else { return false };
    let rest = &text[at..];
    // As far as one looks, for the sake of time: a string that is longer than a question can be is not closed.
    let mut end = rest.len().min(LONGEST);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    let rest = &rest[..end];
    let next = rest[1..].find("\n[[").map_or(rest.len(), |next| next + 1);
    rest[..next].matches(quotes).count() % 2 == 1
}

/// No text of a question is longer.
const LONGEST: usize = 40_000;

fn is_header(line: &str, name: &str) -> bool {
    let mut line = line.trim_start();
    for expected in ["[[", name, "]]"] {
        match line.strip_prefix(expected) {
            Some(rest) => line = rest.trim_start(),
            None => return false,
        }
    }
    line.is_empty() || line.starts_with('#')
}

/// Which quotes of several lines are open after this line.
fn quotes<'a>(line: &str, mut open: Option<&'a str>) -> Option<&'a str> {
    let mut rest = line;
    loop {
        match open {
            Some(quotes) => {
                let Some(at) = close(rest, quotes) else { return open };
                rest = rest[at..].trim_start_matches(&quotes[..1]);
                open = None;
            }
            None => {
                let at = rest.find(['"', '\'', '#'])?;
                rest = &rest[at..];
                let quote = match rest.as_bytes()[0] {
                    b'#' => return None,
                    b'"' => "\"\"\"",
                    _ => "'''",
                };
                if let Some(after) = rest.strip_prefix(quote) {
                    (rest, open) = (after, Some(quote));
                } else {
                    let at = close(&rest[1..], &quote[..1])?;
                    rest = &rest[at + 2..];
                }
            }
        }
    }
}

/// Where the quotes come that close a string, not counting those after a backslash.
fn close(text: &str, quotes: &str) -> Option<usize> {
    let escapes = quotes.starts_with('"');
    let mut at = 0;
    while at < text.len() {
        let byte = text.as_bytes()[at];
        if escapes && byte == b'\\' {
            at += 2;
        } else if text.as_bytes()[at..].starts_with(quotes.as_bytes()) {
            return Some(at);
        } else {
            at += 1;
        }
    }
    None
}
