//! Everything a learner can set.

use crate::{Budget, Fault};
use serde::{Deserialize, Serialize};

/// The most steps: an order reserves, charges, ships and confirms.
pub const MOST_STEPS: usize = 4;
/// The most sagas: two are enough to contend.
pub const MOST_SAGAS: u8 = 2;
/// The most attempts at one step.
pub const MOST_ATTEMPTS: u8 = 4;
/// The most items in stock.
pub const MOST_STOCK: u8 = 9;
/// The longest name of a step, in characters.
pub const LONGEST_NAME: usize = 24;

/// A run of sagas: each is one order for one item, paid by card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What each saga does, in order: one to [`MOST_STEPS`], each at a service of its own.
    pub steps: Vec<Step>,
    /// How many there are at the same time: one to [`MOST_SAGAS`].
    pub sagas: u8,
    /// Items in stock before anybody orders.
    pub stock: u8,
    /// How often the orchestrator tries a step or a compensation before it gives up: one to [`MOST_ATTEMPTS`].
    pub attempts: u8,
    /// What may go wrong, and how often.
    pub faults: Budget,
    /// Which precautions are taken.
    pub safeguards: Safeguards,
}

impl Default for Scenario {
    fn default() -> Self {
        let step = |effect, kind| Step { effect, kind, ..Step::default() };
        Self {
            steps: vec![
                step(Effect::Reserve, Kind::Compensatable),
                step(Effect::Charge, Kind::Compensatable),
                step(Effect::Ship, Kind::Pivot),
                step(Effect::Confirm, Kind::Retriable),
            ],
            sagas: 1,
            stock: 1,
            attempts: 2,
            faults: Budget::default(),
            safeguards: Safeguards::default(),
        }
    }
}

/// One local transaction of a saga, and how it can be undone.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Step {
    /// As notes call it; left empty, it is called after its effect.
    pub name: String,
    pub effect: Effect,
    pub kind: Kind,
    /// What the service answers to each saga, in order. Those that are not named are accepted.
    pub answers: Vec<Answer>,
    pub compensation: Compensation,
}

impl Step {
    /// As notes call it.
    pub fn name(&self) -> &str {
        if self.name.is_empty() { self.effect.name() } else { &self.name }
    }
}

/// What a step changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    /// One item is taken from stock.
    Reserve,
    /// The card is charged.
    Charge,
    /// The item is sent.
    Ship,
    /// The order is confirmed.
    Confirm,
    /// Something that no rule asks about.
    #[default]
    Other,
}

impl Effect {
    /// As notes call a step with it.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Reserve => "reserve stock",
            Effect::Charge => "charge card",
            Effect::Ship => "ship",
            Effect::Confirm => "confirm",
            Effect::Other => "something else",
        }
    }
}

/// What may become of a step. (Mehrotra, Rastogi, Silberschatz, Korth, *A Transaction Model for Multidatabase Systems*, ICDCS 1992;
/// Richardson, *Microservices Patterns*, 2018, section 4.3.2)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It can be refused, and undone.
    #[default]
    Compensatable,
    /// It can be refused; once it is done, the saga goes on to its end.
    Pivot,
    /// It comes after the point of no return: it is repeated until it is done.
    Retriable,
}

/// What a service answers when it is asked to do a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    #[default]
    Accept,
    Refuse,
    /// One or the other: a search tries both.
    Either,
}

/// What happens when a service is asked to undo a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compensation {
    #[default]
    Works,
    /// It fails that many times, then it works.
    Fails(u8),
    /// It fails however often it is tried.
    Never,
}

/// What the orchestrator and the services do so that nothing goes wrong. All of it, unless it is switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Safeguards {
    /// The orchestrator writes to a durable log how far each saga is.
    pub saga_log: bool,
    /// It writes there *before* it does what follows.
    pub log_before_acting: bool,
    /// It goes on only when a step has been answered.
    pub await_replies: bool,
    /// It takes a step for undone only when the service says so.
    pub await_compensations: bool,
    /// It does not wait for an answer for ever, but tries again.
    pub retries: bool,
    /// When a step is not answered it asks what has become of it, and does not take silence for a failure.
    pub ask_after_timeout: bool,
    /// It undoes what was done last first.
    pub reverse_order: bool,
    /// It calls a person when a compensation fails too often.
    pub manual_intervention: bool,
    /// A service does each request of a saga once, however often it arrives.
    pub idempotency_keys: bool,
    /// A service that is asked to undo what it has not done remembers that, and refuses to do it later.
    pub tombstones: bool,
    /// What a saga has reserved is marked as pending until that saga ends, and nobody is turned away because of it.
    pub semantic_lock: bool,
}

