//! Quizzes in Markdown, as they are common on GitHub.
//!
//! Two dialects, and whatever lies between them. Either a heading `###### 1. What's the output?`, code, options `- A: …`, and in
//! `<details>` a heading `#### Answer: D` with an explanation (javascript-questions); or a heading `#### Q1. …` or `### Q. …`,
//! and options `- [ ] …` and `- [x] …`, or `- A) …` and a line `**Answer: B**` (linkedin-skill-assessments). Options have
//! letters or numbers, with or without a bullet, and may be blocks of code. Answers are told by a checkbox, a ✅, or a line
//! that names them, which may be folded away or in a comment.
//!
//! What is said after the options is the reason of the right one. A question whose answer is not marked is an error.

mod labels;
mod lines;
mod parts;

use super::gathering::Gathering;
use super::markup::{self, Definitions};
use crate::question::{Choice, Kind, Options};
use crate::{Level, Question};
use lines::{Line, lines};
use parts::{Parts, Piece};
use std::collections::BTreeMap;

/// Reads a file.
pub(super) fn read(text: &str, gathering: &mut Gathering) {
    let (lines, definitions) = lines(text);
    let mut titled = false;
    let (mut number, mut start) = (0, 0);
    while start < lines.len() {
        let Some(heading) = labels::heading(&lines[start]) else {
            start += 1;
            continue;
        };
        let more = &lines[start + 1..];
        let length = more.iter().position(|line| labels::heading(line).is_some()).unwrap_or(more.len());
        let body = &more[..length];
        let asked = heading.labelled || parts::has_options(body);
        if asked {
            number += 1;
            let place = Place { line: lines[start].number, number };
            question(&heading.text, body, &definitions, place, gathering);
        } else if !titled && !heading.text.is_empty() {
            titled = true;
            gathering.import.title = markup::markdown_with(&heading.text, &definitions).text;
        }
        start += 1 + length;
    }
}

struct Place {
    line: u32,
    number: u32,
}

fn question(heading: &str, body: &[Line], definitions: &Definitions, place: Place, gathering: &mut Gathering) {
    let Place { line, number } = place;
    let parts = Parts::of(body);
    let mut images = 0;
    let mut tidy = |text: &str| {
        let tidied = markup::markdown_with(text, definitions);
        images += tidied.images;
        tidied.text
    };
    let stem = [tidy(heading), tidy(&parts.stem)].into_iter().filter(|text| !text.is_empty());
    let stem = stem.collect::<Vec<_>>().join("\n\n");
    if parts.options.is_empty() {
        return gathering.error(line, Some(number), "there are no options; it is left out");
    }
    let right = match parts.right() {
        Ok(right) => right,
        Err(message) => return gathering.error(line, Some(number), message),
    };
    let mut options = vec![];
    for (Piece { text, .. }, right) in parts.options.iter().zip(&right) {
        let mut shown = tidy(text);
        if shown.is_empty() {
            // An option that is nothing but a tag is about that tag.
            shown = markup::plain(text);
        }
        options.push(Choice { text: shown, right: *right, reason: String::new() });
    }
    let explanation = tidy(&parts.explanation);
    if let Some(first) = options.iter_mut().find(|option| option.right) {
        first.reason = explanation;
    }
    if images > 0 {
        let s = if images == 1 { "an image is" } else { "images are" };
        gathering.warning(line, Some(number), format!("{s} left out"));
    }
    let several = right.iter().filter(|right| **right).count() > 1;
    let options = Options { options };
    let kind = if several { Kind::Several(options) } else { Kind::Choice(options) };
    let question = Question {
        id: String::new(),
        level: Level::Mid,
        why: false,
        section: String::new(),
        source: parts.source.clone(),
        stem,
        kind,
        kept: BTreeMap::new(),
    };
    gathering.question(line, number, question);
}
