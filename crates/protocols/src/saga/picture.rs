//! How a run is driven, drawn and told.

use super::machine::{Action, ORCHESTRATOR, Saga, SagaName};
use super::orchestrator::{End, Phase, Progress, Record};
use super::service::{Service, State};
use super::{Effect, Scenario, stories};
use crate::diagram::{Deed, Entry, Lane, Status, Tone, Waits};
use crate::faults::{Budget, Setting};
use crate::protocol::{Cue, Flight, Happening, Protocol};
use crate::{ProcessId, Timer};
use interleave_kernel::Note;

impl Setting for Scenario {
    fn budget(&mut self) -> Option<&mut Budget> {
        Some(&mut self.faults)
    }
}

impl Protocol for Saga {
    type Scenario = Scenario;

    fn begin(scenario: &Scenario) -> Result<Self, String> {
        Self::new(scenario)
    }

    fn story(preset: &str) -> &'static [Cue<Self>] {
        stories::story(preset)
    }

    fn opening(&self) -> Note {
        let steps: Vec<_> = self.scenario.steps.iter().map(|step| format!("“{}”", step.name())).collect();
        let customers = match self.scenario.sagas {
            1 => "A customer is".into(),
            many => format!("{many} customers are"),
        };
        Note::new(format!(
            "**{customers} about to order.** An order takes {}, each at a service of its own.",
            steps.join(", ")
        ))
    }

    fn closing(&self) -> Note {
        let end = |saga: u8| match self.end(saga) {
            Some(End::Completed) => "is completed",
            Some(End::Compensated) => "is compensated",
            Some(End::Manual) => "is in a person's hands",
            None if self.is_ordered(saga) && self.is_settled() => "never began",
            None => "has not ended",
        };
        let ends: Vec<_> = self.sagas().map(|saga| format!("{} {}", SagaName(saga), end(saga))).collect();
        Note::new(format!("**Nothing is left to happen:** {}.", ends.join(", ")))
    }

    fn lanes(&self) -> Vec<Lane> {
        let mut lanes = vec![self.orchestrator_lane()];
        lanes.extend((0..).zip(&self.services).map(|(step, service)| self.service_lane(step, service)));
        lanes
    }

    fn flights(&self) -> Vec<Flight> {
        self.network.flights()
    }

    fn happening(&self, action: &Action) -> Happening {
        let service = |id: ProcessId| self.services.get(usize::from(id.0).wrapping_sub(1)).and_then(|it| it.memory());
        match *action {
            Action::Order(saga) => Happening::act(ORCHESTRATOR, format!("{} is ordered", SagaName(saga))),
            Action::Log(saga) => {
                let memory = self.orchestrator.memory();
                let record = memory.and_then(|memory| memory.sagas[usize::from(saga)].unlogged.first());
                Happening::act(ORCHESTRATOR, record.map_or("log".into(), |&record| self.logs(record).text))
            }
            Action::Send(saga) => Happening::act(ORCHESTRATOR, format!("send next of {}", SagaName(saga))),
            Action::Execute(id) => {
                let request = service(id).and_then(|memory| memory.requests.first());
                Happening::act(id, request.map_or("work".into(), |request| request.body.to_string()))
            }
            Action::Refuse(id) => Happening::act(id, "refuse"),
            Action::Reply(id) => {
                let reply = service(id).and_then(|memory| memory.replies.first());
                Happening::act(id, reply.map_or("answer".into(), |reply| format!("answer “{}”", reply.body)))
            }
            Action::Network(step) => Happening::network(step),
            Action::Clock => Happening::clock(),
            Action::Timeout(saga) => Happening::befalls(ORCHESTRATOR, Deed::Timeout).of(SagaName(saga).to_string()),
            Action::EarlyTimeout(saga) => {
                Happening::befalls(ORCHESTRATOR, Deed::EarlyTimeout).of(SagaName(saga).to_string())
            }
            Action::Crash(who) => Happening::befalls(who, Deed::Crash),
            Action::Restart(who) => Happening::befalls(who, Deed::Restart),
        }
    }

    fn disagrees(&self) -> bool {
        // A part of an order is in force, and another part is not.
        self.sagas().any(|saga| {
            let times = self.services.iter().map(|service| service.durable.entries[usize::from(saga)].times);
            let (done, open): (Vec<i8>, Vec<i8>) = times.partition(|&times| times > 0);
            !done.is_empty() && !open.is_empty()
        })
    }
}

