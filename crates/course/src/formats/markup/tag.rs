//! Tags of HTML.

/// A tag.
pub(super) struct Tag<'a> {
    /// In lower case.
    pub(super) name: String,
    pub(super) closing: bool,
    /// How long it is, with its angle brackets.
    pub(super) length: usize,
    attributes: &'a str,
}

/// The tag at the beginning of `text`, which begins with `<`; or else how far one had to look to see that it is none.
pub(super) fn tag(text: &str) -> Result<Tag<'_>, usize> {
    let after = text.strip_prefix('<').ok_or(1usize)?;
    let closing = after.starts_with('/');
    let inner = after.strip_prefix('/').unwrap_or(after);
    let name_length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(1);
    }
    let attributes = &inner[name_length..];
    if !attributes.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/') {
        return Err(name_length);
    }
    let end = end(attributes)?;
    Ok(Tag {
        name: inner[..name_length].to_ascii_lowercase(),
        closing,
        length: text.len() - attributes.len() + end + 1,
        attributes: &attributes[..end],
    })
}

/// Where the `>` is. In quotes it ends nothing.
fn end(attributes: &str) -> Result<usize, usize> {
    let mut quote = None;
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Ok(at),
            (None, b'<') => return Err(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    Err(attributes.len())
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            if rest.is_empty() {
                return None;
            }
            let (key, after) = rest.split_at(end);
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
                // A name without a value, or nothing that one could name.
                rest = if end == 0 { &rest[1..] } else { after };
                continue;
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            if key.eq_ignore_ascii_case(name) {
                return Some(super::entity::decoded(value));
            }
            rest = after;
        }
    }
}

/// What a tag becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A mark of Markdown's, before and after.
    Mark(&'static str),
    Code,
    Block,
    Line,
    Break,
    Paragraph,
    Point,
    Link,
    Image,
    /// It goes with all that it has in it.
    Hidden,
    /// It goes, and its text stays.
    Nothing,
    /// It is no tag of HTML.
    Text,
}

pub(super) fn meaning(name: &str) -> Meaning {
    match name {
        "b" | "strong" => Meaning::Mark("**"),
        "i" | "em" | "cite" | "dfn" => Meaning::Mark("*"),
        "code" | "tt" | "kbd" | "samp" | "var" => Meaning::Code,
        "pre" => Meaning::Block,
        "br" => Meaning::Break,
        "p" | "div" | "section" | "article" | "center" | "blockquote" | "details" | "summary" | "h1" | "h2" | "h3"
        | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "table" | "hr" | "figure" | "figcaption" | "header" | "footer"
        | "main" | "form" => Meaning::Paragraph,
        "tr" | "dt" | "dd" | "option" => Meaning::Line,
        "li" => Meaning::Point,
        "a" => Meaning::Link,
        "img" | "picture" | "video" | "audio" | "iframe" | "svg" | "canvas" | "object" | "embed" => Meaning::Image,
        "script" | "style" | "head" | "noscript" | "template" | "textarea" => Meaning::Hidden,
        "span" | "font" | "u" | "s" | "del" | "ins" | "small" | "big" | "mark" | "sub" | "sup" | "abbr" | "label"
        | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" | "q" | "html" | "body" | "nobr" | "wbr" | "time"
        | "button" | "input" | "select" | "source" | "col" | "colgroup" | "link" | "meta" | "title" => Meaning::Nothing,
        _ => Meaning::Text,
    }
}
