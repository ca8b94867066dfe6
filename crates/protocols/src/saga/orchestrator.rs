//! The orchestrator: tells services what to do, one after the other, and goes back when one refuses.

use super::machine::{Action, Body, Message, ORCHESTRATOR, Saga, SagaName};
use super::{Effect, Kind, Scenario};
use crate::{Process, ProcessId, Timer};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// The orchestrator. Its disk is the saga log, one for each saga.
pub type Orchestrator = Process<SmallVec<[Log; 2]>, OrchestratorMemory>;

/// The log of one saga, oldest record first: ten, if four steps are done in vain.
pub type Log = SmallVec<[Record; 10]>;

/// A record of the saga log. Steps count from 0. (Garcia-Molina & Salem, section 5)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Record {
    Begun,
    /// A step is done.
    Done(u8),
    /// So many steps, from the first one on, are to be undone.
    Compensating(u8),
    /// A step is undone.
    Undone(u8),
    Ended(End),
}

/// How a saga ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum End {
    Completed,
    Compensated,
    /// A compensation failed too often, and a person has to see to it.
    Manual,
}

/// What the orchestrator loses in a crash.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrchestratorMemory {
    pub sagas: SmallVec<[Progress; 2]>,
}

/// How far a saga is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Progress {
    pub phase: Phase,
    /// What comes next is sent and not answered.
    pub sent: bool,
    /// It was answered "later": what was sent is to be sent again when the timer goes off (*backoff*).
    pub backs_off: bool,
    /// How often it has tried in vain.
    pub attempts: u8,
    pub timer: Timer,
    /// What is to be written to the log, in order.
    pub unlogged: SmallVec<[Record; 2]>,
}

/// What the orchestrator is doing about a saga.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// It knows of no such saga.
    #[default]
    Unknown,
    /// It does a step. One past the last one: it has the semantic lock lifted.
    Forward {
        step: u8,
    },
    /// It undoes the first `steps`, of which it has undone so many.
    Backward {
        steps: u8,
        undone: u8,
    },
    Ended(End),
}

impl OrchestratorMemory {
    pub(super) fn new(sagas: u8) -> Self {
        Self { sagas: (0..sagas).map(|_| Progress::default()).collect() }
    }
}

impl Progress {
    /// It goes on to what comes next.
    fn turn_to(&mut self, phase: Phase) {
        (self.phase, self.sent, self.backs_off, self.attempts) = (phase, false, false, 0);
        self.timer.stop();
    }

    /// It waits a while and tries again.
    fn back_off(&mut self) {
        self.backs_off = true;
        self.timer.start();
    }

    /// Nothing else is to be done: it ends.
    fn settle(&mut self, scenario: &Scenario) -> Option<End> {
        let end = match self.phase {
            Phase::Forward { step } if step == scenario.moves() => End::Completed,
            Phase::Backward { steps, undone } if steps == undone => End::Compensated,
            _ => return None,
        };
        self.end(end);
        Some(end)
    }

    fn end(&mut self, end: End) {
        self.turn_to(Phase::Ended(end));
        self.unlogged.push(Record::Ended(end));
    }

    /// It undoes the first so many steps.
    fn compensate(&mut self, steps: u8, scenario: &Scenario) {
        self.turn_to(Phase::Backward { steps, undone: 0 });
        self.unlogged.push(Record::Compensating(steps));
        self.settle(scenario);
    }

    fn done(&mut self, step: u8, scenario: &Scenario) {
        self.turn_to(Phase::Forward { step: step + 1 });
        self.unlogged.push(Record::Done(step));
        self.settle(scenario);
    }

    fn undone(&mut self, step: u8, scenario: &Scenario) {
        let Phase::Backward { steps, undone } = self.phase else { return };
        self.turn_to(Phase::Backward { steps, undone: undone + 1 });
        self.unlogged.push(Record::Undone(step));
        self.settle(scenario);
    }

