//! A participant: prepares, votes, and then may not decide alone.

use super::machine::{COORDINATOR, Message, Outcome, TwoPhaseCommit, name};
use crate::database::Transaction;
use crate::{Database, Process, ProcessId, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// A participant.
pub type Participant = Process<ParticipantDisk, ParticipantMemory>;

/// What a participant keeps through a crash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ParticipantDisk {
    pub log: SmallVec<[Record; 4]>,
    pub database: Database<Row, i32>,
}

/// A record of a participant's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Record {
    /// It can commit, and can abort; it will do as it is told.
    Prepared,
    Committed,
    Aborted,
}

/// The one row of its database: the balance of its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Row;

/// What a participant loses in a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ParticipantMemory {
    /// It was asked to prepare and has not answered.
    pub asked: bool,
    /// It may vote yes: it has prepared and not said so.
    pub ready: bool,
    /// It has voted yes since it was started.
    pub voted: bool,
    /// What it was told and has not done.
    pub heard: Option<Outcome>,
    /// It waits to be asked, or to be told.
    pub timer: Timer,
}

/// How far a participant is, as far as its disk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// It has changed its row and may still decide alone.
    Working,
    /// It has prepared, and may not.
    InDoubt,
    Committed,
    /// It has said so, or lost its work in a crash.
    Aborted,
}

impl Stage {
    /// As it is said of a participant.
    pub fn words(self) -> &'static str {
        match self {
            Stage::Working => "has not voted",
            Stage::InDoubt => "is in doubt",
            Stage::Committed => "has committed",
            Stage::Aborted => "has aborted",
        }
    }
}

/// The transaction that this is all about.
pub(super) const TRANSFER: Transaction = Transaction(1);
/// A client's own, at participant 1.
pub(super) const WITHDRAWAL: Transaction = Transaction(2);
/// What the client withdraws.
pub(super) const WITHDRAWN: i32 = 5;

impl ParticipantDisk {
    /// An account with 100, and a transfer that has changed it by that much.
    pub(super) fn new(change: i32) -> Self {
        let mut database = Database::new([(Row, 100)]);
        let written = database.write(TRANSFER, Row, 100 + change);
        assert_eq!(written, Ok(()), "nobody else is there");
        Self { log: SmallVec::new(), database }
    }

    /// How far it is.
    pub fn stage(&self) -> Stage {
        match self.log.last() {
            Some(Record::Committed) => Stage::Committed,
            Some(Record::Aborted) => Stage::Aborted,
            Some(Record::Prepared) => Stage::InDoubt,
            None if self.database.is_open(TRANSFER) => Stage::Working,
            None => Stage::Aborted,
        }
    }

    fn end(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Commit => {
                self.log.push(Record::Committed);
                self.database.commit(TRANSFER);
            }
            Outcome::Abort => {
                self.log.push(Record::Aborted);
                self.database.abort(TRANSFER);
            }
        }
    }
}

impl TwoPhaseCommit {
    fn participant(&mut self, id: ProcessId) -> &mut Participant {
        &mut self.participants[usize::from(id.0) - 1]
    }

    /// Both halves of a participant that is up.
    fn at(&mut self, id: ProcessId) -> (&mut ParticipantDisk, &mut ParticipantMemory) {
        self.participant(id).halves().expect("only a participant that is up takes steps")
    }

    /// Whether a participant in doubt does something about it some time.
    fn asks_in_doubt(&self) -> bool {
        self.scenario.safeguards.inquire || !self.scenario.safeguards.wait_in_doubt
    }

    /// It makes sure that it can do either.
    pub(super) fn prepare<T: Tell>(&mut self, id: ProcessId) -> T {
        let (logs, keeps) = (self.scenario.safeguards.log_before_vote, self.scenario.safeguards.keep_locks);
        let (disk, memory) = self.at(id);
        assert_eq!(disk.stage(), Stage::Working, "only who has work to prepare prepares");
        (memory.asked, memory.ready, memory.timer) = (false, true, Timer::Stopped);
        if logs {
            disk.log.push(Record::Prepared);
            disk.database.prepare(TRANSFER);
        }
        if !keeps {
            disk.database.unlock(TRANSFER);
        }
        let who = name(id);
        T::tell(|| match (logs, keeps) {
            (true, true) => format!(
                "**{} prepares:** it forces its changes to its log and keeps its locks. From here on it may not decide alone.",
                capital(&who)
            ),
            (true, false) => format!("**{} prepares,** and lets go of its locks.", capital(&who)),
            (false, _) => format!("**{} gets ready to vote yes** and writes nothing to its log.", capital(&who)),
        })
    }

