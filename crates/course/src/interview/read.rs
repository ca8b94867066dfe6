//! A file of an interview, read strictly: whoever writes one is told where it is wrong.

use super::{Interview, Stage};
use crate::deck::unknown;
use crate::{Level, Problem};
use serde::Deserialize;
use std::ops::RangeInclusive;
use toml::{Spanned, Table, Value};

/// Whom an interview may be for.
const ROLES: [&str; 4] = ["backend", "data", "platform", "lead"];

/// A file before its stages are looked at, each by itself.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    about: String,
    roles: Vec<String>,
    levels: Vec<Level>,
    situation: String,
    #[serde(default)]
    stage: Vec<Spanned<Table>>,
}

/// Reads the file of that name, whose text that is. `id` is the name of the file without `.toml`.
///
/// # Errors
/// Everything that its author has to put right, each where it is.
pub fn read(file: &str, id: &str, text: &str) -> Result<Interview, Vec<Problem>> {
    let line =
        |at: usize| text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() as u32 + 1;
    let read: File = toml::from_str(text).map_err(|error| {
        vec![Problem::error(file, line(error.span().map_or(0, |span| span.start)), error.message())]
    })?;
    let mut problems = vec![];
    let mut wrong = |line: u32, faults: Vec<String>| {
        problems.extend(faults.into_iter().map(|fault| Problem::error(file, line, fault)));
    };
    let (mut stages, written): (Vec<Stage>, usize) = (vec![], read.stage.len());
    for (number, table) in (1..).zip(read.stage) {
        let line = line(table.span().start);
        match stage(table.into_inner()) {
            Err(fault) => wrong(line, vec![format!("stage {number}: {fault}")]),
            Ok(stage) => {
                let mut faults = faults(&stage);
                if stages.iter().any(|other| other.id == stage.id) {
                    faults.push(format!("there is another stage “{}”", stage.id));
                }
                wrong(line, faults.into_iter().map(|fault| format!("stage {number}: {fault}")).collect());
                stages.push(stage);
            }
        }
    }
    let File { title, about, roles, levels, situation, .. } = read;
    let interview = Interview { id: id.into(), title, about, roles, levels, situation, stages };
    wrong(1, whole(&interview, written));
    problems.sort();
    if problems.is_empty() { Ok(interview) } else { Err(problems) }
}

/// A stage of a table. An author who misspells a field is told so.
fn stage(table: Table) -> Result<Stage, String> {
    let written = Value::Table(table);
    let stage: Stage = written.clone().try_into().map_err(|error: toml::de::Error| error.message().to_string())?;
    let known = Value::try_from(&stage).map_err(|error| error.to_string())?;
    match unknown(&written, &known) {
        Some(field) => Err(format!("there is no field “{field}”")),
        None => Ok(stage),
    }
}

/// What is wrong with all of it. So many stages were written: one that cannot be read is told so, and not missed as well.
fn whole(interview: &Interview, written: usize) -> Vec<String> {
    let mut faults = vec![];
    said(&mut faults, &interview.title, "the title");
    said(&mut faults, &interview.about, "about");
    said(&mut faults, &interview.situation, "the situation");
    faults.extend(
        interview
            .roles
            .iter()
            .filter(|role| !ROLES.contains(&role.as_str()))
            .map(|role| format!("there is no role “{role}”: {}", ROLES.join(", "))),
    );
    if interview.roles.is_empty() || interview.levels.is_empty() {
        faults.push("it is for nobody: roles and levels name at least one each".into());
    }
    counted(&mut faults, written, 4..=6, "stages");
    // Who is of the lowest level that it suits is asked something, and not the later stages alone.
    let lowest = interview.levels.iter().min().copied().unwrap_or(Level::Junior);
    if interview.stages.first().is_some_and(|first| first.from > lowest) {
        faults.push(format!("the first stage is not for {}, whom the interview suits", lowest.name()));
    }
    faults
}

/// What is wrong with one stage.
fn faults(stage: &Stage) -> Vec<String> {
    let mut faults = vec![];
    named(&mut faults, &stage.id);
    for (text, what) in [
        (&stage.title, "the title"),
        (&stage.junior, "the answer of somebody junior"),
        (&stage.senior, "the answer of somebody senior"),
    ] {
        said(&mut faults, text, what);
    }
    asked(&mut faults, &stage.asks);
    timed(&mut faults, stage.minutes);
    counted(&mut faults, stage.good.len(), 4..=7, "points that are good to hear");
    counted(&mut faults, stage.red_flags.len(), 2..=4, "red flags");
    counted(&mut faults, stage.follow.len(), 2..=4, "follow-ups");
    for (at, point) in stage.good.iter().enumerate() {
        named(&mut faults, &point.id);
        said(&mut faults, &point.text, &format!("the text of “{}”", point.id));
        weighed(&mut faults, point.weight);
        if stage.good[..at].iter().any(|other| other.id == point.id) {
            faults.push(format!("there are two points “{}”", point.id));
        }
    }
    for flag in &stage.red_flags {
        said(&mut faults, &flag.text, "the text of a red flag");
        said(&mut faults, &flag.reason, "the reason of a red flag");
        weighed(&mut faults, flag.weight);
    }
    for (at, follow) in stage.follow.iter().enumerate() {
        if !stage.good.iter().any(|point| point.id == follow.point) {
            faults.push(format!("a follow-up is about “{}”, which is no point of this stage", follow.point));
        }
        if stage.follow[..at].iter().any(|other| other.point == follow.point && other.when == follow.when) {
            faults.push(format!("two follow-ups about “{}” are asked in the same case", follow.point));
        }
        asked(&mut faults, &follow.asks);
        said(&mut faults, &follow.answer, "what is good to hear to a follow-up");
        timed(&mut faults, follow.minutes);
    }
    faults
}

fn said(faults: &mut Vec<String>, text: &str, what: &str) {
    if text.trim().is_empty() {
        faults.push(format!("{what} is missing"));
    }
}

fn asked(faults: &mut Vec<String>, text: &str) {
    if !text.trim().ends_with('?') {
        faults.push("what the interviewer asks ends with a question mark".into());
    }
}

fn timed(faults: &mut Vec<String>, minutes: u32) {
    if !(1..=20).contains(&minutes) {
        faults.push(format!("{minutes} minutes are no time to answer: one to twenty"));
    }
}

fn weighed(faults: &mut Vec<String>, weight: u32) {
    if !(1..=2).contains(&weight) {
        faults.push(format!("a weight is 1 or 2, not {weight}"));
    }
}

fn counted(faults: &mut Vec<String>, count: usize, wanted: RangeInclusive<usize>, what: &str) {
    if !wanted.contains(&count) {
        faults.push(format!("it has {} to {} {what}, here {count}", wanted.start(), wanted.end()));
    }
}

fn named(faults: &mut Vec<String>, id: &str) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || !id.chars().all(plain) {
        faults.push(format!("the id “{id}” must be lower-case letters, digits and hyphens"));
    }
}
