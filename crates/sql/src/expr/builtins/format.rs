//! `format('%s is %I', …)` (`text_format`)

use super::{Answer, strings, text};
use crate::error::SqlError;
use crate::value::Value;

/// `%s`, `%I` and `%L`, each with a position (`%2$s`) and a width (`%-10s`, `%*s`). The arguments are texts or null.
pub fn format(args: &[Value]) -> Answer {
    if args[0].is_null() {
        return Ok(Value::Null);
    }
    let pattern: Vec<char> = text(&args[0]).chars().collect();
    let mut reader = Reader { pattern: &pattern, at: 0, args: &args[1..], next: 0 };
    let mut result = String::new();
    while let Some(c) = reader.take() {
        if c == '%' {
            reader.specifier(&mut result)?;
        } else {
            result.push(c);
        }
    }
    Ok(Value::text(result))
}

struct Reader<'a> {
    pattern: &'a [char],
    at: usize,
    args: &'a [Value],
    /// The argument after the last one used.
    next: usize,
}

/// Widths beyond this are refused.
const WIDEST: i64 = 1 << 20;

impl<'a> Reader<'a> {
    fn take(&mut self) -> Option<char> {
        let c = self.pattern.get(self.at).copied();
        self.at += 1;
        c
    }

    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).copied()
    }

    fn specifier(&mut self, result: &mut String) -> Result<(), SqlError> {
        if self.peek() == Some('%') {
            self.at += 1;
            result.push('%');
            return Ok(());
        }
        let mut position = None;
        let mut width = self.number()?;
        if let Some(number) = width
            && self.peek() == Some('$')
        {
            if number == 0 {
                return Err(invalid("format specifies argument 0, but arguments are numbered from 1"));
            }
            self.at += 1;
            position = Some(number as usize - 1);
            width = None;
        }
        let mut to_left = false;
        if width.is_none() {
            while self.peek() == Some('-') {
                self.at += 1;
                to_left = true;
            }
            width = if self.peek() == Some('*') { self.width_argument()? } else { self.number()? };
        }
        let kind = self.take().ok_or_else(|| invalid("unterminated format() type specifier").hint(PERCENT))?;
        if !matches!(kind, 's' | 'I' | 'L') {
            let message = format!("unrecognized format() type specifier \"{kind}\"");
            return Err(invalid(message).hint(PERCENT));
        }
        let value = self.argument(position)?;
        let word = match (kind, value) {
            ('s', value) => text(value).to_string(),
            ('I', Value::Null) => {
                return Err(SqlError::new("22004", "null values cannot be formatted as an SQL identifier"));
            }
            ('I', value) => strings::identifier(text(value)),
            (_, Value::Null) => "NULL".into(),
            (_, value) => strings::literal(text(value)),
        };
        let width = width.unwrap_or(0);
        let blanks = " ".repeat((width.unsigned_abs() as usize).saturating_sub(word.chars().count()));
        if to_left || width < 0 {
            *result += &word;
            *result += &blanks;
        } else {
            *result += &blanks;
            *result += &word;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Option<i64>, SqlError> {
        let begin = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        if begin == self.at {
            return Ok(None);
        }
        let digits: String = self.pattern[begin..self.at].iter().collect();
        match digits.parse() {
            Ok(number) if number <= WIDEST => Ok(Some(number)),
            _ => Err(SqlError::new("22003", "number is out of range")),
        }
    }

    /// `*`, `*2$`: an argument says how wide.
    fn width_argument(&mut self) -> Result<Option<i64>, SqlError> {
        self.at += 1;
        let position = self.number()?;
        if position.is_some() {
            if self.peek() != Some('$') {
                return Err(invalid("width argument position must be ended by \"$\""));
            }
            self.at += 1;
        }
        let value = self.argument(position.map(|position| (position as usize).wrapping_sub(1)))?;
        let width: i64 = text(value).parse().unwrap_or(0);
        Ok(Some(width.clamp(-WIDEST, WIDEST)))
    }

    fn argument(&mut self, position: Option<usize>) -> Result<&'a Value, SqlError> {
        let index = position.unwrap_or(self.next);
        self.next = index.wrapping_add(1);
        self.args.get(index).ok_or_else(|| invalid("too few arguments for format()"))
    }
}

const PERCENT: &str = "For a single \"%\" use \"%%\".";

fn invalid(message: impl Into<String>) -> SqlError {
    SqlError::new("22023", message)
}