    /// It says that it has prepared.
    pub(super) fn vote<T: Tell>(&mut self, id: ProcessId) -> T {
        let waits = self.asks_in_doubt();
        let (_, memory) = self.at(id);
        (memory.ready, memory.voted, memory.timer) = (false, true, if waits { Timer::Running } else { Timer::Stopped });
        self.send(id, COORDINATOR, Message::Yes);
        T::tell(|| format!("**{} votes yes.**", capital(&name(id))))
    }

    /// It aborts, as long as it may, and says so.
    pub(super) fn refuse<T: Tell>(&mut self, id: ProcessId) -> T {
        let (disk, memory) = self.at(id);
        assert_eq!(disk.stage(), Stage::Working, "who has prepared may not decide alone");
        disk.end(Outcome::Abort);
        *memory = ParticipantMemory::default();
        self.send(id, COORDINATOR, Message::No);
        T::tell(|| format!("**{} votes no** and undoes its changes. It may: it has not prepared.", capital(&name(id))))
    }

    /// It does what it was told.
    pub(super) fn obey<T: Tell>(&mut self, id: ProcessId) -> T {
        let acknowledges = self.scenario.safeguards.log_before_acknowledge;
        let (disk, memory) = self.at(id);
        let outcome = memory.heard.expect("only who was told obeys");
        disk.end(outcome);
        *memory = ParticipantMemory::default();
        if outcome == Outcome::Commit && acknowledges {
            self.send(id, COORDINATOR, Message::Ack);
        }
        T::tell(|| match outcome {
            Outcome::Commit => format!("**{} commits,** lets go of its locks and acknowledges.", capital(&name(id))),
            Outcome::Abort => {
                format!("**{} aborts,** undoes its changes and lets go of its locks.", capital(&name(id)))
            }
        })
    }

    /// Its timer goes off.
    pub(super) fn participant_times_out<T: Tell>(&mut self, id: ProcessId) -> T {
        let (waits, others) = (self.scenario.safeguards.wait_in_doubt, self.scenario.cooperative);
        let (disk, memory) = self.at(id);
        if disk.stage() == Stage::Working && !memory.voted {
            disk.end(Outcome::Abort);
            *memory = ParticipantMemory::default();
            return T::tell(|| {
                format!(
                    "**{} has waited too long to be asked and aborts.** It may: it has not prepared.",
                    capital(&name(id))
                )
            });
        }
        if !waits {
            disk.end(Outcome::Abort);
            *memory = ParticipantMemory::default();
            return T::tell(|| {
                format!(
                    "**{} has waited too long and aborts,** though it has voted yes: a heuristic decision.",
                    capital(&name(id))
                )
            });
        }
        memory.timer.start();
        self.send(id, COORDINATOR, Message::Inquiry);
        if others {
            let peers: Vec<_> = self.participant_ids().filter(|&peer| peer != id).collect();
            peers.into_iter().for_each(|peer| self.send(id, peer, Message::Inquiry));
        }
        T::tell(|| match others {
            true => {
                format!("**{} is in doubt and asks everybody** how it ended. It keeps its locks.", capital(&name(id)))
            }
            false => format!(
                "**{} is in doubt and asks the coordinator** how it ended. It keeps its locks.",
                capital(&name(id))
            ),
        })
    }

