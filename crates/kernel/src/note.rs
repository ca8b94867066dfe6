use serde::{Deserialize, Serialize};

/// What happened in one frame and why, in a sentence one could say aloud.
///
/// Plain text with two marks: `**strong**` for the headline and backticks for code.
/// It is *never* HTML; whoever shows it walks [`Note::spans`] and makes text nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note(String);

/// A piece of a note, to be shown as text in one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span<'a> {
    Plain(&'a str),
    Strong(&'a str),
    Code(&'a str),
}

impl Note {
    /// A note from text that may hold `**strong**` and backticked code.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Quotes a learner's text as code inside a note: its backticks cannot end the quotation.
    pub fn code(text: &str) -> String {
        format!("`{}`", text.replace('`', "ʼ"))
    }

    /// The text as written, marks included.
    pub fn markup(&self) -> &str {
        &self.0
    }

    /// The text as one would read it aloud: without the marks.
    pub fn plain(&self) -> String {
        self.spans()
            .map(|span| match span {
                Span::Plain(text) | Span::Strong(text) | Span::Code(text) => text,
            })
            .collect()
    }

    /// The pieces in order. An unclosed mark is shown as the text it is.
    pub fn spans(&self) -> impl Iterator<Item = Span<'_>> {
        let mut rest = self.0.as_str();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            for (mark, make) in [("**", Span::Strong as fn(_) -> _), ("`", Span::Code)] {
                if let Some(open) = rest.strip_prefix(mark)
                    && let Some(end) = open.find(mark)
                {
                    rest = &open[end + mark.len()..];
                    return Some(make(&open[..end]));
                }
            }
            // A mark that opens nothing is a character like any other: look for the next one.
            let skip = rest.chars().next().map_or(0, char::len_utf8);
            let end = rest[skip..].find(['*', '`']).map_or(rest.len(), |at| at + skip);
            let (text, tail) = rest.split_at(end);
            rest = tail;
            Some(Span::Plain(text))
        })
        .filter(|span| !matches!(span, Span::Strong("") | Span::Code("") | Span::Plain("")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans() {
        let note = Note::new("**The tick queue is empty.** `settled` runs");
        let spans: Vec<_> = note.spans().collect();
        assert_eq!(
            spans,
            [Span::Strong("The tick queue is empty."), Span::Plain(" "), Span::Code("settled"), Span::Plain(" runs")]
        );
        assert_eq!(note.plain(), "The tick queue is empty. settled runs");
    }

    #[test]
    fn an_unclosed_mark_is_text() {
        assert_eq!(Note::new("2 * 3 ** 4 `").plain(), "2 * 3 ** 4 `");
        assert_eq!(Note::new("`").plain(), "`");
    }

    #[test]
    fn a_quotation_cannot_be_ended_by_its_text() {
        let note = Note::new(format!("{} runs", Note::code("a`b**c**")));
        assert_eq!(note.spans().count(), 2);
    }
}
