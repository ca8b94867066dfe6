//! Is it to be reached, and how?

use crate::locking::{self, DEADLOCK, NONE};
use crate::{Answer, Way, protocol};
use interleave_course::question::Goal;
use interleave_sql::lab::scene::Verdict;
use interleave_sql::lab::{Scenario, census};
use std::ops::ControlFlow;

/// In the locking lab, the goal that the rule of the scenario does not hold in the end.
const BROKEN: &str = "broken";
/// The most steps of a search through every order of statements.
const BUDGET: u64 = 2_000_000;

/// Makes sure that the goal is not there for whoever does nothing, and finds a way there.
pub fn answer(goal: &Goal) -> Result<Answer, Vec<String>> {
    let Goal { lab, preset, goal, schedule: opening, faults, .. } = goal;
    let way = match lab.as_str() {
        locking::LAB if !faults.trim().is_empty() => {
            Err(format!("nothing is made to fail in {}: faults are for {}", locking::LAB, protocol::LABS.join(", ")))
        }
        locking::LAB => schedule(preset, opening, goal.trim()).map(Way::Schedule),
        lab if protocol::LABS.contains(&lab) && !opening.trim().is_empty() => {
            Err(format!("{lab} has no statements to be put in an order: a schedule is for {}", locking::LAB))
        }
        lab if protocol::LABS.contains(&lab) => picks(lab, preset, faults, goal.trim()).map(Way::Picks),
        lab => Err(format!(
            "there is no goal to reach in “{lab:.60}”, but in {} and {}",
            locking::LAB,
            protocol::LABS.join(", ")
        )),
    };
    way.map(Answer::Reach).map_err(|why| vec![why])
}

/// A schedule of a preset's statements that reaches a goal, from an order that does not.
fn schedule(preset: &str, opening: &str, goal: &str) -> Result<String, String> {
    let scenario = locking::preset(preset)?;
    let goals = [locking::names(), vec![BROKEN.into()]].concat();
    if !goals.iter().any(|known| known == goal) {
        return Err(format!("there is no goal “{goal:.60}” in {}; there are: {}", locking::LAB, goals.join(", ")));
    }
    if goal == BROKEN && scenario.invariant.trim().is_empty() {
        return Err(format!("the preset {preset} has no rule that could be broken"));
    }
    let opened = opened(&scenario, opening)?;
    if is_reached(&locking::judge(&opened)?, goal) {
        let how = if opening.trim().is_empty() { "as it stands" } else { "in the order in which it opens" };
        return Err(format!("the preset {preset} shows “{goal}” {how}: there is nothing to do"));
    }
    let reaches = |schedule: &Vec<u8>| {
        let run = Scenario { schedule: schedule.clone(), ..scenario.clone() };
        locking::judge(&run).is_ok_and(|verdict| is_reached(&verdict, goal))
    };
    let mut found: Vec<_> = candidates(&scenario)?.into_iter().filter(reaches).collect();
    found.sort_by_key(|schedule| (schedule.len(), schedule.clone()));
    let first = found.first().map(|schedule| locking::letters(schedule));
    first.ok_or_else(|| format!("no order of the statements of {preset} comes to “{goal}”"))
}

/// A preset as the lab opens it: in an order that names each statement once, or in its own where none is said.
fn opened(scenario: &Scenario, opening: &str) -> Result<Scenario, String> {
    if opening.trim().is_empty() {
        return Ok(scenario.clone());
    }
    let schedule = locking::turns(opening, scenario.sessions.len())?;
    for (session, lane) in locking::record(scenario).last().lanes.iter().enumerate() {
        let (turns, statements) =
            (schedule.iter().filter(|&&turn| usize::from(turn) == session).count(), lane.statements.len());
        if turns != statements {
            let letter = locking::letters(&[session as u8]);
            return Err(format!(
                "the schedule has {turns} × {letter}, but {} has {statements} statements",
                scenario.sessions[session].name
            ));
        }
    }
    Ok(Scenario { schedule, ..scenario.clone() })
}

/// Whether a run is what a learner was asked to bring about.
fn is_reached(verdict: &Verdict, goal: &str) -> bool {
    let broken = matches!(verdict.invariant, Some(Ok(false) | Err(_)));
    match goal {
        DEADLOCK => verdict.deadlocks > 0,
        BROKEN => broken,
        // Nothing at all is wrong with it.
        NONE => verdict.anomaly.is_none() && verdict.deadlocks == 0 && !broken,
        anomaly => verdict.anomaly.is_some_and(|it| locking::name(it) == anomaly),
    }
}

/// A schedule for each way in which some order ends, a shortest one; and the sessions one after the other, in every order of them: where
/// nobody waits nothing goes wrong.
fn candidates(scenario: &Scenario) -> Result<Vec<Vec<u8>>, String> {
    let census = census(scenario, scenario.isolation, BUDGET, |_| ControlFlow::Continue(()));
    let census = census.map_err(|_| "the preset cannot be run in every order")?;
    let mut schedules: Vec<_> = census.rows.into_iter().map(|row| row.example).collect();
    let lanes = locking::record(scenario).last().lanes.clone();
    let turns = |session: u8| vec![session; lanes[usize::from(session)].statements.len()];
    let serial = |order: Vec<u8>| order.into_iter().flat_map(turns).collect();
    schedules.extend(permutations(scenario.sessions.len() as u8).into_iter().map(serial));
    Ok(schedules)
}

/// The numbers below `count` in every order.
fn permutations(count: u8) -> Vec<Vec<u8>> {
    (0..count).fold(vec![vec![]], |orders, next| {
        let with = |order: &Vec<u8>| {
            let at = |at: usize| [&order[..at], &[next], &order[at..]].concat();
            (0..=order.len()).map(at).collect::<Vec<_>>()
        };
        orders.iter().flat_map(with).collect()
    })
}

/// What is picked on a shortest way to break a rule of a protocol.
fn picks(lab: &str, preset: &str, faults: &str, rule: &str) -> Result<Vec<u16>, String> {
    let subject = protocol::preset(lab, preset)?;
    let way = protocol::way(&protocol::with_faults(&subject, faults)?, rule)?;
    // The lab opens like that, whatever the story of the preset is.
    if protocol::broken(&protocol::calm(&subject)).contains(&rule) {
        return Err(format!("{preset} breaks “{rule}” when it simply runs on: there is nothing to do"));
    }
    Ok(way)
}
