//! Their tables as our questions.

use super::{Multipart, extra};
use crate::formats::extra::Extra;
use crate::formats::{identity, markup};
use crate::question::{Choice, Kind, Options, Short};
use crate::{Level, Question};
use std::collections::BTreeMap;
use toml::{Table, Value};

/// A question of one table.
pub(super) fn question(table: &Table, multipart: &Multipart, warnings: &mut Vec<String>) -> Result<Question, String> {
    let extra = extra(table)?;
    let kind = match table.get("type").map(|kind| kind.as_str().unwrap_or_default()) {
        Some(kind @ ("MultipleChoice" | "ShortAnswer" | "Tracing")) => kind,
        Some(other) => return Err(format!("there is no type “{other}”: MultipleChoice, ShortAnswer or Tracing")),
        None => return Err("it does not say its type: MultipleChoice, ShortAnswer or Tracing".into()),
    };
    let prompt = part(table, "prompt")?;
    let answer = part(table, "answer")?;
    let context = text(table, "context")?.map(markup::markdown).unwrap_or_default();
    let (mut stem, kind) = match kind {
        "MultipleChoice" => multiple_choice(prompt, answer, context, &extra, warnings)?,
        "ShortAnswer" => short_answer(prompt, answer, context, &extra)?,
        _ => tracing(prompt, answer, context, warnings)?,
    };
    if let Some(name) = text(table, "multipart")? {
        match multipart.get(name) {
            Some(shared) => stem = format!("{}\n\n{stem}", markup::markdown(shared)),
            // What we wrote ourselves has it in its stem already.
            None => return Err(format!("it is part of “{name}”, but [multipart] has no such text")),
        }
    }
    if !matches!(table.get("promptExplanation"), None | Some(Value::Boolean(_))) {
        return Err("promptExplanation is true or false".into());
    }
    let id = text(table, "id")?.unwrap_or_default().to_string();
    let id = identity::name(&id).unwrap_or_default();
    let mut question = Question {
        id,
        level: Level::Mid,
        why: false,
        section: String::new(),
        source: String::new(),
        stem,
        kind,
        kept: BTreeMap::new(),
    };
    extra.onto(&mut question);
    Ok(question)
}

fn part<'a>(table: &'a Table, name: &str) -> Result<&'a Table, String> {
    let value = table.get(name).ok_or_else(|| format!("the {name} is missing"))?;
    value.as_table().ok_or_else(|| format!("the {name} is a table: {name}.{name} = \"…\""))
}

fn text<'a>(table: &'a Table, name: &str) -> Result<Option<&'a str>, String> {
    table.get(name).map(|value| value.as_str().ok_or_else(|| format!("{name} is a text"))).transpose()
}

fn needed<'a>(table: &'a Table, name: &str, whole: &str) -> Result<&'a str, String> {
    text(table, name)?.ok_or_else(|| format!("{whole}.{name} is missing"))
}

fn texts(value: &Value, name: &str) -> Result<Vec<String>, String> {
    let list = value.as_array().ok_or_else(|| format!("{name} is a list of texts"))?;
    let text = |value: &Value| value.as_str().map(String::from).ok_or_else(|| format!("{name} is a list of texts"));
    list.iter().map(text).collect()
}

fn multiple_choice(
    prompt: &Table,
    answer: &Table,
    context: String,
    extra: &Extra,
    warnings: &mut Vec<String>,
) -> Result<(String, Kind), String> {
    let stem = markup::markdown(needed(prompt, "prompt", "prompt")?);
    let right = answer.get("answer").ok_or("answer.answer is missing")?;
    if let Some(choices) = prompt.get("choices") {
        warnings
            .push("prompt.choices is the dialect of old: write answer.answer as a text, and prompt.distractors".into());
        return Ok((stem, legacy(texts(choices, "prompt.choices")?, right, context)?));
    }
    let wrong = prompt.get("distractors").ok_or("prompt.distractors are missing")?;
    let wrong = texts(wrong, "prompt.distractors")?;
    let (several, right) = match right {
        Value::String(right) => (false, vec![right.clone()]),
        Value::Array(_) => (true, texts(right, "answer.answer")?),
        Value::Integer(_) => {
            return Err("answer.answer is a number, which goes with prompt.choices, but there are distractors".into());
        }
        _ => return Err("answer.answer is a text or a list of texts".into()),
    };
    let count = right.len() + wrong.len();
    let sorted = flag(prompt, "sortAnswers")?;
    let index = match prompt.get("answerIndex") {
        None => None,
        Some(index) => {
            let index = index.as_integer().and_then(|index| usize::try_from(index).ok());
            Some(index.filter(|index| *index <= wrong.len()).ok_or("answer index is too large or no number")?)
        }
    };
    if sorted && index.is_some() {
        warnings.push("answerIndex and sortAnswers exclude each other; sortAnswers is ignored".into());
    }
    let first = index.unwrap_or_else(|| arbitrary(&stem, wrong.len() + 1));
    let positions: Vec<usize> = match &extra.positions[..] {
        [] => (first..first + right.len()).collect(),
        given => given.to_vec(),
    };
    if positions.len() != right.len() || positions.iter().any(|position| *position >= count) {
        return Err("interleave.positions do not fit the answers".into());
    }
    let (mut right, mut wrong) = (right.into_iter(), wrong.into_iter());
    let option = |at| {
        let is_right = positions.contains(&at);
        let text = if is_right { right.next() } else { wrong.next() };
        (text.unwrap_or_default(), is_right)
    };
    let mut options: Vec<(String, bool)> = (0..count).map(option).collect();
    if sorted && index.is_none() && extra.positions.is_empty() {
        options.sort();
    }
    let mut options: Vec<Choice> = options
        .into_iter()
        .map(|(text, right)| Choice { text: markup::markdown(&text), right, reason: String::new() })
        .collect();
    explain(&mut options, context, extra);
    let options = Options { options };
    Ok((stem, if several { Kind::Several(options) } else { Kind::Choice(options) }))
}

