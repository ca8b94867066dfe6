//! What must hold, and how a search and a driver see the machine.

use super::machine::{Action, Body, Saga, SagaName};
use super::orchestrator::{End, Phase, Record};
use super::service::Entry;
use super::{Answer, Compensation, Effect};
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};

/// A saga that is compensated, or that everybody has forgotten, leaves no charge, as soon as nothing is on its way that could change that;
/// and nobody is charged twice. What is in a person's hands is not settled.
pub const CHARGED: &str = "no charge without an order";
/// A completed saga has charged the card.
pub const PAID: &str = "no order without a charge";
/// Every item is on the shelf, or some saga's.
pub const STOCK: &str = "stock is never lost or oversold";
/// To be paid back twice is no compensation.
pub const UNDONE: &str = "nothing is undone more often than it was done";
/// Nobody is told that there is nothing left because of a saga that then gives it back: no *dirty read*.
pub const DIRTY: &str = "nobody is turned away for an item that comes back";
/// If failures are repaired. A person who was called is an end, too: somebody knows.
pub const ENDS: &str = "every saga ends completed, compensated or in manual intervention";

/// What has become of a saga.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Ended(End),
    /// It was ordered, and the orchestrator knows nothing of it.
    Forgotten,
}

impl Saga {
    fn fate(&self, saga: u8) -> Fate {
        let logs = self.scenario.safeguards.saga_log;
        let memory = self.orchestrator.memory().map(|memory| memory.sagas[usize::from(saga)].phase);
        match (self.orchestrator.durable[usize::from(saga)].last(), memory) {
            (Some(&Record::Ended(end)), _) => Fate::Ended(end),
            (None, Some(Phase::Ended(end))) if !logs => Fate::Ended(end),
            (None, Some(Phase::Unknown)) if self.is_ordered(saga) => Fate::Forgotten,
            _ => Fate::Open,
        }
    }

    /// How a saga has ended, as the log says, or the memory of an orchestrator that keeps none.
    pub fn end(&self, saga: u8) -> Option<End> {
        match self.fate(saga) {
            Fate::Ended(end) => Some(end),
            Fate::Open | Fate::Forgotten => None,
        }
    }

    /// Other sagas that have reserved something and are not over, a bit each.
    pub(super) fn open_reservations(&self, but: u8) -> u8 {
        let open = |&saga: &u8| saga != but && self.times(Effect::Reserve, saga) > 0 && self.fate(saga) == Fate::Open;
        self.sagas().filter(open).map(|saga| 1 << saga).sum()
    }

    fn entry(&self, effect: Effect, saga: u8) -> Option<&Entry> {
        let step = self.scenario.step_that(effect)?;
        self.services[step].durable.entries.get(usize::from(saga))
    }

    /// How often an effect is in force.
    fn times(&self, effect: Effect, saga: u8) -> i8 {
        self.entry(effect, saga).map_or(0, |entry| entry.times)
    }

    /// Nothing of a saga is in force at any service.
    fn left_no_trace(&self, saga: u8) -> bool {
        self.services.iter().all(|service| service.durable.entries[usize::from(saga)].times == 0)
    }

    fn has_ended(&self, saga: u8) -> bool {
        match self.fate(saga) {
            Fate::Ended(_) => true,
            // The customer was told that something went wrong, and nothing was done: there is no such saga.
            Fate::Forgotten => self.left_no_trace(saga),
            Fate::Open => false,
        }
    }

    /// Whether every saga has ended.
    pub fn is_settled(&self) -> bool {
        self.sagas().all(|saga| self.has_ended(saga))
    }

    /// Nothing that could change a database is on its way or waits to be done.
    fn is_quiet(&self) -> bool {
        let changes = |body: Body| matches!(body, Body::Do | Body::Undo);
        let waiting = self.services.iter().filter_map(|service| service.memory()).flat_map(|memory| &memory.requests);
        !self.network.packets().iter().any(|packet| changes(packet.message.body))
            && !waiting.into_iter().any(|message| changes(message.body))
    }

