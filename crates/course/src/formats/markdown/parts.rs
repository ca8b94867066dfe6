//! What stands below a question's heading: more of its stem, options, what says which is right, and why.

use super::labels::{answer, explanation, letters, option};
use super::lines::Line;
use crate::formats::markup;
use crate::question::folded;

/// A question, taken apart.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) stem: String,
    pub(super) options: Vec<Piece>,
    pub(super) explanation: String,
    /// Where one can read that it is so: a link that stands by itself.
    pub(super) source: String,
    /// What names the right one, as it is written.
    answer: Option<Answer>,
}

/// An option.
#[derive(Default)]
pub(super) struct Piece {
    pub(super) text: String,
    ticked: bool,
    /// What came behind it after an empty line. It is part of it if another option follows, and none if it was the last one.
    tail: String,
    /// Whether a block of code was part of it.
    code: bool,
    /// How far its further lines are indented.
    indent: Option<usize>,
}

enum Answer {
    Places(Vec<usize>),
    Text(String),
}

/// Whether there are at least two options in it.
pub(super) fn has_options(body: &[Line]) -> bool {
    let mut next = 0;
    body.iter().any(|line| {
        next += usize::from(option(line, next).is_some());
        next == 2
    })
}

/// Where we are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Stem,
    Options,
    /// What comes now explains the answer.
    After,
    /// A line has ended the question. Only its answer may come behind that.
    Over,
}

impl Parts {
    pub(super) fn of(body: &[Line]) -> Self {
        let mut parts = Self::default();
        let (mut at, mut folded_away, mut empty) = (At::Stem, false, false);
        for line in body {
            if line.code {
                parts.code(line, at, empty);
                empty = false;
                continue;
            }
            let (inner, opens, closes) = unfolded(line.trimmed());
            if opens && at != At::Over && (!parts.options.is_empty() || at == At::After) {
                (folded_away, at) = (true, At::After);
            }
            let text = inner.trim();
            let said = comment(text).unwrap_or(text);
            if text.is_empty() {
                parts.line(line, "", at, true);
            } else if is_rule(text) {
                at = if parts.options.is_empty() { at } else { At::Over };
            } else if leads_up(text) {
                // "Back to top" is for those who read the file.
            } else if let Some(rest) = named(said, folded_away && parts.answer.is_none(), &parts) {
                parts.answered(rest);
                at = if at == At::Over { at } else { At::After };
            } else if let Some(rest) = explanation(text).filter(|_| !parts.options.is_empty()) {
                at = if at == At::Over { at } else { At::After };
                parts.line(line, rest, at, false);
            } else if at != At::After && at != At::Over && parts.begins(line) {
                at = At::Options;
            } else {
                parts.line(line, inner, at, empty);
            }
            empty = text.is_empty();
            folded_away &= !closes;
        }
        parts.finish();
        parts
    }

    /// Begins an option, if one begins here.
    fn begins(&mut self, line: &Line) -> bool {
        let Some(label) = option(line, self.options.len()) else { return false };
        // A tick here and letters there: the options are those that can be ticked.
        if let Some(last) = self.options.last_mut() {
            let tail = std::mem::take(&mut last.tail);
            if !tail.trim().is_empty() {
                last.code |= tail.contains("```") || tail.contains("~~~");
                last.text += "\n\n";
                last.text += tail.trim_matches('\n');
            }
        }
        let (text, marked) = unmarked(label.text);
        let code = label.text.starts_with("```");
        self.options.push(Piece {
            text: text.into(),
            ticked: label.ticked == Some(true) || marked,
            code,
            ..Piece::default()
        });
        true
    }

    /// A line of a block of code.
    fn code(&mut self, line: &Line, at: At, empty: bool) {
        match at {
            At::Options => self.line(line, line.text, at, empty),
            _ => self.line(line, line.text.trim_end(), at, false),
        }
    }

    /// A line that is no option, and names no answer.
    fn line(&mut self, line: &Line, text: &str, at: At, empty: bool) {
        let last = self.options.last_mut();
        let target = match (at, last) {
            (At::Over, _) => return,
            (At::After, _) => &mut self.explanation,
            (At::Options, Some(piece)) => {
                // Further lines of a point are indented, or follow it at once.
                let inside = piece.tail.trim().is_empty() && !line.is_empty() && (line.indent() >= 2 || !empty);
                if inside {
                    let indent = *piece.indent.get_or_insert(line.indent());
                    piece.code |= line.code;
                    piece.text += if empty { "\n\n" } else { "\n" };
                    piece.text += dedented(text, indent);
                    return;
                }
                // An indented block of code goes on until its fence closes, empty lines and all.
                if line.code && piece.code && piece.tail.trim().is_empty() && line.is_empty() {
                    piece.text.push('\n');
                    return;
                }
                &mut piece.tail
            }
            _ => &mut self.stem,
        };
        target.push_str(text);
        target.push('\n');
    }

