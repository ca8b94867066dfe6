//! Drivers that make one tape of one machine: a seed picks, a learner picks, or a link says what was picked.

use crate::{Dice, Mark, Note, Staged, Tape};

/// A run under somebody's hand: what may happen next, and the tape of what has happened.
///
/// Every driver is made of this one, so the same picks give the same tape, to the byte, whoever makes them.
pub struct Run<M: Staged> {
    machine: M,
    tape: Tape<M::Scene>,
    picks: Vec<u32>,
}

impl<M: Staged> Run<M> {
    /// Frame 0: the machine before anything happens.
    pub fn new(machine: M) -> Self {
        let mut run = Self { machine, tape: Tape::default(), picks: Vec::new() };
        run.frame(Mark::Section, run.machine.opening());
        run
    }

    /// What may happen next. Empty when it is over.
    pub fn actions(&self) -> Vec<M::Action> {
        self.machine.actions()
    }

    /// Makes the action of that index happen. False, and nothing happens, when none of that index is offered.
    pub fn pick(&mut self, index: usize) -> bool {
        let mut actions = self.machine.actions();
        if index >= actions.len() {
            return false;
        }
        let note = self.machine.step(&actions.swap_remove(index));
        self.picks.push(index as u32);
        self.frame(self.machine.mark(), note);
        true
    }

    /// The machine as it stands.
    pub fn machine(&self) -> &M {
        &self.machine
    }

    /// What was recorded so far.
    pub fn tape(&self) -> &Tape<M::Scene> {
        &self.tape
    }

    /// The picks so far, as a link carries them.
    pub fn picks(&self) -> &[u32] {
        &self.picks
    }

    /// The tape. A run that is over ends with the machine's last word, one that is not just ends.
    pub fn finish(mut self) -> Tape<M::Scene> {
        if self.machine.actions().is_empty()
            && let Some(note) = self.machine.closing()
        {
            self.frame(Mark::Section, note);
        }
        self.tape
    }

    /// The tape, cut short here for a reason.
    pub fn stop(mut self, why: Note) -> Tape<M::Scene> {
        self.frame(Mark::Section, why);
        self.tape
    }

    fn frame(&mut self, mark: Mark, note: Note) {
        let changes = self.machine.changes(self.tape.last());
        self.tape.record(mark, note, changes);
    }
}

/// A seed picks each action, for at most `limit` actions.
pub fn recorded<M: Staged>(machine: M, seed: u64, limit: usize) -> Tape<M::Scene> {
    let mut dice = Dice::new(seed);
    driven(machine, limit, |_, actions| dice.index(actions.len()))
}

/// `choose` picks each action by its index among those offered, for at most `limit` actions. It may look at the machine.
/// An index that offers nothing ends the tape there, with a note.
pub fn driven<M: Staged>(
    machine: M,
    limit: usize,
    mut choose: impl FnMut(&M, &[M::Action]) -> usize,
) -> Tape<M::Scene> {
    let mut run = Run::new(machine);
    loop {
        let actions = run.actions();
        if actions.is_empty() {
            return run.finish();
        }
        if run.picks.len() >= limit {
            return run.stop(Note::new(format!("**The recording ends here.** It is limited to {limit} steps.")));
        }
        let index = choose(run.machine(), &actions);
        if !run.pick(index) {
            return run.stop(nothing_offered(index, actions.len()));
        }
    }
}

/// The picks of a link. Where they end, the tape ends; an index that offers nothing ends it there, with a note.
pub fn replayed<M: Staged>(machine: M, picks: &[u32]) -> Tape<M::Scene> {
    let mut run = Run::new(machine);
    for &pick in picks {
        if !run.pick(pick as usize) {
            let offered = run.actions().len();
            return run.stop(nothing_offered(pick as usize, offered));
        }
    }
    run.finish()
}

