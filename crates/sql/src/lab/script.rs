//! A script as statements: where each begins and ends, whatever is in it.

use super::scene::Statement;

/// The statements of a script, in order, each with the comments before it. A comment after the last one belongs to nobody.
///
/// Only what hides a semicolon is understood (PostgreSQL's manual, 4.1 "Lexical Structure"): quotes of all kinds, dollar quotes,
/// comments. A quotation that never ends goes on to the end of the script; the server has a message for that.
pub fn statements(script: &str) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut scanner = Scanner { text: script, at: 0 };
    let (mut start, mut something) = (0, false);
    while let Some(piece) = scanner.piece() {
        match piece {
            Piece::End => {
                if something {
                    push(&mut statements, script, start, scanner.at - 1);
                }
                (start, something) = (scanner.at, false);
            }
            Piece::Nothing => {}
            Piece::Something => something = true,
        }
    }
    if something {
        push(&mut statements, script, start, script.len());
    }
    statements
}

fn push(statements: &mut Vec<Statement>, script: &str, start: usize, end: usize) {
    let text = script[start..end].trim_end();
    let blank = text.len() - text.trim_start().len();
    let line = script[..start + blank].bytes().filter(|&byte| byte == b'\n').count() as u32 + 1;
    statements.push(Statement { text: text[blank..].to_owned(), line });
}

/// A stretch of a script.
enum Piece {
    /// `;`
    End,
    /// Blanks and comments.
    Nothing,
    Something,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn piece(&mut self) -> Option<Piece> {
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let (length, piece) = match first {
            ';' => (1, Piece::End),
            _ if rest.starts_with("--") => (rest.find('\n').unwrap_or(rest.len()), Piece::Nothing),
            _ if rest.starts_with("/*") => (comment(rest), Piece::Nothing),
            '\'' => (quoted(rest, '\'', self.escapes()), Piece::Something),
            '"' => (quoted(rest, '"', false), Piece::Something),
            '$' if !self.in_word() => (dollar(rest).unwrap_or(1), Piece::Something),
            _ if first.is_whitespace() => (first.len_utf8(), Piece::Nothing),
            _ => (first.len_utf8(), Piece::Something),
        };
        self.at += length;
        Some(piece)
    }

    /// The quote at hand belongs to an `E'…'`: a backslash hides what follows it.
    fn escapes(&self) -> bool {
        let before = &self.text[..self.at];
        before.ends_with(['e', 'E']) && !before[..before.len() - 1].ends_with(word)
    }

    fn in_word(&self) -> bool {
        self.text[..self.at].ends_with(word)
    }
}

fn word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// The length of a comment, those in it included.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_u32, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// The length of a quotation. Two quotes inside are two quotations, which comes to the same.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' && escapes {
            characters.next();
        } else if c == quote {
            return at + 1;
        }
    }
    text.len()
}

/// The length of a `$tag$…$tag$`; `None` when none begins here.
fn dollar(text: &str) -> Option<usize> {
    let tag = &text[..text[1..].find('$')? + 2];
    let name = &tag[1..tag.len() - 1];
    if name.starts_with(|c: char| c.is_ascii_digit()) || !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    Some(text[tag.len()..].find(tag).map_or(text.len(), |end| tag.len() + end + tag.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(script: &str) -> Vec<(String, u32)> {
        statements(script).into_iter().map(|statement| (statement.text, statement.line)).collect()
    }

    #[test]
    fn statements_end_with_semicolons_or_the_script() {
        assert_eq!(
            split("BEGIN;\nSELECT 1;\n\n  COMMIT"),
            [("BEGIN".into(), 1), ("SELECT 1".into(), 2), ("COMMIT".into(), 4)]
        );
        assert_eq!(split(" ;; \n; "), []);
    }

    #[test]
    fn semicolons_in_quotes_and_comments_end_nothing() {
        for text in [
            "SELECT ';'",
            "SELECT ''';'",
            r"SELECT E'\';'",
            "SELECT \";\"",
            "SELECT $$;$$",
            "SELECT $a$ $b$;$a$",
            "SELECT /* ; /* ; */ ; */ 1",
        ] {
            assert_eq!(split(text), [(text.to_owned(), 1)]);
        }
        assert_eq!(split(r"SELECT '\';SELECT 2").len(), 2, "a backslash is a character like others");
        assert_eq!(split("SELECT $1; SELECT a$b; SELECT $2").len(), 3);
        assert_eq!(split("SELECT 'it never ends; SELECT 2").len(), 1);
    }

    #[test]
    fn comments_go_with_the_statement_that_follows() {
        assert_eq!(split("-- one; two\nSELECT 1; -- the end"), [("-- one; two\nSELECT 1".into(), 1)]);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stumble(script in "[;'\"$a\\\\/*\\-\n Eé]{0,40}") {
            for statement in statements(&script) {
                prop_assert!(script.contains(&statement.text) && !statement.text.is_empty());
            }
        }
    }
}
