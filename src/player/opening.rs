use super::link::{self, Link, Source, Unusable};
use crate::labs::{Lab, Name};
use interleave_kernel::{Mark, Note, Tape};

/// How a lab begins: with what, where, and what the reader has to be told about it.
pub struct Opening<L: Lab> {
    pub name: Name,
    pub scenario: L::Scenario,
    /// The preset it is, if it is one.
    pub preset: Option<String>,
    /// The frame to show.
    pub at: usize,
    /// Whether someone asked for this very run and position: then it is recorded without waiting for a touch.
    pub wanted: bool,
    pub message: Option<&'static str>,
    /// What the page itself opens, whatever a link asked for: where a reset leads.
    pub home: Option<String>,
    pub preview: Option<Preview<L>>,
}

impl<L: Lab> Opening<L> {
    /// A preset at its first frame.
    pub fn preset(name: Name, id: &str) -> Option<Self> {
        Some(Self {
            name,
            scenario: L::preset(id)?,
            preset: Some(id.to_owned()),
            at: 0,
            wanted: false,
            message: None,
            home: Some(id.to_owned()),
            preview: None,
        })
    }

    /// What a placeholder asks for, unless a link asks for something else. What cannot be opened is replaced by the default, with a message.
    pub fn find(name: Name, preset: Option<&str>, link: Option<Result<Link, Unusable>>) -> Self {
        let page = || {
            let own = preset.and_then(|id| Self::preset(name, id));
            own.unwrap_or_else(|| {
                let first = (name.presets)().first().map_or("", |preset| preset.id);
                let mut opening = Self::preset(name, first).unwrap_or_else(|| panic!("{} has a preset", name.id));
                opening.message = preset.map(|_| Unusable::UnknownPreset.message());
                opening
            })
        };
        match link.map(|link| link.and_then(|link| Self::follow(link, page))) {
            None => page(),
            Some(Ok(opening)) => opening,
            Some(Err(reason)) => Self { message: Some(reason.message()), ..page() },
        }
    }

    fn follow(link: Link, page: impl Fn() -> Self) -> Result<Self, Unusable> {
        let opening = match link.source {
            Source::Page => page(),
            Source::Preset(id) => {
                Self { home: page().home, ..Self::preset(page().name, &id).ok_or(Unusable::UnknownPreset)? }
            }
            Source::Edited(json) => Self { scenario: link::scenario(&json)?, preset: None, ..page() },
        };
        Ok(Self { at: link.step.saturating_sub(1), wanted: true, ..opening })
    }

    /// Adds the first frame that was rendered with the page, if it belongs to what is opened.
    pub fn with_preview(mut self, preview: Option<Preview<L>>) -> Self {
        self.preview = preview.filter(|_| !self.wanted);
        self
    }
}

/// The first frame of a tape and how many there are: what a page shows before it has recorded anything.
pub struct Preview<L: Lab> {
    pub first: Tape<L::Scene>,
    pub len: usize,
}

impl<L: Lab> Preview<L> {
    /// The preview of a whole tape.
    pub fn of(tape: Tape<L::Scene>) -> Self {
        let len = tape.len();
        let mut first = Tape::default();
        if let Some(frame) = tape.frames().first() {
            first.record(frame.mark, frame.note.clone(), frame.changes.clone());
        }
        Self { first, len }
    }

    /// The preview of a run nobody has recorded: an empty stage that says how to fill it.
    pub fn unknown() -> Self {
        let mut first = Tape::default();
        first.record(
            Mark::Section,
            Note::new("**Nothing has run yet.** Press play, or step with the arrow keys."),
            Vec::new(),
        );
        Self { first, len: 1 }
    }

    /// As text for an attribute.
    pub fn encode(&self) -> String {
        let bytes = postcard::to_allocvec(&(self.len as u32, self.first.frames())).unwrap_or_default();
        link::encode(&bytes)
    }

    /// The preview in an attribute; `None` when it is not one.
    pub fn decode(text: &str) -> Option<Self> {
        let bytes = link::decode(text)?;
        let (len, first): (u32, Tape<L::Scene>) = postcard::from_bytes(&bytes).ok()?;
        Some(Self { first, len: len as usize })
    }
}