impl Default for Safeguards {
    fn default() -> Self {
        Self {
            saga_log: true,
            log_before_acting: true,
            await_replies: true,
            await_compensations: true,
            retries: true,
            ask_after_timeout: true,
            reverse_order: true,
            manual_intervention: true,
            idempotency_keys: true,
            tombstones: true,
            semantic_lock: true,
        }
    }
}

impl Scenario {
    /// What is wrong with it, in a sentence.
    pub fn check(&self) -> Result<(), String> {
        let within = |what: &str, least: usize, most: usize, is: usize| {
            let fits = (least..=most).contains(&is);
            fits.then_some(()).ok_or_else(|| format!("a run takes {least} to {most} {what}, not {is}"))
        };
        within("steps", 1, MOST_STEPS, self.steps.len())?;
        within("sagas", 1, MOST_SAGAS.into(), self.sagas.into())?;
        within("items in stock", 0, MOST_STOCK.into(), self.stock.into())?;
        within("attempts", 1, MOST_ATTEMPTS.into(), self.attempts.into())?;
        for (at, step) in self.steps.iter().enumerate() {
            self.check_step(at, step).map_err(|wrong| format!("step {}: {wrong}", at + 1))?;
        }
        match Fault::ALL.into_iter().find(|&fault| self.faults.left(fault) > Budget::MOST) {
            Some(fault) => Err(format!("{} takes a number from 0 to {}", fault.name(), Budget::MOST)),
            None => Ok(()),
        }
    }

    fn check_step(&self, at: usize, step: &Step) -> Result<(), String> {
        if step.name.chars().count() > LONGEST_NAME {
            return Err(format!("a name has at most {LONGEST_NAME} characters"));
        }
        if let Some(odd) = step.name.chars().find(|it| !it.is_alphanumeric() && !" -'".contains(*it)) {
            return Err(format!("a name has letters, digits, spaces, hyphens and apostrophes, not {odd:?}"));
        }
        let before = &self.steps[..at];
        if step.effect != Effect::Other && before.iter().any(|it| it.effect == step.effect) {
            return Err(format!("“{}” is done once in a saga", step.effect.name()));
        }
        let committed = before.iter().any(|it| it.kind != Kind::Compensatable);
        match step.kind {
            Kind::Compensatable if committed => {
                return Err("after a pivot or a retriable step, nothing can be undone: it has to be retriable".into());
            }
            Kind::Pivot if committed => return Err("a saga has one pivot, and nothing retriable before it".into()),
            Kind::Retriable if step.answers.iter().any(|&it| it != Answer::Accept) => {
                return Err("a retriable step cannot be refused".into());
            }
            Kind::Retriable if step.effect == Effect::Reserve => {
                return Err("stock can run out, so to reserve it cannot be retriable".into());
            }
            _ => {}
        }
        if step.answers.len() > usize::from(self.sagas) {
            let answers = step.answers.len();
            return Err(format!("there are {answers} answers and the number of sagas is {}", self.sagas));
        }
        match step.compensation {
            Compensation::Fails(times) if times > Budget::MOST => {
                Err(format!("a compensation fails 0 to {} times, or never works", Budget::MOST))
            }
            Compensation::Fails(_) | Compensation::Never if step.kind != Kind::Compensatable => {
                Err("only a compensatable step has a compensation that can fail".into())
            }
            _ => Ok(()),
        }
    }

    /// What the service of a step answers to a saga, both by number from 0.
    pub fn answer(&self, step: usize, saga: usize) -> Answer {
        self.steps.get(step).and_then(|step| step.answers.get(saga)).copied().unwrap_or_default()
    }

    /// Which step has that effect, from 0.
    pub fn step_that(&self, effect: Effect) -> Option<usize> {
        self.steps.iter().position(|step| step.effect == effect)
    }
}
