//! The cheapest thing that would have prevented an anomaly: found by running the same schedule with it.

use super::ending::Judgement;
use super::machine::{Action, Locking};
use super::schedule::Schedule;
use super::{Isolation, Scenario, script};
use interleave_kernel::Machine;

/// What helps, cheapest first: a snapshot, a lock, the whole truth. `None`: nothing of that.
pub fn cure(scenario: &Scenario) -> Option<String> {
    let locked = with_locks(scenario);
    let levels = Isolation::ALL.into_iter().filter(|level| *level > scenario.isolation);
    let mut tries: Vec<(Scenario, String)> =
        levels.map(|isolation| (Scenario { isolation, ..scenario.clone() }, isolation.sql().to_owned())).collect();
    if let Some(locked) = locked {
        let at =
            tries.iter().position(|(scenario, _)| scenario.isolation == Isolation::Serializable).unwrap_or(tries.len());
        tries.insert(at, (locked, "FOR UPDATE on the first SELECT".to_owned()));
    }
    tries.into_iter().find_map(|(scenario, name)| {
        let judgement = judge(&scenario)?;
        // A change that makes a statement fail otherwise than by asking for another try is no cure.
        let runs = !judgement.happened.faulty && !judgement.stuck && judgement.counts().0 > 0;
        let helps = judgement.is_fine() && runs;
        let retry = if judgement.happened.failed { ", and a retry of the transaction that fails" } else { "" };
        helps.then(|| name + retry)
    })
}

/// Runs a scenario by its schedule, without recording it.
pub fn judge(scenario: &Scenario) -> Option<Judgement> {
    let mut machine = Locking::new(scenario, scenario.isolation).ok()?;
    let base = machine.store.clone();
    machine.store.keep_history(true);
    let mut schedule = Schedule::new(&scenario.schedule, machine.lanes.len());
    loop {
        let actions = machine.actions();
        let Some(at) = choose(&mut schedule, &actions) else { break };
        machine.step(&actions[at]);
    }
    Some(Judgement::of(&machine, &base, &scenario.invariant, false))
}

/// Which of the offered actions a schedule takes: what happens by itself, or whose turn it is. `None`: it is over.
pub fn choose(schedule: &mut Schedule, actions: &[Action]) -> Option<usize> {
    let turn = |action: &Action| match action {
        Action::Next(session) => Some(*session),
        Action::Wake(_) | Action::Clock => None,
    };
    let ready: Vec<_> = actions.iter().filter_map(turn).collect();
    if ready.is_empty() {
        return (!actions.is_empty()).then_some(0);
    }
    let next = schedule.next(&ready)?;
    actions.iter().position(|action| *action == Action::Next(next))
}

/// The scenario with FOR UPDATE on each session's first SELECT that reads a table and locks nothing. `None`: there is none.
fn with_locks(scenario: &Scenario) -> Option<Scenario> {
    let mut locked = scenario.clone();
    let mut any = false;
    for session in &mut locked.sessions {
        let mut statements: Vec<_> =
            script::statements(&session.sql).into_iter().map(|statement| statement.text).collect();
        let first = statements.iter_mut().find(|text| {
            let words: Vec<_> =
                super::telling::short(text, usize::MAX).split(' ').map(str::to_ascii_uppercase).collect();
            let reads = words.first().is_some_and(|word| word == "SELECT") && words.iter().any(|word| word == "FROM");
            reads && !words.iter().any(|word| word == "FOR")
        });
        if let Some(text) = first {
            text.push_str("\nFOR UPDATE");
            any = true;
        }
        session.sql = statements.join(";\n");
    }
    any.then_some(locked)
}
