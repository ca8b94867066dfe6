//! A network of directed links, and what it may do to messages.

use crate::{Budget, Fault, ProcessId, Processes};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// From one process to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Link {
    pub from: ProcessId,
    pub to: ProcessId,
}

/// A message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Packet<M> {
    pub link: Link,
    pub message: M,
}

/// What the network does next. All but to deliver, release and heal are [faults](Step::fault).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// The message that is first on a link arrives.
    Deliver(Link),
    /// A later message of a link arrives before those in front of it: which, from 1.
    Overtake(Link, u8),
    /// A message of a link is lost: which, from 0.
    Lose(Link, u8),
    /// A message of a link becomes two: which, from 0.
    Duplicate(Link, u8),
    /// A link carries nothing until it is released. What is sent waits.
    Hold(Link),
    Release(Link),
    /// A process is cut off until the network heals: nothing comes or goes, and what is sent waits.
    Isolate(ProcessId),
    Heal(ProcessId),
}

impl Step {
    /// What goes wrong with it.
    pub fn fault(self) -> Option<Fault> {
        match self {
            Step::Deliver(_) | Step::Release(_) | Step::Heal(_) => None,
            Step::Overtake(..) => Some(Fault::Reorder),
            Step::Lose(..) => Some(Fault::Loss),
            Step::Duplicate(..) => Some(Fault::Duplicate),
            Step::Hold(_) => Some(Fault::Hold),
            Step::Isolate(_) => Some(Fault::Partition),
        }
    }
}

/// Messages on their way. Every message takes as long as it likes; those of one link arrive in the order in which they were sent, unless one
/// overtakes.
///
/// ```
/// use interleave_protocols::network::{Link, Network, Step};
/// use interleave_protocols::{Budget, ProcessId};
///
/// let (alice, bob) = (ProcessId(0), ProcessId(1));
/// let link = Link { from: alice, to: bob };
/// let mut network = Network::default();
/// network.send(link, "one");
/// network.send(link, "two");
/// assert_eq!(network.steps(&Budget::default(), [alice, bob]), [Step::Deliver(link)]);
/// network.apply(Step::Lose(link, 0));
/// assert_eq!(network.apply(Step::Deliver(link)).unwrap().message, "two");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(bound(serialize = "M: Serialize", deserialize = "M: Deserialize<'de>"))]
pub struct Network<M> {
    /// Sorted by link; those of one link in the order in which they were sent. So states that differ only in the order in which
    /// different links were used are one state.
    packets: SmallVec<[Packet<M>; 8]>,
    held: SmallVec<[Link; 2]>,
    isolated: Processes,
}

impl<M> Default for Network<M> {
    fn default() -> Self {
        Self { packets: SmallVec::new(), held: SmallVec::new(), isolated: Processes::default() }
    }
}

impl<M: Clone + PartialEq> Network<M> {
    /// Puts a message on a link.
    pub fn send(&mut self, link: Link, message: M) {
        let at = self.packets.partition_point(|packet| packet.link <= link);
        self.packets.insert(at, Packet { link, message });
    }

    /// Puts a message on a link, unless an equal one is there: to repeat what has not even arrived tells the receiver nothing, and a process
    /// that repeats itself forever would fill the network.
    pub fn send_once(&mut self, link: Link, message: M) {
        if !self.carries(link, &message) {
            self.send(link, message);
        }
    }

    /// Whether such a message is on a link.
    pub fn carries(&self, link: Link, message: &M) -> bool {
        self.on(link).iter().any(|packet| packet.message == *message)
    }

    /// All that is on its way, by link.
    pub fn packets(&self) -> &[Packet<M>] {
        &self.packets
    }

    /// The message that a step is about.
    pub fn message(&self, step: Step) -> Option<&M> {
        let (link, nth) = match step {
            Step::Deliver(link) => (link, 0),
            Step::Overtake(link, nth) | Step::Lose(link, nth) | Step::Duplicate(link, nth) => (link, nth),
            Step::Hold(_) | Step::Release(_) | Step::Isolate(_) | Step::Heal(_) => return None,
        };
        self.on(link).get(usize::from(nth)).map(|packet| &packet.message)
    }

    /// Whether a link carries messages to their ends at present.
    pub fn is_open(&self, link: Link) -> bool {
        !self.held.contains(&link) && !self.isolated.contains(link.from) && !self.isolated.contains(link.to)
    }

    /// Whether a process is cut off at present.
    pub fn is_isolated(&self, process: ProcessId) -> bool {
        self.isolated.contains(process)
    }

    /// What the network may do next among these processes, always in the same order.
    pub fn steps(&self, budget: &Budget, processes: impl IntoIterator<Item = ProcessId>) -> Vec<Step> {
        let mut steps = Vec::with_capacity(16);
        let links = self.packets.chunk_by(|one, next| one.link == next.link);
        for packets in links {
            let (link, count) = (packets[0].link, packets.len() as u8);
            if self.is_open(link) {
                steps.push(Step::Deliver(link));
                steps.extend((1..count).map(|nth| Step::Overtake(link, nth)));
            }
            steps.extend((0..count).map(|nth| Step::Lose(link, nth)));
            steps.extend((0..count).map(|nth| Step::Duplicate(link, nth)));
            if self.is_open(link) {
                steps.push(Step::Hold(link));
            }
        }
        steps.extend(self.held.iter().map(|&link| Step::Release(link)));
        for process in processes {
            let isolated = self.isolated.contains(process);
            steps.push(if isolated { Step::Heal(process) } else { Step::Isolate(process) });
        }
        steps.retain(|step| step.fault().is_none_or(|fault| budget.allows(fault)));
        steps
    }

