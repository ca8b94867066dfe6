//! How a run of the specification is driven, drawn and told.

use super::{Action, Rm, RmState, TmState, TwoPhase};
use crate::ProcessId;
use crate::diagram::{Entry, Lane, Tone};
use crate::faults::{Budget, Fault, Setting};
use crate::network::{Link, Step};
use crate::protocol::{Cue, Flight, Happening, Protocol};
use interleave_kernel::Note;
use serde::{Deserialize, Serialize};

/// All that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// One to [`MOST`](super::MOST).
    pub participants: u8,
}

impl Scenario {
    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let (most, participants) = (super::MOST, self.participants);
        let fits = (1..=most).contains(&participants);
        fits.then_some(())
            .ok_or_else(|| format!("the specification takes 1 to {most} participants, not {participants}"))
    }
}

/// Nothing goes wrong in it that is not a step of the specification.
impl Setting for Scenario {
    const FAULTS: &'static [Fault] = &[];

    fn budget(&mut self) -> Option<&mut Budget> {
        None
    }
}

const TM: ProcessId = ProcessId(0);

fn process(rm: Rm) -> ProcessId {
    ProcessId(rm.0 + 1)
}

fn to_tm(rm: Rm) -> Link {
    Link { from: process(rm), to: TM }
}

fn to_rm(rm: Rm) -> Link {
    Link { from: TM, to: process(rm) }
}

impl Protocol for TwoPhase {
    type Scenario = Scenario;

    fn begin(scenario: &Scenario) -> Result<Self, String> {
        let wrong =
            || format!("the specification takes 1 to {} participants, not {}", super::MOST, scenario.participants);
        Self::new(scenario.participants).ok_or_else(wrong)
    }

    /// All prepare, and the coordinator commits: so far as there are three.
    fn story(preset: &str) -> &'static [Cue<Self>] {
        const fn cue(take: fn(&Action) -> bool) -> Cue<TwoPhase> {
            Cue { when: |_| true, take }
        }
        const COMMIT: &[Cue<TwoPhase>] = &[
            cue(|it| *it == Action::RmPrepare(Rm(0))),
            cue(|it| *it == Action::RmPrepare(Rm(1))),
            cue(|it| *it == Action::RmPrepare(Rm(2))),
            cue(|it| *it == Action::TmRcvPrepared(Rm(0))),
            cue(|it| *it == Action::TmRcvPrepared(Rm(1))),
            cue(|it| *it == Action::TmRcvPrepared(Rm(2))),
            cue(|it| *it == Action::TmCommit),
            cue(|it| *it == Action::RmRcvCommitMsg(Rm(0))),
            cue(|it| *it == Action::RmRcvCommitMsg(Rm(1))),
            cue(|it| *it == Action::RmRcvCommitMsg(Rm(2))),
        ];
        if preset == "specification" { COMMIT } else { &[] }
    }

    fn opening(&self) -> Note {
        Note::new(
            "**A transaction is at work.** Every participant may prepare or abort, and the coordinator may abort.",
        )
    }

    fn closing(&self) -> Note {
        Note::new("**Nothing is left to happen.**")
    }

    fn lanes(&self) -> Vec<Lane> {
        let decision = match self.tm_state {
            TmState::Init => None,
            TmState::Committed => Some(Entry::toned("committed", Tone::Good)),
            TmState::Aborted => Some(Entry::toned("aborted", Tone::Bad)),
        };
        let heard = self.rms().filter(|&rm| self.tm_prepared.contains(rm));
        let heard = heard.map(|rm| Entry::plain(format!("participant {} is prepared", rm.0 + 1)));
        let coordinator =
            Lane { name: "Coordinator".into(), log: decision.into_iter().chain(heard).collect(), ..Lane::default() };
        let participant = |rm: Rm| {
            let state = match self.state(rm) {
                RmState::Working => Entry::plain("working"),
                RmState::Prepared => Entry::toned("prepared", Tone::Locked),
                RmState::Committed => Entry::toned("committed", Tone::Good),
                RmState::Aborted => Entry::toned("aborted", Tone::Bad),
            };
            let locked = matches!(self.state(rm), RmState::Working | RmState::Prepared);
            Lane { name: format!("Participant {}", rm.0 + 1), log: vec![state], locked, ..Lane::default() }
        };
        [coordinator].into_iter().chain(self.rms().map(participant)).collect()
    }

    /// What was sent and not received. The specification's messages stay for ever: what was received can be received again.
    fn flights(&self) -> Vec<Flight> {
        let mut flights = Vec::new();
        let mut fly = |link: Link, words: &str| flights.push(Flight { link, words: words.into(), held: false });
        for rm in self.rms() {
            if self.msgs.prepared.contains(rm) && !self.tm_prepared.contains(rm) {
                fly(to_tm(rm), "prepared");
            }
            let open = matches!(self.state(rm), RmState::Working | RmState::Prepared);
            if open && self.msgs.commit {
                fly(to_rm(rm), "commit");
            }
            if open && self.msgs.abort {
                fly(to_rm(rm), "abort");
            }
        }
        flights
    }

    fn happening(&self, action: &Action) -> Happening {
        let open = |rm: Rm| matches!(self.state(rm), RmState::Working | RmState::Prepared);
        match *action {
            Action::TmCommit => Happening::act(TM, "commit"),
            Action::TmAbort => Happening::act(TM, "abort"),
            Action::RmPrepare(rm) => Happening::act(process(rm), "prepare"),
            Action::RmChooseToAbort(rm) => Happening::act(process(rm), "abort"),
            Action::TmRcvPrepared(rm) if !self.tm_prepared.contains(rm) => Happening::network(Step::Deliver(to_tm(rm))),
            Action::TmRcvPrepared(rm) => Happening::act(TM, format!("hear {} again", rm.0 + 1)),
            Action::RmRcvCommitMsg(rm) | Action::RmRcvAbortMsg(rm) if open(rm) => {
                Happening::network(Step::Deliver(to_rm(rm)))
            }
            Action::RmRcvCommitMsg(rm) => Happening::act(process(rm), "hear commit again"),
            Action::RmRcvAbortMsg(rm) => Happening::act(process(rm), "hear abort again"),
        }
    }

    fn disagrees(&self) -> bool {
        self.any(RmState::Committed) && !self.all(RmState::Committed)
    }
}
