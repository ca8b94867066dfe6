//! Files of questions as others write them, read into our model and written from it.
//!
//! | format | read | written | what it follows |
//! |---|---|---|---|
//! | `interleave` | yes | yes | [`deck`](crate::deck) |
//! | `mdbook-quiz` | yes | yes | the schema of mdbook-quiz 0.4, and the older one with `prompt.choices` |
//! | `gift` | yes | yes | Moodle's GIFT, as Moodle 4 reads it |
//! | `markdown` | yes | no | the two dialects of quizzes on GitHub, and what lies between them |
//! | `anki` | no | yes | Anki's text import, with headers |
//! | `qti` | no | yes | IMS QTI 2.1, a package of items |
//!
//! What a learner drops on the page is read here: nothing panics, nothing takes more than linear time (but for sorting), and a
//! bad question costs no other one. Texts become Markdown without HTML: see [`markup`].
//!
//! A question that came without a level is one for the middle. One that came without an id gets one from its text: `q-` and
//! twelve hexadecimal digits of the FNV-1a hash of its stem and its answers, so that it is the same whenever the same
//! question is read. What a format says and our model does not is kept in [`Question::kept`] and written again.

mod anki;
mod detect;
mod extra;
mod gathering;
mod gift;
pub(crate) mod identity;
mod markdown;
pub mod markup;
mod mdbook;
mod own;
mod qti;
mod tables;

use crate::deck::Place;
use crate::{Deck, Problem, Question};
use gathering::Gathering;

/// A way of writing questions down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Ours, in TOML.
    Interleave,
    /// mdbook-quiz, in TOML.
    MdbookQuiz,
    /// Moodle's.
    Gift,
    /// Headings with options below them, and the answer in checkboxes, in a line or folded away.
    Markdown,
    /// Cards of Anki.
    Anki,
    /// Items of IMS QTI 2.1.
    Qti,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Interleave, Self::MdbookQuiz, Self::Gift, Self::Markdown, Self::Anki, Self::Qti];

    /// Its name: on the command line, and in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Interleave => "interleave",
            Self::MdbookQuiz => "mdbook-quiz",
            Self::Gift => "gift",
            Self::Markdown => "markdown",
            Self::Anki => "anki",
            Self::Qti => "qti",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether files of it can be read.
    pub const fn is_read(self) -> bool {
        !matches!(self, Self::Anki | Self::Qti)
    }

    /// Whether files of it can be written.
    pub const fn is_written(self) -> bool {
        !matches!(self, Self::Markdown)
    }

    /// How the names of its files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Interleave | Self::MdbookQuiz => "toml",
            Self::Gift => "gift",
            Self::Markdown => "md",
            Self::Anki => "txt",
            Self::Qti => "xml",
        }
    }
}

/// What was read from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// What the file says it is about, or else its name.
    pub title: String,
    /// The part of our book; empty in files of others.
    pub part: String,
    /// A sentence about it; empty in files of others.
    pub about: String,
    /// Whether these are questions of somebody else, who owes us no reasons.
    pub imported: bool,
    /// All that can be asked.
    pub questions: Vec<Question>,
    /// Where each of them stands.
    pub places: Vec<Place>,
    /// What is wrong, in the order of the file.
    pub problems: Vec<Problem>,
}

impl Import {
    /// The questions as a deck of our own.
    pub fn deck(self) -> Deck {
        let Self { title, part, about, imported, questions, .. } = self;
        Deck { title, part, about, imported, questions }
    }

    /// How many problems are errors.
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.is_error()).count()
    }
}

/// Files of a format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// Name and text of each. All formats but QTI need one.
    pub files: Vec<(String, String)>,
    /// What this format cannot say and was left out, a warning each. The line is 1: these are about questions.
    pub problems: Vec<Problem>,
}

impl Written {
    /// The text of the first file.
    pub fn text(&self) -> &str {
        self.files.first().map_or("", |(_, text)| text)
    }
}

/// Which format a file has, as far as its name and its text tell.
pub fn detect(file: &str, text: &str) -> Option<Format> {
    detect::detect(file, &plain(text))
}

/// Reads a file. `file` is its name, for problems and for want of a title.
///
/// Byte-order marks are skipped, and line ends of any kind are line ends.
pub fn read(format: Format, file: &str, text: &str) -> Import {
    gather(format, text, Gathering::new(file, format != Format::Interleave))
}

/// Reads a file whose questions are asked and not written again. Nobody is told what our own bank would demand of them.
pub fn read_to_practise(format: Format, file: &str, text: &str) -> Import {
    let mut gathering = Gathering::new(file, true);
    gathering.practised = true;
    gather(format, text, gathering)
}

fn gather(format: Format, text: &str, mut gathering: Gathering) -> Import {
    let text = plain(text);
    match format {
        Format::Interleave => own::read(&text, &mut gathering),
        Format::MdbookQuiz => mdbook::read(&text, &mut gathering),
        Format::Gift => gift::read(&text, &mut gathering),
        Format::Markdown => markdown::read(&text, &mut gathering),
        Format::Anki | Format::Qti => {
            gathering.error(1, None, format!("files of the format {} are written, but not read", format.name()));
        }
    }
    gathering.finish()
}

/// Writes a deck.
pub fn write(format: Format, deck: &Deck) -> Written {
    let name = identity::name(&deck.title).unwrap_or_else(|| "questions".into());
    let mut left_out = LeftOut { name: format!("{name}.{}", format.extension()), problems: vec![] };
    let files = match format {
        Format::Interleave => vec![(left_out.name.clone(), own::write(deck, &mut left_out))],
        Format::MdbookQuiz => vec![(left_out.name.clone(), mdbook::write(deck, &mut left_out))],
        Format::Gift => vec![(left_out.name.clone(), gift::write(deck, &mut left_out))],
        Format::Anki => vec![(left_out.name.clone(), anki::write(deck, &mut left_out))],
        Format::Qti => qti::write(deck, &mut left_out),
        Format::Markdown => {
            left_out.problems.push(Problem::error(&left_out.name, 1, "files of this format are read, but not written"));
            vec![]
        }
    };
    Written { files, problems: left_out.problems }
}

/// What a writer could not say.
struct LeftOut {
    name: String,
    problems: Vec<Problem>,
}

impl LeftOut {
    /// `at` is the question's index in its deck.
    fn say(&mut self, at: usize, question: &Question, message: &str) {
        let message = format!("“{}”: {message}", question.id);
        self.problems.push(Problem::warning(&self.name, 1, message).of_question(at as u32 + 1));
    }

    /// A whole question.
    fn question(&mut self, at: usize, question: &Question, format: &str) {
        let message = format!("{format} has no question of the kind “{}”; it is left out", question.kind.name());
        self.say(at, question, &message);
    }
}

/// A text with lines that end in a line feed, without a mark of its byte order.
fn plain(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}
