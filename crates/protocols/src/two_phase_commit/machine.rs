//! The coordinator, its participants and the network between them, as a machine.

use super::coordinator::{Coordinator, CoordinatorMemory, Phase};
use super::participant::{Participant, ParticipantDisk, ParticipantMemory, Row, Stage, WITHDRAWAL};
use super::{MOST, Scenario, Vote};
use crate::menu::Menu;
use crate::network::{Link, Step};
use crate::{Budget, Fault, Network, Process, ProcessId, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// The coordinator; participants follow, from 1.
pub(super) const COORDINATOR: ProcessId = ProcessId(0);

/// How a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Outcome {
    Commit,
    Abort,
}

/// What processes tell each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Message {
    Prepare,
    Yes,
    No,
    Commit,
    Abort,
    /// "I have committed."
    Ack,
    /// "How did it end?"
    Inquiry,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Message::Prepare => "prepare",
            Message::Yes => "yes",
            Message::No => "no",
            Message::Commit => "commit",
            Message::Abort => "abort",
            Message::Ack => "committed",
            Message::Inquiry => "how did it end?",
        })
    }
}

/// What may happen next. One step writes one record to one log, or sends, or receives, so that a crash may come between any two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Action {
    /// The coordinator asks a participant to prepare.
    Ask(ProcessId),
    /// The coordinator decides to commit.
    Decide,
    /// The coordinator tells a participant what it has decided.
    Tell(ProcessId),
    /// The coordinator forgets the transaction.
    Forget,
    /// A participant prepares.
    Prepare(ProcessId),
    /// A participant that has prepared says so.
    Vote(ProcessId),
    /// A participant votes no.
    Refuse(ProcessId),
    /// A participant does what it was told.
    Obey(ProcessId),
    /// A client withdraws from the account of participant 1.
    Withdraw,
    /// A message arrives, or something happens to it.
    Network(Step),
    /// Nothing else happens, and time passes until every timer that runs is due.
    Clock,
    /// A timer that is due goes off.
    Timeout(ProcessId),
    /// A timer goes off before it is due.
    EarlyTimeout(ProcessId),
    Crash(ProcessId),
    Restart(ProcessId),
}

impl Action {
    /// What goes wrong with it.
    pub fn fault(self) -> Option<Fault> {
        match self {
            Action::Crash(_) => Some(Fault::Crash),
            Action::EarlyTimeout(_) => Some(Fault::Delay),
            Action::Network(step) => step.fault(),
            _ => None,
        }
    }
}

/// One transaction between a coordinator and its participants.
#[derive(Clone, Debug)]
pub struct TwoPhaseCommit {
    pub(super) scenario: Rc<Scenario>,
    pub(super) coordinator: Coordinator,
    pub(super) participants: SmallVec<[Participant; MOST as usize]>,
    pub(super) network: Network<Message>,
    /// Faults that may still happen.
    budget: Budget,
    /// The client has withdrawn.
    pub(super) withdrawn: bool,
}

/// All but the scenario, which never changes.
impl Hash for TwoPhaseCommit {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.coordinator.hash(state);
        self.participants.hash(state);
        self.network.hash(state);
        self.budget.hash(state);
        self.withdrawn.hash(state);
    }
}

