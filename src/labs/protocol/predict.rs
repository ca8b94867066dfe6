//! What will come of it? What can be asked, and the answers, are read from the tape.

use crate::labs::{Choice, Prediction};
use interleave_kernel::{Note, Span, Tape};
use interleave_protocols::diagram::{Deed, Diagram};

/// At most so many answers to choose from.
const OPTIONS: usize = 4;

/// The first question that can be asked at or after frame `at`: what a process will do, whether a fault breaks a rule, or, from the start, how
/// many messages it takes.
pub fn predict(tape: &Tape<Diagram>, at: usize) -> Option<Prediction> {
    let last = tape.last();
    let ahead = (at.max(1)..tape.len()).find_map(|row| match last.moments.get(row)?.deed {
        deed if deed.fault().is_some() && row >= at => breaks(tape, row),
        Deed::Restart | Deed::Timeout if row > at => does(tape, row),
        _ => None,
    });
    ahead.or_else(|| if at == 0 { messages(tape) } else { None })
}

/// Something has gone wrong: is a rule broken in the end?
fn breaks(tape: &Tape<Diagram>, row: usize) -> Option<Prediction> {
    let last = tape.last();
    let broken = last.broken.iter().find(|broken| broken.row as usize > row);
    let answered_at = broken.map_or(tape.len() - 1, |broken| broken.row as usize);
    if answered_at <= row {
        return None;
    }
    let right = broken.map(|broken| usize::from(broken.rule));
    // The rule that is broken, if one is, and the first others.
    let mut rules: Vec<usize> = (0..last.rules.len()).filter(|rule| Some(*rule) != right).take(OPTIONS - 2).collect();
    rules.extend(right.or((rules.len()..last.rules.len()).next()));
    rules.sort_unstable();
    let option = |name: String, role| Choice { name, place: "", role };
    let mut options: Vec<_> =
        rules.iter().filter_map(|&rule| Some(option(last.rules.get(rule)?.name.clone(), "role-fault"))).collect();
    options.push(option("None of them".into(), "role-ok"));
    let answer = right.and_then(|right| rules.iter().position(|&rule| rule == right)).unwrap_or(options.len() - 1);
    Some(Prediction {
        asked_at: row,
        answered_at,
        question: "Something has just gone wrong. Which rule will be broken first?".into(),
        why: match broken {
            Some(broken) => broken.note.clone(),
            None => tape.frames().get(answered_at)?.note.clone(),
        },
        options,
        answer,
    })
}

/// A process is back, or has waited long enough: what does it do?
fn does(tape: &Tape<Diagram>, row: usize) -> Option<Prediction> {
    let last = tape.last();
    let moment = last.moments.get(row)?;
    let lane = moment.lane?;
    let name = &last.lanes.get(usize::from(lane))?.name;
    let says = |at: usize| tape.frames().get(at).map(|frame| sentence(&frame.note));
    let right = says(row)?;
    let mut options = vec![right.clone()];
    // What it says elsewhere in the run, nearest first.
    let mut elsewhere: Vec<_> =
        (1..tape.len()).filter(|&at| last.moments.get(at).is_some_and(|it| it.lane == Some(lane))).collect();
    elsewhere.sort_by_key(|at| at.abs_diff(row));
    for at in elsewhere {
        if let Some(words) = says(at).filter(|words| !options.contains(words)) {
            options.push(words);
        }
    }
    options.truncate(OPTIONS);
    options.sort();
    if options.len() < 2 {
        return None;
    }
    let answer = options.iter().position(|option| *option == right)?;
    Some(Prediction {
        asked_at: row - 1,
        answered_at: row,
        question: match moment.deed {
            Deed::Restart => format!("{name} is about to restart. What will it say?"),
            _ => format!("{name} has waited long enough, and its timer goes off. What does it do?"),
        },
        options: options.into_iter().map(|name| Choice { name, place: "", role: "" }).collect(),
        answer,
        why: tape.frames().get(row)?.note.clone(),
    })
}

/// From the start: how many messages does it take?
fn messages(tape: &Tape<Diagram>) -> Option<Prediction> {
    let messages = tape.last().figures.messages;
    let answered_at = tape.len().checked_sub(1)?;
    if messages == 0 || answered_at == 0 {
        return None;
    }
    // Which of the four is right gives nothing away: it depends on the number itself.
    let answer = messages as usize % OPTIONS;
    let step = (messages / 4).max(1);
    let least = messages.saturating_sub(answer as u32 * step);
    let options: Vec<_> = (0..OPTIONS as u32).map(|at| least + at * step).collect();
    let answer = options.iter().position(|&option| option == messages)?;
    let choice = |count: u32| Choice { name: count.to_string(), place: "", role: "" };
    Some(Prediction {
        asked_at: 0,
        answered_at,
        question: "How many messages will be sent until all is over?".into(),
        options: options.into_iter().map(choice).collect(),
        answer,
        why: tape.frames().get(answered_at)?.note.clone(),
    })
}

/// The headline of a note.
fn sentence(note: &Note) -> String {
    let strong = note.spans().take_while(|span| matches!(span, Span::Strong(_) | Span::StrongCode(_)));
    let words: String = strong
        .map(|span| match span {
            Span::Strong(text) | Span::StrongCode(text) | Span::Plain(text) | Span::Code(text) => text,
        })
        .collect();
    if words.is_empty() { note.plain() } else { words }
}
