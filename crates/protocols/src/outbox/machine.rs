//! The service, the relay, the broker, the consumer and the network between them, as a machine.

use super::broker::Broker;
use super::consumer::{Consumer, ConsumerDisk, ConsumerMemory, Next};
use super::relay::{Relay, RelayDisk, RelayMemory};
use super::service::{Service, ServiceDisk, ServiceMemory, Stage};
use super::{Event, Events, Scenario};
use crate::menu::Menu;
use crate::network::{Link, Step};
use crate::{Budget, Fault, Network, Process, ProcessId, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// Changes orders.
pub const SERVICE: ProcessId = ProcessId(0);
/// Carries events.
pub const BROKER: ProcessId = ProcessId(1);
/// Applies events.
pub const CONSUMER: ProcessId = ProcessId(2);
/// Takes events from the outbox to the broker, if there is an outbox.
pub const RELAY: ProcessId = ProcessId(3);

/// What processes tell each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Message {
    /// To the broker.
    Publish(Event),
    /// "I have it": the broker's acknowledgement to whoever has published.
    Published(Event),
    /// From the broker to the consumer.
    Deliver(Event),
    /// "I am done with it": the consumer's acknowledgement.
    Handled(Event),
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Message::Publish(event) => write!(f, "publish {event}"),
            Message::Published(event) => write!(f, "{event} is published"),
            Message::Deliver(event) => write!(f, "{event}"),
            Message::Handled(event) => write!(f, "{event} is handled"),
        }
    }
}

/// What may happen next. One step is one transaction, or sends, or receives, so that a crash may come between any two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Action {
    /// A request comes, and the service begins to work on it.
    Request(Event),
    /// The service commits its change of the order.
    Commit(Event),
    /// The service makes its second write: to the broker, or to the outbox in a transaction of its own.
    Announce(Event),
    /// The relay publishes an event.
    Publish(Event),
    /// The relay marks an event as published, or saves its position.
    Mark(Event),
    /// The broker sends an event to the consumer.
    Deliver(Event),
    /// The consumer writes the event that it is at into its inbox.
    Note,
    /// The consumer applies the event that it is at, unless its inbox tells it not to.
    Apply,
    /// The consumer acknowledges the event that it is at.
    Acknowledge,
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

/// Orders that change, and a consumer that ought to hear of each change.
#[derive(Clone, Debug)]
pub struct Outbox {
    pub(super) scenario: Rc<Scenario>,
    /// How many requests have come.
    pub(super) requested: u8,
    pub(super) service: Service,
    /// Idle where there is no outbox.
    pub(super) relay: Relay,
    pub(super) broker: Broker,
    pub(super) consumer: Consumer,
    pub(super) network: Network<Message>,
    /// Events that have ever reached the consumer. No process knows; a rule asks.
    pub(super) delivered: Events,
    /// Faults that may still happen.
    budget: Budget,
}

/// All but the scenario, which never changes.
impl Hash for Outbox {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.requested.hash(state);
        self.service.hash(state);
        self.relay.hash(state);
        self.broker.hash(state);
        self.consumer.hash(state);
        self.network.hash(state);
        self.delivered.hash(state);
        self.budget.hash(state);
    }
}