    /// What a log says.
    fn recover(log: &[Record], scenario: &Scenario) -> Self {
        let mut progress = Self::default();
        for &record in log {
            progress.phase = match (record, progress.phase) {
                (Record::Begun, _) => Phase::Forward { step: 0 },
                (Record::Done(step), _) => Phase::Forward { step: step + 1 },
                (Record::Compensating(steps), _) => Phase::Backward { steps, undone: 0 },
                (Record::Undone(_), Phase::Backward { steps, undone }) => Phase::Backward { steps, undone: undone + 1 },
                (Record::Undone(_), phase) => phase,
                (Record::Ended(end), _) => Phase::Ended(end),
            };
        }
        progress.settle(scenario);
        progress
    }
}

impl Scenario {
    /// Steps to go forward: its own, and one that has the semantic lock lifted if there is one.
    pub(super) fn moves(&self) -> u8 {
        let lifts = self.safeguards.semantic_lock && self.step_that(Effect::Reserve).is_some();
        self.steps.len() as u8 + u8::from(lifts)
    }

    /// The step that is undone next. (Garcia-Molina & Salem: Cⱼ, …, C₁)
    fn next_undone(&self, steps: u8, undone: u8) -> u8 {
        if self.safeguards.reverse_order { steps - 1 - undone } else { undone }
    }

    /// Where a step forward is done.
    fn place(&self, step: u8) -> ProcessId {
        match self.steps.get(usize::from(step)) {
            Some(_) => ProcessId(step + 1),
            None => ProcessId(self.step_that(Effect::Reserve).unwrap_or(0) as u8 + 1),
        }
    }
}

impl Saga {
    fn progress(&mut self, saga: u8) -> &mut Progress {
        let memory = self.orchestrator.memory_mut().expect("only an orchestrator that is up takes steps");
        &mut memory.sagas[usize::from(saga)]
    }

    pub(super) fn orchestrator_steps(&self, actions: &mut Vec<Action>) {
        let Some(memory) = self.orchestrator.memory() else { return };
        let first = self.scenario.safeguards.log_before_acting;
        for (saga, progress) in (0..).zip(&memory.sagas) {
            actions.extend((!self.is_ordered(saga)).then_some(Action::Order(saga)));
            let goes_on = matches!(progress.phase, Phase::Forward { .. } | Phase::Backward { .. }) && !progress.sent;
            let logs = !progress.unlogged.is_empty();
            actions.extend((logs && (first || !goes_on)).then_some(Action::Log(saga)));
            actions.extend((goes_on && !(first && logs)).then_some(Action::Send(saga)));
        }
    }

    /// A customer orders.
    pub(super) fn order<T: Tell>(&mut self, saga: u8) -> T {
        self.ordered |= 1 << saga;
        let logs = self.scenario.safeguards.saga_log;
        let progress = self.progress(saga);
        progress.phase = Phase::Forward { step: 0 };
        if logs {
            progress.unlogged.push(Record::Begun);
        }
        T::tell(|| format!("**A customer orders:** {} is to begin.", SagaName(saga)))
    }

    /// It forces a record to its log.
    pub(super) fn log<T: Tell>(&mut self, saga: u8) -> T {
        let record = self.progress(saga).unlogged.remove(0);
        self.orchestrator.durable[usize::from(saga)].push(record);
        let step = |at: u8| match self.scenario.steps.get(usize::from(at)) {
            Some(step) => format!("“{}”", step.name()),
            None => "“lift the lock”".into(),
        };
        let saga = SagaName(saga);
        T::tell(|| match record {
            Record::Begun => format!("**The orchestrator writes to its log that {saga} has begun.**"),
            Record::Done(at) => format!("**The orchestrator logs:** {saga}, {} is done.", step(at)),
            Record::Compensating(0) => {
                format!("**The orchestrator logs:** {saga} is to be undone; there is nothing to undo.")
            }
            Record::Compensating(_) => format!("**The orchestrator logs:** {saga} is to be undone."),
            Record::Undone(at) => format!("**The orchestrator logs:** {saga}, {} is undone.", step(at)),
            Record::Ended(End::Completed) => format!("**The orchestrator logs:** {saga} is completed."),
            Record::Ended(End::Compensated) => format!("**The orchestrator logs:** {saga} is compensated."),
            Record::Ended(End::Manual) => format!("**The orchestrator logs:** {saga} needs a person, and calls one."),
        })
    }

