//! Paxos Commit: `specifications/transaction_commit/PaxosCommit.tla` and its `.cfg`: two resource managers, three acceptors, ballots 0 and 1.
//! (Gray, Lamport, *Consensus on Transaction Commit*, section 4)

use super::{every_order, figures};
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};
use serde::{Deserialize, Serialize};

const RMS: u8 = 2;
const ACCEPTORS: u8 = 3;
/// Any two acceptors; each as the one that is missing.
const MAJORITIES: [u8; 3] = [2, 1, 0];

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Rm {
    Working,
    Prepared,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Value {
    Prepared,
    Aborted,
}

/// What an acceptor knows of one instance. `accepted`: in which ballot, and what.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
struct Acceptor {
    ballot: u8,
    accepted: Option<(u8, Value)>,
}

/// Messages, by instance. Those of phase 1 are of ballot 1 only.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Message {
    Phase1a(u8),
    /// Instance, acceptor, and what it has accepted in ballot 0.
    Phase1b(u8, u8, Option<Value>),
    /// Instance, ballot.
    Phase2a(u8, u8, Value),
    /// Instance, acceptor, ballot.
    Phase2b(u8, u8, u8, Value),
    Commit,
    Abort,
}

/// All that were ever sent, as bits.
#[derive(Clone, Copy, Default, Hash)]
struct Messages(u64);

impl Messages {
    fn bit(message: Message) -> u64 {
        let value = |value| u8::from(value == Value::Aborted);
        let at = match message {
            Message::Phase1a(instance) => instance,
            Message::Phase1b(instance, acceptor, accepted) => {
                2 + (instance * ACCEPTORS + acceptor) * 3 + accepted.map_or(2, value)
            }
            Message::Phase2a(instance, ballot, it) => 20 + (instance * 2 + ballot) * 2 + value(it),
            Message::Phase2b(instance, acceptor, ballot, it) => {
                28 + ((instance * ACCEPTORS + acceptor) * 2 + ballot) * 2 + value(it)
            }
            Message::Commit => 52,
            Message::Abort => 53,
        };
        1 << at
    }

    fn send(&mut self, message: Message) {
        self.0 |= Self::bit(message);
    }

    fn has(self, message: Message) -> bool {
        self.0 & Self::bit(message) != 0
    }
}

#[derive(Clone, Hash)]
struct PaxosCommit {
    rms: [Rm; RMS as usize],
    acceptors: [[Acceptor; ACCEPTORS as usize]; RMS as usize],
    messages: Messages,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Action {
    Prepare(u8),
    ChooseToAbort(u8),
    ReceiveCommit(u8),
    ReceiveAbort(u8),
    Phase1a(u8),
    Phase2a(u8, Value),
    Commit,
    Abort,
    /// Instance, acceptor.
    Phase1b(u8, u8),
    /// Instance, acceptor, ballot.
    Phase2b(u8, u8, u8, Value),
}

const VALUES: [Value; 2] = [Value::Prepared, Value::Aborted];

impl PaxosCommit {
    /// In how many ways an instance is decided: ballots and majorities. TLC generates a state for each.
    fn decided(&self, instance: u8, value: Value) -> usize {
        let accepted = |ballot, acceptor| self.messages.has(Message::Phase2b(instance, acceptor, ballot, value));
        let ways = (0..2).flat_map(|ballot| MAJORITIES.map(|missing| (ballot, missing)));
        ways.filter(|&(ballot, missing)| (0..ACCEPTORS).all(|it| it == missing || accepted(ballot, it))).count()
    }

    /// What a leader may propose in ballot 1, for each majority that has answered.
    fn proposals(&self, instance: u8) -> impl Iterator<Item = Value> + '_ {
        let answer = move |acceptor| {
            [None, Some(Value::Prepared), Some(Value::Aborted)]
                .into_iter()
                .find(|&accepted| self.messages.has(Message::Phase1b(instance, acceptor, accepted)))
        };
        let sent = VALUES.into_iter().any(|value| self.messages.has(Message::Phase2a(instance, 1, value)));
        MAJORITIES.into_iter().filter(move |_| !sent).filter_map(move |missing| {
            let answers: Option<Vec<_>> = (0..ACCEPTORS).filter(|&it| it != missing).map(answer).collect();
            answers.map(|answers| answers.into_iter().flatten().next().unwrap_or(Value::Aborted))
        })
    }