impl Outbox {
    /// No request has come. Or what is wrong with the scenario.
    pub fn new(scenario: &Scenario) -> Result<Self, String> {
        scenario.check()?;
        Ok(Self {
            scenario: Rc::new(scenario.clone()),
            requested: 0,
            service: Process::new(ServiceDisk::new(), ServiceMemory::default()),
            relay: Process::new(RelayDisk::default(), RelayMemory::default()),
            broker: Broker::default(),
            consumer: Process::new(ConsumerDisk::default(), ConsumerMemory::default()),
            network: Network::default(),
            delivered: Events::default(),
            budget: scenario.faults,
        })
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    pub fn service(&self) -> &Service {
        &self.service
    }

    /// The relay; idle where there is no outbox.
    pub fn relay(&self) -> &Relay {
        &self.relay
    }

    pub fn broker(&self) -> &Broker {
        &self.broker
    }

    pub fn consumer(&self) -> &Consumer {
        &self.consumer
    }

    pub fn network(&self) -> &Network<Message> {
        &self.network
    }

    pub(super) fn send(&mut self, from: ProcessId, to: ProcessId, message: Message) {
        self.network.send_once(Link { from, to }, message);
    }

    /// All there are: a relay only with an outbox.
    fn processes(&self) -> impl Iterator<Item = ProcessId> + use<> {
        let relay = self.scenario.variant.has_relay().then_some(RELAY);
        [SERVICE, BROKER, CONSUMER].into_iter().chain(relay)
    }

    pub(super) fn is_up(&self, process: ProcessId) -> bool {
        match process {
            SERVICE => self.service.is_up(),
            CONSUMER => self.consumer.is_up(),
            RELAY => self.relay.is_up(),
            _ => true,
        }
    }

    fn timer_of(&self, process: ProcessId) -> Timer {
        let timer = match process {
            SERVICE => self.service.memory().map(|memory| memory.timer),
            RELAY => self.relay.memory().map(|memory| memory.timer),
            BROKER => Some(self.broker.timer),
            _ => None,
        };
        timer.unwrap_or_default()
    }

    /// What is offered, always in the same order: what processes do, what the network does, timers, faults.
    pub(super) fn offered(&self) -> Vec<Action> {
        let timers = |timer| self.processes().filter(move |&process| self.timer_of(process) == timer);
        let mut menu = Menu::new(self.budget);
        self.process_steps(menu.actions());
        menu.network(&self.network, self.processes(), Action::Network);
        menu.actions().extend(timers(Timer::Due).map(Action::Timeout));
        menu.clock(Action::Clock, timers(Timer::Running).map(Action::EarlyTimeout));
        let down = self.processes().filter(|&process| !self.is_up(process));
        menu.actions().extend(down.map(Action::Restart));
        let mortal = |process: &ProcessId| *process != BROKER && self.is_up(*process);
        menu.finish(self.processes().filter(mortal).map(Action::Crash))
    }

    fn process_steps(&self, actions: &mut Vec<Action>) {
        actions.extend(self.next_request().map(Action::Request));
        for request in self.service.memory().into_iter().flat_map(|memory| &memory.requests) {
            match request.stage {
                Stage::Commit => actions.push(Action::Commit(request.event)),
                Stage::Announce => actions.push(Action::Announce(request.event)),
                Stage::Published => {}
            }
        }
        if self.scenario.variant.has_relay() {
            actions.extend(self.to_publish().map(Action::Publish));
            actions.extend(self.to_mark().map(Action::Mark));
        }
        actions.extend(self.deliverable().into_iter().map(Action::Deliver));
        actions.extend(self.next_of_consumer().map(|next| match next {
            Next::Note => Action::Note,
            Next::Apply => Action::Apply,
            Next::Acknowledge => Action::Acknowledge,
        }));
    }

    pub(super) fn happen<T: Tell>(&mut self, action: Action) -> T {
        if let Some(fault) = action.fault() {
            self.budget.spend(fault);
        }
        match action {
            Action::Request(event) => self.begin(event),
            Action::Commit(event) => self.commit(event),
            Action::Announce(event) => self.announce(event),
            Action::Publish(event) => self.publish(event),
            Action::Mark(event) => self.mark_published(event),
            Action::Deliver(event) => self.deliver(event),
            Action::Note => self.note_in_inbox(),
            Action::Apply => self.apply(),
            Action::Acknowledge => self.acknowledge(),
            Action::Network(step) => self.carry(step),
            Action::Clock => self.time_passes(),
            Action::Timeout(process) | Action::EarlyTimeout(process) => match process {
                SERVICE => self.service_times_out(),
                RELAY => self.relay_times_out(),
                _ => self.broker_times_out(),
            },
            Action::Crash(SERVICE) => self.service_crashes(),
            Action::Crash(RELAY) => self.relay_crashes(),
            Action::Crash(_) => self.consumer_crashes(),
            Action::Restart(SERVICE) => self.service_restarts(),
            Action::Restart(RELAY) => self.relay_restarts(),
            Action::Restart(_) => self.consumer_restarts(),
        }
    }

    fn time_passes<T: Tell>(&mut self) -> T {
        if let Some(memory) = self.service.memory_mut() {
            memory.timer.time_passes();
        }
        if let Some(memory) = self.relay.memory_mut() {
            memory.timer.time_passes();
        }
        self.broker.timer.time_passes();
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
            return match (to, packet.message) {
                _ if !self.is_up(to) => T::tell(|| words("finds nobody.", packet.link)),
                (BROKER, message) => self.broker_receives(from, message),
                (CONSUMER, message) => self.consumer_receives(message),
                (SERVICE, Message::Published(event)) => self.service_hears(event),
                (_, Message::Published(event)) => self.relay_hears(event),
                _ => T::tell(|| words("is of no use there.", packet.link)),
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
pub(super) fn name(process: ProcessId) -> &'static str {
    match process {
        SERVICE => "the service",
        BROKER => "the broker",
        CONSUMER => "the consumer",
        _ => "the relay",
    }
}

/// As notes call an order.
pub(super) fn order(key: u8) -> String {
    format!("order {}", char::from(b'A' + key))
}
