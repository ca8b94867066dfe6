//! Marks of Markdown and where they end: fences, brackets, and characters that are text.

use super::tag::{Meaning, meaning, tag};

/// Characters that would mean something in Markdown, with a backslash before them.
pub(super) fn escape(text: &str, out: &mut String) {
    let line_start = out.is_empty() || out.ends_with('\n');
    let mut before = if line_start { '\n' } else { ' ' };
    let mut characters = text.chars().peekable();
    if line_start {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let after = text.as_bytes().get(digits);
        if digits > 0 && matches!(after, Some(b'.' | b')')) {
            out.push_str(&text[..digits]);
            out.push('\\');
            characters = text[digits..].chars().peekable();
            before = '0';
        }
    }
    while let Some(c) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        let active = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '#' | '>' | '+' | '-' | '=' | '~' | '|' => before == '\n' || c == '~',
            '&' => next.is_ascii_alphanumeric() || next == '#',
            '!' => next == '[',
            _ => false,
        };
        if active {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
}

/// Without blanks around it and at the ends of its lines, and with one empty line where there were several; code as it is.
pub(super) fn settled(text: &str) -> String {
    let (mut settled, mut empty, mut code) = (String::with_capacity(text.len()), 0, None::<String>);
    for line in text.trim().split('\n') {
        let mark = fence(line);
        let in_code = code.is_some();
        match (&code, mark) {
            (None, Some(mark)) => code = Some(mark),
            (Some(open), _) => {
                let row = line.trim();
                if row.starts_with(open.as_str()) && row.trim_start_matches(&open[..1]).is_empty() {
                    code = None;
                }
            }
            _ => {}
        }
        if !in_code && line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !settled.is_empty() {
            settled += if empty > 0 { "\n\n" } else { "\n" };
        }
        empty = 0;
        settled += line;
    }
    settled.trim().into()
}

/// Three or more backticks or tildes that open a block.
pub(in crate::formats) fn fence(line: &str) -> Option<String> {
    let row = line.trim_start();
    let c = row.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = run(row, c);
    // "```code```" on one line is a span.
    (length >= 3 && !(c == '`' && row[length..].contains('`'))).then(|| row[..length].into())
}

/// How many of `c` there are at the beginning.
pub(super) fn run(text: &str, c: char) -> usize {
    text.len() - text.trim_start_matches(c).len()
}

/// What is between `[` and its `]`, or how far one had to look to see that there is none.
pub(super) fn bracketed(text: &str) -> Result<&str, usize> {
    let (mut depth, mut escaped) = (0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Ok(&text[1..at]);
                }
            }
            // A link's text is in one paragraph.
            b'\n' if text[at..].starts_with("\n\n") => return Err(at),
            _ => {}
        }
        if depth <= 0 {
            return Err(at + 1);
        }
    }
    Err(text.len())
}

/// How long `(…)` is, or how far one had to look.
pub(super) fn parenthesised(text: &str) -> Result<usize, usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Ok(at + 1);
                }
            }
            b'\n' => return Err(at),
            _ => {}
        }
        if depth <= 0 {
            return Err(at + 1);
        }
    }
    Err(text.len())
}

/// Whether an address leads somewhere from every page.
pub(in crate::formats) fn is_link(address: &str) -> bool {
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

/// An address that ends nothing too early.
pub(super) fn safe(address: &str) -> String {
    address.trim().replace(' ', "%20").replace('(', "%28").replace(')', "%29").replace(['<', '>', '\n'], "")
}

/// Code without the tags that colour it.
pub(super) fn untagged(code: &str) -> String {
    let mut plain = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find('<') {
        plain += &rest[..at];
        rest = &rest[at..];
        // What colours code is short.
        let near = (0..=rest.len().min(500)).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0);
        match tag(&rest[..near]).ok().filter(|tag| meaning(&tag.name) != Meaning::Text) {
            Some(tag) => {
                if tag.name == "br" {
                    plain.push('\n');
                }
                rest = &rest[tag.length..];
            }
            None => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    plain + rest
}

/// Where `what`, which is in lower case, begins, in whichever case.
pub(super) fn find_folded(text: &str, what: &str) -> Option<usize> {
    let what = what.as_bytes();
    text.as_bytes().windows(what.len()).position(|window| window.eq_ignore_ascii_case(what))
}