    /// It finds in its log whether it is in doubt.
    pub(super) fn participant_restarts<T: Tell>(&mut self, id: ProcessId) -> T {
        let asks = self.asks_in_doubt();
        let participant = self.participant(id);
        let doubts = participant.durable.stage() == Stage::InDoubt;
        let timer = if doubts && asks { Timer::Running } else { Timer::Stopped };
        participant.restart(|_| ParticipantMemory { timer, ..ParticipantMemory::default() });
        T::tell(|| match doubts {
            true => {
                format!("**{} is back** and finds in its log that it has prepared: it is in doubt.", capital(&name(id)))
            }
            false => format!("**{} is back.** Its log leaves nothing in doubt.", capital(&name(id))),
        })
    }

    pub(super) fn participant_crashes<T: Tell>(&mut self, id: ProcessId) -> T {
        let participant = self.participant(id);
        let worked = participant.durable.stage() == Stage::Working;
        participant.crash();
        participant.durable.database.crash();
        T::tell(|| match worked {
            true => format!("**{} crashes.** Its changes were not prepared and are gone.", capital(&name(id))),
            false => format!("**{} crashes.** What its log says stays.", capital(&name(id))),
        })
    }

    pub(super) fn participant_receives<T: Tell>(&mut self, id: ProcessId, from: ProcessId, message: Message) -> T {
        let acknowledges_at_once = !self.scenario.safeguards.log_before_acknowledge;
        let who = capital(&name(id));
        let (disk, memory) = self.at(id);
        match (disk.stage(), message) {
            (Stage::Working, Message::Prepare) if !memory.ready && !memory.voted => {
                memory.asked = true;
                T::tell(|| format!("**{who} is asked to prepare.**"))
            }
            (Stage::Aborted, Message::Prepare) => {
                self.send(id, COORDINATOR, Message::No);
                T::tell(|| format!("**{who} is asked to prepare and votes no:** it has aborted already."))
            }
            (Stage::Working | Stage::InDoubt, Message::Commit) => {
                memory.heard = Some(Outcome::Commit);
                if acknowledges_at_once {
                    self.send(id, COORDINATOR, Message::Ack);
                    return T::tell(|| format!("**{who} is told to commit, and acknowledges** before it does."));
                }
                T::tell(|| format!("**{who} is told to commit.**"))
            }
            (Stage::Working | Stage::InDoubt, Message::Abort) if memory.heard.is_none() => {
                memory.heard = Some(Outcome::Abort);
                T::tell(|| format!("**{who} is told to abort.**"))
            }
            (Stage::Committed | Stage::Aborted, Message::Commit) => {
                self.send(id, COORDINATOR, Message::Ack);
                T::tell(|| format!("**{who} is told to commit and acknowledges:** it has nothing left to do."))
            }
            (Stage::Committed, Message::Inquiry) => {
                self.send(id, from, Message::Commit);
                T::tell(|| format!("**{who} answers {}: commit.**", name(from)))
            }
            (Stage::Aborted, Message::Inquiry) => {
                self.send(id, from, Message::Abort);
                T::tell(|| format!("**{who} answers {}: abort.**", name(from)))
            }
            (Stage::Working, Message::Inquiry) if !memory.ready && !memory.voted => {
                disk.end(Outcome::Abort);
                *memory = ParticipantMemory::default();
                self.send(id, from, Message::Abort);
                T::tell(|| {
                    format!(
                        "**{who} aborts and answers {}: abort.** It has not voted, so nothing can be committed.",
                        name(from)
                    )
                })
            }
            (Stage::Working | Stage::InDoubt, Message::Inquiry) => {
                T::tell(|| format!("**{who} cannot answer {}:** it is in doubt itself.", name(from)))
            }
            (_, message) => T::tell(|| format!("**{who} has no use for “{message}”.**")),
        }
    }

    /// A client withdraws five from the account of participant 1.
    pub(super) fn withdraw<T: Tell>(&mut self) -> T {
        self.withdrawn = true;
        let database = &mut self.participant(ProcessId(1)).durable.database;
        let balance = *database.read(&Row).expect("every account has a balance") - WITHDRAWN;
        let written = database.write(WITHDRAWAL, Row, balance);
        assert_eq!(written, Ok(()), "a locked row makes others wait");
        database.commit(WITHDRAWAL);
        T::tell(|| format!("**A client withdraws {WITHDRAWN}** from the account of participant 1."))
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
