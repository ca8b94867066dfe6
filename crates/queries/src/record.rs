//! The tape of a run: a frame for everything that happens on the way to the database and back.

use crate::events::{Event, events};
use crate::notes;
use crate::run::Runner;
use crate::scenario::Scenario;
use crate::scene::{Change, QueryTape, Run};
use interleave_kernel::{Mark, Note};
use std::rc::Rc;

/// Runs a scenario and makes its tape. It *never* fails: what goes wrong is on the tape.
pub fn record(scenario: &Scenario) -> QueryTape {
    Runner::new(None).record(scenario)
}

impl Runner {
    /// Runs a scenario and makes its tape. It *never* fails: what goes wrong is on the tape.
    pub fn record(&mut self, scenario: &Scenario) -> QueryTape {
        film(&scenario.bounded(), Rc::new(self.run(scenario)))
    }
}

fn film(scenario: &Scenario, run: Rc<Run>) -> QueryTape {
    let mut tape = QueryTape::default();
    tape.record(Mark::Section, notes::opening(scenario), vec![Change::Run(Rc::clone(&run))]);
    let mut clock = 0;
    for (at, event) in events(&run) {
        let (mark, note, about) = frame(&run, event);
        let mut changes = Vec::new();
        if at != clock {
            clock = at;
            changes.push(Change::Clock(at));
        }
        if about != tape.last().about {
            changes.push(Change::About(about));
        }
        if matches!(event, Event::Found(_)) {
            changes.push(Change::Found);
        }
        tape.record(mark, note, changes);
    }
    tape.record(Mark::Section, notes::over(&run, clock), vec![Change::About(None), Change::Over]);
    tape
}

fn frame(run: &Run, event: Event) -> (Mark, Note, Option<u32>) {
    match event {
        Event::Opens(number) => (Mark::Step, notes::opens(number), None),
        Event::Ready(number) => {
            let connection = &run.log.connections[number];
            let took = connection.ready.unwrap_or(connection.opened) - connection.opened;
            (Mark::Step, notes::ready(number, took), None)
        }
        Event::Asked(number) => {
            let group = &run.groups[run.group_of[number] as usize];
            let nth = group.queries.partition_point(|query| *query <= number as u32);
            (Mark::Unit, notes::asked(run, &run.log.queries[number], nth), Some(number as u32))
        }
        Event::Left(number) => {
            let query = &run.log.queries[number];
            (Mark::Step, notes::left(run, query, query.connection.unwrap_or(0)), Some(number as u32))
        }
        Event::Answered(number) => (Mark::Step, notes::answered(&run.log.queries[number]), Some(number as u32)),
        Event::Printed(number) => (Mark::Step, notes::printed(&run.printed[number]), None),
        Event::Found(number) => {
            let finding = &run.findings[number];
            (Mark::Section, finding.what.clone(), None)
        }
    }
}
