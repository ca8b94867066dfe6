//! One way through a text, from which it comes out as Markdown without HTML.

use super::entity::{decoded, entity};
use super::marks::{bracketed, escape, fence, find_folded, is_link, parenthesised, run, safe, settled, untagged};
use super::tag::{Meaning, Tag, meaning, tag};
use super::{Definitions, Tidied, fenced, span};
use std::collections::BTreeMap;

/// What the text is before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Markdown,
    Html,
}

pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
    out: String,
    mode: Mode,
    definitions: &'a Definitions,
    images: usize,
    /// Tags that were opened, each with what closes it.
    open: Vec<(String, String)>,
    /// Where rows of backticks begin, by their length: so that one that closes another is found at once.
    ticks: BTreeMap<usize, Vec<usize>>,
    /// Ends that do not come any more, so that nobody searches for them again.
    missing: Vec<String>,
    /// How many more bytes may be looked at in search of ends of tags and links. Who opens thousands and closes none gets
    /// text, and gets it in time.
    patience: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str, mode: Mode, definitions: &'a Definitions) -> Self {
        let mut ticks: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut at = 0;
        while let Some(next) = text[at..].find('`') {
            let length = run(&text[at + next..], '`');
            ticks.entry(length).or_default().push(at + next);
            at += next + length;
        }
        let out = String::with_capacity(text.len());
        let patience = 100_000 + 16 * text.len();
        Self { text, at: 0, out, mode, definitions, images: 0, open: vec![], ticks, missing: vec![], patience }
    }

    pub(super) fn run(mut self) -> Tidied {
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            let Some(c) = rest.chars().next() else { break };
            let markdown = self.mode == Mode::Markdown;
            match c {
                _ if markdown && self.is_line_start() && self.code_block() => {}
                '\\' if markdown => {
                    let length = 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                    self.copy(length);
                }
                '`' if markdown => self.ticks(),
                '<' => self.angle(),
                '&' => self.reference(),
                '!' if markdown && rest.starts_with("![") => self.image(),
                '[' if markdown => self.link(),
                c if self.mode == Mode::Html => {
                    if !c.is_whitespace() {
                        let mut end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '&'));
                        end = end.filter(|end| *end > 0);
                        let word = &rest[..end.unwrap_or(rest.len())];
                        escape(word, &mut self.out);
                        self.at += word.len();
                    } else {
                        if !self.out.ends_with([' ', '\n']) && !self.out.is_empty() {
                            self.out.push(' ');
                        }
                        self.at += c.len_utf8();
                    }
                }
                c => self.copy(c.len_utf8()),
            }
        }
        while let Some((_, close)) = self.open.pop() {
            self.out += &close;
        }
        Tidied { text: settled(&self.out), images: self.images }
    }

    /// What comes next, as far as there is patience to look.
    fn ahead(&self, from: usize) -> &'a str {
        let mut end = self.text.len().min(from + self.patience);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[from.min(end)..end]
    }

    /// What has been looked for, at the price of what has been looked at.
    fn found<T>(&mut self, found: Result<T, usize>, length: impl FnOnce(&T) -> usize) -> Option<T> {
        let looked = found.as_ref().map_or_else(|looked| *looked, length);
        self.patience = self.patience.saturating_sub(looked);
        found.ok()
    }

    fn copy(&mut self, length: usize) {
        self.out += &self.text[self.at..self.at + length];
        self.at += length;
    }

    fn is_line_start(&self) -> bool {
        self.at == 0 || self.text.as_bytes()[self.at - 1] == b'\n'
    }

    /// A fenced block is copied. Only whole lines open and close one.
    fn code_block(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let line = rest.split('\n').next().unwrap_or_default();
        let Some(fence) = fence(line) else { return false };
        let mut length = line.len();
        for line in rest[length..].split_inclusive('\n').skip(1) {
            let text = line.strip_suffix('\n').unwrap_or(line);
            // With the end of the line before.
            length += 1 + text.len();
            let row = text.trim_start();
            if row.starts_with(&fence) && row.trim_end().trim_start_matches(&fence[..1]).is_empty() {
                break;
            }
        }
        self.copy(length.min(rest.len()));
        true
    }

    /// A code span is copied; backticks that close nothing are, too.
    fn ticks(&mut self) {
        let length = run(&self.text[self.at..], '`');
        let after = self.at + length;
        // A backslash may have taken the first one away, so that nothing else is of this length.
        let later = self.ticks.get(&length).map_or(&[][..], Vec::as_slice);
        let next = later.get(later.partition_point(|tick| *tick < after)).copied();
        // Longer than a question can be is no code span. A limit keeps the search short.
        let near = next.filter(|next| next - after < LONGEST_SPAN);
        let closed = near.filter(|next| !self.text[after..*next].contains("\n\n"));
        match closed {
            Some(next) => self.copy(next + length - self.at),
            None => self.copy(length),
        }
    }

    fn angle(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") {
            // An arrow that never ends is no comment.
            match self.end("-->") {
                Some(end) => self.at = end,
                None => self.literal(),
            }
            return;
        }
        let tag = tag(self.ahead(self.at));
        let Some(tag) = self.found(tag, |tag| tag.length) else { return self.no_tag(rest) };
        let meaning = meaning(&tag.name);
        if meaning == Meaning::Text {
            return self.literal();
        }
        self.at += tag.length;
        match meaning {
            Meaning::Mark(mark) => self.pair(&tag, mark, mark.into()),
            Meaning::Link => self.anchor(&tag),
            Meaning::Code | Meaning::Block if !tag.closing => self.code(&tag, meaning == Meaning::Block),
            Meaning::Hidden if !tag.closing => {
                if let Some(end) = self.closing(&tag.name) {
                    self.at = end;
                }
            }
            Meaning::Paragraph => self.out += "\n\n",
            Meaning::Line => self.out += "\n",
            Meaning::Break => self.out += "  \n",
            Meaning::Point if !tag.closing => self.out += "\n- ",
            Meaning::Image if !tag.closing => self.images += 1,
            _ => {}
        }
    }

    /// `a < b`, `<https://…>`: Markdown knows what to do with them.
    fn no_tag(&mut self, rest: &str) {
        let address = rest[1..].split(['<', '>', ' ', '\n']).next().unwrap_or_default();
        let known = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
        if known && rest[1 + address.len()..].starts_with('>') {
            return match self.mode {
                Mode::Markdown => self.copy(address.len() + 2),
                Mode::Html => self.literal(),
            };
        }
        // What a browser would not take for the beginning of a tag, whatever becomes of that which follows.
        if rest[1..].starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '=' | '-')) {
            self.copy(1);
        } else {
            self.literal();
        }
    }

    /// `<` as text.
    fn literal(&mut self) {
        self.out += "\\<";
        self.at += 1;
    }

    fn pair(&mut self, tag: &Tag, before: &str, after: String) {
        if !tag.closing {
            self.out += before;
            // Nobody nests deeper. What is opened beyond that is not closed by its tag, but that is all.
            if self.open.len() < 100 {
                self.open.push((tag.name.clone(), after));
            }
        } else if let Some(at) = self.open.iter().rposition(|(name, _)| *name == tag.name) {
            let (_, close) = self.open.remove(at);
            self.out += &close;
        }
    }

    fn anchor(&mut self, tag: &Tag) {
        let address = tag.attribute("href").filter(|address| is_link(address));
        match address {
            Some(address) if !tag.closing => self.pair(tag, "[", format!("]({})", safe(&address))),
            // An anchor to go to is nothing to read.
            None if !tag.closing => self.pair(tag, "", String::new()),
            _ => self.pair(tag, "", String::new()),
        }
    }

    /// All that is in it is code, in which tags have no meaning.
    fn code(&mut self, tag: &Tag, block: bool) {
        let start = self.at;
        let Some(end) = self.closing(&tag.name) else { return };
        let inner = &self.text[start..end];
        let inner = inner.rfind("</").map_or(inner, |at| &inner[..at]);
        let code = decoded(&untagged(inner));
        if block || (code.contains('\n') && self.mode == Mode::Markdown && code.trim().contains('\n')) {
            self.out += "\n\n";
            self.out += &fenced("", code.trim_matches('\n'));
            self.out += "\n\n";
        } else {
            self.out += &span(&code);
        }
        self.at = end;
    }

    /// Behind the tag that closes `name`.
    fn closing(&mut self, name: &str) -> Option<usize> {
        let end = self.end(&format!("</{name}"))?;
        let more = self.text[end..].find('>')?;
        Some(end + more + 1)
    }

    /// Behind the next `what`, in whichever case.
    fn end(&mut self, what: &str) -> Option<usize> {
        if self.missing.iter().any(|missing| missing == what) {
            return None;
        }
        let found = find_folded(&self.text[self.at..], what);
        if found.is_none() {
            self.missing.push(what.into());
        }
        found.map(|at| self.at + at + what.len())
    }

    fn reference(&mut self) {
        let Some((c, length)) = entity(&self.text[self.at..]) else { return self.copy(1) };
        self.at += length;
        let again = c == '&' && self.text[self.at..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#');
        let first = matches!(c, '>' | '#') && (self.out.is_empty() || self.out.ends_with('\n'));
        if again || first || matches!(c, '<' | '*' | '_' | '`' | '[' | ']' | '\\') {
            self.out.push('\\');
        }
        self.out.push(c);
    }

    fn image(&mut self) {
        let length = self.bracketed(self.at + 1).map(|text| text.len() + 3).and_then(|length| {
            let after = self.at + length;
            let address = self.found_address(after);
            let more = address.or_else(|| self.bracketed(after).map(|name| name.len() + 2));
            more.map(|more| length + more)
        });
        match length {
            Some(length) => {
                self.at += length;
                self.images += 1;
            }
            None => self.copy(2),
        }
    }

    fn bracketed(&mut self, at: usize) -> Option<&'a str> {
        let found = bracketed(self.ahead(at));
        self.found(found, |text| text.len())
    }

    fn found_address(&mut self, at: usize) -> Option<usize> {
        let found = parenthesised(self.ahead(at));
        self.found(found, |length| *length)
    }

    /// `[text][name]`, `[name][]`, `[name]`: with the address. `[text](address)` stays.
    fn link(&mut self) {
        let Some(text) = self.bracketed(self.at) else { return self.copy(1) };
        let after = self.at + text.len() + 2;
        let (name, more) = match self.bracketed(after) {
            Some("") => (text, 2),
            Some(name) => (name, name.len() + 2),
            None if self.text[after..].starts_with('(') => return self.copy(1),
            None => (text, 0),
        };
        match self.definitions.get(&name.to_lowercase()) {
            Some(address) => {
                self.out += &format!("[{text}]({})", safe(address));
                self.at += text.len() + 2 + more;
            }
            None => self.copy(1),
        }
    }
}

/// No code span is longer.
const LONGEST_SPAN: usize = 20_000;
