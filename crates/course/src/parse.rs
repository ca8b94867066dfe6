//! From the text of a file to a [`Page`].

use crate::directive::{self, Directive};
use crate::{Block, Code, Heading, LabRef, Listed, Meta, Output, Page, PageLink, Placed, Problem, inline};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

const FENCE: &str = "+++";

impl Page {
    /// Reads a page. `slug` is the file's name without `.md`; on failure, everything that is wrong with it.
    pub fn parse(slug: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut reader = Reader::new(slug, text);
        let meta = reader.front_matter();
        reader.body();
        match meta {
            Some(meta) if reader.problems.is_empty() => {
                Ok(Self { slug: slug.to_string(), meta, blocks: reader.blocks, links: reader.links })
            }
            _ => {
                reader.problems.sort();
                Err(reader.problems)
            }
        }
    }
}

struct Reader<'a> {
    slug: &'a str,
    text: &'a str,
    /// Where the Markdown begins, in bytes.
    start: usize,
    blocks: Vec<Placed>,
    links: Vec<PageLink>,
    problems: Vec<Problem>,
    /// Prose that is not yet a block, and where it began.
    prose: Vec<Event<'a>>,
    prose_at: usize,
}

impl<'a> Reader<'a> {
    fn new(slug: &'a str, text: &'a str) -> Self {
        let (blocks, links, problems, prose) = (vec![], vec![], vec![], vec![]);
        Self { slug, text, start: 0, blocks, links, problems, prose, prose_at: 0 }
    }

    /// The line of a byte of the file, from 1.
    fn line(&self, at: usize) -> u32 {
        let before = &self.text.as_bytes()[..at.min(self.text.len())];
        before.iter().filter(|&&byte| byte == b'\n').count() as u32 + 1
    }

    fn problem(&mut self, at: usize, message: impl Into<String>) {
        let problem = Problem::error(format!("guide/{}.md", self.slug), self.line(at), message);
        self.problems.push(problem);
    }

    fn place(&mut self, at: usize, block: Block) {
        let line = self.line(at);
        self.blocks.push(Placed { line, block });
    }

    fn front_matter(&mut self) -> Option<Meta> {
        let opened = self.text.strip_prefix(FENCE).and_then(|rest| rest.strip_prefix('\n'));
        let Some((head, _)) = opened.and_then(|rest| rest.split_once("\n+++\n")) else {
            self.problem(0, "a page begins with its front matter between two lines `+++`");
            return None;
        };
        let head_at = FENCE.len() + 1;
        self.start = head_at + head.len() + "\n+++\n".len();
        match toml::from_str(head) {
            Ok(meta) => Some(meta),
            Err(error) => {
                self.problem(head_at + error.span().map_or(0, |span| span.start), error.message());
                None
            }
        }
    }

    fn body(&mut self) {
        let body = &self.text[self.start..];
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        let mut depth = 0usize;
        let mut events = Parser::new_ext(body, options).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let at = self.start + range.start;
            self.note(&event, at);
            match event {
                Event::Start(Tag::Heading { level, .. }) if depth == 0 => {
                    let inside = until(&mut events, |end| matches!(end, TagEnd::Heading(_)));
                    inside.iter().for_each(|(event, range)| self.note(event, self.start + range.start));
                    self.heading(at, level, inside.into_iter().map(|(event, _)| event).collect());
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let inside = until(&mut events, |end| matches!(end, TagEnd::CodeBlock));
                    let source: String = inside.into_iter().filter_map(|(event, _)| text_of(event)).collect();
                    match kind {
                        CodeBlockKind::Fenced(info) if depth == 0 => self.fence(at, &info, source),
                        _ => self.problem(at, "a block of code is fenced with ``` and stands at the left margin"),
                    }
                }
                event => {
                    match event {
                        Event::Start(_) => depth += 1,
                        Event::End(_) => depth = depth.saturating_sub(1),
                        _ => {}
                    }
                    if self.prose.is_empty() {
                        self.prose_at = at;
                    }
                    self.prose.push(event);
                }
            }
        }
        self.flush();
    }

    /// What has to be known about any event, wherever it stands.
    fn note(&mut self, event: &Event<'a>, at: usize) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                self.problem(at, "raw HTML is not part of a page; write Markdown, or `&lt;` for a plain <");
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                let line = self.line(at);
                self.links.push(PageLink { line, target: dest_url.to_string() });
            }
            Event::Start(Tag::Image { .. }) => self.problem(at, "a page has labs, not images"),
            _ => {}
        }
    }

    /// Makes a block of the prose read so far.
    fn flush(&mut self) {
        if !self.prose.is_empty() {
            let html = inline::render(std::mem::take(&mut self.prose), self.slug);
            self.place(self.prose_at, Block::Html(html));
        }
    }

    fn heading(&mut self, at: usize, level: HeadingLevel, events: Vec<Event<'a>>) {
        self.flush();
        let text = inline::plain(&events);
        let anchor = inline::anchor(&text);
        let level = level as u8;
        if !(2..=3).contains(&level) {
            self.problem(at, "headings are of level 2 or 3; level 1 is the page's title");
        }
        if anchor.is_empty() {
            self.problem(at, "a heading needs words: its anchor is made of them");
        } else if self.blocks.iter().any(|p| matches!(&p.block, Block::Heading(other) if other.anchor == anchor)) {
            self.problem(at, format!("two headings make the anchor “{anchor}”; change one"));
        }
        let html = inline::render(events, self.slug);
        self.place(at, Block::Heading(Heading { level, html, text, anchor }));
    }

    fn fence(&mut self, at: usize, info: &str, source: String) {
        self.flush();
        match directive::read(info) {
            Err(message) => self.problem(at, message),
            Ok(Directive::Code { language, not_run }) => {
                if source.trim().is_empty() {
                    self.problem(at, "a block of code is empty");
                }
                self.place(at, Block::Code(Code { language, source, output: None, not_run }));
            }
            Ok(Directive::Output { exit }) => match self.blocks.last_mut().map(|placed| &mut placed.block) {
                Some(Block::Code(code)) if code.runs() && code.output.is_none() => {
                    code.output = Some(Output { text: source, exit });
                }
                _ => self.problem(at, "output belongs directly under the program that prints it"),
            },
            Ok(Directive::Lab { lab, preset }) => {
                let caption = source.trim().to_string();
                self.place(at, Block::Lab(LabRef { lab, preset, caption }));
            }
            Ok(Directive::Quiz) => self.quiz(at, &source),
        }
    }

    /// Ids of questions, one a line.
    fn quiz(&mut self, at: usize, source: &str) {
        let first = self.line(at) + 1;
        let lines = (first..).zip(source.lines()).map(|(line, id)| (line, id.trim()));
        let listed: Vec<Listed> =
            lines.filter(|(_, id)| !id.is_empty()).map(|(line, id)| Listed { line, id: id.to_owned() }).collect();
        if listed.is_empty() {
            self.problem(at, "a quiz names questions of the bank by their ids, one a line");
        }
        self.place(at, Block::Quiz(listed));
    }
}

fn text_of(event: Event) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.to_string()),
        _ => None,
    }
}

/// The events up to the end that `last` recognises.
fn until<'a>(
    events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
    last: impl Fn(&TagEnd) -> bool,
) -> Vec<(Event<'a>, Range<usize>)> {
    let mut inside = vec![];
    for (event, range) in events {
        match &event {
            Event::End(end) if last(end) => break,
            _ => inside.push((event, range)),
        }
    }
    inside
}
