//! Questions as GIFT.

use super::blocks::OURS;
use super::meaning::{FILL, Stem};
use super::section::Section;
use super::text::escaped;
use super::{ANSWERS, CATEGORY, ID, Markup, TAGS, TITLE};
use crate::formats::LeftOut;
use crate::formats::extra::Extra;
use crate::question::{Kind, Short};
use crate::{Deck, Question};
use std::fmt::Write;

/// Writes a deck.
pub(in crate::formats) fn write(deck: &Deck, left_out: &mut LeftOut) -> String {
    let mut out = String::new();
    let title = deck.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut category = title.as_str();
    if !title.is_empty() {
        let _ = writeln!(out, "$CATEGORY: {title}\n");
    }
    for (at, question) in deck.questions.iter().enumerate() {
        if let Some(why) = unsayable(&question.kind) {
            match why {
                "" => left_out.question(at, question, "GIFT"),
                why => left_out.say(at, question, why),
            }
            continue;
        }
        let own = question.kept.get(CATEGORY).map_or(title.as_str(), String::as_str);
        if own != category {
            let _ = writeln!(out, "$CATEGORY: {own}\n");
            category = own;
        }
        out += &self::question(question);
        out.push('\n');
    }
    out
}

/// Why a question cannot be said, if it cannot: nothing if no question of its kind can.
fn unsayable(kind: &Kind) -> Option<&'static str> {
    let arrow = "GIFT takes a -> in it for a pair; it is left out";
    match kind {
        Kind::Choice(_) | Kind::Several(_) | Kind::TrueFalse(_) | Kind::Number(_) | Kind::Open(_) => None,
        Kind::Short(short) => arrows(short).then_some(arrow),
        Kind::Match(matching) => {
            let texts = matching.pairs.iter().flat_map(|pair| [&pair.left, &pair.right]);
            texts
                .chain(matching.decoys.iter().map(|decoy| &decoy.text))
                .any(|text| text.contains("->"))
                .then_some(arrow)
        }
        Kind::Gap(gaps) if gaps.gaps.len() != 1 => Some("GIFT has one gap in a text, and no more; it is left out"),
        Kind::Gap(gaps) => {
            let [blank] = &gaps.gaps[..] else { return Some("") };
            let short = Short { answers: blank.answers.clone(), because: String::new(), slips: blank.slips.clone() };
            arrows(&short).then_some(arrow)
        }
        _ => Some(""),
    }
}

fn arrows(short: &Short) -> bool {
    short.answers.iter().chain(short.slips.iter().map(|slip| &slip.text)).any(|text| text.contains("->"))
}

fn question(question: &Question) -> String {
    let mut out = String::new();
    let id = question.kept.get(ID).unwrap_or(&question.id);
    if !id.is_empty() {
        let _ = write!(out, "// [id:{}]", bracketed(id));
        for tag in question.kept.get(TAGS).into_iter().flat_map(|tags| tags.lines()) {
            let _ = write!(out, " [tag:{}]", bracketed(tag));
        }
        out.push('\n');
    }
    let extra = extra(question);
    if !extra.is_empty() {
        for line in toml::to_string(&extra).unwrap_or_default().lines() {
            let _ = writeln!(out, "// {OURS} {line}");
        }
    }
    let title = question.kept.get(TITLE).unwrap_or(&question.id);
    let _ = write!(out, "::{}::[markdown]", escaped(title));
    let answers = kept(question, &extra).or_else(|| Section::of(&question.kind).map(|section| section.text()));
    let answers = answers.unwrap_or_default();
    let (before, after) = around(question);
    let _ = writeln!(out, "{}{{{answers}}}{}", escaped(before), escaped(after));
    out
}

/// The answers as they were read, if the question is still the one that they made.
fn kept(question: &Question, extra: &Extra) -> Option<String> {
    let section = Section::parse(question.kept.get(ANSWERS)?, Markup::Markdown).ok()?;
    let (before, after) = around(question);
    let stem = Stem { before, after, markup: Markup::Markdown };
    let (_, kind) = section.meaning(stem, extra, &mut vec![]).ok()?;
    (kind == question.kind).then(|| section.text())
}

/// What stands before and behind the answers.
fn around(question: &Question) -> (&str, &str) {
    match &question.kind {
        Kind::Gap(gaps) => gaps.text.split_once("{1}").unwrap_or((&gaps.text, "")),
        _ => (&question.stem, ""),
    }
}

/// What only a comment can say.
fn extra(question: &Question) -> Extra {
    let mut extra = Extra::of(question);
    match &question.kind {
        Kind::Gap(_) => extra.gap = Some(if question.stem == FILL { String::new() } else { question.stem.clone() }),
        Kind::Number(number) => extra.unit.clone_from(&number.unit),
        Kind::Match(matching) => {
            if matching.pairs.iter().any(|pair| !pair.reason.is_empty()) {
                extra.reasons = matching.pairs.iter().map(|pair| pair.reason.clone()).collect();
            }
            if matching.decoys.iter().any(|decoy| !decoy.reason.is_empty()) {
                extra.decoys.clone_from(&matching.decoys);
            }
        }
        Kind::Open(open) if !open.good.is_empty() || !open.red_flags.is_empty() || !open.junior.is_empty() => {
            extra.open = Some(open.clone());
        }
        _ => {}
    }
    extra
}

/// In a comment, between brackets.
fn bracketed(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('[', "\\[").replace(']', "\\]")
}