    /// What was said to be right, and perhaps why.
    fn answered(&mut self, said: &str) {
        match letters(said) {
            Some(found) if found.places.len() <= 8 => {
                let rest = found.rest.trim_start_matches([')', '.', ':', '*', '_', ' ', '-', '—', '–', ',']).trim();
                let rest = rest.trim_end_matches("-->").trim();
                let named = found.places.first().and_then(|place| self.options.get(*place));
                let repeats = named.is_some_and(|option| folded(&option.text) == folded(rest));
                self.answer.get_or_insert(Answer::Places(found.places));
                if !rest.is_empty() && !repeats {
                    self.explanation += rest;
                    self.explanation.push('\n');
                }
            }
            _ => {
                self.answer.get_or_insert(Answer::Text(said.trim_matches(['*', '_', ' ']).into()));
            }
        }
    }

    fn finish(&mut self) {
        let by_code = self.options.iter().any(|option| option.code);
        if let Some(last) = self.options.last_mut() {
            let tail = std::mem::take(&mut last.tail);
            let bare = last.text.trim_matches(['`', ' ', '\u{2800}']).chars().count() <= 1;
            // Where options are blocks of code, the block behind the last one is the last one's.
            let (code, rest) = if by_code || bare { leading_code(&tail) } else { ("", tail.as_str()) };
            if !code.is_empty() {
                last.text += "\n\n";
                last.text += code;
            }
            self.explanation = format!("{}\n\n{}", rest.trim_matches('\n'), self.explanation);
        }
        for option in &mut self.options {
            // A letter above a block of code is a name, no text.
            let text = option.text.trim_start_matches('\u{2800}').trim();
            let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
            let name = first.trim_matches(['`', ' ', '*', ':', ')', '\u{2800}']);
            let bare = name.chars().count() <= 1 && name.chars().all(char::is_alphanumeric);
            option.text = if bare && !rest.trim().is_empty() { rest.trim_matches('\n') } else { text }.into();
        }
        self.sourced();
    }

    /// Takes lines out of the explanation that are nothing but a link.
    fn sourced(&mut self) {
        let mut kept = String::new();
        for line in self.explanation.lines() {
            match lone_link(line) {
                Some(address) => {
                    if self.source.is_empty() {
                        self.source = address.into();
                    }
                }
                None => {
                    kept += line;
                    kept.push('\n');
                }
            }
        }
        self.explanation = kept.trim().into();
    }

    /// Which options are right.
    pub(super) fn right(&self) -> Result<Vec<bool>, String> {
        let ticked: Vec<bool> = self.options.iter().map(|option| option.ticked).collect();
        let count = self.options.len();
        let named = match &self.answer {
            None => None,
            Some(Answer::Places(places)) => {
                if let Some(beyond) = places.iter().find(|place| **place >= count) {
                    return Err(format!(
                        "the answer is option {}, but there are only {count}; it is left out",
                        beyond + 1
                    ));
                }
                Some((0..count).map(|at| places.contains(&at)).collect::<Vec<_>>())
            }
            Some(Answer::Text(text)) => {
                let same: Vec<bool> = self.options.iter().map(|option| folded(&option.text) == folded(text)).collect();
                same.contains(&true).then_some(same)
            }
        };
        match (ticked.contains(&true), named) {
            (true, Some(named)) if named != ticked => {
                Err("the option that is ticked is not the one that the answer names; it is left out".into())
            }
            (true, _) => Ok(ticked),
            (false, Some(named)) => Ok(named),
            (false, None) => Err("no answer is marked; it is left out".into()),
        }
    }
}

