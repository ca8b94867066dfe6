//! Locking clauses. `sqlparser` knows `FOR UPDATE` and `FOR SHARE` of one table; PostgreSQL has four strengths and lists.
//! So each clause is read here and replaced by `FOR UPDATE OF "lock 3"`, which names it by its number.

use crate::query::grammar::{fold, is_reserved};
use crate::query::plan::{RowLock, WaitPolicy};
use crate::query::source::Source;
use crate::query::statement::{Locking, Name};
use sqlparser::ast;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, TokenWithSpan, Word};

const MARK: &str = "\u{1}lock ";

/// Takes the locking clauses out of the tokens into the source.
pub fn hide(tokens: Vec<TokenWithSpan>, source: &mut Source) -> Vec<TokenWithSpan> {
    if !tokens.iter().any(|token| is(token, "for")) {
        return tokens;
    }
    let mut rest = tokens.as_slice();
    let mut shown = Vec::with_capacity(tokens.len());
    while let Some(token) = rest.first() {
        if let Some((locking, after)) = clause(rest, source) {
            let span = token.span;
            let word = |value: &str, quote| TokenWithSpan { token: word(value, quote), span };
            if follows_list(&shown) {
                // `SELECT 3 FOR UPDATE`: so that FOR is not taken for a name of the 3.
                shown.extend([word("WHERE", None), word("TRUE", None)]);
            }
            let number = format!("{MARK}{}", source.locking.len());
            shown.extend([word("FOR", None), word("UPDATE", None), word("OF", None), word(&number, Some('"'))]);
            source.locking.push(locking);
            rest = after;
        } else {
            shown.push(token.clone());
            rest = &rest[1..];
        }
    }
    shown
}

fn word(value: &str, quote_style: Option<char>) -> Token {
    let keyword = sqlparser::keywords::ALL_KEYWORDS.binary_search(&value);
    let keyword = keyword.map_or(Keyword::NoKeyword, |index| sqlparser::keywords::ALL_KEYWORDS_INDEX[index]);
    Token::Word(Word { value: value.into(), quote_style, keyword })
}

/// Whether the tokens end with the list of a SELECT that has nothing after it.
fn follows_list(tokens: &[TokenWithSpan]) -> bool {
    let mut depth = 0;
    for token in tokens.iter().rev() {
        match &token.token {
            Token::RParen => depth += 1,
            Token::LParen if depth == 0 => return false,
            Token::LParen => depth -= 1,
            Token::Word(_) if depth == 0 => {
                if is(token, "select") {
                    return true;
                }
                let clauses =
                    ["from", "where", "group", "having", "order", "limit", "offset", "fetch", "values", "table"];
                if clauses.iter().any(|clause| is(token, clause)) {
                    return false;
                }
            }
            _ => {}
        }
    }
    false
}

/// The clause that a query's lock stands for.
pub fn find<'a>(source: &'a Source, lock: &ast::LockClause) -> Option<&'a Locking> {
    let name = lock.of.as_ref()?.0.first()?.as_ident()?;
    source.locking.get(name.value.strip_prefix(MARK)?.parse::<usize>().ok()?)
}

/// The clause at the beginning of the tokens, and what follows it.
fn clause<'a>(tokens: &'a [TokenWithSpan], source: &Source) -> Option<(Locking, &'a [TokenWithSpan])> {
    let position = source.position(tokens.first()?.span.start)?;
    let (strength, mut rest) = if let Some(rest) = words(tokens, &["for", "no", "key", "update"]) {
        (RowLock::NoKeyUpdate, rest)
    } else if let Some(rest) = words(tokens, &["for", "key", "share"]) {
        (RowLock::KeyShare, rest)
    } else if let Some(rest) = words(tokens, &["for", "update"]) {
        (RowLock::Update, rest)
    } else {
        (RowLock::Share, words(tokens, &["for", "share"])?)
    };
    let mut of = Vec::new();
    if let Some(mut list) = words(rest, &["of"]) {
        loop {
            let (name, after) = name(list, source)?;
            of.push(name);
            rest = after;
            match next(rest) {
                Some((comma, after)) if comma.token == Token::Comma => list = after,
                _ => break,
            }
        }
    }
    let mut wait = WaitPolicy::Block;
    if let Some(after) = words(rest, &["nowait"]) {
        (wait, rest) = (WaitPolicy::Error, after);
    } else if let Some(after) = words(rest, &["skip", "locked"]) {
        (wait, rest) = (WaitPolicy::Skip, after);
    }
    Some((Locking { strength, of, wait, position }, rest))
}

fn name<'a>(tokens: &'a [TokenWithSpan], source: &Source) -> Option<(Name, &'a [TokenWithSpan])> {
    let (token, rest) = next(tokens)?;
    let Token::Word(word) = &token.token else { return None };
    if word.quote_style.is_none() && is_reserved(&word.value.to_lowercase()) {
        return None;
    }
    let name = fold(&word.value, word.quote_style);
    // A qualified name is an error, and the analyser says which.
    if let Some((Token::Period, after)) = next(rest).map(|(token, after)| (&token.token, after)) {
        let (inner, rest) = self::name(after, source)?;
        return Some((
            Name { schema: Some(name), name: inner.name, position: source.position(token.span.start)? },
            rest,
        ));
    }
    Some((Name { schema: None, name, position: source.position(token.span.start)? }, rest))
}

/// The next token that is not white, and the rest.
fn next(tokens: &[TokenWithSpan]) -> Option<(&TokenWithSpan, &[TokenWithSpan])> {
    let index = tokens.iter().position(|token| !matches!(token.token, Token::Whitespace(_)))?;
    Some((&tokens[index], &tokens[index + 1..]))
}

fn words<'a>(tokens: &'a [TokenWithSpan], expected: &[&str]) -> Option<&'a [TokenWithSpan]> {
    let mut rest = tokens;
    for word in expected {
        let (token, after) = next(rest)?;
        if !is(token, word) {
            return None;
        }
        rest = after;
    }
    Some(rest)
}

fn is(token: &TokenWithSpan, expected: &str) -> bool {
    matches!(&token.token, Token::Word(word) if word.quote_style.is_none() && word.value.eq_ignore_ascii_case(expected))
}
