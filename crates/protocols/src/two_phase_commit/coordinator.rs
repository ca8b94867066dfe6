//! The coordinator: asks for votes, decides, tells, and remembers as long as somebody may ask.

use super::machine::{COORDINATOR, Message, TwoPhaseCommit, name};
use crate::{Process, ProcessId, Processes, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The coordinator; its log is its durable half.
pub type Coordinator = Process<SmallVec<[Record; 4]>, CoordinatorMemory>;

/// A record of the coordinator's log. There is none for an abort: that is presumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Record {
    /// The transaction is committed from here on, whatever happens.
    Commit,
    /// All have acknowledged: nobody will ask any more.
    End,
}

/// What the coordinator loses in a crash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CoordinatorMemory {
    pub phase: Phase,
    /// It waits for votes, or for acknowledgements.
    pub timer: Timer,
}

/// How far the coordinator is, as far as it remembers.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Who was asked, and who has voted yes.
    Voting { asked: Processes, yes: Processes },
    /// Who was told, and who has acknowledged.
    Committing { told: Processes, acknowledged: Processes },
    /// Who was told, or knows already.
    Aborting { told: Processes },
    /// It knows of no transaction.
    Forgotten,
}

impl CoordinatorMemory {
    /// Before it asks anybody.
    pub fn new() -> Self {
        Self { phase: Phase::Voting { asked: Processes::default(), yes: Processes::default() }, timer: Timer::Stopped }
    }

    /// What the log says after a crash.
    fn recover(log: &[Record]) -> Self {
        let phase = match log.last() {
            Some(Record::Commit) => {
                Phase::Committing { told: Processes::default(), acknowledged: Processes::default() }
            }
            Some(Record::End) | None => Phase::Forgotten,
        };
        Self { phase, timer: Timer::Stopped }
    }
}

impl Default for CoordinatorMemory {
    fn default() -> Self {
        Self::new()
    }
}

impl TwoPhaseCommit {
    fn phase(&mut self) -> &mut Phase {
        &mut self.coordinator.memory_mut().expect("only a coordinator that is up takes steps").phase
    }

    fn timer(&mut self) -> &mut Timer {
        &mut self.coordinator.memory_mut().expect("only a coordinator that is up waits").timer
    }

    pub(super) fn all(&self, set: Processes) -> bool {
        set.len() == self.participants.len()
    }

    /// Whether it has what it takes to commit.
    pub(super) fn can_commit(&self, yes: Processes) -> bool {
        self.all(yes) || (!self.scenario.safeguards.wait_for_all_votes && !yes.is_empty())
    }

    /// Whether it may forget a commit.
    pub(super) fn can_forget(&self, told: Processes, acknowledged: Processes) -> bool {
        self.all(acknowledged) || (!self.scenario.safeguards.remember_until_acknowledged && self.all(told))
    }

    /// Phase one: "can you commit?"
    pub(super) fn ask<T: Tell>(&mut self, participant: ProcessId) -> T {
        let Phase::Voting { asked, .. } = self.phase() else { panic!("who has decided does not ask") };
        asked.insert(participant);
        let asked = *asked;
        if self.all(asked) {
            self.timer().start();
        }
        self.send(COORDINATOR, participant, Message::Prepare);
        T::tell(|| format!("**The coordinator asks {} to prepare.**", name(participant)))
    }

    /// The decision: the moment from which on the transaction is committed.
    pub(super) fn decide_to_commit<T: Tell>(&mut self) -> T {
        let logs = self.scenario.safeguards.coordinator_log;
        if logs {
            self.coordinator.durable.push(Record::Commit);
        }
        *self.phase() = Phase::Committing { told: Processes::default(), acknowledged: Processes::default() };
        self.timer().stop();
        T::tell(|| match logs {
            true => "**The coordinator decides to commit** and forces it to its log. From here on the transaction is \
                     committed, whatever crashes."
                .into(),
            false => "**The coordinator decides to commit,** in memory: it keeps no log.".into(),
        })
    }

    fn decide_to_abort(&mut self, knows: Processes) {
        *self.phase() = Phase::Aborting { told: knows };
        self.timer().stop();
        self.forget_an_abort();
    }

    /// An abort is forgotten as soon as all were told: whoever misses it asks, and what is not known is presumed aborted.
    fn forget_an_abort(&mut self) {
        let count = self.participants.len();
        if matches!(self.phase(), Phase::Aborting { told } if told.len() == count) {
            *self.phase() = Phase::Forgotten;
        }
    }

