use crate::Note;
use serde::{Deserialize, Serialize};

/// Something a stage can draw and a tape can rebuild: a value that small changes turn into the next one.
///
/// `apply` must depend on nothing but `self` and `change`: that alone makes frame *k* the same
/// whether it is reached by stepping, stepping back or seeking.
pub trait Scene: Clone + Default {
    /// The smallest thing that can be different between two frames.
    type Change;

    /// Makes `change` happen to this scene. It *never* fails and *never* reads anything else.
    fn apply(&mut self, change: &Self::Change);
}

/// How much begins with a frame, so that a player can skip what is smaller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Mark {
    /// One step among others: a statement.
    #[default]
    Step,
    /// A unit of work begins or ends: a callback, a transaction, a message handler.
    Unit,
    /// A part of the run begins: a phase of a loop, a round of a protocol.
    Section,
}

/// One frame: what changed against the one before, and the sentence that says why.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame<C> {
    pub mark: Mark,
    pub note: Note,
    pub changes: Vec<C>,
}

/// The recording of one run: frames that can be visited in any order.
///
/// Frame 0 is the default scene with the first frame's changes applied. A tape keeps changes, not
/// scenes, so that ten thousand frames stay small; every [`Tape::STRIDE`] frames it keeps one whole scene,
/// so that no visit applies more than that many.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(from = "Vec<Frame<S::Change>>", into = "Vec<Frame<S::Change>>")]
#[serde(bound(serialize = "S::Change: Serialize + Clone", deserialize = "S::Change: Deserialize<'de>"))]
pub struct Tape<S: Scene> {
    frames: Vec<Frame<S::Change>>,
    /// The scene after frame `i * STRIDE`, for each such frame.
    keyframes: Vec<S>,
    /// The scene after the last frame.
    last: S,
}

impl<S: Scene> Default for Tape<S> {
    fn default() -> Self {
        Self { frames: Vec::new(), keyframes: Vec::new(), last: S::default() }
    }
}

impl<S: Scene> Tape<S> {
    /// Frames between two whole scenes that are kept.
    pub const STRIDE: usize = 64;

    /// Appends a frame.
    pub fn record(&mut self, mark: Mark, note: Note, changes: Vec<S::Change>) {
        for change in &changes {
            self.last.apply(change);
        }
        if self.frames.len().is_multiple_of(Self::STRIDE) {
            self.keyframes.push(self.last.clone());
        }
        self.frames.push(Frame { mark, note, changes });
    }

    /// Number of frames; zero for a tape on which nothing was recorded.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Every frame in order.
    pub fn frames(&self) -> &[Frame<S::Change>] {
        &self.frames
    }

    /// The scene of frame `at`; of the last frame when there are fewer; the default scene of an empty tape.
    pub fn scene(&self, at: usize) -> S {
        let at = at.min(self.len().saturating_sub(1));
        let Some(key) = self.keyframes.get(at / Self::STRIDE) else {
            return S::default();
        };
        let mut scene = key.clone();
        let from = at / Self::STRIDE * Self::STRIDE + 1;
        for frame in self.frames.get(from..=at).unwrap_or_default() {
            frame.changes.iter().for_each(|change| scene.apply(change));
        }
        scene
    }

    /// The scene after everything recorded so far.
    pub fn last(&self) -> &S {
        &self.last
    }

    /// The first frame after `at` that begins something at least as large as `mark`; the last frame when none does.
    pub fn next_mark(&self, at: usize, mark: Mark) -> usize {
        let end = self.len().saturating_sub(1);
        (at + 1..self.len()).find(|&i| self.frames[i].mark >= mark).unwrap_or(end)
    }

    /// The last frame before `at` that begins something at least as large as `mark`; the first frame when none does.
    pub fn previous_mark(&self, at: usize, mark: Mark) -> usize {
        (0..at.min(self.len())).rev().find(|&i| self.frames[i].mark >= mark).unwrap_or(0)
    }
}

impl<S: Scene> From<Vec<Frame<S::Change>>> for Tape<S> {
    fn from(frames: Vec<Frame<S::Change>>) -> Self {
        let mut tape = Self::default();
        for frame in frames {
            tape.record(frame.mark, frame.note, frame.changes);
        }
        tape
    }
}

