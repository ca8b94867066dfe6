//! What several rooms are made of.

pub mod banner;
pub mod bars;
pub mod download;
pub mod keys;
pub mod standing;
pub mod timer;
pub mod watched;

use yew::prelude::*;

/// A text of the bank's small Markdown, as nodes.
pub fn text(markup: &str) -> Html {
    crate::draw::note::note(&interleave_kernel::Note::new(markup))
}

/// Paragraphs, divided by empty lines.
pub fn paragraphs(markup: &str) -> Html {
    let paragraphs = markup.trim().split("\n\n").filter(|paragraph| !paragraph.trim().is_empty());
    paragraphs.map(|paragraph| html! { <p>{ text(&paragraph.replace('\n', " ")) }</p> }).collect()
}
