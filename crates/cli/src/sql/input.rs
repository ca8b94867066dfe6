//! Lines become statements: each ends with a `;` that is in no text, no comment and no pair of parentheses.

/// What has been typed and not been sent.
#[derive(Default)]
pub struct Input {
    text: String,
    /// Bytes of it that were looked at.
    seen: usize,
    inside: Inside,
    parentheses: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Nothing,
    Text,
    /// `E'…'`: a backslash protects what follows it.
    EscapedText,
    Name,
    LineComment,
    /// How deep.
    Comment(u32),
    /// `$tag$`
    Dollars(String),
}

impl Input {
    /// Takes a line in; returns the statements it ends.
    pub fn line(&mut self, line: &str) -> Vec<String> {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(if self.text.is_empty() { line.trim_start() } else { line });
        let mut statements = Vec::new();
        while let Some(end) = self.scan() {
            let rest = self.text.split_off(end);
            statements.push(std::mem::replace(&mut self.text, rest.trim_start().to_owned()));
            self.seen = 0;
        }
        if self.inside == Inside::LineComment {
            self.inside = Inside::Nothing;
        }
        statements
    }

    /// Whether nothing has been typed yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Forgets what was typed.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// The sign of the prompt, as psql has it: what is still open.
    pub fn sign(&self) -> char {
        match self.inside {
            _ if self.is_empty() => '=',
            Inside::Text | Inside::EscapedText => '\'',
            Inside::Name => '"',
            Inside::Comment(_) => '*',
            Inside::Dollars(_) => '$',
            _ if self.parentheses > 0 => '(',
            _ => '-',
        }
    }

    /// Looks at what is new. Returns where a statement ends, the `;` included.
    fn scan(&mut self) -> Option<usize> {
        while let Some(c) = self.text[self.seen..].chars().next() {
            let rest = &self.text[self.seen..];
            let mut width = c.len_utf8();
            match &mut self.inside {
                Inside::Nothing => match c {
                    '\'' => self.inside = if self.follows_an_e() { Inside::EscapedText } else { Inside::Text },
                    '"' => self.inside = Inside::Name,
                    '-' if rest.starts_with("--") => self.inside = Inside::LineComment,
                    '/' if rest.starts_with("/*") => (self.inside, width) = (Inside::Comment(1), 2),
                    '$' => {
                        if let Some(tag) = dollar_tag(rest) {
                            width = tag.len();
                            self.inside = Inside::Dollars(tag.to_owned());
                        }
                    }
                    '(' => self.parentheses += 1,
                    ')' => self.parentheses = self.parentheses.saturating_sub(1),
                    ';' if self.parentheses == 0 => return Some(self.seen + 1),
                    _ => {}
                },
                Inside::EscapedText if c == '\\' => width += rest[1..].chars().next().map_or(0, char::len_utf8),
                Inside::Text | Inside::EscapedText if c == '\'' => self.inside = Inside::Nothing,
                Inside::Name if c == '"' => self.inside = Inside::Nothing,
                Inside::LineComment if c == '\n' => self.inside = Inside::Nothing,
                Inside::Comment(depth) if rest.starts_with("/*") => (*depth, width) = (*depth + 1, 2),
                Inside::Comment(depth) if rest.starts_with("*/") => {
                    (*depth, width) = (*depth - 1, 2);
                    if *depth == 0 {
                        self.inside = Inside::Nothing;
                    }
                }
                Inside::Dollars(tag) if rest.starts_with(tag.as_str()) => {
                    width = tag.len();
                    self.inside = Inside::Nothing;
                }
                _ => {}
            }
            self.seen += width;
        }
        None
    }

    fn follows_an_e(&self) -> bool {
        let before = &self.text[..self.seen];
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        before.ends_with(['e', 'E']) && !before[..before.len() - 1].ends_with(is_word)
    }
}

/// `$$` or `$name$` at the front.
fn dollar_tag(text: &str) -> Option<&str> {
    let end = text[1..].find('$')? + 1;
    let name = &text[1..end];
    let is_tag =
        name.chars().all(|c| c.is_alphanumeric() || c == '_') && !name.starts_with(|c: char| c.is_ascii_digit());
    is_tag.then(|| &text[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_ends_at_its_semicolon() {
        let mut input = Input::default();
        assert_eq!(input.line("SELECT 1; SELECT 2; SEL"), ["SELECT 1;", "SELECT 2;"]);
        assert_eq!(input.sign(), '-');
        assert_eq!(input.line("ECT 3;"), ["SEL\nECT 3;"]);
        assert!(input.is_empty());
    }

    #[test]
    fn semicolons_in_texts_comments_and_parentheses_end_nothing() {
        for (text, sign) in [
            ("SELECT 'a;", '\''),
            ("SELECT E'a\\';", '\''),
            ("SELECT \"a;", '"'),
            ("SELECT /* /* ; */ ;", '*'),
            ("SELECT $x$ ; $$ ;", '$'),
            ("SELECT (1;", '('),
            ("SELECT 1 -- ;", '-'),
        ] {
            let mut input = Input::default();
            assert!(input.line(text).is_empty(), "{text}");
            assert_eq!(input.sign(), sign, "{text}");
        }
        let mut input = Input::default();
        assert_eq!(input.line("SELECT 'it''s', E'\\'', $$;$$;"), ["SELECT 'it''s', E'\\'', $$;$$;"]);
    }
}
