//! Source text in four colours: enough to read by, small enough for a page that has not loaded its editor.

use super::sql;
use std::ops::Range;

/// What a text is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    JavaScript,
    Sql,
}

impl Language {
    /// What the editor calls it.
    pub fn name(self) -> &'static str {
        match self {
            Language::JavaScript => "javascript",
            Language::Sql => "sql",
        }
    }

    /// The pieces of `source` in order; their texts, joined, are `source`.
    pub fn highlight(self, source: &str) -> Vec<Token<'_>> {
        match self {
            Language::JavaScript => highlight(source),
            Language::Sql => sql::highlight(source),
        }
    }

    /// The same, line by line, without the line ends. An empty source is one empty line.
    pub fn lines(self, source: &str) -> Vec<Vec<Token<'_>>> {
        let mut lines = vec![Vec::new()];
        for token in self.highlight(source.strip_suffix('\n').unwrap_or(source)) {
            for (i, text) in token.text.split('\n').enumerate() {
                if i > 0 {
                    lines.push(Vec::new());
                }
                let text = text.strip_suffix('\r').unwrap_or(text);
                if !text.is_empty()
                    && let Some(line) = lines.last_mut()
                {
                    line.push(Token { class: token.class, text });
                }
            }
        }
        lines
    }
}

/// What a piece of source text is. Everything else is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Keyword,
    /// A string, a template or a regular expression.
    String,
    Number,
    Comment,
}

impl Class {
    /// The style sheet's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Class::Keyword => "k",
            Class::String => "s",
            Class::Number => "n",
            Class::Comment => "c",
        }
    }
}

/// A piece of source text in one colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    pub class: Option<Class>,
    pub text: &'a str,
}

/// The pieces of a JavaScript text. Total: what is no JavaScript is plain.
fn highlight(source: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut plain = 0;
    let mut scan = Scanner { source, at: 0, braces: Vec::new(), value_before: false };
    while scan.at < source.len() {
        let start = scan.at;
        if let Some(class) = scan.next() {
            if plain < start {
                tokens.push(Token { class: None, text: &source[plain..start] });
            }
            tokens.push(Token { class: Some(class), text: &source[start..scan.at] });
            plain = scan.at;
        }
    }
    if plain < source.len() {
        tokens.push(Token { class: None, text: &source[plain..] });
    }
    tokens
}

/// The words that are coloured as the language's own.
const KEYWORDS: &[&str] = &[
    "async",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "if",
    "import",
    "in",
    "instanceof",
    "let",
    "new",
    "null",
    "of",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "yield",
];

struct Scanner<'a> {
    source: &'a str,
    at: usize,
    /// Open braces inside each `${` that is open, innermost last.
    braces: Vec<u32>,
    /// Whether the text so far ends in a value: a `/` after it divides, before one it opens a regular expression.
    value_before: bool,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    /// Moves over one lexical element and says what it was; `None` for plain text.
    fn next(&mut self) -> Option<Class> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        match first {
            '/' if rest.starts_with("//") => {
                self.at += rest.find('\n').unwrap_or(rest.len());
                Some(Class::Comment)
            }
            '/' if rest.starts_with("/*") => {
                self.at += rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
                Some(Class::Comment)
            }
            '/' if !self.value_before => match regular_expression(rest) {
                Some(length) => self.value(length, Class::String),
                None => self.plain(1, false),
            },
            '"' | '\'' => self.value(string(rest, first), Class::String),
            '`' => self.template(1),
            '}' if self.braces.last() == Some(&0) => {
                self.braces.pop();
                self.template(1)
            }
            '{' | '}' => {
                if let Some(open) = self.braces.last_mut() {
                    *open = if first == '{' { *open + 1 } else { *open - 1 };
                }
                self.plain(1, false)
            }
            _ if first.is_ascii_digit() => {
                let length = span(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
                self.value(length, Class::Number)
            }
            _ if is_word(first) => {
                let length = span(rest, is_word);
                let word: Range<usize> = self.at..self.at + length;
                let property = self.source[..self.at].trim_end().ends_with('.');
                if !property && KEYWORDS.contains(&&self.source[word]) {
                    self.at += length;
                    self.value_before =
                        matches!(&rest_word(self.source, self.at, length), &"this" | &"super" | &"null");
                    return Some(Class::Keyword);
                }
                self.plain(length, true)
            }
            _ if first.is_whitespace() => {
                self.at += first.len_utf8();
                None
            }
            _ => self.plain(first.len_utf8(), matches!(first, ')' | ']')),
        }
    }

    fn plain(&mut self, length: usize, value: bool) -> Option<Class> {
        self.at += length;
        self.value_before = value;
        None
    }

    fn value(&mut self, length: usize, class: Class) -> Option<Class> {
        self.at += length;
        self.value_before = true;
        Some(class)
    }

    /// From after `skip` bytes to the end of the template, or to the `${` that interrupts it.
    fn template(&mut self, skip: usize) -> Option<Class> {
        let rest = self.rest();
        let mut escaped = false;
        let mut previous = ' ';
        for (i, c) in rest.char_indices().skip(skip) {
            if escaped {
                escaped = false;
            } else if c == '`' {
                return self.value(i + 1, Class::String);
            } else if c == '{' && previous == '$' {
                self.braces.push(0);
                self.at += i + 1;
                self.value_before = false;
                return Some(Class::String);
            } else if c == '\\' {
                escaped = true;
            }
            previous = c;
        }
        self.value(rest.len(), Class::String)
    }
}

