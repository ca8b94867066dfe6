//! Markdown as a tree of what we draw. Nothing else gets in: HTML is text, a picture is its description.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Also a heading: it is set as strong text, because a question must not take part in the outline of its page.
    Paragraph(Vec<Inline>),
    Code {
        /// What its fence says first: `js`, `sql`; empty when it says nothing.
        language: String,
        text: String,
    },
    List {
        /// The first number, of a list that counts.
        from: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Code(String),
    Strong(Vec<Inline>),
    Emphasis(Vec<Inline>),
    Link { to: String, inside: Vec<Inline> },
    Break,
}

/// How deep lists, quotes and emphasis may nest. What is deeper stands at this depth: whoever draws a tree goes down into it.
const DEPTH: usize = 24;

/// Reads a text. There is none that cannot be read.
pub fn read(text: &str) -> Vec<Block> {
    let mut builder = Builder { open: vec![Open::root()], skipped: 0 };
    for event in Parser::new_ext(text, Options::empty()) {
        builder.take(event);
    }
    builder.finish()
}

/// Whether a link may be followed: to a secure address, or within this site.
fn is_safe(to: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-_.~?=&%#:@!$'()*+,;[]".contains(c);
    let rest = to.strip_prefix("https://").or_else(|| to.strip_prefix("guide/")).or_else(|| to.strip_prefix("labs/"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain) && !rest.contains(".."))
}

/// What an element becomes when it ends.
enum Kind {
    Root,
    Paragraph,
    Heading,
    Code(String),
    List(Option<u64>),
    Item,
    Quote,
    Strong,
    Emphasis,
    Link(String),
    /// Whatever has no place of its own: its contents stand where it stands.
    Nothing,
}

/// An element that has begun and not ended.
struct Open {
    kind: Kind,
    blocks: Vec<Block>,
    items: Vec<Vec<Block>>,
    inlines: Vec<Inline>,
}

impl Open {
    fn new(kind: Kind) -> Self {
        Self { kind, blocks: vec![], items: vec![], inlines: vec![] }
    }

    fn root() -> Self {
        Self::new(Kind::Root)
    }

    /// Text of a tight list item belongs to no paragraph: it becomes one.
    fn settle(&mut self) {
        if !self.inlines.is_empty() {
            self.blocks.push(Block::Paragraph(std::mem::take(&mut self.inlines)));
        }
    }

    fn block(&mut self, block: Block) {
        self.settle();
        self.blocks.push(block);
    }
}

struct Builder {
    /// Never empty: the root is its first.
    open: Vec<Open>,
    /// Elements that are too deep, and have not ended.
    skipped: usize,
}

impl Builder {
    fn top(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::root());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
            Event::Code(code) => self.top().inlines.push(Inline::Code(code.to_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.top().inlines.push(Inline::Break),
            Event::Rule => self.top().settle(),
            Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.top().inlines.last_mut() {
            Some(Inline::Text(before)) => before.push_str(text),
            _ => self.top().inlines.push(Inline::Text(text.to_owned())),
        }
    }

    fn start(&mut self, tag: Tag) {
        if self.open.len() >= DEPTH {
            self.skipped += 1;
            return;
        }
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { .. } => Kind::Heading,
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Kind::Code(info.split([' ', ',']).next().unwrap_or_default().to_owned())
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(String::new()),
            Tag::List(from) => Kind::List(from),
            Tag::Item => Kind::Item,
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::Strong => Kind::Strong,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Link { dest_url, .. } => Kind::Link(dest_url.to_string()),
            _ => Kind::Nothing,
        };
        self.open.push(Open::new(kind));
    }

    fn end(&mut self, _: TagEnd) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        // Events are balanced: what ends is what began last.
        if self.open.len() > 1
            && let Some(mut done) = self.open.pop()
        {
            if !matches!(
                done.kind,
                Kind::Paragraph
                    | Kind::Heading
                    | Kind::Strong
                    | Kind::Emphasis
                    | Kind::Link(_)
                    | Kind::Code(_)
                    | Kind::Nothing
            ) {
                done.settle();
            }
            self.close(done);
        }
    }

    fn close(&mut self, done: Open) {
        let Open { kind, blocks, items, inlines } = done;
        let parent = self.top();
        match kind {
            Kind::Paragraph => parent.block(Block::Paragraph(inlines)),
            Kind::Heading => parent.block(Block::Paragraph(vec![Inline::Strong(inlines)])),
            Kind::Code(language) => parent.block(Block::Code { language, text: plain(&inlines) }),
            Kind::List(from) => {
                // What was too deep to be an item of its own is the last one.
                let rest = (!blocks.is_empty()).then_some(blocks);
                parent.block(Block::List { from, items: items.into_iter().chain(rest).collect() });
            }
            Kind::Item => parent.items.push(blocks),
            Kind::Quote => parent.block(Block::Quote(blocks)),
            Kind::Strong => parent.inlines.push(Inline::Strong(inlines)),
            Kind::Emphasis => parent.inlines.push(Inline::Emphasis(inlines)),
            Kind::Link(to) if is_safe(&to) => parent.inlines.push(Inline::Link { to, inside: inlines }),
            // The address of any other link is shown: it is a text like others.
            Kind::Link(to) => {
                parent.inlines.extend(inlines);
                if !to.is_empty() {
                    parent.inlines.push(Inline::Text(format!(" ({to})")));
                }
            }
            Kind::Nothing | Kind::Root => {
                parent.inlines.extend(inlines);
                blocks.into_iter().for_each(|block| parent.block(block));
            }
        }
    }

    fn finish(mut self) -> Vec<Block> {
        while self.open.len() > 1 {
            self.skipped = 0;
            self.end(TagEnd::Paragraph);
        }
        let mut root = self.open.pop().unwrap_or_else(Open::root);
        root.settle();
        root.blocks
    }
}

