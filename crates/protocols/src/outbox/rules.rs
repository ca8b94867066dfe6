//! What must hold, and how a search and a driver see the machine.

use super::machine::{Action, Outbox, order};
use super::service::Record;
use super::{Event, Events};
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};

/// Nobody is told of what did not happen, or has not happened yet.
pub const EVENT_WITHOUT_ORDER: &str = "no event without a committed order";
/// Nor does it stay so: when all is over, what was published did happen.
pub const ORDER_MISSING: &str = "no event without its order when settled";
/// Nothing happens that nobody is told of. A dual write breaks it without anybody knowing.
pub const EVENT_MISSING: &str = "no order without its event when settled";
/// What an inbox is for.
pub const ONCE: &str = "no event is applied twice";
/// Whoever applies an older change last undoes the newer one.
pub const IN_ORDER: &str = "events of one order are applied in their order";
/// What a relay and a broker are for.
pub const DELIVERED: &str = "every committed event is delivered at least once";
/// Together with [`ONCE`]: exactly once.
pub const APPLIED: &str = "every committed event is applied";

impl Outbox {
    /// Events whose orders are committed.
    pub fn committed(&self) -> Events {
        let log = self.service.durable.log.iter();
        log.filter_map(|record| if let Record::Order(event) = record { Some(*event) } else { None }).collect()
    }

    /// Events that the consumer has applied.
    pub fn applied(&self) -> Events {
        self.consumer.durable.applied.iter().copied().collect()
    }

    /// All requests have come, and the service is through with them.
    fn is_served(&self) -> bool {
        let idle = self.service.memory().is_some_and(|memory| memory.requests.is_empty());
        self.requested == self.scenario.events && idle
    }

    /// Nobody is at anything, nothing is on its way, and nobody knows of anything left to do.
    pub fn is_settled(&self) -> bool {
        let relay = self.relay.memory().is_some_and(|memory| memory.is_idle()) && self.unpublished().is_empty();
        let consumer = self.consumer.memory().is_some_and(|memory| memory.deliveries.is_empty());
        let broker = self.broker.queue.is_empty() && self.network.packets().is_empty();
        self.is_served() && consumer && broker && (relay || !self.scenario.variant.has_relay())
    }

    fn is_delivered(&self) -> bool {
        self.is_served() && self.committed().without(self.delivered).is_empty()
    }

    fn is_applied(&self) -> bool {
        self.is_served() && self.committed().without(self.applied()).is_empty()
    }

    fn all_applied(&self) -> bool {
        (1..=self.scenario.events).map(Event).all(|event| self.applied().contains(event))
    }

    /// An event that was applied twice.
    fn applied_twice(&self) -> Option<Event> {
        let applied = &self.consumer.durable.applied;
        applied.iter().enumerate().find(|&(at, event)| applied[..at].contains(event)).map(|(_, event)| *event)
    }

    /// An event that was applied after a later one of its key.
    fn applied_late(&self) -> Option<(Event, Event)> {
        let pairs = self.consumer.durable.applied.windows(2).map(|pair| (pair[0], pair[1]));
        let same = |one, other| self.scenario.key(one) == self.scenario.key(other);
        pairs.into_iter().find(|&(earlier, later)| same(earlier, later) && earlier > later)
    }
}

impl Machine for Outbox {
    type Action = Action;

    fn actions(&self) -> Vec<Action> {
        self.offered()
    }

    fn step(&mut self, &action: &Action) -> Note {
        self.happen(action)
    }

    fn advance(&mut self, &action: &Action) {
        self.happen(action)
    }

    fn violations(&self) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut broken =
            |rule: &str, note: String| violations.push(Violation { rule: rule.into(), note: Note::new(note) });
        let of = |event| order(self.scenario.key(event));
        if let Some(event) = self.broker.published.without(self.committed()).first() {
            broken(
                EVENT_WITHOUT_ORDER,
                format!("Here the broker has {event}, and the change of {} is not committed.", of(event)),
            );
            if self.is_settled() {
                broken(
                    ORDER_MISSING,
                    format!("All is settled: the broker was told of {event}, and {} was never changed.", of(event)),
                );
            }
        }
        if let Some(event) = self.committed().without(self.broker.published).first()
            && self.is_settled()
        {
            broken(
                EVENT_MISSING,
                format!("All is settled: {} is changed, and nobody will ever hear of {event}.", of(event)),
            );
        }
        if let Some(event) = self.applied_twice() {
            broken(ONCE, format!("Here {event} is applied twice."));
        }
        if let Some((first, then)) = self.applied_late() {
            broken(IN_ORDER, format!("Here {first} of {} is applied, and {then} after it.", of(first)));
        }
        violations
    }
}

impl Explorable for Outbox {
    fn rules(&self) -> Vec<Rule<Self>> {
        let always = [EVENT_WITHOUT_ORDER, ORDER_MISSING, EVENT_MISSING, ONCE, IN_ORDER];
        let mut rules: Vec<_> = always.into_iter().map(Rule::always).collect();
        if self.scenario.refused.is_empty() {
            rules.push(Rule::sometimes("every event can be applied", Self::all_applied));
        }
        rules.push(Rule::eventually(DELIVERED, Self::is_delivered));
        rules.push(Rule::eventually(APPLIED, Self::is_applied));
        rules
    }

    /// A dual write that has lost an event rests in peace: that nothing is left to do is what is wrong with it.
    fn may_end(&self) -> bool {
        self.is_settled()
    }

    fn fair(&self, action: &Action) -> bool {
        action.fault().is_none()
    }
}
