//! The text of a statement, and how places in it are told.

use crate::query::plan::RowLock;
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
    /// The strength of its first locking clause, wherever in it that is.
    pub locks: Option<RowLock>,
    pub places: Rc<Places>,
}

impl Source {
    /// The statement's own words.
    pub fn statement(&self) -> &str {
        &self.text[self.range.clone()]
    }

    /// A place of the tokenizer's, in characters from 1; `None` for one it did not set.
    pub fn position(&self, location: Location) -> Option<u32> {
        self.places.position(location)
    }
}

/// Turns lines and columns into characters, and those into bytes.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Characters before each line.
    lines: Vec<u32>,
    /// The byte each character begins at; empty when each is one byte.
    bytes: Vec<u32>,
}

impl Places {
    /// The places of a text.
    pub fn new(text: &str) -> Self {
        let mut lines = vec![0];
        for (index, character) in text.chars().enumerate() {
            if character == '\n' {
                lines.push(index as u32 + 1);
            }
        }
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            let ends = std::iter::once(text.len());
            text.char_indices().map(|(byte, _)| byte).chain(ends).map(|byte| byte as u32).collect()
        };
        Self { lines, bytes }
    }

    /// Line and column as characters from 1.
    pub fn position(&self, location: Location) -> Option<u32> {
        let line = self.lines.get((location.line as usize).checked_sub(1)?)?;
        Some(line + location.column as u32)
    }

    /// The byte of a character that is counted from 1.
    pub fn byte(&self, position: u32) -> usize {
        let index = position as usize - 1;
        if self.bytes.is_empty() {
            index
        } else {
            self.bytes.get(index).or(self.bytes.last()).map_or(0, |byte| *byte as usize)
        }
    }
}