    /// Without a saga log nothing is to be written.
    fn keep_no_log(&mut self, saga: u8) {
        if !self.scenario.safeguards.saga_log {
            self.progress(saga).unlogged.clear();
        }
    }

    /// It asks for what comes next.
    pub(super) fn send_next<T: Tell>(&mut self, saga: u8) -> T {
        let scenario = std::rc::Rc::clone(&self.scenario);
        let safeguards = &scenario.safeguards;
        let progress = self.progress(saga);
        progress.sent = true;
        if safeguards.retries {
            progress.timer.start();
        }
        let (to, body) = match progress.phase {
            Phase::Forward { step } => {
                if !safeguards.await_replies {
                    progress.done(step, &scenario);
                }
                (scenario.place(step), if usize::from(step) < scenario.steps.len() { Body::Do } else { Body::Lift })
            }
            Phase::Backward { steps, undone } => {
                let step = scenario.next_undone(steps, undone);
                if !safeguards.await_compensations {
                    progress.undone(step, &scenario);
                }
                (scenario.place(step), Body::Undo)
            }
            Phase::Unknown | Phase::Ended(_) => panic!("only a saga that goes on has a next step"),
        };
        self.keep_no_log(saga);
        let message = Message { saga, body };
        self.send(ORCHESTRATOR, to, message);
        T::tell(|| format!("**The orchestrator tells {}:** “{message}”.", self.name(to)))
    }

    /// It has waited for an answer.
    pub(super) fn time_out<T: Tell>(&mut self, saga: u8) -> T {
        let scenario = std::rc::Rc::clone(&self.scenario);
        let (safeguards, most) = (&scenario.safeguards, scenario.attempts);
        let progress = self.progress(saga);
        progress.timer.stop();
        let whose = SagaName(saga);
        if progress.backs_off {
            (progress.backs_off, progress.sent) = (false, false);
            return T::tell(|| format!("**The orchestrator has waited long enough** and tries again for {whose}."));
        }
        progress.attempts = (progress.attempts + 1).min(most);
        let gives_up = progress.attempts >= most;
        let note = match progress.phase {
            Phase::Forward { step } => {
                let kind = scenario.steps.get(usize::from(step)).map_or(Kind::Retriable, |step| step.kind);
                if !safeguards.ask_after_timeout && kind != Kind::Retriable {
                    progress.compensate(step, &scenario);
                    T::tell(|| {
                        format!(
                            "**The orchestrator hears nothing and takes the step of {whose} for failed.** It does not ask."
                        )
                    })
                } else if gives_up && kind == Kind::Compensatable {
                    progress.compensate(step + 1, &scenario);
                    T::tell(|| {
                        format!(
                            "**The orchestrator gives up {whose}.** The step in doubt is undone with the others: it may have been done."
                        )
                    })
                } else if safeguards.ask_after_timeout {
                    progress.timer.start();
                    let to = scenario.place(step);
                    // Whether a lock is lifted is no secret: it is lifted once more.
                    let body = if usize::from(step) < scenario.steps.len() { Body::Ask } else { Body::Lift };
                    self.send(ORCHESTRATOR, to, Message { saga, body });
                    T::tell(|| {
                        format!(
                            "**The orchestrator hears nothing of {whose} and asks {}.** Was the request lost, or the reply?",
                            self.name(to)
                        )
                    })
                } else {
                    progress.sent = false;
                    T::tell(|| format!("**The orchestrator hears nothing of {whose}** and will tell it again."))
                }
            }
            Phase::Backward { .. } if gives_up && safeguards.manual_intervention => {
                progress.end(End::Manual);
                T::tell(|| format!("**The orchestrator cannot undo {whose}** and calls a person."))
            }
            Phase::Backward { .. } => {
                progress.sent = false;
                T::tell(|| format!("**The orchestrator hears nothing of {whose}** and will try to undo it again."))
            }
            Phase::Unknown | Phase::Ended(_) => panic!("it waits for nothing"),
        };
        self.keep_no_log(saga);
        note
    }

