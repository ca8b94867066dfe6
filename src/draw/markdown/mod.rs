//! Markdown as nodes of the page: what a learner may have written stays text.

mod tree;

use super::highlight::{Language, Token};
use tree::{Block, Inline, read};
use yew::prelude::*;

/// A text with all its blocks.
pub fn markdown(text: &str) -> Html {
    read(text).iter().map(block).collect()
}

/// A text for a place that has room for words alone, such as a label: its paragraphs follow each other, code stands in a line of its own.
pub fn phrases(text: &str) -> Html {
    let blocks = read(text);
    let alone = blocks.len() == 1;
    blocks.iter().map(|block| phrase(block, alone)).collect()
}

/// What a stem asks, for a list of questions: its last paragraph.
pub fn asks(text: &str) -> Html {
    stem(text).asks
}

/// What one asks, and what belongs to it.
pub struct Stem {
    /// What is told before.
    pub before: Html,
    /// The last paragraph.
    pub asks: Html,
    /// Code or a list to which it refers.
    pub after: Html,
    /// Whether there is something besides what is asked.
    pub has_more: bool,
}

/// A question's stem, taken apart: only words may stand in a legend.
pub fn stem(text: &str) -> Stem {
    let blocks = read(text);
    let at = blocks.iter().rposition(|block| matches!(block, Block::Paragraph(_)));
    let (before, asks, after) = match at {
        Some(at) => (&blocks[..at], phrase(&blocks[at], true), &blocks[at + 1..]),
        None => (&blocks[..], html! { "What is right?" }, &[][..]),
    };
    Stem {
        has_more: !before.is_empty() || !after.is_empty(),
        before: before.iter().map(block).collect(),
        asks,
        after: after.iter().map(block).collect(),
    }
}

fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(inlines) => html! { <p>{inside(inlines)}</p> },
        Block::Code { language, text } => code(text, language),
        Block::List { from, items } => {
            // A tight list's items are one paragraph each: they need none of its distances.
            let item = |blocks: &Vec<Block>| match blocks.as_slice() {
                [Block::Paragraph(inlines)] => html! { <li>{inside(inlines)}</li> },
                blocks => html! { <li>{for blocks.iter().map(self::block)}</li> },
            };
            match from {
                Some(from) => html! { <ol start={from.to_string()}>{for items.iter().map(item)}</ol> },
                None => html! { <ul>{for items.iter().map(item)}</ul> },
            }
        }
        Block::Quote(blocks) => html! { <blockquote>{for blocks.iter().map(self::block)}</blockquote> },
    }
}

fn phrase(block: &Block, alone: bool) -> Html {
    match block {
        Block::Paragraph(inlines) if alone => inside(inlines),
        Block::Paragraph(inlines) => html! { <span class="phrase">{inside(inlines)}</span> },
        Block::Code { text, .. } => html! { <code class="phrase">{text.trim_end().to_owned()}</code> },
        Block::List { items, .. } => items.iter().flatten().map(|block| phrase(block, false)).collect(),
        Block::Quote(blocks) => blocks.iter().map(|block| phrase(block, false)).collect(),
    }
}

fn inside(inlines: &[Inline]) -> Html {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Html {
    match inline {
        Inline::Text(text) => html! { {text} },
        Inline::Code(text) => html! { <code>{text}</code> },
        Inline::Strong(inlines) => html! { <strong>{inside(inlines)}</strong> },
        Inline::Emphasis(inlines) => html! { <em>{inside(inlines)}</em> },
        Inline::Link { to, inside: inlines } => html! { <a href={to.clone()} rel="noopener">{inside(inlines)}</a> },
        Inline::Break => html! { <br /> },
    }
}

/// A listing in the colours of its language. It scrolls, so the keyboard must be able to reach it.
pub fn code(text: &str, language: &str) -> Html {
    let colours = match language.to_ascii_lowercase().as_str() {
        "js" | "mjs" | "cjs" | "javascript" | "ts" | "typescript" => Some(Language::JavaScript),
        "sql" => Some(Language::Sql),
        _ => None,
    };
    let lines: Html = match colours {
        Some(colours) => colours.lines(text).iter().map(|line| line_of(line)).collect(),
        None => text.lines().map(|line| html! { <span class="code-line">{line.to_owned()}{"\n"}</span> }).collect(),
    };
    let label = colours.map_or("Text", |colours| if colours == Language::Sql { "SQL" } else { "Program" });
    html! {
        <div class={classes!("listing", colours.map(|_| "numbered"))}>
            <pre tabindex="0" aria-label={label}><code>{lines}</code></pre>
        </div>
    }
}

fn line_of(tokens: &[Token]) -> Html {
    let piece = |token: &Token| {
        let text = token.text.to_owned();
        match token.class {
            Some(class) => html! { <span class={class.name()}>{text}</span> },
            None => html! { {text} },
        }
    };
    html! { <span class="code-line">{for tokens.iter().map(piece)}{"\n"}</span> }
}
