//! What the parts of this crate ask of a protocol, so that any of them is driven, filmed and searched the same way.

use crate::diagram::{Deed, Lane};
use crate::faults::Setting;
use crate::network::{Link, Packet, Step};
use crate::{Network, ProcessId};
use interleave_kernel::Note;
use interleave_kernel::explore::Explorable;

/// A protocol: a machine, what can be set in it, and how it is drawn.
pub trait Protocol: Explorable + 'static {
    type Scenario: Setting;

    /// The protocol before its first step. Or what is wrong with the scenario, in a sentence.
    fn begin(scenario: &Self::Scenario) -> Result<Self, String>;

    /// What has to happen so that the preset of that name is told; what is between goes on calmly. Empty for a preset that needs no more than
    /// its scenario.
    fn story(_preset: &str) -> &'static [Cue<Self>] {
        &[]
    }

    /// What is said before anything happens.
    fn opening(&self) -> Note;

    /// The last word when no action is left.
    fn closing(&self) -> Note;

    /// Every process as it stands, always in the same order: the lanes of the picture.
    fn lanes(&self) -> Vec<Lane>;

    /// The lane of a process.
    fn lane_of(&self, process: ProcessId) -> u8 {
        process.0
    }

    /// What is on its way: by link, those of one link in the order in which they will arrive.
    fn flights(&self) -> Vec<Flight>;

    /// What an action is, and where it is. Asked before it happens.
    fn happening(&self, action: &Self::Action) -> Happening;

    /// Messages that an action sends and that arrive, or are lost, in the same moment. Asked before it happens.
    fn strokes(&self, _action: &Self::Action) -> Vec<Stroke> {
        Vec::new()
    }

    /// Processes disagree about what has happened: one has committed what another one has not, or a part is done and the rest is not.
    fn disagrees(&self) -> bool;
}

/// Something that has to happen in a story: the first offered action that `take` likes, as soon as `when` holds.
pub struct Cue<M: Protocol> {
    pub when: fn(&M) -> bool,
    pub take: fn(&M::Action) -> bool,
}

/// A message on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flight {
    pub link: Link,
    pub words: String,
    /// Its link carries nothing for the time being.
    pub held: bool,
}

/// A message that is sent and ends in one moment, between two lanes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stroke {
    pub from: u8,
    pub to: u8,
    pub words: String,
    pub lost: bool,
}

/// What an action is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub deed: Deed,
    pub place: Place,
    /// In a few words, if it is something that a process does.
    pub words: String,
}

/// Where an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Everywhere,
    Process(ProcessId),
    Network(Step),
}

impl Happening {
    /// A process does something: `vote yes`.
    pub fn act(process: ProcessId, words: impl Into<String>) -> Self {
        Self { deed: Deed::Act, place: Place::Process(process), words: words.into() }
    }

    /// Something happens to a process.
    pub fn befalls(process: ProcessId, deed: Deed) -> Self {
        Self { deed, place: Place::Process(process), words: String::new() }
    }

    /// Time passes for all.
    pub fn clock() -> Self {
        Self { deed: Deed::Clock, place: Place::Everywhere, words: String::new() }
    }

    /// The network does something.
    pub fn network(step: Step) -> Self {
        let deed = match step {
            Step::Deliver(_) => Deed::Deliver,
            Step::Overtake(..) => Deed::Overtake,
            Step::Lose(..) => Deed::Lose,
            Step::Duplicate(..) => Deed::Duplicate,
            Step::Hold(_) => Deed::Hold,
            Step::Release(_) => Deed::Release,
            Step::Isolate(_) => Deed::Isolate,
            Step::Heal(_) => Deed::Heal,
        };
        Self { deed, place: Place::Network(step), words: String::new() }
    }

    /// About this, as words say: which saga's timer it is.
    pub fn of(self, words: impl Into<String>) -> Self {
        Self { words: words.into(), ..self }
    }
}

impl<M: Clone + PartialEq + ToString> Network<M> {
    /// All that is on its way, as a picture has it.
    pub fn flights(&self) -> Vec<Flight> {
        let flight = |Packet { link, message }: &Packet<M>| Flight {
            link: *link,
            words: message.to_string(),
            held: !self.is_open(*link),
        };
        self.packets().iter().map(flight).collect()
    }
}
