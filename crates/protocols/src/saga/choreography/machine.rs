//! The services and the broker between them, as a machine.

use super::Scenario;
use super::service::{Disk, Event, Memory, ORDERS, SERVICES, STOCK, Service, Status, name};
use crate::{Budget, Fault, Process, ProcessId};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// So many events may wait in a queue; whoever wants to publish more waits (*backpressure*). A consumer that does not keep up with events
/// that go round for ever would otherwise have a longer queue in every state.
const ROOM: usize = 4;

/// What may happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Action {
    /// A customer orders.
    Place,
    /// A service publishes what it has yet to.
    Publish(ProcessId),
    /// The broker delivers what stands first in a service's queue.
    Receive(ProcessId),
    /// A service does its part.
    Handle(ProcessId),
    /// A service refuses to.
    Refuse(ProcessId),
    /// A service acknowledges what it has handled, and the broker takes it from the queue.
    Acknowledge(ProcessId),
    /// The acknowledgement is lost: the event will come again.
    Duplicate(ProcessId),
    /// The second event of a queue overtakes the first.
    Overtake(ProcessId),
    Crash(ProcessId),
    Restart(ProcessId),
}

impl Action {
    /// What goes wrong with it.
    pub fn fault(self) -> Option<Fault> {
        match self {
            Action::Crash(_) => Some(Fault::Crash),
            Action::Duplicate(_) => Some(Fault::Duplicate),
            Action::Overtake(_) => Some(Fault::Reorder),
            _ => None,
        }
    }
}

/// An event in a consumer's queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Delivery {
    pub event: Event,
    /// How often its consumer has failed on it, as far as that is counted.
    pub tries: u8,
}

/// One order, four services and a broker that never fails.
#[derive(Clone, Debug)]
pub struct Choreography {
    pub(super) scenario: Rc<Scenario>,
    /// Orders, stock, payment, shipping.
    pub(super) services: [Service; 4],
    /// What each has yet to acknowledge, oldest first. The broker's, and durable.
    pub(super) queues: [SmallVec<[Delivery; 4]>; 4],
    /// Events that were put aside.
    pub(super) dead: u8,
    /// Faults that may still happen.
    budget: Budget,
}

/// All but the scenario, which never changes.
impl Hash for Choreography {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.services.hash(state);
        self.queues.hash(state);
        self.dead.hash(state);
        self.budget.hash(state);
    }
}

impl Choreography {
    /// Nobody has ordered, and one item is in stock. Or what is wrong with the scenario.
    pub fn new(scenario: &Scenario) -> Result<Self, String> {
        scenario.check()?;
        let service =
            |id| Process::new(Disk { available: i8::from(id == STOCK), ..Disk::default() }, Memory::default());
        Ok(Self {
            scenario: Rc::new(scenario.clone()),
            services: SERVICES.map(service),
            queues: Default::default(),
            dead: 0,
            budget: scenario.faults,
        })
    }

    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Orders, stock, payment, shipping.
    pub fn services(&self) -> &[Service; 4] {
        &self.services
    }

    /// What the order service believes.
    pub fn status(&self) -> Status {
        self.services[0].durable.status
    }

    fn unpublished(&self, service: &Service) -> bool {
        !service.durable.outbox.is_empty() || service.memory().is_some_and(|memory| !memory.unsent.is_empty())
    }

    fn can_publish(&self, service: &Service) -> bool {
        let unsent = service.memory().and_then(|memory| memory.unsent.first());
        let next = service.durable.outbox.first().or(unsent);
        next.is_some_and(|next| next.kind.consumers().iter().all(|to| self.queues[usize::from(to.0)].len() < ROOM))
    }

    /// Nothing is on its way or being worked on.
    pub(super) fn is_quiet(&self) -> bool {
        let working = |service: &Service| service.memory().is_none_or(|memory| memory.received.is_some());
        self.queues.iter().all(|queue| queue.is_empty())
            && !self.services.iter().any(|service| working(service) || self.unpublished(service))
    }

