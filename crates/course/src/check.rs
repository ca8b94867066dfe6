//! What a book of pages must satisfy as a whole.

use crate::{LabRef, Page, Problem, Question, inline};
use std::collections::BTreeMap;

/// A lab and the presets it can be opened at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownLab {
    pub id: String,
    pub presets: Vec<String>,
}

/// The parts of a page, in order. The claim is what stands above the first of them.
const PARTS: [&str; 6] =
    ["Try it", "What breaks", "The fix, in Node code", "In the interview", "Check yourself", "Sources"];

/// The part of the book whose pages are about talking, and have no program to mend.
const TALK: &str = "The interview";

/// The parts of its pages, in order.
const TALK_PARTS: [&str; 4] = ["Try it", "What breaks", "Check yourself", "Sources"];

/// The parts of the interview section, in order.
const INTERVIEW: [&str; 4] = ["In thirty seconds", "In two minutes", "Follow-ups", "Red flags"];

/// Checks pages against each other, the labs, the bank and the site. `addresses` are the site's other addresses, such as `labs/`.
pub fn check(pages: &[Page], labs: &[KnownLab], bank: &[&Question], addresses: &[&str]) -> Vec<Problem> {
    let bank: BTreeMap<&str, &Question> = bank.iter().map(|question| (question.id.as_str(), *question)).collect();
    let mut problems = vec![];
    let mut ids: BTreeMap<&str, String> = BTreeMap::new();
    let mut numbers: BTreeMap<(&str, u32), String> = BTreeMap::new();
    for page in pages {
        let mut problem = |line: u32, message: String| problems.push(Problem::error(page.file(), line, message));
        if let Some(other) = numbers.insert((&page.meta.part, page.meta.number), page.file()) {
            problem(1, format!("{other} has the number {} in this part, too", page.meta.number));
        }
        if !labs.iter().any(|lab| lab.id == page.meta.lab) {
            problem(1, format!("there is no lab “{}”", page.meta.lab));
        }
        for listed in page.listed() {
            if let Some(other) = ids.insert(&listed.id, page.file()) {
                problem(listed.line, format!("{other} asks “{}”, too", listed.id));
            }
            if !bank.contains_key(listed.id.as_str()) {
                problem(listed.line, format!("there is no question “{}” in content/quizzes", listed.id));
            }
        }
        for (line, lab) in page.labs() {
            known(labs, &lab.lab, &lab.preset).unwrap_or_else(|message| problem(line, message));
        }
        for (line, code) in page.code() {
            if code.runs() && code.output.is_none() {
                problem(line, "a program that runs is followed by what it prints: ```output".into());
            }
        }
        for link in &page.links {
            resolve(&link.target, page, pages, labs, addresses).unwrap_or_else(|message| problem(link.line, message));
        }
        recipe(page, &bank).into_iter().for_each(|(line, message)| problem(line, message));
    }
    problems.sort();
    problems
}

fn known(labs: &[KnownLab], lab: &str, preset: &str) -> Result<(), String> {
    let Some(found) = labs.iter().find(|known| known.id == lab) else {
        return Err(format!("there is no lab “{lab}”"));
    };
    if found.presets.iter().any(|known| known == preset) {
        Ok(())
    } else {
        Err(format!("the lab “{lab}” has no preset “{preset}”; it has {}", found.presets.join(", ")))
    }
}

fn resolve(target: &str, page: &Page, pages: &[Page], labs: &[KnownLab], addresses: &[&str]) -> Result<(), String> {
    if target.starts_with("https://") {
        return Ok(());
    }
    if target.starts_with("lab:") {
        let (lab, preset) = inline::lab_target(target).ok_or("a link to a lab is lab:event-loop/queues")?;
        return known(labs, lab, preset);
    }
    let (path, anchor) = match target.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (target, None),
    };
    let there = if path.is_empty() { Some(page) } else { pages.iter().find(|other| other.path() == path) };
    match (there, anchor) {
        (None, None) if addresses.contains(&path) => Ok(()),
        (None, _) => Err(format!("“{target}” leads nowhere: write guide/microtasks/#anchor, or https://…")),
        (Some(_), None) => Ok(()),
        (Some(there), Some(anchor)) if there.headings().any(|(_, heading)| heading.anchor == anchor) => Ok(()),
        (Some(there), Some(anchor)) => Err(format!("{} has no heading with the anchor “{anchor}”", there.file())),
    }
}

/// How a page is built: claim, parts, interview, questions.
fn recipe(page: &Page, bank: &BTreeMap<&str, &Question>) -> Vec<(u32, String)> {
    let mut wrong = vec![];
    let headings: Vec<(u32, &str, u8)> = page.headings().map(|(line, h)| (line, h.text.as_str(), h.level)).collect();
    if headings.first().is_none_or(|first| page.blocks.first().is_none_or(|block| block.line >= first.0)) {
        wrong.push((1, "a page begins with its claim, above the first heading".to_string()));
    }
    if page.meta.part == TALK {
        in_order(&TALK_PARTS, titles(&headings, 2), &mut wrong);
    } else {
        in_order(&PARTS, titles(&headings, 2), &mut wrong);
        in_order(&INTERVIEW, titles(&headings, 3), &mut wrong);
        if !tried(page) {
            wrong.push((1, "“Try it” has a lab, or a program that runs in place".into()));
        }
        if !page.code().any(|(_, code)| code.runs()) {
            wrong.push((1, "a page has at least one complete program that runs in place".into()));
        }
    }
    for (line, _) in crowded(page) {
        wrong.push((line, "a section has one lab beside it: put a heading of level 2 between two labs".into()));
    }
    let questions = page.listed().count();
    let why = page.listed().filter(|listed| bank.get(listed.id.as_str()).is_some_and(|question| question.why)).count();
    if !(3..=6).contains(&questions) {
        wrong.push((1, format!("a page has three to six questions, this one has {questions}")));
    }
    if why * 2 < questions {
        wrong.push((1, format!("at least half of the questions ask why; here {why} of {questions}")));
    }
    wrong
}

/// Whether there is something to run where a reader is told to try it.
fn tried(page: &Page) -> bool {
    let mut sections = page.headings().filter(|(_, heading)| heading.level == 2);
    let Some((from, _)) = sections.find(|(_, heading)| heading.text == "Try it") else { return false };
    let to = sections.next().map_or(u32::MAX, |(line, _)| line);
    let here = |line: u32| from < line && line < to;
    page.labs().any(|(line, _)| here(line)) || page.code().any(|(line, code)| here(line) && code.runs())
}

/// The labs that are not the first of their section.
fn crowded(page: &Page) -> Vec<(u32, &LabRef)> {
    page.labs()
        .filter(|(line, _)| {
            let section =
                page.headings().filter(|(at, heading)| at < line && heading.level == 2).last().map_or(0, |(at, _)| at);
            page.labs().any(|(other, _)| section < other && other < *line)
        })
        .collect()
}

/// The texts of the headings of that level.
fn titles<'a>(headings: &'a [(u32, &'a str, u8)], level: u8) -> impl Iterator<Item = &'a str> {
    headings.iter().filter(move |heading| heading.2 == level).map(|heading| heading.1)
}

/// Every one of `wanted` is there once, in this order; others may stand between them.
fn in_order<'a>(wanted: &[&str], found: impl Iterator<Item = &'a str>, wrong: &mut Vec<(u32, String)>) {
    let found: Vec<&str> = found.filter(|text| wanted.contains(text)).collect();
    if found != wanted {
        wrong.push((1, format!("the page needs the headings “{}” in this order", wanted.join("”, “"))));
    }
}