/// The words alone.
pub fn plain(inlines: &[Inline]) -> String {
    let words = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Strong(inside) | Inline::Emphasis(inside) | Inline::Link { inside, .. } => plain(inside),
        Inline::Break => " ".into(),
    };
    inlines.iter().map(words).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn paragraphs_lists_and_code() {
        let read = read("One **two** `three`.\n\n- a\n- b\n\n3. c\n\n```js no-run\nf()\n```\n");
        assert_eq!(
            read,
            [
                Block::Paragraph(vec![
                    text("One "),
                    Inline::Strong(vec![text("two")]),
                    text(" "),
                    Inline::Code("three".into()),
                    text(".")
                ]),
                Block::List {
                    from: None,
                    items: vec![vec![Block::Paragraph(vec![text("a")])], vec![Block::Paragraph(vec![text("b")])]]
                },
                Block::List { from: Some(3), items: vec![vec![Block::Paragraph(vec![text("c")])]] },
                Block::Code { language: "js".into(), text: "f()\n".into() },
            ]
        );
    }

    #[test]
    fn html_is_text() {
        assert_eq!(
            read("a <img src=x onerror=alert(1)> b"),
            [Block::Paragraph(vec![text("a <img src=x onerror=alert(1)> b")])]
        );
        assert_eq!(
            read("<script>\nalert(1)\n</script>"),
            [Block::Paragraph(vec![text("<script>\nalert(1)\n</script>")])]
        );
    }

    #[test]
    fn a_link_leads_to_a_secure_address_or_nowhere() {
        let link = |markdown: &str| {
            let Some(Block::Paragraph(inlines)) = read(markdown).into_iter().next() else { panic!("{markdown}") };
            inlines
        };
        let inside = || vec![text("x")];
        assert_eq!(
            link("[x](https://nodejs.org/api/)"),
            [Inline::Link { to: "https://nodejs.org/api/".into(), inside: inside() }]
        );
        assert_eq!(link("[x](guide/sagas/#a)"), [Inline::Link { to: "guide/sagas/#a".into(), inside: inside() }]);
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "http://example.org",
            "//example.org",
            "guide/../../x",
            "https://",
            "vbscript:x",
        ] {
            assert_eq!(plain(&link(&format!("[x](<{bad}>)"))), format!("x ({bad})"));
            assert!(!link(&format!("[x](<{bad}>)")).iter().any(|inline| matches!(inline, Inline::Link { .. })));
        }
        assert_eq!(plain(&link("<javascript:alert(1)>")), "javascript:alert(1) (javascript:alert(1))");
    }

    #[test]
    fn a_picture_is_its_description() {
        assert_eq!(
            read("![a *cat*](https://x/y.png)"),
            [Block::Paragraph(vec![text("a "), Inline::Emphasis(vec![text("cat")])])]
        );
    }

    #[test]
    fn a_text_that_nests_without_end_stays_flat_enough() {
        fn depth(blocks: &[Block]) -> usize {
            let inside = |block: &Block| match block {
                Block::Quote(blocks) => depth(blocks),
                Block::List { items, .. } => items.iter().map(|item| depth(item)).max().unwrap_or(0),
                _ => 0,
            };
            1 + blocks.iter().map(inside).max().unwrap_or(0)
        }
        let deep = format!("{} end", ">".repeat(5_000));
        assert!(depth(&read(&deep)) <= DEPTH + 1);
        let read = read(&deep);
        assert!(format!("{read:?}").contains("end"), "nothing is lost");
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(markdown in "([>*_`\\[\\]()<>!#\\-+0-9.~|\\\\ \n\ta-z&;:/\"'é]|https://|<b>|```){0,120}") {
            let _ = read(&markdown);
        }
    }
}
