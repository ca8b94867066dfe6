//! Markdown as XHTML, for those who show questions and do not know Markdown.

use super::marks::is_link;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

/// Markdown as XHTML that is well-formed whatever the text says: paragraphs, lists, emphasis, code and links, and all else as
/// text. HTML in it is text.
pub fn xhtml(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len() * 2);
    // Links that lead nowhere have no tag, and so need none at their end.
    let mut links = vec![];
    for event in Parser::new(markdown) {
        match event {
            Event::Start(tag) => start(tag, &mut out, &mut links),
            Event::End(tag) => end(tag, &mut out, &mut links),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => escape(&text, &mut out),
            Event::Code(code) => {
                out += "<code>";
                escape(&code, &mut out);
                out += "</code>";
            }
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out += "<br/>",
            Event::Rule => out += "<hr/>",
            _ => {}
        }
    }
    out
}

fn start(tag: Tag, out: &mut String, links: &mut Vec<bool>) {
    match tag {
        Tag::Paragraph => *out += "<p>",
        Tag::Heading { .. } => *out += "<p><strong>",
        Tag::BlockQuote(_) => *out += "<blockquote>",
        Tag::CodeBlock(kind) => {
            *out += "<pre><code";
            if let CodeBlockKind::Fenced(language) = kind {
                let language: String =
                    language.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                if !language.is_empty() {
                    *out += &format!(" class=\"language-{language}\"");
                }
            }
            out.push('>');
        }
        Tag::List(None) => *out += "<ul>",
        Tag::List(Some(_)) => *out += "<ol>",
        Tag::Item => *out += "<li>",
        Tag::Emphasis => *out += "<em>",
        Tag::Strong => *out += "<strong>",
        Tag::Link { dest_url, .. } => {
            let leads = is_link(&dest_url);
            links.push(leads);
            if leads {
                *out += "<a href=\"";
                escape(&dest_url, out);
                *out += "\">";
            }
        }
        // Raw HTML is not inside of a paragraph, and is text to us.
        Tag::HtmlBlock => *out += "<p>",
        _ => {}
    }
}

fn end(tag: TagEnd, out: &mut String, links: &mut Vec<bool>) {
    *out += match tag {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>",
        TagEnd::Heading(_) => "</strong></p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</code></pre>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        TagEnd::Link if links.pop() == Some(true) => "</a>",
        _ => "",
    };
}

/// Text and attribute values of XML. Characters that XML cannot have are left out.
pub(in crate::formats) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\t' | '\n' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}
