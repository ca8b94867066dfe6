//! The text of a statement, and how places in it are told.

use crate::query::statement::Locking;
use sqlparser::tokenizer::Location;
use std::ops::Range;
use std::rc::Rc;

/// Where a statement came from.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The whole query string, of which the statement may be a part.
    pub text: Rc<str>,
    /// The statement's bytes in it, without the semicolon.
    pub range: Range<usize>,
    /// The statement's locking clauses, by the number under which the queries name them.
    pub locking: Vec<Locking>,
    /// Characters before each line.
    pub lines: Rc<[u32]>,
}

impl Source {
    /// The statement's own words.
    pub fn statement(&self) -> &str {
        &self.text[self.range.clone()]
    }

    /// A place of the tokenizer's, in characters from 1; `None` for one it did not set.
    pub fn position(&self, location: Location) -> Option<u32> {
        position(&self.lines, location)
    }
}

/// Characters before each line of a text.
pub fn lines(text: &str) -> Rc<[u32]> {
    let mut lines = vec![0];
    for (index, character) in text.chars().enumerate() {
        if character == '\n' {
            lines.push(index as u32 + 1);
        }
    }
    lines.into()
}

/// Line and column as characters from 1.
pub fn position(lines: &[u32], location: Location) -> Option<u32> {
    let line = lines.get((location.line as usize).checked_sub(1)?)?;
    Some(line + location.column as u32)
}

/// The byte at which the `position`-th character begins.
pub fn byte_offset(text: &str, position: u32) -> usize {
    text.char_indices().nth(position as usize - 1).map_or(text.len(), |(offset, _)| offset)
}
