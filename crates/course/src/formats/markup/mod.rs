//! Texts of others as our Markdown: no HTML, no images, no links that lead nowhere by themselves.
//!
//! A tag that means something in Markdown becomes that: `<b>` is `**`, `<code>` a code span, `<pre>` a fenced block, `<br>` a
//! break, `<p>` a paragraph, `<li>` a point. Other tags of HTML vanish and leave their text; `<script>` and comments vanish
//! with theirs. What looks like a tag and is none, `Vec<T>`, stays as text, with a backslash before it.

mod entity;
mod marks;
mod scan;
mod tag;
mod xhtml;

pub use xhtml::xhtml;

pub(super) use marks::{fence, is_link};
use scan::{Mode, Scan};
use std::collections::BTreeMap;
pub(super) use xhtml::escape;

/// What `[text][name]` leads to, from lines `[name]: address`. Names are in lower case.
pub type Definitions = BTreeMap<String, String>;

/// A text and what it has lost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tidied {
    pub text: String,
    /// How many images are no longer in it.
    pub images: usize,
}

/// Markdown with HTML in it, as Markdown without. What is Markdown already stays as it is, but for blanks around it.
pub fn markdown(text: &str) -> String {
    markdown_with(text, &Definitions::new()).text
}

/// The same, with links that are defined elsewhere.
pub fn markdown_with(text: &str, definitions: &Definitions) -> Tidied {
    let text = text.trim();
    let suspicious = |byte: u8| matches!(byte, b'<' | b'&') || (byte == b'[' && !definitions.is_empty());
    if !text.bytes().any(suspicious) && !text.contains("![") {
        return Tidied { text: text.into(), images: 0 };
    }
    let mut tidied = Scan::new(text, Mode::Markdown, definitions).run();
    // What stood on both sides of a tag may be one when the tag has gone: `&<b></b>lt;`. Nobody writes that but to deceive.
    for _ in 0..3 {
        let again = Scan::new(&tidied.text, Mode::Markdown, definitions).run();
        if again.text == tidied.text {
            break;
        }
        tidied = Tidied { text: again.text, images: tidied.images + again.images };
    }
    tidied
}

/// HTML as Markdown. Its blanks and line breaks mean nothing, and neither do Markdown's marks.
pub fn html(text: &str) -> String {
    Scan::new(text.trim(), Mode::Html, &Definitions::new()).run().text
}

/// A text in which no character means anything but itself, as Markdown that shows it.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in text.trim().lines() {
        if !shown.is_empty() {
            shown.push('\n');
        }
        marks::escape(line.trim(), &mut shown);
    }
    shown
}

/// A fenced block of code, with a fence that is longer than any in the code.
pub fn fenced(language: &str, code: &str) -> String {
    let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
    format!("{fence}{language}\n{}\n{fence}", code.trim_end_matches('\n'))
}

/// A code span.
pub fn span(code: &str) -> String {
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    if code.is_empty() {
        return code;
    }
    let ticks = "`".repeat(longest_run(&code, '`') + 1);
    let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{ticks}{blank}{code}{blank}{ticks}")
}

/// How long the longest row of `c` is.
fn longest_run(text: &str, c: char) -> usize {
    text.split(|other| other != c).map(str::len).max().unwrap_or(0)
}