    /// What is offered, always in the same order: what processes do, what the broker does, faults.
    pub(super) fn offered(&self) -> Vec<Action> {
        let mut actions = Vec::with_capacity(12);
        for id in SERVICES {
            let (service, queue) = (&self.services[usize::from(id.0)], &self.queues[usize::from(id.0)]);
            let Some(memory) = service.memory() else { continue };
            let begins = id == ORDERS && service.durable.status == Status::None;
            actions.extend(begins.then_some(Action::Place));
            actions.extend(self.can_publish(service).then_some(Action::Publish(id)));
            let (accept, refuse) = self.may(id);
            actions.extend(accept.then_some(Action::Handle(id)));
            actions.extend(refuse.then_some(Action::Refuse(id)));
            actions.extend(memory.handled.then_some(Action::Acknowledge(id)));
            let idle = memory.received.is_none() && !memory.handled;
            actions.extend((idle && !queue.is_empty()).then_some(Action::Receive(id)));
        }
        let up = |id: &ProcessId| self.services[usize::from(id.0)].is_up();
        actions.extend(SERVICES.into_iter().filter(|id| !up(id)).map(Action::Restart));
        let memory = |id: ProcessId| self.services[usize::from(id.0)].memory();
        if self.budget.allows(Fault::Duplicate) {
            let handled = |id: &ProcessId| memory(*id).is_some_and(|memory| memory.handled);
            actions.extend(SERVICES.into_iter().filter(handled).map(Action::Duplicate));
        }
        if self.budget.allows(Fault::Reorder) {
            let free = |id: &ProcessId| memory(*id).is_none_or(|it| it.received.is_none() && !it.handled);
            let two = |id: &ProcessId| self.queues[usize::from(id.0)].len() > 1 && free(id);
            actions.extend(SERVICES.into_iter().filter(two).map(Action::Overtake));
        }
        if self.budget.allows(Fault::Crash) {
            actions.extend(SERVICES.into_iter().filter(up).map(Action::Crash));
        }
        actions
    }

    pub(super) fn happen<T: Tell>(&mut self, action: Action) -> T {
        if let Some(fault) = action.fault() {
            self.budget.spend(fault);
        }
        match action {
            Action::Place => self.place(),
            Action::Publish(id) => self.publish(id),
            Action::Receive(id) => self.receive(id),
            Action::Handle(id) => self.handle(id, true),
            Action::Refuse(id) => self.handle(id, false),
            Action::Acknowledge(id) => {
                let event = self.queues[usize::from(id.0)].remove(0).event;
                self.forget(id);
                T::tell(|| format!("**{} acknowledges “{event}”.**", name(id)))
            }
            Action::Duplicate(id) => {
                self.forget(id);
                T::tell(|| {
                    format!("**{} acknowledges, and the broker never hears of it:** it will deliver again.", name(id))
                })
            }
            Action::Overtake(id) => {
                self.queues[usize::from(id.0)].swap(0, 1);
                T::tell(|| {
                    format!("**An event overtakes another one** on its way to {}.", name(id).replacen('T', "t", 1))
                })
            }
            Action::Crash(id) => {
                self.services[usize::from(id.0)].crash();
                T::tell(|| format!("**{} crashes.** What it has not acknowledged will come again.", name(id)))
            }
            Action::Restart(id) => {
                self.services[usize::from(id.0)].restart(|_| Memory::default());
                T::tell(|| format!("**{} is back.**", name(id)))
            }
        }
    }

    fn forget(&mut self, id: ProcessId) {
        if let Some(memory) = self.services[usize::from(id.0)].memory_mut() {
            memory.handled = false;
        }
    }

    fn publish<T: Tell>(&mut self, id: ProcessId) -> T {
        let (disk, memory) = self.services[usize::from(id.0)].halves().expect("only a service that is up publishes");
        let event = if disk.outbox.is_empty() { memory.unsent.remove(0) } else { disk.outbox.remove(0) };
        for to in event.kind.consumers() {
            self.queues[usize::from(to.0)].push(Delivery { event, tries: 0 });
        }
        T::tell(|| format!("**{} publishes “{event}”.**", name(id)))
    }

    fn receive<T: Tell>(&mut self, id: ProcessId) -> T {
        let queue = &mut self.queues[usize::from(id.0)];
        let event = queue[0].event;
        let first = !self.scenario.safeguards.acknowledge_after;
        if first {
            queue.remove(0);
        }
        let memory = self.services[usize::from(id.0)].memory_mut().expect("only a service that is up receives");
        memory.received = Some(event);
        T::tell(|| match first {
            true => format!("**{} receives “{event}” and acknowledges it** before it has done anything.", name(id)),
            false => format!("**{} receives “{event}”.**", name(id)),
        })
    }
}