    /// Phase two: the decision.
    pub(super) fn tell_participant<T: Tell>(&mut self, participant: ProcessId) -> T {
        let repeats = self.scenario.safeguards.repeat_decision;
        let count = self.participants.len();
        let message = match self.phase() {
            Phase::Committing { told, .. } => {
                told.insert(participant);
                let all = told.len() == count;
                if all && repeats {
                    self.timer().start();
                }
                Message::Commit
            }
            Phase::Aborting { told } => {
                told.insert(participant);
                Message::Abort
            }
            Phase::Voting { .. } | Phase::Forgotten => panic!("only who has decided tells"),
        };
        self.forget_an_abort();
        self.send(COORDINATOR, participant, message);
        T::tell(|| match message {
            Message::Commit => format!("**The coordinator tells {} to commit.**", name(participant)),
            _ => format!("**The coordinator tells {} to abort.**", name(participant)),
        })
    }

    /// It writes that all is over, and forgets.
    pub(super) fn forget<T: Tell>(&mut self) -> T {
        if self.scenario.safeguards.coordinator_log {
            self.coordinator.durable.push(Record::End);
        }
        *self.phase() = Phase::Forgotten;
        self.timer().stop();
        let acknowledged = self.scenario.safeguards.remember_until_acknowledged;
        T::tell(|| match acknowledged {
            true => "**The coordinator forgets the transaction.** All have acknowledged, nobody will ask.".into(),
            false => {
                "**The coordinator forgets the transaction.** All were told; it does not wait until they answer.".into()
            }
        })
    }

    /// Its timer goes off.
    pub(super) fn coordinator_times_out<T: Tell>(&mut self) -> T {
        match self.phase().clone() {
            Phase::Voting { .. } => {
                self.decide_to_abort(Processes::default());
                T::tell(|| {
                    "**The coordinator has waited too long for a vote and aborts.** It writes nothing to its log."
                        .into()
                })
            }
            Phase::Committing { acknowledged, .. } => {
                *self.phase() = Phase::Committing { told: acknowledged, acknowledged };
                self.timer().stop();
                T::tell(|| {
                    "**The coordinator has waited too long for an acknowledgement** and will repeat itself.".into()
                })
            }
            Phase::Aborting { .. } | Phase::Forgotten => panic!("it waits for nothing"),
        }
    }

    /// It finds in its log what it may not have brought to an end.
    pub(super) fn coordinator_restarts<T: Tell>(&mut self) -> T {
        self.coordinator.restart(|log| CoordinatorMemory::recover(log));
        let knows = *self.phase() != Phase::Forgotten;
        T::tell(|| match knows {
            true => "**The coordinator is back** and finds the commit in its log. It will tell everybody again.".into(),
            false => {
                "**The coordinator is back** and finds nothing in its log to be done. Who asks is told to abort.".into()
            }
        })
    }

    pub(super) fn coordinator_receives<T: Tell>(&mut self, from: ProcessId, message: Message) -> T {
        let who = name(from);
        match (self.phase(), message) {
            (Phase::Voting { yes, .. }, Message::Yes) => {
                yes.insert(from);
                T::tell(|| format!("**The coordinator hears yes from {who}.**"))
            }
            (Phase::Voting { .. }, Message::No) => {
                let mut knows = Processes::default();
                knows.insert(from);
                self.decide_to_abort(knows);
                T::tell(|| format!("**The coordinator hears no from {who} and aborts.** One no is enough."))
            }
            (Phase::Voting { .. }, Message::Inquiry) => {
                T::tell(|| format!("**The coordinator cannot answer {who}:** it has not decided."))
            }
            (Phase::Committing { acknowledged, .. }, Message::Ack) => {
                acknowledged.insert(from);
                T::tell(|| format!("**The coordinator hears that {who} has committed.**"))
            }
            (Phase::Committing { .. }, Message::Inquiry) => {
                self.send(COORDINATOR, from, Message::Commit);
                T::tell(|| format!("**The coordinator answers {who}: commit.**"))
            }
            (Phase::Aborting { .. } | Phase::Forgotten, Message::Yes | Message::Inquiry) => {
                self.send(COORDINATOR, from, Message::Abort);
                T::tell(|| {
                    format!("**The coordinator answers {who}: abort.** What it does not know is presumed aborted.")
                })
            }
            (_, message) => T::tell(|| format!("**The coordinator has no use for “{message}” from {who}** any more.")),
        }
    }
}
