//! A service: does one step of a saga, or undoes it, in a local transaction, and answers.

use super::machine::{Body, Message, ORCHESTRATOR, Saga, SagaName};
use super::{Answer, Compensation, Effect};
use crate::{Process, ProcessId};
use interleave_kernel::Tell;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::rc::Rc;

/// A service.
pub type Service = Process<ServiceDisk, ServiceMemory>;

/// A service's database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ServiceDisk {
    /// Items on the shelf. The stock's alone; any other service has none.
    pub available: i8,
    /// What it knows of each saga, in order.
    pub entries: SmallVec<[Entry; 2]>,
}

/// What a service knows of a saga: one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    pub state: State,
    /// How often its step was done, less how often that was undone: 1 when all is well and it is done.
    pub times: i8,
    /// The semantic lock: what it has reserved is not final.
    pub pending: bool,
    /// How often its compensation has failed, as far as that is counted.
    pub failed: u8,
    /// Sagas, a bit each, that had reserved what was missing when this one was turned away, and were not over.
    pub turned_away_by: u8,
}

/// What has become of a saga's step, as far as its service knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// It has never heard of it.
    #[default]
    Unknown,
    Done,
    Refused,
    /// It was undone; or it was to be undone before it was done, and will not be done any more (a *tombstone*).
    Compensated,
}

/// What a service loses in a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ServiceMemory {
    /// What it was asked and has not done, oldest first.
    pub requests: SmallVec<[Message; 2]>,
    /// What it has done and not answered, oldest first.
    pub replies: SmallVec<[Message; 2]>,
}

impl ServiceDisk {
    pub(super) fn new(available: u8, sagas: u8) -> Self {
        Self { available: available as i8, entries: (0..sagas).map(|_| Entry::default()).collect() }
    }

    /// Others than this saga that have reserved something and are not over.
    fn pending_but(&self, saga: u8) -> bool {
        (0..).zip(&self.entries).any(|(it, entry): (u8, _)| it != saga && entry.pending)
    }
}

impl Saga {
    pub(super) fn service(&mut self, id: ProcessId) -> &mut Service {
        &mut self.services[usize::from(id.0) - 1]
    }

    /// Both halves of a service that is up.
    fn at(&mut self, id: ProcessId) -> (&mut ServiceDisk, &mut ServiceMemory) {
        self.service(id).halves().expect("only a service that is up takes steps")
    }

    /// What a service may do with its oldest request: accept it, refuse it.
    pub(super) fn may(&self, id: ProcessId) -> (bool, bool) {
        let step = usize::from(id.0) - 1;
        let service = &self.services[step];
        let Some(&message) = service.memory().and_then(|memory| memory.requests.first()) else { return (false, false) };
        if message.body != Body::Do || !self.is_new(&service.durable, message.saga) {
            return (true, false);
        }
        match self.scenario.answer(step, message.saga.into()) {
            Answer::Accept => (true, false),
            Answer::Refuse => (false, true),
            Answer::Either => (true, true),
        }
    }

    /// Whether a request to do a step is done, not just answered.
    fn is_new(&self, disk: &ServiceDisk, saga: u8) -> bool {
        match disk.entries[usize::from(saga)].state {
            State::Unknown => true,
            State::Done | State::Refused => !self.scenario.safeguards.idempotency_keys,
            State::Compensated => false,
        }
    }

    /// It takes its oldest request and does it in a local transaction, or only looks up what it knows.
    pub(super) fn execute<T: Tell>(&mut self, id: ProcessId, accepts: bool) -> T {
        let (_, memory) = self.at(id);
        let Message { saga, body } = memory.requests.remove(0);
        let (reply, note) = match body {
            Body::Do => self.do_step::<T>(id, saga, accepts),
            Body::Undo => self.undo_step::<T>(id, saga),
            Body::Lift => self.lift::<T>(id, saga),
            _ => self.look_up::<T>(id, saga),
        };
        let (_, memory) = self.at(id);
        memory.replies.push(Message { saga, body: reply });
        note
    }

    /// Tᵢ
    fn do_step<T: Tell>(&mut self, id: ProcessId, saga: u8, accepts: bool) -> (Body, T) {
        let (step, scenario) = (usize::from(id.0) - 1, Rc::clone(&self.scenario));
        let reserves = self.scenario.steps[step].effect == Effect::Reserve;
        let (locks, new) = (self.scenario.safeguards.semantic_lock, self.is_new(&self.services[step].durable, saga));
        let open = self.open_reservations(saga);
        let (who, whose) = (self.capital(id), SagaName(saga));
        let (disk, _) = self.at(id);
        let others = disk.pending_but(saga);
        let entry = &mut disk.entries[usize::from(saga)];
        if !new {
            let body = if entry.state == State::Done { Body::Done } else { Body::Refused };
            let note = T::tell(|| match body {
                Body::Done => {
                    format!("**{who} has done that for {whose} already:** it knows the key, and says so again.")
                }
                _ => format!("**{who} refuses {whose}:** it has refused or undone it before."),
            });
            return (body, note);
        }
        if accepts && reserves && disk.available <= 0 {
            if locks && others {
                let note = T::tell(|| {
                    format!(
                        "**{who} cannot say yet:** the last item is reserved, but not for good. {whose} has to ask again."
                    )
                });
                return (Body::Busy, note);
            }
            (entry.state, entry.turned_away_by) = (State::Refused, open);
            return (Body::Refused, T::tell(|| format!("**{who} turns {whose} away:** nothing is left on the shelf.")));
        }
        if !accepts {
            if entry.times == 0 {
                entry.state = State::Refused;
            }
            return (Body::Refused, T::tell(|| format!("**{who} refuses {whose}** and changes nothing.")));
        }
        (entry.state, entry.turned_away_by) = (State::Done, 0);
        entry.times += 1;
        entry.pending = reserves && locks;
        let times = entry.times;
        if reserves {
            disk.available -= 1;
        }
        let note = T::tell(|| match times {
            1 => format!("**{who} does “{}” for {whose}** and commits.", scenario.steps[step].name()),
            _ => format!("**{who} does “{}” for {whose} once more** and commits.", scenario.steps[step].name()),
        });
        (Body::Done, note)
    }

