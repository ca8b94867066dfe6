//! What will the next statement do? What can be asked, and the answers, are read from the tape.

use super::card::{short, statement};
use super::session::{self, role};
use crate::labs::{Choice, Prediction};
use interleave_kernel::Note;
use interleave_sql::lab::scene::{Entry, Outcome, Progress, Rows, Session, Status};
use interleave_sql::lab::{LockingTape, Scene};

/// A value is no longer than this in an answer.
const LONGEST: usize = 60;

/// The first question about a statement that begins after frame `at`.
pub fn predict(tape: &LockingTape, at: usize) -> Option<Prediction> {
    let last = tape.last();
    let later = last.entries.iter().filter(|entry| entry.began as usize > at);
    later.into_iter().find_map(|entry| ask(tape, last, entry))
}

/// A question about a statement, if somebody else has to do with what it does.
fn ask(tape: &LockingTape, last: &Scene, entry: &Entry) -> Option<Prediction> {
    let began = entry.began as usize;
    let before = tape.scene(began.checked_sub(1)?);
    let after = tape.scene(began);
    let others_open =
        (0..).zip(&before.sessions).any(|(id, state)| id != entry.session && state.status != Status::Idle);
    let text = short(statement(last, entry)?, 80);
    let then = after.entries.iter().find(|other| other.began == entry.began && other.session == entry.session)?;
    let name = session::name(last, entry.session);
    let question = match &then.progress {
        Progress::Done(Outcome::Rows(rows)) => returns(&before, last, entry.session, rows).map(|(options, answer)| {
            (format!("{name} runs {}. What does it return?", Note::code(&text)), options, answer)
        }),
        Progress::Waiting(_) if last.lanes.len() > 2 => Some((
            format!("{name} runs {}. Who is blocked then?", Note::code(&text)),
            blocked_options(last),
            usize::from(entry.session),
        )),
        _ if !others_open || text.to_ascii_uppercase().starts_with("BEGIN") => None,
        progress => Some((
            format!("{name} runs {}. What happens?", Note::code(&text)),
            fates(),
            match progress {
                Progress::Done(Outcome::Error(_)) => 2,
                Progress::Waiting(_) => 1,
                Progress::Done(_) => 0,
            },
        )),
    };
    let (question, options, answer) = question?;
    Some(Prediction {
        asked_at: began - 1,
        answered_at: began,
        question: Note::new(question).plain(),
        options,
        answer,
        why: tape.frames().get(began)?.note.clone(),
    })
}

fn fates() -> Vec<Choice> {
    let choice = |name: &str, place, role| Choice { name: name.into(), place, role };
    vec![
        choice("It is done at once", "", "role-ok"),
        choice("It waits", "", "role-lock"),
        choice("It fails", "", "role-fault"),
    ]
}

fn blocked_options(scene: &Scene) -> Vec<Choice> {
    let lane = |id: Session| Choice { name: session::name(scene, id), place: "", role: role(id) };
    let nobody = Choice { name: "Nobody".into(), place: "", role: "" };
    (0..scene.lanes.len() as Session).map(lane).chain([nobody]).collect()
}

/// What a SELECT could return: what it does return, what the same columns returned elsewhere in the run, and, for a single
/// value of a column, what other versions hold. In the order of their text, which gives nothing away.
fn returns(before: &Scene, last: &Scene, session: Session, rows: &Rows) -> Option<(Vec<Choice>, usize)> {
    let right = words(rows)?;
    let mut options = vec![right.clone()];
    for entry in &last.entries {
        if let Progress::Done(Outcome::Rows(other)) = &entry.progress
            && other.columns == rows.columns
        {
            options.extend(words(other));
        }
    }
    if let ([column], 1) = (rows.columns.as_slice(), rows.total) {
        for table in &before.tables {
            let at = table.columns.iter().position(|name| name == column);
            let versions = table.rows.iter().flatten();
            options.extend(
                at.iter().flat_map(|&at| versions.clone().filter_map(move |version| version.values.get(at)?.clone())),
            );
        }
    }
    options.retain(|option| option.chars().count() <= LONGEST);
    options.sort();
    options.dedup();
    let answer = options.iter().position(|option| *option == right)?;
    // Four are enough to choose from.
    let from = answer.saturating_sub(3).min(options.len().saturating_sub(4));
    let options: Vec<Choice> =
        options.into_iter().skip(from).take(4).map(|name| Choice { name, place: "", role: role(session) }).collect();
    (options.len() > 1).then_some((options, answer - from))
}

/// A result in one line; `None` when it is too long for that.
fn words(rows: &Rows) -> Option<String> {
    if rows.total == 0 {
        return Some("no rows".into());
    }
    let row = |row: &Vec<Option<String>>| {
        row.iter().map(|value| value.as_deref().unwrap_or("NULL")).collect::<Vec<_>>().join(", ")
    };
    let text = rows.rows.iter().map(row).collect::<Vec<_>>().join(" | ");
    (rows.rows.len() == rows.total as usize && text.chars().count() <= LONGEST).then_some(text)
}