    /// Does it. Returns the message that arrives, if one does.
    pub fn apply(&mut self, step: Step) -> Option<Packet<M>> {
        match step {
            Step::Deliver(link) => return self.take(link, 0),
            Step::Overtake(link, nth) => return self.take(link, nth),
            Step::Lose(link, nth) => drop(self.take(link, nth)),
            Step::Duplicate(link, nth) => {
                if let Some(at) = self.place(link, nth) {
                    self.packets.insert(at + 1, self.packets[at].clone());
                }
            }
            Step::Hold(link) => {
                if let Err(at) = self.held.binary_search(&link) {
                    self.held.insert(at, link);
                }
            }
            Step::Release(link) => self.held.retain(|held| *held != link),
            Step::Isolate(process) => self.isolated.insert(process),
            Step::Heal(process) => self.isolated.remove(process),
        }
        None
    }

    fn on(&self, link: Link) -> &[Packet<M>] {
        let begin = self.packets.partition_point(|packet| packet.link < link);
        let end = self.packets.partition_point(|packet| packet.link <= link);
        &self.packets[begin..end]
    }

    fn place(&self, link: Link, nth: u8) -> Option<usize> {
        let at = self.packets.partition_point(|packet| packet.link < link) + usize::from(nth);
        (self.packets.get(at)?.link == link).then_some(at)
    }

    fn take(&mut self, link: Link, nth: u8) -> Option<Packet<M>> {
        self.place(link, nth).map(|at| self.packets.remove(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALICE: ProcessId = ProcessId(0);
    const BOB: ProcessId = ProcessId(1);
    const THERE: Link = Link { from: ALICE, to: BOB };
    const BACK: Link = Link { from: BOB, to: ALICE };

    fn network() -> Network<&'static str> {
        let mut network = Network::default();
        network.send(THERE, "one");
        network.send(BACK, "answer");
        network.send(THERE, "two");
        network
    }

    fn arrive(network: &mut Network<&'static str>) -> Vec<&'static str> {
        let mut arrived = Vec::new();
        while let Some(&step) = network.steps(&Budget::default(), [ALICE, BOB]).first() {
            arrived.extend(network.apply(step).map(|packet| packet.message));
        }
        arrived
    }

    #[test]
    fn links_keep_their_order() {
        assert_eq!(arrive(&mut network()), ["one", "two", "answer"]);
    }

    #[test]
    fn the_order_between_links_is_no_part_of_the_state() {
        let mut other = Network::default();
        other.send(BACK, "answer");
        other.send(THERE, "one");
        other.send(THERE, "two");
        assert_eq!(other, network());
    }

    #[test]
    fn every_fault_is_offered_within_its_budget() {
        let all = Budget { crash: 1, loss: 1, duplicate: 1, reorder: 1, delay: 1, hold: 1, partition: 1 };
        let offered = network().steps(&all, [ALICE, BOB]);
        let expected = [
            Step::Deliver(THERE),
            Step::Overtake(THERE, 1),
            Step::Lose(THERE, 0),
            Step::Lose(THERE, 1),
            Step::Duplicate(THERE, 0),
            Step::Duplicate(THERE, 1),
            Step::Hold(THERE),
            Step::Deliver(BACK),
            Step::Lose(BACK, 0),
            Step::Duplicate(BACK, 0),
            Step::Hold(BACK),
            Step::Isolate(ALICE),
            Step::Isolate(BOB),
        ];
        assert_eq!(offered, expected);
        let without = network().steps(&Budget::default(), [ALICE, BOB]);
        assert_eq!(without, [Step::Deliver(THERE), Step::Deliver(BACK)]);
    }

    #[test]
    fn messages_are_lost_doubled_and_overtaken() {
        let mut lossy = network();
        assert_eq!(lossy.message(Step::Lose(THERE, 1)), Some(&"two"));
        lossy.apply(Step::Lose(THERE, 1));
        assert_eq!(arrive(&mut lossy), ["one", "answer"]);
        let mut doubling = network();
        doubling.apply(Step::Duplicate(THERE, 0));
        assert_eq!(arrive(&mut doubling), ["one", "one", "two", "answer"]);
        let mut overtaking = network();
        assert_eq!(overtaking.apply(Step::Overtake(THERE, 1)).map(|packet| packet.message), Some("two"));
        assert_eq!(arrive(&mut overtaking), ["one", "answer"]);
    }

    #[test]
    fn what_is_held_or_cut_off_waits() {
        let mut network = network();
        network.apply(Step::Hold(THERE));
        let offered = network.steps(&Budget::default(), [ALICE, BOB]);
        assert_eq!(offered, [Step::Deliver(BACK), Step::Release(THERE)]);
        network.apply(Step::Isolate(ALICE));
        let offered = network.steps(&Budget::default(), [ALICE, BOB]);
        assert_eq!(offered, [Step::Release(THERE), Step::Heal(ALICE)]);
        network.apply(Step::Heal(ALICE));
        network.apply(Step::Release(THERE));
        assert_eq!(arrive(&mut network), ["one", "two", "answer"]);
    }

    #[test]
    fn what_is_on_its_way_is_not_sent_again() {
        let mut network = network();
        network.send_once(THERE, "one");
        network.send_once(BACK, "one");
        assert_eq!(network.packets().len(), 4);
    }

    #[test]
    fn a_step_that_is_not_offered_changes_nothing() {
        let mut network = network();
        assert_eq!(network.apply(Step::Overtake(BACK, 3)), None);
        assert_eq!(network.apply(Step::Deliver(Link { from: BOB, to: BOB })), None);
        assert_eq!(arrive(&mut network).len(), 3);
    }
}