    /// Cᵢ
    fn undo_step<T: Tell>(&mut self, id: ProcessId, saga: u8) -> (Body, T) {
        let (step, scenario) = (usize::from(id.0) - 1, Rc::clone(&self.scenario));
        let (reserves, compensation) =
            (self.scenario.steps[step].effect == Effect::Reserve, self.scenario.steps[step].compensation);
        let (keys, tombstones) = (self.scenario.safeguards.idempotency_keys, self.scenario.safeguards.tombstones);
        let (who, whose) = (self.capital(id), SagaName(saga));
        let (disk, _) = self.at(id);
        let entry = &mut disk.entries[usize::from(saga)];
        match entry.state {
            State::Unknown | State::Refused => {
                if tombstones {
                    entry.state = State::Compensated;
                }
                let note = T::tell(|| match tombstones {
                    true => format!(
                        "**{who} has nothing to undo for {whose}.** It remembers that, should the request come yet."
                    ),
                    false => format!("**{who} has nothing to undo for {whose}.**"),
                });
                return (Body::Undone, note);
            }
            State::Compensated if keys => {
                return (
                    Body::Undone,
                    T::tell(|| format!("**{who} has undone that for {whose} already,** and says so.")),
                );
            }
            State::Done | State::Compensated => {}
        }
        let fails = match compensation {
            Compensation::Works => false,
            Compensation::Fails(times) => entry.failed < times,
            Compensation::Never => true,
        };
        if fails {
            // For ever is not counted: that would make one state many.
            entry.failed += u8::from(compensation != Compensation::Never);
            return (
                Body::Failed,
                T::tell(|| format!("**{who} cannot undo it for {whose}:** the compensation fails.")),
            );
        }
        entry.state = State::Compensated;
        entry.times -= 1;
        entry.pending = false;
        if reserves {
            disk.available += 1;
        }
        (
            Body::Undone,
            T::tell(|| format!("**{who} undoes “{}” for {whose}** and commits.", scenario.steps[step].name())),
        )
    }

    /// What was reserved is taken for good.
    fn lift<T: Tell>(&mut self, id: ProcessId, saga: u8) -> (Body, T) {
        let (who, whose) = (self.capital(id), SagaName(saga));
        let (disk, _) = self.at(id);
        disk.entries[usize::from(saga)].pending = false;
        (Body::Lifted, T::tell(|| format!("**{who} lifts the semantic lock:** the item is {whose}'s for good.")))
    }

    fn look_up<T: Tell>(&mut self, id: ProcessId, saga: u8) -> (Body, T) {
        let (who, whose) = (self.capital(id), SagaName(saga));
        let (disk, _) = self.at(id);
        let body = match disk.entries[usize::from(saga)].state {
            State::Unknown => Body::Unknown,
            State::Done => Body::Done,
            State::Refused | State::Compensated => Body::Refused,
        };
        let note = T::tell(|| match body {
            Body::Unknown => format!("**{who} looks for the key of {whose} and finds nothing:** the request was lost."),
            Body::Done => {
                format!("**{who} looks for the key of {whose} and finds it:** done, only the reply was lost.")
            }
            _ => format!("**{who} looks for the key of {whose} and finds it:** refused."),
        });
        (body, note)
    }

    /// It sends its oldest answer.
    pub(super) fn reply<T: Tell>(&mut self, id: ProcessId) -> T {
        let who = self.capital(id);
        let (_, memory) = self.at(id);
        let message = memory.replies.remove(0);
        self.send(id, ORCHESTRATOR, message);
        T::tell(|| format!("**{who} answers “{message}”.**"))
    }

    pub(super) fn service_receives<T: Tell>(&mut self, id: ProcessId, message: Message, overtakes: bool) -> T {
        let who = self.capital(id);
        let (_, memory) = self.at(id);
        memory.requests.push(message);
        T::tell(|| match overtakes {
            true => format!("**{who} is asked “{message}”,** which has overtaken what was sent before."),
            false => format!("**{who} is asked “{message}”.**"),
        })
    }

    pub(super) fn service_crashes<T: Tell>(&mut self, id: ProcessId) -> T {
        let who = self.capital(id);
        let service = self.service(id);
        let answers = service.memory().is_some_and(|memory| !memory.replies.is_empty());
        service.crash();
        T::tell(|| match answers {
            true => format!("**{who} crashes.** What it has committed stays; that it did, it has told nobody."),
            false => format!("**{who} crashes.** What it has committed stays."),
        })
    }

    pub(super) fn service_restarts<T: Tell>(&mut self, id: ProcessId) -> T {
        self.service(id).restart(|_| ServiceMemory::default());
        T::tell(|| format!("**{} is back.** It waits to be asked.", self.capital(id)))
    }
}
