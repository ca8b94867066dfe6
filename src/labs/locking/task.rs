//! What questions ask about: a preset in another order.

use super::presets::Preset;
use interleave_course::bank::Planned;
use interleave_sql::lab::{Isolation, Scenario, statements};

/// A preset that runs at another level or in another order; empty for its own.
pub fn schedule(preset: &str, isolation: &str, letters: &str) -> Option<Scenario> {
    let scenario = Preset::named(preset)?.scenario();
    let said = isolation.trim().replace('-', " ");
    let level = Isolation::ALL.into_iter().find(|level| level.sql().eq_ignore_ascii_case(&said));
    let isolation = if said.is_empty() { scenario.isolation } else { level? };
    let turns: Vec<u8> = letters
        .bytes()
        .filter(|letter| !letter.is_ascii_whitespace())
        .map(|letter| letter.to_ascii_uppercase().wrapping_sub(b'A'))
        .collect();
    if turns.iter().any(|&turn| usize::from(turn) >= scenario.sessions.len()) {
        return None;
    }
    let schedule = if turns.is_empty() { scenario.schedule.clone() } else { turns };
    Some(Scenario { schedule, isolation, ..scenario })
}

/// The statements of all sessions in the order in which they are to run.
pub fn planned(scenario: &Scenario) -> Planned {
    let mut scripts: Vec<_> = scenario
        .sessions
        .iter()
        .map(|script| statements(&script.sql).into_iter().map(|statement| statement.text))
        .collect();
    let mut planned = vec![];
    for &turn in &scenario.schedule {
        let session = usize::from(turn);
        planned.extend(scripts.get_mut(session).and_then(Iterator::next).map(|text| (session, text)));
    }
    // When the schedule ends, those who have statements left take turns.
    let mut left = true;
    while left {
        let round: Vec<_> =
            scripts.iter_mut().enumerate().filter_map(|(session, script)| Some((session, script.next()?))).collect();
        left = !round.is_empty();
        planned.extend(round);
    }
    let name = |at: usize| super::session::script_name(scenario, at as u8);
    Planned {
        isolation: scenario.isolation.sql().to_owned(),
        setup: scenario.setup.clone(),
        sessions: (0..scenario.sessions.len()).map(name).collect(),
        statements: planned,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_preset_at_another_level_and_in_another_order() {
        let scenario = schedule("lost-update", "repeatable read", "AAAABBBB").unwrap();
        assert_eq!(scenario.isolation, Isolation::RepeatableRead);
        assert_eq!(scenario.schedule, [0, 0, 0, 0, 1, 1, 1, 1]);
        assert_eq!(schedule("lost-update", "", ""), Preset::named("lost-update").map(Preset::scenario));
        assert!(schedule("lost-update", "chaos", "").is_none());
        assert!(schedule("lost-update", "", "ABC").is_none());
        assert!(schedule("no-such", "", "").is_none());
    }

    #[test]
    fn a_schedule_names_every_statement_once() {
        let planned = planned(&schedule("lost-update", "", "AB").unwrap());
        let who: Vec<usize> = planned.statements.iter().map(|(session, _)| *session).collect();
        assert_eq!(who, [0, 1, 0, 1, 0, 1, 0, 1], "what the schedule leaves out comes in turns");
        assert_eq!(planned.statements[0].1, "BEGIN");
        assert_eq!(planned.sessions, ["Alice", "Bob"]);
    }
}
