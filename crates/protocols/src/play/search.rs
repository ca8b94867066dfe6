//! Tries every order of a protocol, and tells what it finds as schedules that a [`Play`](super::Play) can show.

use super::{Found, Judgement, Search, Task, Verdict};
use crate::faults::Setting;
use crate::protocol::Protocol;
use interleave_kernel::explore::{self, Limits, Progress};
use std::ops::ControlFlow;

/// Tries every order. `progress` is told how far it has come, and may end it. An error says what is wrong with the scenario.
pub fn search(search: &Search, progress: impl FnMut(&Progress) -> ControlFlow<()>) -> Result<Found, String> {
    search.subject.with(Every { search, progress })
}

struct Every<'a, P> {
    search: &'a Search,
    progress: P,
}

impl<P: FnMut(&Progress) -> ControlFlow<()>> Task for Every<'_, P> {
    type Output = Result<Found, String>;

    fn with<M: Protocol>(self, scenario: &M::Scenario) -> Self::Output {
        let start = M::begin(scenario)?;
        let limits = Limits { states: self.search.states, symmetry: self.search.symmetry, ..Limits::default() };
        let found = explore::explore(&start, &limits, self.progress);
        let hand = M::begin(&scenario.by_hand())?;
        let rules = found.verdicts.into_iter().map(|judged| Judgement {
            rule: judged.rule,
            verdict: match judged.verdict {
                explore::Verdict::Holds => Verdict::Holds,
                explore::Verdict::Unreached => Verdict::Impossible,
                explore::Verdict::Undecided => Verdict::Undecided,
                explore::Verdict::Reached(schedule) => Verdict::Possible(by_hand(&hand, &schedule.actions)),
                explore::Verdict::Broken(broken) => {
                    let cycle = broken.cycle.actions.len() as u16;
                    let mut schedule = broken.schedule;
                    schedule.actions.extend(broken.cycle.actions);
                    Verdict::Broken { way: by_hand(&hand, &schedule.actions), cycle, note: broken.note.plain() }
                }
            },
        });
        Ok(Found {
            progress: Progress { states: found.states, transitions: found.transitions, depth: found.depth, waiting: 0 },
            stopped: found.stopped,
            rules: rules.collect(),
            deadlock: found.deadlock.map(|schedule| by_hand(&hand, &schedule.actions)),
        })
    }
}

/// The same schedule as picks among all that may happen by hand: there, more faults are offered than the budget of a search allows.
fn by_hand<M: Protocol>(start: &M, actions: &[M::Action]) -> Vec<u16> {
    let mut machine = start.clone();
    let pick = |action: &M::Action| {
        let pick = machine.actions().iter().position(|it| it == action)?;
        machine.advance(action);
        Some(pick as u16)
    };
    actions.iter().map_while(pick).collect()
}
