//! What happens first?

use crate::program::{MemoryGauge, run};
use crate::{Answer, tape};
use interleave_course::question::{Event, Order, Tape};
use interleave_kernel::Note;

/// Runs what the events happen in, finds each of them once, and says which comes when.
pub fn answer(order: &Order, memory: Option<MemoryGauge>) -> Result<Answer, Vec<String>> {
    match &order.of {
        Tape::Program(program) => {
            let text = run(program, memory).map_err(|why| vec![why])?.text;
            in_order(&order.events, "line", |event| line(&text, event))
        }
        Tape::Lab { lab, preset } => {
            let notes = tape::notes(lab, preset).map_err(|why| vec![why])?;
            in_order(&order.events, "frame", |event| frame(&notes, event))
        }
    }
}

/// The events in the order of their places. `what` is what a place is.
fn in_order(
    events: &[Event],
    what: &str,
    place: impl Fn(&Event) -> Result<usize, String>,
) -> Result<Answer, Vec<String>> {
    let (mut places, mut faults) = (Vec::new(), Vec::new());
    for (at, event) in events.iter().enumerate() {
        match place(event) {
            Ok(place) => places.push((place, at)),
            Err(why) => faults.push(format!("event {}: {why}", at + 1)),
        }
    }
    places.sort_unstable();
    for pair in places.windows(2) {
        let ((one, first), (other, second)) = (pair[0], pair[1]);
        if one == other {
            faults.push(format!("events {} and {} are in the same {what}, {one}", first + 1, second + 1));
        }
    }
    let order = places.into_iter().map(|(_, at)| at).collect();
    if faults.is_empty() { Ok(Answer::Order(order)) } else { Err(faults) }
}

/// The line of an output that an event is, from 1.
fn line(text: &str, event: &Event) -> Result<usize, String> {
    let said = event.text.trim();
    let mut found = (1..).zip(text.lines()).filter(|(_, line)| line.trim() == said).map(|(at, _)| at);
    match (found.next(), found.count()) {
        (Some(line), 0) => Ok(line),
        (None, _) => Err(format!("the program does not print “{said}”")),
        (Some(_), more) => Err(format!("the program prints “{said}” {} times", more + 1)),
    }
}

/// The first frame that tells of an event, from 0.
fn frame(notes: &[Note], event: &Event) -> Result<usize, String> {
    let found = &event.found;
    let tells = |note: &Note| note.markup().contains(found) || note.plain().contains(found);
    notes.iter().position(tells).ok_or_else(|| format!("no frame says “{found}”"))
}
