//! What the machine's records stand for in SQL.

use super::{CLIENT, PARTICIPANT};
use crate::ProcessId;
use crate::diagram::{Entry, Tone};
use crate::two_phase_commit::TwoPhaseCommit;
use crate::two_phase_commit::participant::{Participant, Record, Stage, WITHDRAWN};

/// The server says it to its own log: nobody has sent it.
const GONE: &str = "-- the connection is gone: rolled back";
/// Whose statement it is, as a comment after it.
const OTHERS: &str = "-- another session";

impl TwoPhaseCommit {
    /// The statements that a participant's database has executed, in order, as its lane shows them.
    pub(in crate::two_phase_commit) fn executed(&self, id: ProcessId, participant: &Participant) -> Vec<Entry> {
        let disk = &participant.durable;
        let change = self.scenario.change(usize::from(id.0) - 1);
        let mut log = vec![Entry::plain("BEGIN"), Entry::plain(update(change))];
        log.extend(disk.log.iter().scan(false, |prepared, &record| Some(ending(prepared, record))));
        if disk.log.is_empty() && disk.stage() == Stage::Aborted {
            log.push(Entry::toned(GONE, Tone::Bad));
        }
        // The row is locked until the transaction has ended: the client comes last.
        if id == ProcessId(1) && self.withdrawn {
            log.push(Entry::plain(format!("{} {OTHERS}", update(-WITHDRAWN))));
        }
        log
    }
}

/// What a record of the log is written by. A transaction that has `prepared` has left its session.
fn ending(prepared: &mut bool, record: Record) -> Entry {
    match (record, *prepared) {
        (Record::Prepared, _) => {
            *prepared = true;
            Entry::toned("PREPARE TRANSACTION 'transfer'", Tone::Locked)
        }
        (Record::Committed, true) => Entry::toned("COMMIT PREPARED 'transfer'", Tone::Good),
        (Record::Committed, false) => Entry::toned("COMMIT", Tone::Good),
        (Record::Aborted, true) => Entry::toned("ROLLBACK PREPARED 'transfer'", Tone::Bad),
        (Record::Aborted, false) => Entry::toned("ROLLBACK", Tone::Bad),
    }
}

fn update(change: i32) -> String {
    let sign = if change > 0 { '+' } else { '-' };
    format!("UPDATE account SET balance = balance {sign} {}", change.abs())
}

/// Which session executes a line of [`executed`](TwoPhaseCommit::executed). `None`: it is no statement.
pub(super) fn session(line: &str) -> Option<u8> {
    match line {
        GONE => None,
        line if line.ends_with(OTHERS) => Some(CLIENT),
        _ => Some(PARTICIPANT),
    }
}