fn rest_word(source: &str, end: usize, length: usize) -> &str {
    &source[end - length..end]
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$' || c == '#'
}

fn span(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is(c)).unwrap_or(text.len())
}

/// Length of a quoted string; it ends with its line when nobody closes it.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\n' => return i,
            _ if c == quote => return i + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of a regular expression with its flags; `None` when the line ends first.
fn regular_expression(text: &str) -> Option<usize> {
    let (mut escaped, mut class) = (false, false);
    for (i, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '/' if !class => return Some(i + 1 + span(&text[i + 1..], |c| c.is_ascii_alphabetic())),
            _ => {}
        }
    }
    None
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(source: &str) -> Vec<Vec<Token<'_>>> {
        Language::JavaScript.lines(source)
    }

    fn coloured(source: &str) -> Vec<(&str, &str)> {
        highlight(source).into_iter().filter_map(|token| Some((token.class?.name(), token.text))).collect()
    }

    #[test]
    fn a_statement_in_its_colours() {
        assert_eq!(
            coloured("const late = setTimeout(() => log('it\\'s'), 1_000) // soon"),
            [("k", "const"), ("s", "'it\\'s'"), ("n", "1_000"), ("c", "// soon")]
        );
    }

    #[test]
    fn a_property_is_no_keyword() {
        assert_eq!(coloured("queue.delete(of)\nx.\n  in"), [("k", "of")]);
    }

    #[test]
    fn a_template_is_interrupted_by_code() {
        assert_eq!(coloured("`a ${ {b: 'c'} } d` + 1"), [("s", "`a ${"), ("s", "'c'"), ("s", "} d`"), ("n", "1")]);
    }

    #[test]
    fn a_slash_divides_after_a_value_and_quotes_before_one() {
        assert_eq!(coloured("a / b / c"), []);
        assert_eq!(coloured("x = /[/]\"/g.test(s)"), [("s", "/[/]\"/g")]);
        assert_eq!(coloured("return /x/"), [("k", "return"), ("s", "/x/")]);
    }

    #[test]
    fn a_comment_may_span_lines_and_an_unclosed_string_may_not() {
        let lines = lines("/* a\nb */ 'c\nd");
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1][0], Token { class: Some(Class::Comment), text: "b */" });
        assert_eq!(lines[2], [Token { class: None, text: "d" }]);
    }

    #[test]
    fn the_last_line_end_begins_no_line() {
        assert_eq!(lines("a\nb\n").len(), 2);
        assert_eq!(lines("").len(), 1);
        assert_eq!(lines("a\r\nb")[0], [Token { class: None, text: "a" }]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_whatever_the_text(source in "[ -~\n`'\"/$é{}\\\\]{0,80}") {
            let joined: String = highlight(&source).iter().map(|token| token.text).collect();
            prop_assert_eq!(joined, source);
        }
    }
}
