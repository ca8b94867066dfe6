//! The lines of a file, and what they are.

use crate::formats::markup::{Definitions, fence};

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: u32,
    pub(super) text: &'a str,
    /// Whether it is in a block of code, or opens or closes one.
    pub(super) code: bool,
}

impl<'a> Line<'a> {
    pub(super) fn trimmed(&self) -> &'a str {
        self.text.trim()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.trimmed().is_empty()
    }

    /// How far it is indented; a tab is four blanks.
    pub(super) fn indent(&self) -> usize {
        let blanks = self.text.chars().take_while(|c| c.is_whitespace());
        blanks.map(|c| if c == '\t' { 4 } else { 1 }).sum()
    }
}

/// The lines, and the addresses that are defined among them.
pub(super) fn lines(text: &str) -> (Vec<Line<'_>>, Definitions) {
    let (mut lines, mut definitions, mut open) = (vec![], Definitions::new(), None::<String>);
    for (at, text) in text.split('\n').enumerate() {
        let number = at as u32 + 1;
        let mark = fence(text);
        if is_question(text) {
            // Whoever forgot to close a fence has not written the questions behind it as code.
            open = None;
        }
        let code = open.is_some() || mark.is_some();
        match (&open, mark) {
            (None, Some(mark)) => open = Some(mark),
            (Some(fence), _) => {
                let row = text.trim();
                if row.starts_with(fence.as_str()) && row.trim_start_matches(&fence[..1]).is_empty() {
                    open = None;
                }
            }
            _ => {}
        }
        if let Some((name, address)) = definition(text).filter(|_| !code) {
            definitions.entry(name).or_insert(address);
            continue;
        }
        lines.push(Line { number, text, code });
    }
    // A fence that is never closed would make everything behind it code: then it was none.
    if open.is_some() {
        let last = lines.iter().rposition(|line| !line.code).map_or(0, |last| last + 1);
        lines[last..].iter_mut().skip(1).for_each(|line| line.code = false);
    }
    (lines, definitions)
}

/// `#### Q12`, `###### 7.`: no code looks like this.
fn is_question(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    let hashes = line.len() - text.len();
    let label = text.trim_start();
    let number = label.strip_prefix('Q').unwrap_or(label);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    (3..=6).contains(&hashes) && digits > 0 && number[digits..].starts_with(['.', ':', ')'])
}

/// `[name]: address "title"`.
fn definition(line: &str) -> Option<(String, String)> {
    let (name, rest) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let address = rest.split_whitespace().next()?.trim_matches(['<', '>']);
    let fits = !name.is_empty() && !name.contains(['[', ']']) && address.contains(['/', '#', '.']);
    (fits && !name.starts_with('^')).then(|| (name.to_lowercase(), address.into()))
}
