//! A sequence diagram that grows with a run: what a stage shows of any protocol.
//!
//! A lane for each process, an arrow for each message, a row for each moment: frame *k* has rows 0 to *k*. Beside the picture stands what each
//! process has on disk and in memory, what may happen next, and which rules are broken.

use crate::{Fault, Timer};
use interleave_kernel::{Note, Scene};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// One frame.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Diagram {
    pub lanes: Vec<Lane>,
    /// What has happened, one a frame; the first is the start.
    pub moments: Vec<Moment>,
    /// Every message that was ever sent, oldest first.
    pub arrows: Vec<Arrow>,
    /// What may happen next, in the order in which the machine offers it.
    pub offers: Vec<Offer>,
    /// What is asked of every run. The same in every frame.
    pub rules: Vec<Rule>,
    /// Promises that were kept so far, by their indices among [`rules`](Diagram::rules).
    pub kept: Vec<u8>,
    /// Rules that were broken so far, each once, in that order.
    pub broken: Vec<Broken>,
    pub figures: Figures,
    /// The histories that the scenario holds. The same in every frame.
    pub histories: Vec<History>,
}

/// A process.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// As the head of the lane says: `Coordinator`.
    pub name: String,
    pub status: Status,
    /// Whether it waits for something, and not forever.
    pub waits: Waits,
    /// It holds a lock that others would wait for.
    pub locked: bool,
    /// Its durable log, oldest record first.
    pub log: Vec<Entry>,
    /// The rows of its database, or what else it keeps on disk.
    pub rows: Vec<Entry>,
    /// What a crash takes. Of a process that is down: what it took.
    pub memory: Vec<Entry>,
}

/// Whether a process can do anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    #[default]
    Up,
    Down,
    /// It is up, and the network reaches it no more.
    CutOff,
}

impl Status {
    /// Of a process that is up or not, and reached or not.
    pub fn of(up: bool, cut_off: bool) -> Self {
        match (up, cut_off) {
            (false, _) => Status::Down,
            (true, true) => Status::CutOff,
            (true, false) => Status::Up,
        }
    }
}

/// The timer of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waits {
    #[default]
    No,
    /// It waits.
    Running,
    /// It has waited long enough.
    Due,
}

impl Waits {
    /// What a timer says.
    pub fn of(timer: Timer) -> Self {
        match timer {
            Timer::Stopped => Waits::No,
            Timer::Running => Waits::Running,
            Timer::Due => Waits::Due,
        }
    }
}

/// A line beside a lane: `order A: paid`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub text: String,
    pub tone: Tone,
}

impl Entry {
    /// A line without a sign.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    /// A line with one.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

/// What a line says besides its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    #[default]
    Plain,
    /// Done, committed.
    Good,
    /// Undone, refused, aborted.
    Bad,
    /// Locked, or not final.
    Locked,
}

/// What happened at a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Where: by lane, from 0. `None` for what happens everywhere, and to the network.
    pub lane: Option<u8>,
    pub deed: Deed,
    /// Something was written to disk.
    pub writes: bool,
    /// In a few words: `decides to commit`. Of a link that is held up or carries again, which one it is. Empty for what happens to a message:
    /// its arrow says it. Frames share them: a long run has thousands, and each frame has those of all before it.
    pub words: Rc<str>,
}

/// A kind of thing that happens. The network's are those of [`network::Step`](crate::network::Step).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Deed {
    /// Nothing has happened yet, or nothing does any more.
    Rest,
    /// A process does something of its own.
    Act,
    Deliver,
    Overtake,
    Lose,
    Duplicate,
    Hold,
    Release,
    Isolate,
    Heal,
    /// Time passes until every timer that runs is due.
    Clock,
    Timeout,
    EarlyTimeout,
    Crash,
    Restart,
}

impl Deed {
    /// What goes wrong with it.
    pub fn fault(self) -> Option<Fault> {
        Some(match self {
            Deed::Overtake => Fault::Reorder,
            Deed::Lose => Fault::Loss,
            Deed::Duplicate => Fault::Duplicate,
            Deed::Hold => Fault::Hold,
            Deed::Isolate => Fault::Partition,
            Deed::EarlyTimeout => Fault::Delay,
            Deed::Crash => Fault::Crash,
            _ => return None,
        })
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrow {
    /// Lanes, from 0.
    pub from: u8,
    pub to: u8,
    /// What it says; frames share it.
    pub words: Rc<str>,
    /// The row in which it was sent.
    pub sent: u32,
    /// The network made it, of a message that was on its way.
    pub twin: bool,
    pub end: End,
}

/// What has become of a message, and in which row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum End {
    /// It is on its way.
    Flying,
    /// It is on its way, and its link carries nothing for the time being.
    Held,
    Arrived(u32),
    Lost(u32),
    /// It arrived where nobody was up.
    Nobody(u32),
}

impl End {
    /// Whether it is yet to arrive.
    pub fn is_open(self) -> bool {
        matches!(self, End::Flying | End::Held)
    }

