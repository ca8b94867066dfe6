//! Changes of a play: choosing by hand, walking from one history to another, opening a schedule, setting something.

use super::subject::{Play, Subject};
use crate::labs::{Lab, Landing, Turn};
use interleave_protocols::diagram::Diagram;
use interleave_protocols::play::{MOST_HISTORIES, Way};
use std::rc::Rc;

/// Something else happens at the frame on stage than what happens there in this history: a fork, or a fork that was there already.
pub fn choose<L: Lab<Scenario = Play, Scene = Diagram>>(pick: u16) -> Turn<L> {
    Rc::new(move |play, scene| {
        let at = u16::try_from(scene.row()).ok()?.min(scene.histories.get(usize::from(play.here))?.steps);
        let (play, row) = fork(play, at, pick)?;
        let landing: Landing<L> = Rc::new(move |tape| row.min(tape.len().saturating_sub(1)));
        Some((play, landing))
    })
}

/// The play with that choice made, and the frame that it leads to. `None` when no more histories can be kept.
fn fork(play: &Play, at: u16, pick: u16) -> Option<(Play, usize)> {
    let mut play = begun(play);
    // What this history has in common with the one that it comes from is forked from there.
    let mut of = play.here;
    while let Some(Way::Fork { of: parent, at: fork, .. }) = play.histories.get(usize::from(of))
        && at <= *fork
    {
        of = *parent;
    }
    play.here = kept(&mut play.histories, Way::Fork { of, at, pick })?;
    Some((play, usize::from(at) + 1))
}

/// Goes to another history, where it differs from the one on stage.
pub fn walk<L: Lab<Scenario = Play, Scene = Diagram>>(to: u8) -> Turn<L> {
    Rc::new(move |play, scene| {
        let row = scene.row() as usize;
        let forks = |at: u8| scene.histories.get(usize::from(at)).and_then(|history| history.fork);
        let differs = match (forks(to), forks(play.here)) {
            (Some((of, at)), _) if of == play.here => usize::from(at) + 1,
            (_, Some((of, at))) if of == to => usize::from(at) + 1,
            (Some((_, at)), _) => usize::from(at) + 1,
            (None, _) => row,
        };
        let landing: Landing<L> = Rc::new(move |tape| differs.min(tape.len().saturating_sub(1)));
        Some((Play { here: to, ..begun(play) }, landing))
    })
}

/// Opens a history that begins like that, or the one there is, at a frame.
pub fn open<L: Lab<Scenario = Play, Scene = Diagram>>(way: Way, row: usize) -> Turn<L> {
    Rc::new(move |play, _| {
        let mut play = begun(play);
        play.here = kept(&mut play.histories, way.clone())?;
        let landing: Landing<L> = Rc::new(move |tape| row.min(tape.len().saturating_sub(1)));
        Some((play, landing))
    })
}

/// All histories but the first are forgotten.
pub fn afresh<L: Lab<Scenario = Play, Scene = Diagram>>() -> Turn<L> {
    Rc::new(|play, _| {
        let landing: Landing<L> = Rc::new(|_| 0);
        let mut play = begun(play);
        play.histories.truncate(1);
        Some((Play { here: 0, ..play }, landing))
    })
}

/// Something is set.
pub fn set<L: Lab<Scenario = Play, Scene = Diagram>>(subject: Subject) -> Turn<L> {
    Rc::new(move |play, _| {
        let landing: Landing<L> = Rc::new(|_| 0);
        Some((with(play, subject.clone()), landing))
    })
}

/// The play of another subject. Picks belong to what they were made in: of the histories, the first stays if it has none.
pub fn with(play: &Play, subject: Subject) -> Play {
    // Which faults a search may make makes no difference to a history, unless a seed picks it.
    if play.subject.within(subject.budget()) == subject {
        return Play { subject, ..begun(play) };
    }
    let first = play.histories.first().filter(|way| !matches!(way, Way::Picks(_) | Way::Fork { .. }));
    Play { subject, histories: vec![first.cloned().unwrap_or(Way::Calm)], here: 0 }
}

/// A play has a history.
fn begun(play: &Play) -> Play {
    let mut play = play.clone();
    if play.histories.is_empty() {
        play.histories.push(Way::Calm);
    }
    play
}

/// The place of a history; it is put there if it is new and there is room.
fn kept(histories: &mut Vec<Way>, way: Way) -> Option<u8> {
    let at = histories.iter().position(|it| *it == way).unwrap_or(histories.len());
    if at == histories.len() {
        if at >= MOST_HISTORIES {
            return None;
        }
        histories.push(way);
    }
    u8::try_from(at).ok()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    fn subject(text: &str) -> Subject {
        serde_json::from_str(text).unwrap()
    }

    fn play(histories: Vec<Way>, here: u8) -> Play {
        Play { subject: subject(r#"{"two-phase-commit": {}}"#), histories, here }
    }

    #[test]
    fn a_choice_is_a_fork_and_the_same_choice_the_same_fork() {
        let (forked, row) = fork(&play(Vec::new(), 0), 3, 7).unwrap();
        assert_eq!(
            (forked.histories.clone(), forked.here, row),
            (vec![Way::Calm, Way::Fork { of: 0, at: 3, pick: 7 }], 1, 4)
        );
        let (again, _) = fork(&Play { here: 0, ..forked.clone() }, 3, 7).unwrap();
        assert_eq!(again, forked);
    }

    /// Whoever goes back past the fork and chooses again forks from where both come from.
    #[test]
    fn what_two_histories_share_belongs_to_the_first() {
        let (forked, _) = fork(&play(vec![Way::Calm], 0), 3, 7).unwrap();
        for at in [1, 3] {
            let (again, _) = fork(&forked, at, 9).unwrap();
            assert_eq!(again.histories[2], Way::Fork { of: 0, at, pick: 9 });
        }
        let (later, _) = fork(&forked, 4, 9).unwrap();
        assert_eq!(later.histories[2], Way::Fork { of: 1, at: 4, pick: 9 });
    }

    #[test]
    fn nothing_is_lost_when_there_is_no_room() {
        let full = play((0..MOST_HISTORIES as u64).map(Way::Seed).collect(), 0);
        assert_eq!(fork(&full, 1, 1), None);
        assert_eq!(kept(&mut full.histories.clone(), Way::Seed(3)), Some(3));
    }

    #[test]
    fn another_budget_keeps_what_was_done_by_hand_and_another_setting_does_not() {
        let (forked, _) = fork(&play(vec![Way::Seed(1)], 0), 3, 7).unwrap();
        let budget = forked.subject.within("crash=1".parse().unwrap());
        assert_eq!(with(&forked, budget.clone()), Play { subject: budget, ..forked.clone() });
        let more = subject(r#"{"two-phase-commit": {"participants": 3}}"#);
        assert_eq!(with(&forked, more.clone()), Play { subject: more, histories: vec![Way::Seed(1)], here: 0 });
    }
}
