//! Participants that keep their rows in PostgreSQL, each in a database of its own.
//!
//! The protocol does not change: what a participant writes to its log, and what it does to its row, is a statement. To prepare is
//! `PREPARE TRANSACTION`, which takes the transaction away from its session and puts it on disk with its locks; to do as told is
//! `COMMIT PREPARED` or `ROLLBACK PREPARED`, from any session. (Manual, "PREPARE TRANSACTION") A crash of the participant is a connection
//! that is gone: the server rolls back what was not prepared, and keeps what was.
//!
//! The model plays alone, and says what is executed; the store answers later. So this goes by recordings: [`scripts`] reads from one what
//! every database is asked, frame by frame, and [`with_answers`] puts what the store said where the model's rows were.

mod statements;

use crate::diagram::{Change, Deed, Diagram, Entry, Lane, Tone};
use interleave_kernel::{Answer, Frame, Request, Tape};
use std::collections::VecDeque;

/// Sessions of a database.
const PARTICIPANT: u8 = 0;
const CLIENT: u8 = 1;
/// Makes the table, and looks at what is committed.
const ADMINISTRATOR: u8 = 2;

const SETUP: [&str; 2] = ["CREATE TABLE account (balance integer NOT NULL)", "INSERT INTO account VALUES (100)"];
const BALANCE: &str = "SELECT balance FROM account";
const IN_DOUBT: &str = "SELECT gid FROM pg_prepared_xacts";
/// A look at a database.
const LOOK: [&str; 2] = [BALANCE, IN_DOUBT];

/// What the participants' databases are asked: a script for each, in the order of the lanes. After whatever happens to a database in a
/// frame it is looked at once. The tape is one of a subject that [asks PostgreSQL](crate::play::Subject::asks_postgres).
pub fn scripts(tape: &Tape<Diagram>) -> Vec<Vec<Request>> {
    let mut reader = Reader::default();
    let mut scripts: Vec<Vec<Request>> = Vec::new();
    for frame in tape.frames() {
        for (at, requests) in reader.read(frame) {
            scripts.resize_with(scripts.len().max(at + 1), Vec::new);
            scripts[at].extend(requests);
        }
    }
    scripts
}

/// The same tape with what the store said beside the participants' lanes: the balance that is committed, the transaction that is in doubt,
/// and what failed. `answers` are those to [`scripts`] of this tape; where there are none, the model's rows stay.
pub fn with_answers(tape: Tape<Diagram>, answers: Vec<Vec<Answer>>) -> Tape<Diagram> {
    let mut answers: Vec<VecDeque<Answer>> = answers.into_iter().map(VecDeque::from).collect();
    let mut rows: Vec<Vec<Entry>> = vec![Vec::new(); answers.len()];
    let mut reader = Reader::default();
    let mut frames: Vec<Frame<Change>> = tape.into();
    for frame in &mut frames {
        for (at, requests) in reader.read(frame) {
            let Some(answers) = answers.get_mut(at) else { continue };
            let said: Vec<_> = answers.drain(..requests.len().min(answers.len())).collect();
            if said.len() == requests.len() {
                rows[at] = entries(&said);
            }
        }
        for change in &mut frame.changes {
            if let Change::Lane(lane, shown) = change
                && let Some(rows) = database(*lane).and_then(|at| rows.get(at)).filter(|rows| !rows.is_empty())
            {
                shown.rows.clone_from(rows);
            }
        }
    }
    frames.into()
}

/// The database of a lane: the coordinator, whose lane is the first, has none.
fn database(lane: u8) -> Option<usize> {
    usize::from(lane).checked_sub(1)
}

/// Reads a tape frame by frame.
#[derive(Default)]
struct Reader {
    /// How many lines of each database's statements were read.
    read: Vec<usize>,
}

impl Reader {
    /// What databases are asked in the next frame, by number: every one at most once.
    fn read(&mut self, frame: &Frame<Change>) -> Vec<(usize, Vec<Request>)> {
        let crashed = frame.changes.iter().find_map(|change| match change {
            Change::Moment(moment) if moment.deed == Deed::Crash => moment.lane.and_then(database),
            _ => None,
        });
        let lanes = frame.changes.iter().filter_map(|change| match change {
            Change::Lane(lane, shown) => Some((database(*lane)?, shown)),
            _ => None,
        });
        lanes.filter_map(|(at, lane)| Some((at, self.requests(at, lane, crashed == Some(at))?))).collect()
    }

    /// What a database is asked before its lane looks like that. `None`: nothing.
    fn requests(&mut self, at: usize, lane: &Lane, crashed: bool) -> Option<Vec<Request>> {
        let new = at >= self.read.len();
        self.read.resize(self.read.len().max(at + 1), 0);
        let log = lane.log.get(self.read[at]..).unwrap_or_default();
        self.read[at] = lane.log.len();
        let setup = SETUP.iter().filter(|_| new).map(|sql| statement(ADMINISTRATOR, sql));
        let crash = crashed.then_some(Request::Disconnect { session: PARTICIPANT });
        let executed = log
            .iter()
            .filter_map(|entry| statements::session(&entry.text).map(|session| statement(session, &entry.text)));
        let mut requests: Vec<_> = setup.chain(crash).chain(executed).collect();
        if requests.is_empty() {
            return None;
        }
        requests.extend(LOOK.map(|sql| statement(ADMINISTRATOR, sql)));
        Some(requests)
    }
}

fn statement(session: u8, sql: &str) -> Request {
    Request::Statement { session, sql: sql.into() }
}

/// The answers to what happened in a frame and to the look after it, as lines beside the lane.
fn entries(answers: &[Answer]) -> Vec<Entry> {
    let (happened, look) = answers.split_at(answers.len().saturating_sub(LOOK.len()));
    let failures = happened.iter().filter_map(wrong);
    let cells = |answer: &Answer| match answer {
        Answer::Rows(rows) => rows.iter().flatten().map(|cell| cell.clone().unwrap_or_default()).collect(),
        _ => Vec::new(),
    };
    let balance = look.first().into_iter().flat_map(cells).map(|balance| Entry::plain(format!("balance {balance}")));
    let in_doubt = look.get(1).into_iter().flat_map(cells);
    let in_doubt = in_doubt.map(|gid| Entry::toned(format!("pg_prepared_xacts: {gid}"), Tone::Locked));
    balance.chain(in_doubt).chain(look.iter().filter_map(wrong)).chain(failures).collect()
}

/// An answer that nobody wanted.
fn wrong(answer: &Answer) -> Option<Entry> {
    match answer {
        Answer::Failed { code, message } => Some(Entry::toned(format!("ERROR {code}: {message}"), Tone::Bad)),
        Answer::Waits => Some(Entry::toned("waits for a lock", Tone::Locked)),
        Answer::Done(_) | Answer::Rows(_) | Answer::Gone => None,
    }
}