/// Theirs are shuffled whenever they are asked. Ours stand somewhere; not always in the first place.
pub(super) fn arbitrary(stem: &str, places: usize) -> usize {
    (identity::number(stem) % places.max(1) as u64) as usize
}

/// One text for all options is the reason of the right one; we write one for each.
fn explain(options: &mut [Choice], context: String, extra: &Extra) {
    if extra.reasons.is_empty() {
        if let Some(right) = options.iter_mut().find(|option| option.right) {
            right.reason = context;
        }
    } else {
        for (option, reason) in options.iter_mut().zip(&extra.reasons) {
            option.reason.clone_from(reason);
        }
    }
}

fn legacy(choices: Vec<String>, right: &Value, context: String) -> Result<Kind, String> {
    let index = |value: &Value| value.as_integer().and_then(|index| usize::try_from(index).ok());
    let (several, right) = match right {
        Value::Array(list) => (true, list.iter().map(index).collect::<Option<Vec<_>>>()),
        one => (false, index(one).map(|index| vec![index])),
    };
    let right = right.filter(|right| right.iter().all(|index| *index < choices.len()));
    let right = right.ok_or("answer.answer is the place of the right one of prompt.choices, from 0")?;
    let option = |(at, text): (usize, String)| Choice {
        text: markup::markdown(&text),
        right: right.contains(&at),
        reason: String::new(),
    };
    let mut options: Vec<Choice> = choices.into_iter().enumerate().map(option).collect();
    explain(&mut options, context, &Extra::default());
    let options = Options { options };
    Ok(if several { Kind::Several(options) } else { Kind::Choice(options) })
}

fn flag(table: &Table, name: &str) -> Result<bool, String> {
    match table.get(name) {
        None => Ok(false),
        Some(value) => value.as_bool().ok_or_else(|| format!("{name} is true or false")),
    }
}

fn short_answer(prompt: &Table, answer: &Table, because: String, extra: &Extra) -> Result<(String, Kind), String> {
    let stem = markup::markdown(needed(prompt, "prompt", "prompt")?);
    let response = text(prompt, "response")?.unwrap_or("short");
    if !["short", "long", "code"].contains(&response) {
        return Err(format!("prompt.response is “short”, “long” or “code”, not “{response}”"));
    }
    let mut answers = vec![needed(answer, "answer", "answer")?.to_string()];
    if let Some(more) = answer.get("alternatives") {
        answers.extend(texts(more, "answer.alternatives")?);
    }
    Ok((stem, Kind::Short(Short { answers, because, slips: extra.slips.clone() })))
}

/// Whether it compiles, and what it prints: typed, as everything that a program prints is.
fn tracing(
    prompt: &Table,
    answer: &Table,
    context: String,
    warnings: &mut Vec<String>,
) -> Result<(String, Kind), String> {
    let program = needed(prompt, "program", "prompt")?;
    let language = text(prompt, "language")?.unwrap_or("rust");
    let compiles = answer.get("doesCompile").ok_or("answer.doesCompile is missing")?;
    let compiles = compiles.as_bool().ok_or("answer.doesCompile is true or false")?;
    let code = markup::fenced(language, program.trim_end());
    let stem = format!("{code}\n\nDoes this program compile? If it does, what does it print?");
    let mut because = context;
    let answers = if compiles {
        let stdout =
            needed(answer, "stdout", "answer").map_err(|_| "it compiles, so answer.stdout says what it prints")?;
        match stdout.trim() {
            "" => vec!["nothing".into(), "it prints nothing".into(), "compiles".into()],
            printed => vec![printed.into()],
        }
    } else {
        if answer.contains_key("stdout") {
            warnings.push("it does not compile, so it prints nothing: answer.stdout is ignored".into());
        }
        if let Some(line) = answer.get("lineNumber") {
            let line = line.as_integer().filter(|line| *line > 0).ok_or("answer.lineNumber is a line, from 1")?;
            because = format!("The compiler complains about line {line}.\n\n{because}").trim_end().into();
        }
        ["does not compile", "it does not compile", "doesn't compile", "no", "compiler error", "compile error", "error"]
            .map(String::from)
            .into()
    };
    Ok((stem, Kind::Short(Short { answers, because, slips: vec![] })))
}
