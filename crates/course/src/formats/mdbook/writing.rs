//! Our questions as their tables.

use super::reading::{self, arbitrary};
use super::{Multipart, OURS, SHARED, TABLE};
use crate::formats::LeftOut;
use crate::formats::extra::Extra;
use crate::question::{Choice, Kind};
use crate::{Deck, Question};
use toml::{Table, Value};

/// Writes a deck.
pub(in crate::formats) fn write(deck: &Deck, left_out: &mut LeftOut) -> String {
    let (mut questions, mut multipart) = (vec![], Table::new());
    for (at, question) in deck.questions.iter().enumerate() {
        let kept = kept(question).filter(|(_, shared)| take_in(shared.as_ref(), &mut multipart));
        match kept.map(|(table, _)| table).or_else(|| table(question)) {
            Some(mut table) => {
                // A name that it had before it got one of ours is in what was kept.
                table.entry("id").or_insert_with(|| Value::from(question.id.as_str()));
                questions.push(Value::Table(table));
            }
            None => left_out.question(at, question, "mdbook-quiz"),
        }
    }
    let mut file = Table::new();
    file.insert("title".into(), deck.title.as_str().into());
    file.insert("questions".into(), Value::Array(questions));
    if !multipart.is_empty() {
        file.insert("multipart".into(), Value::Table(multipart));
    }
    toml::to_string_pretty(&file).unwrap_or_default()
}

/// The table that it was read from, if it still is the question that this makes, and the text that it shares.
fn kept(question: &Question) -> Option<(Table, Option<(String, String)>)> {
    let mut table: Table = toml::from_str(question.kept.get(TABLE)?).ok()?;
    let name = table.get("multipart").and_then(Value::as_str).map(String::from);
    let shared = match name {
        Some(name) => Some((name, question.kept.get(SHARED)?.clone())),
        None => None,
    };
    let multipart: Multipart = shared.clone().into_iter().collect();
    let mut again = reading::question(&table, &multipart, &mut vec![]).ok()?;
    let given = again.id.clone();
    again.id.clone_from(&question.id);
    again.kept.clone_from(&question.kept);
    if again != *question {
        return None;
    }
    // Two questions of one name have been told apart, and stay so.
    if given != question.id && table.contains_key("id") {
        table.insert("id".into(), question.id.as_str().into());
    }
    Some((table, shared))
}

/// Puts down the shared text; not if another one of this name is there.
fn take_in(shared: Option<&(String, String)>, multipart: &mut Table) -> bool {
    let Some((name, text)) = shared else { return true };
    let there = multipart.entry(name.clone()).or_insert_with(|| text.as_str().into());
    there.as_str() == Some(text)
}

/// A question as a table; nothing if they have none of its kind.
pub(super) fn table(question: &Question) -> Option<Table> {
    let mut extra = Extra::of(question);
    let (mut table, mut prompt, mut answer) = (Table::new(), Table::new(), Table::new());
    if !question.id.is_empty() {
        table.insert("id".into(), question.id.as_str().into());
    }
    prompt.insert("prompt".into(), question.stem.as_str().into());
    let (name, context) = match &question.kind {
        Kind::Choice(options) | Kind::Several(options) => {
            let options = &options.options;
            let of = |right: bool| options.iter().filter(move |option| option.right == right);
            let texts = |right: bool| of(right).map(|option| Value::from(option.text.as_str())).collect::<Vec<_>>();
            let mut right = texts(true);
            let wrong = texts(false);
            let places: Vec<usize> = (0..options.len()).filter(|at| options[*at].right).collect();
            let first = arbitrary(&question.stem, wrong.len() + 1);
            if !places.iter().copied().eq(first..first + right.len()) {
                extra.positions = places;
            }
            let right = match (&question.kind, right.len()) {
                (Kind::Choice(_), 1) => right.remove(0),
                (Kind::Choice(_), _) => return None,
                _ => Value::Array(right),
            };
            answer.insert("answer".into(), right);
            prompt.insert("distractors".into(), Value::Array(wrong));
            ("MultipleChoice", explained(options, &mut extra))
        }
        Kind::Short(short) => {
            let mut answers = short.answers.iter().map(|answer| Value::from(answer.as_str()));
            answer.insert("answer".into(), answers.next()?);
            let more: Vec<Value> = answers.collect();
            if !more.is_empty() {
                answer.insert("alternatives".into(), Value::Array(more));
            }
            extra.slips.clone_from(&short.slips);
            ("ShortAnswer", short.because.clone())
        }
        _ => return None,
    };
    table.insert("type".into(), name.into());
    table.insert("prompt".into(), Value::Table(prompt));
    table.insert("answer".into(), Value::Table(answer));
    if !context.is_empty() {
        table.insert("context".into(), context.into());
    }
    if !extra.is_empty() {
        table.insert(OURS.into(), Value::try_from(&extra).ok()?);
    }
    Some(table)
}

/// Their one text for all that we say of the options.
fn explained(options: &[Choice], extra: &mut Extra) -> String {
    let said: Vec<usize> = (0..options.len()).filter(|at| !options[*at].reason.is_empty()).collect();
    let first = options.iter().position(|option| option.right);
    match said[..] {
        [] => String::new(),
        [only] if Some(only) == first => options[only].reason.clone(),
        _ => {
            extra.reasons = options.iter().map(|option| option.reason.clone()).collect();
            let lines = options.iter().filter(|option| !option.reason.is_empty()).map(|option| {
                let text = option.text.split_whitespace().collect::<Vec<_>>().join(" ");
                format!("{text}: {}", option.reason)
            });
            lines.collect::<Vec<_>>().join("\n\n")
        }
    }
}
