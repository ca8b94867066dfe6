//! The bytes of a file → a deck and what is wrong with it.

use super::kept::{is_section, tame, write};
use super::place::name;
use super::{BYTES, ID, PROBLEMS, QUESTIONS, Reading};
use crate::formats::{self, Format, Import, identity};
use crate::{Problem, Question};

/// The most characters of a problem's message: it may quote the file.
const MESSAGE: usize = 300;

/// Reads a file of any format that is read. There is none about which there is nothing to say.
pub fn read(file: &str, bytes: &[u8]) -> Reading {
    let mut reading = Reading { name: name(file), ..Reading::default() };
    let problems = match import(file, bytes) {
        Err((line, message)) => vec![Problem::error(file, line, message)],
        Ok((format, mut import)) => {
            choose(file, &mut import);
            reading.questions = import.questions.len();
            if !import.questions.is_empty() {
                match write(&import.title, file, format.name(), &import.questions) {
                    Ok(deck) => reading.deck = deck,
                    Err(message) => import.problems.push(Problem::error(file, 1, message)),
                }
            }
            import.problems
        }
    };
    (reading.problems, reading.more) = told(problems);
    reading
}

fn import(file: &str, bytes: &[u8]) -> Result<(Format, Import), (u32, String)> {
    let text = text(bytes)?;
    let Some(format) = formats::detect(file, &text).filter(|format| format.is_read()) else {
        return Err((
            1,
            "no questions of a format that is known here: our own TOML, mdbook-quiz, GIFT, or Markdown with options"
                .into(),
        ));
    };
    Ok((format, formats::read_to_practise(format, file, &text)))
}

/// The text of a file: UTF-8, or UTF-16 with the mark of its byte order, as some editors write it.
fn text(bytes: &[u8]) -> Result<String, (u32, String)> {
    if bytes.len() > BYTES {
        return Err((1, format!("a file of more than {} MB is not read", BYTES / 1_000_000)));
    }
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes)?,
        _ => std::str::from_utf8(bytes).map_err(|error| not_text(&bytes[..error.valid_up_to()]))?.to_string(),
    };
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Err(not_text(&text.as_bytes()[..at]));
    }
    if text.trim_start_matches('\u{feff}').trim().is_empty() {
        return Err((1, "there is nothing in this file".into()));
    }
    Ok(text)
}

fn wide(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, (u32, String)> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|_| not_text(&[]))
}

/// `before` is what can be read.
fn not_text(before: &[u8]) -> (u32, String) {
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count() as u32;
    (line, "this is not text; if it is a file of questions, save it as UTF-8".into())
}

/// Leaves out what cannot be asked on a page, and what is too much.
fn choose(file: &str, import: &mut Import) {
    if import.questions.len() > QUESTIONS {
        let place = import.places[QUESTIONS];
        let left = import.questions.len() - QUESTIONS;
        let message =
            format!("a deck has at most {QUESTIONS} questions; this one and {} that follow are left out", left - 1);
        import.problems.push(place.problem(file, message));
        import.questions.truncate(QUESTIONS);
    }
    let places = std::mem::take(&mut import.places);
    let questions = std::mem::take(&mut import.questions);
    for (mut question, place) in questions.into_iter().zip(places) {
        let warn = |message: String| Problem::warning(file, place.line, message).of_question(place.number);
        if !question.section.is_empty() && !is_section(&question.section) {
            import.problems.push(warn("its section is not one of the guide; the link is left out".into()));
        }
        let kind = question.kind.name();
        if tame(&mut question) {
            question.id = short(question.id);
            import.questions.push(question);
        } else {
            let what = "its answer is found by running it when the site is built; it cannot be asked from a file";
            import.problems.push(warn(format!("{what} (“{kind}”), and is left out")));
        }
    }
    import.problems.sort_by_key(|problem| problem.line);
    distinct(&mut import.questions);
}

/// An id that fits into the log of answers.
fn short(id: String) -> String {
    if id.len() <= ID { id } else { format!("{}-{:012x}", &id[..ID - 20], identity::number(&id)) }
}

/// Ids that were cut differ in their last digits, but for a chance that nobody lives to see; two questions must not share one all the same.
fn distinct(questions: &mut Vec<Question>) {
    let mut seen = std::collections::BTreeSet::new();
    questions.retain(|question| seen.insert(question.id.clone()));
}

/// What is told one by one, and how much more there is. Of too much, what is worse comes first.
fn told(mut problems: Vec<Problem>) -> (Vec<Problem>, usize) {
    let more = problems.len().saturating_sub(PROBLEMS);
    if more > 0 {
        problems.sort_by_key(|problem| !problem.is_error());
        problems.truncate(PROBLEMS);
        problems.sort_by_key(|problem| problem.line);
    }
    for problem in &mut problems {
        if problem.message.chars().count() > MESSAGE {
            problem.message = problem.message.chars().take(MESSAGE - 1).chain(['…']).collect();
        }
    }
    (problems, more)
}