impl TwoPhaseCommit {
    /// All have done their work, and nobody was asked to prepare. Or what is wrong with the scenario.
    pub fn new(scenario: &Scenario) -> Result<Self, String> {
        scenario.check()?;
        let participant = |number: u8| {
            let memory = ParticipantMemory { timer: Timer::Running, ..ParticipantMemory::default() };
            Process::new(ParticipantDisk::new(scenario.change(number.into())), memory)
        };
        Ok(Self {
            scenario: Rc::new(scenario.clone()),
            coordinator: Process::new(SmallVec::new(), CoordinatorMemory::new()),
            participants: (0..scenario.participants).map(participant).collect(),
            network: Network::default(),
            budget: scenario.faults,
            withdrawn: false,
        })
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub fn coordinator(&self) -> &Coordinator {
        &self.coordinator
    }

    /// The participants, from participant 1 on.
    pub fn participants(&self) -> &[Participant] {
        &self.participants
    }

    pub fn network(&self) -> &Network<Message> {
        &self.network
    }

    pub(super) fn participant_ids(&self) -> impl Iterator<Item = ProcessId> + use<> {
        (1..=self.scenario.participants).map(ProcessId)
    }

    pub(super) fn send(&mut self, from: ProcessId, to: ProcessId, message: Message) {
        self.network.send_once(Link { from, to }, message);
    }

    fn is_up(&self, process: ProcessId) -> bool {
        match process {
            COORDINATOR => self.coordinator.is_up(),
            ProcessId(number) => self.participants[usize::from(number) - 1].is_up(),
        }
    }

    fn timer_of(&self, process: ProcessId) -> Timer {
        let timer = match process {
            COORDINATOR => self.coordinator.memory().map(|memory| memory.timer),
            ProcessId(number) => self.participants[usize::from(number) - 1].memory().map(|memory| memory.timer),
        };
        timer.unwrap_or_default()
    }

    /// What is offered, always in the same order: what processes do, what the network does, timers, faults.
    pub(super) fn offered(&self) -> Vec<Action> {
        let processes = || (0..=self.scenario.participants).map(ProcessId);
        let timers = |timer| processes().filter(move |&process| self.timer_of(process) == timer);
        let mut menu = Menu::new(self.budget);
        self.coordinator_steps(menu.actions());
        self.participant_ids().for_each(|id| self.participant_steps(id, menu.actions()));
        menu.network(&self.network, processes(), Action::Network);
        menu.actions().extend(timers(Timer::Due).map(Action::Timeout));
        menu.clock(Action::Clock, timers(Timer::Running).map(Action::EarlyTimeout));
        menu.actions().extend(self.can_withdraw().then_some(Action::Withdraw));
        let returns = |process| process != COORDINATOR || self.scenario.coordinator_returns;
        let down = processes().filter(|&process| !self.is_up(process) && returns(process));
        menu.actions().extend(down.map(Action::Restart));
        menu.finish(processes().filter(|&process| self.is_up(process)).map(Action::Crash))
    }

    fn coordinator_steps(&self, actions: &mut Vec<Action>) {
        match self.coordinator.memory().map(|memory| &memory.phase) {
            Some(&Phase::Voting { asked, yes }) => {
                actions.extend(self.participant_ids().filter(|&id| !asked.contains(id)).map(Action::Ask));
                if self.can_commit(yes) {
                    actions.push(Action::Decide);
                }
            }
            Some(&Phase::Committing { told, acknowledged }) => {
                actions.extend(self.participant_ids().filter(|&id| !told.contains(id)).map(Action::Tell));
                if self.can_forget(told, acknowledged) {
                    actions.push(Action::Forget);
                }
            }
            Some(&Phase::Aborting { told }) => {
                actions.extend(self.participant_ids().filter(|&id| !told.contains(id)).map(Action::Tell));
            }
            Some(Phase::Forgotten) | None => {}
        }
    }

    fn participant_steps(&self, id: ProcessId, actions: &mut Vec<Action>) {
        let at = usize::from(id.0) - 1;
        let participant = &self.participants[at];
        let Some(memory) = participant.memory() else { return };
        if memory.heard.is_some() {
            actions.push(Action::Obey(id));
        } else if memory.asked && participant.durable.stage() == Stage::Working {
            let vote = self.scenario.vote(at);
            actions.extend((vote != Vote::No).then_some(Action::Prepare(id)));
            actions.extend((vote != Vote::Yes).then_some(Action::Refuse(id)));
        } else if memory.ready {
            actions.push(Action::Vote(id));
        }
    }

    fn can_withdraw(&self) -> bool {
        let here = &self.participants[0];
        let free = here.durable.database.owner(&Row).is_none_or(|owner| owner == WITHDRAWAL);
        self.scenario.local_client && !self.withdrawn && here.is_up() && free
    }

    pub(super) fn happen<T: Tell>(&mut self, action: Action) -> T {
        if let Some(fault) = action.fault() {
            self.budget.spend(fault);
        }
        match action {
            Action::Ask(participant) => self.ask(participant),
            Action::Decide => self.decide_to_commit(),
            Action::Tell(participant) => self.tell_participant(participant),
            Action::Forget => self.forget(),
            Action::Prepare(participant) => self.prepare(participant),
            Action::Vote(participant) => self.vote(participant),
            Action::Refuse(participant) => self.refuse(participant),
            Action::Obey(participant) => self.obey(participant),
            Action::Withdraw => self.withdraw(),
            Action::Network(step) => self.carry(step),
            Action::Clock => self.time_passes(),
            Action::Timeout(COORDINATOR) | Action::EarlyTimeout(COORDINATOR) => self.coordinator_times_out(),
            Action::Timeout(participant) | Action::EarlyTimeout(participant) => self.participant_times_out(participant),
            Action::Crash(COORDINATOR) => {
                self.coordinator.crash();
                T::tell(|| "**The coordinator crashes.** What it has in memory is gone; its log stays.".into())
            }
            Action::Crash(participant) => self.participant_crashes(participant),
            Action::Restart(COORDINATOR) => self.coordinator_restarts(),
            Action::Restart(participant) => self.participant_restarts(participant),
        }
    }

    fn time_passes<T: Tell>(&mut self) -> T {
        if let Some(memory) = self.coordinator.memory_mut() {
            memory.timer.time_passes();
        }
        for participant in &mut self.participants {
            if let Some(memory) = participant.memory_mut() {
                memory.timer.time_passes();
            }
        }
        T::tell(|| "**Nothing happens for a while.** Whoever waits has waited long enough.".into())
    }

    fn carry<T: Tell>(&mut self, step: Step) -> T {
        let about = self.network.message(step).copied();
        let words = |what: &str, link: Link| {
            let message = about.map(|message| format!("“{message}”")).unwrap_or_default();
            format!("**{message} from {} to {} {what}**", name(link.from), name(link.to))
        };
        if let Some(packet) = self.network.apply(step) {
            let Link { from, to } = packet.link;
            return match to {
                _ if !self.is_up(to) => T::tell(|| words("finds nobody.", packet.link)),
                COORDINATOR => self.coordinator_receives(from, packet.message),
                _ => self.participant_receives(to, from, packet.message),
            };
        }
        T::tell(|| match step {
            Step::Lose(link, _) => words("is lost.", link),
            Step::Duplicate(link, _) => words("becomes two.", link),
            Step::Hold(link) => format!("**The link from {} to {} is held up.**", name(link.from), name(link.to)),
            Step::Release(link) => format!("**The link from {} to {} carries again.**", name(link.from), name(link.to)),
            Step::Isolate(process) => format!("**The network cuts {} off.**", name(process)),
            Step::Heal(process) => format!("**The network reaches {} again.**", name(process)),
            Step::Deliver(link) | Step::Overtake(link, _) => words("is not there.", link),
        })
    }
}

/// As notes call a process.
pub(super) fn name(process: ProcessId) -> String {
    match process {
        COORDINATOR => "the coordinator".into(),
        ProcessId(number) => format!("participant {number}"),
    }
}
