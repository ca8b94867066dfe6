//! GIFT, Moodle's text format for questions.
//!
//! What is read is what Moodle's importer (`question/format/gift`) reads, and a little more: an answer section may have
//! empty lines in it. Lines `// [id:…] [tag:…]` are Moodle's way to say those. A line `// interleave: …` is ours, a comment to
//! everybody else: it says what GIFT has no word for, such as a question's level.
//!
//! A section of answers that says more than our model does (weights, ranges, wildcards) is kept as it is, and written
//! again as long as the question still means the same.

mod blocks;
mod meaning;
mod section;
mod text;
mod writing;

pub(super) use writing::write;

use super::extra::Extra;
use super::gathering::Gathering;
use super::markup;
use crate::{Level, Question};
use blocks::{Block, blocks};
use meaning::Stem;
use section::Section;
use std::collections::BTreeMap;

/// The format that a text says it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Markup {
    /// Moodle's own, which is more or less what people type.
    Moodle,
    Html,
    Plain,
    Markdown,
}

impl Markup {
    /// `[html]text`: which, and the text without it.
    fn of(text: &str, inherited: Self) -> (Self, &str) {
        let known = [
            ("[moodle]", Self::Moodle),
            ("[html]", Self::Html),
            ("[plain]", Self::Plain),
            ("[markdown]", Self::Markdown),
        ];
        let text = text.trim_start();
        let found = known.into_iter().find_map(|(mark, markup)| Some((markup, text.strip_prefix(mark)?)));
        found.unwrap_or((inherited, text))
    }

    /// As Markdown.
    fn read(self, text: &str) -> String {
        match self {
            Self::Html => markup::html(text),
            Self::Plain => markup::plain(text),
            Self::Moodle | Self::Markdown => markup::markdown(text),
        }
    }
}

/// What is kept, and under which names.
const TITLE: &str = "gift.title";
const CATEGORY: &str = "gift.category";
const TAGS: &str = "gift.tags";
const ANSWERS: &str = "gift.answers";
const ID: &str = "gift.id";

/// Reads a file.
pub(super) fn read(text: &str, gathering: &mut Gathering) {
    let (mut number, mut category) = (0, None::<String>);
    for block in blocks(text) {
        if let Some(name) = block.text.strip_prefix("$CATEGORY:") {
            let name = name.trim().to_string();
            if category.is_none() {
                gathering.import.title.clone_from(&name);
            }
            category = Some(name);
            continue;
        }
        number += 1;
        let title = gathering.import.title.clone();
        match question(&block) {
            Ok((mut question, warnings)) => {
                if let Some(category) = category.iter().find(|category| **category != title) {
                    question.kept.insert(CATEGORY.into(), category.clone());
                }
                warnings.into_iter().for_each(|warning| gathering.warning(block.line, Some(number), warning));
                gathering.question(block.line, number, question);
            }
            Err(Trouble::Description) => {
                gathering.warning(block.line, Some(number), "a text without answers is no question; it is left out");
            }
            Err(Trouble::Wrong(message)) => gathering.error(block.line, Some(number), message),
        }
    }
}

/// Why a block is no question.
enum Trouble {
    Description,
    Wrong(String),
}

impl From<String> for Trouble {
    fn from(message: String) -> Self {
        Self::Wrong(message)
    }
}

fn question(block: &Block) -> Result<(Question, Vec<String>), Trouble> {
    let (title, text) = title(&block.text);
    let (before, answers, after) = match (section::find(text, '{'), section::find(text, '}')) {
        (None, None) => return Err(Trouble::Description),
        (Some(start), Some(end)) if start < end => (&text[..start], &text[start + 1..end], &text[end + 1..]),
        (Some(_), None) => return Err(Trouble::Wrong("the { of its answers is not closed by a }".into())),
        _ => return Err(Trouble::Wrong("a } closes nothing; as text it is written \\}".into())),
    };
    if section::find(after, '{').is_some() || section::find(after, '}').is_some() {
        return Err(Trouble::Wrong(
            "it has answers in more than one place; as text, braces are written \\{ and \\}".into(),
        ));
    }
    let (markup, before) = Markup::of(before, Markup::Moodle);
    let section = Section::parse(answers, markup)?;
    let extra: Extra = block.extra()?;
    let mut warnings = vec![];
    let stem = Stem { before: &section::unescaped(before), after: &section::unescaped(after), markup };
    let (stem, kind) = section.meaning(stem, &extra, &mut warnings)?;
    let mut kept = BTreeMap::new();
    let id = block.id.clone().unwrap_or_default();
    let title = section::unescaped(title.trim());
    if !title.is_empty() && title != id {
        kept.insert(TITLE.into(), title);
    }
    if !block.tags.is_empty() {
        kept.insert(TAGS.into(), block.tags.join("\n"));
    }
    if !id.is_empty() && super::identity::name(&id).as_deref() != Some(&id) {
        kept.insert(ID.into(), id.clone());
    }
    let mut question =
        Question { id, level: Level::Mid, why: false, section: String::new(), source: String::new(), stem, kind, kept };
    extra.onto(&mut question);
    // What we would write of it may say less.
    if Section::of(&question.kind).as_ref() != Some(&section) {
        question.kept.insert(ANSWERS.into(), section.text());
    }
    Ok((question, warnings))
}

/// `::title::` and the rest.
fn title(text: &str) -> (&str, &str) {
    let Some(after) = text.strip_prefix("::") else { return ("", text) };
    match section::find_str(after, "::") {
        Some(end) => (&after[..end], after[end + 2..].trim()),
        None => ("", text),
    }
}
