//! Every order of a scenario's statements, counted by how it ends.

use super::ending::Judgement;
use super::machine::{Action, Locking, NoRun};
use super::scene::{Census, CensusRow};
use super::trace::Trace;
use super::{Isolation, Scenario};
use interleave_kernel::explore::{Search, orders};
use std::ops::ControlFlow;

/// Counts every order at one level, in at most `budget` steps. `progress` is told now and then how many orders were counted, and may
/// end it. A scenario that cannot run has no orders, and the reason is in the answer.
pub fn census(
    scenario: &Scenario,
    isolation: Isolation,
    budget: u64,
    progress: impl FnMut(u64) -> ControlFlow<()>,
) -> Result<Census, NoRun> {
    search(scenario, isolation, true, Search { budget, progress })
}

/// The same, and every order is run by itself: what [`census`] has to agree with.
pub fn census_one_by_one(scenario: &Scenario, isolation: Isolation, budget: u64) -> Result<Census, NoRun> {
    search(scenario, isolation, false, Search { budget, progress: |_| ControlFlow::Continue(()) })
}

fn search(
    scenario: &Scenario,
    isolation: Isolation,
    merge: bool,
    search: Search<impl FnMut(u64) -> ControlFlow<()>>,
) -> Result<Census, NoRun> {
    let mut start = Locking::new(scenario, isolation)?;
    let base = start.store.clone();
    start.store.keep_history(true);
    start.trace = Trace::new(&start).filter(|_| merge).map(Box::new);
    let same = |machine: &Locking| machine.trace.as_ref().map(|trace| trace.key());
    let classify = |machine: &Locking| Judgement::of(machine, &base, &scenario.invariant, false).endings();
    let found = orders(&start, same, classify, search);
    let rows = found.classes.into_iter().map(|(ending, class)| CensusRow {
        ending,
        orders: class.orders,
        example: class.example.into_iter().filter_map(turn).collect(),
    });
    Ok(Census { isolation, orders: found.total, rows: rows.collect(), cut: found.cut.then_some(found.total) })
}

/// Whose turn it was; waking and waiting are nobody's.
fn turn(action: Action) -> Option<u8> {
    match action {
        Action::Next(session) => Some(session),
        Action::Wake(_) | Action::Clock => None,
    }
}
