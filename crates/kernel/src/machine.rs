use crate::{Mark, Note, Scene};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Something that can happen in more than one order.
///
/// Drivers only ever hand a machine an action that it has just offered, so a model may assert its physics. What it does depends
/// on the actions that happened and on nothing else: no clock, no global random source, no order of a hash map.
pub trait Machine: Clone {
    type Action: Clone + Eq + Serialize + DeserializeOwned;

    /// What may happen next, always in the same order. Empty when it is over.
    fn actions(&self) -> Vec<Self::Action>;

    /// Makes `action` happen. The note says what happened and why, in a sentence.
    fn step(&mut self, action: &Self::Action) -> Note;

    /// The same as [`step`](Machine::step) for a driver that takes no notes: a search makes millions of steps. A machine whose
    /// rules are generic over [`Tell`](crate::Tell) spares itself the sentences here.
    fn advance(&mut self, action: &Self::Action) {
        self.step(action);
    }

    /// What is wrong now that must never be: money lost, a row in two states.
    fn violations(&self) -> Vec<Violation>;
}

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The rule, always called the same: two violations of one name break one rule.
    pub rule: String,
    /// How it is broken here.
    pub note: Note,
}

/// A machine that can be recorded: it knows what a stage must show of it.
pub trait Staged: Machine {
    type Scene: Scene;

    /// What has to change on a stage that shows `shown`, so that it shows this machine.
    fn changes(&self, shown: &Self::Scene) -> Vec<<Self::Scene as Scene>::Change>;

    /// What is said before anything happens: frame 0.
    fn opening(&self) -> Note;

    /// How much the action that happened last begins.
    fn mark(&self) -> Mark {
        Mark::Step
    }

    /// The last word when no action is left, if there is more to say. Here a machine may work out what the whole run is called.
    fn closing(&mut self) -> Option<Note> {
        None
    }
}