    pub(super) fn orchestrator_receives<T: Tell>(&mut self, from: ProcessId, message: Message) -> T {
        let scenario = std::rc::Rc::clone(&self.scenario);
        let (safeguards, most) = (&scenario.safeguards, scenario.attempts);
        let Message { saga, body } = message;
        let progress = self.progress(saga);
        let (who, whose) = (|saga: &Saga| saga.name(from), SagaName(saga));
        let tries_again = |progress: &mut Progress| {
            progress.attempts = (progress.attempts + 1).min(most);
            progress.attempts < most && safeguards.retries
        };
        let note = match (progress.phase, body) {
            (Phase::Forward { step }, Body::Done) if ProcessId(step + 1) == from => {
                progress.done(step, &scenario);
                T::tell(|| format!("**The orchestrator hears that {} has done it** for {whose}.", who(self)))
            }
            (Phase::Forward { step }, Body::Lifted) if usize::from(step) == scenario.steps.len() => {
                progress.done(step, &scenario);
                T::tell(|| format!("**The orchestrator hears that the lock of {whose} is lifted.**"))
            }
            (Phase::Forward { step }, Body::Refused) if ProcessId(step + 1) == from => {
                progress.compensate(step, &scenario);
                T::tell(|| {
                    format!("**The orchestrator hears no from {}.** What {whose} has done is to be undone.", who(self))
                })
            }
            (Phase::Forward { step }, Body::Unknown) if ProcessId(step + 1) == from => {
                progress.sent = false;
                progress.timer.stop();
                T::tell(|| {
                    format!("**The orchestrator hears that the request was lost.** It will send that of {whose} again.")
                })
            }
            (Phase::Forward { step }, Body::Busy) if ProcessId(step + 1) == from => {
                if tries_again(progress) {
                    progress.back_off();
                    T::tell(|| format!("**The orchestrator is told that {whose} has to wait:** it will try again."))
                } else {
                    progress.compensate(step, &scenario);
                    T::tell(|| format!("**The orchestrator is told that {whose} has to wait, and gives it up.**"))
                }
            }
            (Phase::Backward { steps, undone }, Body::Undone | Body::Failed)
                if ProcessId(scenario.next_undone(steps, undone) + 1) == from =>
            {
                if body == Body::Undone {
                    progress.undone(scenario.next_undone(steps, undone), &scenario);
                    T::tell(|| format!("**The orchestrator hears that {} has undone it** for {whose}.", who(self)))
                } else if !tries_again(progress) && safeguards.manual_intervention {
                    progress.end(End::Manual);
                    T::tell(|| format!("**The orchestrator cannot undo {whose}** and calls a person."))
                } else {
                    if safeguards.retries {
                        progress.back_off();
                    }
                    T::tell(|| format!("**The orchestrator hears that {} could not undo it** for {whose}.", who(self)))
                }
            }
            (_, _) => {
                T::tell(|| format!("**The orchestrator has no use for “{message}” from {}** any more.", who(self)))
            }
        };
        self.keep_no_log(saga);
        note
    }

    /// It reads its log, and goes on with what is not over.
    pub(super) fn orchestrator_restarts<T: Tell>(&mut self) -> T {
        let scenario = std::rc::Rc::clone(&self.scenario);
        self.orchestrator.restart(|logs| OrchestratorMemory {
            sagas: logs.iter().map(|log| Progress::recover(log, &scenario)).collect(),
        });
        T::tell(|| {
            let open =
                self.orchestrator.durable.iter().filter(|log| !matches!(log.last(), None | Some(Record::Ended(_))));
            match open.count() {
                0 => "**The orchestrator is back** and finds nothing in its log to be done.".into(),
                _ => "**The orchestrator is back,** reads its log and goes on from there.".into(),
            }
        })
    }
}
