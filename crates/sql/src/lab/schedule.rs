//! Whose statement runs next: the rules of [`super::Scenario::schedule`].

use super::scene::Session;

/// What is left of a schedule.
#[derive(Clone, Debug)]
pub struct Schedule {
    planned: Vec<Session>,
    sessions: Session,
    last: Option<Session>,
}

impl Schedule {
    pub fn new(planned: &[Session], sessions: usize) -> Self {
        Self { planned: planned.to_vec(), sessions: sessions as Session, last: None }
    }

    /// Who runs next of those that can. The first in line that can run; a turn of one that waits is kept. When none of the line
    /// can, they take turns. `None` when nobody can run.
    pub fn next(&mut self, ready: &[Session]) -> Option<Session> {
        let planned = self.planned.iter().position(|session| ready.contains(session));
        let next = match planned {
            Some(at) => self.planned.remove(at),
            None => {
                let after = self.last.map_or(0, |last| last + 1);
                let turns = (0..self.sessions).map(|turn| (after + turn) % self.sessions);
                turns.into_iter().find(|session| ready.contains(session))?
            }
        };
        self.last = Some(next);
        Some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_of_one_who_waits_is_kept() {
        let mut schedule = Schedule::new(&[1, 1, 0], 2);
        assert_eq!(schedule.next(&[0, 1]), Some(1));
        assert_eq!(schedule.next(&[0]), Some(0));
        assert_eq!(schedule.next(&[0, 1]), Some(1));
    }

    #[test]
    fn after_the_last_turn_they_take_turns() {
        let mut schedule = Schedule::new(&[1], 3);
        let all = [0, 1, 2];
        let turns: Vec<_> = (0..5).map_while(|_| schedule.next(&all)).collect();
        assert_eq!(turns, [1, 2, 0, 1, 2]);
        assert_eq!(schedule.next(&[1]), Some(1));
        assert_eq!(schedule.next(&[]), None);
    }

    #[test]
    fn turns_of_nobody_are_passed_over() {
        assert_eq!(Schedule::new(&[9, 1], 2).next(&[0, 1]), Some(1));
    }
}