impl<S: Scene> From<Tape<S>> for Vec<Frame<S::Change>> {
    fn from(tape: Tape<S>) -> Self {
        tape.frames
    }
}

/// A position on a tape with its scene at hand: one step forward costs one frame's changes.
#[derive(Clone, Debug)]
pub struct Cursor<S: Scene> {
    at: usize,
    scene: S,
}

impl<S: Scene> Cursor<S> {
    /// A cursor on frame `at`, or on the last frame when there are fewer.
    pub fn new(tape: &Tape<S>, at: usize) -> Self {
        Self { at: at.min(tape.len().saturating_sub(1)), scene: tape.scene(at) }
    }

    /// The frame it stands on.
    pub fn at(&self) -> usize {
        self.at
    }

    /// That frame's scene.
    pub fn scene(&self) -> &S {
        &self.scene
    }

    /// Moves to frame `at`, or to the last frame when there are fewer.
    pub fn seek(&mut self, tape: &Tape<S>, at: usize) {
        let at = at.min(tape.len().saturating_sub(1));
        if at == self.at + 1 {
            tape.frames[at].changes.iter().for_each(|change| self.scene.apply(change));
        } else if at != self.at {
            self.scene = tape.scene(at);
        }
        self.at = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Order matters in this scene: a frame applied twice, skipped or swapped gives another number.
    #[derive(Clone, Debug, Default, PartialEq)]
    struct Digest(u64);
    impl Scene for Digest {
        type Change = u8;
        fn apply(&mut self, change: &u8) {
            self.0 = self.0.wrapping_mul(1_099_511_628_211).wrapping_add(u64::from(*change) + 1);
        }
    }

    fn tape(frames: &[Vec<u8>]) -> Tape<Digest> {
        let mut tape = Tape::default();
        for changes in frames {
            tape.record(Mark::Step, Note::default(), changes.clone());
        }
        tape
    }

    proptest! {
        #[test]
        fn a_frame_is_the_same_from_wherever_it_is_reached(
            frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 1..300),
            visits in prop::collection::vec(any::<prop::sample::Index>(), 1..20),
        ) {
            let tape = tape(&frames);
            let mut stepped = Vec::new();
            let mut scene = Digest::default();
            for changes in &frames {
                changes.iter().for_each(|change| scene.apply(change));
                stepped.push(scene.clone());
            }
            let mut cursor = Cursor::new(&tape, 0);
            for visit in visits {
                let at = visit.index(frames.len());
                cursor.seek(&tape, at);
                prop_assert_eq!(cursor.scene(), &stepped[at]);
                prop_assert_eq!(&tape.scene(at), &stepped[at]);
                cursor.seek(&tape, at.saturating_sub(1)); // one step back
                prop_assert_eq!(cursor.scene(), &stepped[at.saturating_sub(1)]);
            }
        }

        #[test]
        fn a_tape_survives_the_journey_to_the_page(frames in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..200)) {
            let tape = tape(&frames);
            let bytes = postcard::to_allocvec(&tape).unwrap();
            let back: Tape<Digest> = postcard::from_bytes(&bytes).unwrap();
            prop_assert_eq!(back.frames(), tape.frames());
            prop_assert_eq!(back.scene(frames.len() / 2), tape.scene(frames.len() / 2));
        }
    }

    #[test]
    fn an_empty_tape_has_the_default_scene() {
        let tape = Tape::<Digest>::default();
        assert_eq!(tape.scene(7), Digest::default());
        assert_eq!(Cursor::new(&tape, 7).at(), 0);
    }

    #[test]
    fn marks_are_found_in_both_directions() {
        let mut tape = Tape::<Digest>::default();
        for mark in [Mark::Section, Mark::Step, Mark::Unit, Mark::Step, Mark::Section, Mark::Step] {
            tape.record(mark, Note::default(), vec![]);
        }
        assert_eq!(tape.next_mark(0, Mark::Unit), 2);
        assert_eq!(tape.next_mark(2, Mark::Unit), 4);
        assert_eq!(tape.next_mark(4, Mark::Section), 5); // none: the end
        assert_eq!(tape.previous_mark(5, Mark::Unit), 4);
        assert_eq!(tape.previous_mark(2, Mark::Section), 0);
    }
}
