//! How a run is driven, drawn and told.

use super::coordinator::{Phase, Record};
use super::machine::{Action, COORDINATOR, TwoPhaseCommit};
use super::participant::{self, Participant, Row, Stage};
use super::{Scenario, Storage, stories};
use crate::diagram::{Deed, Entry, Lane, Status, Tone, Waits};
use crate::faults::{Budget, Setting};
use crate::protocol::{Cue, Flight, Happening, Protocol};
use crate::{ProcessId, Processes};
use interleave_kernel::Note;

impl Setting for Scenario {
    fn budget(&mut self) -> Option<&mut Budget> {
        Some(&mut self.faults)
    }
}

impl Protocol for TwoPhaseCommit {
    type Scenario = Scenario;

    fn begin(scenario: &Scenario) -> Result<Self, String> {
        Self::new(scenario)
    }

    fn story(preset: &str) -> &'static [Cue<Self>] {
        stories::story(preset)
    }

    fn opening(&self) -> Note {
        Note::new(match self.participants.len() {
            1 => "**A transaction is about to commit.** Its one participant has changed and locked its row.".into(),
            many => format!(
                "**A transaction is about to commit.** Participant 1 pays 10 to each of the others; all {many} have changed and locked \
                 their rows."
            ),
        })
    }

    fn closing(&self) -> Note {
        let ends: Vec<_> =
            (1..).zip(self.stages()).map(|(number, stage)| format!("participant {number} {}", stage.words())).collect();
        Note::new(format!("**Nothing is left to happen:** {}.", ends.join(", ")))
    }

    fn lanes(&self) -> Vec<Lane> {
        let participants = self.participant_ids().zip(&self.participants);
        let mut lanes = vec![self.coordinator_lane()];
        lanes.extend(participants.map(|(id, participant)| self.participant_lane(id, participant)));
        lanes
    }

    fn flights(&self) -> Vec<Flight> {
        self.network.flights()
    }

    fn happening(&self, action: &Action) -> Happening {
        match *action {
            Action::Ask(to) => Happening::act(COORDINATOR, format!("ask {} to prepare", to.0)),
            Action::Decide => Happening::act(COORDINATOR, "decide to commit"),
            Action::Tell(to) => Happening::act(COORDINATOR, format!("tell {}", to.0)),
            Action::Forget => Happening::act(COORDINATOR, "forget"),
            Action::Prepare(who) => Happening::act(who, "prepare"),
            Action::Vote(who) => Happening::act(who, "vote yes"),
            Action::Refuse(who) => Happening::act(who, "vote no"),
            Action::Obey(who) => Happening::act(who, "do as told"),
            Action::Withdraw => Happening::act(ProcessId(1), "client withdraws"),
            Action::Network(step) => Happening::network(step),
            Action::Clock => Happening::clock(),
            Action::Timeout(who) => Happening::befalls(who, Deed::Timeout),
            Action::EarlyTimeout(who) => Happening::befalls(who, Deed::EarlyTimeout),
            Action::Crash(who) => Happening::befalls(who, Deed::Crash),
            Action::Restart(who) => Happening::befalls(who, Deed::Restart),
        }
    }

    fn disagrees(&self) -> bool {
        self.stages().any(|stage| stage == Stage::Committed) && self.stages().any(|stage| stage != Stage::Committed)
    }
}

impl TwoPhaseCommit {
    fn coordinator_lane(&self) -> Lane {
        let record = |record: &Record| match record {
            Record::Commit => Entry::toned("commit", Tone::Good),
            Record::End => Entry::plain("end"),
        };
        let memory = self.coordinator.memory();
        Lane {
            name: "Coordinator".into(),
            status: Status::of(memory.is_some(), self.network.is_isolated(COORDINATOR)),
            waits: memory.map(|memory| Waits::of(memory.timer)).unwrap_or_default(),
            log: self.coordinator.durable.iter().map(record).collect(),
            memory: memory.map(|memory| thoughts(&memory.phase)).unwrap_or_default(),
            ..Lane::default()
        }
    }

    fn participant_lane(&self, id: ProcessId, participant: &Participant) -> Lane {
        let record = |record: &participant::Record| match record {
            participant::Record::Prepared => Entry::toned("prepared", Tone::Locked),
            participant::Record::Committed => Entry::toned("committed", Tone::Good),
            participant::Record::Aborted => Entry::toned("aborted", Tone::Bad),
        };
        let log = match self.scenario.storage {
            Storage::Model => participant.durable.log.iter().map(record).collect(),
            Storage::Postgres => self.executed(id, participant),
        };
        let database = &participant.durable.database;
        let balance = database.read(&Row).copied().unwrap_or_default();
        let row = match database.pending(&Row) {
            Some(next) => Entry::toned(format!("balance {balance} → {next}"), Tone::Locked),
            None => Entry::plain(format!("balance {balance}")),
        };
        let memory = participant.memory();
        let words = |memory: &participant::ParticipantMemory| {
            let said = [
                (memory.asked, "asked to prepare"),
                (memory.ready, "ready to vote yes"),
                (memory.voted, "has voted yes"),
                (memory.heard == Some(super::Outcome::Commit), "told to commit"),
                (memory.heard == Some(super::Outcome::Abort), "told to abort"),
            ];
            said.into_iter().filter(|(so, _)| *so).map(|(_, words)| Entry::plain(words)).collect()
        };
        Lane {
            name: format!("Participant {}", id.0),
            status: Status::of(memory.is_some(), self.network.is_isolated(id)),
            waits: memory.map(|memory| Waits::of(memory.timer)).unwrap_or_default(),
            locked: database.owner(&Row).is_some(),
            log,
            rows: vec![row],
            memory: memory.map(words).unwrap_or_default(),
        }
    }
}

/// What the coordinator has in mind.
fn thoughts(phase: &Phase) -> Vec<Entry> {
    let who = |what: &str, set: Processes| {
        let numbers: Vec<_> =
            (1..16).filter(|&at| set.contains(ProcessId(at))).map(|number| number.to_string()).collect();
        (!numbers.is_empty()).then(|| Entry::plain(format!("{what} {}", numbers.join(", "))))
    };
    let (phase, sets) = match *phase {
        Phase::Voting { asked, yes } => ("collects votes", [who("asked", asked), who("yes from", yes)]),
        Phase::Committing { told, acknowledged } => {
            ("commits", [who("told", told), who("acknowledged by", acknowledged)])
        }
        Phase::Aborting { told } => ("aborts", [who("told", told), None]),
        Phase::Forgotten => ("knows of no transaction", [None, None]),
    };
    [Some(Entry::plain(phase))].into_iter().chain(sets).flatten().collect()
}
