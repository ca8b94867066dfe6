//! A file of GIFT as the texts of its questions.

use super::section::find;
use crate::formats::extra::Extra;

/// A question's text, and what comments say of it.
pub(super) struct Block {
    /// Where its text begins, from 1.
    pub(super) line: u32,
    pub(super) text: String,
    /// `[id:…]`.
    pub(super) id: Option<String>,
    /// `[tag:…]`.
    pub(super) tags: Vec<String>,
    /// What follows `interleave:`.
    ours: Option<String>,
}

impl Block {
    /// What our own comment says.
    pub(super) fn extra(&self) -> Result<Extra, String> {
        let Some(ours) = &self.ours else { return Ok(Extra::default()) };
        toml::from_str(ours).map_err(|error| format!("the comment for Interleave: {}", error.message()))
    }
}

/// How a comment of ours begins.
pub(super) const OURS: &str = "interleave:";

/// Empty lines separate questions. As an exception, answers that are opened and not closed go on behind empty lines, if
/// what comes next is their end.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![];
    let mut current = Lines::default();
    for (at, line) in text.split('\n').enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            current.end(&mut blocks);
        } else if let Some(comment) = trimmed.strip_prefix("//") {
            current.comment(comment, line);
        } else if trimmed.starts_with("$CATEGORY:") {
            current.end(&mut blocks);
            current.add(at, line);
            current.end(&mut blocks);
        } else {
            current.add(at, line);
        }
    }
    current.end(&mut blocks);
    joined(blocks)
}

#[derive(Default)]
struct Lines {
    line: u32,
    text: String,
    id: Option<String>,
    tags: Vec<String>,
    ours: Option<String>,
}

impl Lines {
    fn add(&mut self, at: usize, line: &str) {
        if self.text.is_empty() {
            self.line = at as u32 + 1;
        } else {
            self.text.push('\n');
        }
        self.text += line;
    }

    fn comment(&mut self, comment: &str, line: &str) {
        if comment.trim_start().starts_with(OURS) {
            // Several such lines are several lines of one table, in which blanks at the end of one may mean something.
            let ours = line.split_once(OURS).map_or("", |(_, ours)| ours.strip_prefix(' ').unwrap_or(ours));
            let all = self.ours.get_or_insert_default();
            *all += ours;
            all.push('\n');
            return;
        }
        let mut rest = comment;
        while let Some(start) = rest.find('[') {
            rest = &rest[start + 1..];
            let Some(end) = find(rest, ']') else { return };
            let value =
                |name: &str| rest[..end].strip_prefix(name).map(|value| value.replace("\\]", "]").replace("\\[", "["));
            if let Some(id) = value("id:") {
                self.id = Some(id.trim().into());
            } else if let Some(tag) = value("tag:") {
                self.tags.push(tag.trim().into());
            }
            rest = &rest[end + 1..];
        }
    }

    fn end(&mut self, blocks: &mut Vec<Block>) {
        if self.text.is_empty() {
            // A comment that stands alone is about nothing.
            return;
        }
        let Self { line, text, id, tags, ours } = std::mem::take(self);
        blocks.push(Block { line, text: text.trim().into(), id, tags, ours });
    }
}

/// Joins answers that were torn apart by empty lines. Looks no further than to the next brace, so that whoever forgets one
/// loses one question.
fn joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = vec![];
    // Where the block is that has been opened, and how many without braces came behind it.
    let mut open: Option<usize> = None;
    for block in blocks {
        let (start, end) = (find(&block.text, '{'), find(&block.text, '}'));
        let closes = end.is_some_and(|end| start.is_none_or(|start| end < start));
        if let Some(first) = open.filter(|_| closes) {
            let parts: Vec<Block> = joined.drain(first + 1..).collect();
            for part in parts.iter().chain([&block]) {
                joined[first].text += "\n\n";
                joined[first].text += &part.text;
            }
            open = None;
            continue;
        }
        if start.is_some() {
            open = end.is_none().then_some(joined.len());
        }
        if block.text.starts_with("$CATEGORY:") {
            open = None;
        }
        joined.push(block);
    }
    joined
}
