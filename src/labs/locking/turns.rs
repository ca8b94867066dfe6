//! Whose statement runs next: editing a schedule, and driving a run by hand.

use interleave_sql::lab::scene::Session;
use interleave_sql::lab::{LockingTape, Scenario, Scene};

/// The longest schedule one can write by hand.
pub const LONGEST: usize = 400;

/// The scenario in which, where `scene` stands, the next statement is `session`'s; what was planned after it stays planned.
/// `None` when that session cannot run now.
pub fn next(scenario: &Scenario, scene: &Scene, session: Session) -> Option<Scenario> {
    if !scene.ready.contains(&session) {
        return None;
    }
    let mut schedule: Vec<Session> = scene.entries.iter().map(|entry| entry.session).collect();
    let mut planned = rest(&scenario.schedule, &schedule);
    if let Some(its_own) = planned.iter().position(|&turn| turn == session) {
        planned.remove(its_own);
    }
    schedule.push(session);
    schedule.extend(planned);
    Some(Scenario { schedule, ..scenario.clone() })
}

/// What is left of a schedule when the turns `begun` have been taken, in whatever order.
fn rest(schedule: &[Session], begun: &[Session]) -> Vec<Session> {
    let mut taken = begun.to_vec();
    let mut left = Vec::new();
    for &turn in schedule {
        match taken.iter().position(|&other| other == turn) {
            Some(at) => drop(taken.remove(at)),
            None => left.push(turn),
        }
    }
    left
}

/// The frame in which the statement number `index` of the run begins; the last frame when there are fewer.
pub fn frame_of(tape: &LockingTape, index: usize) -> usize {
    tape.last().entries.get(index).map_or(tape.len().saturating_sub(1), |entry| entry.began as usize)
}

/// A change of a schedule. Places are counted from 0; one that is not there changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The turn at `from` is put where `to` is.
    Move {
        from: usize,
        to: usize,
    },
    Remove(usize),
    /// One more turn, at the end.
    Add(Session),
    Clear,
}

impl Edit {
    /// The schedule after this change.
    pub fn apply(self, schedule: &[Session]) -> Vec<Session> {
        let mut schedule = schedule.to_vec();
        match self {
            Edit::Move { from, to } if from < schedule.len() => {
                let turn = schedule.remove(from);
                schedule.insert(to.min(schedule.len()), turn);
            }
            Edit::Remove(at) if at < schedule.len() => drop(schedule.remove(at)),
            Edit::Add(session) if schedule.len() < LONGEST => schedule.push(session),
            Edit::Clear => schedule.clear(),
            Edit::Move { .. } | Edit::Remove(_) | Edit::Add(_) => {}
        }
        schedule
    }
}

/// The statements that the turns of a schedule run: for each the index of its statement in its session's script.
pub fn statements(schedule: &[Session]) -> Vec<usize> {
    let mut counts = [0; 256];
    let count = |&turn: &Session| {
        let nth = counts[usize::from(turn)];
        counts[usize::from(turn)] += 1;
        nth
    };
    schedule.iter().map(count).collect()
}

/// The scenario without a session: its turns are gone, the sessions after it move up.
pub fn without_session(scenario: &Scenario, session: Session) -> Scenario {
    let mut scenario = scenario.clone();
    if usize::from(session) < scenario.sessions.len() {
        scenario.sessions.remove(usize::from(session));
        scenario.schedule.retain(|&turn| turn != session);
        scenario.schedule.iter_mut().filter(|turn| **turn > session).for_each(|turn| *turn -= 1);
    }
    scenario
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use interleave_sql::lab::Script;
    use interleave_sql::lab::scene::{Entry, Outcome, Progress, Status};
    use std::rc::Rc;

    fn scenario(schedule: &[Session]) -> Scenario {
        let script = |name: &str| Script { name: name.into(), sql: String::new() };
        Scenario { schedule: schedule.to_vec(), sessions: vec![script("Alice"), script("Bob")], ..Scenario::default() }
    }

    fn scene(begun: &[Session], ready: &[Session]) -> Scene {
        let entry = |(i, &session): (usize, &Session)| {
            Rc::new(Entry {
                session,
                statement: 0,
                began: i as u32 + 1,
                ended: Some(i as u32 + 1),
                progress: Progress::Done(Outcome::Command(String::new())),
                waited: None,
                status: Status::Idle,
                notices: Vec::new(),
            })
        };
        Scene { entries: begun.iter().enumerate().map(entry).collect(), ready: ready.to_vec(), ..Scene::default() }
    }

    #[test]
    fn a_turn_taken_by_hand_comes_before_what_was_planned() {
        let next = next(&scenario(&[0, 1, 0, 1]), &scene(&[0], &[0, 1]), 0).unwrap();
        assert_eq!(next.schedule, [0, 0, 1, 1]);
    }

    #[test]
    fn a_turn_nobody_planned_is_added() {
        let next = next(&scenario(&[]), &scene(&[0, 1], &[0, 1]), 1).unwrap();
        assert_eq!(next.schedule, [0, 1, 1]);
    }

    #[test]
    fn turns_that_were_put_off_are_written_where_they_were_taken() {
        // Bob waited, so his second turn came after Alice's.
        let next = next(&scenario(&[0, 1, 1, 0, 0]), &scene(&[0, 1, 0], &[0]), 0).unwrap();
        assert_eq!(next.schedule, [0, 1, 0, 0, 1]);
    }

    #[test]
    fn who_waits_has_no_turn() {
        assert_eq!(next(&scenario(&[]), &scene(&[0, 1], &[0]), 1), None);
    }

    #[test]
    fn turns_move_and_go() {
        assert_eq!(Edit::Move { from: 0, to: 2 }.apply(&[0, 1, 2]), [1, 2, 0]);
        assert_eq!(Edit::Move { from: 2, to: 0 }.apply(&[0, 1, 2]), [2, 0, 1]);
        assert_eq!(Edit::Move { from: 7, to: 0 }.apply(&[0, 1]), [0, 1]);
        assert_eq!(Edit::Remove(0).apply(&[0, 1]), [1]);
        assert_eq!(Edit::Remove(2).apply(&[0, 1]), [0, 1]);
        assert_eq!(Edit::Add(1).apply(&[0]), [0, 1]);
        assert_eq!(Edit::Add(1).apply(&[0; LONGEST]).len(), LONGEST);
        assert!(Edit::Clear.apply(&[0, 1]).is_empty());
        assert_eq!(statements(&[0, 1, 0, 0, 1]), [0, 0, 1, 2, 1]);
    }

    #[test]
    fn the_sessions_after_a_removed_one_move_up() {
        let without = without_session(&scenario(&[0, 1, 0, 1]), 0);
        assert_eq!(without.schedule, [0, 0]);
        assert_eq!(without.sessions.len(), 1);
        assert_eq!(without.sessions[0].name, "Bob");
    }
}
