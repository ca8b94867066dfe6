//! What must hold, and how a search and a driver see the machine.

use super::machine::{Action, Choreography};
use super::service::Status;
use crate::saga::{Answer, CHARGED, PAID, STOCK, UNDONE};
use interleave_kernel::explore::{Explorable, Rule};
use interleave_kernel::{Machine, Note, Violation};

/// If services come back. What is put aside for a person is an end, too: somebody knows.
pub const ENDS: &str = "every order ends completed, cancelled or in a person's hands";

impl Choreography {
    /// How often the stock, the payment and the shipping service have done their part.
    fn times(&self) -> [i8; 3] {
        [1, 2, 3].map(|at: usize| self.services[at].durable.times)
    }

    fn has_ended(&self) -> bool {
        self.dead > 0 || self.status().is_end() && self.is_quiet()
    }
}

impl Machine for Choreography {
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
            |rule: &str, note: &str| violations.push(Violation { rule: rule.into(), note: Note::new(note) });
        let [reserved, charged, shipped] = self.times();
        let over = self.is_quiet() && self.dead == 0;
        if charged > 1 {
            broken(CHARGED, "Here the card is charged twice for one order.");
        } else if over && self.status() == Status::Cancelled && charged > 0 {
            broken(CHARGED, "Here the order is cancelled, and the card stays charged.");
        }
        if over && shipped > 0 && charged < 1 {
            broken(PAID, "Here the parcel is sent, and nobody has paid.");
        }
        let shelf = self.services[1].durable.available;
        if shelf > 0 && (reserved > 0 || shipped > 0) {
            broken(STOCK, "Here the only item is on the shelf and taken.");
        } else if over && self.status() == Status::Cancelled && shelf < 1 {
            broken(STOCK, "Here the order is cancelled, and the item is not back on the shelf.");
        }
        if [reserved, charged, shipped].iter().any(|&times| times < 0) {
            broken(UNDONE, "Here a service has undone what it had not done.");
        }
        violations
    }
}

impl Explorable for Choreography {
    fn rules(&self) -> Vec<Rule<Self>> {
        let mut rules = Vec::from([CHARGED, PAID, STOCK, UNDONE].map(Rule::always));
        let answers = [self.scenario.answers.stock, self.scenario.answers.payment, self.scenario.answers.shipping];
        let poisoned = self.scenario.poison.is_some();
        if !poisoned && !answers.contains(&Answer::Refuse) {
            rules.push(Rule::sometimes("an order can be completed", |it: &Self| it.status() == Status::Completed));
        }
        if !poisoned && answers.iter().any(|&it| it != Answer::Accept) {
            rules.push(Rule::sometimes("an order can be cancelled", |it: &Self| it.status() == Status::Cancelled));
        }
        rules.push(Rule::eventually(ENDS, Self::has_ended));
        rules
    }

    fn may_end(&self) -> bool {
        self.has_ended()
    }

    fn fair(&self, action: &Action) -> bool {
        action.fault().is_none()
    }
}
