//! Character references of HTML.

/// The character at the beginning of `text`, which begins with `&`, and how long its reference is.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    // The longest name of those below is eight characters; a number has at most seven digits.
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let code = match hexadecimal {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            // Control characters are no text.
            char::from_u32(code.ok()?).filter(|c| !c.is_control() || *c == '\n')?
        }
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((if c == '\u{a0}' { ' ' } else { c }, end + 1))
}

/// Those that people write by hand, or that editors write for them.
const NAMES: [(&str, char); 34] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ensp", ' '),
    ("emsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("copy", '©'),
    ("reg", '®'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("rarr", '→'),
    ("larr", '←'),
    ("deg", '°'),
    ("euro", '€'),
    ("grave", '`'),
    ("ast", '*'),
    ("lbrace", '{'),
    ("rbrace", '}'),
    ("vert", '|'),
];

/// The text with its references replaced, where it is code and nothing else has a meaning.
pub(super) fn decoded(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded += &rest[..at];
        rest = &rest[at..];
        let (c, length) = entity(rest).unwrap_or(('&', 1));
        decoded.push(c);
        rest = &rest[length..];
    }
    decoded + rest
}