    fn wrong_with_the_charge(&self, saga: u8, quiet: bool) -> Option<(&'static str, String)> {
        let whose = SagaName(saga);
        let (charged, fate) = (self.times(Effect::Charge, saga), self.fate(saga));
        if charged > 1 {
            return Some((CHARGED, format!("Here the card is charged twice for {whose}.")));
        }
        if !quiet {
            return None;
        }
        match fate {
            Fate::Ended(End::Compensated) if charged > 0 => {
                Some((CHARGED, format!("Here {whose} is over and undone, and the card stays charged.")))
            }
            Fate::Forgotten if charged > 0 => {
                Some((CHARGED, format!("Here the card is charged for {whose}, and nobody knows of it.")))
            }
            Fate::Ended(End::Completed)
                if charged > 0 && self.entry(Effect::Confirm, saga).is_some_and(|it| it.times < 1) =>
            {
                Some((CHARGED, format!("Here {whose} is over, the card is charged, and there is no confirmed order.")))
            }
            Fate::Ended(End::Completed) if self.entry(Effect::Charge, saga).is_some_and(|it| it.times < 1) => {
                Some((PAID, format!("Here {whose} is completed, and nobody has paid.")))
            }
            _ => None,
        }
    }

    fn wrong_with_the_stock(&self, quiet: bool) -> Option<String> {
        let stock = i32::from(self.scenario.stock);
        let shelf = i32::from(self.services[self.scenario.step_that(Effect::Reserve)?].durable.available);
        let has = |saga: &u8| self.times(Effect::Reserve, *saga) > 0 || self.times(Effect::Ship, *saga) > 0;
        let taken = self.sagas().filter(has).count() as i32;
        if shelf + taken > stock {
            return Some(format!("Here {shelf} are on the shelf and {taken} are taken, of {stock}."));
        }
        let settled = self.sagas().all(|saga| match self.fate(saga) {
            Fate::Ended(end) => end != End::Manual,
            Fate::Forgotten => true,
            Fate::Open => false,
        });
        let sold = self.sagas().filter(|&saga| self.fate(saga) == Fate::Ended(End::Completed)).count() as i32;
        let lost = quiet && settled && shelf + sold < stock;
        lost.then(|| format!("Here all is over, {shelf} are on the shelf and {sold} sold, of {stock}."))
    }
}

impl Machine for Saga {
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
        let quiet = self.is_quiet();
        for saga in self.sagas() {
            if let Some((rule, note)) = self.wrong_with_the_charge(saga, quiet) {
                broken(rule, note);
            }
        }
        if let Some(note) = self.wrong_with_the_stock(quiet) {
            broken(STOCK, note);
        }
        for saga in self.sagas() {
            let at = self.services.iter().position(|it| it.durable.entries[usize::from(saga)].times < 0);
            if let Some(at) = at {
                let step = self.scenario.steps[at].name();
                broken(UNDONE, format!("Here “{step}” is undone more often for {} than it was done.", SagaName(saga)));
            }
            let by = self.entry(Effect::Reserve, saga).map_or(0, |entry| entry.turned_away_by);
            let gave_back = |&other: &u8| by & 1 << other != 0 && self.fate(other) == Fate::Ended(End::Compensated);
            if let Some(other) = self.sagas().find(gave_back) {
                let (whose, other) = (SagaName(saga), SagaName(other));
                broken(DIRTY, format!("Here {whose} was turned away for the item that {other} has given back."));
            }
        }
        violations
    }
}

impl Saga {
    /// The first step that may refuse a saga, if the steps before it can be undone.
    fn can_be_refused(&self, saga: u8) -> bool {
        let refuses = |step: usize| self.scenario.answer(step, saga.into()) != Answer::Accept;
        let first = (0..self.services.len()).find(|&step| refuses(step));
        let works = |step: &super::Step| step.compensation == Compensation::Works;
        first.is_some_and(|first| self.scenario.steps[..first].iter().all(works))
    }

    fn can_succeed(&self, saga: u8) -> bool {
        let refuses = |step: usize| self.scenario.answer(step, saga.into()) == Answer::Refuse;
        let stock = self.scenario.stock > 0 || self.scenario.step_that(Effect::Reserve).is_none();
        stock && !(0..self.services.len()).any(refuses)
    }

    fn some_end(&self, end: End) -> bool {
        self.sagas().any(|saga| self.end(saga) == Some(end))
    }
}

impl Explorable for Saga {
    fn rules(&self) -> Vec<Rule<Self>> {
        let mut rules = Vec::from([CHARGED, PAID, STOCK, UNDONE, DIRTY].map(Rule::always));
        if self.sagas().any(|saga| self.can_succeed(saga)) {
            rules.push(Rule::sometimes("an order can be completed", |it: &Self| it.some_end(End::Completed)));
        }
        if self.sagas().any(|saga| self.can_be_refused(saga)) {
            rules.push(Rule::sometimes("an order can be compensated", |it: &Self| it.some_end(End::Compensated)));
        }
        rules.push(Rule::eventually(ENDS, Self::is_settled));
        rules
    }

    fn may_end(&self) -> bool {
        self.is_settled()
    }

    fn fair(&self, action: &Action) -> bool {
        action.fault().is_none()
    }
}