impl Saga {
    fn orchestrator_lane(&self) -> Lane {
        let logs = (0_u8..).zip(&self.orchestrator.durable);
        let log = logs.flat_map(|(saga, log)| {
            log.iter().map(move |&record| {
                let Entry { text, tone } = self.logs(record);
                Entry { text: format!("{}: {text}", SagaName(saga)), tone }
            })
        });
        let memory = self.orchestrator.memory();
        let timers = || memory.into_iter().flat_map(|memory| &memory.sagas).map(|saga| saga.timer);
        let timer = match () {
            () if timers().any(|timer| timer == Timer::Due) => Timer::Due,
            () if timers().any(|timer| timer == Timer::Running) => Timer::Running,
            () => Timer::Stopped,
        };
        let sagas = (0_u8..).zip(memory.into_iter().flat_map(|memory| &memory.sagas));
        let known = sagas.filter(|(_, progress)| progress.phase != Phase::Unknown);
        Lane {
            name: "Orchestrator".into(),
            status: Status::of(memory.is_some(), self.network.is_isolated(ORCHESTRATOR)),
            waits: Waits::of(timer),
            log: log.collect(),
            memory: known.map(|(saga, progress)| self.thought(saga, progress)).collect(),
            ..Lane::default()
        }
    }

    fn logs(&self, record: Record) -> Entry {
        let step = |at: u8| self.scenario.steps.get(usize::from(at)).map_or("lift the lock", |step| step.name());
        match record {
            Record::Begun => Entry::plain("begun"),
            Record::Done(at) => Entry::toned(format!("{} done", step(at)), Tone::Good),
            Record::Compensating(_) => Entry::toned("to be undone", Tone::Bad),
            Record::Undone(at) => Entry::toned(format!("{} undone", step(at)), Tone::Bad),
            Record::Ended(End::Completed) => Entry::toned("completed", Tone::Good),
            Record::Ended(End::Compensated) => Entry::toned("compensated", Tone::Bad),
            Record::Ended(End::Manual) => Entry::toned("a person is called", Tone::Locked),
        }
    }

    /// What the orchestrator has in mind about a saga.
    fn thought(&self, saga: u8, progress: &Progress) -> Entry {
        let name = |at: usize| self.scenario.steps.get(at).map_or("lift the lock", |step| step.name());
        let what = match progress.phase {
            Phase::Unknown => return Entry::default(),
            Phase::Forward { step } => name(step.into()).to_owned(),
            Phase::Backward { steps, undone } => format!("undoes {} of {steps}", u32::from(undone) + 1),
            Phase::Ended(_) => "ended".into(),
        };
        let mut text = format!("{}: {what}", SagaName(saga));
        if progress.sent {
            text.push_str(if progress.backs_off { ", backs off" } else { ", waits" });
        }
        if progress.attempts > 0 {
            text.push_str(&format!(", try {}", u32::from(progress.attempts) + 1));
        }
        Entry::plain(text)
    }

    fn service_lane(&self, step: u8, service: &Service) -> Lane {
        let (id, set) = (ProcessId(step + 1), &self.scenario.steps[usize::from(step)]);
        let name = match set.effect {
            Effect::Reserve => "Stock",
            Effect::Charge => "Payment",
            Effect::Ship => "Shipping",
            Effect::Confirm => "Orders",
            Effect::Other => set.name(),
        };
        let mut rows = Vec::new();
        if set.effect == Effect::Reserve {
            rows.push(Entry::plain(format!("on the shelf: {}", service.durable.available)));
        }
        for (saga, entry) in (0_u8..).zip(&service.durable.entries) {
            let (words, tone) = match (entry.state, set.effect) {
                (State::Unknown, _) => continue,
                (State::Done, _) if entry.pending => ("reserved, pending", Tone::Locked),
                (State::Done, Effect::Reserve) => ("reserved", Tone::Good),
                (State::Done, Effect::Charge) => ("charged", Tone::Good),
                (State::Done, Effect::Ship) => ("shipped", Tone::Good),
                (State::Done, Effect::Confirm) => ("confirmed", Tone::Good),
                (State::Done, Effect::Other) => ("done", Tone::Good),
                (State::Refused, _) => ("refused", Tone::Bad),
                (State::Compensated, _) => ("undone", Tone::Bad),
            };
            let times = if entry.times.abs() > 1 { format!(" × {}", entry.times) } else { String::new() };
            rows.push(Entry::toned(format!("{}: {words}{times}", SagaName(saga)), tone));
        }
        let memory = service.memory();
        let asked = memory.into_iter().flat_map(|it| &it.requests).map(|it| Entry::plain(format!("asked “{it}”")));
        let to_say = memory.into_iter().flat_map(|it| &it.replies).map(|it| Entry::plain(format!("to answer “{it}”")));
        Lane {
            name: name.into(),
            status: Status::of(memory.is_some(), self.network.is_isolated(id)),
            locked: service.durable.entries.iter().any(|entry| entry.pending),
            rows,
            memory: asked.chain(to_say).collect(),
            ..Lane::default()
        }
    }
}
