//! Words of a schedule file. (PostgreSQL's `specscanner.l` tells which there are.)

use super::spec::SpecError;

/// What the scanner hands to the parser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Notices,
    Permutation,
    Session,
    Setup,
    Step,
    Teardown,
    /// A name, with or without quotation marks. Its letters are kept as they are.
    Name(String),
    /// What stands between braces, without the blanks next to them. Line breaks stay.
    Sql(String),
    Number(i32),
    /// `,` `(` `)` `*`
    Sign(char),
    End,
}

/// Reads one word after the other and counts lines.
pub struct Scanner<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { rest: text, line: 1 }
    }

    /// The next word.
    pub fn next(&mut self) -> Result<Token, SpecError> {
        self.skip_blanks_and_comments();
        let Some(first) = self.rest.chars().next() else { return Ok(Token::End) };
        match first {
            '"' => self.quoted(),
            '{' => self.sql(),
            ',' | '(' | ')' | '*' => {
                self.rest = &self.rest[1..];
                Ok(Token::Sign(first))
            }
            '0'..='9' => {
                let digits = self.take_while(|c| c.is_ascii_digit());
                Ok(Token::Number(digits.parse().unwrap_or(i32::MAX)))
            }
            _ if is_name_start(first) => {
                Ok(word(self.take_while(|c| is_name_start(c) || c.is_ascii_digit() || c == '$')))
            }
            _ => Err(SpecError::new(format!("syntax error at line {}: unexpected character \"{first}\"", self.line))),
        }
    }

    fn skip_blanks_and_comments(&mut self) {
        loop {
            self.take_while(is_blank);
            if let Some(after) = self.rest.strip_prefix('\n') {
                self.rest = after;
                self.line += 1;
            } else if self.rest.starts_with('#') {
                self.take_while(|c| c != '\n' && c != '\r');
            } else {
                return;
            }
        }
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !holds(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn quoted(&mut self) -> Result<Token, SpecError> {
        let mut name = String::new();
        let mut chars = self.rest[1..].chars();
        loop {
            match chars.next() {
                Some('"') => {
                    let after = chars.as_str();
                    let Some(after) = after.strip_prefix('"') else {
                        self.rest = after;
                        return Ok(Token::Name(name));
                    };
                    name.push('"');
                    chars = after.chars();
                }
                Some('\n') => return Err(self.error("unexpected newline in quoted identifier")),
                Some(other) => name.push(other),
                None => return Err(self.error("unterminated quoted identifier")),
            }
        }
    }

    fn sql(&mut self) -> Result<Token, SpecError> {
        let after = &self.rest[1..];
        let Some(end) = after.find('}') else {
            self.line += after.matches('\n').count() as u32;
            return Err(self.error("unterminated sql block"));
        };
        let block = &after[..end];
        self.line += block.matches('\n').count() as u32;
        self.rest = &after[end + 1..];
        // Only blanks of the brace's own line: a line break ends the trimming.
        Ok(Token::Sql(block.trim_matches(is_blank).to_owned()))
    }

    /// An error with the line the scanner is in.
    pub fn error(&self, message: &str) -> SpecError {
        SpecError::new(format!("{message} at line {}", self.line))
    }
}

fn word(text: &str) -> Token {
    match text {
        "notices" => Token::Notices,
        "permutation" => Token::Permutation,
        "session" => Token::Session,
        "setup" => Token::Setup,
        "step" => Token::Step,
        "teardown" => Token::Teardown,
        name => Token::Name(name.to_owned()),
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\x0c')
}

fn is_name_start(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<Token>, SpecError> {
        let mut scanner = Scanner::new(text);
        let mut found = Vec::new();
        loop {
            match scanner.next()? {
                Token::End => return Ok(found),
                token => found.push(token),
            }
        }
    }

    #[test]
    fn sql_is_trimmed_up_to_its_line_breaks() {
        assert_eq!(tokens("{  SELECT 1;\t }"), Ok(vec![Token::Sql("SELECT 1;".into())]));
        assert_eq!(tokens("{ \n  SELECT 1;\n  }"), Ok(vec![Token::Sql("\n  SELECT 1;\n".into())]));
        assert_eq!(tokens("{}"), Ok(vec![Token::Sql(String::new())]));
    }

    #[test]
    fn names_keep_their_letters() {
        let name = |name: &str| Token::Name(name.into());
        assert_eq!(
            tokens("Foo s1$a \"a \"\"b\"\"\" steps"),
            Ok(vec![name("Foo"), name("s1$a"), name("a \"b\""), name("steps")])
        );
        assert_eq!(tokens("\"step\" step # step\nsetup"), Ok(vec![name("step"), Token::Step, Token::Setup]));
    }

    #[test]
    fn errors_say_where() {
        let error = |text: &str| tokens(text).unwrap_err().to_string();
        assert_eq!(error("a\n b;"), "syntax error at line 2: unexpected character \";\"");
        assert_eq!(error("{ a\n\n"), "unterminated sql block at line 3");
        assert_eq!(error("\n\"a\nb\""), "unexpected newline in quoted identifier at line 2");
        assert_eq!(error("\"a"), "unterminated quoted identifier at line 1");
    }
}
