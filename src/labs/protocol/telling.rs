//! A moment in a sentence: what the narrow list shows, what a pointer is told and what a screen reader reads.

use super::row::Row;
use super::sign::Sign;
use interleave_protocols::diagram::{Deed, End};

/// A sentence and its sign: `Coordinator → Participant 2: prepare, is lost`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    pub sign: Sign,
    what: String,
    /// What became of it, with what joins the two. May be empty.
    then: String,
}

impl Telling {
    pub fn sentence(&self) -> String {
        format!("{}{}", self.what, self.then)
    }
}

/// The name of a lane.
pub fn name(names: &[String], lane: u8) -> &str {
    names.get(usize::from(lane)).map_or("somebody", String::as_str)
}

/// Words as a sentence begins.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A message in words.
pub fn message(names: &[String], from: u8, to: u8, words: &str) -> String {
    format!("{} → {}: {words}", name(names, from), name(names, to))
}

/// What happened in a row. `first` is the start, where nothing has happened yet.
pub fn telling(row: &Row, first: bool, names: &[String]) -> Telling {
    let moment = &row.moment;
    let who = || moment.lane.map_or("Somebody", |lane| name(names, lane)).to_owned();
    // Who receives something from a broker sends nothing: what was sent knows its sender.
    let sender = || row.sent.first().map_or_else(who, |sent| name(names, sent.from).to_owned());
    let ended = || match row.ended.first() {
        Some(ended) => message(names, ended.from, ended.to, &ended.words),
        None => moment.lane.map_or("A message".into(), |lane| format!("A message for {}", name(names, lane))),
    };
    let (what, then) = match moment.deed {
        Deed::Rest if first => ("Start".to_owned(), ""),
        Deed::Rest => ("Nothing more happens".into(), ""),
        Deed::Act if row.sent.is_empty() => (format!("{}: {}", who(), moment.words), ""),
        Deed::Act => (sender(), ""),
        Deed::Deliver if nobody(row) => (ended(), ", finds nobody"),
        Deed::Deliver => (ended(), ", arrives"),
        Deed::Overtake => (ended(), ", overtakes those before it"),
        Deed::Lose => (ended(), ", is lost"),
        // An acknowledgement that is lost: what it acknowledges will come again.
        Deed::Duplicate if row.sent.iter().any(|sent| !sent.twin) => (sender(), ""),
        Deed::Duplicate => {
            let twin = row.sent.iter().find(|sent| sent.twin);
            let what = twin.map(|twin| message(names, twin.from, twin.to, &twin.words));
            (what.unwrap_or_else(|| "A message".into()), ", becomes two")
        }
        // The words say which link it is.
        Deed::Hold => (or(&moment.words, "a link"), " is held up"),
        Deed::Release => (or(&moment.words, "a link"), " carries again"),
        Deed::Isolate => (who(), " is cut off"),
        Deed::Heal => (who(), " is reached again"),
        Deed::Clock => ("Nothing happens for a while".into(), ""),
        Deed::Timeout => (who(), " times out"),
        Deed::EarlyTimeout => (who(), " times out early"),
        Deed::Crash => (who(), " crashes"),
        Deed::Restart => (who(), " restarts"),
    };
    let then =
        format!("{then}{}{}{}", sends(row, names), same_moment(row), if moment.writes { ", on disk" } else { "" });
    Telling { sign: of(row), what, then }
}

/// What the process of a row sends: ` → Coordinator: yes`.
fn sends(row: &Row, names: &[String]) -> String {
    let sent = row.sent.iter().filter(|sent| !sent.twin);
    sent.map(|sent| format!(" → {}: {}", name(names, sent.to), sent.words)).collect::<Vec<_>>().join(",")
}

fn or(words: &str, otherwise: &str) -> String {
    if words.is_empty() { otherwise } else { words }.to_owned()
}

fn nobody(row: &Row) -> bool {
    matches!(row.ended.first().map(|ended| ended.end), Some(End::Nobody(_)))
}

/// What became of a message that was sent and carried in one moment.
fn same_moment(row: &Row) -> &'static str {
    match row.ended.first().map(|ended| ended.end) {
        _ if row.sent.is_empty() => "",
        Some(End::Lost(_)) => ", is lost",
        Some(End::Nobody(_)) => ", finds nobody",
        _ => "",
    }
}

fn of(row: &Row) -> Sign {
    match row.moment.deed {
        Deed::Act if !row.sent.is_empty() => Sign::Send,
        Deed::Act if row.moment.writes => Sign::Disk,
        Deed::Deliver if nobody(row) => Sign::Nobody,
        deed => Sign::Deed(deed),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::labs::protocol::geometry::Scale;
    use crate::labs::protocol::window::Window;
    use interleave_protocols::diagram::Diagram;
    use interleave_protocols::play::{Play, Subject, Way, record};
    use interleave_protocols::saga::choreography::Scenario;

    /// What the rows of a run say, the start left out.
    fn told(diagram: &Diagram) -> Vec<String> {
        let names: Vec<String> = diagram.lanes.iter().map(|lane| lane.name.clone()).collect();
        let window = Window::of(diagram, Scale::FULL);
        let rows = window.chunks.iter().flat_map(|chunk| chunk.rows.iter());
        rows.skip(1).map(|row| telling(row, false, &names).sentence()).collect()
    }

    /// Whoever hears of an event hears of it from the broker.
    #[test]
    fn a_message_has_the_sender_that_its_arrow_has() {
        let subject = Subject::ChoreographedSaga(Scenario::default());
        let calm = record(&Play { subject: subject.clone(), histories: vec![Way::Calm], here: 0 });
        let said = told(calm.last());
        assert_eq!(said[1..3], ["Orders → Broker: order placed, on disk", "Broker → Stock: order placed"]);
        for (sentence, moment) in said.iter().zip(&calm.last().moments[1..]) {
            assert!(!sentence.is_empty(), "{moment:?}");
        }
        let twice = calm.frames().len();
        let lost = (0..twice).find_map(|at| {
            let scene = calm.scene(at);
            let offer = scene.offers.iter().find(|offer| offer.deed == Deed::Duplicate)?;
            Some(Way::Fork { of: 0, at: at as u16, pick: offer.pick })
        });
        let fork = record(&Play { subject, histories: vec![Way::Calm, lost.unwrap()], here: 1 });
        let said = told(fork.last());
        assert!(said.contains(&"Stock → Broker: acknowledged, is lost".to_owned()), "{said:#?}");
    }
}