/// What a line says is right, if it says so.
fn named<'a>(text: &'a str, folded_away: bool, parts: &Parts) -> Option<&'a str> {
    if parts.options.is_empty() {
        return None;
    }
    if let Some(said) = answer(text) {
        // "Answer: it depends" names no letter, and is no answer if there is one already.
        return (letters(said).is_some() || parts.answer.is_none()).then_some(said);
    }
    // Where answers are folded away, a heading with a letter behind a colon names one in any language.
    if folded_away && text.starts_with('#') {
        let said = text.rsplit_once([':', '：']).map(|(_, said)| said.trim())?;
        return letters(said).filter(|found| found.rest.trim_matches(['*', ' ']).is_empty()).map(|_| said);
    }
    None
}

/// A line without what folds things away, and whether it opens or closes that.
fn unfolded(text: &str) -> (&str, bool, bool) {
    let lower = text.to_ascii_lowercase();
    let opens = lower.starts_with("<details") || lower.starts_with("<summary");
    let closes = lower.ends_with("</details>");
    if !opens && !closes && !lower.starts_with("</") && lower != "<p>" {
        return (text, false, false);
    }
    let start = match lower.find("</summary>") {
        Some(end) => end + "</summary>".len(),
        None if opens => match lower.find('>') {
            // A summary goes on on the next line; the rest of this one is part of it.
            Some(_) if lower.contains("<summary") => lower.len(),
            Some(end) => end + 1,
            None => lower.len(),
        },
        None => 0,
    };
    let end = if closes { lower.len() - "</details>".len() } else { lower.len() };
    let inner = text.get(start..end.max(start)).unwrap_or_default().trim();
    let inner = inner.strip_prefix("<p>").unwrap_or(inner);
    let inner = inner.strip_suffix("</p>").unwrap_or(inner);
    (if inner.starts_with("</") { "" } else { inner }, opens, closes)
}

/// What is in a comment on one line.
fn comment(text: &str) -> Option<&str> {
    Some(text.strip_prefix("<!--")?.strip_suffix("-->")?.trim())
}

fn is_rule(text: &str) -> bool {
    let rule = |c: char| text.chars().filter(|other| !other.is_whitespace()).all(|other| other == c);
    text == "⸻" || (text.len() >= 3 && ['-', '*', '_'].into_iter().any(rule))
}

/// A line that is a link to some place in the same file.
fn leads_up(text: &str) -> bool {
    let text = text.trim_matches(['*', '_', ' ']);
    text.starts_with('[') && text.ends_with(')') && text.contains("](#") && !text[1..].contains(['[', '`'])
}

/// The address of a link, if the line is that and little more.
fn lone_link(line: &str) -> Option<&str> {
    let text = line.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '*' | '_' | ' '));
    let text = text.trim_end_matches(['.', '*', '_', ' ']);
    let text = ["Reference", "Ref", "Source", "Documentation", "Docs"]
        .iter()
        .find_map(|word| text.strip_prefix(word)?.trim_start_matches(['*', '_', 's']).strip_prefix(':'))
        .map_or(text, |rest| rest.trim_start_matches(['*', '_', ' ']));
    let address = match text.strip_prefix('[') {
        Some(rest) => rest.split_once("](")?.1.strip_suffix(')')?.split_whitespace().next()?,
        None => text.trim_matches(['<', '>']),
    };
    let plain = markup::is_link(address) && !address.contains([' ', '(', '[']);
    plain.then_some(address)
}

/// Marks that say that an option is right.
fn unmarked(text: &str) -> (&str, bool) {
    const MARKS: [&str; 9] = ["✅", "✔️", "✔", "☑️", "☑", "✓", "**(correct)**", "(correct)", "(Correct)"];
    for mark in MARKS {
        let text = text.trim();
        if let Some(rest) = text.strip_suffix(mark).or_else(|| text.strip_prefix(mark)) {
            return (rest.trim(), true);
        }
    }
    (text, false)
}

/// Without as many blanks as there are, up to `indent`.
fn dedented(text: &str, indent: usize) -> &str {
    let blanks = text.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    &text[blanks.min(indent)..]
}

/// The block of code that a text begins with, and the rest.
fn leading_code(text: &str) -> (&str, &str) {
    let start = text.trim_start_matches('\n');
    let Some(fence) = markup::fence(start.lines().next().unwrap_or_default()) else { return ("", text) };
    let mut at = 0;
    for (number, line) in start.split_inclusive('\n').enumerate() {
        at += line.len();
        let row = line.trim();
        if number > 0 && row.starts_with(&fence) && row.trim_start_matches(&fence[..1]).is_empty() {
            return (start[..at].trim_end(), &start[at..]);
        }
    }
    ("", text)
}