    /// The row in which it ended.
    pub fn row(self) -> Option<u32> {
        match self {
            End::Flying | End::Held => None,
            End::Arrived(row) | End::Lost(row) | End::Nobody(row) => Some(row),
        }
    }
}

/// Something that may happen next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which of the machine's offers it is, from 0: what a link says of it.
    pub pick: u16,
    pub deed: Deed,
    pub place: Place,
    /// What a process would do, in a few words: `vote yes`. Empty where deed and place say it all.
    pub words: String,
    /// This is what happens next in this history.
    pub next: bool,
}

/// Where in the picture something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    Everywhere,
    /// By number, from 0.
    Lane(u8),
    /// By its index among [`Diagram::arrows`].
    Arrow(u32),
    /// A link between two lanes.
    Link(u8, u8),
}

/// What is asked of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub name: String,
    /// It has to come true some time; until then it is neither kept nor broken. Otherwise no moment may break it.
    pub promise: bool,
}

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Its index among [`Diagram::rules`].
    pub rule: u8,
    /// The row in which it was first broken.
    pub row: u32,
    /// How.
    pub note: Note,
}

/// What a run has cost so far.
///
/// Models have no clock. Time is counted in *hops*: a message takes one, whatever it finds, and what a process does by itself takes none. Whoever
/// waits until a timer goes off has waited [`Figures::PATIENCE`] hops.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Messages that were sent, twins not counted.
    pub messages: u32,
    /// Messages on the longest chain of cause and effect. Two are a round trip.
    pub chain: u32,
    /// Hops since the start, as the process sees it that has come furthest.
    pub now: u32,
    /// For how many hops a lock was held, summed up over processes.
    pub locked: u32,
    /// For how many hops processes disagreed about what has happened.
    pub inconsistent: u32,
}

impl Figures {
    /// How long a process waits, in hops.
    pub const PATIENCE: u32 = 10;

    /// Both together, for a mean of many runs.
    pub fn and(self, other: &Self) -> Self {
        Self {
            messages: self.messages + other.messages,
            chain: self.chain + other.chain,
            now: self.now + other.now,
            locked: self.locked + other.locked,
            inconsistent: self.inconsistent + other.inconsistent,
        }
    }
}

/// A way things went, or could have gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// From which one it forks, and after how many steps. `None` for one that begins at the start.
    pub fork: Option<(u8, u16)>,
    /// How many steps it has.
    pub steps: u16,
    /// What was done differently, or where it comes from.
    pub title: String,
    /// A rule is broken in it.
    pub broken: bool,
    /// It is the one on the tape.
    pub here: bool,
}

/// What differs from the frame before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Change {
    /// What is the same in every frame.
    Opening {
        rules: Vec<Rule>,
        histories: Vec<History>,
    },
    /// A lane, by number. One past the last one is new.
    Lane(u8, Lane),
    Moment(Moment),
    Sent(Arrow),
    Ended(u32, End),
    Offers(Vec<Offer>),
    /// A promise is kept, by its index.
    Kept(u8),
    Broken(Broken),
    Figures(Figures),
}

impl Scene for Diagram {
    type Change = Change;

    fn apply(&mut self, change: &Change) {
        match change {
            Change::Opening { rules, histories } => {
                (self.rules, self.histories) = (rules.clone(), histories.clone());
            }
            Change::Lane(at, lane) => match self.lanes.get_mut(usize::from(*at)) {
                Some(place) => *place = lane.clone(),
                None => self.lanes.push(lane.clone()),
            },
            Change::Moment(moment) => self.moments.push(moment.clone()),
            Change::Sent(arrow) => self.arrows.push(arrow.clone()),
            Change::Ended(at, end) => {
                if let Some(arrow) = self.arrows.get_mut(*at as usize) {
                    arrow.end = *end;
                }
            }
            Change::Offers(offers) => self.offers = offers.clone(),
            Change::Kept(rule) => self.kept.push(*rule),
            Change::Broken(broken) => self.broken.push(broken.clone()),
            Change::Figures(figures) => self.figures = *figures,
        }
    }
}

impl Diagram {
    /// The row that is now.
    pub fn row(&self) -> u32 {
        self.moments.len().saturating_sub(1) as u32
    }

    /// What happens next in this history. `None` at its end.
    pub fn next(&self) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.next)
    }
}
