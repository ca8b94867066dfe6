//! SQL in the same four colours as JavaScript.

use super::highlight::{Class, Token};

/// The words that are coloured as the language's own.
const KEYWORDS: &str = "ABORT ADD ALL ALTER AND AS ASC BEGIN BETWEEN BY CASCADE CASE CHECK COLUMN COMMIT COMMITTED CONFLICT \
    CONSTRAINT CREATE CROSS DEFAULT DEFERRABLE DELETE DESC DISTINCT DO DROP ELSE END EXCLUSIVE EXISTS FALSE FOR FOREIGN FROM \
    GROUP HAVING IF IN INDEX INNER INSERT INTO IS ISOLATION JOIN KEY LEFT LEVEL LIMIT LOCK LOCKED MODE NO NOT NOTHING NOWAIT \
    NULL OF OFFSET ON ONLY OR ORDER PREPARE PREPARED PRIMARY READ REFERENCES RELEASE REPEATABLE RETURNING ROLLBACK SAVEPOINT \
    SELECT SERIALIZABLE SET SHARE SHOW SKIP START TABLE THEN TO TRANSACTION TRUE TRUNCATE UNION UNIQUE UPDATE USING VALUES \
    VIEW WHEN WHERE WITH WRITE";

/// The pieces of `source` in order; their texts, joined, are `source`. Total: what is no SQL is plain.
pub fn highlight(source: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let (mut at, mut plain) = (0, 0);
    while at < source.len() {
        let (class, length) = next(&source[at..]);
        if let Some(class) = class {
            if plain < at {
                tokens.push(Token { class: None, text: &source[plain..at] });
            }
            tokens.push(Token { class: Some(class), text: &source[at..at + length] });
            plain = at + length;
        }
        at += length;
    }
    if plain < source.len() {
        tokens.push(Token { class: None, text: &source[plain..] });
    }
    tokens
}

/// What the text begins with, and how many bytes that is: at least one character.
fn next(rest: &str) -> (Option<Class>, usize) {
    let first = rest.chars().next().unwrap_or_default();
    let until = |end: Option<usize>| end.unwrap_or(rest.len());
    match first {
        '-' if rest.starts_with("--") => (Some(Class::Comment), until(rest.find('\n'))),
        '/' if rest.starts_with("/*") => (Some(Class::Comment), until(rest[2..].find("*/").map(|end| end + 4))),
        // A doubled quote inside ends one string and begins the next: the same colour.
        '\'' => (Some(Class::String), until(rest[1..].find('\'').map(|end| end + 2))),
        '"' => (None, until(rest[1..].find('"').map(|end| end + 2))),
        _ if first.is_ascii_digit() => {
            (Some(Class::Number), until(rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.')))
        }
        _ if is_word(first) => {
            let length = until(rest.find(|c| !is_word(c)));
            let known = KEYWORDS.split(' ').any(|keyword| keyword.eq_ignore_ascii_case(&rest[..length]));
            (known.then_some(Class::Keyword), length)
        }
        _ => (None, first.len_utf8()),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn coloured(source: &str) -> Vec<(&str, &str)> {
        highlight(source).into_iter().filter_map(|token| Some((token.class?.name(), token.text))).collect()
    }

    #[test]
    fn a_statement_in_its_colours() {
        assert_eq!(
            coloured("select name, \"from\" from t1 where price > 1.50 and note = 'it''s' -- why"),
            [
                ("k", "select"),
                ("k", "from"),
                ("k", "where"),
                ("n", "1.50"),
                ("k", "and"),
                ("s", "'it'"),
                ("s", "'s'"),
                ("c", "-- why")
            ]
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost_whatever_the_text(source in "[ -~\n'\"é/*-]{0,80}") {
            let joined: String = highlight(&source).iter().map(|token| token.text).collect();
            prop_assert_eq!(joined, source);
        }
    }
}
