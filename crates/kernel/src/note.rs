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
    /// Code inside what is strong.
    StrongCode(&'a str),
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
                Span::Plain(text) | Span::Strong(text) | Span::Code(text) | Span::StrongCode(text) => text,
            })
            .collect()
    }

    /// The pieces in order. An unclosed mark is shown as the text it is.
    pub fn spans(&self) -> impl Iterator<Item = Span<'_>> {
        pieces(&self.0, "**").flat_map(|(text, strong)| {
            pieces(text, "`").map(move |(text, code)| match (strong, code) {
                (false, false) => Span::Plain(text),
                (true, false) => Span::Strong(text),
                (false, true) => Span::Code(text),
                (true, true) => Span::StrongCode(text),
            })
        })
    }
}

/// Splits a text at a mark: pieces outside (`false`) and between (`true`) two marks, the empty ones left out. A last mark
/// without a partner is text. Marks of strength that stand between two backticks are text as well.
fn pieces<'a>(text: &'a str, mark: &'static str) -> impl Iterator<Item = (&'a str, bool)> {
    let mut rest = Some(text);
    let mut inside = false;
    std::iter::from_fn(move || {
        let text = rest?;
        let end = if inside { text.find(mark) } else { opening(text, mark) };
        let (piece, tail) = match end {
            Some(end) => (&text[..end], Some(&text[end + mark.len()..])),
            None => (text, None),
        };
        rest = tail;
        let result = (piece, inside);
        inside = !inside;
        Some(result)
    })
    .filter(|(piece, _)| !piece.is_empty())
}

/// Where a mark opens: outside of code, with a partner further on.
fn opening(text: &str, mark: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text[from..].find(mark)?;
        let quoted = mark != "`" && text[..at].matches('`').count() % 2 == 1 && text[at..].contains('`');
        if !quoted {
            return text[at + mark.len()..].contains(mark).then_some(at);
        }
        from = at + mark.len();
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
    fn code_may_stand_in_what_is_strong() {
        let note = Note::new("**`late` is armed:** due");
        let spans: Vec<_> = note.spans().collect();
        assert_eq!(spans, [Span::StrongCode("late"), Span::Strong(" is armed:"), Span::Plain(" due")]);
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
