//! Query strings to statements.

use crate::error::SqlError;
use crate::query::grammar::Grammar;
use crate::query::source::{Places, Source};
use crate::query::statement::Parsed;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer, TokenizerError};
use std::rc::Rc;

/// Operands that may stand side by side without a comma or a bracket between them. Chains nest in the tree, and a tree that is too
/// deep is an error, not a crash.
const LONGEST_CHAIN: usize = 3000;

/// All statements of a query string. Like PostgreSQL, one wrong statement refuses the whole string.
pub fn parse(text: &str) -> Result<Vec<Parsed>, SqlError> {
    let places = Rc::new(Places::new(text));
    let tokens = tokenize(text, &places)?;
    refuse_chains(&tokens)?;
    let text: Rc<str> = text.into();
    let mut parsed = Vec::new();
    for statement in tokens.split(|token| token.token == Token::SemiColon) {
        let is_last = statement.as_ptr_range().end == tokens.as_ptr_range().end;
        let is_word = |token: &&TokenWithSpan| !matches!(token.token, Token::Whitespace(_) | Token::EOF);
        let words: Vec<TokenWithSpan> = statement.iter().filter(is_word).cloned().collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let (start, end) = (byte_of(&places, first.span.start), byte_of(&places, last.span.end));
        let source = Source { text: text.clone(), range: start..end, locks: None, places: places.clone() };
        parsed.push(Grammar::new(source, words, is_last).parse()?);
    }
    Ok(parsed)
}

fn byte_of(places: &Places, location: sqlparser::tokenizer::Location) -> usize {
    places.position(location).map_or(0, |position| places.byte(position))
}

/// The words of a text with their places.
pub fn tokenize(text: &str, places: &Places) -> Result<Vec<TokenWithSpan>, SqlError> {
    // Escapes in strings are PostgreSQL's standard ones, which is what the tokenizer does unless told otherwise.
    Tokenizer::new(&PostgreSqlDialect {}, text)
        .tokenize_with_location()
        .map_err(|error| untokenized(text, places, error))
}

/// An unfinished string, comment or quoted name: PostgreSQL shows everything from its beginning.
fn untokenized(text: &str, places: &Places, error: TokenizerError) -> SqlError {
    let position = places.position(error.location).unwrap_or(1);
    let rest = text.get(places.byte(position)..).unwrap_or("");
    let what = if error.message.contains("comment") {
        "unterminated /* comment"
    } else if error.message.contains("'$") || rest.starts_with('$') {
        "unterminated dollar-quoted string"
    } else if rest.starts_with('"') {
        "unterminated quoted identifier"
    } else if rest.starts_with('\'') || error.message.contains("string") {
        "unterminated quoted string"
    } else {
        "syntax error"
    };
    SqlError::new("42601", format!("{what} at or near \"{rest}\"")).at(position)
}

fn refuse_chains(tokens: &[TokenWithSpan]) -> Result<(), SqlError> {
    let mut chains = vec![0];
    for token in tokens {
        match token.token {
            Token::LParen | Token::LBracket => chains.push(0),
            Token::RParen | Token::RBracket if chains.len() > 1 => {
                chains.pop();
            }
            Token::Comma | Token::SemiColon => *chains.last_mut().expect("the outermost stays") = 0,
            Token::Whitespace(_) => {}
            _ => {
                let chain = chains.last_mut().expect("the outermost stays");
                *chain += 1;
                if *chain > LONGEST_CHAIN {
                    return Err(too_deep());
                }
            }
        }
    }
    Ok(())
}

/// The statement nests too deeply.
pub fn too_deep() -> SqlError {
    SqlError::new("54001", "stack depth limit exceeded").hint(
        "Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit \
         is adequate.",
    )
}
