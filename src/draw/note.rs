use interleave_kernel::{Note, Span};
use yew::prelude::*;

/// A note as text nodes: what a learner typed into it stays text.
pub fn note(note: &Note) -> Html {
    note.spans()
        .map(|span| match span {
            Span::Plain(text) => html! { {text} },
            Span::Strong(text) => html! { <strong>{text}</strong> },
            Span::Code(text) => html! { <code>{text}</code> },
            Span::StrongCode(text) => html! { <strong><code>{text}</code></strong> },
        })
        .collect()
}
