//! The orchestrator, the services and the network between them, as a machine.

use super::orchestrator::{Orchestrator, OrchestratorMemory};
use super::service::{Service, ServiceDisk, ServiceMemory};
use super::{Effect, MOST_STEPS, Scenario};
use crate::menu::Menu;
use crate::network::{self, Link};
use crate::{Budget, Fault, Network, Process, ProcessId, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// The orchestrator; services follow in the order of the steps, from 1.
pub(super) const ORCHESTRATOR: ProcessId = ProcessId(0);

/// What the orchestrator asks, and what services answer. Which step it is about is said by the link, and a saga's number is its
/// idempotency key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Message {
    pub saga: u8,
    pub body: Body,
}

/// What a message says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Body {
    /// "Do your step."
    Do,
    /// "Undo it."
    Undo,
    /// "What has become of it?"
    Ask,
    /// "It is final." To who holds a semantic lock.
    Lift,
    Done,
    Refused,
    /// "Somebody else has a semantic lock."
    Busy,
    /// "I have never heard of it."
    Unknown,
    Undone,
    /// "I could not undo it."
    Failed,
    Lifted,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", SagaName(self.saga), self.body)
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Body::Do => "do it",
            Body::Undo => "undo it",
            Body::Ask => "was it done?",
            Body::Lift => "it is final",
            Body::Done => "done",
            Body::Refused => "refused",
            Body::Busy => "ask again later",
            Body::Unknown => "never heard of it",
            Body::Undone => "undone",
            Body::Failed => "cannot be undone",
            Body::Lifted => "lock lifted",
        })
    }
}

/// What may happen next. One step writes one record to the log, or sends, or receives, or is one local transaction, so that a crash may
/// come between any two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Action {
    /// A customer orders: a saga is to begin.
    Order(u8),
    /// The orchestrator writes to its log how far a saga is.
    Log(u8),
    /// The orchestrator sends what comes next in a saga.
    Send(u8),
    /// A service does what it was asked.
    Execute(ProcessId),
    /// A service refuses.
    Refuse(ProcessId),
    /// A service answers.
    Reply(ProcessId),
    /// A message arrives, or something happens to it.
    Network(network::Step),
    /// Nothing else happens, and time passes until every timer that runs is due.
    Clock,
    /// The orchestrator has waited long enough for an answer to a saga.
    Timeout(u8),
    /// It has not, and loses patience all the same.
    EarlyTimeout(u8),
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

/// Sagas, their orchestrator and their services.
#[derive(Clone, Debug)]
pub struct Saga {
    pub(super) scenario: Rc<Scenario>,
    pub(super) orchestrator: Orchestrator,
    pub(super) services: SmallVec<[Service; MOST_STEPS]>,
    pub(super) network: Network<Message>,
    /// Faults that may still happen.
    budget: Budget,
    /// Sagas that a customer has ordered, a bit each.
    pub(super) ordered: u8,
}

/// All but the scenario, which never changes.
impl Hash for Saga {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.orchestrator.hash(state);
        self.services.hash(state);
        self.network.hash(state);
        self.budget.hash(state);
        self.ordered.hash(state);
    }
}