    fn acceptor(&mut self, instance: u8, acceptor: u8) -> &mut Acceptor {
        &mut self.acceptors[usize::from(instance)][usize::from(acceptor)]
    }
}

impl Machine for PaxosCommit {
    type Action = Action;

    fn actions(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        for rm in 0..RMS {
            if self.rms[usize::from(rm)] == Rm::Working {
                actions.extend([Action::Prepare(rm), Action::ChooseToAbort(rm)]);
            }
            actions.extend(self.messages.has(Message::Commit).then_some(Action::ReceiveCommit(rm)));
            actions.extend(self.messages.has(Message::Abort).then_some(Action::ReceiveAbort(rm)));
            actions.push(Action::Phase1a(rm));
            actions.extend(self.proposals(rm).map(|value| Action::Phase2a(rm, value)));
            for acceptor in 0..ACCEPTORS {
                let ballot = self.acceptors[usize::from(rm)][usize::from(acceptor)].ballot;
                if self.messages.has(Message::Phase1a(rm)) && ballot < 1 {
                    actions.push(Action::Phase1b(rm, acceptor));
                }
                for (proposed, value) in (ballot..2).flat_map(|ballot| VALUES.map(|value| (ballot, value))) {
                    if self.messages.has(Message::Phase2a(rm, proposed, value)) {
                        actions.push(Action::Phase2b(rm, acceptor, proposed, value));
                    }
                }
            }
        }
        let commits = (0..RMS).map(|rm| self.decided(rm, Value::Prepared)).product();
        let aborts = (0..RMS).map(|rm| self.decided(rm, Value::Aborted)).sum();
        actions.extend(std::iter::repeat_n(Action::Commit, commits));
        actions.extend(std::iter::repeat_n(Action::Abort, aborts));
        actions
    }

    fn step(&mut self, action: &Action) -> Note {
        match *action {
            Action::Prepare(rm) => {
                self.rms[usize::from(rm)] = Rm::Prepared;
                self.messages.send(Message::Phase2a(rm, 0, Value::Prepared));
            }
            Action::ChooseToAbort(rm) => {
                self.rms[usize::from(rm)] = Rm::Aborted;
                self.messages.send(Message::Phase2a(rm, 0, Value::Aborted));
            }
            Action::ReceiveCommit(rm) => self.rms[usize::from(rm)] = Rm::Committed,
            Action::ReceiveAbort(rm) => self.rms[usize::from(rm)] = Rm::Aborted,
            Action::Phase1a(instance) => self.messages.send(Message::Phase1a(instance)),
            Action::Phase2a(instance, value) => self.messages.send(Message::Phase2a(instance, 1, value)),
            Action::Commit => self.messages.send(Message::Commit),
            Action::Abort => self.messages.send(Message::Abort),
            Action::Phase1b(instance, acceptor) => {
                let state = self.acceptor(instance, acceptor);
                state.ballot = 1;
                let accepted = state.accepted.map(|(_, value)| value);
                self.messages.send(Message::Phase1b(instance, acceptor, accepted));
            }
            Action::Phase2b(instance, acceptor, ballot, value) => {
                *self.acceptor(instance, acceptor) = Acceptor { ballot, accepted: Some((ballot, value)) };
                self.messages.send(Message::Phase2b(instance, acceptor, ballot, value));
            }
        }
        Note::default()
    }

    fn violations(&self) -> Vec<Violation> {
        let mixed = self.rms.contains(&Rm::Committed) && self.rms.contains(&Rm::Aborted);
        Vec::from_iter(mixed.then(|| Violation { rule: "consistent".into(), note: Note::default() }))
    }
}

impl Explorable for PaxosCommit {
    fn rules(&self) -> Vec<Rule<Self>> {
        vec![Rule::always("consistent")]
    }
}

#[test]
#[cfg_attr(debug_assertions, ignore = "17 million steps: for optimised builds")]
fn the_algorithm_has_the_figures_of_its_manifest() {
    let start =
        PaxosCommit { rms: [Rm::Working; RMS as usize], acceptors: Default::default(), messages: Messages::default() };
    let found = every_order(&start, false);
    assert_eq!(figures(&found), (1_321_761, 16_959_159, 28));
    assert!(found.is_fine());
}