fn nothing_offered(index: usize, offered: usize) -> Note {
    let choices = match offered {
        0 => "nothing can happen any more".to_owned(),
        1 => "only one thing can happen here".to_owned(),
        _ => format!("only {offered} things can happen here"),
    };
    Note::new(format!("**The recording ends here.** The link asks for choice {}, but {choices}.", index + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Machine, Scene, Violation};
    use proptest::prelude::*;

    /// Two people at one cake of seven pieces; a greedy one takes two.
    #[derive(Clone, Debug)]
    struct Cake {
        left: u32,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    struct Plate(u32);

    impl Scene for Plate {
        type Change = u32;
        fn apply(&mut self, left: &u32) {
            self.0 = *left;
        }
    }

    impl Machine for Cake {
        type Action = u32;
        fn actions(&self) -> Vec<u32> {
            (1..=2).filter(|&take| take <= self.left).collect()
        }
        fn step(&mut self, &take: &u32) -> Note {
            self.left -= take;
            Note::new(format!("{take} taken."))
        }
        fn violations(&self) -> Vec<Violation> {
            Vec::new()
        }
    }

    impl Staged for Cake {
        type Scene = Plate;
        fn changes(&self, shown: &Plate) -> Vec<u32> {
            Vec::from_iter((shown.0 != self.left).then_some(self.left))
        }
        fn opening(&self) -> Note {
            Note::new("A cake.")
        }
        fn closing(&mut self) -> Option<Note> {
            Some(Note::new("All gone."))
        }
    }

    fn notes(tape: &Tape<Plate>) -> Vec<String> {
        tape.frames().iter().map(|frame| frame.note.plain()).collect()
    }

    #[test]
    fn a_hand_picks_among_what_is_offered() {
        let mut run = Run::new(Cake { left: 3 });
        assert!(run.pick(1));
        assert_eq!(run.actions(), [1]);
        assert!(!run.pick(1), "one piece is left");
        assert!(run.pick(0));
        assert_eq!(run.picks(), [1, 0]);
        let tape = run.finish();
        assert_eq!(notes(&tape), ["A cake.", "2 taken.", "1 taken.", "All gone."]);
        assert_eq!((tape.scene(0), tape.scene(1), tape.scene(3)), (Plate(3), Plate(1), Plate(0)));
    }

    #[test]
    fn a_link_that_asks_for_what_is_not_offered_ends_there() {
        let tape = replayed(Cake { left: 3 }, &[1, 1, 0]);
        let last = "The recording ends here. The link asks for choice 2, but only one thing can happen here.";
        assert_eq!(notes(&tape), ["A cake.", "2 taken.", last]);
        let tape = replayed(Cake { left: 1 }, &[0, 7]);
        let last = "The recording ends here. The link asks for choice 8, but nothing can happen any more.";
        assert_eq!(notes(&tape), ["A cake.", "1 taken.", last]);
    }

    #[test]
    fn a_link_that_stops_halfway_leaves_the_rest_open() {
        assert_eq!(notes(&replayed(Cake { left: 3 }, &[0])), ["A cake.", "1 taken."]);
    }

    #[test]
    fn a_recording_is_limited() {
        let tape = recorded(Cake { left: 1_000 }, 1, 10);
        assert_eq!(tape.len(), 12);
        assert_eq!(notes(&tape)[11], "The recording ends here. It is limited to 10 steps.");
    }

    proptest! {
        #[test]
        fn one_seed_is_one_tape_and_its_picks_are_the_same_tape(seed: u64, left in 0_u32..200) {
            let tape = recorded(Cake { left }, seed, usize::MAX);
            let again = recorded(Cake { left }, seed, usize::MAX);
            prop_assert_eq!(tape.frames(), again.frames());
            let mut dice = Dice::new(seed);
            let mut run = Run::new(Cake { left });
            while run.pick(dice.index(run.actions().len())) {}
            let picks = run.picks().to_vec();
            let (replayed, by_hand) = (replayed(Cake { left }, &picks), run.finish());
            prop_assert_eq!(replayed.frames(), tape.frames());
            prop_assert_eq!(by_hand.frames(), tape.frames());
        }
    }
}