impl Saga {
    /// Nobody has ordered. Or what is wrong with the scenario.
    pub fn new(scenario: &Scenario) -> Result<Self, String> {
        scenario.check()?;
        let stock = |effect| if effect == Effect::Reserve { scenario.stock } else { 0 };
        let services = scenario
            .steps
            .iter()
            .map(|step| Process::new(ServiceDisk::new(stock(step.effect), scenario.sagas), ServiceMemory::default()));
        let logs = (0..scenario.sagas).map(|_| SmallVec::new()).collect();
        Ok(Self {
            orchestrator: Process::new(logs, OrchestratorMemory::new(scenario.sagas)),
            services: services.collect(),
            network: Network::default(),
            budget: scenario.faults,
            ordered: 0,
            scenario: Rc::new(scenario.clone()),
        })
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub fn orchestrator(&self) -> &Orchestrator {
        &self.orchestrator
    }

    /// The services, in the order of the steps.
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    pub fn network(&self) -> &Network<Message> {
        &self.network
    }

    /// Whether a customer has ordered it.
    pub fn is_ordered(&self, saga: u8) -> bool {
        self.ordered & 1 << saga != 0
    }

    pub(super) fn sagas(&self) -> std::ops::Range<u8> {
        0..self.scenario.sagas
    }

    pub(super) fn send(&mut self, from: ProcessId, to: ProcessId, message: Message) {
        self.network.send_once(Link { from, to }, message);
    }

    fn processes(&self) -> impl Iterator<Item = ProcessId> + use<> {
        (0..=self.services.len() as u8).map(ProcessId)
    }

    fn is_up(&self, process: ProcessId) -> bool {
        match process {
            ORCHESTRATOR => self.orchestrator.is_up(),
            ProcessId(number) => self.services[usize::from(number) - 1].is_up(),
        }
    }

    fn timer_of(&self, saga: u8) -> Timer {
        self.orchestrator.memory().map(|memory| memory.sagas[usize::from(saga)].timer).unwrap_or_default()
    }

    /// What is offered, always in the same order: what processes do, what the network does, timers, faults.
    pub(super) fn offered(&self) -> Vec<Action> {
        let timers = |timer| self.sagas().filter(move |&saga| self.timer_of(saga) == timer);
        let mut menu = Menu::new(self.budget);
        self.orchestrator_steps(menu.actions());
        self.processes().skip(1).for_each(|id| self.service_steps(id, menu.actions()));
        menu.network(&self.network, self.processes(), Action::Network);
        let down = self.processes().filter(|&process| !self.is_up(process));
        menu.actions().extend(down.map(Action::Restart));
        menu.actions().extend(timers(Timer::Due).map(Action::Timeout));
        menu.clock(Action::Clock, timers(Timer::Running).map(Action::EarlyTimeout));
        menu.finish(self.processes().filter(|&process| self.is_up(process)).map(Action::Crash))
    }

    fn service_steps(&self, id: ProcessId, actions: &mut Vec<Action>) {
        let (accept, refuse) = self.may(id);
        actions.extend(accept.then_some(Action::Execute(id)));
        actions.extend(refuse.then_some(Action::Refuse(id)));
        let memory = self.services[usize::from(id.0) - 1].memory();
        actions.extend(memory.is_some_and(|memory| !memory.replies.is_empty()).then_some(Action::Reply(id)));
    }

    pub(super) fn happen<T: Tell>(&mut self, action: Action) -> T {
        if let Some(fault) = action.fault() {
            self.budget.spend(fault);
        }
        match action {
            Action::Order(saga) => self.order(saga),
            Action::Log(saga) => self.log(saga),
            Action::Send(saga) => self.send_next(saga),
            Action::Execute(service) => self.execute(service, true),
            Action::Refuse(service) => self.execute(service, false),
            Action::Reply(service) => self.reply(service),
            Action::Network(step) => self.carry(step),
            Action::Clock => self.time_passes(),
            Action::Timeout(saga) | Action::EarlyTimeout(saga) => self.time_out(saga),
            Action::Crash(ORCHESTRATOR) => {
                self.orchestrator.crash();
                T::tell(|| "**The orchestrator crashes.** What it has in memory is gone; its log stays.".into())
            }
            Action::Crash(service) => self.service_crashes(service),
            Action::Restart(ORCHESTRATOR) => self.orchestrator_restarts(),
            Action::Restart(service) => self.service_restarts(service),
        }
    }

    fn time_passes<T: Tell>(&mut self) -> T {
        let memory = self.orchestrator.memory_mut();
        memory.into_iter().flat_map(|memory| &mut memory.sagas).for_each(|saga| saga.timer.time_passes());
        T::tell(|| "**Nothing happens for a while.** The orchestrator has waited long enough.".into())
    }

    fn carry<T: Tell>(&mut self, step: network::Step) -> T {
        use network::Step;
        let about = self.network.message(step).copied();
        let arrived = self.network.apply(step);
        if let Some(packet) = &arrived
            && self.is_up(packet.link.to)
        {
            return match packet.link.to {
                ORCHESTRATOR => self.orchestrator_receives(packet.link.from, packet.message),
                service => self.service_receives(service, packet.message, matches!(step, Step::Overtake(..))),
            };
        }
        T::tell(|| {
            let words = |what: &str, link: Link| {
                let message = about.map(|message| format!("“{message}”")).unwrap_or_default();
                format!("**{message} from {} to {} {what}**", self.name(link.from), self.name(link.to))
            };
            match step {
                Step::Deliver(link) | Step::Overtake(link, _) => words("finds nobody.", link),
                Step::Lose(link, _) => words("is lost.", link),
                Step::Duplicate(link, _) => words("becomes two.", link),
                Step::Hold(link) => {
                    format!("**The link from {} to {} is held up.**", self.name(link.from), self.name(link.to))
                }
                Step::Release(link) => {
                    format!("**The link from {} to {} carries again.**", self.name(link.from), self.name(link.to))
                }
                Step::Isolate(process) => format!("**The network cuts {} off.**", self.name(process)),
                Step::Heal(process) => format!("**The network reaches {} again.**", self.name(process)),
            }
        })
    }

    /// As notes call a process. A search that takes no notes pays nothing for it.
    pub(super) fn name(&self, process: ProcessId) -> Name {
        Name { scenario: Rc::clone(&self.scenario), process, article: "the" }
    }

    /// The same at the beginning of a sentence.
    pub(super) fn capital(&self, process: ProcessId) -> Name {
        Name { article: "The", ..self.name(process) }
    }
}

/// A process, as notes call it.
pub(super) struct Name {
    scenario: Rc<Scenario>,
    process: ProcessId,
    article: &'static str,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let article = self.article;
        let at = usize::from(self.process.0);
        let Some(step) = at.checked_sub(1).and_then(|at| self.scenario.steps.get(at)) else {
            return write!(f, "{article} orchestrator");
        };
        match step.effect {
            Effect::Reserve => write!(f, "{article} stock service"),
            Effect::Charge => write!(f, "{article} payment service"),
            Effect::Ship => write!(f, "{article} shipping service"),
            Effect::Confirm => write!(f, "{article} order service"),
            Effect::Other => write!(f, "{article} service of step {at} (“{}”)", step.name()),
        }
    }
}

/// A saga, as notes call it.
#[derive(Clone, Copy)]
pub(super) struct SagaName(pub u8);

impl fmt::Display for SagaName {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "saga {}", self.0 + 1)
    }
}
